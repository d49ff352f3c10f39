"""Reads of lists, and of what was destroyed."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count

from eloket.archief.models import LijstRegel, Vernietigingslijst
from eloket.archief.service import makers_of
from eloket.archief.stoppen import opgeheven_van
from eloket.archief.types import (
    Beletsel,
    LijstInzage,
    LijstSamenvatting,
    LijstStand,
    RegelInzage,
    RegelStand,
    StopInzage,
)
from eloket.kernel.errors import NietGevonden
from eloket.zaken.zaaknummer import spellings

MEESTE_LIJSTEN = 100
_GEGAAN = (RegelStand.BEZIG, RegelStand.VERNIETIGD)


def list_lijsten() -> tuple[LijstSamenvatting, ...]:
    """The newest first. Two queries."""
    rijen = list(Vernietigingslijst.objects.order_by("-nummer")[:MEESTE_LIJSTEN])
    aantallen = _count([rij.pk for rij in rijen])
    return tuple(_samenvatting(rij, aantallen.get(rij.pk, {})) for rij in rijen)


def get_lijst(lijst_id: UUID) -> LijstInzage:
    """With every zaak on it. Five queries. Raises NietGevonden."""
    rij = Vernietigingslijst.objects.filter(pk=lijst_id).first()
    if rij is None:
        raise NietGevonden
    gelezen = list(rij.regels.order_by("archiefactiedatum", "zaaknummer"))
    stoppen = opgeheven_van({een.zaak_ref for een in gelezen})
    regels = tuple(_regel(een, stoppen.get(een.zaak_ref)) for een in gelezen)
    aantallen: dict[RegelStand, int] = {}
    for regel in regels:
        aantallen[regel.stand] = aantallen.get(regel.stand, 0) + 1
    return LijstInzage(
        samenvatting=_samenvatting(rij, aantallen),
        regels=regels,
        aangeboden_op=rij.aangeboden_op,
        besloten_op=rij.besloten_op,
        besloten_door=rij.besloten_door,
        terug_reden=rij.terug_reden,
        klaar_op=rij.klaar_op,
        versie=rij.versie,
        makers=makers_of(rij),
    )


def find_vernietigd(zaaknummer: str) -> str:
    """The reference that a destroyed zaak had, to search the audit trail with; "" when none was."""
    rijen = LijstRegel.objects.filter(zaaknummer__in=spellings(zaaknummer), stand__in=_GEGAAN)
    return rijen.values_list("zaak_ref", flat=True).first() or ""


def numbers_of(zaak_refs: Collection[str]) -> dict[str, str]:
    """The zaaknummer of each of these that was destroyed. One query; none without references."""
    if not zaak_refs:
        return {}
    rijen = LijstRegel.objects.filter(zaak_ref__in=list(zaak_refs), stand__in=_GEGAAN)
    return dict(rijen.values_list("zaak_ref", "zaaknummer"))


def _count(lijsten: list[UUID]) -> dict[UUID, dict[RegelStand, int]]:
    rijen = LijstRegel.objects.filter(lijst__in=lijsten).values_list("lijst", "stand").annotate(n=Count("pk"))
    per_lijst: dict[UUID, dict[RegelStand, int]] = {}
    for lijst, stand, aantal in rijen.order_by("lijst"):
        per_lijst.setdefault(lijst, {})[RegelStand(stand)] = aantal
    return per_lijst


def _samenvatting(rij: Vernietigingslijst, aantallen: dict[RegelStand, int]) -> LijstSamenvatting:
    return LijstSamenvatting(
        rij.pk, rij.nummer, LijstStand(rij.stand), rij.gemaakt_op, rij.gemaakt_door, aantallen
    )


def _regel(rij: LijstRegel, stop: StopInzage | None) -> RegelInzage:
    return RegelInzage(
        id=rij.pk,
        zaak_ref=rij.zaak_ref,
        zaaknummer=rij.zaaknummer,
        zaaktype=rij.zaaktype_naam,
        resultaat=rij.resultaat,
        einddatum=rij.einddatum,
        archiefactiedatum=rij.archiefactiedatum,
        stand=RegelStand(rij.stand),
        beletsel=Beletsel(rij.beletsel) if rij.beletsel else None,
        reden=rij.reden,
        vernietigd_op=rij.vernietigd_op,
        stop=stop,
    )
