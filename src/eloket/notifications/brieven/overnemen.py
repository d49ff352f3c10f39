"""A letter takes over what a mail could not bring: one letter per party, until somebody takes it to print it."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from django.db import transaction

from eloket.notifications import bewijs
from eloket.notifications.brieven.models import BriefInhoud
from eloket.notifications.contact.service import open_when_unreachable
from eloket.notifications.models import Notificatie, Zending
from eloket.notifications.rubrieken import rubriek_van
from eloket.notifications.types import BewijsSoort, Kanaal, NotificatieSoort, Uitkomst
from eloket.profile.types import Rubriek

PER_RONDE = 200
ONGEOPEND = "ongeopend"  # in the proof: no mail failed, but what we sent was not opened


def _is_written(soort: NotificatieSoort) -> bool:
    """A receipt was shown on the screen and stands in the zaak; what concerns an address belongs at that address."""
    return rubriek_van(soort) not in {None, Rubriek.ONTVANGST}


@cache
def _soorten() -> frozenset[NotificatieSoort]:
    return frozenset(soort for soort in NotificatieSoort if _is_written(soort))


def take_over(rijen: Sequence[Notificatie], now: datetime) -> Zending | None:
    """Put these notifications of one party in its letter that waits, or in a new one; in the caller's transaction.

    None when nothing of it has to be told on paper: it was opened meanwhile, it is a receipt, or it is about no zaak,
    and only by a zaak do we know who somebody is.
    """
    over = [
        rij
        for rij in rijen
        if NotificatieSoort(rij.soort) in _soorten() and rij.zaak_ref and not rij.aan and not rij.geopend_op
    ]
    if not over:
        return None
    brief = _waiting(over[0].partij) or _new(over, now)
    Notificatie.objects.filter(pk__in=[rij.pk for rij in over]).update(zending=brief, uitkomst="", payload="")
    bewijs.note_all(
        (
            bewijs.Feit(
                BewijsSoort.BRIEF_GEMAAKT,
                rij.betrokkene_key,
                rij.zaak_ref,
                rij.pk,
                brief.pk,
                rij.onderwerp_id,
                {"reden": ONGEOPEND} if rij.soort == NotificatieSoort.ONGELEZEN_HERINNERING else {},
            )
            for rij in over
        ),
        now,
    )
    return brief


def take_over_waiting(now: datetime) -> int:
    """What was to be told to who has an address that does not work: says how many notifications. Raises
    django.db.Error."""
    wachtend = Notificatie.objects.filter(
        uitkomst=Uitkomst.ADRES_KAPOT, zending=None, geopend_op=None, soort__in=_soorten()
    ).exclude(zaak_ref="")
    keys = list(dict.fromkeys(wachtend.order_by("id").values_list("betrokkene_key", flat=True)[:PER_RONDE]))
    aantal = 0
    for key in keys:
        with transaction.atomic():
            rijen = list(wachtend.filter(betrokkene_key=key).select_for_update().order_by("id"))
            if rijen:
                take_over(rijen, now)
                open_when_unreachable(rijen[0].partij, (rij.zaak_ref for rij in rijen), now)
                aantal += len(rijen)
    return aantal


def _waiting(key: str) -> Zending | None:
    """The letter of this party that nobody has taken yet, held so that nobody takes it now."""
    inhoud = (
        BriefInhoud.objects.select_for_update(of=("self",))
        .filter(
            bundel=None,
            zending__betrokkene_key=key,
            zending__verzonden_op=None,
            zending__mislukt_op=None,
        )
        .order_by("zending__gemaakt_op")
        .first()
    )
    return inhoud.zending if inhoud else None


def _new(rijen: Sequence[Notificatie], now: datetime) -> Zending:
    zending = Zending.objects.create(
        kanaal=Kanaal.BRIEF,
        aan="",
        betrokkene_key=rijen[0].partij,
        volgorde=rijen[0].pk,
        gemaakt_op=now,
        volgende_poging_op=now,
    )
    BriefInhoud.objects.create(zending=zending)
    return zending


def list_zaak_refs(zending: Zending) -> set[str]:
    """The zaken that a letter, or a mail, is about."""
    return {ref for ref in zending.notificaties.values_list("zaak_ref", flat=True) if ref}
