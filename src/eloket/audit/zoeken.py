"""Search in the whole audit trail, newest first, for who guards privacy. Walks an index for each kind of question.

A page begins where the one before it ended (`Plek`), so page 1,000 costs what page 1 costs. An index gives the lines
of one object, actor or act, or of everybody, in order. Of several objects or actors (all zaken of one person) it gives
their lines alone, but the database sorts all of those for each page. When an act or a period is asked of them too, it
may walk the lines of that act or period instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from eloket.audit.models import AuditRegel

_TEGELIJK = 2000  # rows in memory while a file is made


@dataclass(frozen=True, slots=True)
class AuditVraag:
    """What is asked; empty is everything. `vanaf` is the first moment, `tot` the first one after it. Lines about the
    object `zonder_ref` are left out, whatever is asked. `object_refs` and `actor_keys`: only about, or by, one of
    these; None is everything, and none at all is nothing."""

    object_refs: frozenset[str] | None = None
    zonder_ref: str = ""
    actor_keys: frozenset[str] | None = None
    actie: str = ""
    vanaf: datetime | None = None
    tot: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plek:
    """The last line of a page."""

    moment: datetime
    id: int


@dataclass(frozen=True, slots=True)
class GevondenRegel:
    """One line as it stands in the trail. `zegel` is None until the worker sealed it."""

    id: int
    moment: datetime
    actor_soort: str
    actor_key: str
    actie: str
    object_ref: str
    kenmerken: dict[str, Any]
    zegel: int | None


_VELDEN = ("id", "moment", "actor_soort", "actor_key", "actie", "object_ref", "kenmerken", "zegel")


def search(vraag: AuditVraag, *, na: Plek | None, limit: int) -> tuple[GevondenRegel, ...]:
    """One query."""
    rijen = _select(vraag)
    if na is not None:
        rijen = rijen.filter(Q(moment__lt=na.moment) | Q(moment=na.moment, id__lt=na.id))
    return tuple(GevondenRegel(*rij) for rij in rijen.values_list(*_VELDEN)[:limit])


def find_regel(regel_id: int, *, zonder_ref: str) -> GevondenRegel | None:
    """One line, unless it is about `zonder_ref`. One query."""
    rij = _select(AuditVraag(zonder_ref=zonder_ref)).filter(pk=regel_id).values_list(*_VELDEN).first()
    return GevondenRegel(*rij) if rij else None


def latest_id(*, actor_key: str, actie: str, object_ref: str) -> int:
    """The id of the last line in which this actor did this with this object; there is one. One query."""
    rijen = AuditRegel.objects.filter(actor_key=actor_key, actie=actie, object_ref=object_ref)
    return rijen.order_by("-pk").values_list("pk", flat=True)[0]


def has_line(*, actor_key: str, actie: str, object_ref: str, vanaf: datetime) -> bool:
    """Whether this actor did this with this object since then. One query."""
    rijen = AuditRegel.objects.filter(object_ref=object_ref, moment__gte=vanaf)
    return rijen.filter(actor_key=actor_key, actie=actie).exists()


def is_actor(actor_key: str) -> bool:
    """Whether anybody did anything under this key. One query."""
    return AuditRegel.objects.filter(actor_key=actor_key).exists()


def stream(vraag: AuditVraag) -> Iterator[GevondenRegel]:
    """All of it, a few at a time. Raises django.db.Error."""
    for rij in _select(vraag).values_list(*_VELDEN).iterator(chunk_size=_TEGELIJK):
        yield GevondenRegel(*rij)


def _select(vraag: AuditVraag) -> "QuerySet[AuditRegel]":
    gevraagd: dict[str, object] = {
        "actie": vraag.actie,
        "moment__gte": vraag.vanaf,
        "moment__lt": vraag.tot,
    }
    filters = {naam: waarde for naam, waarde in gevraagd.items() if waarde}
    rijen = AuditRegel.objects.filter(**filters)
    for veld, waarden in (("object_ref", vraag.object_refs), ("actor_key", vraag.actor_keys)):
        if waarden is not None:
            rijen = rijen.filter(**{f"{veld}__in": sorted(waarden)})
    if vraag.zonder_ref:
        rijen = rijen.exclude(object_ref=vraag.zonder_ref)
    return rijen.order_by("-moment", "-id")
