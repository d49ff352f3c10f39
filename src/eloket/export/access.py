"""Whose export it is: of who asked it, acting for the same party. A gemachtigde has none."""

from eloket.export.errors import ExportVanAnder
from eloket.export.models import Export
from eloket.identity.types import Actor, Partij
from eloket.kernel.errors import NietToegestaan
from eloket.loket.access import eigenaar_key
from eloket.profile.bevoegd import may_change_contact


def may_take_along(actor: Actor) -> bool:
    """Who may change contact details: the person, the business or branch itself, and a bewindvoerder, who exercises the
    rights of the person (profile.bevoegd). It tells all that a gemachtigde was never given a right to see.
    """
    return may_change_contact(actor)


def must_be_own(actor: Actor) -> Partij:
    """Whose data it is. Raises ExportVanAnder; NietToegestaan for an actor without a party."""
    if actor.partij is None:
        raise NietToegestaan
    if not may_take_along(actor):
        raise ExportVanAnder
    return actor.partij


def find_export(actor: Actor) -> Export | None:
    """Theirs alone: what they typed and did not send is in it, which a colleague may not see. One query.

    Raises as `must_be_own`.
    """
    must_be_own(actor)
    return Export.objects.filter(eigenaar_key=eigenaar_key(actor)).first()
