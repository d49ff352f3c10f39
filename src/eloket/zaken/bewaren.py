"""How long a closed zaak is kept (Archiefwet 1995, article 5; AVG, article 5, first paragraph, e). Pure: no I/O.

Names and meaning follow the resultaattypen of the ZGW catalogi: archiefnominatie, archiefactietermijn (here:
bewaartermijn), brondatum with its afleidingswijze, procestermijn. The terms themselves are those of the Selectielijst
gemeenten, which a municipality writes on its zaaktypen.
"""

from dataclasses import dataclass
from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from eloket.kernel.duur import Duur
from eloket.zaken.types import Archiefnominatie, Brondatum


class BewaarDeel(BaseModel):
    """What becomes of a zaak that ends with `resultaat`; '' for every result that has no line of its own.

    `bewaartermijn` and `procestermijn` are periods as ISO 8601 writes them (`P5Y`). The period begins on the brondatum:
    the day on which the zaak was closed, or (`termijn`) that day and the procestermijn, for example as long as a permit
    counts. What is kept for good needs no period; with one, it is handed over to the archive after it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    resultaat: str = Field(default="", max_length=80)
    archiefnominatie: Archiefnominatie
    bewaartermijn: str = ""
    brondatum: Brondatum = Brondatum.AFGEHANDELD
    procestermijn: str = ""
    selectielijst: str = Field(default="", max_length=20)  # the number in the selection list, as `11.1.2`

    @field_validator("bewaartermijn", "procestermijn")
    @classmethod
    def _period(cls, waarde: str) -> str:
        return Duur.parse(waarde).iso if waarde else ""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.archiefnominatie is Archiefnominatie.VERNIETIGEN and not self.bewaartermijn:
            raise ValueError("zeg na welke bewaartermijn de zaak wordt vernietigd, bijvoorbeeld P5Y")
        if (self.brondatum is Brondatum.TERMIJN) is not bool(self.procestermijn):
            raise ValueError("een procestermijn hoort bij brondatum: termijn, en andersom")
        return self


@dataclass(frozen=True, slots=True)
class Archief:
    """What becomes of one closed zaak. `actiedatum`: from that day on; None for what is kept here for good."""

    nominatie: Archiefnominatie
    actiedatum: date | None


def check_bewaren(bewaren: tuple[BewaarDeel, ...], resultaattypen: tuple[str, ...]) -> None:
    """Whether every result has exactly one line. Raises ValueError with a text for who wrote the definition."""
    namen = [deel.resultaat for deel in bewaren]
    if bewaren and "" not in namen:
        raise ValueError(
            "bewaren: zeg ook wat er gebeurt bij de andere resultaten (een regel zonder resultaat)"
        )
    if len(set(namen)) < len(namen):
        raise ValueError("bewaren: elk resultaat staat er één keer in")
    if onbekend := sorted({*namen} - {"", *resultaattypen}):
        raise ValueError(f"bewaren: dit resultaat bestaat niet: {', '.join(onbekend)}")


def determine_archief(bewaren: tuple[BewaarDeel, ...], *, resultaat: str, einddatum: date) -> Archief | None:
    """For a zaak that was closed on `einddatum` with this result; None when nobody said how long it is kept.

    A day past the year 9999 is never: then it is kept.
    """
    per_resultaat = {deel.resultaat: deel for deel in bewaren}
    deel = per_resultaat.get(resultaat) or per_resultaat.get("")
    if deel is None:
        return None
    try:
        brondatum = Duur.parse(deel.procestermijn).na(einddatum) if deel.procestermijn else einddatum
        actiedatum = Duur.parse(deel.bewaartermijn).na(brondatum) if deel.bewaartermijn else None
    except OverflowError:
        return Archief(Archiefnominatie.BLIJVEND_BEWAREN, None)
    return Archief(deel.archiefnominatie, actiedatum)
