"""Walking through the conversations of afdelingen in their order, a group at a time, from any place in between.

What has an unread message comes first, by its newest unread one; then the rest, by its last one. A place is a moment
and an id, so a page stays what it was when something new comes in above it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import islice
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from eloket.berichten.models import Bericht, GesprekRegel

ONGELEZEN = Q(is_van_gemeente=False, gelezen_op=None)  # by the municipality
GROEP = 60
_NIEUW, _GELEZEN = "n", "g"
_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECONDE = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Plek:
    """A place in the list: after this one, of the unread or of the read conversations."""

    is_nieuw: bool
    moment: datetime
    id: UUID

    def __str__(self) -> str:
        micro = (self.moment - _BEGIN) // _MICROSECONDE
        return f"{_NIEUW if self.is_nieuw else _GELEZEN}.{micro}.{self.id.hex}"

    @classmethod
    def parse(cls, tekst: str) -> "Plek | None":
        """None for what is no place: the beginning."""
        soort, _, rest = tekst.partition(".")
        micro, _, sleutel = rest.partition(".")
        if soort not in {_NIEUW, _GELEZEN} or not (micro.isascii() and micro.isdigit() and len(micro) < 18):
            return None
        try:
            return cls(soort == _NIEUW, _BEGIN + int(micro) * _MICROSECONDE, UUID(hex=sleutel))
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True, slots=True)
class Kandidaat:
    """A conversation, and its place."""

    gesprek_id: UUID
    zaak_ref: str
    plek: Plek


def list_kandidaten(afdelingen: frozenset[str], na: Plek | None) -> Iterator[tuple[Kandidaat, ...]]:
    """Groups of at most GROEP conversations in order, all after this place; the last group is not full. A query per
    afdeling and group, and none before a group is asked for.
    """
    for is_nieuw in (True, False):
        if na is not None and not na.is_nieuw and is_nieuw:
            continue
        plek = na if na is not None and na.is_nieuw is is_nieuw else None
        while True:
            lijsten = [_fetch(afdeling, plek, is_nieuw=is_nieuw) for afdeling in sorted(afdelingen)]
            groep = tuple(islice(_merged(lijsten), GROEP))
            yield groep
            if len(groep) < GROEP:
                break
            plek = groep[-1].plek


def _merged(lijsten: Iterable[list[Kandidaat]]) -> Iterable[Kandidaat]:
    return merge(*lijsten, key=lambda een: (een.plek.moment, een.plek.id), reverse=True)


def _fetch(afdeling: str, na: Plek | None, *, is_nieuw: bool) -> list[Kandidaat]:
    """Of one afdeling, because an index only keeps the order within one."""
    kolommen = _unread(afdeling, na) if is_nieuw else _read(afdeling, na)
    return [
        Kandidaat(gesprek_id, zaak_ref, Plek(is_nieuw, moment, pk))
        for gesprek_id, zaak_ref, moment, pk in kolommen[:GROEP]
    ]


def _unread(afdeling: str, na: Plek | None) -> "QuerySet[Bericht, tuple[UUID, str, datetime, UUID]]":
    """The newest unread message of each conversation."""
    later = Q(verzonden_op__gt=OuterRef("verzonden_op"))
    later |= Q(verzonden_op=OuterRef("verzonden_op"), pk__gt=OuterRef("pk"))
    nieuwer = Bericht.objects.filter(ONGELEZEN, later, gesprek=OuterRef("gesprek"))
    rijen = Bericht.objects.filter(ONGELEZEN, ~Exists(nieuwer), _after("verzonden_op", na), afdeling=afdeling)
    return rijen.order_by("-verzonden_op", "-pk").values_list("gesprek_id", "zaak_ref", "verzonden_op", "pk")


def _read(afdeling: str, na: Plek | None) -> "QuerySet[GesprekRegel, tuple[UUID, str, datetime, UUID]]":
    """The conversations without anything unread."""
    ongelezen = Bericht.objects.filter(ONGELEZEN, gesprek=OuterRef("pk"))
    rijen = GesprekRegel.objects.filter(~Exists(ongelezen), _after("laatst_op", na), afdeling=afdeling)
    return rijen.order_by("-laatst_op", "-pk").values_list("pk", "zaak_ref", "laatst_op", "id")


def _after(veld: str, na: Plek | None) -> Q:
    if na is None:
        return Q()
    zelfde = Q(**{veld: na.moment, "pk__lt": na.id})
    # The first part says nothing new, but is what an index can begin with.
    return Q(**{f"{veld}__lte": na.moment}) & (Q(**{f"{veld}__lt": na.moment}) | zelfde)
