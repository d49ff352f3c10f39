"""Counts what happens with forms: numbers per day, without anything of a person."""

from datetime import datetime, timedelta

from django.db.models import F

from eloket.kernel.klok import datum_van
from eloket.loket.models import Meting
from eloket.loket.types import Moment


def count(
    formulier: str,
    versie: int,
    wat: Moment,
    moment: datetime,
    *,
    stap: str = "",
    duur: timedelta | None = None,
) -> None:
    """One more, in the caller's transaction."""
    sleutel = {
        "formulier": formulier,
        "versie": versie,
        "dag": datum_van(moment),
        "wat": wat.value,
        "stap": stap,
    }
    erbij = {
        "aantal": F("aantal") + 1,
        "seconden": F("seconden") + (int(duur.total_seconds()) if duur else 0),
    }
    if not Meting.objects.filter(**sleutel).update(**erbij):
        Meting.objects.bulk_create([Meting(**sleutel)], ignore_conflicts=True)
        Meting.objects.filter(**sleutel).update(**erbij)
