"""Reads of noodtoegang: one's own that is open, what somebody must be told, and the list for who guards."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from eloket.identity.types import Actor
from eloket.kernel.errors import NietGevonden
from eloket.kernel.klok import nu
from eloket.zaken.models import NoodtoegangBericht, NoodtoegangRegel
from eloket.zaken.noodtoegang import Aanleiding, Oordeel, may_guard

MEESTE_OPEN, MEESTE_BEOORDEELD = 200, 50


@dataclass(frozen=True, slots=True)
class NoodtoegangInzage:
    """One noodtoegang. `einde` is when it ended, or will."""

    id: str
    zaak_ref: str
    identificatie: str
    medewerker_id: int
    wie: str = field(repr=False)
    functie: str
    aanleiding: str
    reden: str = field(repr=False)
    begin: datetime
    einde: datetime
    is_open: bool
    is_beeindigd: bool  # before its hour was over
    oordeel: Oordeel | None
    toelichting: str = field(repr=False)
    beoordeeld_op: datetime | None
    beoordeeld_door: str = field(repr=False)


def list_eigen_open(actor: Actor) -> tuple[NoodtoegangInzage, ...]:
    """What this civil servant may look at now, the newest first. One query."""
    rijen = NoodtoegangRegel.objects.filter(
        medewerker_id=actor.medewerker_id or 0, beeindigd_op=None, tot__gt=nu()
    )
    return _read(rijen.select_related("medewerker", "beoordeeld_door").order_by("-begin"))


def list_te_melden(actor: Actor) -> tuple[NoodtoegangInzage, ...]:
    """What was done in zaken that this civil servant handles or reads, and they did not say yet that they saw it; the
    newest first. One query.
    """
    rijen = NoodtoegangBericht.objects.filter(medewerker_id=actor.medewerker_id or 0, gezien_op=None)
    rijen = rijen.select_related("noodtoegang__medewerker", "noodtoegang__beoordeeld_door")
    return _read(een.noodtoegang for een in rijen.order_by("-noodtoegang__begin")[:20])


def count_te_beoordelen(actor: Actor) -> int:
    """How many somebody else did and nobody judged yet, for who guards; else 0, without a query."""
    if not may_guard(actor):
        return 0
    return NoodtoegangRegel.objects.filter(oordeel="").exclude(medewerker_id=actor.medewerker_id or 0).count()


def list_voor_toezicht(actor: Actor) -> tuple[tuple[NoodtoegangInzage, ...], tuple[NoodtoegangInzage, ...]]:
    """What must still be judged, and what was judged last; the newest first. Two queries. Raises NietGevonden."""
    if not may_guard(actor):
        raise NietGevonden
    alle = NoodtoegangRegel.objects.select_related("medewerker", "beoordeeld_door")
    return (
        _read(alle.filter(oordeel="").order_by("-begin")[:MEESTE_OPEN]),
        _read(alle.filter(~Q(oordeel="")).order_by("-begin")[:MEESTE_BEOORDEELD]),
    )


def get_voor_toezicht(actor: Actor, toegang_id: str) -> NoodtoegangInzage:
    """Raises NietGevonden."""
    if not may_guard(actor):
        raise NietGevonden
    rijen = NoodtoegangRegel.objects.select_related("medewerker", "beoordeeld_door")
    gevonden = _read(rijen.filter(pk=toegang_id))
    if not gevonden:
        raise NietGevonden
    return gevonden[0]


def _read(rijen: Iterable[NoodtoegangRegel]) -> tuple[NoodtoegangInzage, ...]:
    moment = nu()
    return tuple(_one(rij, moment) for rij in rijen)


def _one(rij: NoodtoegangRegel, moment: datetime) -> NoodtoegangInzage:
    return NoodtoegangInzage(
        id=str(rij.pk),
        zaak_ref=rij.zaak_ref,
        identificatie=rij.identificatie,
        medewerker_id=rij.medewerker_id,
        wie=rij.medewerker.naam,
        functie=rij.medewerker.functie,
        aanleiding=Aanleiding(rij.aanleiding).tekst,
        reden=rij.reden,
        begin=rij.begin,
        einde=rij.beeindigd_op or rij.tot,
        is_open=rij.beeindigd_op is None and rij.tot > moment,
        is_beeindigd=rij.beeindigd_op is not None,
        oordeel=Oordeel(rij.oordeel) if rij.oordeel else None,
        toelichting=rij.toelichting,
        beoordeeld_op=rij.beoordeeld_op,
        beoordeeld_door=rij.beoordeeld_door.naam if rij.beoordeeld_door else "",
    )
