"""Reads of the audit trail."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from eloket.audit.models import AuditRegel
from eloket.audit.naastindex import narrow


@dataclass(frozen=True, slots=True)
class AuditInzage:
    """One line: who (by keyed hash), when, what."""

    moment: datetime
    actor_soort: str
    actor_key: str
    actie: str
    kenmerken: dict[str, Any]


def list_regels(
    object_ref: str, *, limit: int, zonder: frozenset[str] = frozenset()
) -> tuple[AuditInzage, ...]:
    """What was done with this object, newest first; `zonder` are acts to leave out."""
    alle = AuditRegel.objects.filter(object_ref=object_ref).exclude(actie__in=zonder)
    rijen = alle.order_by("-moment", "-pk")[:limit]
    return tuple(
        AuditInzage(rij.moment, rij.actor_soort, rij.actor_key, rij.actie, rij.kenmerken) for rij in rijen
    )


def list_kenmerken(object_refs: Collection[str], *, actie: str) -> tuple[dict[str, Any], ...]:
    """What the lines of this act with these objects say besides. One query, none without objects."""
    if not object_refs:
        return ()
    rijen = narrow(AuditRegel.objects.filter(object_ref__in=sorted(object_refs)), actie=[actie])
    return tuple(rijen.order_by("pk").values_list("kenmerken", flat=True))


def count_since(object_ref: str, *, actie: str, sinds: datetime) -> int:
    """How often this was done with this object after that moment."""
    return narrow(AuditRegel.objects.filter(object_ref=object_ref, moment__gt=sinds), actie=[actie]).count()


def last_done(
    object_refs: Collection[str], *, actor_key: str, actie: str, vanaf: datetime
) -> dict[str, datetime]:
    """When this actor last did this with each of these objects, of those with which they did since `vanaf`. One query.

    Nothing but the object and the moment is asked of an index: of a few objects there are few lines in a day, and of
    one act there are very many (audit.naastindex).
    """
    rijen = AuditRegel.objects.filter(object_ref__in=sorted(object_refs), moment__gte=vanaf)
    rijen = narrow(rijen, actor_key=[actor_key], actie=[actie])
    return dict(rijen.order_by().values_list("object_ref").annotate(laatst=Max("moment")))


def list_namens(
    object_refs: Collection[str], *, actor_key: str, actie: str, vanaf: datetime
) -> set[tuple[str, str]]:
    """With which of these objects this actor did this since `vanaf`, and for whom each time: (object_ref, `namens`).
    One query, as `last_done`."""
    rijen = AuditRegel.objects.filter(object_ref__in=sorted(object_refs), moment__gte=vanaf)
    rijen = narrow(rijen, actor_key=[actor_key], actie=[actie])
    return {(ref, str(een.get("namens", ""))) for ref, een in rijen.values_list("object_ref", "kenmerken")}


def is_noted(
    object_ref: str,
    *,
    actor_key: str,
    actie: str,
    vanaf: datetime,
    zonder: Collection[str] = (),
    **kenmerken: str,
) -> bool:
    """Whether this actor did this with this object since `vanaf`, with at least these kenmerken and none of `zonder`.
    One query.

    As `last_done`: the lines of one object in a day are few.
    """
    rijen = AuditRegel.objects.filter(object_ref=object_ref, moment__gte=vanaf)
    rijen = narrow(rijen, actor_key=[actor_key], actie=[actie])
    rijen = rijen.filter(**{f"kenmerken__{naam}": waarde for naam, waarde in kenmerken.items()})
    return rijen.filter(**{f"kenmerken__{naam}__isnull": True for naam in sorted(zonder)}).exists()


def has_done(actor_key: str, actie: str) -> bool:
    """Whether this actor ever did this, as far back as the trail is kept. One query, by an index."""
    return narrow(AuditRegel.objects.filter(actor_key=actor_key), actie=[actie]).exists()


def list_laatste(object_ref: str, *, acties: frozenset[str], limit: int) -> tuple[AuditInzage, ...]:
    """Per actor the last time that they did one of these acts with this object, the newest first."""
    rijen = (
        AuditRegel.objects.filter(object_ref=object_ref, actie__in=acties)
        .values("actor_soort", "actor_key")
        .annotate(laatst=Max("moment"))
        .order_by("-laatst", "actor_key")[:limit]
    )
    return tuple(
        AuditInzage(rij["laatst"], rij["actor_soort"], rij["actor_key"], actie="", kenmerken={})
        for rij in rijen
    )
