"""Products, and the concept of a form, as plain values."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from eloket.documenten.types import Geweigerd
from eloket.loket.melding import Melding
from eloket.zaken.types import ZaakRef

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
    formulier: Literal["melding"] | None = None
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


@dataclass(frozen=True, slots=True)
class ConceptInzage:
    """A form that was filled in. It was sent when `zaak_ref` is set; then it does not change any more.

    `revisie` grows with every change: what is sent must be the revisie that was on the screen.
    """

    id: str
    product: str
    melding: Melding
    revisie: int
    gewijzigd_op: datetime
    zaak_ref: ZaakRef | None
    zaaknummer: str
    verstuurd_op: datetime | None

    @property
    def is_verstuurd(self) -> bool:
        return self.zaak_ref is not None


@dataclass(frozen=True, slots=True)
class Inzending:
    """What became of a sent form: its concept, now with a zaak; how many photos stand in the zaak by it, and the files
    that were not taken."""

    concept: ConceptInzage
    fotos: int
    geweigerd: tuple[Geweigerd, ...]
