"""Authorisations for tests: made by the real steps, from the code to the acceptance."""

from datetime import date, timedelta

from eloket.identity.types import Actor
from eloket.kernel.klok import vandaag
from eloket.machtigingen import service
from eloket.machtigingen.types import Bevoegdheid, MachtigingWens
from eloket.zaken.machtigen import give_machtiging

INZIEN, HANDELEN = Bevoegdheid.INZIEN, Bevoegdheid.HANDELEN


def wens(
    zaak_ref: object = "",
    bevoegdheid: Bevoegdheid = HANDELEN,
    van: date | None = None,
    tot: date | None = None,
) -> MachtigingWens:
    """From today for ten days, unless something else is said."""
    begin = van or vandaag()
    return MachtigingWens(str(zaak_ref), bevoegdheid, begin, tot or begin + timedelta(days=10))


def leg_voor(gever: Actor, ontvanger: Actor, afspraak: MachtigingWens) -> str:
    """Given, and its code typed; not accepted. Returns its id."""
    gegeven = give_machtiging(gever, afspraak, sleutel="")
    return service.enter_code(ontvanger, gegeven.code)


def machtig(
    gever: Actor, ontvanger: Actor, zaak_ref: object = "", bevoegdheid: Bevoegdheid = HANDELEN
) -> str:
    """Given and accepted. Returns its id."""
    machtiging_id = leg_voor(gever, ontvanger, wens(zaak_ref, bevoegdheid))
    service.accept(ontvanger, machtiging_id)
    return machtiging_id
