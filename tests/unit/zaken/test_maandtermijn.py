"""A term in months ends on the same date, or the last day of the month, and never on a day off (Regulation 1182/71)."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from eloket.beschikbaarheid.termijn import is_working_day
from eloket.zaken.maandtermijn import end_of_months, extended_end, first_end

DAGEN = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))


@pytest.mark.parametrize(
    ("ontvangen", "maanden", "einde"),
    [
        (date(2026, 11, 3), 1, date(2026, 12, 3)),
        (date(2027, 1, 29), 1, date(2027, 3, 1)),  # 28 February is a Sunday
        (date(2028, 1, 31), 1, date(2028, 2, 29)),  # there is no 31 February
        (date(2026, 11, 25), 1, date(2026, 12, 28)),  # Christmas, Boxing Day and a Sunday
        (date(2026, 4, 27), 1, date(2026, 5, 27)),
        (date(2026, 11, 3), 3, date(2027, 2, 3)),
    ],
)
def test_the_last_day_by_hand(ontvangen: date, maanden: int, einde: date):
    assert end_of_months(ontvangen, maanden) == einde


@given(dag=DAGEN, maanden=st.integers(1, 24))
def test_it_is_never_before_the_months_are_over_and_at_most_a_long_weekend_later(dag: date, maanden: int):
    einde, kaal = end_of_months(dag, maanden), dag + relativedelta(months=maanden)
    assert is_working_day(einde)
    assert kaal <= einde <= kaal + timedelta(days=4)


@given(dag=DAGEN, stil=st.integers(0, 90), erbij=st.integers(1, 6))
def test_an_extension_counts_from_the_receipt_and_keeps_the_days_that_the_term_stood_still(
    dag: date, stil: int, erbij: int
):
    einde = first_end(dag, dagen=31, maanden=1) + timedelta(days=stil)
    verlengd = extended_end(dag, einde, dagen=31, maanden=1, erbij=erbij)
    assert is_working_day(verlengd)
    zonder = end_of_months(dag, 1 + erbij)
    assert zonder + timedelta(days=stil) <= verlengd <= zonder + timedelta(days=stil + 4)
    assert verlengd > einde


def test_a_term_in_days_is_as_it_was():
    assert first_end(date(2026, 11, 3), dagen=56, maanden=None) == date(2026, 12, 29)
