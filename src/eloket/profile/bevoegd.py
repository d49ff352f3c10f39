"""Who may change where a party is reached, and with what they are mailed."""

from eloket.identity.types import Actor, Machtiging
from eloket.kernel.errors import NietToegestaan
from eloket.profile.errors import ContactVanAnder


def may_change_contact(actor: Actor) -> bool:
    """Everybody for themselves or their business, and a bewindvoerder, curator or mentor: they stand in for the person
    in everything that concerns money or care, and get the mail (BW 1:441, 1:381, 1:453).

    A gemachtigde may not. Our mail is how somebody finds out what is done in their name. Who could also change where
    it goes, could hide that from them, and a gemachtigde is often close enough to want to.
    """
    return actor.partij is not None and actor.machtiging in {None, Machtiging.BEWIND}


def must_change_contact(actor: Actor) -> None:
    """Raises ContactVanAnder for a gemachtigde, NietToegestaan for an actor without a party."""
    if actor.partij is None:
        raise NietToegestaan
    if not may_change_contact(actor):
        raise ContactVanAnder
