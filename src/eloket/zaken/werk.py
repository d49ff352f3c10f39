"""The work list of a civil servant, and what only civil servants see of a zaak, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from eloket.identity.niveaus import Zekerheid
from eloket.zaken.types import Badge, ZaakRef


@dataclass(frozen=True, slots=True)
class Werkitem:
    """A line of the work list of an afdeling."""

    ref: ZaakRef
    identificatie: str
    omschrijving: str
    zaaktype_omschrijving: str
    aanvrager: str = field(repr=False)
    behandelaar_id: int | None
    behandelaar_naam: str
    badge: Badge
    startdatum: date
    uiterlijke_einddatum: date | None
    nieuw_bericht: bool
    nieuw_document: bool
    opgeschort_sinds: date | None = None
    einddatum: date | None = None


@dataclass(frozen=True, slots=True)
class WerkFilter:
    """`behandelaar_id` narrows to one civil servant, `niet_toegewezen` to nobody's; both unset is the afdeling.

    `is_open`: the open zaken, (False) the closed ones, or (None) both. `zoek` looks for a name first, and for words of
    the subject when nobody is called so; `alleen_onderwerp` leaves the names out. `nummer` is a whole zaaknummer, as it
    was typed (zaken.zaaknummer); then nothing is searched.
    """

    afdelingen: frozenset[str]
    behandelaar_id: int | None = None
    niet_toegewezen: bool = False
    zoek: str = ""
    offset: int = 0
    limit: int = 25
    zaaktypen: frozenset[str] = frozenset()  # identificaties; empty: all
    badge: Badge | None = None
    termijn: "TermijnKleur | None" = None
    medewerker_id: int | None = None  # who asks: zaken that are not for them (need-to-know) stay out
    is_open: bool | None = True
    alleen_onderwerp: bool = False
    nummer: str = ""


DICHTBIJ_DAGEN = 7  # days before the end of the term from which it presses
TELLEN_TOT = 100  # counts of the work list stop here: the page says 99+


class TermijnKleur(StrEnum):
    """How the term of an open zaak stands: late, due within a week, or later. A suspended term stands still."""

    ROOD = "rood"  # uiterlijke_einddatum has passed
    ORANJE = "oranje"  # today or within seven days
    GROEN = "groen"


@dataclass(frozen=True, slots=True)
class Werkvoorraad:
    """`op_naam`: what was searched is a name, and these are the zaken of who is called so."""

    items: tuple[Werkitem, ...]
    heeft_meer: bool
    op_naam: bool = False


@dataclass(frozen=True, slots=True)
class WerkTellingen:
    """Open zaken per list of one civil servant, for the menu; each stops at TELLEN_TOT."""

    mijn: int
    afdeling: int
    niet_toegewezen: int


@dataclass(frozen=True, slots=True)
class Afgeschermd:
    """A need-to-know zaak, without anything of its contents. `toegang`: ids of who may see it."""

    ref: ZaakRef
    identificatie: str
    afdeling: str
    zaaktype: str
    toegang: frozenset[int]


@dataclass(frozen=True, slots=True)
class TelFilter:
    """Which zaken: of these afdelingen (codes), of these zaaktypen (empty: all); in- and outflow from `vanaf` on."""

    afdelingen: frozenset[str]
    zaaktypen: frozenset[str]
    vanaf: date


@dataclass(frozen=True, slots=True)
class OpenGroep:
    """How many open zaken have all of this in common."""

    afdeling: str
    zaaktype: str
    startdatum: date
    uiterlijke_einddatum: date
    is_stil: bool
    aantal: int


@dataclass(frozen=True, slots=True)
class Tellingen:
    """What one source counts. Need-to-know zaken are in the counts: these name nothing."""

    instroom: Mapping[date, int]
    uitstroom: Mapping[date, int]
    open: tuple[OpenGroep, ...]


@dataclass(frozen=True, slots=True)
class ZaakTypeInzage:
    """A kind of zaak that can be started now, as a civil servant chooses it."""

    identificatie: str
    omschrijving: str
    afdeling: str
    verwijder_locatie: bool = False
    zekerheid: Zekerheid | None = None  # the level of the means that a resident logs in with


@dataclass(frozen=True, slots=True)
class Notitie:
    """An internal note of a civil servant. Never shown to a resident, never in a mail, never in an export for them."""

    id: str
    auteur_naam: str = field(repr=False)
    tekst: str = field(repr=False)
    moment: datetime


@dataclass(frozen=True, slots=True)
class Aanwezige:
    """Another civil servant who has this zaak open; `sinds` is when they last loaded its page."""

    medewerker_id: int
    naam: str
    sinds: datetime


class SjabloonSoort(StrEnum):
    """Where a text template is offered."""

    STATUS = "status"  # the text that the resident reads with a status
    BERICHT = "bericht"
    TAAK = "taak"  # what is asked, and why
    AFKEURING = "afkeuring"  # why a document is refused


@dataclass(frozen=True, slots=True)
class Sjabloon:
    """A text template. Empty `zaaktype`: for all of them; `volgnummer` narrows STATUS to one step (0: any).

    `tekst` may hold {zaaknummer}, {onderwerp}, {aanvrager}, {behandelaar}, {afdeling}, {uiterlijke_datum}.
    """

    id: int
    soort: SjabloonSoort
    titel: str
    tekst: str
    zaaktype: str = ""
    volgnummer: int = 0
