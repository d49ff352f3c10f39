"""The proof before publishing: every step, field and outcome can be reached, and no condition is idle.

For each condition it looks for answers to earlier fields that make it true, and for answers that make it false. Of a
number or a date only the values around those that conditions name make a difference, so there is little to try. Only
the fields on which the condition depends, and on which their own showing depends, are filled in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, combinations

from eloket.loket.formulier.definitie import Definitie, Stap
from eloket.loket.formulier.getalvelden import BedragVeld, DatumVeld, GetalVeld, solve_limit
from eloket.loket.formulier.keuzevelden import JA_NEE, JaNeeVeld, KeuzesVeld, KeuzeVeld
from eloket.loket.formulier.samengesteld import GroepVeld, InhoudVeld, Veld
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
    for doel in _targets(definitie):
        yield from _try(zoeker, doel)
    stops, vorige = _stops(definitie.stappen), list[Voorwaarde]()
    for nummer, uitkomst in enumerate(definitie.uitkomsten):
        eigen: list[Voorwaarde] = [*(Niet(een) for een in vorige), *([uitkomst.als] if uitkomst.als else [])]
        try:
            if eigen and not zoeker.find(eigen, stops):
                yield ("uitkomsten", nummer), "deze uitkomst komt nooit aan de beurt"
        except _Uitgeput:
            yield ("uitkomsten", nummer), TE_INGEWIKKELD
        if uitkomst.als:
            vorige.append(uitkomst.als)


@dataclass(frozen=True, slots=True)
class _Doel:
    """A condition to prove: of what, inside which others, and after which texts that say that somebody cannot go on."""

    plek: Plek
    wat: str
    voorwaarde: Voorwaarde
    omringend: tuple[Voorwaarde, ...]
    stops: tuple[Voorwaarde, ...]


def _try(zoeker: "_Zoeker", doel: _Doel) -> Iterator[tuple[Plek, str]]:
    try:
        if not zoeker.find([*doel.omringend, doel.voorwaarde], doel.stops):
            yield doel.plek, f"{doel.wat} is nooit te zien: deze voorwaarde kan niet waar zijn"
        elif not zoeker.find([*doel.omringend, Niet(doel.voorwaarde)], doel.stops):
            yield doel.plek, f"{doel.wat} is altijd te zien: deze voorwaarde zegt niets en kan weg"
    except _Uitgeput:
        yield doel.plek, TE_INGEWIKKELD


def _targets(definitie: Definitie) -> Iterator[_Doel]:
    for nummer, stap in enumerate(definitie.stappen):
        hier: Plek = ("stappen", nummer)
        stops = _stops(definitie.stappen[:nummer])
        if stap.voorwaarde is not None:
            yield _Doel((*hier, "als"), f"de stap `{stap.id}`", stap.voorwaarde, (), stops)
        yield from _in_velden(hier, stap.velden, _given(stap), stops)
    for nummer, ander in enumerate(definitie.zaak.anders if definitie.zaak else ()):
        plek: Plek = ("zaak", "anders", nummer, "als")
        yield _Doel(plek, f"het zaaktype {ander.zaaktype}", ander.als, (), _stops(definitie.stappen))


def _in_velden(
    hier: Plek, velden: Sequence[Veld], omringend: tuple[Voorwaarde, ...], stops: tuple[Voorwaarde, ...]
) -> Iterator[_Doel]:
    for nummer, veld in enumerate(velden):
        plek: Plek = (*hier, "velden", nummer)
        if veld.voorwaarde is not None:
            yield _Doel((*plek, "als"), f"het veld `{veld.id}`", veld.voorwaarde, omringend, stops)
        if isinstance(veld, GroepVeld):
            yield from _in_velden(plek, veld.velden, (*omringend, *_given(veld)), stops)


def _given(deel: Stap | Veld) -> tuple[Voorwaarde, ...]:
    return () if deel.voorwaarde is None else (deel.voorwaarde,)


def _stops(stappen: Sequence[Stap]) -> tuple[Voorwaarde, ...]:
    """When somebody does not come past these steps."""
    return tuple(
        En((*_given(stap), *_given(veld)))
        for stap in stappen
        for veld in stap.velden
        if isinstance(veld, InhoudVeld) and veld.toon == "stop"
    )


def _fields(definitie: Definitie) -> Iterator[tuple[tuple[Voorwaarde, ...], Veld]]:
    """Every field with the conditions of what it stands in; of a group, one entry."""
    for stap, veld in definitie.velden():
        yield _given(stap), veld
        if isinstance(veld, GroepVeld):
            for een in veld.velden:
                yield (*_given(stap), *_given(veld)), een


@dataclass
class _Zoeker:
    """Looks for answers to the fields of one form."""

    definitie: Definitie
    vandaag: date
    _velden: list[tuple[tuple[Voorwaarde, ...], Veld]] = field(init=False)
    _genoemd: dict[str, list[Vergelijking]] = field(init=False)
    _pogingen: int = 0
    _samen: int = 0

    def __post_init__(self) -> None:
        self._velden = list(_fields(self.definitie))
        self._genoemd = {}
        voorwaarden = chain(
            (stap.voorwaarde for stap in self.definitie.stappen),
            (veld.voorwaarde for _, veld in self._velden),
            (een.als for een in self.definitie.uitkomsten),
            (een.als for een in (self.definitie.zaak.anders if self.definitie.zaak else ())),
        )
        for deel in chain.from_iterable(map(comparisons, voorwaarden)):
            self._genoemd.setdefault(deel.veld, []).append(deel)

    def find(self, doelen: Sequence[Voorwaarde], stops: Sequence[Voorwaarde]) -> bool:
        """Whether there are answers that make all of `doelen` true, and none of `stops`. Raises _Uitgeput.

        A stop that has nothing to do with the goals is left out: then somebody can always come past it.
        """
        nodig = self._depends_on(En(tuple(doelen)))
        eigen = (een for een in stops if {deel.veld for deel in comparisons(een)} <= nodig | {WIE})
        doel = En((*doelen, *map(Niet, eigen)))
        velden = [(omringend, veld) for omringend, veld in self._velden if veld.id in nodig]
        self._pogingen = 0
        return any(self._fill(velden, 0, {WIE: wie.value}, doel) for wie in sorted(self.definitie.wie))

    def _depends_on(self, doel: Voorwaarde) -> set[str]:
        """The fields that it names, and those on which these depend in turn."""
        nodig: set[str] = set()
        te_doen = [deel.veld for deel in comparisons(doel)]
        per_id = {veld.id: (omringend, veld) for omringend, veld in self._velden}
        while te_doen:
            naam = te_doen.pop()
            if naam in nodig or naam not in per_id:
                continue
            nodig.add(naam)
            omringend, veld = per_id[naam]
            te_doen += [deel.veld for een in (*omringend, *_given(veld)) for deel in comparisons(een)]
            if isinstance(veld, DatumVeld):
                te_doen += veld.verwijst_naar
        return nodig

    def _fill(
        self,
        velden: list[tuple[tuple[Voorwaarde, ...], Veld]],
        plek: int,
        antwoorden: dict[str, Waarde],
        doel: Voorwaarde,
    ) -> bool:
        self._pogingen += 1
        self._samen += 1
        if self._pogingen > _MEESTE_POGINGEN or self._samen > _MEESTE_SAMEN:
            raise _Uitgeput
        if plek == len(velden):
            return evaluate(doel, antwoorden)
        omringend, veld = velden[plek]
        if not all(evaluate(een, antwoorden) for een in (*omringend, *_given(veld))):
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
