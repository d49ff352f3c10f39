"""What the product says in each kind of mail, in Dutch and English: the files in teksten/, a file per NotificatieSoort.

A new kind is one member of NotificatieSoort and one file. Nothing of a person can get into a mail: there is no
placeholder for it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from eloket.kernel.yamlbestand import read_yaml
from eloket.notifications.types import NotificatieSoort
from eloket.profile.types import Rubriek, Taal

MEEGELEVERD = Path(__file__).parent / "teksten"
MAX_ONDERWERP, MAX_KNOP, MAX_TEKST = 100, 50, 1_500
PLAATSHOUDER = re.compile(r"\{([^{}\n]*)\}")


class Plaatshouder(StrEnum):
    """All that a text can be filled in with. `uitleg` is for who writes the text."""

    REACTIE = "reactie"
    TERMIJN = "termijn"
    ONTVANGEN_OP = "ontvangen_op"
    KENMERK = "kenmerk"

    @property
    def uitleg(self) -> str:
        return _UITLEG[self]


_UITLEG = {
    Plaatshouder.REACTIE: "de zin die zegt of wij een reactie verwachten",
    Plaatshouder.TERMIJN: "de laatste dag",
    Plaatshouder.ONTVANGEN_OP: "de dag en de tijd waarop wij het ontvingen",
    Plaatshouder.KENMERK: "het kenmerk van de ontvangst",
}
# Where the value of a placeholder stands in the context of a notification (notifications.service.enqueue).
CONTEXT = {
    Plaatshouder.TERMIJN: "deadline",
    Plaatshouder.ONTVANGEN_OP: "ontvangen_op",
    Plaatshouder.KENMERK: "kenmerk",
}


class Reactie(StrEnum):
    """Whether a reaction is expected (Awb 2:10 lid 2). Of LEES_EERST only what the mail leads to says so."""

    GEVRAAGD = "gevraagd"
    LEES_EERST = "lees_eerst"
    GEEN = "geen"


class Pad(StrEnum):
    """The page that the button leads to."""

    ZAAK = "zaak"
    ZAKEN = "zaken"
    GEGEVENS = "gegevens"
    MACHTIGINGEN = "machtigingen"
    MEENEMEN = "meenemen"
    VOLGEN = "volgen"
    BEVESTIGEN = "bevestigen"


class Waarom(StrEnum):
    """Why somebody gets the mail, at its foot."""

    KEUZE = "keuze"
    ONTVANGST = "ontvangst"
    ADRES = "adres"
    FORMULIER = "formulier"


@dataclass(frozen=True, slots=True)
class MailTekst:
    """What a functional manager may word: `alineas` are paragraphs, each one line."""

    onderwerp: str
    alineas: tuple[str, ...]
    knop: str

    @property
    def tekst(self) -> str:
        """The paragraphs as one text, with an empty line between them."""
        return "\n\n".join(self.alineas)


_STRENG = ConfigDict(extra="forbid", frozen=True)
_Regel = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\n]+$")]


class TaalDeel(BaseModel):
    """A kind in one language. `reactie` fills {reactie}; `een` and `meer` are its line in a mail with more of them."""

    model_config = _STRENG

    onderwerp: Annotated[str, Field(min_length=1, max_length=MAX_ONDERWERP)]
    alineas: Annotated[
        tuple[Annotated[str, Field(min_length=1, pattern=r"^[^\n]+$")], ...], Field(min_length=1)
    ]
    knop: Annotated[str, Field(min_length=1, max_length=MAX_KNOP)]
    reactie: Annotated[str, Field(max_length=200)] = ""
    een: Annotated[str, Field(max_length=200)] = ""
    meer: Annotated[str, Field(max_length=200)] = ""

    @property
    def mailtekst(self) -> MailTekst:
        return MailTekst(self.onderwerp, self.alineas, self.knop)


class MailSoort(BaseModel):
    """A file of teksten/. `rubriek` None: nobody chooses it (rubrieken.rubriek_van).

    `verplicht` must stand in the text; `mag` may: a paragraph whose value is not known is left out. `zonder_zaak` is
    where the button leads when the notification is about no zaak.
    """

    model_config = _STRENG

    titel: Annotated[str, Field(min_length=1, max_length=80)]
    rubriek: Rubriek | None = None
    reactie: Reactie
    pad: Pad
    zonder_zaak: Pad = Pad.ZAKEN
    waarom: Waarom = Waarom.KEUZE
    verplicht: tuple[Plaatshouder, ...] = ()
    mag: tuple[Plaatshouder, ...] = ()
    nl: TaalDeel
    en: TaalDeel

    @model_validator(mode="after")
    def _is_whole(self) -> "MailSoort":
        if self.reactie is Reactie.GEVRAAGD and Plaatshouder.TERMIJN not in self.verplicht:
            raise ValueError("wie moet reageren, leest ook tot wanneer: zet termijn bij verplicht")
        delen = (self.nl, self.en)
        if self.waarom is not Waarom.ADRES and Plaatshouder.REACTIE not in self.verplicht:
            raise ValueError("een e-mail zegt of er een reactie wordt verwacht: zet reactie bij verplicht")
        if Plaatshouder.REACTIE in self.verplicht and not all(deel.reactie for deel in delen):
            raise ValueError("vul reactie in, in beide talen")
        if not self.is_vast and not all(deel.een and deel.meer for deel in delen):
            raise ValueError("vul een en meer in, in beide talen")
        return self

    @property
    def is_vast(self) -> bool:
        """Always a mail of its own, that waits for no burst: a receipt, and what nobody chooses about."""
        return self.rubriek in {None, Rubriek.ONTVANGST}

    def deel(self, taal: Taal) -> TaalDeel:
        return self.en if taal is Taal.EN else self.nl

    @property
    def plaatshouders(self) -> tuple[Plaatshouder, ...]:
        return (*self.verplicht, *self.mag)


class Algemeen(BaseModel):
    """What every mail says in one language, and what stands above several notifications in one mail."""

    model_config = _STRENG

    groet: _Regel
    vragen: _Regel
    niet_antwoorden: _Regel
    discreet: _Regel
    keuze: _Regel
    ontvangst: _Regel
    keuze_link: _Regel
    afmeld_link: _Regel
    formulier: Annotated[str, Field(min_length=1, max_length=400)]
    kopieer: _Regel
    bundel_onderwerp: _Regel
    bundel_gevraagd: _Regel
    bundel_anders: _Regel
    bundel_slot: _Regel
    termijn: _Regel
    eerste_termijn: _Regel


@cache
def mailsoort(soort: NotificatieSoort) -> MailSoort:
    """Raises BestandOngeldig, or OSError when it has no file: tests/unit/notifications/test_mailsoorten.py."""
    return read_yaml(MEEGELEVERD / f"{soort.value}.yaml", MailSoort)


@cache
def algemeen(taal: Taal) -> Algemeen:
    """Raises BestandOngeldig."""
    return read_yaml(MEEGELEVERD / "algemeen.yaml", dict[Taal, Algemeen])[taal]


def missing_context(soort: NotificatieSoort, context: Mapping[str, str]) -> tuple[str, ...]:
    """What a notification of this kind must have and this one has not, as `enqueue` calls it."""
    namen = (CONTEXT[een] for een in mailsoort(soort).verplicht if een in CONTEXT)
    return tuple(naam for naam in namen if not context.get(naam))
