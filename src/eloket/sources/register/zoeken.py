"""How a zaak is found by subject or number: what is stored and what is typed are made alike."""

from eloket.kernel.tekst import normalise

_ESCAPE = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})


def zoektekst(omschrijving: str, identificatie: str) -> str:
    """What a search looks in, for one zaak."""
    return normalise(f"{omschrijving} {identificatie}")


def like_pattern(zoek: str) -> str:
    """An SQL LIKE pattern (ESCAPE '\\') for text that contains `zoek`; empty when nothing is searched."""
    schoon = normalise(zoek)
    return f"%{schoon.translate(_ESCAPE)}%" if schoon else ""
