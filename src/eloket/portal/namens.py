"""As whom somebody comes to a zaak (zaken.access.act_for). A page that does not ask this is for oneself only."""

from django.http import HttpRequest

from eloket.identity.actor import actor_of, set_actor
from eloket.identity.types import Actor
from eloket.zaken.access import act_for
from eloket.zaken.types import TaakSoort, ZaakRef


def actor_voor(request: HttpRequest, ref: ZaakRef) -> Actor:
    """Who acts in the rest of this request, and what its page says about that: themselves, or for who authorised them.

    Raises ZaakNietGevonden, BronOnbereikbaar.
    """
    actor = act_for(actor_of(request), ref)
    set_actor(request, actor)
    return actor


def leest_zelf(actor: Actor) -> bool:
    """Whether what is on the screen is read by whom it is for. Who was authorised reads along: what is new stays new
    for the giver, who must not miss it, and our proof that something was opened stays true (Awb 2:10)."""
    return actor.mandaat is None


def naam_van_gever(actor: Actor) -> str:
    """How to call whose zaak this is, on the pages of who was authorised; "" where that is the reader."""
    return actor.naam if actor.mandaat else ""


def may_write(actor: Actor) -> bool:
    """Whether a page offers anything to write. What is sent anyway finds no zaak (zaken.access)."""
    return actor.mandaat is None or actor.mandaat.may_handelen


def wat_niet_mag(actor: Actor) -> frozenset[TaakSoort]:
    """What was asked of the giver and cannot be done by who was authorised: anything for who may only look, and never a
    form of the E-loket, which asks for more than the zaak itself."""
    if actor.mandaat is None:
        return frozenset()
    return frozenset({TaakSoort.FORMULIER}) if may_write(actor) else frozenset(TaakSoort)
