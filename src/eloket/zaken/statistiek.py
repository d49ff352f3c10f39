"""Counts of zaken for who divides the work: numbers only, never a name.

A source gives counts per day (`Tellingen`); the rest is arithmetic here, the same for every source.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from eloket.identity.types import Actor
from eloket.zaken.bronnen import alle
from eloket.zaken.werk import DICHTBIJ_DAGEN, OpenGroep, TelFilter, Tellingen, TermijnKleur

# Age classes of open zaken: up to and including so many weeks; the last one is everything older.
LEEFTIJDEN = (2, 4, 8, 13)


@dataclass(frozen=True, slots=True)
class WeekTelling:
    """A week, from its Monday: how many zaken came in and how many were closed."""

    maandag: date
    instroom: int
    uitstroom: int


@dataclass(frozen=True, slots=True)
class Stand:
    """Everything of the dashboard about zaken. `leeftijden` has a count per class of LEEFTIJDEN and one for older."""

    weken: tuple[WeekTelling, ...]
    termijnen: Mapping[TermijnKleur, int]
    stil: int
    leeftijden: tuple[int, ...]
    per_zaaktype: tuple[tuple[str, int], ...]
    per_afdeling: tuple[tuple[str, int], ...]

    @property
    def open(self) -> int:
        return sum(self.leeftijden)


def get_stand(actor: Actor, *, afdeling: str, zaaktype: str, weken: int, vandaag: date) -> Stand:
    """The counts of the actor's own afdelingen and zaaktypen, over the last `weken` weeks with this one.

    Empty `afdeling` or `zaaktype`: all that the actor may see; another one than theirs counts nothing.
    Raises BronOnbereikbaar.
    """
    maandag = monday(vandaag) - timedelta(weeks=weken - 1)
    afdelingen = actor.afdelingen & {afdeling} if afdeling else actor.afdelingen
    zaaktypen = actor.zaaktypen
    if zaaktype:
        zaaktypen = frozenset({zaaktype}) if not zaaktypen or zaaktype in zaaktypen else frozenset({""})
    filter = TelFilter(afdelingen=afdelingen, zaaktypen=zaaktypen, vanaf=maandag)
    return build_stand([bron.tel(filter) for bron in alle()], maandag, weken, vandaag)


def build_stand(delen: Iterable[Tellingen], maandag: date, weken: int, vandaag: date) -> Stand:
    """Add the sources together. Pure."""
    instroom: Counter[date] = Counter()
    uitstroom: Counter[date] = Counter()
    groepen: list[OpenGroep] = []
    for deel in delen:
        for per_dag, per_week in ((deel.instroom, instroom), (deel.uitstroom, uitstroom)):
            for dag, aantal in per_dag.items():
                per_week[monday(dag)] += aantal
        groepen += deel.open
    leeftijden = [0] * (len(LEEFTIJDEN) + 1)
    kleuren = dict.fromkeys(TermijnKleur, 0)
    stil = 0
    for groep in groepen:
        leeftijden[_klasse((vandaag - groep.startdatum).days)] += groep.aantal
        if groep.is_stil:
            stil += groep.aantal
        else:
            kleuren[colour_of((groep.uiterlijke_einddatum - vandaag).days)] += groep.aantal
    begin = [maandag + timedelta(weeks=nummer) for nummer in range(weken)]
    return Stand(
        weken=tuple(WeekTelling(dag, instroom[dag], uitstroom[dag]) for dag in begin),
        termijnen=kleuren,
        stil=stil,
        leeftijden=tuple(leeftijden),
        per_zaaktype=_most_first((groep.zaaktype, groep.aantal) for groep in groepen),
        per_afdeling=_most_first((groep.afdeling, groep.aantal) for groep in groepen),
    )


def monday(dag: date) -> date:
    """The Monday of the ISO week of this day."""
    return dag - timedelta(days=dag.weekday())


def colour_of(dagen_over: int) -> TermijnKleur:
    """The colour of a term with so many days left."""
    if dagen_over < 0:
        return TermijnKleur.ROOD
    return TermijnKleur.ORANJE if dagen_over <= DICHTBIJ_DAGEN else TermijnKleur.GROEN


def _klasse(dagen: int) -> int:
    return next((plek for plek, weken in enumerate(LEEFTIJDEN) if dagen <= weken * 7), len(LEEFTIJDEN))


def _most_first(paren: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    tel: Counter[str] = Counter()
    for naam, aantal in paren:
        tel[naam] += aantal
    return tuple(sorted(tel.items(), key=lambda paar: (-paar[1], paar[0])))
