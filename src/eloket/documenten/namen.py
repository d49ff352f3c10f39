"""File names: what a sender calls a file is input like any other, and ends up on the disk of whoever saves it.

Rules: RFC 6266 and RFC 8187 (Content-Disposition), Windows' reserved names, Unicode TR36 (bidirectional overrides,
which make `exe.fdp` read as `pdf.exe`).
"""

import re
from urllib.parse import quote

from django.utils.http import content_disposition_header

from eloket.documenten.formaten import FORMATEN
from eloket.documenten.types import Formaat
from eloket.kernel.tekst import one_line

MAX_TEKENS = 120
_MAX_BYTES = 240  # file systems stop at 255 bytes, and a browser may still add " (1)"
_MAX_LEESBAAR = 80
_GERESERVEERD = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)")
_EXTENSIE = re.compile(r"[a-zA-Z][a-zA-Z0-9]{1,4}")
_BEKENDE_EXTENSIES = {extensie for formaat in FORMATEN for extensie in formaat.extensies}


def schoon(naam: str, formaat: Formaat) -> tuple[str, str]:
    """(bestandsnaam, titel) of a file of this kind: safe to save anywhere, and its extension is that of its content.

    Applying it to its own result changes nothing.
    """
    basis, extensie = _splits(_zonder_gevaar(naam), formaat)
    basis = _kort_in(basis, len(extensie) + 1)
    titel = " ".join(basis.replace("_", " ").split()) or "Document"
    if not basis:
        basis = "document"
    if _GERESERVEERD.match(basis):
        basis = f"_{basis}"
    return f"{basis}.{extensie}", titel


def leesbaar(naam: str) -> str:
    """The name as the sender knows it, for in a sentence: one line, no control characters, not too long."""
    tekst = _zonder_gevaar(naam) or "Bestand zonder naam"
    return tekst if len(tekst) <= _MAX_LEESBAAR else f"{tekst[: _MAX_LEESBAAR - 1].rstrip()}…"


def content_disposition(bestandsnaam: str, *, inline: bool) -> str:
    """The header value that shows (`inline`) or saves a file under this name, whatever is in the name."""
    veilig = _zonder_gevaar(bestandsnaam) or "document"
    if re.search(r'["%\\]', veilig):
        # Browsers disagree on escapes inside a quoted name; the extended form leaves nothing to guess.
        return f"{'inline' if inline else 'attachment'}; filename*=utf-8''{quote(veilig, safe='')}"
    return content_disposition_header(not inline, veilig) or ""


def _zonder_gevaar(naam: str) -> str:
    """The last part of a path, in NFC, on one line, without invisible characters or dots and spaces at the ends."""
    return one_line(re.split(r"[/\\]", naam)[-1]).lstrip(". ").rstrip(". ")


def _splits(naam: str, formaat: Formaat) -> tuple[str, str]:
    """(name without extension, the right extension). A wrong extension is replaced, `v1.2` is not an extension."""
    basis, extensie = _knip(naam)
    if extensie.lower() in formaat.extensies:
        return basis, extensie.lower()
    if not (extensie.lower() in _BEKENDE_EXTENSIES or _EXTENSIE.fullmatch(extensie)):
        return naam, formaat.extensies[0]
    verder, tweede = _knip(basis)  # rapport.pdf.exe
    if tweede.lower() in formaat.extensies:
        return verder, tweede.lower()
    return basis, formaat.extensies[0]


def _knip(naam: str) -> tuple[str, str]:
    basis, punt, extensie = naam.rpartition(".")
    return (basis.rstrip(". "), extensie) if punt else (naam, "")


def _kort_in(basis: str, ruimte: int) -> str:
    """Shorten so that `ruimte` more characters still fit, without cutting through a character or leaving a dot last."""
    basis = basis[: MAX_TEKENS - ruimte - 1]  # one spare: a reserved name gets an underscore
    kort = basis.encode()[: _MAX_BYTES - ruimte - 1].decode(errors="ignore")
    return kort.rstrip(". ")
