"""A condition in words reads well, after `als`."""

from datetime import date
from typing import Any

import pytest

from eloket.loket.formulier.voorwaarden import parse_voorwaarde
from eloket.loket.formulier.woorden import describe
from tests.unit.loket.formulier.bouw import form, getal, ja_nee, keuzes, tekst
from tests.unit.loket.voorbeelden import definities

DEFINITIE = form(
    [
        ja_nee("lopen", label="Kunt u lopen?"),
        keuzes("delen", "tent", "vuur", label="Wat plaatst u?"),
        getal("aantal", label="Aantal"),
        {"id": "dag", "soort": "datum", "label": "Dag"},
        tekst("naam", label="Naam"),
    ]
)


@pytest.mark.parametrize(
    ("als", "tekst"),
    [
        ({"lopen": "ja"}, "het antwoord op ‘Kunt u lopen?’ ‘ja’ is"),
        ({"lopen": {"is_niet": "ja"}}, "het antwoord op ‘Kunt u lopen?’ niet ‘ja’ is"),
        ({"delen": {"bevat": "tent"}}, "het antwoord op ‘Wat plaatst u?’ ‘TENT’ is"),
        ({"lopen": {"een_van": ["ja", "nee"]}}, "het antwoord op ‘Kunt u lopen?’ ‘ja’ of ‘nee’ is"),
        ({"aantal": {"minstens": 1500}}, "het antwoord op ‘Aantal’ 1.500 of meer is"),
        ({"aantal": {"minder_dan": 2.5}}, "het antwoord op ‘Aantal’ minder dan 2,5 is"),
        ({"dag": {"meer_dan": date(2026, 3, 1)}}, "het antwoord op ‘Dag’ na 1 maart 2026 is"),
        ({"naam": {"ingevuld": True}}, "‘Naam’ is ingevuld"),
        ({"naam": {"ingevuld": False}}, "‘Naam’ niet is ingevuld"),
        ({"wie": "onderneming"}, "u een bedrijf bent"),
        ({"wie": {"een_van": ["inwoner", "anoniem"]}}, "u een inwoner bent of u niet bent ingelogd"),
        ({"wie": {"is_niet": "anoniem"}}, "het niet zo is dat u niet bent ingelogd"),
        ({"niet": {"lopen": "ja"}}, "het niet zo is dat het antwoord op ‘Kunt u lopen?’ ‘ja’ is"),
        (
            {"lopen": "ja", "of": [{"aantal": 1}, {"naam": {"ingevuld": True}}]},
            "het antwoord op ‘Kunt u lopen?’ ‘ja’ is en (het antwoord op ‘Aantal’ ‘1’ is of ‘Naam’ is ingevuld)",
        ),
    ],
)  # fmt: skip
def test_a_condition_in_words(als: Any, tekst: str):
    assert describe(parse_voorwaarde(als), DEFINITIE) == tekst


def test_every_condition_that_is_shipped_has_words():
    aantal = 0
    for definitie in definities().values():
        for stap, veld in definitie.velden():
            for voorwaarde in (stap.voorwaarde, veld.voorwaarde):
                if voorwaarde is not None:
                    aantal += 1
                    tekst = describe(voorwaarde, definitie)
                    assert "None" not in tekst
                    assert "_" not in tekst
    assert aantal > 50
