"""Reads: the outages."""

import uuid
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from eloket.beschikbaarheid.errors import OnderbrekingNietGevonden
from eloket.beschikbaarheid.models import Onderbreking
from eloket.beschikbaarheid.types import Herkomst, OnderbrekingInzage, Soort, Wat

MEESTE = 20  # on one page: more than that at once helps nobody


def inzage(rij: Onderbreking) -> OnderbrekingInzage:
    return OnderbrekingInzage(
        id=str(rij.pk),
        wat=Wat(rij.wat),
        soort=Soort(rij.soort),
        begin=rij.begin,
        eind=rij.eind,
        reden=rij.reden,
        herkomst=Herkomst(rij.herkomst),
        door_key=rij.door_key,
    )


def find_row(onderbreking_id: str) -> Onderbreking:
    """Raises OnderbrekingNietGevonden, also for what is no id."""
    try:
        sleutel = uuid.UUID(onderbreking_id)
    except ValueError:
        raise OnderbrekingNietGevonden from None
    rij = Onderbreking.objects.filter(pk=sleutel).first()
    if rij is None:
        raise OnderbrekingNietGevonden
    return rij


def get_onderbreking(onderbreking_id: str) -> OnderbrekingInzage:
    """Raises OnderbrekingNietGevonden, also for one that was withdrawn or went up in another."""
    rij = find_row(onderbreking_id)
    if rij.ingetrokken_op or rij.opgegaan_in_id:
        raise OnderbrekingNietGevonden
    return inzage(rij)


def live() -> "QuerySet[Onderbreking]":
    """All that count: not what was withdrawn, nor what went up in another."""
    return Onderbreking.objects.filter(ingetrokken_op=None, opgegaan_in=None)


def list_onderbrekingen(*, limit: int = 100, offset: int = 0) -> tuple[OnderbrekingInzage, ...]:
    """All that count, the one that begins last first."""
    rijen = live().order_by("-begin", "pk")[offset : offset + limit]
    return tuple(inzage(rij) for rij in rijen)


def list_gaande(now: datetime) -> tuple[OnderbrekingInzage, ...]:
    """All that goes on, however long ago it began, the one that begins last first."""
    rijen = live().filter(Q(eind=None) | Q(eind__gt=now), begin__lte=now)
    return tuple(inzage(rij) for rij in rijen.order_by("-begin", "pk"))


def list_rond(now: datetime, *, voor: timedelta, na: timedelta) -> tuple[OnderbrekingInzage, ...]:
    """What goes on, what begins within `voor`, and what ended less than `na` ago; what began first, first."""
    rijen = live().filter(Q(eind=None) | Q(eind__gt=now - na), begin__lt=now + voor)
    return tuple(inzage(rij) for rij in rijen.order_by("begin", "pk")[:MEESTE])


def must_wait(watten: frozenset[Wat], now: datetime) -> bool:
    """Whether one of these is out of order, or was and nobody looked yet what that does to terms: until then nothing
    may be thrown away for being too late."""
    return (
        live()
        .filter(Q(eind=None) | Q(is_afgehandeld=False), wat__in=[een.value for een in watten], begin__lte=now)
        .exists()
    )
