"""Recognises a file by its content, never by its name or by what the browser says. Memory stays flat.

Sources: ISO 32000-1 annex H (a pdf header may stand in the first 1024 bytes), ISO 14496-12 and 23008-12 (HEIC brands),
the WHATWG MIME Sniffing standard (what a browser would take for a web page).
"""

import codecs
import re

from eloket.documenten import formaten
from eloket.documenten.archief import Archief, ArchiefOnleesbaar, bekijk
from eloket.documenten.tekst import als_utf8, is_tekst
from eloket.documenten.tijdelijk import Leesbaar
from eloket.documenten.types import Formaat
from eloket.documenten.weigeringen import Reden

_KOP = 1024
_ZIP = b"PK\x03\x04"
_CFB = bytes.fromhex("d0cf11e0a1b11ae1")  # Word and Excel before 2007, and documents with a password
_PNG = b"\x89PNG\r\n\x1a\n"
_GIF = b"GIF8"
_BOM = codecs.BOM_UTF8
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
_HEIF = {b"mif1", b"msf1"}  # any codec: only taken when it says that it is compatible with heic
_MARKUP = re.compile(
    rb"<(!doctype|\?xml|\?php|!--|html|head|body|script|svg|iframe|style|object|embed|meta|img|table|a\s)",
    re.I,
)
_MARKUP_BINNEN = re.compile(rb"<(!doctype\s+html|\?xml|\?php|html|script|svg|iframe)[\s>]", re.I)
_UITVOERBAAR = (b"#!", b"%!PS", b"{\\rtf")


def herken(pad: Leesbaar, omvang: int) -> Formaat | None:
    """The kind of file this is, or None when it is none of ours. Raises OSError when it cannot be read."""
    kop = _lees_kop(pad)
    if kop.startswith(b"\xff\xd8\xff"):
        return formaten.JPG
    if kop.startswith(_PNG) and kop[12:16] == b"IHDR":
        return formaten.PNG
    if kop.startswith(_ZIP):
        archief = _bekijk(pad)
        return archief.formaat if archief else None
    if _is_heic(kop, omvang):
        return formaten.HEIC
    if _is_pdf(kop):
        return formaten.PDF
    tekst = als_utf8(kop)
    is_vermomd = kop.startswith(_GIF) or b"%PDF-" in tekst or is_webpagina(tekst)
    return formaten.TXT if not is_vermomd and is_tekst(pad) else None


def waarom_niet(pad: Leesbaar, naam: str = "") -> Reden:
    """Why `herken` said None, as precisely as helps the sender, who called the file `naam`."""
    reden = _waarom_niet(pad)
    is_anders = reden in (Reden.SOORT, Reden.BESCHADIGD) and formaten.beweerd_formaat(naam)
    return Reden.ANDERS if is_anders else reden


def _waarom_niet(pad: Leesbaar) -> Reden:
    kop = _lees_kop(pad)
    if kop.startswith(_CFB):
        return Reden.OUD_OFFICE
    if kop.startswith(_ZIP):
        archief = _bekijk(pad)
        if archief is None:
            return Reden.BESCHADIGD
        if archief.is_te_groot:
            return Reden.UITGEPAKT
        return Reden.MACRO if archief.heeft_macros else Reden.SOORT
    return Reden.WEBPAGINA if is_webpagina(als_utf8(kop)) else Reden.SOORT


def is_webpagina(kop: bytes) -> bool:
    """Whether a browser or a shell would want to execute something that begins like this."""
    begin = kop.removeprefix(_BOM).lstrip(b"\t\n\r\f ")
    return bool(begin.startswith(_UITVOERBAAR) or _MARKUP.match(begin) or _MARKUP_BINNEN.search(begin))


def _lees_kop(pad: Leesbaar) -> bytes:
    with pad.open("rb") as bestand:
        return bestand.read(_KOP)


def _bekijk(pad: Leesbaar) -> Archief | None:
    try:
        return bekijk(pad)
    except ArchiefOnleesbaar:
        return None


def _is_pdf(kop: bytes) -> bool:
    """What stands before the header may be rubbish, but not a web page or a program (a polyglot)."""
    plek = kop.find(b"%PDF-")
    return plek == 0 or (
        plek > 0 and not is_webpagina(kop[:plek]) and not kop.startswith((b"MZ", b"\x7fELF", _GIF))
    )


def _is_heic(kop: bytes, omvang: int) -> bool:
    lengte = int.from_bytes(kop[:4], "big")
    if kop[4:8] != b"ftyp" or not 16 <= lengte <= min(omvang, _KOP):
        return False
    merk, verenigbaar = kop[8:12], {kop[plek : plek + 4] for plek in range(16, lengte - 3, 4)}
    return merk in _HEIC or (merk in _HEIF and bool(verenigbaar & _HEIC))
