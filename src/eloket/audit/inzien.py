"""Reads of the audit trail about certain objects, a line per day for what was done again and again.

An index on object and moment carries these (`audit_regel_object`): the work grows with what was done with these
objects, never with the trail.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.db.models import CharField, Count, Max, Min, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, TruncDate

from eloket.audit.models import AuditRegel
from eloket.audit.naastindex import narrow
from eloket.kernel.klok import AMSTERDAM


@dataclass(frozen=True, slots=True)
class DagRegel:
    """One act of one actor with one object on one day (in Amsterdam), and how often."""

    dag: date
    actor_soort: str
    actor_key: str
    actie: str
    object_ref: str
    document: str  # '' when it was not about one document
    lijst: str  # the list on which it stood; '' when it was on none
    aantal: int
    eerste: datetime
    laatste: datetime


@dataclass(frozen=True, slots=True)
class EigenDaad:
    """Something that one actor did, and when."""

    moment: datetime
    actie: str


_GROEP = ("dag", "actor_soort", "actor_key", "actie", "object_ref", "document")


def list_per_dag(
    object_refs: Collection[str],
    *,
    zonder_actor: str,
    offset: int,
    limit: int,
    zonder_acties: Collection[str] = (),
) -> tuple[DagRegel, ...]:
    """What was done with these objects, the last day first. `zonder_actor`: whose own acts are left out, or ''.
    `zonder_acties`: which acts are.

    One query, none without objects.
    """
    if not object_refs:
        return ()
    rijen = _per_dag(object_refs, zonder_actor, zonder_acties).annotate(
        aantal=Count("pk"),
        eerste=Min("moment"),
        laatste=Max("moment"),
        lijst=Coalesce(Max(Cast(KeyTextTransform("lijst", "kenmerken"), CharField())), Value("")),
    )
    volgorde = ("-dag", "-laatste", *_GROEP[1:])
    return tuple(DagRegel(**rij) for rij in rijen.order_by(*volgorde)[offset : offset + limit])


def count_per_dag(
    object_refs: Collection[str], *, zonder_actor: str, zonder_acties: Collection[str] = ()
) -> int:
    """How many lines that are in all. One query, none without objects."""
    return _per_dag(object_refs, zonder_actor, zonder_acties).distinct().count() if object_refs else 0


def count_acties(object_refs: Collection[str], *, acties: Collection[str]) -> int:
    """How often anybody did one of these acts with one of these objects. One query, none without objects.

    Counted, and not asked whether there is one: for a first one PostgreSQL reads the whole trail when it expects many,
    and of an act of a list there are very many, seldom of these objects.
    """
    return (
        narrow(AuditRegel.objects.filter(object_ref__in=list(object_refs)), actie=acties).count()
        if object_refs
        else 0
    )


def list_van_actor(actor_key: str, *, actor_soort: str, acties: Collection[str]) -> tuple[EigenDaad, ...]:
    """When this actor did one of these acts in this capacity, newest first. One query."""
    rijen = narrow(AuditRegel.objects.filter(actor_key=actor_key, actor_soort=actor_soort), actie=acties)
    velden = rijen.order_by("-moment", "-pk").values_list("moment", "actie")
    return tuple(EigenDaad(moment, actie) for moment, actie in velden)


def _per_dag(
    object_refs: Collection[str], zonder_actor: str, zonder_acties: Collection[str]
) -> "QuerySet[AuditRegel, dict[str, Any]]":
    rijen = AuditRegel.objects.filter(object_ref__in=list(object_refs))
    if zonder_actor:
        rijen = rijen.exclude(actor_key=zonder_actor)
    if zonder_acties:
        rijen = rijen.exclude(actie__in=sorted(zonder_acties))
    document = Coalesce(KeyTextTransform("document", "kenmerken"), Value(""), output_field=CharField())
    per_dag = rijen.annotate(dag=TruncDate("moment", tzinfo=AMSTERDAM), document=document)
    return cast("QuerySet[AuditRegel, dict[str, Any]]", per_dag.order_by().values(*_GROEP))
