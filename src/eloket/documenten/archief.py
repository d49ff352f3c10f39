"""Looks into a zip archive (docx, xlsx, odt) without trusting it.

Only the table of contents and one small member are read, each up to a limit: a bomb is refused before it unfolds.
Sources: ECMA-376 part 2 (Open Packaging Conventions), OpenDocument 1.3 part 2 (3.3: `mimetype` first and stored).
"""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO
from xml.parsers import expat

from eloket.documenten import formaten
from eloket.documenten.tijdelijk import Leesbaar
from eloket.documenten.types import Formaat

_MAX_LEES = 512 * 1024  # zipfile reads the whole table of contents at once, so this bounds it too
_MAX_LEDEN = 10_000
_MAX_UITGEPAKT = 1024**3  # 50 MB of the best compressed spreadsheet is less
_MAX_ZONDER_VRAAG = 100 * 1024**2  # up to here any ratio is fine: a white picture folds a thousandfold
_MAX_VERHOUDING = 100  # of unpacked to packed; text folds ten to twentyfold
_INHOUDSTYPEN = "[Content_Types].xml"
_HOOFDDELEN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": formaten.DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": formaten.XLSX,
}
_MACRO_LEDEN = ("basic/", "scripts/")  # OpenDocument


class ArchiefOnleesbaar(Exception):
    """Broken, encrypted, or larger than an honest document is."""


@dataclass(frozen=True, slots=True)
class Archief:
    """What was found: the kind of document, if it is one of ours, and whether it carries macros.

    `is_te_groot`: it unfolds to more than whoever opens it can handle; then nothing else was looked at.
    """

    formaat: Formaat | None
    heeft_macros: bool
    is_te_groot: bool = False


class _Zuinig:
    """A file that refuses to be read in large pieces: the sizes that zipfile asks for come from the sender."""

    def __init__(self, bestand: BinaryIO) -> None:
        self._bestand = bestand
        self.seek, self.tell, self.seekable = bestand.seek, bestand.tell, bestand.seekable

    def read(self, size: int | None = -1, /) -> bytes:
        gevraagd = _MAX_LEES + 1 if size is None or size < 0 else size
        gelezen = self._bestand.read(gevraagd) if gevraagd <= _MAX_LEES + 1 else b""
        if gevraagd > _MAX_LEES + 1 or len(gelezen) > _MAX_LEES:
            raise zipfile.BadZipFile("more than an honest archive needs")
        return gelezen


def bekijk(pad: Leesbaar) -> Archief:
    """What this archive is. Raises ArchiefOnleesbaar; never unpacks more than half a megabyte."""
    try:
        with pad.open("rb") as bestand, zipfile.ZipFile(_Zuinig(bestand)) as archief:
            omvang = bestand.seek(0, io.SEEK_END)
            namen = {lid.filename.casefold() for lid in archief.infolist()}
            if len(namen) > _MAX_LEDEN:
                raise ArchiefOnleesbaar
            if _is_too_large(archief.infolist(), omvang):
                return Archief(formaat=None, heeft_macros=False, is_te_groot=True)
            if _INHOUDSTYPEN.casefold() in namen:
                return _bekijk_office(_lees_lid(archief, _INHOUDSTYPEN), namen)
            return _bekijk_opendocument(pad, namen)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError) as error:
        raise ArchiefOnleesbaar from error
    except (OSError, RuntimeError, ValueError, KeyError, OverflowError, expat.ExpatError) as error:
        # zipfile: encrypted (RuntimeError), unknown compression (NotImplementedError), bad offsets and names
        raise ArchiefOnleesbaar from error


def _is_too_large(leden: list[zipfile.ZipInfo], omvang: int) -> bool:
    """By what the table of contents says; who reads the members holds them to it. Raises ArchiefOnleesbaar for members
    that overlap: together they would be larger than the file."""
    if sum(lid.compress_size for lid in leden) > omvang:
        raise ArchiefOnleesbaar
    uitgepakt = sum(lid.file_size for lid in leden)
    return uitgepakt > _MAX_UITGEPAKT or uitgepakt > max(_MAX_ZONDER_VRAAG, _MAX_VERHOUDING * omvang)


def _lees_lid(archief: zipfile.ZipFile, naam: str) -> bytes:
    if archief.getinfo(naam).compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise ArchiefOnleesbaar  # LZMA lets the sender choose how much memory we need
    with archief.open(naam) as lid:
        inhoud = lid.read(_MAX_LEES + 1)
    if len(inhoud) > _MAX_LEES:
        raise ArchiefOnleesbaar
    return inhoud


def _bekijk_office(xml: bytes, namen: set[str]) -> Archief:
    typen = _inhoudstypen(xml)
    heeft_macros = any("macroenabled" in soort.lower() or "vbaproject" in soort.lower() for _, soort in typen)
    heeft_macros = heeft_macros or any(naam.endswith("vbaproject.bin") for naam in namen)
    gevonden = {
        _HOOFDDELEN[soort]
        for deel, soort in typen
        if soort in _HOOFDDELEN and deel.lstrip("/").casefold() in namen
    }
    return Archief(
        formaat=gevonden.pop() if len(gevonden) == 1 and not heeft_macros else None, heeft_macros=heeft_macros
    )


def _inhoudstypen(xml: bytes) -> list[tuple[str, str]]:
    """(part, content type) of every part that the package names itself. A document type definition is refused."""
    typen: list[tuple[str, str]] = []

    def begin(naam: str, kenmerken: dict[str, str]) -> None:
        if naam.rpartition(":")[2] in {"Override", "Default"}:
            typen.append((kenmerken.get("PartName", ""), kenmerken.get("ContentType", "")))

    def weiger(*_: object) -> None:
        raise ArchiefOnleesbaar

    lezer = expat.ParserCreate()
    lezer.StartElementHandler = begin
    lezer.StartDoctypeDeclHandler = weiger
    lezer.Parse(xml, True)
    return typen


def _bekijk_opendocument(pad: Leesbaar, namen: set[str]) -> Archief:
    """The first member must be `mimetype`, not compressed, holding exactly the type."""
    verwacht = formaten.ODT.mime.encode()
    with pad.open("rb") as bestand:
        kop = bestand.read(30)
        if len(kop) < 30:
            return Archief(formaat=None, heeft_macros=False)
        methode, naamlengte, extralengte = *struct.unpack("<8xH", kop[:10]), *struct.unpack("<26x2H", kop)
        naam = bestand.read(naamlengte)
        bestand.seek(extralengte, io.SEEK_CUR)
        inhoud = bestand.read(len(verwacht))
        volgende = bestand.read(2)  # the next member, or the data descriptor of this one
    is_odt = (methode, naam, inhoud, volgende) == (0, b"mimetype", verwacht, b"PK") and "content.xml" in namen
    heeft_macros = is_odt and any(naam_van_lid.startswith(_MACRO_LEDEN) for naam_van_lid in namen)
    return Archief(formaat=formaten.ODT if is_odt and not heeft_macros else None, heeft_macros=heeft_macros)
