"""The reference of a receipt: every way of mistyping one sign, or two, is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eloket.notifications.ontvangst.kenmerk import TEKENS, make_kenmerk, parse_kenmerk

kenmerken = st.integers(min_value=2000, max_value=2999).map(make_kenmerk)
# Of the part after OB-: the digits of the year, and the eight signs.
CIJFERS, LOT = range(3, 7), (*range(8, 12), *range(13, 17))


def test_no_two_signs_look_or_sound_alike():
    for lijken in ("0O", "1IL", "2Z", "5S", "6G", "8B", "MN", "UV"):
        assert sum(teken in TEKENS for teken in lijken) <= 1
    assert not set("AEIOU") & set(TEKENS)  # so that no word comes about
    assert len(set(TEKENS)) == len(TEKENS) == 23


@given(kenmerken)
def test_a_reference_is_read_as_it_was_made_however_it_is_typed(kenmerk):
    assert parse_kenmerk(kenmerk) == kenmerk
    assert parse_kenmerk(f"  {kenmerk.lower().replace('-', ' ')} ") == kenmerk
    assert parse_kenmerk(kenmerk.replace("-", "")) == kenmerk


@given(kenmerken, st.sampled_from(LOT), st.sampled_from(TEKENS))
def test_one_changed_sign_is_found(kenmerk, plek, teken):
    anders = kenmerk[:plek] + teken + kenmerk[plek + 1 :]
    assert parse_kenmerk(anders) == (kenmerk if anders == kenmerk else "")


@given(kenmerken, st.sampled_from(CIJFERS), st.sampled_from("0123456789"))
def test_one_changed_digit_of_the_year_is_found(kenmerk, plek, cijfer):
    anders = kenmerk[:plek] + cijfer + kenmerk[plek + 1 :]
    assert parse_kenmerk(anders) == (kenmerk if anders == kenmerk else "")


@given(
    kenmerken, st.sampled_from((CIJFERS, LOT)).flatmap(lambda deel: st.tuples(*[st.sampled_from(deel)] * 2))
)
def test_two_signs_that_changed_places_are_found(kenmerk, plekken):
    tekens = list(kenmerk)
    een, ander = plekken
    tekens[een], tekens[ander] = tekens[ander], tekens[een]
    anders = "".join(tekens)
    assert parse_kenmerk(anders) == (kenmerk if anders == kenmerk else "")


@given(kenmerken, st.sampled_from(LOT), st.sampled_from("0O1ILUZSBGMN"))
def test_a_sign_that_we_never_use_is_no_reference(kenmerk, plek, teken):
    anders = kenmerk[:plek] + teken + kenmerk[plek + 1 :]
    assert parse_kenmerk(anders) == (kenmerk if anders == kenmerk else "")


@given(st.text(max_size=40))
def test_any_other_text_is_no_reference_and_no_error(tekst):
    gelezen = parse_kenmerk(tekst)
    assert not gelezen or parse_kenmerk(gelezen) == gelezen


@pytest.mark.parametrize("tekst", ["", "OB", "OB-2026", "OB-2026-7K3M", "OB-٢٠٢٦-7K3M-9QXC", "2026-0042"])
def test_half_a_reference_is_none(tekst):
    assert parse_kenmerk(tekst) == ""


def test_two_thousand_references_of_one_year_say_nothing_of_each_other():
    alle = [make_kenmerk(2026) for _ in range(2000)]
    assert len(set(alle)) == len(alle)
    for plek in LOT:  # every place takes every sign: nothing counts up
        assert {kenmerk[plek] for kenmerk in alle} == set(TEKENS)
