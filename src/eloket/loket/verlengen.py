"""After an outage: a form that was not sent is kept longer, when it would have been removed in or right after it.

The rule is that of requests (beschikbaarheid.termijn, zaken.verlengen). Whoever did not log in has a form for two
hours, with their session: that is too short to make up for.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from eloket.beschikbaarheid import verwerking
from eloket.beschikbaarheid.events import OnderbrekingVoorbij
from eloket.beschikbaarheid.queries import must_wait
from eloket.beschikbaarheid.termijn import Periode, extend
from eloket.beschikbaarheid.types import OnderbrekingInzage, Wat, schrijf_reden
from eloket.beschikbaarheid.verwerking import PER_STAP, Stap
from eloket.kernel import events
from eloket.kernel.klok import begin_van, datum_van
from eloket.loket.aantekenen import note_by_system
from eloket.loket.formulier.basis import Wie
from eloket.loket.models import Concept, ConceptVerlenging
from eloket.loket.types import BEWAARTIJD, kept_until

DEEL = "formulieren"
_VERLENGT = frozenset({Wat.PORTAAL, Wat.INLOGGEN})
_DAG = timedelta(days=1)


def connect() -> None:
    """Called once, by config.wiring."""
    events.subscribe(OnderbrekingVoorbij, on_onderbreking_voorbij)


def on_onderbreking_voorbij(event: OnderbrekingVoorbij) -> None:
    if event.onderbreking.wat in _VERLENGT:
        verwerking.plan(event.onderbreking.id, DEEL)


def extend_concepten(now: datetime) -> bool:
    """One step of the forms that wait for this. For the worker; True when there may be more."""
    return verwerking.do_step(DEEL, now, lambda onderbreking, na: _step(onderbreking, na, now))


def must_keep(now: datetime) -> bool:
    """Whether forms may not be removed now for being too old: people cannot reach them, or could not a moment ago."""
    return must_wait(_VERLENGT, now) or verwerking.is_bezig(DEEL)


def _step(onderbreking: OnderbrekingInzage, na: str, now: datetime) -> Stap:
    assert onderbreking.eind is not None  # do_step saw to that
    periode = Periode.van(onderbreking.begin, onderbreking.eind)
    concepten = _candidates(onderbreking, periode)
    if na:
        concepten = concepten.filter(pk__gt=UUID(na))
    deel = list(concepten.select_for_update(of=("self",)).order_by("pk")[:PER_STAP])
    for rij in deel:
        _extend(rij, onderbreking, periode, now)
    return Stap(str(deel[-1].pk) if len(deel) == PER_STAP else None)


def _candidates(onderbreking: OnderbrekingInzage, periode: Periode) -> "QuerySet[Concept]":
    begin, eind = begin_van(periode.eerste), begin_van(periode.laatste + _DAG)
    eerder = ConceptVerlenging.objects.filter(onderbreking_id=onderbreking.id).values("concept_id")
    erin = Q(gewijzigd_op__gt=begin - BEWAARTIJD, gewijzigd_op__lte=eind - BEWAARTIJD) | Q(
        verlengd_tot__gt=begin, verlengd_tot__lte=eind
    )
    return Concept.objects.filter(erin | Q(pk__in=eerder), verstuurd_op=None).exclude(wie=Wie.ANONIEM)


def _extend(rij: Concept, onderbreking: OnderbrekingInzage, periode: Periode, now: datetime) -> None:
    assert onderbreking.eind is not None
    eerder = ConceptVerlenging.objects.filter(concept=rij, onderbreking_id=onderbreking.id).first()
    nu_tot = kept_until(rij.gewijzigd_op, rij.verlengd_tot)
    van = eerder.van if eerder else nu_tot
    was = datum_van(van - timedelta(microseconds=1))
    wordt = extend(was, sinds=datum_van(rij.gewijzigd_op), periode=periode)
    tot = begin_van(wordt + _DAG)
    if wordt == was or tot <= nu_tot:
        return
    rij.verlengd_tot = tot
    rij.verlengd_om = schrijf_reden(onderbreking.wat, onderbreking.begin, onderbreking.eind)
    rij.save(update_fields=["verlengd_tot", "verlengd_om"])
    ConceptVerlenging.objects.update_or_create(
        concept=rij, onderbreking_id=onderbreking.id, defaults={"van": van, "tot": tot, "moment": now}
    )
    note_by_system("formulier.langer_bewaard", rij)
