"""An outage that is over: the rooms above hear of it once, and again only when it turns out to be longer."""

from datetime import datetime

from django.db import transaction

from eloket.beschikbaarheid.events import OnderbrekingVoorbij
from eloket.beschikbaarheid.models import Onderbreking
from eloket.beschikbaarheid.queries import inzage, live
from eloket.beschikbaarheid.regels import get_regels
from eloket.beschikbaarheid.samenvoegen import hold
from eloket.beschikbaarheid.types import VERLENGT, Wat
from eloket.kernel import events

PER_RONDE = 50


def announce(rij: Onderbreking, now: datetime) -> bool:
    """Publish OnderbrekingVoorbij for a held row when it is over and long enough, in the caller's transaction."""
    if rij.is_afgehandeld or rij.ingetrokken_op or rij.opgegaan_in_id or rij.eind is None or rij.eind > now:
        return False
    is_te_melden = _matters(rij) and _is_longer(rij)
    if is_te_melden:
        rij.gemeld_begin = min(rij.begin, rij.gemeld_begin or rij.begin)
        rij.gemeld_eind = max(rij.eind, rij.gemeld_eind or rij.eind)
    rij.is_afgehandeld = True
    rij.save(update_fields=["is_afgehandeld", "gemeld_begin", "gemeld_eind"])
    if is_te_melden:
        events.publish(OnderbrekingVoorbij(onderbreking=inzage(rij)))
    return is_te_melden


def announce_ended(now: datetime) -> int:
    """Maintenance ends by itself, at the time that was announced. For the worker; says how many were published."""
    klaar = live().filter(is_afgehandeld=False, eind__lte=now)
    aantal = 0
    for pk, wat in list(klaar.order_by("eind").values_list("pk", "wat")[:PER_RONDE]):
        with transaction.atomic():
            hold(Wat(wat))
            aantal += announce(Onderbreking.objects.get(pk=pk), now)
    return aantal


def _matters(rij: Onderbreking) -> bool:
    if Wat(rij.wat) not in VERLENGT or rij.eind is None:
        return False
    return (rij.eind - rij.begin).total_seconds() >= get_regels().minimum_minuten * 60


def _is_longer(rij: Onderbreking) -> bool:
    if rij.gemeld_begin is None or rij.gemeld_eind is None or rij.eind is None:
        return True
    return rij.begin < rij.gemeld_begin or rij.eind > rij.gemeld_eind
