"""The rows of the form of a zaaktype that say how long a closed zaak is kept."""

import re
from dataclasses import dataclass
from typing import Any

from eloket.kernel.duur import Duur
from eloket.workbench.beheer.formulier import Ingevuld
from eloket.zaken.bewaren import BewaarDeel
from eloket.zaken.types import Archiefnominatie, Brondatum

MEESTE_REGELS = 41  # one for each result, and one for all others
_EXTRA = 2  # empty rows below the others
_RIJ = re.compile(r"bewaar-([0-9]{1,2})-[a-z]+")
NOMINATIES = (
    ("", "Niet vastgelegd: wij bewaren de zaak"),
    (Archiefnominatie.VERNIETIGEN.value, "Vernietigen na de bewaartermijn"),
    (Archiefnominatie.BLIJVEND_BEWAREN.value, "Altijd bewaren"),
)
GEEN_TERMIJN = "Schrijf de termijn als 5 jaar, 18 maanden of 30 dagen."


@dataclass(frozen=True, slots=True)
class Bewaarrij:
    """The fields of one row, as typed; `nr` stands in their ids. The first row is for every result without its own."""

    nr: int
    resultaat: str = ""
    nominatie: str = ""
    termijn: str = ""
    proces: str = ""
    selectielijst: str = ""

    @property
    def is_leeg(self) -> bool:
        return not (self.nominatie or self.termijn or self.resultaat or self.proces)

    def to_deel(self) -> dict[str, Any]:
        """As a definition writes it. A period that cannot be read stays as it was typed, and is refused there."""
        proces = _iso(self.proces)
        return {
            "resultaat": self.resultaat,
            "archiefnominatie": self.nominatie,
            "bewaartermijn": _iso(self.termijn),
            "brondatum": (Brondatum.TERMIJN if proces else Brondatum.AFGEHANDELD).value,
            "procestermijn": proces,
            "selectielijst": self.selectielijst,
        }


def rows_of(bewaren: tuple[BewaarDeel, ...]) -> tuple[Bewaarrij, ...]:
    """The line for all other results first, and some room."""
    op_volgorde = sorted(bewaren, key=lambda deel: deel.resultaat != "")
    rijen = [
        Bewaarrij(
            nr,
            deel.resultaat,
            deel.archiefnominatie.value,
            _tekst(deel.bewaartermijn),
            _tekst(deel.procestermijn),
            deel.selectielijst,
        )
        for nr, deel in enumerate(op_volgorde, start=1)
    ] or [Bewaarrij(1)]
    meer = range(len(rijen) + 1, min(len(rijen) + _EXTRA, MEESTE_REGELS) + 1)
    return (*rijen, *(Bewaarrij(nr) for nr in meer))


def parse_rows(ingevuld: Ingevuld) -> tuple[Bewaarrij, ...]:
    """What was typed; rows are known by their name, so none gets lost."""
    nummers = {int(vorm[1]) for naam in ingevuld.invoer if (vorm := _RIJ.fullmatch(naam))}
    return tuple(
        Bewaarrij(
            nr,
            " ".join(ingevuld.een(f"bewaar-{nr}-resultaat").split()),
            ingevuld.een(f"bewaar-{nr}-nominatie"),
            ingevuld.een(f"bewaar-{nr}-termijn"),
            ingevuld.een(f"bewaar-{nr}-proces"),
            ingevuld.een(f"bewaar-{nr}-selectielijst"),
        )
        for nr in sorted(nummers)
        if 1 <= nr <= MEESTE_REGELS
    )


# The name of a field of a definition, as the form calls it.
VELD = {
    "archiefnominatie": "nominatie",
    "bewaartermijn": "termijn",
    "procestermijn": "proces",
    "brondatum": "proces",
}


def describe(deel: BewaarDeel) -> str:
    """`Vernietigen, 5 jaar nadat de zaak is afgerond`"""
    if deel.archiefnominatie is Archiefnominatie.BLIJVEND_BEWAREN:
        tekst = "Altijd bewaren"
    else:
        vanaf = "de zaak is afgerond"
        if deel.procestermijn:
            vanaf = f"het besluit niet meer geldt (dat is {_tekst(deel.procestermijn)} na de afronding)"
        tekst = f"Vernietigen, {_tekst(deel.bewaartermijn)} nadat {vanaf}"
    return f"{tekst} (selectielijst {deel.selectielijst})" if deel.selectielijst else tekst


def _iso(tekst: str) -> str:
    try:
        return Duur.lees(tekst).iso if tekst else ""
    except ValueError:
        return tekst


def _tekst(iso: str) -> str:
    return Duur.parse(iso).tekst if iso else ""
