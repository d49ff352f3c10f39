"""The door to an authorisation, and from an authorisation to an actor who acts for its giver.

Nothing of it is remembered: an actor of here lives for one request, and every door of a zaak asks `must_hold` again, in
a transaction under a lock that a withdrawal waits for. Either what was done is there before it, or it is not done.
"""

import uuid
from dataclasses import replace

from django.db import connection
from django.db.models import Q

from eloket.identity.types import Actor, Machtiging, Mandaat, Partij
from eloket.kernel.klok import nu
from eloket.machtigingen.errors import AlleenVoorZichzelf, MachtigingNietGevonden
from eloket.machtigingen.models import MachtigingRegel
from eloket.machtigingen.queries import make_inzage, rijen_geldig
from eloket.machtigingen.types import MachtigingInzage

_DEEL = f"SELECT 1 FROM {MachtigingRegel._meta.db_table} WHERE id = %s FOR SHARE"  # noqa: S608, SLF001 - our own name


def get_machtiging_for(actor: Actor, machtiging_id: str) -> MachtigingInzage:
    """One that this actor gave or was given. Raises MachtigingNietGevonden."""
    return make_inzage(get_rij_for(actor, machtiging_id), nu())


def get_rij_for(actor: Actor, machtiging_id: str, *, is_changing: bool = False) -> MachtigingRegel:
    """The same as a row, locked until the transaction ends when it is going to change. Raises MachtigingNietGevonden,
    also for a business and a gemachtigde; a bewindvoerder finds what the person gave, not what they were given."""
    if not may_manage(actor) or actor.partij is None:
        raise MachtigingNietGevonden
    rijen = MachtigingRegel.objects.select_for_update() if is_changing else MachtigingRegel.objects
    eigen = Q(gever_key=actor.partij.key)
    if actor.is_alleen_zelf:
        eigen |= Q(ontvanger_key=actor.key)
    # One of others is not read, and not locked: it costs what one costs that is not there.
    rij = rijen.filter(eigen, pk=_parse(machtiging_id)).first()
    if rij is None:
        raise MachtigingNietGevonden
    return rij


def may_manage(actor: Actor) -> bool:
    """Whether this actor sees what the party gave, and may take it back: the person, or who stands in for them by law
    (BW 1:441). Taking back needs no more than that; giving does, and accepting too (`must_be_zelf`)."""
    return actor.is_alleen_zelf or actor.machtiging is Machtiging.BEWIND


def must_be_zelf(actor: Actor) -> Partij:
    """The resident that acts for themselves. Raises AlleenVoorZichzelf: nobody passes on what is of another."""
    if not actor.is_alleen_zelf or actor.partij is None:
        raise AlleenVoorZichzelf
    return actor.partij


def list_actors(actor: Actor, zaak_ref: str) -> tuple[Actor, ...]:
    """As whom this resident may come to this zaak by an authorisation, who may act before who may look; whether the
    giver has a part in the zaak is not asked here. Empty for everybody who acts for another already. One query.
    """
    if not actor.is_alleen_zelf or actor.partij is None:
        return ()
    gevonden = [
        _actor(actor, actor.partij, rij, inzage)
        for rij, inzage in rijen_geldig(actor.partij, nu())
        if inzage.zaak_ref in {"", zaak_ref}
    ]
    return tuple(sorted(gevonden, key=lambda een: een.mandaat is None or not een.mandaat.may_handelen))


def get_actor_for(actor: Actor, machtiging_id: str) -> Actor:
    """The actor that this authorisation makes of its receiver, while it holds. Raises MachtigingNietGevonden."""
    rij = get_rij_for(actor, machtiging_id)
    inzage = make_inzage(rij, nu())
    if (
        not actor.is_alleen_zelf
        or actor.partij is None
        or not inzage.is_geldig
        or rij.ontvanger_key != actor.key
    ):
        raise MachtigingNietGevonden
    return _actor(actor, actor.partij, rij, inzage)


def must_hold(actor: Actor) -> None:
    """The authorisation that this actor acts by, still holds, and will until the caller's transaction ends.

    Nothing for who needs none. Raises MachtigingNietGevonden.
    """
    if (mandaat := actor.mandaat) is None:
        return
    if connection.in_atomic_block and connection.vendor == "postgresql":
        # Shared: two things done at once do not wait for each other. SQLite has one writer at a time anyway.
        with connection.cursor() as cursor:
            cursor.execute(_DEEL, [mandaat.machtiging_id])
    rij = MachtigingRegel.objects.filter(pk=_parse(mandaat.machtiging_id), ontvanger_key=actor.key).first()
    if rij is None or not make_inzage(rij, nu()).is_geldig:
        raise MachtigingNietGevonden


def _actor(zelf: Actor, eigen: Partij, rij: MachtigingRegel, inzage: MachtigingInzage) -> Actor:
    return replace(
        zelf,
        naam=inzage.gever_naam,
        partij=Partij.inwoner(rij.gever_nummer),
        machtiging=Machtiging.VOLMACHT,
        eigen_naam=zelf.naam,
        mandaat=Mandaat(
            inzage.id,
            inzage.zaak_ref,
            inzage.may_handelen,
            eigen,
            inzage.zekerheid,
        ),
    )


def _parse(machtiging_id: str) -> uuid.UUID:
    try:
        return uuid.UUID(machtiging_id)
    except ValueError:
        raise MachtigingNietGevonden from None
