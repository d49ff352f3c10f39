"""Takes out of a photo where it was made, without touching the picture: what is stored has no location to leak.

The bytes of the picture are copied as they are. Of the Exif data only the GPS part goes (a photo keeps which side is
up); XMP and IPTC, which may name a place in words, go as a whole, and so does what stands behind the end of a JPEG. The
maker's own notes stay as they are: their shape is secret, and no maker is known to put a place in them.
In the libraries for this either no release was made for years, or a native parser reads what a stranger sent; this
only walks the containers. Sources: Exif 2.32 (4.6.6: GPS IFD), ITU-T T.81 annex B (JPEG), PNG third edition.
"""

import os
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from eloket.documenten import formaten, gps, heif
from eloket.documenten.gps import FotoOnleesbaar
from eloket.documenten.opslag import BROK
from eloket.documenten.tijdelijk import Leesbaar
from eloket.documenten.types import Formaat

__all__ = ("FORMATEN", "FotoOnleesbaar", "zonder_locatie")
FORMATEN = (formaten.JPG, formaten.PNG, formaten.HEIC)
_MEESTE_METADATA = 4 * 1024 * 1024  # an honest one is far smaller; it is held in memory
_EXIF = b"Exif\0\0"
# JPEG: APP1 other than Exif is XMP; APP2 may point at more pictures behind the end, each with Exif of its own
_XMP, _MEER_BEELDEN, _IPTC, _OPMERKING = 0xE1, 0xE2, 0xED, 0xFE
_PNG_TEKST = {b"tEXt", b"zTXt", b"iTXt"}


def zonder_locatie(foto: Leesbaar, formaat: Formaat) -> Iterator[bytes]:
    """The bytes of the photo without its location. Raises FotoOnleesbaar, OSError, also after the first bytes.

    A photo that cannot be followed to its end is not taken, rather than kept with its location.
    """
    delen = {formaten.JPG: _jpeg, formaten.PNG: _png, formaten.HEIC: heif.without_location}[formaat]
    with foto.open("rb") as bron:
        yield from delen(bron)


def _lees(bron: BinaryIO, aantal: int) -> bytes:
    gelezen = bron.read(aantal)
    if len(gelezen) != aantal:
        raise FotoOnleesbaar
    return gelezen


def _jpeg(bron: BinaryIO) -> Iterator[bytes]:
    """Marker segments up to the end of the picture."""
    yield _lees(bron, 2)
    while True:
        merk = _merk(bron)
        if merk == 0xD9:
            yield b"\xff\xd9"
            return
        if merk == 0x01 or 0xD0 <= merk <= 0xD8:
            yield bytes((0xFF, merk))
            continue
        lengte = _lees(bron, 2)
        inhoud = _lees(bron, max(0, int.from_bytes(lengte, "big") - 2))
        schoon = _jpeg_deel(merk, inhoud)
        if schoon is not None:
            yield bytes((0xFF, merk)) + lengte + schoon
        if merk == 0xDA:
            yield from _beeld(bron)


def _merk(bron: BinaryIO) -> int:
    if _lees(bron, 1) != b"\xff":
        raise FotoOnleesbaar
    while (merk := _lees(bron, 1)[0]) == 0xFF:  # fill bytes
        pass
    return merk


def _jpeg_deel(merk: int, inhoud: bytes) -> bytes | None:
    """The segment's content without location, of the same length; None when it goes as a whole."""
    if merk == _XMP and inhoud.startswith(_EXIF):
        exif = _zonder_gps(inhoud[len(_EXIF) :])
        return None if exif is None else _EXIF + exif
    if merk in (_XMP, _IPTC, _OPMERKING) or (merk == _MEER_BEELDEN and inhoud.startswith(b"MPF\0")):
        return None
    return inhoud


def _zonder_gps(exif: bytes) -> bytes | None:
    """None when it cannot be followed: then it goes as a whole."""
    try:
        return gps.remove_gps(exif)
    except FotoOnleesbaar:
        return None


def _beeld(bron: BinaryIO) -> Iterator[bytes]:
    """The coded picture up to the next marker that is not part of it; leaves the file standing before that marker."""
    rest = b""
    while brok := bron.read(BROK):
        stuk, plek = rest + brok, 0
        while (plek := stuk.find(b"\xff", plek)) >= 0 and plek + 1 < len(stuk):
            if stuk[plek + 1] not in (0x00, 0xFF, *range(0xD0, 0xD8)):
                yield stuk[:plek]
                bron.seek(plek - len(stuk), os.SEEK_CUR)
                return
            plek += 1 if stuk[plek + 1] == 0xFF else 2
        rest = stuk[plek:] if plek >= 0 else b""
        yield stuk[: len(stuk) - len(rest)]
    raise FotoOnleesbaar


def _png(bron: BinaryIO) -> Iterator[bytes]:
    """Chunks up to IEND."""
    yield _lees(bron, 8)
    while True:
        kop = _lees(bron, 8)
        lengte, soort = int.from_bytes(kop[:4], "big"), kop[4:]
        if soort == b"eXIf":
            if lengte > _MEESTE_METADATA:
                raise FotoOnleesbaar
            inhoud = _zonder_gps(_lees(bron, lengte))
            _lees(bron, 4)
            if inhoud is not None:
                yield kop + inhoud + zlib.crc32(soort + inhoud).to_bytes(4, "big")
        elif soort in _PNG_TEKST:
            for _ in _stukken(bron, lengte + 4):
                pass
        else:
            yield kop
            yield from _stukken(bron, lengte + 4)
        if soort == b"IEND":
            return


def _stukken(bron: BinaryIO, aantal: int) -> Iterator[bytes]:
    while aantal > 0:
        stuk = _lees(bron, min(aantal, BROK))
        aantal -= len(stuk)
        yield stuk
