"""What a line says besides who, when and what, in words: nothing of it is lost, and no key of a person stands whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eloket.inzage.kenmerken import NAMEN, Bekend, describe, shorten

KEY = "0f" * 32
BEKEND = Bekend(zaken={"register-1": "Z-2026-000001"}, medewerkers={12: "Omar de Boer"})


def told(kenmerken: dict[str, object]) -> list[str]:
    return [str(een) for een in describe(kenmerken, BEKEND)]


@pytest.mark.parametrize(
    ("kenmerken", "tekst"),
    [
        ({"deel": "berichten"}, "Onderdeel: berichten"),
        ({"document": "7d1c"}, "Document: 7d1c"),
        ({"taak": "7d1c"}, "Vraag: 7d1c"),
        ({"aantal": 0}, "Aantal: 0"),
        ({"lijst": 12}, "Lijst: 12"),
        ({"gezocht": True}, "Er is gezocht: ja"),
        ({"email": False}, "E-mailadres gewijzigd: nee"),
        ({"naar": 12}, "Naar: Omar de Boer"),
        ({"naar": 13}, "Naar: medewerker 13"),
        ({"naar": 0}, "Naar: niemand"),
        ({"naar": "register-1"}, "Naar: Z-2026-000001"),
        ({"zaak": "register-2"}, "Zaak: register-2"),
        ({"zaken": "register-1 register-2"}, "Zaken: Z-2026-000001, register-2"),
        ({"zaken": 2}, "Zaken: 2"),
        ({"medewerkers": "12 13"}, "Wie de zaak mag zien: Omar de Boer, medewerker 13"),
        ({"medewerkers": ""}, "Wie de zaak mag zien: iedereen van de afdeling"),
        ({"van": "2026-11-01"}, "Van: 1 november 2026"),
        ({"van": "2026-99-01"}, "Van: 2026-99-01"),
        ({"oordeel": "niet_terecht"}, "Oordeel: Niet terecht"),
        ({"wat": "zaak.bekeken"}, "Wat er is gezocht: heeft de zaak bekeken"),
        ({"betrokkene": KEY}, "Persoon of bedrijf: 0f0f0f0f"),
    ],
)
def test_it_stands_there_in_words(kenmerken: dict[str, object], tekst: str):
    assert told(kenmerken) == [tekst]


def test_what_has_no_words_stands_there_as_it_is():
    assert told({"iets_nieuws": "een_code", "deel": "onbekend"}) == [
        "Onderdeel: onbekend",
        "iets_nieuws: een_code",
    ]
    assert told({"lijstje": ["a", 1]}) == ['lijstje: ["a", 1]']


def test_what_says_nothing_and_what_stands_elsewhere_is_left_out():
    assert told({"zaaknummer": "", "medewerker": 0, "namens": KEY}) == []


@given(
    st.dictionaries(
        st.sampled_from([*NAMEN, "anders"]), st.one_of(st.just(KEY), st.just(f"partij-{KEY}"), st.just([KEY]))
    )
)
def test_no_key_of_a_person_stands_whole_whatever_it_is_called(kenmerken: dict[str, object]):
    for tekst in told(kenmerken):
        assert KEY not in tekst
        assert KEY[:8] in tekst


@given(st.dictionaries(st.text(), st.one_of(st.text(min_size=1), st.integers(1), st.booleans())))
def test_everything_that_is_no_key_is_told(kenmerken: dict[str, object]):
    alles = {naam: waarde for naam, waarde in kenmerken.items() if naam != "namens"}
    assert len(told(alles)) == len(alles)


def test_what_only_looks_like_a_key_stays_whole():
    for tekst in (KEY + "0", KEY[:-1], "018f0000-0000-7000-8000-000000000000"):
        assert shorten(tekst) == tekst
