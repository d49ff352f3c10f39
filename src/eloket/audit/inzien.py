"""Reads of the audit trail about certain objects, a line per day for what was done again and again.

An index on object and moment carries these (`audit_regel_object`): the work grows with what was done with these
objects, never with the trail.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.db.models import CharField, Count, Max, Min, Q, QuerySet, Value
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
class AlleenVan:
    """At these objects these acts are read by whose they are alone: who did it, for whom it was done (`namens`), or
    whom it is about (`betrokkene`). Several parties may read the same object."""

    object_refs: frozenset[str]
    acties: frozenset[str]
    profiel_key: str  # of who reads (identity.types.Partij.profiel_key)


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
    alleen_van: AlleenVan | None = None,
) -> tuple[DagRegel, ...]:
    """What was done with these objects, the last day first. `zonder_actor`: whose own acts are left out, or ''.
    `zonder_acties`: which acts are. `alleen_van`: which are when they are of another.

    One query, none without objects.
    """
    if not object_refs:
        return ()
    rijen = _per_dag(object_refs, zonder_actor, zonder_acties, alleen_van).annotate(
        aantal=Count("pk"),
        eerste=Min("moment"),
        laatste=Max("moment"),
        lijst=Coalesce(Max(Cast(KeyTextTransform("lijst", "kenmerken"), CharField())), Value("")),
    )
    volgorde = ("-dag", "-laatste", *_GROEP[1:])
    return tuple(DagRegel(**rij) for rij in rijen.order_by(*volgorde)[offset : offset + limit])


def count_per_dag(
    object_refs: Collection[str],
    *,
    zonder_actor: str,
    zonder_acties: Collection[str] = (),
    alleen_van: AlleenVan | None = None,
) -> int:
    """How many lines that are in all. One query, none without objects."""
    if not object_refs:
        return 0
    return _per_dag(object_refs, zonder_actor, zonder_acties, alleen_van).distinct().count()


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
    object_refs: Collection[str],
    zonder_actor: str,
    zonder_acties: Collection[str],
    alleen_van: AlleenVan | None,
) -> "QuerySet[AuditRegel, dict[str, Any]]":
    rijen = AuditRegel.objects.filter(object_ref__in=list(object_refs))
    if zonder_actor:
        rijen = rijen.exclude(actor_key=zonder_actor)
    if zonder_acties:
        rijen = rijen.exclude(actie__in=sorted(zonder_acties))
    if alleen_van is not None:
        rijen = rijen.filter(_is_read_by(alleen_van))
    document = Coalesce(KeyTextTransform("document", "kenmerken"), Value(""), output_field=CharField())
    per_dag = rijen.annotate(dag=TruncDate("moment", tzinfo=AMSTERDAM), document=document)
    return cast("QuerySet[AuditRegel, dict[str, Any]]", per_dag.order_by().values(*_GROEP))


def _is_read_by(wie: AlleenVan) -> Q:
    """Of lines that are found already: by an expression on each, where the index on the act would find those of
    everybody (audit.naastindex)."""
    van = wie.profiel_key
    return (
        ~Q(actie__in=sorted(wie.acties))
        | ~Q(object_ref__in=sorted(wie.object_refs))
        | Q(actor_key=van)
        | Q(kenmerken__namens=van)
        | Q(kenmerken__betrokkene=van)
    )
