"""The proof before publishing: every step, field and outcome can be reached, and no condition is idle.

For each condition it looks for answers to earlier fields that make it true, and for answers that make it false. Of a
number or a date only the values around those that conditions name make a difference, so there is little to try. Only
the fields on which the condition depends, and on which their own showing depends, are filled in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, combinations

from eloket.loket.formulier.definitie import Definitie, Stap
from eloket.loket.formulier.getalvelden import BedragVeld, DatumVeld, GetalVeld, solve_limit
from eloket.loket.formulier.keuzevelden import JA_NEE, JaNeeVeld, KeuzesVeld, KeuzeVeld
from eloket.loket.formulier.samengesteld import InhoudVeld, Veld
from eloket.loket.formulier.samenhang import Plek
from eloket.loket.formulier.voorwaarden import (
    WIE,
    En,
    Niet,
    Vergelijking,
    Voorwaarde,
    Waarde,
    comparisons,
    evaluate,
)

_MEESTE_POGINGEN = 200_000
_MEESTE_SAMEN = 500_000  # for the whole form: a file that somebody uploads must not keep a server busy
_MEESTE_KEUZES = 6  # options of one keuzes field that conditions name
TE_INGEWIKKELD = (
    "deze voorwaarde is te ingewikkeld om na te gaan; splits de stap of maak de voorwaarde eenvoudiger"
)


class _Uitgeput(Exception):
    """More was tried than is reasonable."""


def prove(definitie: Definitie, vandaag: date) -> Iterator[tuple[Plek, str]]:
    """Every part that nobody can reach and every condition that says nothing: where it stands, and the text."""
    zoeker = _Zoeker(definitie, vandaag)
    vorige: list[Voorwaarde] = []
    for plek, wat, voorwaarde, omringend in _targets(definitie):
        if voorwaarde is not None:
            yield from _try(zoeker, plek, wat, voorwaarde, omringend)
    for nummer, uitkomst in enumerate(definitie.uitkomsten):
        eigen: list[Voorwaarde] = [*(Niet(een) for een in vorige), *([uitkomst.als] if uitkomst.als else [])]
        try:
            if eigen and not zoeker.find(eigen):
                yield ("uitkomsten", nummer), "deze uitkomst komt nooit aan de beurt"
        except _Uitgeput:
            yield ("uitkomsten", nummer), TE_INGEWIKKELD
        if uitkomst.als:
            vorige.append(uitkomst.als)


def _try(
    zoeker: "_Zoeker", plek: Plek, wat: str, voorwaarde: Voorwaarde, omringend: list[Voorwaarde]
) -> Iterator[tuple[Plek, str]]:
    try:
        if not zoeker.find([*omringend, voorwaarde]):
            yield plek, f"{wat} is nooit te zien: deze voorwaarde kan niet waar zijn"
        elif not zoeker.find([*omringend, Niet(voorwaarde)]):
            yield plek, f"{wat} is altijd te zien: deze voorwaarde zegt niets en kan weg"
    except _Uitgeput:
        yield plek, TE_INGEWIKKELD


def _targets(definitie: Definitie) -> Iterator[tuple[Plek, str, Voorwaarde | None, list[Voorwaarde]]]:
    """(place, what it is about, its condition, the conditions of what it stands in)."""
    for nummer, stap in enumerate(definitie.stappen):
        yield ("stappen", nummer, "als"), f"de stap `{stap.id}`", stap.voorwaarde, []
        omringend = [stap.voorwaarde] if stap.voorwaarde else []
        for volgnummer, veld in enumerate(stap.velden):
            plek: Plek = ("stappen", nummer, "velden", volgnummer, "als")
            yield plek, f"het veld `{veld.id}`", veld.voorwaarde, omringend
    for nummer, ander in enumerate(definitie.zaak.anders if definitie.zaak else ()):
        yield ("zaak", "anders", nummer, "als"), f"het zaaktype {ander.zaaktype}", ander.als, []


@dataclass
class _Zoeker:
    """Looks for answers to the fields of one form."""

    definitie: Definitie
    vandaag: date
    _velden: list[tuple[Stap, Veld]] = field(init=False)
    _genoemd: dict[str, list[Vergelijking]] = field(init=False)
    _pogingen: int = 0
    _samen: int = 0

    def __post_init__(self) -> None:
        self._velden = list(self.definitie.velden())
        self._genoemd = {}
        voorwaarden = chain(
            (stap.voorwaarde for stap in self.definitie.stappen),
            (veld.voorwaarde for _, veld in self._velden),
            (een.als for een in self.definitie.uitkomsten),
            (een.als for een in (self.definitie.zaak.anders if self.definitie.zaak else ())),
        )
        for deel in chain.from_iterable(map(comparisons, voorwaarden)):
            self._genoemd.setdefault(deel.veld, []).append(deel)

    def find(self, doelen: list[Voorwaarde]) -> bool:
        """Whether there are answers that make all of these true. Raises _Uitgeput."""
        doel: Voorwaarde = doelen[0] if len(doelen) == 1 else En(tuple(doelen))
        nodig = self._depends_on(doel)
        velden = [(stap, veld) for stap, veld in self._velden if veld.id in nodig]
        self._pogingen = 0
        return any(self._fill(velden, 0, {WIE: wie.value}, doel) for wie in sorted(self.definitie.wie))

    def _depends_on(self, doel: Voorwaarde) -> set[str]:
        """The fields that it names, and those on which these depend in turn."""
        nodig: set[str] = set()
        te_doen = [deel.veld for deel in comparisons(doel)]
        per_id = {veld.id: (stap, veld) for stap, veld in self._velden}
        while te_doen:
            naam = te_doen.pop()
            if naam in nodig or naam not in per_id:
                continue
            nodig.add(naam)
            stap, veld = per_id[naam]
            te_doen += [deel.veld for deel in comparisons(stap.voorwaarde)]
            te_doen += [deel.veld for deel in comparisons(veld.voorwaarde)]
            if isinstance(veld, DatumVeld):
                te_doen += veld.verwijst_naar
        return nodig

    def _fill(
        self, velden: list[tuple[Stap, Veld]], plek: int, antwoorden: dict[str, Waarde], doel: Voorwaarde
    ) -> bool:
        self._pogingen += 1
        self._samen += 1
        if self._pogingen > _MEESTE_POGINGEN or self._samen > _MEESTE_SAMEN:
            raise _Uitgeput
        if plek == len(velden):
            return evaluate(doel, antwoorden)
        stap, veld = velden[plek]
        if not (evaluate(stap.voorwaarde, antwoorden) and evaluate(veld.voorwaarde, antwoorden)):
            return self._fill(velden, plek + 1, antwoorden, doel)
        for waarde in self._candidates(veld, antwoorden):
            verder = antwoorden if waarde is None else {**antwoorden, veld.id: waarde}
            if self._fill(velden, plek + 1, verder, doel):
                return True
        return False

    def _candidates(self, veld: Veld, antwoorden: Mapping[str, Waarde]) -> Iterator[Waarde | None]:
        """Answers that differ for some condition. A required field that is shown always has one."""
        if isinstance(veld, InhoudVeld):
            return
        if not veld.verplicht:
            yield None
        if isinstance(veld, KeuzeVeld):
            yield from veld.opties
        elif isinstance(veld, JaNeeVeld):
            yield from JA_NEE
        elif isinstance(veld, KeuzesVeld):
            yield from self._choices(veld)
        elif isinstance(veld, GetalVeld | BedragVeld):
            yield from self._numbers(veld)
        elif isinstance(veld, DatumVeld):
            yield from self._days(veld, antwoorden)
        else:
            yield "x"

    def _choices(self, veld: KeuzesVeld) -> Iterator[tuple[str, ...]]:
        genoemd = [
            een for een in veld.opties if any(deel.met == een for deel in self._genoemd.get(veld.id, ()))
        ]
        if len(genoemd) > _MEESTE_KEUZES:
            genoemd = genoemd[:_MEESTE_KEUZES]
        rest = [een for een in veld.opties if een not in genoemd]
        for aantal in range(len(genoemd) + 1):
            for keus in combinations(genoemd, aantal):
                erbij = rest[: max(0, veld.minstens - len(keus))]
                if veld.minstens <= len(keus) + len(erbij) <= veld.hoogstens:
                    yield (*keus, *erbij)

    def _numbers(self, veld: GetalVeld | BedragVeld) -> Iterator[Decimal]:
        stap = Decimal(1).scaleb(-(veld.decimalen if isinstance(veld, GetalVeld) else 2))
        genoemd = (
            Decimal(deel.met)
            for deel in self._genoemd.get(veld.id, ())
            if isinstance(deel.met, int | Decimal)
        )
        punten = {veld.min, veld.max, *(punt + d for punt in genoemd for d in (-stap, Decimal(0), stap))}
        yield from sorted(punt for punt in punten if veld.min <= punt <= veld.max)

    def _days(self, veld: DatumVeld, antwoorden: Mapping[str, Waarde]) -> Iterator[date]:
        vroegst, laatst = (solve_limit(een, self.vandaag, antwoorden) for een in (veld.min, veld.max))
        genoemd = [deel.met for deel in self._genoemd.get(veld.id, ()) if isinstance(deel.met, date)]
        dagen = {dag + timedelta(days=d) for dag in genoemd for d in (-1, 0, 1)}
        dagen |= {dag for dag in (vroegst, laatst) if dag is not None} or {self.vandaag}
        yield from sorted(
            dag for dag in dagen if (vroegst is None or dag >= vroegst) and (laatst is None or dag <= laatst)
        )
