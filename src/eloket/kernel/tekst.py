"""Text made alike, so that people find what they mean, and read what is there."""

import unicodedata


def one_line(tekst: str) -> str:
    """In NFC, on one line, without invisible characters: no control characters, and none that turn the direction of the
    text (Unicode TR36), which make it read as something else, and mix it up with what stands beside it.
    """
    # C*: control, format (bidi, zero width), surrogate, private, unassigned. Z*: every kind of space.
    tekens = (
        " " if _is_wit(teken) else teken
        for teken in tekst
        if _is_wit(teken) or unicodedata.category(teken)[0] != "C"
    )
    return " ".join(unicodedata.normalize("NFC", "".join(tekens)).split())


def _is_wit(teken: str) -> bool:
    return teken in "\t\r\n" or unicodedata.category(teken)[0] == "Z"


def normalise(tekst: str) -> str:
    """Lower case, without accents, single spaces: `Café  Één` and `cafe een` are the same."""
    kaal = "".join(
        teken for teken in unicodedata.normalize("NFKD", tekst) if not unicodedata.combining(teken)
    )
    # Folding may bring back what was just taken apart, and the other way round: twice is enough to stand still.
    los = unicodedata.normalize("NFKD", kaal.casefold())
    return " ".join("".join(teken for teken in los if not unicodedata.combining(teken)).casefold().split())
