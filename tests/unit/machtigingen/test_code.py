"""The code: read aloud, typed over, not to be guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eloket.machtigingen.code import LENGTE, TEKENS, hash_code, make_code, parse_code


def test_a_code_is_read_back_however_it_is_typed():
    code = make_code()
    for getypt in (code, code.lower(), code.replace("-", ""), f"  {code.replace('-', ' ')} ", f"\t{code}\n"):
        assert parse_code(getypt) == code


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_code_or_nothing(tekst: str):
    code = parse_code(tekst)
    assert code == "" or (len(code.replace("-", "")) == LENGTE and parse_code(code) == code)


@pytest.mark.parametrize("tekst", ["", "7K3M", "7K3M-9QXC-P4TDX", "0K3M-9QXC-P4TD", "AK3M-9QXC-P4TD"])
def test_what_is_none_is_nothing(tekst: str):
    assert parse_code(tekst) == ""


def test_no_two_are_the_same_and_no_sign_looks_like_another():
    assert len({make_code() for _ in range(2_000)}) == 2_000
    assert len(TEKENS) ** LENGTE > 2**54
    assert not set(TEKENS) & set("01AEIOULZSGBN")


def test_only_a_keyed_hash_of_it_is_kept():
    code = make_code()
    assert code.replace("-", "") not in hash_code(code)
    assert hash_code(code) == hash_code(parse_code(code.lower()))
