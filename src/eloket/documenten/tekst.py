"""Plain text: which letters it is written in, and whether it is text at all. Memory stays flat.

Sources: the Unicode standard (a byte order mark), the WHATWG Encoding standard (what a browser calls them).
"""

import codecs
import re
from collections.abc import Iterator

from eloket.documenten.tijdelijk import Leesbaar

_BROK = 256 * 1024
_BOM_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_STUURTEKENS = bytes(set(range(32)) - set(b"\t\n\r\f")) + b"\x7f"
_STUURTEKEN = re.compile(f"[{re.escape(_STUURTEKENS.decode('ascii'))}]")
_NIET_IN_CP1252 = b"\x81\x8d\x8f\x90\x9d"


def tekenset(begin: bytes) -> str:
    """The character set of a text by its first part (which may end halfway a character), as a browser names it.

    UTF-16 only with its mark: without one it cannot be told from rubbish. The mark says in which order the bytes stand.
    """
    if begin.startswith(_BOM_UTF16):
        return "utf-16"
    return "utf-8" if _decodeert(_decoder("utf-8"), begin) else "windows-1252"


def als_utf8(begin: bytes) -> bytes:
    """The first part of a text with the letters that matter as ASCII, whatever it is written in."""
    if not begin.startswith(_BOM_UTF16):
        return begin
    return codecs.getincrementaldecoder("utf-16")("replace").decode(begin).encode()


def is_tekst(pad: Leesbaar) -> bool:
    """UTF-8, Windows-1252, or UTF-16 with its mark; without control characters. Read in pieces. Raises OSError."""
    with pad.open("rb") as bestand:
        is_utf16 = bestand.read(2) in _BOM_UTF16
    return _is_utf16(pad) if is_utf16 else _is_utf8_of_cp1252(pad)


def _is_utf16(pad: Leesbaar) -> bool:
    decoder = _decoder("utf-16")
    try:
        return not any(_STUURTEKEN.search(decoder.decode(brok)) for brok in _brokken(pad)) and _decodeert(
            decoder, b"", einde=True
        )
    except UnicodeDecodeError:
        return False


def _is_utf8_of_cp1252(pad: Leesbaar) -> bool:
    decoder: codecs.IncrementalDecoder | None = _decoder("utf-8")
    kan_cp1252 = True
    for brok in _brokken(pad):
        if len(brok.translate(None, _STUURTEKENS)) != len(brok):
            return False
        kan_cp1252 = kan_cp1252 and len(brok.translate(None, _NIET_IN_CP1252)) == len(brok)
        decoder = decoder if decoder and _decodeert(decoder, brok) else None
        if decoder is None and not kan_cp1252:
            return False
    return kan_cp1252 or (decoder is not None and _decodeert(decoder, b"", einde=True))


def _decoder(naam: str) -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder(naam)()


def _decodeert(decoder: codecs.IncrementalDecoder, brok: bytes, *, einde: bool = False) -> bool:
    try:
        decoder.decode(brok, einde)
    except UnicodeDecodeError:
        return False
    return True


def _brokken(pad: Leesbaar) -> Iterator[bytes]:
    with pad.open("rb") as bestand:
        while brok := bestand.read(_BROK):
            yield brok
