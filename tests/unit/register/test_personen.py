"""The embedded register of persons and businesses: what its file may hold, and what happens when it is wrong."""

from pathlib import Path

import pytest

from eloket.kernel.errors import BronOnbereikbaar
from eloket.profile.errors import PersoonNietGevonden
from eloket.sources.personen.embedded import EmbeddedPersonenBron

GOED = """
personen:
  "999990019":
    voornamen: Jeroen
    voorvoegsel: van
    achternaam: Drouwen
    geboortedatum: 1979-04-01
    straat_huisnummer: Lindelaan 12
    postcode: 1234 AB
    woonplaats: Voorbeeld
ondernemingen:
  - {handelsnaam: De Korenaar, kvk_nummer: "69599084", straat_huisnummer: Markt 1, postcode: 1234 AB, woonplaats: V}
"""


def bron(tmp_path: Path, tekst: str) -> EmbeddedPersonenBron:
    pad = tmp_path / "personen.yaml"
    pad.write_text(tekst, encoding="utf-8")
    return EmbeddedPersonenBron(pad)


def test_knows_who_is_in_the_file(tmp_path: Path) -> None:
    register = bron(tmp_path, GOED)
    assert register.get_persoon("999990019").korte_naam == "J. van Drouwen"
    assert register.get_onderneming("69599084").handelsnaam == "De Korenaar"
    with pytest.raises(PersoonNietGevonden):
        register.get_persoon("999990020")
    with pytest.raises(PersoonNietGevonden):
        register.get_onderneming("69599084", "000012345678")


@pytest.mark.parametrize(
    ("van", "naar"),
    [
        ("999990019", "999990018"),  # fails the eleven-test
        ("69599084", "6959908"),
        ("1234 AB", "1234AB"),
        ("achternaam: Drouwen", "familienaam: Drouwen"),
        ("1979-04-01", "ooit"),
        ("personen:", "personen: ["),
    ],
)
def test_wrong_file_is_a_source_that_fails_never_an_empty_register(
    tmp_path: Path, van: str, naar: str
) -> None:
    assert van in GOED
    with pytest.raises(BronOnbereikbaar):
        bron(tmp_path, GOED.replace(van, naar)).get_persoon("999990019")


def test_missing_file_is_a_source_that_fails(tmp_path: Path) -> None:
    with pytest.raises(BronOnbereikbaar):
        EmbeddedPersonenBron(tmp_path / "weg.yaml").get_persoon("999990019")
