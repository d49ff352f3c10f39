"""Reads of the audit trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eloket.audit.models import AuditRegel


@dataclass(frozen=True, slots=True)
class AuditInzage:
    """One line: who (by keyed hash), when, what."""

    moment: datetime
    actor_soort: str
    actor_key: str
    actie: str
    kenmerken: dict[str, Any]


def list_regels(object_ref: str, *, limit: int) -> tuple[AuditInzage, ...]:
    """What was done with this object, newest first."""
    rijen = AuditRegel.objects.filter(object_ref=object_ref).order_by("-moment", "-pk")[:limit]
    return tuple(
        AuditInzage(rij.moment, rij.actor_soort, rij.actor_key, rij.actie, rij.kenmerken) for rij in rijen
    )
