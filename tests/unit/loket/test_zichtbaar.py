"""What is shown: one pass against the slow way, and what the page tells its script."""

import json
import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from eloket.loket.formulier.basis import VeldFout, VeldInvoer
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.doorloop import doorloop
from eloket.loket.formulier.getalvelden import parse_datum
from eloket.loket.formulier.samengesteld import GroepVeld, InhoudVeld
from eloket.loket.formulier.voorwaarden import Waarde
from eloket.loket.veldweergave import known_answers, make_vakken
from tests.formuliergevallen import Geval, make_gevallen


class _Antwoorden(Mapping[str, Waarde]):
    """The answers the slow way: each is worked out when it is asked for, from the form as its file says it."""

    def __init__(self, geval: Geval) -> None:
        self.geval = geval
        self.stappen: list[dict[str, Any]] = geval.ruw["stappen"]  # type: ignore[assignment]

    def __getitem__(self, naam: str) -> Waarde:
        if naam == "wie":
            return self.geval.omgeving.wie.value
        veld = self.geval.definitie.get_veld(naam)
        if veld is None or isinstance(veld, InhoudVeld) or not self.shows(naam):
            raise KeyError(naam)
        if isinstance(veld, GroepVeld):
            if not veld.aantal(self.geval.invoer):
                raise KeyError(naam)
            return ("een",)
        try:
            waarde = veld.lees(VeldInvoer(naam, self.geval.invoer), self.geval.omgeving, self)
        except VeldFout:
            raise KeyError(naam) from None
        if waarde is None:
            raise KeyError(naam)
        return waarde

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    def shows(self, naam: str) -> bool:
        ruw = next(een for stap in self.stappen for een in stap["velden"] if een["id"] == naam)
        return self.holds(ruw.get("als"))

    def holds(self, als: dict[str, Any] | None) -> bool:
        return all(self._part(naam, met) for naam, met in (als or {}).items())

    def _part(self, naam: str, met: Any) -> bool:
        if naam in {"en", "of"}:
            return (all if naam == "en" else any)([self.holds(deel) for deel in met])
        if naam == "niet":
            return not self.holds(met)
        waarde = self.get(naam)
        return all(
            _compare(hoe, waarde, grens)
            for hoe, grens in (met if isinstance(met, dict) else {"is": met}).items()
        )


_VERGELIJK: dict[str, Callable[[Any, Any], object]] = {
    "is": operator.eq,
    "is_niet": operator.ne,
    "een_van": lambda waarde, grens: waarde in grens,
    "bevat": operator.contains,
    "minstens": operator.ge,
    "hoogstens": operator.le,
    "meer_dan": operator.gt,
    "minder_dan": operator.lt,
}


def _compare(hoe: str, waarde: Any, grens: Any) -> bool:
    if hoe == "ingevuld":
        return (waarde is not None) is grens
    return waarde is not None and bool(_VERGELIJK[hoe](waarde, grens))


@pytest.mark.parametrize("zaad", range(4))
def test_one_pass_shows_what_the_slow_way_shows(zaad: int):
    for geval in make_gevallen(250, zaad):
        slow = _Antwoorden(geval)
        for stap in doorloop(geval.definitie, geval.invoer, geval.omgeving).stappen:
            for stand in stap.velden:
                assert stand.is_zichtbaar == slow.shows(stand.veld.id), (geval.ruw, geval.invoer)


def test_a_date_of_a_thousand_digits_is_no_date():
    """It once was an OverflowError, and so a page with an error of ours."""
    assert parse_datum("9" * 1000, "3", "2026") is None
    assert parse_datum("1", "9" * 25, "2026") is None


def _definitie(*velden: dict[str, object]) -> Definitie:
    eerste = {"id": "klaar", "titel": "Eerst", "velden": [{"id": "dag", "label": "Dag", "soort": "datum"}]}
    tweede = {"id": "nu", "titel": "Nu", "velden": list(velden)}
    return Definitie.model_validate({"titel": "T", "inloggen": ["digid"], "stappen": [eerste, tweede]})


_INVOER = {"dag-dag": ["2"], "dag-maand": ["3"], "dag-jaar": ["2026"]}


def test_the_script_gets_what_conditions_inside_a_group_ask_of_earlier_steps():
    binnen = [
        {"id": "soort", "label": "Soort", "soort": "ja_nee"},
        {
            "id": "uitleg",
            "label": "Uitleg",
            "soort": "tekst",
            "als": {"soort": "ja", "dag": {"minstens": date(2026, 1, 1)}},
        },
    ]
    definitie = _definitie({"id": "g", "label": "G", "soort": "groep", "een": "ding", "velden": binnen})
    omgeving = next(make_gevallen(1, 1)).omgeving
    loop = doorloop(definitie, _INVOER, omgeving)
    assert json.loads(known_answers(loop.stappen[1], loop.antwoorden)) == {"dag": "2026-03-02"}


def test_a_group_that_an_answer_on_the_page_brings_up_has_its_first_entry_already():
    definitie = _definitie(
        {"id": "kinderen", "label": "Kinderen?", "soort": "ja_nee"},
        {
            "id": "g",
            "label": "G",
            "soort": "groep",
            "een": "kind",
            "als": {"kinderen": "ja"},
            "velden": [{"id": "naam", "label": "Naam", "soort": "tekst"}],
        },
    )
    omgeving = next(make_gevallen(1, 1)).omgeving
    stap = doorloop(definitie, _INVOER, omgeving).stappen[1]
    groep = make_vakken(definitie, stap, _INVOER, omgeving, toon_fouten=True)[1]
    assert [vak.naam for vak in groep.rijen[0]] == ["g-0-naam"]
    assert not groep.rijen[0][0].fout
