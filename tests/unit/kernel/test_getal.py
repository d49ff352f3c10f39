"""A whole number from outside: a number, or nothing."""

import pytest

from eloket.kernel.getal import parse_heel_getal


@pytest.mark.parametrize(("tekst", "getal"), [("0", 0), ("7", 7), ("007", 7), ("999999999", 999_999_999)])
def test_what_a_person_types_is_that_number(tekst: str, getal: int):
    assert parse_heel_getal(tekst) == getal


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        " 7",
        "-1",
        "+1",
        "1.0",
        "1e3",
        "1_000",
        "zeven",
        "²",
        "٣",
        "７",
        "9999999999",
        "9" * 5_000,
        "1\x00",
    ],
)
def test_all_else_is_no_number_and_no_error_of_ours(tekst: str):
    assert parse_heel_getal(tekst) is None
