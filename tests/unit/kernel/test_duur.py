"""A period on the calendar: months first, then days; month ends and leap days never give a day that is not there."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eloket.kernel.duur import Duur

DAGEN = st.dates(date(1950, 1, 1), date(2150, 12, 31))
DUREN = st.builds(Duur, st.integers(0, 1200), st.integers(0, 4000)).filter(lambda d: d.maanden or d.dagen)


@pytest.mark.parametrize(
    ("tekst", "begin", "einde"),
    [
        ("P1Y", date(2024, 2, 29), date(2025, 2, 28)),
        ("P4Y", date(2024, 2, 29), date(2028, 2, 29)),
        ("P1M", date(2026, 1, 31), date(2026, 2, 28)),
        ("P1M", date(2028, 1, 31), date(2028, 2, 29)),
        ("P1M1D", date(2026, 1, 31), date(2026, 3, 1)),
        ("P18M", date(2026, 6, 30), date(2027, 12, 30)),
        ("P1Y6M", date(2026, 6, 30), date(2027, 12, 30)),
        ("P6W", date(2026, 12, 1), date(2027, 1, 12)),
        ("P10Y", date(2026, 11, 28), date(2036, 11, 28)),
    ],
)
def test_a_period_ends_on_this_day(tekst: str, begin: date, einde: date):
    assert Duur.parse(tekst).na(begin) == einde


@pytest.mark.parametrize(
    "tekst", ["", "P", "5Y", "P0Y", "P0M0D", "P-1Y", "PT5H", "P1Y ", "p1y", "P1D1Y", "P1.5Y", "P²Y", "P1000Y"]
)
def test_what_is_no_period_is_refused(tekst: str):
    with pytest.raises(ValueError, match="termijn"):
        Duur.parse(tekst)


def test_it_is_read_aloud():
    assert Duur.parse("P5Y").tekst == "5 jaar"
    assert Duur.parse("P1Y1M").tekst == "1 jaar en 1 maand"
    assert Duur.parse("P1Y2M30D").tekst == "1 jaar, 2 maanden en 30 dagen"
    assert Duur.parse("P1D").tekst == "1 dag"


@given(DAGEN, DUREN)
def test_a_period_always_ends_later(dag: date, duur: Duur):
    assert duur.na(dag) > dag


@given(DAGEN, st.integers(1, 1200))
def test_months_keep_the_day_or_end_on_the_last_one(dag: date, maanden: int):
    einde = Duur(maanden, 0).na(dag)
    assert (einde.year * 12 + einde.month) - (dag.year * 12 + dag.month) == maanden
    laatste = monthrange(einde.year, einde.month)[1]
    assert einde.day == min(dag.day, laatste)


@given(DAGEN, DAGEN, DUREN)
def test_what_began_earlier_never_ends_later(een: date, ander: date, duur: Duur):
    eerst, dan = sorted((een, ander))
    assert duur.na(eerst) <= duur.na(dan)


@given(DAGEN, DUREN)
def test_looking_back_gives_the_last_day_that_is_over(dag: date, duur: Duur):
    begin = duur.voor(dag)
    assert duur.na(begin) <= dag < duur.na(begin + timedelta(days=1))


@pytest.mark.parametrize(
    ("tekst", "iso"),
    [
        ("5 jaar", "P5Y"),
        ("1 jaar en 6 maanden", "P1Y6M"),
        ("1 jaar, 2 maanden en 30 dagen", "P1Y2M30D"),
        ("6 weken", "P42D"),
        (" 18 Maanden ", "P1Y6M"),
        ("P18M", "P1Y6M"),
    ],
)
def test_it_is_read_as_people_write_it(tekst: str, iso: str):
    assert Duur.lees(tekst.strip()).iso == iso


@pytest.mark.parametrize(
    "tekst", ["5", "jaar", "vijf jaar", "5 jaar en", "6 maanden 1 jaar", "1 jaar 2 jaar", "0 jaar"]
)
def test_what_nobody_can_read_is_refused(tekst: str):
    with pytest.raises(ValueError, match="termijn"):
        Duur.lees(tekst)


@given(DUREN)
def test_what_we_write_we_read(duur: Duur):
    assert Duur.lees(duur.tekst) == Duur.parse(duur.iso) == duur
