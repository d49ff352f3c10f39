"""What the script of a step page is told, so that it reads an answer as we do (design_system/js/voorwaarden.js)."""

from collections.abc import Iterator
from datetime import date

from eloket.loket.formulier.basis import Omgeving
from eloket.loket.formulier.definitie import Stap
from eloket.loket.formulier.doorloop import VeldStand
from eloket.loket.formulier.getalvelden import BedragVeld, DatumVeld, GetalVeld, solve_limit
from eloket.loket.formulier.keuzevelden import KeuzesVeld, KeuzeVeld
from eloket.loket.formulier.samengesteld import BestandVeld, GroepVeld, Veld
from eloket.loket.formulier.tekstvelden import LangeTekstVeld, TekstVeld
from eloket.loket.formulier.voorwaarden import Waarde, comparisons


def names_asked(stap: Stap) -> frozenset[str]:
    """The fields that conditions on this page ask for, and those that the limits of their dates refer to."""
    velden = [*_with_entries(stap)]
    namen = {deel.veld for veld in velden for deel in comparisons(veld.voorwaarde)}
    for veld in velden:
        if isinstance(veld, DatumVeld) and veld.id in namen:
            namen.update(veld.verwijst_naar)
    return frozenset(namen)


def _with_entries(stap: Stap) -> Iterator[Veld]:
    for veld in stap.velden:
        yield veld
        if isinstance(veld, GroepVeld):
            yield from veld.velden


def reading_rules(stand: VeldStand, omgeving: Omgeving) -> dict[str, object]:
    """How the field is read, as values for JSON."""
    veld = stand.veld
    if stand.is_vast and stand.waarde is not None:
        return {"vast": plain(stand.waarde)}
    if isinstance(veld, KeuzeVeld):
        return {"opties": list(veld.opties)}
    if isinstance(veld, KeuzesVeld):
        return {"opties": list(veld.opties), "minstens": veld.minstens, "hoogstens": veld.hoogstens}
    if isinstance(veld, GetalVeld):
        return {
            "min": float(veld.min),
            "max": float(veld.max),
            "decimalen": veld.decimalen,
            "eenheid": veld.eenheid,
        }
    if isinstance(veld, BedragVeld):
        return {"min": float(veld.min), "max": float(veld.max)}
    if isinstance(veld, DatumVeld):
        grenzen = {"min": veld.min, "max": veld.max}
        return {wat: _limit(een, omgeving.vandaag) for wat, een in grenzen.items() if een is not None}
    if isinstance(veld, TekstVeld | LangeTekstVeld):
        return {"max": veld.max}
    if isinstance(veld, BestandVeld):
        return {"klaar": len(omgeving.bestanden.get(veld.id, ()))}
    return {}


def _limit(grens: str | date, vandaag: date) -> str | None:
    """A day, or `$start+1d` when another answer decides."""
    if isinstance(grens, str) and grens.startswith("$"):
        return grens
    dag = solve_limit(grens, vandaag, {})
    return dag.isoformat() if dag else None


def plain(waarde: Waarde) -> object:
    """An answer as JSON has it: a date as text, a number as a number."""
    if isinstance(waarde, tuple):
        return list(waarde)
    if isinstance(waarde, str):
        return waarde
    return waarde.isoformat() if hasattr(waarde, "isoformat") else float(waarde)
