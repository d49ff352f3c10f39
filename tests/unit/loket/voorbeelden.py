"""The sample answers that come with each form (loket/formulieren/voorbeelden): how they are written, and read.

An answer is text; a list of texts is several checkboxes; a mapping is the parts of a field (`{postcode: 1234AB,
huisnummer: "12"}`), or `{datum: vandaag+7d}` a day; a list of mappings is the entries of a group.
"""

from datetime import date
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict

from eloket.kernel.klok import schrijf_datum
from eloket.kernel.yamlbestand import parse_yaml
from eloket.loket.formulier.basis import Wie
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.getalvelden import solve_limit
from eloket.loket.formulier.lezen import parse_once, sha_of
from eloket.loket.versies import MEEGELEVERD


class _Deel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class VoorbeeldStap(_Deel):
    """What is typed in one step; `bestanden` says how many files go with each field."""

    stap: str
    invoer: dict[str, Any] = {}
    bestanden: dict[str, int] = {}


class Voorbeeld(_Deel):
    """One way through a form: its steps in the order in which they are shown, and what becomes of it. A check ends in
    `uitkomst` (its title), an application in a zaak."""

    naam: str
    wie: Wie
    stappen: tuple[VoorbeeldStap, ...]
    zaaktype: str = ""
    onderwerp: str = ""
    kenmerken: dict[str, Any] = {}
    documenten: int = 0
    uitkomst: str = ""
    formulier: str = ""


@cache
def definities() -> dict[str, Definitie]:
    """Every form that comes with the product, by name."""
    inhoud = {pad.stem: pad.read_bytes() for pad in sorted(MEEGELEVERD.glob("*.yaml"))}
    return {naam: parse_once(sha_of(een), een.decode()) for naam, een in inhoud.items()}


@cache
def voorbeelden() -> tuple[tuple[str, Voorbeeld], ...]:
    """(form, sample) of every sample."""
    return tuple(
        (pad.stem, een)
        for pad in sorted((MEEGELEVERD / "voorbeelden").glob("*.yaml"))
        for een in parse_yaml(pad.name, pad.read_bytes(), tuple[Voorbeeld, ...])
    )


def to_inputs(invoer: dict[str, Any], vandaag: date) -> dict[str, list[str]]:
    """The inputs as a browser sends them."""
    uit: dict[str, list[str]] = {}
    for naam, waarde in invoer.items():
        uit |= _inputs(naam, waarde, vandaag)
    return uit


def _inputs(naam: str, waarde: Any, vandaag: date) -> dict[str, list[str]]:
    if isinstance(waarde, list) and all(isinstance(een, dict) for een in waarde):
        uit = {f"{naam}-aantal": [str(len(waarde))]}
        for nummer, rij in enumerate(waarde):
            uit |= to_inputs({f"{naam}-{nummer}-{veld}": een for veld, een in rij.items()}, vandaag)
        return uit
    if isinstance(waarde, list):
        return {naam: [str(een) for een in waarde]}
    if not isinstance(waarde, dict):
        return {naam: [str(waarde)]}
    if "datum" in waarde:
        dag = day_of(waarde["datum"], vandaag)
        waarde = {"dag": dag.day, "maand": dag.month, "jaar": dag.year}
    return {f"{naam}-{sub}" if sub else naam: [str(een)] for sub, een in waarde.items()}


def day_of(tekst: str, vandaag: date) -> date:
    dag = solve_limit(tekst, vandaag, {})
    assert dag is not None
    return dag


def as_text(waarde: Any, vandaag: date) -> str:
    """An expected answer as it is shown."""
    return schrijf_datum(day_of(waarde["datum"], vandaag)) if isinstance(waarde, dict) else str(waarde)
