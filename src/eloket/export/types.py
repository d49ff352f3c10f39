"""An export as plain values, and what stands in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeAlias

from eloket.afschriften.types import Stuk
from eloket.identity.niveaus import Zekerheid

BEWAARTIJD = timedelta(days=7)
VASTHOUDEN = 2 * BEWAARTIJD  # a week to be made at worst, and the week that it can be fetched
# What becomes JSON: dates are ISO 8601 there, and written out on the page.
Waarde: TypeAlias = "str | int | bool | date | datetime | Gegevens | Sequence[Waarde] | None"
Gegevens: TypeAlias = Mapping[str, Waarde]


@dataclass(frozen=True, slots=True)
class ExportInzage:
    """How far the export of somebody is. `zaken` is None while it is not known how many there are."""

    gevraagd_op: datetime
    klaar_op: datetime | None = None
    verloopt_op: datetime | None = None
    zaken: int | None = None
    gedaan: int = 0
    omvang: int = 0  # of what was made and of the documents, in bytes: about that of the zip
    is_vertraagd: bool = False  # something did not answer: it is tried again

    @property
    def is_klaar(self) -> bool:
        return self.klaar_op is not None


@dataclass(frozen=True, slots=True)
class BijgevoegdDocument:
    """A document of which the file goes along: `naam` is its path beside the page of its zaak."""

    id: str
    naam: str = field(repr=False)
    titel: str = field(repr=False)
    omvang: int
    sha256: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class Kop:
    """What the first page tells of a zaak. `gemist` names what could not be fetched of it (B1 Dutch), `nodig` is the
    level of login that its contents are for."""

    identificatie: str
    omschrijving: str = field(repr=False)
    startdatum: date
    documenten: tuple[BijgevoegdDocument, ...] = ()
    gemist: tuple[str, ...] = ()
    nodig: Zekerheid | None = None


@dataclass(frozen=True, slots=True)
class Verzameld:
    """A part that was collected. `is_beperkt`: something is left out, because it is for a higher level of login."""

    gegevens: Gegevens = field(repr=False)
    documenten: tuple[BijgevoegdDocument, ...] = field(default=(), repr=False)
    gemist: tuple[str, ...] = ()
    nodig: Zekerheid | None = None
    is_beperkt: bool = False


@dataclass(frozen=True, slots=True)
class Pakket:
    """What is handed out: `omvang` is that of the whole zip, in bytes; `naam` that of its file."""

    naam: str
    stukken: tuple[Stuk, ...]
    omvang: int
