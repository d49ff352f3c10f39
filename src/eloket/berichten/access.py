"""The one door to a conversation. No access and not existing look the same: GesprekNietGevonden, a 404."""

import uuid

from eloket.berichten.errors import GesprekNietGevonden
from eloket.berichten.models import GesprekRegel
from eloket.identity.types import Actor, Partij
from eloket.zaken.access import get_zaak_for
from eloket.zaken.types import Zaak, ZaakRef


def van(partij: Partij) -> dict[str, str]:
    """The filter for what is of this party; of its branch only, when the login is limited to one."""
    return {"betrokkene_key": partij.key} | (
        {"vestiging_key": partij.vestiging_key} if partij.vestiging_key else {}
    )


def parse_gesprek(gesprek_id: str) -> uuid.UUID:
    """Raises GesprekNietGevonden for what is no id."""
    try:
        return uuid.UUID(gesprek_id)
    except ValueError:
        raise GesprekNietGevonden from None


def get_gesprek_for(
    actor: Actor, ref: ZaakRef, gesprek_id: str, *, is_reading: bool = False
) -> tuple[Zaak, GesprekRegel]:
    """A conversation about this zaak: of the actor's own side, or (civil servants) any of it.

    Raises ZaakNietGevonden, GesprekNietGevonden, BronOnbereikbaar.
    """
    zaak = get_zaak_for(actor, ref, is_reading=is_reading)
    eigen = van(actor.partij) if actor.partij is not None else {}
    regel = GesprekRegel.objects.filter(pk=parse_gesprek(gesprek_id), zaak_ref=str(ref), **eigen).first()
    if regel is None:
        raise GesprekNietGevonden
    return zaak, regel
