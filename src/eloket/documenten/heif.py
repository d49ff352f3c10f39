"""Empties the location in a HEIC photo, everything in its place: the Exif item loses its GPS part, an XMP item becomes
spaces. The photo itself is only read: what changes is laid over it.

Sources: ISO 14496-12 (4.2 boxes, 8.11.3 iloc, 8.11.6 iinf), ISO 23008-12 annex A (Exif item: four bytes, then TIFF).
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from eloket.documenten.gps import FotoOnleesbaar, remove_gps
from eloket.documenten.opslag import BROK

_MEESTE_META = 4 * 1024 * 1024
_MEESTE_STUKKEN = 1_000
_NIET_NODIG = (b"uuid", b"mpvd")  # XMP in a box of its own; the film behind a moving photo


@dataclass(frozen=True, slots=True)
class _Stuk:
    """Where a part of an item stands, counted from the begin of the file."""

    begin: int
    lengte: int


def without_location(bestand: BinaryIO) -> Iterator[bytes]:
    """The same photo with its metadata items rewritten. Raises FotoOnleesbaar, OSError."""
    omvang = bestand.seek(0, os.SEEK_END)
    laag = _Laag(bestand)
    for begin, kop, einde, soort in _dozen_in_bestand(bestand, omvang):
        if soort in _NIET_NODIG:
            laag.schrijf(_Stuk(begin + 4, 4), b"free")
            laag.schrijf(_Stuk(kop, einde - kop), b"")
        if soort != b"meta":
            continue
        if einde - begin > _MEESTE_META:
            raise FotoOnleesbaar
        inhoud = _Lezer(laag.lees(_Stuk(kop, einde - kop)), kop)
        for item_soort, stukken in _metadata(inhoud):
            for stuk in stukken:
                if stuk.lengte > _MEESTE_META or stuk.begin + stuk.lengte > omvang:
                    raise FotoOnleesbaar
            _maak_leeg(laag, item_soort, stukken)
    for plek in range(0, omvang, BROK):
        yield laag.lees(_Stuk(plek, min(BROK, omvang - plek)))


class _Laag:
    """A file with changes over it; the file itself stays as it is. Raises FotoOnleesbaar beyond a thousand changes, or
    too much to keep in memory: an honest photo has a handful."""

    def __init__(self, bestand: BinaryIO) -> None:
        self._bestand = bestand
        self._over: list[tuple[_Stuk, bytes]] = []
        self._bewaard = 0

    def schrijf(self, stuk: _Stuk, inhoud: bytes) -> None:
        """Filled up with spaces, which XMP allows and nothing else of ours needs."""
        self._bewaard += len(inhoud)
        if len(self._over) >= _MEESTE_STUKKEN or self._bewaard > _MEESTE_META:
            raise FotoOnleesbaar
        self._over.append((stuk, inhoud))

    def lees(self, stuk: _Stuk) -> bytes:
        self._bestand.seek(stuk.begin)
        gelezen = bytearray(self._bestand.read(stuk.lengte))
        for plek, inhoud in self._over:
            van = max(plek.begin, stuk.begin)
            tot = min(plek.begin + plek.lengte, stuk.begin + len(gelezen))
            if van < tot:
                nieuw = inhoud[van - plek.begin : tot - plek.begin]
                gelezen[van - stuk.begin : tot - stuk.begin] = nieuw.ljust(tot - van, b" ")
        return bytes(gelezen)


def _maak_leeg(laag: _Laag, soort: bytes, stukken: list[_Stuk]) -> None:
    nieuw = _exif([laag.lees(stuk) for stuk in stukken]) if soort == b"Exif" else b""
    for stuk in stukken:
        laag.schrijf(stuk, nieuw[: stuk.lengte])
        nieuw = nieuw[stuk.lengte :]


def _exif(stukken: list[bytes]) -> bytes:
    """Without location; nothing at all when it cannot be followed."""
    oud = b"".join(stukken)
    plek = 4 + int.from_bytes(oud[:4], "big")
    try:
        return oud[:plek] + remove_gps(oud[plek:])
    except FotoOnleesbaar:
        return b""


class _Lezer:
    """Numbers from a box; `basis` is where its first byte stands in the file."""

    def __init__(self, inhoud: bytes, basis: int, plek: int = 0) -> None:
        self.inhoud, self.basis, self.plek = inhoud, basis, plek

    def getal(self, lengte: int) -> int:
        return int.from_bytes(self.stuk(lengte), "big")

    def stuk(self, lengte: int) -> bytes:
        if self.plek + lengte > len(self.inhoud):
            raise FotoOnleesbaar
        self.plek += lengte
        return self.inhoud[self.plek - lengte : self.plek]

    def dozen(self) -> Iterator[tuple[bytes, "_Lezer"]]:
        """The boxes from here to the end."""
        while len(self.inhoud) - self.plek >= 8:
            begin = self.plek
            lengte, soort = self.getal(4), self.stuk(4)
            if lengte == 1:
                lengte = self.getal(8)
            einde = begin + lengte if lengte else len(self.inhoud)
            if not self.plek <= einde <= len(self.inhoud):
                raise FotoOnleesbaar
            yield soort, _Lezer(self.inhoud[self.plek : einde], self.basis + self.plek)
            self.plek = einde


def _dozen_in_bestand(bestand: BinaryIO, omvang: int) -> Iterator[tuple[int, int, int, bytes]]:
    """(begin, begin of the content, end, kind) of the boxes of the file itself, without reading them."""
    begin = 0
    while begin + 8 <= omvang:
        bestand.seek(begin)
        kop = _Lezer(bestand.read(16), begin)
        lengte, soort = kop.getal(4), kop.stuk(4)
        if lengte == 1:
            lengte = kop.getal(8)
        einde = begin + lengte if lengte else omvang
        if not begin + kop.plek <= einde <= omvang:
            raise FotoOnleesbaar
        yield begin, begin + kop.plek, einde, soort
        begin = einde


def _metadata(meta: _Lezer) -> Iterator[tuple[bytes, list[_Stuk]]]:
    """(kind, where it stands) of the items that hold metadata."""
    meta.getal(4)  # version and flags
    dozen = dict(meta.dozen())
    if b"iinf" not in dozen:
        return
    soorten = dict(_items(dozen[b"iinf"]))
    gezocht = {nummer: soort for nummer, soort in soorten.items() if soort in (b"Exif", b"mime", b"uri ")}
    if not gezocht:
        return
    if b"iloc" not in dozen:
        raise FotoOnleesbaar
    plekken = dict(_plekken(dozen[b"iloc"], dozen.get(b"idat")))
    for nummer, soort in gezocht.items():
        yield soort, plekken.get(nummer, [])


def _items(iinf: _Lezer) -> Iterator[tuple[int, bytes]]:
    """(number, kind) of each item."""
    versie = iinf.getal(1)
    iinf.getal(3)
    iinf.getal(4 if versie else 2)
    for soort, infe in iinf.dozen():
        versie = infe.getal(1)
        infe.getal(3)
        if soort != b"infe" or versie < 2:
            raise FotoOnleesbaar
        nummer = infe.getal(4 if versie >= 3 else 2)
        infe.getal(2)  # protection
        yield nummer, infe.stuk(4)


def _plekken(iloc: _Lezer, idat: _Lezer | None) -> Iterator[tuple[int, list[_Stuk]]]:
    """(number, extents) of each item."""
    versie = iloc.getal(1)
    iloc.getal(3)
    maten = iloc.getal(2)
    begin_maat, lengte_maat, basis_maat, index_maat = (maten >> verschuif & 15 for verschuif in (12, 8, 4, 0))
    for _ in range(iloc.getal(4 if versie >= 2 else 2)):
        nummer = iloc.getal(4 if versie >= 2 else 2)
        methode = iloc.getal(2) & 15 if versie else 0
        iloc.getal(2)  # data reference
        basis = iloc.getal(basis_maat)
        if methode == 1 and idat is not None:
            basis += idat.basis
        elif methode:
            raise FotoOnleesbaar
        stukken = []
        for _ in range(iloc.getal(2)):
            iloc.getal(index_maat if versie else 0)
            stukken.append(_Stuk(basis + iloc.getal(begin_maat), iloc.getal(lengte_maat)))
        yield nummer, stukken
