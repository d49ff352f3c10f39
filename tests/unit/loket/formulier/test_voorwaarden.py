"""Conditions: what they say, and what is refused in Dutch."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eloket.loket.formulier.voorwaarden import (
    Hoe,
    Vergelijking,
    comparisons,
    evaluate,
    parse_voorwaarde,
    to_json,
)

WAARDEN = st.one_of(
    st.sampled_from(["a", "b", "ja", "nee"]),
    st.integers(-3, 3),
    st.decimals(-3, 3, places=1),
    st.dates(date(2026, 1, 1), date(2026, 1, 5)),
)
ANTWOORDEN = st.dictionaries(
    st.sampled_from(["p", "q", "r"]),
    WAARDEN | st.lists(st.sampled_from(["a", "b"]), min_size=1, unique=True).map(tuple),
)
VERGELIJKING = st.one_of(
    st.tuples(st.sampled_from(["is", "is_niet", "minstens", "hoogstens", "meer_dan", "minder_dan", "bevat"]), WAARDEN),
    st.tuples(st.just("een_van"), st.lists(st.sampled_from(["a", "b", "c"]), min_size=1)),
    st.tuples(st.just("ingevuld"), st.booleans()),
).map(lambda paar: dict([paar]))  # fmt: skip
BLAD = st.dictionaries(
    st.sampled_from(["p", "q", "r"]), VERGELIJKING | st.sampled_from(["a", "ja", 2]), min_size=1
)
VOORWAARDE: st.SearchStrategy[dict[str, Any]] = st.recursive(
    BLAD,
    lambda deel: st.one_of(
        st.lists(deel, min_size=2, max_size=3).map(lambda delen: {"en": delen}),
        st.lists(deel, min_size=2, max_size=3).map(lambda delen: {"of": delen}),
        deel.map(lambda een: {"niet": een}),
    ),
    max_leaves=8,
)


def naive(ruw: dict[str, Any], antwoorden: Mapping[str, Any]) -> bool:
    """The meaning of a condition, said again and straight from the mapping."""
    uit = []
    for naam, waarde in ruw.items():
        if naam == "en":
            uit.append(all(naive(een, antwoorden) for een in waarde))
        elif naam == "of":
            uit.append(any(naive(een, antwoorden) for een in waarde))
        elif naam == "niet":
            uit.append(not naive(waarde, antwoorden))
        else:
            delen = waarde if isinstance(waarde, dict) else {"is": waarde}
            uit += [naive_comparison(hoe, antwoorden.get(naam), met) for hoe, met in delen.items()]
    return all(uit)


def naive_comparison(hoe: str, heeft: Any, met: Any) -> bool:
    if hoe == "ingevuld":
        return (heeft is not None) is met
    if heeft is None:
        return False
    if hoe in {"is", "is_niet"}:
        return bool(heeft == met) is (hoe == "is")
    if hoe == "een_van":
        return bool(heeft in met)
    if hoe == "bevat":
        return isinstance(heeft, tuple) and met in heeft
    if isinstance(heeft, date) and isinstance(met, int | Decimal):
        heeft = heeft.toordinal()
    if isinstance(met, date) and isinstance(heeft, int | Decimal):
        met = met.toordinal()
    if any(isinstance(een, str | tuple) for een in (heeft, met)):
        return False
    if hoe in {"minstens", "meer_dan"}:
        return bool(heeft >= met if hoe == "minstens" else heeft > met)
    return bool(heeft <= met if hoe == "hoogstens" else heeft < met)


@given(VOORWAARDE, ANTWOORDEN)
def test_a_condition_means_what_it_says(ruw: dict[str, Any], antwoorden: dict[str, Any]):
    assert evaluate(parse_voorwaarde(ruw), antwoorden) is naive(ruw, antwoorden)


@given(VOORWAARDE)
def test_a_condition_can_be_sent_to_the_script_and_names_its_fields(ruw: dict[str, Any]):
    voorwaarde = parse_voorwaarde(ruw)
    assert isinstance(to_json(voorwaarde), list)
    assert {een.veld for een in comparisons(voorwaarde)} <= {"p", "q", "r"}
    assert parse_voorwaarde(voorwaarde) is voorwaarde


def test_without_an_answer_only_not_filled_in_is_true():
    for hoe, met in [("is", "a"), ("is_niet", "a"), ("minstens", 0), ("een_van", ["a"]), ("bevat", "a")]:
        assert not evaluate(parse_voorwaarde({"p": {hoe: met}}), {})
    assert evaluate(parse_voorwaarde({"p": {"ingevuld": False}}), {})
    assert evaluate(None, {})


@pytest.mark.parametrize(
    ("ruw", "tekst"),
    [
        (None, "een veld met een waarde"),
        ({}, "een veld met een waarde"),
        ("soort", "een veld met een waarde"),
        ({"en": [{"p": 1}]}, "lijst van twee of meer"),
        ({"of": {"p": 1}}, "lijst van twee of meer"),
        ({"niet": []}, "een veld met een waarde"),
        ({1: "a"}, "de naam van een veld is tekst"),
        ({"p": {}}, "bij p staat geen waarde"),
        ({"p": {"groter": 1}}, "`groter` kennen wij niet; kies uit: is, is_niet"),
        ({"p": {"ingevuld": "ja"}}, "true of false"),
        ({"p": {"een_van": "a"}}, "hoort een lijst"),
        ({"p": {"is": ["a"]}}, "hoort een lijst"),
        ({"p": {"een_van": []}}, "bestaat uit teksten"),
        ({"p": {"een_van": [1]}}, "bestaat uit teksten"),
        ({"p": None}, "tekst, een getal of een datum"),
    ],
)
def test_a_wrong_condition_is_told_in_dutch(ruw: object, tekst: str):
    with pytest.raises(ValueError, match=tekst):
        parse_voorwaarde(ruw)


def test_a_list_of_words_is_short_for_one_of():
    with pytest.raises(ValueError, match="hoort een lijst"):
        parse_voorwaarde({"p": {"bevat": ["a", "b"]}})
    assert parse_voorwaarde({"p": {"een_van": ["a"]}}) == Vergelijking("p", Hoe.EEN_VAN, ("a",))


ONZIN: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda deel: st.lists(deel) | st.dictionaries(st.text(), deel),
)


@given(ONZIN)
def test_whatever_a_file_says_it_is_a_condition_or_a_mistake(ruw: object):
    with suppress(ValueError):
        assert to_json(parse_voorwaarde(ruw))
