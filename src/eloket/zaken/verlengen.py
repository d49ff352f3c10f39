"""After an outage: who could not send what we asked for, because we could not be reached, has longer (Awb 2:21 lid 3).

The rule is in beschikbaarheid.termijn. A request is extended once per outage, and further when that turns out to have
been longer; never back.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from eloket.beschikbaarheid import verwerking
from eloket.beschikbaarheid.events import OnderbrekingVoorbij
from eloket.beschikbaarheid.termijn import Periode, extend
from eloket.beschikbaarheid.types import VERLENGT, OnderbrekingInzage, Wat, schrijf_reden
from eloket.beschikbaarheid.verwerking import PER_STAP, Stap
from eloket.kernel import events
from eloket.kernel.errors import BronOnbereikbaar, NietGevonden
from eloket.kernel.klok import datum_van, schrijf_datum
from eloket.zaken.bronnen import bron_voor
from eloket.zaken.events import TermijnVerlengd
from eloket.zaken.models import Taak, TermijnVerlenging
from eloket.zaken.types import GebeurtenisSoort, TaakSoort, Zaak, ZaakRef
from eloket.zaken.vastleggen import about_taak, note_by_system, record_taak

DEEL = "taken"
_DAG = timedelta(days=1)


def connect() -> None:
    """Called once, by config.wiring."""
    events.subscribe(OnderbrekingVoorbij, on_onderbreking_voorbij)


def on_onderbreking_voorbij(event: OnderbrekingVoorbij) -> None:
    """There may be thousands of requests: the worker goes through them."""
    if event.onderbreking.wat in VERLENGT:
        verwerking.plan(event.onderbreking.id, DEEL)


def extend_taken(now: datetime) -> bool:
    """One step of the requests that wait for this. For the worker; True when there may be more."""
    return verwerking.do_step(DEEL, now, lambda onderbreking, na: _step(onderbreking, na, now))


def _step(onderbreking: OnderbrekingInzage, na: str, now: datetime) -> Stap:
    assert onderbreking.eind is not None  # do_step saw to that
    periode = Periode.van(onderbreking.begin, onderbreking.eind)
    taken = _candidates(onderbreking, periode)
    if na:
        taken = taken.filter(id__gt=UUID(na))
    deel = list(taken.select_for_update(of=("self",)).order_by("id")[:PER_STAP])
    is_gemist = False
    for taak in deel:
        try:
            _extend(taak, onderbreking, periode, now)
        except BronOnbereikbaar:
            is_gemist = True
    return Stap(str(deel[-1].id) if len(deel) == PER_STAP else None, is_gemist)


def _candidates(onderbreking: OnderbrekingInzage, periode: Periode) -> "QuerySet[Taak]":
    """Open requests whose last day is in the outage, and those that it moved before: it may have become longer."""
    eerder = TermijnVerlenging.objects.filter(onderbreking_id=onderbreking.id).values("taak_id")
    erin = Q(deadline__gt=periode.eerste, deadline__lte=periode.laatste + _DAG)
    taken = Taak.objects.filter(erin | Q(pk__in=eerder), vervuld_op=None, gevraagd_op__lt=onderbreking.eind)
    return taken.filter(soort=TaakSoort.DOCUMENT) if onderbreking.wat is Wat.DOCUMENTEN else taken


def _extend(taak: Taak, onderbreking: OnderbrekingInzage, periode: Periode, now: datetime) -> None:
    """Raises BronOnbereikbaar, before anything is written."""
    eerder = TermijnVerlenging.objects.filter(taak=taak, onderbreking_id=onderbreking.id).first()
    van = eerder.van if eerder else taak.deadline
    laatste_dag = extend(van - _DAG, sinds=datum_van(taak.gevraagd_op), periode=periode)
    tot = laatste_dag + _DAG
    if tot <= taak.deadline or (zaak := _open_zaak(taak)) is None:
        return
    assert onderbreking.eind is not None
    taak.deadline = tot
    taak.verlengd_om = schrijf_reden(onderbreking.wat, onderbreking.begin, onderbreking.eind)
    taak.save(update_fields=["deadline", "verlengd_om"])
    TermijnVerlenging.objects.update_or_create(
        taak=taak, onderbreking_id=onderbreking.id, defaults={"van": van, "tot": tot, "moment": now}
    )
    _tell(taak, zaak, laatste_dag, now)


def _tell(taak: Taak, zaak: Zaak, laatste_dag: date, now: datetime) -> None:
    tekst = f"U heeft langer de tijd, tot en met {schrijf_datum(laatste_dag)}. {taak.verlengd_om.rstrip('.')}"
    record_taak(taak, GebeurtenisSoort.TERMIJN_VERLENGD, tekst, now)
    note_by_system("taak.verlengd", zaak.ref, **about_taak(taak))
    # Not of an outage that was found out long afterwards: there is nothing to react to any more.
    if laatste_dag >= datum_van(now):
        events.publish(
            TermijnVerlengd(
                zaak=zaak,
                taak_id=str(taak.id),
                betrokkene_key=taak.betrokkene_key,
                vestiging_key=taak.vestiging_key,
                deadline=taak.deadline,
            )
        )


def _open_zaak(taak: Taak) -> Zaak | None:
    ref = ZaakRef.parse(taak.zaak_ref)
    try:
        zaak = bron_voor(ref.bron).get_zaak(ref.id)
    except BronOnbereikbaar:
        raise
    except NietGevonden:
        return None
    return zaak if zaak.is_open else None
