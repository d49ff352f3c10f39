"""A civil servant of the demo who looks at a few zaken a day, and on one evening at all of them: what a privacy officer
then finds at Opvallend inzien."""

from collections.abc import Sequence
from datetime import date, timedelta

from eloket.audit.service import record_each
from eloket.beschikbaarheid.termijn import is_working_day
from eloket.identity.types import Actor
from eloket.inzage.opvallend import bepalen
from eloket.kernel.klok import nu, op_moment
from eloket.ops.demo.draaiboek import DemoZaak, at
from eloket.ops.demo.spelen import Speler
from eloket.ops.opvallend import read_drempels
from eloket.zaken.service import record_view

WIE = "omar.deboer"
_ZAAKTYPEN = {"PARKEERVERGUNNING", "GEHANDICAPTENPARKEERKAART"}
_DAGEN = 20
_PER_DAG = (2, 3, 2, 4)


def play(speler: Speler, wie: Actor, zaken: Sequence[DemoZaak]) -> None:
    """Look at these zaken, those of parking only, and then count as the worker does every night."""
    kijkbaar = [een for een in zaken if een.zaaktype in _ZAAKTYPEN]
    *gewoon, laatste = _working_days(speler.peildag)
    for nummer, dag in enumerate(gewoon):
        er_al = _started(kijkbaar, dag)
        keuze = [er_al[(nummer + stap) % len(er_al)] for stap in range(_PER_DAG[nummer % 4])] if er_al else []
        _look(speler, wie, keuze, dag, uur=11)
        _have_on_a_list(speler, wie, keuze, dag)
    _look(speler, wie, _started(kijkbaar, laatste), laatste, uur=21)
    bepalen.run_round(nu(), read_drempels(), dagen=bepalen.HISTORIE.days)


def _working_days(peildag: date) -> list[int]:
    """The last ones before that day, the oldest first, as days from it."""
    terug = (een for een in range(1, 60) if is_working_day(peildag - timedelta(days=een)))
    return sorted(-een for een, _ in zip(terug, range(_DAGEN), strict=False))


def _started(zaken: Sequence[DemoZaak], dag: int) -> list[DemoZaak]:
    return [een for een in zaken if een.start < dag]


def _look(speler: Speler, wie: Actor, zaken: Sequence[DemoZaak], dag: int, *, uur: int) -> None:
    for minuut, een in enumerate(zaken):
        with op_moment(at(dag, uur, minuut % 60, peildag=speler.peildag)):
            record_view(wie, speler.ref_of(een))


def _have_on_a_list(speler: Speler, wie: Actor, zaken: Sequence[DemoZaak], dag: int) -> None:
    """The work list of that morning."""
    with op_moment(at(dag, 9, 0, peildag=speler.peildag)):
        record_each(
            [str(speler.ref_of(een)) for een in zaken],
            actor_soort=wie.soort,
            actor_key=wie.key,
            actie="zaak.op_lijst_gezien",
            lijst="werkvoorraad",
        )
