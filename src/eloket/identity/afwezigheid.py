"""Who is away, and who stands in for them."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from eloket.audit import service as audit
from eloket.identity.errors import BeheerOngeldig
from eloket.identity.models import Medewerker
from eloket.identity.types import Actor, Recht
from eloket.kernel.errors import NietGevonden


@dataclass(frozen=True, slots=True)
class Afwezigheid:
    """Away from `van` until and including `tot`; both None: not away."""

    van: date | None = None
    tot: date | None = None
    vervanger_id: int | None = None


def get_afwezigheid(actor: Actor) -> Afwezigheid:
    """The actor's own. Raises NietGevonden."""
    rij = Medewerker.objects.filter(pk=actor.medewerker_id).first() if actor.medewerker_id else None
    if rij is None:
        raise NietGevonden
    return Afwezigheid(van=rij.afwezig_van, tot=rij.afwezig_tot, vervanger_id=rij.vervanger_id)


def set_afwezigheid(actor: Actor, van: date | None, tot: date | None, vervanger_id: int | None) -> None:
    """The actor's own absence; both dates None ends it. The replacement works for one of the same afdelingen.

    Raises BeheerOngeldig (per field: afwezig_van, afwezig_tot, vervanger), NietGevonden.
    """
    with transaction.atomic():
        rij = Medewerker.objects.select_for_update(of=("self",)).filter(pk=actor.medewerker_id or 0).first()
        if rij is None:
            raise NietGevonden
        if fouten := _check(rij, van, tot, vervanger_id):
            raise BeheerOngeldig(fouten)
        nieuw = (van, tot, vervanger_id if van else None)
        if nieuw == (rij.afwezig_van, rij.afwezig_tot, rij.vervanger_id):
            return
        rij.afwezig_van, rij.afwezig_tot, rij.vervanger_id = nieuw
        rij.save(update_fields=["afwezig_van", "afwezig_tot", "vervanger"])
        audit.record(
            actor_soort=actor.soort,
            actor_key=actor.key,
            actie="medewerker.afwezigheid",
            object_ref=f"medewerker:{rij.pk}",
        )


def _check(rij: Medewerker, van: date | None, tot: date | None, vervanger_id: int | None) -> dict[str, str]:
    if van is None and tot is None:
        return {}
    fouten = {}
    if van is None:
        fouten["afwezig_van"] = "Vul de eerste dag in waarop u er niet bent."
    elif tot is None:
        fouten["afwezig_tot"] = "Vul de laatste dag in waarop u er niet bent."
    elif tot < van:
        fouten["afwezig_tot"] = "De laatste dag ligt voor de eerste dag. Kies een latere datum."
    if vervanger_id is not None:
        collega = Medewerker.objects.filter(
            pk=vervanger_id, is_actief=True, afdelingen__in=rij.afdelingen.all()
        ).first()
        if collega is None or collega.pk == rij.pk or Recht.BEHANDELEN.value not in collega.rechten:
            fouten["vervanger"] = "Kies een collega van uw afdeling die zaken mag behandelen."
    return fouten


def find_waarnemer(
    medewerker_id: int, *, dag: date, afdeling: str, zaaktype: str, toegang: AbstractSet[int] | None
) -> int | None:
    """To whom goes what comes in for this civil servant on this day: themselves, or while they are away their
    replacement, or None (the afdeling) when nobody is named, or the replacement is away or may not see the zaak.
    """
    wie = Medewerker.objects.select_related("vervanger").filter(pk=medewerker_id).first()
    if wie is None or (wie.is_actief and not _is_away(wie, dag)):
        return medewerker_id
    ander = wie.vervanger
    if ander is None or not ander.is_actief or _is_away(ander, dag):
        return None
    may_see = (
        (toegang is None or ander.pk in toegang)
        and (not ander.zaaktypen or zaaktype in ander.zaaktypen)
        and Recht.BEHANDELEN.value in ander.rechten
        and ander.afdelingen.filter(code=afdeling).exists()
    )
    return ander.pk if may_see else None


def list_afwezigen(dag: date) -> dict[int, int | None]:
    """Who is away on this day (or left), and who stands in for them; None: nobody, or somebody who is away too. One
    query."""
    weg = Q(is_actief=False) | Q(afwezig_van__lte=dag, afwezig_tot__gte=dag)
    rijen = dict(Medewerker.objects.filter(weg).values_list("pk", "vervanger_id"))
    return {wie: None if ander in rijen else ander for wie, ander in rijen.items()}


def _is_away(wie: Medewerker, dag: date) -> bool:
    return (
        wie.afwezig_van is not None
        and wie.afwezig_tot is not None
        and wie.afwezig_van <= dag <= wie.afwezig_tot
    )
