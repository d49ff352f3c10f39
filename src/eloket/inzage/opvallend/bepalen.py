"""Once a day, by the worker: count the days that are over, and make a signal of what is unusual."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction

from eloket.audit import service as audit
from eloket.identity.access import MedewerkerInfo, medewerkers_per_key
from eloket.inzage.models import Kijkcijfer, Kijkdag, Signaal
from eloket.inzage.opvallend.maat import judge
from eloket.inzage.opvallend.tellen import count_dag
from eloket.inzage.opvallend.types import Drempels, Maat, Reden, ref_of
from eloket.kernel.klok import datum_van

log = logging.getLogger(__name__)
HISTORIE = timedelta(days=90)  # what a day is compared with, and how long numbers are kept
TERUG = timedelta(days=14)  # a day longer ago makes no signal any more: it is only counted
BEWAREN = timedelta(days=365)  # a signal that somebody looked into
PER_RONDE = 5  # days; the rest follows in the next round
NA = timedelta(hours=1)  # after midnight: what began on that day has been written by then


def run_round(now: datetime, drempels: Drempels, *, dagen: int = PER_RONDE) -> int:
    """Count what is over and was not counted yet, the oldest day first, at most so many days; returns how many signals
    that gave.

    A day is one transaction: after a crash, or beside another worker, it is counted once. Raises django.db.Error.
    """
    vandaag = datum_van(now - NA)
    nieuw = 0
    for dag in _days_to_count(vandaag)[:dagen]:
        nieuw += _count(dag, now, drempels, maakt_signalen=dag >= vandaag - TERUG)
    if nieuw:
        log.warning("opvallend inzien: %s nieuwe signalen voor wie het logboek mag inzien", nieuw)
    return nieuw


def purge(now: datetime) -> int:
    """Remove numbers that nothing is compared with any more, and signals that were looked into long ago; returns how
    many."""
    grens = datum_van(now) - HISTORIE - timedelta(days=1)
    Kijkdag.objects.filter(dag__lt=grens).delete()
    cijfers = Kijkcijfer.objects.filter(dag__lt=grens).delete()[0]
    return cijfers + Signaal.objects.filter(gezien_op__lt=now - BEWAREN).delete()[0]


def _days_to_count(vandaag: date) -> list[date]:
    dagen = [vandaag - timedelta(days=terug) for terug in range(HISTORIE.days, 0, -1)]
    gedaan = set(Kijkdag.objects.filter(dag__gte=dagen[0]).values_list("dag", flat=True))
    return [dag for dag in dagen if dag not in gedaan]


def _count(dag: date, now: datetime, drempels: Drempels, *, maakt_signalen: bool) -> int:
    medewerkers = medewerkers_per_key()
    with transaction.atomic():
        if not Kijkdag.objects.get_or_create(dag=dag)[1]:
            return 0  # another worker counted it meanwhile
        cijfers = count_dag(dag, drempels.werktijd, medewerkers)
        vroeger = _history(dag) if cijfers and maakt_signalen else {}
        Kijkcijfer.objects.bulk_create(
            Kijkcijfer(dag=dag, medewerker_key=key, aantallen=aantallen) for key, aantallen in cijfers.items()
        )
        if not maakt_signalen:
            return 0
        redenen = {
            key: _reasons(key, aantallen, vroeger, medewerkers, drempels)
            for key, aantallen in cijfers.items()
        }
        return sum(_signal(key, dag, gevonden, now) for key, gevonden in redenen.items() if gevonden)


def _history(dag: date) -> dict[str, list[Mapping[str, int]]]:
    """By civil servant the days before this one on which they looked at something."""
    vroeger: dict[str, list[Mapping[str, int]]] = {}
    rijen = Kijkcijfer.objects.filter(dag__gte=dag - HISTORIE, dag__lt=dag)
    for key, aantallen in rijen.order_by("dag").values_list("medewerker_key", "aantallen"):
        vroeger.setdefault(key, []).append(aantallen)
    return vroeger


def _reasons(
    key: str,
    aantallen: Mapping[Maat, int],
    vroeger: Mapping[str, Sequence[Mapping[str, int]]],
    medewerkers: Mapping[str, MedewerkerInfo],
    drempels: Drempels,
) -> tuple[Reden, ...]:
    kandidaten = {maat: n for maat, n in aantallen.items() if n >= drempels.vanaf.get(maat, 0) > 0}
    if not kandidaten:
        return ()
    afdelingen = medewerkers[key].afdelingen if key in medewerkers else frozenset()
    collegas = [
        dag
        for ander, dagen in vroeger.items()
        if ander != key and ander in medewerkers and medewerkers[ander].afdelingen & afdelingen
        for dag in dagen
    ]
    gevonden = (
        judge(
            maat,
            aantal,
            # A day of before something was counted says nothing of it: a nothing would make every day unusual.
            eigen=[dag[maat] for dag in vroeger.get(key, ()) if maat in dag],
            collegas=[dag[maat] for dag in collegas if maat in dag],
            drempels=drempels,
        )
        for maat, aantal in kandidaten.items()
    )
    return tuple(reden for reden in gevonden if reden)


def _signal(key: str, dag: date, redenen: tuple[Reden, ...], now: datetime) -> int:
    Signaal.objects.create(
        dag=dag, medewerker_key=key, redenen=[asdict(reden) for reden in redenen], gemaakt=now
    )
    audit.record(
        actor_soort=audit.SYSTEEM,
        actor_key="",
        actie="opvallend.gevonden",
        object_ref=ref_of(key),
        redenen=",".join(reden.maat for reden in redenen),
    )
    return 1
