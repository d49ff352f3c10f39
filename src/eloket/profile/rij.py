"""The row of contact details that an actor may change, held for the transaction."""

from eloket.identity.types import Actor
from eloket.kernel.klok import nu
from eloket.profile.bevoegd import must_change_contact
from eloket.profile.models import Profiel


def lock_or_make(actor: Actor) -> Profiel:
    """Made when the actor never told us anything. Raises ContactVanAnder, NietToegestaan."""
    must_change_contact(actor)
    eigen: dict[str, object] = {"gezien_op": nu()}
    if actor.is_contactpersoon and actor.partij is not None:
        eigen |= {
            "partij_key": actor.partij.profiel_key,
            "onderneming_key": actor.partij.key,
            "contactpersoon_key": actor.key,
        }
    rij, _ = Profiel.objects.select_for_update().get_or_create(profiel_key=actor.profiel_key, defaults=eigen)
    return rij


def lock(actor: Actor) -> Profiel | None:
    """None when the actor never told us anything. Raises as `lock_or_make`."""
    must_change_contact(actor)
    return Profiel.objects.select_for_update().filter(profiel_key=actor.profiel_key).first()
