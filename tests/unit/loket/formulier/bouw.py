"""Small forms and fields for tests of the engine."""

from datetime import date
from typing import Any

from pydantic import TypeAdapter

from eloket.loket.formulier.basis import Bestand, Invoer, Omgeving, VeldBasis, VeldInvoer, Wie
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.samengesteld import EnkelVeld
from eloket.loket.formulier.voorwaarden import Antwoorden, Waarde

VANDAAG = date(2026, 11, 28)
OMGEVING = Omgeving(Wie.INWONER, VANDAAG)
_VELD: TypeAdapter[VeldBasis] = TypeAdapter(EnkelVeld)


def veld(soort: str, **zegt: Any) -> VeldBasis:
    return _VELD.validate_python({"id": "v", "soort": soort, "label": "Vraag"} | zegt)


def lees(
    een: VeldBasis, invoer: str | Invoer, antwoorden: Antwoorden | None = None, omgeving: Omgeving = OMGEVING
) -> Waarde | None:
    alles = {"v": (invoer,)} if isinstance(invoer, str) else invoer
    return een.lees(VeldInvoer("v", alles), omgeving, antwoorden or {})


def form(*stappen: list[dict[str, Any]] | dict[str, Any], **zegt: Any) -> Definitie:
    """A form with these steps: a list of fields, or a mapping with `velden` and more."""
    delen = [een if isinstance(een, dict) else {"velden": een} for een in stappen]
    ruw = {
        "titel": "Formulier",
        "inloggen": ["digid", "eherkenning", "anoniem"],
        "zaak": {"zaaktype": "MOR", "onderwerp": "Melding"},
        "stappen": [{"id": f"s{n}", "titel": f"Stap {n}"} | een for n, een in enumerate(delen)],
    } | zegt
    return Definitie.model_validate(ruw)


def check_form(*stappen: list[dict[str, Any]], uitkomsten: list[dict[str, Any]]) -> Definitie:
    return form(*stappen, soort="check", zaak=None, uitkomsten=uitkomsten)


def tekst(id: str, **zegt: Any) -> dict[str, Any]:
    return {"id": id, "soort": "tekst", "label": id.capitalize()} | zegt


def ja_nee(id: str, **zegt: Any) -> dict[str, Any]:
    return {"id": id, "soort": "ja_nee", "label": id.capitalize()} | zegt


def getal(id: str, **zegt: Any) -> dict[str, Any]:
    return {"id": id, "soort": "getal", "label": id.capitalize()} | zegt


def keuze(id: str, *codes: str, **zegt: Any) -> dict[str, Any]:
    return {
        "id": id,
        "soort": "keuze",
        "label": id.capitalize(),
        "opties": {c: c.upper() for c in codes},
    } | zegt


def keuzes(id: str, *codes: str, **zegt: Any) -> dict[str, Any]:
    return keuze(id, *codes, soort="keuzes", **zegt)


def bestanden(**aantallen: int) -> dict[str, tuple[Bestand, ...]]:
    return {naam: tuple(Bestand(str(n), f"{n}.pdf", 1) for n in range(a)) for naam, a in aantallen.items()}
