"""Search in the whole audit trail, newest first, for who guards privacy. Walks an index for each kind of question.

A page begins where the one before it ended (`Plek`), so page 1,000 costs what page 1 costs.
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
    object `zonder_ref` are left out, whatever is asked."""

    object_ref: str = ""
    zonder_ref: str = ""
    actor_key: str = ""
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


def stream(vraag: AuditVraag) -> Iterator[GevondenRegel]:
    """All of it, a few at a time. Raises django.db.Error."""
    for rij in _select(vraag).values_list(*_VELDEN).iterator(chunk_size=_TEGELIJK):
        yield GevondenRegel(*rij)


def _select(vraag: AuditVraag) -> "QuerySet[AuditRegel]":
    gevraagd: dict[str, object] = {
        "object_ref": vraag.object_ref,
        "actor_key": vraag.actor_key,
        "actie": vraag.actie,
        "moment__gte": vraag.vanaf,
        "moment__lt": vraag.tot,
    }
    filters = {naam: waarde for naam, waarde in gevraagd.items() if waarde}
    rijen = AuditRegel.objects.filter(**filters)
    if vraag.zonder_ref:
        rijen = rijen.exclude(object_ref=vraag.zonder_ref)
    return rijen.order_by("-moment", "-id")
