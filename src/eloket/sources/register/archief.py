"""How long a closed zaak of the register is kept: written when it is closed, and never changed by a later definition.

A version of a zaaktype that says nothing about it borrows what the version that counts today says: so zaken that were
closed before the municipality wrote its terms get them too.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q

from eloket.sources.register.models import Zaak, ZaakType
from eloket.sources.register.queries import parse_id, ref_of
from eloket.sources.register.zaaktypen import bewaren_of
from eloket.zaken.bewaren import BewaarDeel, determine_archief
from eloket.zaken.types import Archiefnominatie
from eloket.zaken.vernietigen import TeVernietigen


def velden_van(zaaktype_id: int, *, resultaat: str, einddatum: date) -> dict[str, Any]:
    """The columns of a zaak of this version that was closed on this day. One or two queries."""
    zaaktype = ZaakType.objects.get(pk=zaaktype_id)
    regels = bewaren_of(zaaktype)
    if not regels:
        geldig = ZaakType.objects.filter(identificatie=zaaktype.identificatie, einde_geldigheid=None).first()
        regels = bewaren_of(geldig) if geldig else ()
    return _velden(regels, resultaat, einddatum)


def fill_missing(limit: int) -> int:
    """Give closed zaken of before their terms were written what they miss; returns how many. A few queries, and one per
    zaak: call it again while it returns `limit`."""
    regels = _regels()
    rijen = Zaak.objects.filter(einddatum__isnull=False, archiefnominatie="", zaaktype_id__in=regels)
    gedaan = 0
    for zaak in rijen.only("pk", "zaaktype_id", "resultaat", "einddatum", "versie")[:limit]:
        assert zaak.einddatum is not None  # the filter leaves none
        velden = _velden(regels[zaak.zaaktype_id], zaak.resultaat, zaak.einddatum)
        # Reopened meanwhile: then it has no term any more.
        gedaan += Zaak.objects.filter(pk=zaak.pk, versie=zaak.versie, einddatum=zaak.einddatum).update(
            **velden
        )
    return gedaan


def list_te_vernietigen(dag: date, *, zonder: Collection[str], limit: int) -> tuple[TeVernietigen, ...]:
    """See zaken.vernietigen.VernietigBron. One query, on an index."""
    rijen = Zaak.objects.filter(
        archiefnominatie=Archiefnominatie.VERNIETIGEN, archiefactiedatum__lte=dag, heeft_aandacht=False
    ).exclude(pk__in=[parse_id(een) for een in zonder])
    velden = rijen.order_by("archiefactiedatum", "identificatie").values_list(
        "pk", "identificatie", "zaaktype__identificatie", "zaaktype__omschrijving", "resultaat", "einddatum",
        "archiefactiedatum", "versie",
    )[:limit]  # fmt: skip
    return tuple(
        TeVernietigen(ref_of(pk), nummer, zaaktype, naam, resultaat, einddatum, actiedatum, versie)
        for pk, nummer, zaaktype, naam, resultaat, einddatum, actiedatum, versie in velden
        if einddatum is not None and actiedatum is not None
    )


def _regels() -> dict[int, tuple[BewaarDeel, ...]]:
    """What counts for each version of a zaaktype of which the current version says it."""
    geldig = {
        rij.identificatie: bewaren_of(rij)
        for rij in ZaakType.objects.filter(~Q(bewaren=[]), einde_geldigheid=None)
    }
    versies = ZaakType.objects.filter(identificatie__in=geldig)
    return {rij.pk: bewaren_of(rij) or geldig[rij.identificatie] for rij in versies}


def _velden(regels: tuple[BewaarDeel, ...], resultaat: str, einddatum: date) -> dict[str, Any]:
    archief = determine_archief(regels, resultaat=resultaat, einddatum=einddatum)
    if archief is None:
        return {"archiefnominatie": "", "archiefactiedatum": None}
    return {"archiefnominatie": archief.nominatie.value, "archiefactiedatum": archief.actiedatum}
