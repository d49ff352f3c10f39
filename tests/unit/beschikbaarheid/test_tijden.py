"""Moments as people type them, also in the nights in which the clock changes."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eloket.beschikbaarheid.errors import TijdOngeldig
from eloket.beschikbaarheid.tijden import parse_moment, schrijf_invoer, to_minute

VANDAAG = date(2026, 11, 3)


@pytest.mark.parametrize(
    "tekst",
    ["14:30", "14.30", "14.30 uur", "3-11-2026 14:30", "03-11-2026 14.30", "2026-11-03 14:30", "2026-11-03T14:30",
     " 3-11-2026   14:30 ", "14:30 wintertijd"],
)  # fmt: skip
def test_many_ways_to_write_one_moment(tekst: str):
    assert parse_moment(tekst, VANDAAG) == datetime(2026, 11, 3, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "tekst", ["", "vandaag", "25:00", "12:60", "31-2-2026 10:00", "3-11-26 10:00", "14", "١٤:٣٠"]
)
def test_what_is_no_moment_is_refused(tekst: str):
    with pytest.raises(TijdOngeldig):
        parse_moment(tekst, VANDAAG)


def test_an_hour_that_the_clock_skips_does_not_exist():
    with pytest.raises(TijdOngeldig) as fout:
        parse_moment("28-3-2027 2:30", VANDAAG)
    assert "bestaat niet" in fout.value.tekst


def test_an_hour_that_comes_twice_must_say_which():
    with pytest.raises(TijdOngeldig) as fout:
        parse_moment("25-10-2026 2:30", VANDAAG)
    assert "zomertijd of wintertijd" in fout.value.tekst
    assert parse_moment("25-10-2026 2:30 zomertijd", VANDAAG) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert parse_moment("25-10-2026 2:30 wintertijd", VANDAAG) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_what_a_form_shows_is_read_back_as_the_same_minute(moment: datetime):
    assert parse_moment(schrijf_invoer(moment), VANDAAG) == to_minute(moment)
