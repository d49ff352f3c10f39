"""Counts what happens with forms: numbers per day, without anything of a person."""

from datetime import datetime, timedelta

from django.db.models import F

from eloket.kernel.klok import datum_van
from eloket.loket.models import Meting
from eloket.loket.types import Moment

# How long it took from beginning to sending, in minutes: up to and including each of these, and longer.
DUREN = (2, 5, 10, 15, 20, 30, 60, 1440)
LANGER = "langer"


def count(
    formulier: str,
    versie: int,
    wat: Moment,
    moment: datetime,
    *,
    stap: str = "",
    duur: timedelta | None = None,
) -> None:
    """One more, in the caller's transaction. `duur` comes with what was sent."""
    if duur is not None:
        _add(formulier, versie, Moment.DUUR, moment, stap=_class_of(duur), duur=timedelta())
    _add(formulier, versie, wat, moment, stap=stap, duur=duur or timedelta())


def _class_of(duur: timedelta) -> str:
    minuten = duur.total_seconds() / 60
    return next((str(grens) for grens in DUREN if minuten <= grens), LANGER)


def _add(formulier: str, versie: int, wat: Moment, moment: datetime, *, stap: str, duur: timedelta) -> None:
    sleutel = {
        "formulier": formulier,
        "versie": versie,
        "dag": datum_van(moment),
        "wat": wat.value,
        "stap": stap,
    }
    erbij = {
        "aantal": F("aantal") + 1,
        "seconden": F("seconden") + int(duur.total_seconds()),
    }
    if not Meting.objects.filter(**sleutel).update(**erbij):
        Meting.objects.bulk_create([Meting(**sleutel)], ignore_conflicts=True)
        Meting.objects.filter(**sleutel).update(**erbij)
