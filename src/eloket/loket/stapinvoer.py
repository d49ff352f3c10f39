"""What a page of a step sent, and how it joins what was typed before: the same when a form is kept and when it is tried
out (voorbeeld.py). Keeps nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from eloket.documenten.types import Aangeboden
from eloket.loket import adressen
from eloket.loket.formulier.basis import Invoer
from eloket.loket.formulier.doorloop import StapStand, inputs_of
from eloket.loket.formulier.samengesteld import GroepVeld


@dataclass(frozen=True, slots=True)
class Knop:
    """What somebody pressed on the page of a step, from the value of the button. `plek` is a group or a file."""

    wat: str
    plek: str = ""
    nummer: int = 0

    @classmethod
    def parse(cls, tekst: str) -> "Knop":
        """Anything unknown is `verder`: what Enter does."""
        gevonden = re.fullmatch(r"(erbij|eraf|bestand-weg):([\w-]{1,60})(?::(\d{1,3}))?", tekst, re.ASCII)
        if gevonden:
            return cls(gevonden[1], gevonden[2], int(gevonden[3] or 0))
        return cls(tekst if tekst in {"bewaar", "upload"} else "verder")

    @property
    def is_klaar(self) -> bool:
        """Whether the person says that the step is done."""
        return self.wat == "verder"


@dataclass(frozen=True, slots=True)
class StapPost:
    """A step as its page sent it. `venster` is the page, `gezien` what it was made with (`digest`)."""

    stap_id: str
    invoer: Invoer
    knop: Knop
    venster: str
    gezien: str
    bestanden: Mapping[str, tuple[Aangeboden, ...]]


def read_typed(stap: StapStand, getypt: Invoer, eerder: Invoer, knop: Knop) -> dict[str, list[str]]:
    """The inputs of this step as the page sent them, after the button, with the addresses that are known. What is not
    of the step, or only for reading, is dropped; `eerder` is what was there before. Call it outside a transaction."""
    namen = inputs_of(stap, getypt)
    eigen = {naam: list(waarden) for naam, waarden in getypt.items() if naam in namen}
    return adressen.look_up(stap.stap, _press(stap, eigen | _list_found(eerder, namen), knop))


def put_in(stap: StapStand, eerder: Invoer, eigen: dict[str, list[str]]) -> dict[str, list[str]]:
    """All that was typed, with the inputs of this step as they are now."""
    return {naam: list(waarden) for naam, waarden in eerder.items() if not _is_of(stap, naam)} | eigen


def _is_of(stap: StapStand, naam: str) -> bool:
    """Whether this input belongs to a field of the step that is typed, whatever entry of a group."""
    eerste = naam.split("-", 1)[0]
    return any(eerste == stand.veld.id and not stand.is_vast for stand in stap.velden)


def _list_found(invoer: Invoer, namen: frozenset[str]) -> dict[str, list[str]]:
    """Which addresses of the step were looked up before: only we say so, not the post."""
    adres = {naam.removesuffix("-postcode") for naam in namen if naam.endswith("-postcode")}
    gevonden = {f"{naam}-{adressen.GEVONDEN}" for naam in adres}
    return {naam: list(invoer[naam]) for naam in gevonden & invoer.keys()}


def _press(stap: StapStand, invoer: dict[str, list[str]], knop: Knop) -> dict[str, list[str]]:
    """Add an entry to a group, or take one away: those after it move up."""
    groep = next(
        (s.veld for s in stap.velden if s.veld.id == knop.plek and isinstance(s.veld, GroepVeld)), None
    )
    if groep is None or knop.wat not in {"erbij", "eraf"}:
        return invoer
    aantal = groep.aantal(invoer)
    if knop.wat == "erbij":
        return invoer | {f"{groep.id}-aantal": [str(min(aantal + 1, groep.max))]}
    uit: dict[str, list[str]] = {}
    for naam, waarden in invoer.items():
        gevonden = re.fullmatch(rf"{re.escape(groep.id)}-(\d+)-(.+)", naam, re.ASCII)
        nummer = int(gevonden[1]) if gevonden else -1
        if gevonden and nummer == knop.nummer:
            continue
        uit[f"{groep.id}-{nummer - 1}-{gevonden[2]}" if gevonden and nummer > knop.nummer else naam] = waarden
    return uit | {f"{groep.id}-aantal": [str(max(aantal - 1, 0))]}
