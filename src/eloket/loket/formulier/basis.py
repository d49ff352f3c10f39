"""What every kind of field shares: what a definition may say of it, and how it reads what was typed."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, PlainValidator

from eloket.loket.formulier.voorwaarden import Antwoorden, Voorwaarde, Waarde, parse_voorwaarde

Invoer = Mapping[str, Sequence[str]]  # what was typed: the names of the inputs, each with its values
AlsVoorwaarde = Annotated[Any, PlainValidator(parse_voorwaarde)]
LANGSTE_KORTE = 320  # tekens: an e-mail address is the longest of what is read with a rule
Regel = Annotated[str, Field(min_length=1, max_length=200)]
Alinea = Annotated[str, Field(min_length=1, max_length=1000)]


class VeldFout(ValueError):
    """What is wrong with what was typed, and how to mend it. `sub` names the input, when a field has several."""

    def __init__(self, tekst: str, sub: str = "") -> None:
        super().__init__(tekst)
        self.tekst = tekst
        self.sub = sub


class Vooraf(StrEnum):
    """Where a field can be filled in from: what the person told us, and what the registers know."""

    EMAIL = "profiel.email"
    TELEFOON = "profiel.telefoon"
    NAAM = "persoon.naam"
    GEBOORTEDATUM = "persoon.geboortedatum"
    ADRES = "persoon.adres"
    BSN = "persoon.bsn"
    HANDELSNAAM = "onderneming.naam"
    BEDRIJFSADRES = "onderneming.adres"
    KVK = "onderneming.kvk"
    ZAAKNUMMER = "zaak.nummer"  # of the zaak from which the form was begun


class Wie(StrEnum):
    """As who a form is filled in. A condition can ask for it, as in `{wie: onderneming}`."""

    INWONER = "inwoner"
    ONDERNEMING = "onderneming"
    ANONIEM = "anoniem"


@dataclass(frozen=True, slots=True)
class Bestand:
    """A file that stands ready for this form. `id` is how it can be taken away again."""

    id: str
    naam: str = field(repr=False)
    omvang: int  # bytes
    formaat: str = ""  # documenten.formaten code
    is_besmet: bool = False  # the scanner said so after it was taken in


@dataclass(frozen=True, slots=True)
class Omgeving:
    """What counts besides what was typed: as who, on which day (in Amsterdam), and which files stand ready.

    `vast`: per field that is only for reading, the inputs as the registers have them now.
    """

    wie: Wie
    vandaag: date
    bestanden: Mapping[str, tuple[Bestand, ...]] = field(default_factory=dict)
    vast: Mapping[str, Invoer] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class VeldInvoer:
    """The inputs of one field: `naam` is the first part of their names."""

    naam: str
    alles: Invoer = field(repr=False)

    def een(self, sub: str = "") -> str:
        """The last value of the input, cleaned: one form of every letter, no control characters, no outer space."""
        waarden = self.alles.get(f"{self.naam}-{sub}" if sub else self.naam, ())
        return clean(waarden[-1]).strip() if waarden else ""

    def kort(self, sub: str = "") -> str:
        """The same, of an input for something short. Raises VeldFout for megabytes: no parser has to stand those."""
        tekst = self.een(sub)
        if len(tekst) > LANGSTE_KORTE:
            raise VeldFout(f"Gebruik hoogstens {LANGSTE_KORTE} tekens", sub)
        return tekst

    def alle(self) -> tuple[str, ...]:
        """Every value of the input (of checkboxes), each once."""
        return tuple(dict.fromkeys(clean(een).strip() for een in self.alles.get(self.naam, ())))


# Cc and Cs but for tab and line end; zero width space, word joiner and byte order mark; bidirectional overrides.
_ONZICHTBAAR = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]"
)


def clean(tekst: str) -> str:
    """NFC, lines that end in \\n, and nothing that paper would not show: no control characters (PostgreSQL refuses a
    NUL), no signs without width, and none that turn the direction of what a civil servant reads."""
    tekst = tekst.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _ONZICHTBAAR.sub("", tekst))


class Deel(BaseModel):
    # Not `strict`: YAML has no enums. Numbers and switches say it themselves.
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class VeldBasis(Deel):
    """What a definition says of any field. `id` is its name in conditions and in the page; `leeg` is what a person
    reads who leaves it empty."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    label: Annotated[str, Field(min_length=1, max_length=160)]
    uitleg: Annotated[str, Field(max_length=600)] = ""
    verplicht: Annotated[bool, Field(strict=True)] = True
    als: AlsVoorwaarde | None = None
    vooraf: Vooraf | None = None
    alleen_lezen: Annotated[bool, Field(strict=True)] = False
    leeg: Annotated[str, Field(max_length=160)] = ""

    # The inputs beside the first one, by the last part of their names.
    subs: ClassVar[tuple[str, ...]] = ()

    @property
    def voorwaarde(self) -> Voorwaarde | None:
        als: Voorwaarde | None = self.als
        return als

    @property
    def leeg_tekst(self) -> str:
        return self.leeg or f"Vul dit in: {self.label[:1].lower()}{self.label[1:]}"

    def lees(self, invoer: VeldInvoer, omgeving: Omgeving, antwoorden: Antwoorden) -> Waarde | None:
        """The answer, or None when nothing was filled in. `antwoorden` are those of earlier fields. Raises VeldFout."""
        raise NotImplementedError

    def toon(self, waarde: Waarde) -> str:
        """The answer as people read it."""
        return str(waarde)

    def namen(self, naam: str) -> tuple[str, ...]:
        """The names of its inputs on the page."""
        return (naam, *(f"{naam}-{sub}" for sub in self.subs))
