"""Reads receipts: of one party, or (civil servants) of a zaak. The rule of whose it is stands here alone."""

import json
import uuid
from typing import Any

from django.db.models import Q, QuerySet

from eloket.berichten.access import van
from eloket.identity.niveaus import Zekerheid
from eloket.identity.types import Actor, Partij
from eloket.kernel.herkennen import recognise
from eloket.notifications.errors import OntvangstNietGevonden
from eloket.notifications.models import Ontvangstbewijs
from eloket.notifications.ontvangst.kenmerk import parse_kenmerk
from eloket.notifications.ontvangst.types import OntvangenBestand, OntvangstInzage, OntvangstSoort
from eloket.zaken.types import ZaakRef

Rijen = QuerySet[Ontvangstbewijs, Ontvangstbewijs]


def get_ontvangst(bewijs_id: str, *, actor: Actor) -> OntvangstInzage:
    """A receipt of this party. Raises OntvangstNietGevonden, also for one of somebody else."""
    return _get(bewijs_id, Ontvangstbewijs.objects.filter(_eigen(actor)))


def get_ontvangst_bij_zaak(ref: ZaakRef, bewijs_id: str) -> OntvangstInzage:
    """A receipt of anybody about this zaak, for a civil servant who has access to it. Raises OntvangstNietGevonden."""
    return _get(bewijs_id, Ontvangstbewijs.objects.filter(zaak_ref=str(ref)))


def find_ontvangst(soort: OntvangstSoort, onderwerp_id: str, *, actor: Actor) -> OntvangstInzage | None:
    """The receipt of what this party just sent; None when it is not theirs, or of before there were receipts."""
    rij = Ontvangstbewijs.objects.filter(_eigen(actor), soort=soort.value, onderwerp_id=onderwerp_id).first()
    return _inzage(rij) if rij else None


def find_kenmerk(soort: OntvangstSoort, onderwerp_id: str) -> str:
    """Only the reference, for who has shown to know the thing itself; "" of before there were receipts."""
    gevonden = Ontvangstbewijs.objects.filter(soort=soort.value, onderwerp_id=onderwerp_id)
    return gevonden.values_list("kenmerk", flat=True).first() or ""


def find_zaak_van(kenmerk: str) -> ZaakRef | None:
    """The zaak that the receipt with this reference (as somebody typed it) is about. It gives no access to it.

    No query for what cannot be a reference.
    """
    schoon = parse_kenmerk(kenmerk)
    if not schoon:
        return None
    ref = Ontvangstbewijs.objects.filter(kenmerk=schoon).values_list("zaak_ref", flat=True).first()
    return ZaakRef.parse(ref) if ref else None


def count_ontvangsten(ref: ZaakRef, *, partij: Partij | None) -> int:
    """How many `list_ontvangsten` has in all."""
    return _bij_zaak(ref, partij).count()


def list_ontvangsten(
    ref: ZaakRef, *, partij: Partij | None, offset: int = 0, limit: int = 100
) -> tuple[OntvangstInzage, ...]:
    """The receipts about a zaak, newest first: of this party, or (None, for staff) of everybody."""
    return _page(_bij_zaak(ref, partij), offset, limit)


def count_gegevens(actor: Actor) -> int:
    """How many `list_gegevens` has in all."""
    return _gegevens(actor).count()


def list_gegevens(actor: Actor, *, offset: int = 0, limit: int = 100) -> tuple[OntvangstInzage, ...]:
    """The receipts of changes of these contact details, newest first."""
    return _page(_gegevens(actor), offset, limit)


def _eigen(actor: Actor) -> Q:
    """As of a conversation (berichten.access.van); contact details are of the resident or the contactpersoon alone."""
    is_gegevens = Q(soort=OntvangstSoort.GEGEVENS.value)
    van_partij = Q(**van(actor.partij)) if actor.partij else Q(pk__in=())
    return (van_partij & ~is_gegevens) | (Q(profiel_key__in=_profielen(actor)) & is_gegevens)


def _profielen(actor: Actor) -> list[str]:
    """Their own; and what a business had before its people had their own, which each of them could read."""
    return list(dict.fromkeys((actor.profiel_key, actor.partij.profiel_key))) if actor.partij else []


def _bij_zaak(ref: ZaakRef, partij: Partij | None) -> Rijen:
    rijen = Ontvangstbewijs.objects.filter(zaak_ref=str(ref))
    return rijen if partij is None else rijen.filter(**van(partij))


def _gegevens(actor: Actor) -> Rijen:
    return Ontvangstbewijs.objects.filter(
        profiel_key__in=_profielen(actor), soort=OntvangstSoort.GEGEVENS.value
    )


def _page(rijen: Rijen, offset: int, limit: int) -> tuple[OntvangstInzage, ...]:
    return tuple(_inzage(rij) for rij in rijen.order_by("-ontvangen_op", "-pk")[offset : offset + limit])


def _get(bewijs_id: str, rijen: Rijen) -> OntvangstInzage:
    try:
        rij = rijen.filter(bewijs_id=uuid.UUID(bewijs_id)).first()
    except ValueError:
        rij = None
    if rij is None or not rij.wat:  # emptied with its zaak (notifications.weghalen)
        raise OntvangstNietGevonden
    return _inzage(rij)


def _inzage(rij: Ontvangstbewijs) -> OntvangstInzage:
    wat: dict[str, Any] = json.loads(rij.wat)
    return OntvangstInzage(
        id=str(rij.bewijs_id),
        kenmerk=rij.kenmerk,
        soort=recognise(OntvangstSoort, rij.soort),
        ontvangen_op=rij.ontvangen_op,
        middel=rij.middel,
        kanaal=rij.kanaal,
        zaak_ref=rij.zaak_ref,
        zekerheid=Zekerheid(wat["zekerheid"]) if wat.get("zekerheid") else None,
        zaaknummer=wat["zaaknummer"],
        zaak=wat["zaak"],
        onderwerp=wat["onderwerp"],
        bestanden=tuple(
            OntvangenBestand(een["naam"], een["omvang"], een["sha256"], een["zonder_plaats"])
            for een in wat["bestanden"]
        ),
        velden=tuple(wat["velden"]),
        verstuurd_door=wat.get("verstuurd_door", ""),
    )
