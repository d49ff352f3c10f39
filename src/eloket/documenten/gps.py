"""Empties the GPS part of Exif data, in place: every other byte keeps its offset.

Sources: TIFF 6.0 section 2 (image file directories), Exif 2.32 (4.6.3: pointers; 4.6.6: GPS IFD).
"""

from typing import Literal

_GPS = 0x8825
_WIJZERS = {
    0x8769,
    0xA005,
}  # the Exif and the interoperability directory; sub-pictures are in the chain of IFD0
_GROOTTE = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_MEESTE_MAPPEN = 50
_REGEL = 12


class FotoOnleesbaar(Exception):
    """The file does not follow its own format, so nothing can be promised of what is in it."""


def remove_gps(exif: bytes) -> bytes:
    """The same TIFF structure, equally long, without location. Raises FotoOnleesbaar."""
    if exif[:4] not in (b"II*\0", b"MM\0*"):
        raise FotoOnleesbaar
    tiff = _Tiff(bytearray(exif), "little" if exif[:2] == b"II" else "big")
    tiff.walk()
    return bytes(tiff.inhoud)


class _Tiff:
    def __init__(self, inhoud: bytearray, volgorde: Literal["little", "big"]) -> None:
        self.inhoud = inhoud
        self._volgorde = volgorde

    def walk(self) -> None:
        """Through every directory once, however they point at each other."""
        te_doen, gezien = [self._getal(4, 4)], set[int]()
        while te_doen:
            plek = te_doen.pop()
            if plek == 0 or plek in gezien:
                continue
            gezien.add(plek)
            if len(gezien) > _MEESTE_MAPPEN:
                raise FotoOnleesbaar
            te_doen += self._directory(plek)

    def _directory(self, plek: int) -> list[int]:
        """Empty the GPS directories that it points at; gives the other directories that it points at."""
        verder = []
        nummer = 0
        while nummer < self._getal(plek, 2):
            regel = plek + 2 + nummer * _REGEL
            soort, waarde = self._getal(regel, 2), self._getal(regel + 8, 4)
            if soort == _GPS:
                self._wipe_directory(waarde)
                self._take_out(plek, regel)
                continue
            if soort in _WIJZERS:
                verder.append(waarde)
            nummer += 1
        einde = plek + 2 + nummer * _REGEL
        volgende = self._getal(einde, 4) if einde + 4 <= len(self.inhoud) else 0  # some writers leave it out
        return [*verder, volgende]

    def _wipe_directory(self, plek: int) -> None:
        aantal = self._getal(plek, 2)
        for regel in range(plek + 2, plek + 2 + aantal * _REGEL, _REGEL):
            lengte = self._getal(regel + 4, 4) * _GROOTTE.get(self._getal(regel + 2, 2), 1)
            if lengte > 4:
                self._wipe(self._getal(regel + 8, 4), lengte)
        self._wipe(plek, 2 + aantal * _REGEL)

    def _take_out(self, plek: int, regel: int) -> None:
        """The pointer itself: what stands behind it in the directory moves up, and zeros fill the end."""
        aantal = self._getal(plek, 2)
        if not aantal:  # the GPS directory lay over the one that points at it
            raise FotoOnleesbaar
        einde = min(plek + 2 + aantal * _REGEL + 4, len(self.inhoud))
        self.inhoud[regel:einde] = self.inhoud[regel + _REGEL : einde] + bytes(_REGEL)
        self.inhoud[plek : plek + 2] = (aantal - 1).to_bytes(2, self._volgorde)

    def _wipe(self, begin: int, lengte: int) -> None:
        if begin + lengte > len(self.inhoud):
            raise FotoOnleesbaar
        self.inhoud[begin : begin + lengte] = bytes(lengte)

    def _getal(self, plek: int, lengte: int) -> int:
        if plek + lengte > len(self.inhoud):
            raise FotoOnleesbaar
        return int.from_bytes(self.inhoud[plek : plek + lengte], self._volgorde)
