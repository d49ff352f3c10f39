"""Numbers, money and dates: what can be more or less than something."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, PlainValidator

from eloket.kernel.klok import MAANDEN, schrijf_datum
from eloket.loket.formulier.basis import Omgeving, VeldBasis, VeldFout, VeldInvoer
from eloket.loket.formulier.voorwaarden import Antwoorden, Waarde
from eloket.loket.geld import MEESTE_CIJFERS, parse_bedrag, parse_getal, schrijf_euro, schrijf_getal


def _decimal(ruw: object) -> Decimal:
    if isinstance(ruw, bool) or not isinstance(ruw, int | float | Decimal):
        raise ValueError("moet een getal zijn")  # noqa: TRY004 - pydantic reads ValueError
    getal = Decimal(str(ruw))
    if not getal.is_finite() or abs(getal) >= Decimal(10) ** MEESTE_CIJFERS:
        raise ValueError(f"gebruik hoogstens {MEESTE_CIJFERS} cijfers")
    return getal


Getal = Annotated[Decimal, PlainValidator(_decimal)]


class GetalVeld(VeldBasis):
    """A number of at most twelve digits; `decimalen` behind the comma."""

    soort: Literal["getal"]
    min: Getal = Decimal(0)
    max: Getal = Decimal(999_999_999)
    decimalen: Annotated[int, Field(ge=0, le=3, strict=True)] = 0
    eenheid: Annotated[str, Field(max_length=20)] = ""

    def lees(self, invoer: VeldInvoer, omgeving: Omgeving, antwoorden: Antwoorden) -> Waarde | None:  # noqa: ARG002
        if not (tekst := invoer.kort()):
            return None
        getal = parse_getal(tekst.removesuffix(self.eenheid) if self.eenheid else tekst)
        if getal is None:
            raise VeldFout("Vul een getal in, met alleen cijfers")
        if getal != round(getal, self.decimalen):
            if not self.decimalen:
                raise VeldFout("Vul een heel getal in, zonder komma")
            cijfers = "1 cijfer" if self.decimalen == 1 else f"{self.decimalen} cijfers"
            raise VeldFout(f"Gebruik hoogstens {cijfers} achter de komma")
        if getal < self.min:
            raise VeldFout(f"Vul {schrijf_getal(self.min)} in, of meer")
        if getal > self.max:
            raise VeldFout(f"Vul {schrijf_getal(self.max)} in, of minder")
        return getal

    def toon(self, waarde: Waarde) -> str:
        tekst = schrijf_getal(waarde) if isinstance(waarde, int | Decimal) else str(waarde)
        if isinstance(waarde, int | Decimal) and -10_000 < waarde < 10_000:
            tekst = tekst.replace(".", "")  # a year has no point; from five digits there is one
        return f"{tekst} {self.eenheid}".strip()


class BedragVeld(VeldBasis):
    """An amount in euros, exact to the cent; so are `min`, `max`, and what a condition compares it with."""

    soort: Literal["bedrag"]
    min: Getal = Decimal(0)
    max: Getal = Decimal(9_999_999)

    def lees(self, invoer: VeldInvoer, omgeving: Omgeving, antwoorden: Antwoorden) -> Waarde | None:  # noqa: ARG002
        if not (tekst := invoer.kort()):
            return None
        cent = parse_bedrag(tekst)
        if cent is None:
            raise VeldFout("Vul een bedrag in, bijvoorbeeld 1250,50")
        if cent < self.min * 100:
            raise VeldFout(f"Vul {schrijf_euro(int(self.min * 100))} in, of meer")
        if cent > self.max * 100:
            raise VeldFout(f"Vul {schrijf_euro(int(self.max * 100))} in, of minder")
        return Decimal(cent) / 100

    def toon(self, waarde: Waarde) -> str:
        return schrijf_euro(int(waarde * 100)) if isinstance(waarde, Decimal) else str(waarde)


# `vandaag`, `vandaag+14d`, `vandaag-18j`, `$start`, `$start+1d`, or a date.
_GRENS = re.compile(r"(vandaag|\$[a-z][a-z0-9_]{0,39})(?:([+-]\d{1,5})([dj]))?")


def _datumgrens(ruw: object) -> str | date:
    if isinstance(ruw, date) and not isinstance(ruw, datetime):
        return ruw
    if isinstance(ruw, str) and _GRENS.fullmatch(ruw):
        return ruw
    raise ValueError("moet een datum zijn, of `vandaag`, `vandaag+14d`, `vandaag-18j`, `$veld` of `$veld+1d`")


DatumGrens = Annotated[Any, PlainValidator(_datumgrens)]


class DatumVeld(VeldBasis):
    """Three inputs, day, month and year: the same on every phone, and nothing typed gets lost."""

    soort: Literal["datum"]
    min: DatumGrens | None = None
    max: DatumGrens | None = None
    autocomplete: Literal["", "bday"] = ""

    subs: ClassVar[tuple[str, ...]] = ("dag", "maand", "jaar")

    def lees(self, invoer: VeldInvoer, omgeving: Omgeving, antwoorden: Antwoorden) -> Waarde | None:
        delen = {sub: invoer.kort(sub) for sub in self.subs}
        if not any(delen.values()):
            return None
        for sub, deel in delen.items():
            if not deel:
                raise VeldFout(f"Vul ook de {sub} in" if sub != "jaar" else "Vul ook het jaar in", sub)
        dag = parse_datum(delen["dag"], delen["maand"], delen["jaar"])
        if dag is None:
            raise VeldFout("Vul een datum in die bestaat, bijvoorbeeld 27 3 2026", "dag")
        vroegst, laatst = (solve_limit(een, omgeving.vandaag, antwoorden) for een in (self.min, self.max))
        if vroegst is not None and dag < vroegst:
            raise VeldFout(f"Kies {schrijf_datum(vroegst)} of een latere dag", "dag")
        if laatst is not None and dag > laatst:
            raise VeldFout(f"Kies {schrijf_datum(laatst)} of een eerdere dag", "dag")
        return dag

    def toon(self, waarde: Waarde) -> str:
        return schrijf_datum(waarde) if isinstance(waarde, date) else str(waarde)

    @property
    def verwijst_naar(self) -> tuple[str, ...]:
        """The fields that its limits refer to."""
        grenzen = (een for een in (self.min, self.max) if isinstance(een, str) and een.startswith("$"))
        return tuple(re.split(r"[+-]", een[1:])[0] for een in grenzen)

    def namen(self, naam: str) -> tuple[str, ...]:
        return tuple(f"{naam}-{sub}" for sub in self.subs)


def parse_datum(dag: str, maand: str, jaar: str) -> date | None:
    """A month may be written out, or as its first three letters. None when there is no such day."""
    naam = maand.lower().rstrip(".")
    nummer = next((n for n, een in enumerate(MAANDEN, 1) if naam in {een, een[:3]}), None) or (
        naam == "mrt" and 3
    )
    if nummer:
        maand = str(nummer)
    if not all(een.isascii() and een.isdigit() for een in (dag, maand, jaar)) or len(jaar) != 4:
        return None
    try:
        return date(int(jaar), int(maand), int(dag))
    except (ValueError, OverflowError):
        return None


def solve_limit(grens: str | date | None, vandaag: date, antwoorden: Antwoorden) -> date | None:
    """The day that a limit is; None without one, or when the field it refers to has no answer."""
    if grens is None or isinstance(grens, date):
        return grens
    gevonden = _GRENS.fullmatch(grens)
    assert gevonden is not None  # the definition was checked
    begin = vandaag if gevonden[1] == "vandaag" else antwoorden.get(gevonden[1][1:])
    if not isinstance(begin, date):
        return None
    if not gevonden[2]:
        return begin
    aantal = int(gevonden[2])
    try:
        return begin + timedelta(days=aantal) if gevonden[3] == "d" else _add_years(begin, aantal)
    except (ValueError, OverflowError):
        return None


def _add_years(dag: date, jaren: int) -> date:
    """29 February becomes 28 February in a year without one (Algemene termijnenwet has no rule; this is the usual)."""
    try:
        return dag.replace(year=dag.year + jaren)
    except ValueError:
        return dag.replace(year=dag.year + jaren, day=28)
