"""Fields of more than one part: an address, a place, files, a group that repeats; and text in between."""

import re
from typing import Annotated, ClassVar, Literal, Self, get_args

from pydantic import Field, model_validator
from stdnum.exceptions import ValidationError
from stdnum.nl import postcode

from eloket.documenten.formaten import MAX_AANTAL
from eloket.loket.formulier.basis import (
    Alinea,
    AlsVoorwaarde,
    Deel,
    Invoer,
    Omgeving,
    VeldBasis,
    VeldFout,
    VeldInvoer,
)
from eloket.loket.formulier.getalvelden import BedragVeld, DatumVeld, GetalVeld
from eloket.loket.formulier.keuzevelden import JaNeeVeld, KeuzesVeld, KeuzeVeld
from eloket.loket.formulier.tekstvelden import (
    BsnVeld,
    EmailVeld,
    IbanVeld,
    KentekenVeld,
    LangeTekstVeld,
    TekstVeld,
    TelefoonVeld,
    TijdVeld,
)
from eloket.loket.formulier.voorwaarden import Antwoorden, Voorwaarde, Waarde

ADRES_ONBEKEND = (
    "Wij kennen dit adres niet. Controleer de postcode en het huisnummer. "
    "Klopt het adres? Vul dan ook de straat en de plaats in"
)


class AdresVeld(VeldBasis):
    """Postcode and house number; street and town are looked up when the step is kept (loket.adressen), and typed when
    the address is not known. `gevonden` and `onbekend` are ours: a post does not decide them.
    """

    soort: Literal["adres"]
    subs: ClassVar[tuple[str, ...]] = ("postcode", "huisnummer", "toevoeging", "straat", "woonplaats")

    def lees(self, invoer: VeldInvoer, omgeving: Omgeving, antwoorden: Antwoorden) -> Waarde | None:  # noqa: ARG002
        code, nummer, toevoeging = (invoer.kort(sub) for sub in ("postcode", "huisnummer", "toevoeging"))
        straat, plaats = invoer.kort("straat"), invoer.kort("woonplaats")
        if not any((code, nummer, toevoeging, straat, plaats)):
            return None
        code, nummer = parse_postcode(code), parse_huisnummer(nummer)
        if len(toevoeging) > 10:
            raise VeldFout("Een toevoeging heeft hoogstens 10 tekens", "toevoeging")
        if not straat or not plaats:
            raise VeldFout(ADRES_ONBEKEND, "straat" if not straat else "woonplaats")
        if len(straat) > 80 or len(plaats) > 80:
            raise VeldFout("Gebruik hoogstens 80 tekens", "straat" if len(straat) > 80 else "woonplaats")
        return f"{straat} {nummer}{' ' if toevoeging else ''}{toevoeging}, {code} {plaats}"

    def namen(self, naam: str) -> tuple[str, ...]:
        return tuple(f"{naam}-{sub}" for sub in self.subs)


def parse_postcode(tekst: str) -> str:
    """`1234 AB`. Raises VeldFout."""
    if not tekst:
        raise VeldFout("Vul ook de postcode in", "postcode")
    try:
        code: str = postcode.validate(tekst)
    except ValidationError as error:
        raise VeldFout("Vul een postcode in, bijvoorbeeld 1234 AB", "postcode") from error
    return code


def parse_huisnummer(tekst: str) -> str:
    """1 to 99999. Raises VeldFout."""
    if not tekst:
        raise VeldFout("Vul ook het huisnummer in", "huisnummer")
    if not re.fullmatch(r"[1-9][0-9]{0,4}", tekst):
        raise VeldFout(
            "Vul alleen het huisnummer in, met cijfers. Zet een letter bij Toevoeging", "huisnummer"
        )
    return tekst


class PlaatsVeld(VeldBasis):
    """A place, in words; on a map as well where there is one. `punt` is `lat,lon` in WGS 84."""

    soort: Literal["plaats"]
    max: Annotated[int, Field(ge=1, le=500, strict=True)] = 200
    subs: ClassVar[tuple[str, ...]] = ("punt",)

    def lees(self, invoer: VeldInvoer, omgeving: Omgeving, antwoorden: Antwoorden) -> Waarde | None:  # noqa: ARG002
        tekst, punt = " ".join(invoer.een().split()), parse_punt(invoer.een("punt"))
        if len(tekst) > self.max:
            raise VeldFout(f"Gebruik hoogstens {self.max} tekens. U heeft er nu {len(tekst)}")
        if not punt:
            return tekst or None
        return f"{tekst or 'Plaats op de kaart'} ({punt[0]:.5f}, {punt[1]:.5f})"


def parse_punt(tekst: str) -> tuple[float, float] | None:
    """Latitude and longitude, in or near the Netherlands (also the Caribbean part); None for anything else."""
    gevonden = re.fullmatch(r"(-?\d{1,2}\.\d{1,8}),\s?(-?\d{1,3}\.\d{1,8})", tekst, re.ASCII)
    if not gevonden:
        return None
    breedte, lengte = float(gevonden[1]), float(gevonden[2])
    in_europa = 50.5 <= breedte <= 54 and 3 <= lengte <= 7.5
    in_de_west = 11.5 <= breedte <= 18.5 and -70.5 <= lengte <= -62.5
    return (breedte, lengte) if in_europa or in_de_west else None


FormaatCode = Literal["pdf", "docx", "odt", "xlsx", "jpg", "png", "heic", "txt"]


class BestandVeld(VeldBasis):
    """Files; they pass the same intake as every document. `documenttype` is what they are called in the zaak."""

    soort: Literal["bestand"]
    formaten: Annotated[tuple[FormaatCode, ...], Field(min_length=1)] = get_args(FormaatCode)
    hoogstens: Annotated[int, Field(ge=1, le=MAX_AANTAL, strict=True)] = 5
    documenttype: Annotated[str, Field(max_length=80)] = ""

    def lees(self, invoer: VeldInvoer, omgeving: Omgeving, antwoorden: Antwoorden) -> Waarde | None:  # noqa: ARG002
        bestanden = omgeving.bestanden.get(self.id, ())
        if besmet := next((een.naam for een in bestanden if een.is_besmet), ""):
            raise VeldFout(f"In ‘{besmet}’ zit een virus. Verwijder dit bestand en kies een veilig bestand")
        if len(bestanden) > self.hoogstens:
            raise VeldFout(f"U kunt hier hoogstens {self.hoogstens} bestanden meesturen. Verwijder er een")
        return tuple(een.naam for een in bestanden) or None

    def toon(self, waarde: Waarde) -> str:
        return ", ".join(waarde) if isinstance(waarde, tuple) else str(waarde)

    @property
    def leeg_tekst(self) -> str:
        return self.leeg or f"Voeg een bestand toe: {self.label[:1].lower()}{self.label[1:]}"


class InhoudVeld(Deel):
    """Text between the fields. `stop`: who reads it cannot go on, and reads why and what they can do."""

    soort: Literal["inhoud"]
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    tekst: Annotated[tuple[Alinea, ...], Field(min_length=1)]
    toon: Literal["tekst", "info", "waarschuwing", "stop"] = "tekst"
    als: AlsVoorwaarde | None = None

    @property
    def voorwaarde(self) -> Voorwaarde | None:
        als: Voorwaarde | None = self.als
        return als


EnkelVeld = (
    TekstVeld
    | LangeTekstVeld
    | GetalVeld
    | BedragVeld
    | DatumVeld
    | TijdVeld
    | EmailVeld
    | TelefoonVeld
    | KeuzeVeld
    | KeuzesVeld
    | JaNeeVeld
    | BsnVeld
    | IbanVeld
    | KentekenVeld
    | AdresVeld
)


class GroepVeld(VeldBasis):
    """The same fields for more than one of something; `een` is what one of them is called, as `kind`."""

    soort: Literal["groep"]
    een: Annotated[str, Field(min_length=1, max_length=40)]
    velden: Annotated[
        tuple[Annotated[EnkelVeld, Field(discriminator="soort")], ...], Field(min_length=1, max_length=12)
    ]
    min: Annotated[int, Field(ge=0, le=20, strict=True)] = 1
    max: Annotated[int, Field(ge=1, le=20, strict=True)] = 10

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.min > self.max:
            raise ValueError("min is meer dan max")
        invoervelden = sum(len(veld.namen("x")) for veld in self.velden) * self.max
        if invoervelden > 120:
            raise ValueError("deze groep is te groot: verlaag max of vraag minder velden")
        return self

    def aantal(self, invoer: Invoer) -> int:
        """How many there are now: what the page said, within the limits."""
        getypt = (invoer.get(f"{self.id}-aantal") or ("",))[-1]
        aantal = int(getypt) if getypt.isascii() and getypt.isdigit() and len(getypt) < 4 else 0
        return max(self.minstens, min(aantal, self.max))

    @property
    def minstens(self) -> int:
        return self.min if self.verplicht else 0

    @property
    def leeg_tekst(self) -> str:
        return self.leeg or f"Voeg {self.een} toe"


Veld = EnkelVeld | PlaatsVeld | BestandVeld | GroepVeld | InhoudVeld
