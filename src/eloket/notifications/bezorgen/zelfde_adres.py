"""Who got no mail about an event, because another profile was mailed at the same address, is mailed after all when that
one turns out not to be: they stopped, left, chose otherwise, or changed address while it waited."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from eloket.notifications import bewijs
from eloket.notifications.models import Notificatie
from eloket.notifications.service import Adressering, adresseer
from eloket.notifications.types import BewijsSoort, NotificatieSoort, Uitkomst
from eloket.profile.queries import get_bereikbaarheid

# What was told in one transaction; without an `onderwerp_id` nothing else says so.
_SAMEN = timedelta(minutes=1)
_GEEN_POST = (Uitkomst.GEEN_ADRES, Uitkomst.NIET_GEKOZEN)


def pass_on(rijen: Iterable[Notificatie], uitkomst: Uitkomst, now: datetime) -> None:
    """Free what waits behind these, which just ended with this outcome; in the caller's transaction."""
    if uitkomst in _GEEN_POST:
        for rij in rijen:
            _pass_on(rij, "", now)


def pass_on_elsewhere(rijen: Collection[Notificatie], aan: str, now: datetime) -> None:
    """Free what waits behind these for another address than `aan`, where they go; in the caller's transaction.

    One query when nothing waits behind anything in their zaken.
    """
    if not (refs := {rij.zaak_ref for rij in rijen} - {""}):
        return
    wacht = Notificatie.objects.filter(uitkomst=Uitkomst.ZELFDE_ADRES, zaak_ref__in=refs)
    dingen = set(wacht.values_list("soort", "zaak_ref", "onderwerp_id"))
    for rij in rijen:
        if (rij.soort, rij.zaak_ref, rij.onderwerp_id) in dingen:
            _pass_on(rij, aan, now)


def _pass_on(rij: Notificatie, aan: str, now: datetime) -> None:
    """`aan`: where this one goes; empty when it does not."""
    zelfde = Notificatie.objects.filter(
        soort=rij.soort,
        zaak_ref=rij.zaak_ref,
        onderwerp_id=rij.onderwerp_id,
        gemaakt_op__gte=rij.gemaakt_op - _SAMEN,
        gemaakt_op__lte=rij.gemaakt_op + _SAMEN,
    ).exclude(zaak_ref="")
    wacht = list(zelfde.filter(uitkomst=Uitkomst.ZELFDE_ADRES).exclude(pk=rij.pk).order_by("pk"))
    if not wacht:
        return
    anderen = zelfde.filter(uitkomst="").exclude(pk=rij.pk).select_related("zending")
    bekend = {aan.lower(), *(_goes_to(een, now).lower() for een in anderen)}
    for een in wacht:
        hoe = _adresseer(een, now)
        if hoe.uitkomst is None and hoe.adres.lower() not in bekend:
            bekend.add(hoe.adres.lower())
            _free(een, hoe.gepland_op, now)


def _free(rij: Notificatie, gepland_op: datetime, now: datetime) -> None:
    """It waits for a mail of its own, and the proof says so; once, also when two of them go at the same time."""
    wacht = Notificatie.objects.filter(pk=rij.pk, uitkomst=Uitkomst.ZELFDE_ADRES)
    if wacht.update(uitkomst="", gepland_op=gepland_op):
        bewijs.note(
            BewijsSoort.TOCH_MAIL,
            betrokkene_key=rij.betrokkene_key,
            moment=now,
            zaak_ref=rij.zaak_ref,
            notificatie_id=rij.pk,
            onderwerp_id=rij.onderwerp_id,
        )


def _goes_to(rij: Notificatie, now: datetime) -> str:
    """Where it went, or will go when it goes now."""
    if rij.zending and rij.zending.verzonden_op:
        return rij.zending.aan
    return _adresseer(rij, now).adres


def _adresseer(rij: Notificatie, now: datetime) -> Adressering:
    return adresseer(NotificatieSoort(rij.soort), get_bereikbaarheid(rij.betrokkene_key), now)
