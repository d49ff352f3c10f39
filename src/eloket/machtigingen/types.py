"""An authorisation as plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from eloket.identity.niveaus import Zekerheid
from eloket.machtigingen.regels import Stand

CODE_GELDIG = timedelta(days=14)
LANGSTE_JAREN = 5


class Bevoegdheid(StrEnum):
    INZIEN = "inzien"
    HANDELEN = "handelen"

    @property
    def tekst(self) -> str:
        return _TEKST[self]


_TEKST = {
    Bevoegdheid.INZIEN: "Alleen bekijken",
    Bevoegdheid.HANDELEN: "Bekijken en handelen",
}


@dataclass(frozen=True, slots=True)
class MachtigingWens:
    """What somebody wants to give. `zaak_ref` "" is all of their zaken, also later ones; `van` and `tot` are days, both
    included."""

    zaak_ref: str
    bevoegdheid: Bevoegdheid
    van: date
    tot: date


@dataclass(frozen=True, slots=True)
class Gegeven:
    """`code` is to be shown once, and is kept nowhere; "" when this same form was sent before."""

    id: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MachtigingInzage:
    """As giver or receiver sees it. `ontvanger_naam` is "" until they accepted; `zekerheid` is the level at which the
    giver was logged in, and it opens nothing above that."""

    id: str
    gever_key: str
    gever_naam: str = field(repr=False)
    ontvanger_key: str
    ontvanger_naam: str = field(repr=False)
    zaak_ref: str
    bevoegdheid: Bevoegdheid
    van: date
    tot: date
    code_tot: datetime
    gegeven_op: datetime
    aanvaard_op: datetime | None
    einde_op: datetime | None  # when somebody ended or refused it
    stand: Stand
    zekerheid: Zekerheid | None

    @property
    def is_geldig(self) -> bool:
        return self.stand is Stand.GELDIG

    @property
    def may_handelen(self) -> bool:
        return self.bevoegdheid is Bevoegdheid.HANDELEN
