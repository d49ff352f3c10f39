"""Every act that is recorded about a zaak has words, because the history on its page shows them."""

import ast
from pathlib import Path

from eloket.zaken.historie import TEKSTEN

SRC = Path(__file__).parents[2] / "src" / "eloket"
_RECORD = {"note", "note_by_system", "record_view", "record"}
_VAN_EEN_ZAAK = (
    "zaak.",
    "notitie.",
    "document.",
    "antwoord.",
    "taak.",
    "bericht.",
    "gesprek.",
    "dossier.",
    "verzendbewijs.",
    "vernietiging.stop_",
    "vernietiging.zaak_",
)


def acties() -> set[str]:
    """Every text that is passed to a function which writes to the audit trail, and looks like an act."""
    gevonden = set()
    for pad in SRC.rglob("*.py"):
        for knoop in ast.walk(ast.parse(pad.read_text(encoding="utf-8"))):
            if not isinstance(knoop, ast.Call):
                continue
            naam = getattr(knoop.func, "id", getattr(knoop.func, "attr", ""))
            if naam not in _RECORD:
                continue
            waarden = [*knoop.args, *(een.value for een in knoop.keywords if een.arg == "actie")]
            for deel in (deel for waarde in waarden for deel in ast.walk(waarde)):
                if isinstance(deel, ast.Constant) and isinstance(deel.value, str):
                    gevonden.add(deel.value)
    return {een for een in gevonden if een.startswith(_VAN_EEN_ZAAK) and " " not in een}


def test_every_act_has_words():
    bekend = acties()
    assert len(bekend) > 20
    # `taak.` is followed by the judgement.
    assert {een for een in bekend if een not in TEKSTEN and een != "taak."} == set()
