"""A part of a page that could not be fetched: the page says so, and the log names the source once."""

import logging

from eloket.identity.fouten import DATABASE_FOUTEN
from eloket.kernel.errors import BronOnbereikbaar

logger = logging.getLogger(__name__)

# What may fail while a message is on its way: its source, or our own database (busy, away).
VERZENDEN_MISLUKT = (BronOnbereikbaar, *DATABASE_FOUTEN)


def write_storing(wat: str) -> str:
    """`wat` is what is missing, as in `uw taken`."""
    return f"Wij kunnen {wat} nu niet ophalen. Dat ligt aan ons. Probeer het over een paar minuten opnieuw."


def note(fout: Exception, deel: str) -> None:
    """Log that this part of a page failed. Names the source, never a person or a zaak."""
    bron = fout.bron if isinstance(fout, BronOnbereikbaar) else type(fout).__name__
    logger.error("storing bij %s: %s", deel, bron)
