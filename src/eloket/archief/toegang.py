"""Who may do this, and what it leaves in the audit trail."""

from collections.abc import Iterable
from uuid import UUID

from eloket.audit import service as audit
from eloket.identity.types import Actor, Recht
from eloket.kernel.errors import NietGevonden


def may_destroy(actor: Actor) -> bool:
    return actor.is_medewerker and Recht.VERNIETIGEN in actor.rechten


def must_destroy(actor: Actor) -> None:
    """Raises NietGevonden: for who lacks the right there is no such page."""
    if not may_destroy(actor):
        raise NietGevonden


def lijst_ref(lijst_id: UUID) -> str:
    """How the audit trail names a list."""
    return f"vernietigingslijst-{lijst_id}"


def note_zaken(actor: Actor, actie: str, zaak_refs: Iterable[str], *, lijst: int) -> None:
    """A line for each zaak on a list of this number: what is decided about a list is decided about each of them."""
    audit.record_each(zaak_refs, actor_soort=actor.soort, actor_key=actor.key, actie=actie, lijst=lijst)


def note(actor: Actor, actie: str, object_ref: str, **kenmerken: str | int | bool) -> None:
    audit.record(
        actor_soort=actor.soort, actor_key=actor.key, actie=actie, object_ref=object_ref, **kenmerken
    )
