"""The rules of the form, on text as people and machines may send it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eloket.loket.errors import MeldingOngeldig
from eloket.loket.melding import SOORTEN, Melding, parse_melding

VELDEN = {"soort": "lamp", "plaats": "Lindelaan 12", "omschrijving": "De lamp doet het niet."}


def fouten(**anders: str) -> dict[str, str]:
    with pytest.raises(MeldingOngeldig) as gevangen:
        parse_melding({**VELDEN, **anders})
    return dict(gevangen.value.fouten)


def test_een_goede_melding():
    melding = parse_melding(VELDEN)
    assert melding.onderwerp == "Melding openbare ruimte: kapotte straatverlichting Lindelaan 12"
    assert melding.kenmerken == (("Soort melding", "Een lamp is kapot"), ("Plaats", "Lindelaan 12"))


def test_alle_fouten_tegelijk_in_de_volgorde_van_het_formulier():
    with pytest.raises(MeldingOngeldig) as gevangen:
        parse_melding({})
    assert [veld for veld, _ in gevangen.value.fouten] == ["soort", "plaats", "omschrijving"]


def test_wat_alleen_uit_spaties_bestaat_is_leeg():
    assert set(fouten(plaats=" \t ", omschrijving="\r\n \x00 ")) == {"plaats", "omschrijving"}


def test_de_grenzen_tellen_tekens_en_een_regeleinde_als_een():
    assert parse_melding({**VELDEN, "plaats": "x" * 100}).plaats == "x" * 100
    assert "hoogstens 100 tekens" in fouten(plaats="x" * 101)["plaats"]
    assert len(parse_melding({**VELDEN, "omschrijving": "a\r\n" * 999 + "ab"}).omschrijving) == 2000
    assert "U heeft er nu 2001" in fouten(omschrijving="x" * 2001)["omschrijving"]


def test_een_onbekende_soort_telt_niet():
    assert set(fouten(soort="<script>")) == {"soort"}


@given(st.sampled_from([soort.code for soort in SOORTEN]), st.text(min_size=1), st.text(min_size=1))
def test_geen_tekst_breekt_het_onderwerp_of_de_database(soort: str, plaats: str, omschrijving: str):
    try:
        melding = parse_melding({"soort": soort, "plaats": plaats, "omschrijving": omschrijving})
    except MeldingOngeldig:
        return
    assert len(melding.onderwerp) <= 120
    assert "\n" not in melding.onderwerp
    assert "\x00" not in melding.plaats + melding.omschrijving
    (melding.plaats + melding.omschrijving).encode()
    again = {"soort": soort, "plaats": melding.plaats, "omschrijving": melding.omschrijving}
    assert parse_melding(again) == melding


def test_een_lang_onderwerp_wordt_afgebroken_met_een_beletselteken():
    onderwerp = Melding("weg", "a" * 100, "x").onderwerp
    assert len(onderwerp) == 120
    assert onderwerp.endswith("a…")
