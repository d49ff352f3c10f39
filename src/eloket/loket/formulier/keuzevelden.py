"""Fields with a list to choose from."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from eloket.loket.formulier.basis import Omgeving, VeldBasis, VeldFout, VeldInvoer
from eloket.loket.formulier.voorwaarden import Antwoorden, Waarde

Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]{0,39}$")]
Opties = Annotated[
    dict[Code, Annotated[str, Field(min_length=1, max_length=200)]], Field(min_length=2, max_length=40)
]

_NIET_IN_LIJST = "Kies een van de antwoorden uit de lijst"


class KeuzeVeld(VeldBasis):
    """One of the options, by its code."""

    soort: Literal["keuze"]
    opties: Opties

    def lees(self, invoer: VeldInvoer, omgeving: Omgeving, antwoorden: Antwoorden) -> Waarde | None:  # noqa: ARG002
        keuze = invoer.een()
        if not keuze:
            return None
        if keuze not in self.opties:
            raise VeldFout(_NIET_IN_LIJST)
        return keuze

    def toon(self, waarde: Waarde) -> str:
        return self.opties.get(str(waarde), str(waarde))

    @property
    def leeg_tekst(self) -> str:
        return self.leeg or f"Kies een antwoord: {self.label[:1].lower()}{self.label[1:]}"


class KeuzesVeld(VeldBasis):
    """Any number of the options, in the order of the definition."""

    soort: Literal["keuzes"]
    opties: Opties
    minstens: Annotated[int, Field(ge=1, le=40, strict=True)] = 1
    hoogstens: Annotated[int, Field(ge=1, le=40, strict=True)] = 40

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.minstens > min(self.hoogstens, len(self.opties)):
            raise ValueError("minstens is meer dan er gekozen kan worden")
        return self

    def lees(self, invoer: VeldInvoer, omgeving: Omgeving, antwoorden: Antwoorden) -> Waarde | None:  # noqa: ARG002
        gekozen = tuple(een for een in invoer.alle() if een)
        if not gekozen:
            return None
        if any(een not in self.opties for een in gekozen):
            raise VeldFout(_NIET_IN_LIJST)
        if len(gekozen) < self.minstens:
            raise VeldFout(f"Kies er minstens {self.minstens}")
        if len(gekozen) > self.hoogstens:
            raise VeldFout(f"Kies er hoogstens {self.hoogstens}")
        return tuple(een for een in self.opties if een in gekozen)

    def toon(self, waarde: Waarde) -> str:
        codes = waarde if isinstance(waarde, tuple) else (str(waarde),)
        return ", ".join(self.opties.get(een, een) for een in codes)

    @property
    def leeg_tekst(self) -> str:
        return self.leeg or f"Kies wat voor u geldt: {self.label[:1].lower()}{self.label[1:]}"


class JaNeeVeld(VeldBasis):
    soort: Literal["ja_nee"]

    def lees(self, invoer: VeldInvoer, omgeving: Omgeving, antwoorden: Antwoorden) -> Waarde | None:  # noqa: ARG002
        keuze = invoer.een()
        if keuze and keuze not in JA_NEE:
            raise VeldFout("Kies ja of nee")
        return keuze or None

    def toon(self, waarde: Waarde) -> str:
        return JA_NEE.get(str(waarde), str(waarde))

    @property
    def leeg_tekst(self) -> str:
        return self.leeg or f"Kies ja of nee: {self.label[:1].lower()}{self.label[1:]}"


JA_NEE = {"ja": "Ja", "nee": "Nee"}
