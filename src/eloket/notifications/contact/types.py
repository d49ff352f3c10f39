"""Contact to restore, as plain values."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from eloket.notifications.brieven.types import LaatsteBrief
from eloket.zaken.types import ZaakRef


class Hersteld(StrEnum):
    """How contact was restored. The first three are for a civil servant to choose."""

    GEBELD = "gebeld"
    BRIEF = "brief"
    NIEUW_ADRES = "nieuw_adres"
    ADRES_WERKT = "adres_werkt"  # the person confirmed an address, or took theirs away

    @property
    def tekst(self) -> str:
        return _TEKST[self]


_TEKST = {
    Hersteld.GEBELD: "Ik heb gebeld en het verteld",
    Hersteld.BRIEF: "Ik heb een brief gestuurd",
    Hersteld.NIEUW_ADRES: "De aanvrager geeft zelf een nieuw e-mailadres door",
    Hersteld.ADRES_WERKT: "De aanvrager heeft het e-mailadres zelf gewijzigd of bevestigd",
}
KEUZES = (Hersteld.GEBELD, Hersteld.BRIEF, Hersteld.NIEUW_ADRES)


@dataclass(frozen=True, slots=True)
class Onbereikbaar:
    """A party of a zaak whom we cannot reach. `is_adres`: mail to their address comes back (else one mail was lost and
    no letter could take over). `hersteld_op` is set when somebody has dealt with it since."""

    nummer: int  # which one of the zaak: what a form names, so that no key has to stand in a page
    profiel_key: str
    naam: str = field(repr=False)
    brief: LaatsteBrief
    telefoon: str = field(default="", repr=False)
    sinds: datetime | None = None
    is_adres: bool = False
    hersteld_op: datetime | None = None
    hoe: Hersteld | None = None


@dataclass(frozen=True, slots=True)
class HerstelRegel:
    """A line of the list. The zaak is one that the reader may see."""

    ref: ZaakRef
    omschrijving: str
    identificatie: str
    behandelaar_id: int | None
    ontstaan_op: datetime
    brief: LaatsteBrief


@dataclass(frozen=True, slots=True)
class Herstellijst:
    """`is_vol`: only the first ones stand here. `is_doorzocht`: all was looked at, and this is all of it."""

    regels: tuple[HerstelRegel, ...]
    is_vol: bool
    is_doorzocht: bool


@dataclass(frozen=True, slots=True)
class Contactpoging:
    """A party could not be reached from then on, until it could again."""

    ontstaan_op: datetime
    hersteld_op: datetime | None
