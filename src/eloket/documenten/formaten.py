"""The eight kinds of file that we take, and the limits of a post."""

from eloket.documenten.types import Formaat

MAX_OMVANG = 50 * 1024 * 1024  # bytes per file
MAX_AANTAL = 10  # files per post

_OFFICE = "application/vnd.openxmlformats-officedocument."

PDF = Formaat(code="pdf", naam="PDF", mime="application/pdf", extensies=("pdf",), is_toonbaar=True)
DOCX = Formaat(
    code="docx",
    naam="Word",
    mime=f"{_OFFICE}wordprocessingml.document",
    extensies=("docx",),
    is_toonbaar=False,
)
ODT = Formaat(
    code="odt",
    naam="ODT",
    mime="application/vnd.oasis.opendocument.text",
    extensies=("odt",),
    is_toonbaar=False,
)
XLSX = Formaat(
    code="xlsx",
    naam="Excel",
    mime=f"{_OFFICE}spreadsheetml.sheet",
    extensies=("xlsx",),
    is_toonbaar=False,
)
JPG = Formaat(
    code="jpg", naam="JPG", mime="image/jpeg", extensies=("jpg", "jpeg", "jpe", "jfif"), is_toonbaar=True
)
PNG = Formaat(code="png", naam="PNG", mime="image/png", extensies=("png",), is_toonbaar=True)
# Only Safari shows HEIC; elsewhere an inline answer would be an empty page, so it is always saved.
HEIC = Formaat(code="heic", naam="HEIC", mime="image/heic", extensies=("heic", "heif"), is_toonbaar=False)
TXT = Formaat(code="txt", naam="TXT", mime="text/plain", extensies=("txt",), is_toonbaar=True)

FORMATEN = (PDF, DOCX, ODT, XLSX, JPG, PNG, HEIC, TXT)
_OP_CODE = {formaat.code: formaat for formaat in FORMATEN}

OPSOMMING = "pdf, Word (docx), odt, Excel (xlsx), jpg, png, heic of txt"
# For the `accept` attribute of the file input: a help while choosing, never a check.
ACCEPT = ",".join(f".{extensie}" for formaat in FORMATEN for extensie in formaat.extensies)


def formaat_van(code: str) -> Formaat:
    """The kind of file with this code. Raises KeyError: a row can only hold a code that we wrote."""
    return _OP_CODE[code]


def beweerd_formaat(naam: str) -> Formaat | None:
    """The kind of file that this name says it is; None for a name that says nothing, or a kind that we do not take."""
    extensie = naam.rpartition(".")[2].casefold() if "." in naam else ""
    return next((formaat for formaat in FORMATEN if extensie in formaat.extensies), None)


def schrijf_omvang(omvang: int) -> str:
    """`184 kB`, `2,1 MB`; counted per 1024 and rounded up, so that what is too large never reads as the limit."""
    if omvang < 1024 * 1024:
        return f"{-(-omvang // 1024)} kB"
    tienden = -(-omvang * 10 // (1024 * 1024))
    heel, rest = divmod(tienden, 10)
    return f"{heel},{rest} MB" if rest else f"{heel} MB"
