"""The map of a form: its steps in order, when each is shown, and how it ends. Pure: no I/O."""

from dataclasses import dataclass

from eloket.loket.formulier.definitie import Definitie, Stap
from eloket.loket.formulier.samengesteld import GroepVeld, InhoudVeld, Veld
from eloket.loket.formulier.woorden import describe

_SOORT = {
    "tekst": "tekst", "lange_tekst": "lange tekst", "getal": "getal", "bedrag": "bedrag", "datum": "datum",
    "tijd": "tijd", "email": "e-mailadres", "telefoon": "telefoonnummer", "keuze": "één antwoord kiezen",
    "keuzes": "antwoorden kiezen", "ja_nee": "ja of nee", "bsn": "burgerservicenummer", "iban": "rekeningnummer",
    "kenteken": "kenteken", "adres": "adres", "plaats": "plaats", "bestand": "bestand", "groep": "groep",
}  # fmt: skip
_TOON = {"tekst": "Tekst", "info": "Uitleg", "waarschuwing": "Waarschuwing", "stop": "Stop"}


@dataclass(frozen=True, slots=True)
class StroomVeld:
    """A question, or a text. `is_stop`: who reads it cannot go on."""

    label: str
    soort: str
    alleen_als: str
    is_stop: bool = False
    velden: tuple["StroomVeld", ...] = ()


@dataclass(frozen=True, slots=True)
class StroomStap:
    nummer: int
    titel: str
    alleen_als: str
    velden: tuple[StroomVeld, ...]


@dataclass(frozen=True, slots=True)
class StroomEinde:
    """One of the ways in which it ends: a zaak, or what a check says."""

    titel: str
    tekst: str
    alleen_als: str


@dataclass(frozen=True, slots=True)
class Stroom:
    begin: str
    stappen: tuple[StroomStap, ...]
    einde: str
    eindes: tuple[StroomEinde, ...]


_MIDDEL = {"digid": "met DigiD", "eherkenning": "met eHerkenning", "anoniem": "zonder inloggen"}


def make_stroom(definitie: Definitie) -> Stroom:
    return Stroom(
        begin=f"De bezoeker begint {_or([_MIDDEL[een] for een in definitie.inloggen])}.",
        stappen=tuple(_stap(n, stap, definitie) for n, stap in enumerate(definitie.stappen, start=1)),
        einde="De bezoeker leest de uitkomst"
        if definitie.is_check
        else "De bezoeker controleert en verstuurt",
        eindes=_outcomes(definitie) if definitie.is_check else _zaken(definitie),
    )


def _or(woorden: list[str]) -> str:
    return woorden[0] if len(woorden) == 1 else f"{', '.join(woorden[:-1])} of {woorden[-1]}"


def _stap(nummer: int, stap: Stap, definitie: Definitie) -> StroomStap:
    als = describe(stap.voorwaarde, definitie) if stap.voorwaarde else ""
    return StroomStap(nummer, stap.titel, als, tuple(_veld(veld, definitie) for veld in stap.velden))


def _veld(veld: Veld, definitie: Definitie) -> StroomVeld:
    als = describe(veld.voorwaarde, definitie) if veld.voorwaarde else ""
    if isinstance(veld, InhoudVeld):
        return StroomVeld(" ".join(veld.tekst), _TOON[veld.toon], als, is_stop=veld.toon == "stop")
    soort = _SOORT[veld.soort] + ("" if veld.verplicht else ", niet verplicht")
    binnen = tuple(_veld(een, definitie) for een in veld.velden) if isinstance(veld, GroepVeld) else ()
    return StroomVeld(veld.label, soort, als, velden=binnen)


def _outcomes(definitie: Definitie) -> tuple[StroomEinde, ...]:
    return tuple(
        StroomEinde(
            een.titel,
            f"Daarna kan de bezoeker beginnen met {een.formulier}." if een.formulier else "",
            describe(een.als, definitie) if een.als else "",
        )
        for een in definitie.uitkomsten
    )


def _zaken(definitie: Definitie) -> tuple[StroomEinde, ...]:
    """What the zaak becomes; the first condition that holds decides."""
    zaak = definitie.zaak
    assert zaak is not None  # samenhang.check saw to that
    anders = tuple(
        StroomEinde(f"Zaak: {een.zaaktype}", "", describe(een.als, definitie)) for een in zaak.anders
    )
    return (*anders, StroomEinde(f"Zaak: {zaak.zaaktype}", f"Onderwerp: {zaak.onderwerp}", ""))
