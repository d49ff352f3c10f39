"""What coming back means: proof, an address that is known to be dead, and another way to say it.

Everything in one transaction, and once: the same notification again, from the mailbox or the webhook, changes nothing.
"""

import logging
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from eloket.kernel.klok import nu
from eloket.notifications import bewijs
from eloket.notifications.brieven.overnemen import list_zaak_refs, take_over
from eloket.notifications.contact.service import open_when_unreachable
from eloket.notifications.events import ZendingMislukt
from eloket.notifications.models import Zending
from eloket.notifications.retour.models import RetourMelding
from eloket.notifications.retour.types import Klasse, Retour
from eloket.notifications.types import BewijsSoort, Kanaal
from eloket.profile.service import mark_dead_address

log = logging.getLogger(__name__)
ONBESTELBAAR = "onbestelbaar"
_BEWIJS = {
    Klasse.PERMANENT: BewijsSoort.TERUGGEKOMEN,
    Klasse.OPGEGEVEN: BewijsSoort.TERUGGEKOMEN,
    Klasse.TIJDELIJK: BewijsSoort.VERTRAAGD,
    Klasse.DOORGEGEVEN: BewijsSoort.DOORGEGEVEN,
    Klasse.BEZORGD: BewijsSoort.BEZORGD,
}


class Verwerking(StrEnum):
    """How a notification was taken in."""

    VERWERKT = "verwerkt"
    AL_BEKEND = "al_bekend"
    ONBEKEND = "onbekend"  # of no mail of ours


def verwerk(retour: Retour) -> Verwerking:
    """Note what came back, and do what follows from it. Twice is once. Raises django.db.Error."""
    now = nu()
    with transaction.atomic():
        zending = _hold(retour.zending_id)
        if zending is None:
            return Verwerking.ONBEKEND
        _, is_nieuw = RetourMelding.objects.get_or_create(
            zending_id=zending.pk,
            klasse=retour.klasse,
            defaults={"actie": retour.actie, "status": retour.status, "moment": now},
        )
        if not is_nieuw:
            return Verwerking.AL_BEKEND
        bewijs.note(
            _BEWIJS[retour.klasse],
            betrokkene_key=zending.betrokkene_key,
            zending_id=zending.pk,
            moment=now,
            kenmerken={"actie": str(retour.actie), "status": retour.status},
        )
        if retour.klasse.is_verloren:
            _find_another_way(zending, is_adres=retour.klasse is Klasse.PERMANENT, reden=retour.status)
    log.info("zending %s: %s %s", zending.pk, retour.klasse, retour.status)
    return Verwerking.VERWERKT


def meld_onbestelbaar(zending_id: UUID, reden: str, *, is_adres: bool = True) -> None:
    """The mail will not arrive, and the mail server said so itself: the same as when it came back, in the caller's
    transaction. `reden` is a short code. `is_adres`: the address is to blame, not this one mail."""
    with transaction.atomic():
        zending = _hold(str(zending_id))
        if zending is not None:
            _find_another_way(zending, is_adres=is_adres, reden=reden)


def on_zending_mislukt(event: ZendingMislukt) -> None:
    meld_onbestelbaar(event.zending_id, event.code, is_adres=event.is_adres)


def _hold(zending_id: str) -> Zending | None:
    return Zending.objects.select_for_update().filter(pk=zending_id, kanaal=Kanaal.EMAIL).first()


def _find_another_way(zending: Zending, *, is_adres: bool, reden: str) -> None:
    now = nu()
    refs = list_zaak_refs(zending)
    rijen = list(zending.notificaties.select_for_update().order_by("id"))
    # It may come back before we had noted that it went.
    if zending.verzonden_op is None and zending.mislukt_op is None:
        zending.mislukt_op, zending.laatste_fout = now, f"{ONBESTELBAAR} {reden}".strip()
        zending.lease_tot, zending.lease_door = None, ""
        zending.save(update_fields=["mislukt_op", "laatste_fout", "lease_tot", "lease_door"])
    if is_adres and not any(rij.aan for rij in rijen):
        mark_dead_address(
            zending.betrokkene_key, zending.aan, reden or ONBESTELBAAR, verzonden_op=zending.verzonden_op
        )
        if rijen:  # else a letter has taken it over already
            open_when_unreachable(rijen[0].partij, refs, now)
    take_over(rijen, now)
