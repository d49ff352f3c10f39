"""Who else has the page of a zaak open: so that two people do not do the same work without knowing."""

from datetime import datetime, timedelta

from eloket.identity.types import Actor
from eloket.kernel.klok import nu
from eloket.zaken.models import Aanwezigheid
from eloket.zaken.types import ZaakRef
from eloket.zaken.werk import Aanwezige

DUUR = timedelta(minutes=10)  # since they last loaded the page


def meld_aanwezig(actor: Actor, ref: ZaakRef) -> tuple[Aanwezige, ...]:
    """Note that this civil servant loads the zaak, and name the others who did in the last ten minutes.

    The caller has passed `access`.
    """
    assert actor.medewerker_id is not None
    moment = nu()
    Aanwezigheid.objects.bulk_create(
        [Aanwezigheid(zaak_ref=str(ref), medewerker_id=actor.medewerker_id, naam=actor.naam, moment=moment)],
        update_conflicts=True,
        unique_fields=["zaak_ref", "medewerker_id"],
        update_fields=["moment", "naam"],
    )
    return list_aanwezigen(actor, ref, moment)


def list_aanwezigen(actor: Actor, ref: ZaakRef, moment: datetime) -> tuple[Aanwezige, ...]:
    """The others, who came last first."""
    rijen = Aanwezigheid.objects.filter(zaak_ref=str(ref), moment__gt=moment - DUUR).order_by("-moment")[:10]
    return tuple(
        Aanwezige(rij.medewerker_id, rij.naam, rij.moment)
        for rij in rijen
        if rij.medewerker_id != actor.medewerker_id
    )


def ruim_op(now: datetime) -> int:
    """Forget who was here before. For the worker."""
    aantal, _ = Aanwezigheid.objects.filter(moment__lt=now - DUUR).delete()
    return aantal
