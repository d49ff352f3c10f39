import pytest
from hypothesis import given
from hypothesis import strategies as st

from eloket.kernel.nummers import Bsn, KvkNummer, OngeldigNummer, Vestigingsnummer


def _passes_eleven_test(cijfers: str) -> bool:
    """The rule itself, written out: 9a + 8b + ... + 2h - i is a multiple of eleven."""
    som = sum(
        gewicht * int(cijfer) for gewicht, cijfer in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), cijfers, strict=True)
    )
    return som % 11 == 0 and int(cijfers) > 0


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_a_bsn_is_taken_exactly_when_it_passes_the_eleven_test(cijfers):
    if _passes_eleven_test(cijfers):
        assert Bsn(cijfers).waarde == cijfers
    else:
        with pytest.raises(OngeldigNummer):
            Bsn(cijfers)


@given(st.text(max_size=14))
def test_anything_else_is_refused_without_a_crash(tekst):
    for soort, lengte in ((Bsn, 9), (KvkNummer, 8), (Vestigingsnummer, 12)):
        if not (len(tekst) == lengte and tekst.isascii() and tekst.isdigit()):
            with pytest.raises(OngeldigNummer):
                soort(tekst)


def test_a_number_never_shows_itself_in_text():
    for nummer in (Bsn("999990019"), KvkNummer("12345678"), Vestigingsnummer("000012345678")):
        assert nummer.waarde not in f"{nummer} {nummer!r} {[nummer]}"
