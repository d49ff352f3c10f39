"""Looking at a zaak by noodtoegang: asked anew for every request, so that an end counts at once."""

from datetime import timedelta

from eloket.identity.types import Actor, Inkijk, Recht
from eloket.kernel.klok import nu
from eloket.zaken.models import NoodtoegangRegel
from eloket.zaken.types import ZaakRef

_ONTHOUDEN = timedelta(days=1)


def find_inkijk(actor: Actor, ref: ZaakRef) -> Inkijk | None:
    """The noodtoegang to this zaak that this actor has now. No query for who cannot have any."""
    if not may_ask(actor):
        return None
    rij = NoodtoegangRegel.objects.filter(
        medewerker_id=actor.medewerker_id or 0, zaak_ref=str(ref), beeindigd_op=None, tot__gt=nu()
    ).first()
    return Inkijk(str(rij.pk), rij.zaak_ref, rij.tot) if rij else None


def is_looking(actor: Actor, ref: ZaakRef) -> bool:
    """For `zaken.access` only: whether this request looks at this zaak by a noodtoegang that still is."""
    inkijk = actor.inkijk
    return (
        inkijk is not None
        and inkijk.zaak_ref == str(ref)
        and may_ask(actor)
        and NoodtoegangRegel.objects.filter(
            pk=inkijk.id,
            medewerker_id=actor.medewerker_id or 0,
            zaak_ref=str(ref),
            beeindigd_op=None,
            tot__gt=nu(),
        ).exists()
    )


def was_looking(actor: Actor, ref: ZaakRef) -> bool:
    """Whether this actor had noodtoegang to this zaak in the last day: then a page may say that it ended."""
    return (
        may_ask(actor)
        and NoodtoegangRegel.objects.filter(
            medewerker_id=actor.medewerker_id or 0, zaak_ref=str(ref), tot__gt=nu() - _ONTHOUDEN
        ).exists()
    )


def may_ask(actor: Actor) -> bool:
    """Who was given the right by a functional manager."""
    return actor.is_medewerker and actor.medewerker_id is not None and Recht.NOODTOEGANG in actor.rechten
