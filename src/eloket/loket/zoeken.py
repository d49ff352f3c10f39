"""Finding products by what somebody types, also when they type it wrong."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from eloket.kernel.tekst import normalise
from eloket.loket.types import Product

_WOORD = re.compile(r"[a-z0-9]+")


def search(producten: Sequence[Product], zoek: str) -> tuple[Product, ...]:
    """The products that hold every word of `zoek` (also as part of a word); all of them when it is empty.

    When no product does, those that hold words that look like them: the best first. A word of four to seven letters may
    have one mistake, a longer one two; a shorter one none. A mistake is a letter too many, too few, another one, or two
    that changed places; the first letter is right.
    """
    woorden = normalise(zoek).split()
    precies = tuple(p for p in producten if all(woord in p.zoektekst for woord in woorden))
    if precies:
        return precies
    gevonden = [(fouten, p) for p in producten if (fouten := _mistakes(woorden, p.zoektekst)) is not None]
    return tuple(p for _, p in sorted(gevonden, key=lambda een: een[0]))


def _mistakes(woorden: Sequence[str], zoektekst: str) -> int | None:
    """How many mistakes were made, if these words were meant; None when one of them looks like nothing here."""
    kandidaten = set(_WOORD.findall(zoektekst))
    samen = 0
    for woord in woorden:
        if woord in zoektekst:
            continue
        beste = min((_distance(woord, een) for een in kandidaten), default=99)
        if beste > _allowed(woord):
            return None
        samen += beste
    return samen


def _allowed(woord: str) -> int:
    return 0 if len(woord) < 4 else 1 if len(woord) < 8 else 2


def _distance(woord: str, ander: str) -> int:
    """To the other word, or to its beginning: `evenemnt` is near `evenementenvergunning`."""
    if woord[0] != ander[0]:
        return 99
    begin = (ander, ander[: len(woord)], ander[: len(woord) + 1])
    return min(OSA.distance(woord, een, score_cutoff=_allowed(woord)) for een in begin)
