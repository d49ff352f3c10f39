"""Text made alike, so that people find what they mean."""

import unicodedata


def normalise(tekst: str) -> str:
    """Lower case, without accents, single spaces: `Café  Één` and `cafe een` are the same."""
    kaal = "".join(
        teken for teken in unicodedata.normalize("NFKD", tekst) if not unicodedata.combining(teken)
    )
    # Folding may bring back what was just taken apart, and the other way round: twice is enough to stand still.
    los = unicodedata.normalize("NFKD", kaal.casefold())
    return " ".join("".join(teken for teken in los if not unicodedata.combining(teken)).casefold().split())
