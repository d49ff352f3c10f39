"""Messages as plain values."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from eloket.identity.niveaus import Zekerheid
from eloket.zaken.types import ZaakRef

MAX_TEKENS = 5_000
MAX_ONDERWERP = 100
NIEUW = "nieuw"  # instead of the id of a conversation: start one
STANDAARD_ONDERWERP = "Uw zaak"  # of a conversation that was started without a subject


class BijlageStand(StrEnum):
    """What can be done with an attachment now."""

    BESCHIKBAAR = "beschikbaar"
    WACHT = "wacht"  # not scanned yet
    BESMET = "besmet"  # never opened by anybody
    WEG = "weg"  # replaced by a next version, or moved to another zaak
    ONBEKEND = "onbekend"  # the source of documents does not answer


@dataclass(frozen=True, slots=True)
class Bijlage:
    """A document that came with a message, under the name that it had then."""

    document_id: str
    naam: str = field(repr=False)
    stand: BijlageStand
    is_toonbaar: bool = False

    @property
    def is_beschikbaar(self) -> bool:
        return self.stand is BijlageStand.BESCHIKBAAR


@dataclass(frozen=True, slots=True)
class BerichtInzage:
    """One message. `is_gelezen` tells whether the side it was sent to has opened it."""

    id: str
    zaak_ref: ZaakRef
    is_van_gemeente: bool
    afzender_naam: str = field(repr=False)
    tekst: str = field(repr=False)
    verzonden_op: datetime
    is_gelezen: bool
    gesprek_id: str = ""
    bijlagen: tuple[Bijlage, ...] = ()


@dataclass(frozen=True, slots=True)
class GesprekInzage:
    """A conversation with its messages, newest first. `ongelezen` counts for the side that asked."""

    id: str
    zaak_ref: ZaakRef
    onderwerp: str = field(repr=False)
    is_van_gemeente: bool
    berichten: tuple[BerichtInzage, ...]
    ongelezen: int
    betrokkene_key: str = ""  # the resident's side of it
    vestiging_key: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """What somebody typed and has not sent yet."""

    onderwerp: str = field(repr=False)
    tekst: str = field(repr=False)
    bewaard_op: datetime
    zaak_ref: str = ""


@dataclass(frozen=True, slots=True)
class Gesprek:
    """A conversation as a line under Berichten. `ongelezen` counts for the side that asked.

    `is_waarneming`: this civil servant sees it because the behandelaar is away.
    """

    id: str
    onderwerp: str = field(repr=False)
    zaak_ref: ZaakRef
    zaak_omschrijving: str
    zaak_identificatie: str
    laatste: BerichtInzage
    aantal: int
    ongelezen: int
    is_waarneming: bool = False
    zekerheid: Zekerheid | None = None  # the level that its zaak is for
    is_beschermd: bool = False  # nothing of it is told: it is for who logged in at that level
