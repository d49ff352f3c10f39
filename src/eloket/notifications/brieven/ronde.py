"""Letters, for the upkeep of the worker."""

from datetime import datetime

from eloket.notifications.brieven.adressen import find_adressen
from eloket.notifications.brieven.overnemen import take_over_waiting


def make_brieven(now: datetime) -> str:
    """Put in letters what cannot be mailed, and find where they go. Raises django.db.Error."""
    return f"{take_over_waiting(now)} meldingen, {find_adressen(now)} adressen"
