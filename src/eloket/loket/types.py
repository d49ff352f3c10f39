"""Products, forms and their concepts, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from eloket.documenten.types import Geweigerd
from eloket.loket.formulier.basis import Invoer, Omgeving
from eloket.loket.formulier.definitie import Definitie, Slug
from eloket.loket.formulier.doorloop import AntwoordBlok, Doorloop, StapStand
from eloket.zaken.types import ZaakRef

BEWAARTIJD = timedelta(days=30)  # of what was not sent, from the last change


def kept_until(gewijzigd_op: datetime, verlengd_tot: datetime | None) -> datetime:
    """When a form that was not sent is removed; later after an outage (loket.verlengen)."""
    tot = gewijzigd_op + BEWAARTIJD
    return max(tot, verlengd_tot) if verlengd_tot else tot


Regel = Annotated[str, Field(min_length=1, max_length=200)]
Alinea = Annotated[str, Field(min_length=1, max_length=500)]


class Thema(StrEnum):
    """Under which heading a product stands. The order here is the order on the page."""

    BUURT = "buurt"
    PARKEREN = "parkeren"
    WONEN = "wonen"
    INKOMEN = "inkomen"
    BELASTINGEN = "belastingen"
    EVENEMENTEN = "evenementen"
    KLACHT = "klacht"
    PRIVACY = "privacy"

    @property
    def tekst(self) -> str:
        return _THEMA_TEKST[self]


_THEMA_TEKST = {
    Thema.BUURT: "Uw straat en buurt",
    Thema.PARKEREN: "Parkeren en vervoer",
    Thema.WONEN: "Wonen en bouwen",
    Thema.INKOMEN: "Werk, inkomen en zorg",
    Thema.BELASTINGEN: "Belastingen",
    Thema.EVENEMENTEN: "Ondernemen en evenementen",
    Thema.KLACHT: "Klacht en bezwaar",
    Thema.PRIVACY: "Uw gegevens en privacy",
}


class Doelgroep(StrEnum):
    INWONER = "inwoner"
    ONDERNEMING = "onderneming"


class _Deel(BaseModel):
    # Not `strict`: YAML has no enums. `bool` and `float` are kept out of the amounts by their own field.
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Tarief(_Deel):
    """What something costs, in cents. 0 is shown as "gratis"."""

    omschrijving: Regel
    cent: Annotated[int, Field(ge=0, le=10_000_000, strict=True)]


class ProductBestand(_Deel):
    """What one file says, in the words of the page. Everything that a person reads is B1 Dutch."""

    titel: Regel
    samenvatting: Alinea
    thema: Thema
    voor: Annotated[tuple[Doelgroep, ...], Field(min_length=1)]
    nodig: Annotated[tuple[Alinea, ...], Field(min_length=1)]
    termijn: Alinea
    tarieven: tuple[Tarief, ...] = ()
    kosten: Alinea
    daarna: Annotated[tuple[Alinea, ...], Field(min_length=1)]
    zaaktype: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{1,49}$")]
    formulier: Slug | None = None  # the form with which it is done online
    check: Slug | None = None  # the form that says whether it is needed at all
    is_populair: Annotated[bool, Field(strict=True)] = False
    trefwoorden: tuple[Regel, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the E-loket. `slug` is the name of its file, and its place in the URL."""

    slug: str
    inhoud: ProductBestand
    zoektekst: str = field(repr=False)

    @property
    def is_online(self) -> bool:
        """Whether it can be done here, with a form."""
        return self.inhoud.formulier is not None


class VersieStand(StrEnum):
    """Where a version of a form stands. At most one of a form is published."""

    CONCEPT = "concept"
    GEPUBLICEERD = "gepubliceerd"
    VERVANGEN = "vervangen"
    INGETROKKEN = "ingetrokken"


class Moment(StrEnum):
    """What is counted of a form."""

    GESTART = "gestart"
    STAP = "stap"  # a step was finished for the first time
    VERSTUURD = "verstuurd"
    GESTOPT = "gestopt"  # thrown away, by the person or by us after thirty days; with the step where it stood
    DUUR = "duur"  # as often as VERSTUURD, by how long it took


@dataclass(frozen=True, slots=True)
class Versie:
    """A version of a form, with what it says. `gemaakt_door_key` and `gepubliceerd_door_key` are of civil servants."""

    slug: str
    versie: int
    sha: str
    stand: VersieStand
    tekst: str = field(repr=False)
    definitie: Definitie = field(repr=False)
    gemaakt_op: datetime
    gemaakt_door_key: str = ""
    gepubliceerd_op: datetime | None = None
    gepubliceerd_door_key: str = ""


@dataclass(frozen=True, slots=True)
class ConceptInzage:
    """A form that somebody fills in. It was sent when `zaak_ref` is set; then it does not change any more.

    `invoer` is what was typed. `revisie` grows with every change: what is sent must be the revisie that was reviewed.
    """

    id: str
    formulier: str
    versie: int
    invoer: Invoer = field(repr=False)
    bezocht: frozenset[str]
    vensters: Mapping[str, str]
    revisie: int
    begonnen_op: datetime
    gewijzigd_op: datetime
    zaak_ref: ZaakRef | None
    zaaknummer: str
    verstuurd_op: datetime | None
    code_key: str
    aanvulling: tuple[ZaakRef, str] | None  # the zaak and the taak that it answers
    overzicht: tuple[AntwoordBlok, ...] = field(default=(), repr=False)  # as it was sent
    verlengd_tot: datetime | None = None
    verstuurd_door: str = field(default="", repr=False)  # for whom, too; "" when nobody acted for another
    register_merk: str = field(default="", repr=False)  # of what the registers said last (vullen.mark_of)

    @property
    def is_verstuurd(self) -> bool:
        return self.verstuurd_op is not None

    @property
    def bewaard_tot(self) -> datetime:
        """When it is removed, unless it is changed or sent before."""
        return kept_until(self.gewijzigd_op, self.verlengd_tot)


@dataclass(frozen=True, slots=True)
class ConceptRegel:
    """A concept as a list shows it, without what was typed. `verstuurd_op` is None of what was not sent."""

    id: str
    formulier: str
    versie: int
    titel: str
    gewijzigd_op: datetime
    verstuurd_op: datetime | None = None
    zaaknummer: str = ""
    verlengd_tot: datetime | None = None
    verlengd_om: str = ""

    @property
    def waarom_langer(self) -> str:
        """Why it is kept longer than others, as the resident reads it; '' when it is not."""
        return self.verlengd_om if self.bewaard_tot == self.verlengd_tot else ""

    @property
    def bewaard_tot(self) -> datetime:
        """When it is removed, unless it is changed or sent before."""
        return kept_until(self.gewijzigd_op, self.verlengd_tot)


@dataclass(frozen=True, slots=True)
class Formulier:
    """A concept with its form worked out: what its pages show. `is_nagevraagd`: `omgeving` is what the registers say
    now; else what they said when it was begun."""

    concept: ConceptInzage
    definitie: Definitie
    loop: Doorloop
    omgeving: Omgeving = field(repr=False)
    is_nagevraagd: bool = True

    @property
    def volgende(self) -> StapStand | None:
        return self.loop.volgende(self.concept.bezocht)


@dataclass(frozen=True, slots=True)
class Bewaard:
    """What became of a step that was sent in: the form as it stands now, and the files that were not taken.

    `is_achter`: another window changed this step; only files were kept, and `formulier` shows what this window typed.
    `gezien` then stands for what that other window wrote: who sends in the page that shows this, replaces it.
    """

    formulier: Formulier
    stap: StapStand
    geweigerd: tuple[Geweigerd, ...] = ()
    is_achter: bool = False
    gezien: str = ""


@dataclass(frozen=True, slots=True)
class Inzending:
    """What became of a sent form: its concept, now with a zaak, and the code with which anybody can follow it who did
    not log in ('' for who did)."""

    concept: ConceptInzage
    code: str = field(default="", repr=False)
