"""Texts on one line, whatever somebody typed or pasted."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eloket.kernel.tekst import one_line


@pytest.mark.parametrize(
    ("getypt", "schoon"),
    [
        ("  twee \t woorden\r\n", "twee woorden"),
        ("exe.\u202efdp", "exe.fdp"),
        ("\u2067\u200f\u200b\ufeff", ""),
        ("cafe\u0301", "caf\u00e9"),
        ("\u05d0\u05d1 \u0639\u0631\u0628", "\u05d0\u05d1 \u0639\u0631\u0628"),
    ],
)
def test_what_is_invisible_goes_and_what_is_read_stays(getypt: str, schoon: str):
    assert one_line(getypt) == schoon


@given(st.text())
def test_nothing_is_left_that_is_not_read(tekst: str):
    schoon = one_line(tekst)
    assert all(unicodedata.category(teken)[0] != "C" for teken in schoon)
    assert schoon == " ".join(schoon.split())
    assert one_line(schoon) == schoon
