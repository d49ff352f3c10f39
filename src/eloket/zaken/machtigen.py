"""Authorising another resident for a zaak: only for one's own, and what the page offers to choose from."""

from eloket.identity.types import Actor
from eloket.kernel.errors import NietGevonden
from eloket.machtigingen import service as machtigingen
from eloket.machtigingen.access import get_actor_for, must_be_zelf
from eloket.machtigingen.errors import MachtigingNietGevonden, MachtigingOngeldig
from eloket.machtigingen.types import Gegeven, MachtigingWens
from eloket.zaken.access import get_zaak_for
from eloket.zaken.queries import list_zaken
from eloket.zaken.types import ZaakFilter, ZaakRef, ZakenOverzicht

KIES_ZAAK = "Kies een zaak, of kies al uw zaken."


def give_machtiging(actor: Actor, wens: MachtigingWens, *, sleutel: str) -> Gegeven:
    """As `machtigingen.service.give`, for a zaak of this actor or for all of them.

    Raises MachtigingOngeldig (also for a zaak that is not theirs), AlleenVoorZichzelf, TeVeelMachtigingen,
    BronOnbereikbaar.
    """
    must_be_zelf(actor)
    if wens.zaak_ref:
        try:
            get_zaak_for(actor, ZaakRef.parse(wens.zaak_ref))
        except NietGevonden as error:
            raise MachtigingOngeldig({"zaak": KIES_ZAAK}) from error
    return machtigingen.give(actor, wens, sleutel=sleutel)


def list_zaken_namens(actor: Actor, machtiging_id: str, filter: ZaakFilter) -> tuple[Actor, ZakenOverzicht]:
    """The zaken that this authorisation for all zaken opens to its receiver, and as whom they come there.

    Raises MachtigingNietGevonden (also for one about one zaak only: that one is found by its reference),
    AlleenVoorZichzelf, BronOnbereikbaar.
    """
    namens = get_actor_for(actor, machtiging_id)
    if namens.partij is None or namens.mandaat is None or namens.mandaat.zaak_ref:
        raise MachtigingNietGevonden
    return namens, list_zaken(namens.partij, filter)
