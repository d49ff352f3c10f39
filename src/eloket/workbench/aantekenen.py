"""What looking at a page of the werkplek leaves in the audit trail, when it is not the page of one zaak."""

from eloket.audit import service as audit
from eloket.identity.types import Actor, Partij, partij_ref


def record_lookup(actor: Actor, partij: Partij) -> None:
    """Note, before the register is asked, that this civil servant looked somebody up: also when nobody is found."""
    _record(actor, "persoon.opgezocht", partij_ref(partij.profiel_key))


def record_list(actor: Actor, naam: str, *, aantal: int, zoek: bool = False) -> None:
    """Note that a list with names or subjects of residents was on the screen, and whether it was searched for.

    Not which ones: a list tells little of each, and what was typed can be a name. Who opens a zaak leaves its own line.
    """
    _record(actor, "lijst.bekeken", f"lijst-{naam}", aantal=aantal, gezocht=zoek)


def _record(actor: Actor, actie: str, object_ref: str, **kenmerken: str | int | bool) -> None:
    audit.record(
        actor_soort=actor.soort, actor_key=actor.key, actie=actie, object_ref=object_ref, **kenmerken
    )
