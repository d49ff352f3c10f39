"""Typed conditions: when a step or a field is shown. The same rules stand in design_system/js/voorwaarden.js;
tests/e2e/test_voorwaarden.py holds the two together with generated cases.

In a definition a condition is a mapping: `{soort: lamp}`, `{bezoekers: {minstens: 500}}`, `{delen: {bevat: tent}}`,
and `{en: [...]}`, `{of: [...]}`, `{niet: {...}}` around others. Two fields in one mapping must both hold.
A field without an answer (hidden, empty, or wrong) makes every comparison false, also `is_niet`; only
`{ingevuld: false}` is true of it.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

# What an answer is, once it is understood. Money is in euros; `ja_nee` is the text "ja" or "nee".
Waarde = str | int | Decimal | date | time | tuple[str, ...]
Antwoorden = Mapping[str, Waarde]


class Hoe(StrEnum):
    """How a field is compared; the value is the word in a definition."""

    IS = "is"
    IS_NIET = "is_niet"
    EEN_VAN = "een_van"
    BEVAT = "bevat"
    MINSTENS = "minstens"
    HOOGSTENS = "hoogstens"
    MEER_DAN = "meer_dan"
    MINDER_DAN = "minder_dan"
    INGEVULD = "ingevuld"


Grens = str | int | Decimal | date | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vergelijking:
    """One field against one value. `met` has the type that the field's answers have (a date as `date`)."""

    veld: str
    hoe: Hoe
    met: Grens


@dataclass(frozen=True, slots=True)
class En:
    delen: tuple["Voorwaarde", ...]


@dataclass(frozen=True, slots=True)
class Of:
    delen: tuple["Voorwaarde", ...]


@dataclass(frozen=True, slots=True)
class Niet:
    deel: "Voorwaarde"


Voorwaarde = Vergelijking | En | Of | Niet
SAMENSTELLERS = ("en", "of", "niet")
WIE = "wie"  # the one name in a condition that is no field: as who the form is filled in


def parse_voorwaarde(ruw: object) -> Voorwaarde:
    """The condition that a mapping of a definition says. Raises ValueError with a Dutch text.

    Values keep the type that YAML gave them; `definitie.check` holds them to the type of their field.
    """
    if isinstance(ruw, Vergelijking | En | Of | Niet):
        return ruw
    if not isinstance(ruw, dict) or not ruw:
        raise ValueError("een voorwaarde is een veld met een waarde, als {soort: lamp}")
    delen = tuple(_parse_part(naam, waarde) for naam, waarde in ruw.items())
    return delen[0] if len(delen) == 1 else En(delen)


def _parse_part(naam: object, waarde: object) -> Voorwaarde:
    if naam in {"en", "of"}:
        if not isinstance(waarde, list) or len(waarde) < 2:
            raise ValueError(f"bij `{naam}` hoort een lijst van twee of meer voorwaarden")
        delen = tuple(map(parse_voorwaarde, waarde))
        return En(delen) if naam == "en" else Of(delen)
    if naam == "niet":
        return Niet(parse_voorwaarde(waarde))
    if not isinstance(naam, str):
        raise ValueError("de naam van een veld is tekst")  # noqa: TRY004 - pydantic reads ValueError
    if not isinstance(waarde, dict):
        return Vergelijking(naam, Hoe.IS, _grens(waarde))
    delen = tuple(_parse_comparison(naam, hoe, met) for hoe, met in waarde.items())
    if not delen:
        raise ValueError(f"bij {naam} staat geen waarde")
    return delen[0] if len(delen) == 1 else En(delen)


def _parse_comparison(naam: str, hoe: object, met: object) -> Vergelijking:
    if hoe not in {een.value for een in Hoe}:
        raise ValueError(f"`{hoe}` kennen wij niet; kies uit: {', '.join(een.value for een in Hoe)}")
    soort = Hoe(str(hoe))
    grens = _grens(met)
    if soort is Hoe.INGEVULD and not isinstance(grens, bool):
        raise ValueError("bij `ingevuld` hoort true of false")
    if (soort is Hoe.EEN_VAN) != isinstance(grens, tuple):
        raise ValueError("bij `een_van` hoort een lijst, bij de andere woorden één waarde")
    return Vergelijking(naam, soort, grens)


def _grens(waarde: object) -> Grens:
    if isinstance(waarde, list):
        if not waarde or not all(isinstance(een, str) for een in waarde):
            raise ValueError("een lijst in een voorwaarde bestaat uit teksten")
        return tuple(waarde)
    if isinstance(waarde, float) and math.isfinite(waarde):
        return Decimal(str(waarde))
    if isinstance(waarde, bool | str | int | Decimal | date) and not isinstance(waarde, datetime):
        return waarde
    raise ValueError("een waarde in een voorwaarde is tekst, een getal of een datum")


def evaluate(voorwaarde: Voorwaarde | None, antwoorden: Antwoorden) -> bool:
    """Whether the condition holds for these answers; no condition always holds."""
    if voorwaarde is None:
        return True
    if isinstance(voorwaarde, En):
        return all(evaluate(deel, antwoorden) for deel in voorwaarde.delen)
    if isinstance(voorwaarde, Of):
        return any(evaluate(deel, antwoorden) for deel in voorwaarde.delen)
    if isinstance(voorwaarde, Niet):
        return not evaluate(voorwaarde.deel, antwoorden)
    return _compare(voorwaarde, antwoorden.get(voorwaarde.veld))


def _compare(deel: Vergelijking, waarde: Waarde | None) -> bool:
    if deel.hoe is Hoe.INGEVULD:
        return (waarde is not None) is deel.met
    if waarde is None:
        return False
    if deel.hoe is Hoe.EEN_VAN:
        return isinstance(deel.met, tuple) and waarde in deel.met
    if deel.hoe is Hoe.BEVAT:
        return isinstance(waarde, tuple) and deel.met in waarde
    if deel.hoe is Hoe.IS:
        return waarde == deel.met
    if deel.hoe is Hoe.IS_NIET:
        return waarde != deel.met
    return _order(deel.hoe, waarde, deel.met)


def _order(hoe: Hoe, waarde: Waarde, met: Grens) -> bool:
    links, rechts = _number(waarde), _number(met)
    if links is None or rechts is None:
        return False
    if hoe is Hoe.MINSTENS:
        return links >= rechts
    if hoe is Hoe.HOOGSTENS:
        return links <= rechts
    return links > rechts if hoe is Hoe.MEER_DAN else links < rechts


def _number(waarde: Waarde | Grens) -> Decimal | int | None:
    """What can be put in order: a number as it is, a date as its day number."""
    if isinstance(waarde, date):
        return waarde.toordinal()
    return waarde if isinstance(waarde, int | Decimal) and not isinstance(waarde, bool) else None


def comparisons(voorwaarde: Voorwaarde | None) -> Iterator[Vergelijking]:
    """Every comparison in it, in reading order."""
    if isinstance(voorwaarde, Vergelijking):
        yield voorwaarde
    elif isinstance(voorwaarde, Niet):
        yield from comparisons(voorwaarde.deel)
    elif voorwaarde is not None:
        for deel in voorwaarde.delen:
            yield from comparisons(deel)


def to_json(voorwaarde: Voorwaarde) -> list[object]:
    """For the script of a step page: `["is", "soort", "lamp"]`, `["en", [...], [...]]`, `["niet", [...]]`."""
    if isinstance(voorwaarde, En | Of):
        return ["en" if isinstance(voorwaarde, En) else "of", *map(to_json, voorwaarde.delen)]
    if isinstance(voorwaarde, Niet):
        return ["niet", to_json(voorwaarde.deel)]
    met: object = voorwaarde.met
    if isinstance(met, date):
        met = met.isoformat()
    elif isinstance(met, Decimal):
        met = float(met)  # at most twelve digits (velden.GetalVeld): exact enough to compare
    elif isinstance(met, tuple):
        met = list(met)
    return [voorwaarde.hoe.value, voorwaarde.veld, met]
