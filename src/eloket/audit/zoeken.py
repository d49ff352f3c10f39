"""Search in the whole audit trail, newest first, for who guards privacy. Walks an index for each kind of question.

A page begins where the one before it ended (`Plek`), so page 1,000 costs what page 1 costs. An index gives the lines
of one object, actor or act, or of everybody, in order. Of several objects or actors (all zaken of one person) it gives
their lines alone, but the database sorts all of those for each page.

Of what is asked together only the narrowest is asked of an index: objects, else actors, else the act
(audit.naastindex says why). Of very many objects each database may walk the whole period that is asked (`_within`): of
1,000 zaken without a line in four years that took 1.0 second on SQLite and 0.5 on PostgreSQL, and takes 3 and 30 ms.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from eloket.audit.models import AuditRegel
from eloket.audit.naastindex import narrow

_VEEL = 200  # objects or actors, from which a database may walk the period instead
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
    rijen = AuditRegel.objects.filter(object_ref=object_ref)
    rijen = narrow(rijen, actor_key=[actor_key], actie=[actie])
    return rijen.order_by("-pk").values_list("pk", flat=True)[0]


def has_line(*, actor_key: str, actie: str, object_ref: str, vanaf: datetime) -> bool:
    """Whether this actor did this with this object since then. One query."""
    rijen = AuditRegel.objects.filter(object_ref=object_ref, moment__gte=vanaf)
    return narrow(rijen, actor_key=[actor_key], actie=[actie]).exists()


def is_actor(actor_key: str) -> bool:
    """Whether anybody did anything under this key. One query."""
    return AuditRegel.objects.filter(actor_key=actor_key).exists()


def stream(vraag: AuditVraag) -> Iterator[GevondenRegel]:
    """All of it, a few at a time. Raises django.db.Error."""
    for rij in _select(vraag).values_list(*_VELDEN).iterator(chunk_size=_TEGELIJK):
        yield GevondenRegel(*rij)


def _select(vraag: AuditVraag) -> "QuerySet[AuditRegel]":
    rijen = _within(vraag)
    gevraagd = (
        ("object_ref", vraag.object_refs),
        ("actor_key", vraag.actor_keys),
        ("actie", frozenset({vraag.actie}) if vraag.actie else None),
    )
    is_gevonden = False  # the first that was asked finds the lines
    for veld, waarden in gevraagd:
        if waarden is not None:
            rijen = (
                narrow(rijen, **{veld: waarden})
                if is_gevonden
                else rijen.filter(**{f"{veld}__in": sorted(waarden)})
            )
            is_gevonden = True
    if vraag.zonder_ref:
        rijen = rijen.exclude(object_ref=vraag.zonder_ref)
    return rijen.order_by("-moment", "-id")


def _within(vraag: AuditVraag) -> "QuerySet[AuditRegel]":
    """The period: with the index of a few objects or actors, and as an expression beside very many."""
    periode = {"gte": vraag.vanaf, "lt": vraag.tot}
    rijen, veld = AuditRegel.objects.all(), "moment"
    if len(vraag.object_refs or vraag.actor_keys or ()) > _VEEL:
        rijen, veld = rijen.alias(van_moment=Coalesce("moment", "moment")), "van_moment"
    return rijen.filter(**{f"{veld}__{naam}": moment for naam, moment in periode.items() if moment})
