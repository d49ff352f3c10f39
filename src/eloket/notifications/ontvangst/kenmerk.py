"""The reference of a receipt: read over the telephone, typed over from paper, and found to be wrong at once.

`OB-2026-7K3M-9QXC`: the year of receipt, seven signs that chance chose and a check sign. It says nothing of a person
and opens nothing: who knows a reference still has to log in.
"""

import secrets

# No vowels, so no words. Of what looks or sounds alike one is left at most: 0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, M N, U V.
TEKENS = "23456789CDFHJKMPQRTVWXY"
# A prime number of signs, and each place a weight of its own: then any one changed sign, and any two that changed
# places, make another sum (the check of ISBN-10, with 23 for 11).
_DELER = len(TEKENS)
_LOTERIJ = 7
_GEWICHT_CONTROLE = _LOTERIJ + 1
_VOOR = "OB"


def make_kenmerk(jaar: int) -> str:
    """A new reference for something received in this year (four digits). Not unique by itself: the table sees to it."""
    lot = "".join(secrets.choice(TEKENS) for _ in range(_LOTERIJ))
    tekens = lot + _check_sign(jaar, lot)
    return f"{_VOOR}-{jaar:04d}-{tekens[:4]}-{tekens[4:]}"


def parse_kenmerk(tekst: str) -> str:
    """The reference as we write it, however somebody typed it (small letters, spaces, no dashes); "" for what is none:
    another form, a sign that we never use, or a check sign that does not fit.
    """
    kaal = "".join(teken for teken in tekst.upper() if teken.isalnum())
    jaar, tekens = kaal[2:6], kaal[6:]
    if not kaal.startswith(_VOOR) or len(tekens) != _LOTERIJ + 1 or not (jaar.isascii() and jaar.isdigit()):
        return ""
    if any(teken not in TEKENS for teken in tekens) or tekens[-1] != _check_sign(int(jaar), tekens[:-1]):
        return ""
    return f"{_VOOR}-{jaar}-{tekens[:4]}-{tekens[4:]}"


def _check_sign(jaar: int, lot: str) -> str:
    """The sign that makes the weighted sum of the signs and the year a multiple of the number of signs."""
    som = jaar + sum(plek * TEKENS.index(teken) for plek, teken in enumerate(lot, start=1))
    return TEKENS[-som * pow(_GEWICHT_CONTROLE, -1, _DELER) % _DELER]
