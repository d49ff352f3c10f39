"""The rule for terms: whatever the outage and the term, nobody is worse off, and it comes out the same every time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eloket.beschikbaarheid.termijn import Periode, extend, is_working_day, next_working_day

# How fast this computer happens to be says nothing about the rule.
rustig = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAGEN = st.dates(date(2024, 1, 1), date(2040, 12, 31))
LENGTES = st.integers(0, 40)


@st.composite
def gevallen(draw: st.DrawFn) -> tuple[date, date, Periode]:
    """(last day of the term, its first day, the days of the outage), mostly near each other."""
    eerste = draw(DAGEN)
    laatste_dag = eerste + timedelta(days=draw(st.integers(-10, 50)))
    sinds = laatste_dag - timedelta(days=draw(st.integers(0, 60)))
    return laatste_dag, sinds, Periode(eerste, eerste + timedelta(days=draw(LENGTES)))


@rustig
@given(gevallen())
def test_a_term_never_gets_shorter(geval: tuple[date, date, Periode]):
    laatste_dag, sinds, periode = geval
    assert extend(laatste_dag, sinds=sinds, periode=periode) >= laatste_dag


@rustig
@given(gevallen())
def test_what_moves_ends_on_a_working_day_after_the_outage(geval: tuple[date, date, Periode]):
    laatste_dag, sinds, periode = geval
    nieuw = extend(laatste_dag, sinds=sinds, periode=periode)
    if laatste_dag in periode:
        assert nieuw > periode.laatste
        assert is_working_day(nieuw)
    else:
        assert nieuw == laatste_dag


@rustig
@given(gevallen())
def test_every_day_that_the_outage_took_comes_back(geval: tuple[date, date, Periode]):
    laatste_dag, sinds, periode = geval
    if laatste_dag in periode:
        genomen = (laatste_dag - max(sinds, periode.eerste)).days + 1
        nieuw = extend(laatste_dag, sinds=sinds, periode=periode)
        assert (nieuw - periode.laatste).days >= genomen


@rustig
@given(gevallen())
def test_the_same_outage_never_moves_it_twice(geval: tuple[date, date, Periode]):
    laatste_dag, sinds, periode = geval
    een_keer = extend(laatste_dag, sinds=sinds, periode=periode)
    assert extend(een_keer, sinds=sinds, periode=periode) == een_keer


@rustig
@given(gevallen(), LENGTES)
def test_an_outage_that_lasts_longer_never_gives_less(geval: tuple[date, date, Periode], meer: int):
    laatste_dag, sinds, periode = geval
    langer = Periode(periode.eerste, periode.laatste + timedelta(days=meer))
    assert extend(laatste_dag, sinds=sinds, periode=langer) >= extend(
        laatste_dag, sinds=sinds, periode=periode
    )


@rustig
@given(gevallen(), LENGTES)
def test_an_outage_that_began_earlier_never_gives_less(geval: tuple[date, date, Periode], eerder: int):
    laatste_dag, sinds, periode = geval
    langer = Periode(periode.eerste - timedelta(days=eerder), periode.laatste)
    assert extend(laatste_dag, sinds=sinds, periode=langer) >= extend(
        laatste_dag, sinds=sinds, periode=periode
    )


def test_an_afternoon_on_the_last_day_gives_the_next_working_day():
    dinsdag = date(2026, 11, 3)
    assert extend(dinsdag, sinds=date(2026, 10, 1), periode=Periode(dinsdag, dinsdag)) == date(2026, 11, 4)


def test_three_days_of_a_term_give_three_days_after_it():
    periode = Periode(date(2026, 11, 3), date(2026, 11, 5))
    assert extend(date(2026, 11, 5), sinds=date(2026, 10, 1), periode=periode) == date(
        2026, 11, 9
    )  # 8: Sunday


def test_a_term_that_began_halfway_gets_back_what_it_lost_and_no_more():
    periode = Periode(date(2026, 11, 2), date(2026, 11, 5))
    assert extend(date(2026, 11, 5), sinds=date(2026, 11, 5), periode=periode) == date(2026, 11, 6)


@pytest.mark.parametrize(
    ("dag", "werkdag"),
    [
        (date(2026, 11, 7), date(2026, 11, 9)),  # Saturday
        (date(2026, 4, 3), date(2026, 4, 7)),  # Good Friday, the weekend, and Easter Monday
        (date(2027, 4, 27), date(2027, 4, 28)),  # King's Day
        (date(2026, 5, 5), date(2026, 5, 6)),  # Liberation Day, every year (Algemene termijnenwet)
        (date(2026, 5, 14), date(2026, 5, 15)),  # Ascension Day
        (date(2026, 5, 25), date(2026, 5, 26)),  # Whit Monday
        (date(2026, 12, 25), date(2026, 12, 28)),  # Christmas on Friday and Saturday
        (date(2027, 1, 1), date(2027, 1, 4)),  # New Year's Day on a Friday
    ],
)
def test_no_term_ends_on_a_weekend_or_a_holiday(dag: date, werkdag: date):
    assert next_working_day(dag) == werkdag


def test_an_outage_until_midnight_does_not_touch_the_next_day():
    middernacht = datetime(2026, 11, 3, 23, 0, tzinfo=UTC)  # in Amsterdam the fourth begins
    periode = Periode.van(middernacht - timedelta(hours=3), middernacht)
    assert periode == Periode(date(2026, 11, 3), date(2026, 11, 3))
    assert Periode.van(middernacht, middernacht) == Periode(date(2026, 11, 4), date(2026, 11, 4))


def test_the_days_are_those_of_amsterdam():
    begin = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # half past midnight on the second, in summer
    assert Periode.van(begin, begin + timedelta(hours=1)).eerste == date(2026, 7, 2)
