"""docs/formulieren.md stays true: its examples are forms, and it names every key and kind there is."""

import re
from pathlib import Path
from typing import get_args

from eloket.loket.formulier.basis import Vooraf
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.lezen import read_definitie
from eloket.loket.formulier.samengesteld import Veld
from eloket.loket.formulier.voorwaarden import Hoe
from tests.unit.loket.formulier.bouw import VANDAAG

HANDLEIDING = (Path(__file__).resolve().parents[4] / "docs" / "formulieren.md").read_text(encoding="utf-8")


def test_the_examples_are_forms_that_are_right_and_proven():
    voorbeelden = re.findall(r"```yaml\n(.*?)```", HANDLEIDING, re.DOTALL)
    gelezen = [read_definitie("voorbeeld.yaml", een.encode(), VANDAAG) for een in voorbeelden]
    assert [een.soort for een in gelezen] == ["aanvraag", "check"]


def test_the_manual_names_everything_that_a_definition_can_say():
    sleutels = {naam for soort in get_args(Veld) for naam in soort.model_fields} | set(Definitie.model_fields)
    soorten = {get_args(soort.model_fields["soort"].annotation)[0] for soort in get_args(Veld)}
    assert len(soorten) == 19
    for woord in (
        *sleutels,
        *soorten,
        *(een.value for een in Vooraf),
        *(een.value for een in Hoe if een is not Hoe.IS),
    ):
        assert re.search(rf"\b{re.escape(woord)}\b", HANDLEIDING), woord
