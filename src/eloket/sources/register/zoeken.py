"""How a zaak is found by subject or number: what is stored and what is typed are made alike."""

from eloket.kernel.crypto import vault
from eloket.kernel.tekst import normalise

_KORTSTE_NAAM = 4
_ESCAPE = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})


def zoektekst(omschrijving: str, identificatie: str) -> str:
    """What a search looks in, for one zaak."""
    return normalise(f"{omschrijving} {identificatie}")


def like_patterns(zoek: str) -> tuple[str, ...]:
    """An SQL LIKE pattern (ESCAPE '\\') per word of `zoek`: a zaak is found by a text that holds them all, in any
    order. Empty when nothing is searched.
    """
    return tuple(f"%{woord.translate(_ESCAPE)}%" for woord in dict.fromkeys(normalise(zoek).split()))


def naam_sleutel(naam: str) -> str:
    """What stands for a name in the table of names: 24 hex digits of its keyed hash."""
    return vault().keyed_hash("naam", normalise(naam))[:24]


def naam_sleutels(naam: str) -> frozenset[str]:
    """The ways in which somebody with this name is found: the whole name, the name from each word on (`van Drouwen`),
    and each word of four letters or more. Initials and particles alone find nobody.
    """
    woorden = normalise(naam).split()[:12]
    einden = {" ".join(woorden[plek:]) for plek in range(len(woorden))}
    los = {woord for woord in woorden if len(woord) >= _KORTSTE_NAAM}
    gezocht = {deel for deel in einden if len(deel) >= _KORTSTE_NAAM} | los
    return frozenset(map(naam_sleutel, gezocht))
