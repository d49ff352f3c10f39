"""When a mail may go: at once, once a day, never, and not in the quiet hours, also when the clock is changed."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eloket.kernel.klok import AMSTERDAM
from eloket.profile.planning import gepland, na_stilte
from eloket.profile.types import Bereikbaarheid, Rubriek, Wanneer

DAG = timedelta(days=1)
momenten = st.one_of(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - UTC is added
    # Around the nights in which the clock changes.
    st.datetimes(datetime(2027, 3, 27), datetime(2027, 3, 30), timezones=st.just(UTC)),  # noqa: DTZ001
    st.datetimes(datetime(2027, 10, 30), datetime(2027, 11, 2), timezones=st.just(UTC)),  # noqa: DTZ001
)
tijden = st.builds(time, st.integers(0, 23), st.sampled_from((0, 1, 15, 30, 59)))


def bereik(
    wanneer: Wanneer = Wanneer.DIRECT, van: time | None = None, tot: time | None = None
) -> Bereikbaarheid:
    return Bereikbaarheid(
        email="a@voorbeeld.nl",
        wil_mail=True,
        wanneer={Rubriek.STATUS: wanneer},
        stil_van=van,
        stil_tot=tot,
    )


def om(tekst: str) -> datetime:
    """`2026-11-10 08:00` of the clock in Amsterdam."""
    return datetime.fromisoformat(tekst).replace(tzinfo=AMSTERDAM)


def plan(moment: str, bereikbaar: Bereikbaarheid) -> datetime | None:
    return gepland(om(moment), bereikbaar, Rubriek.STATUS)


def is_stil(moment: datetime, van: time, tot: time) -> bool:
    """Written in another way than the code: minute by minute round the clock, from the beginning to the end."""
    klok = moment.astimezone(AMSTERDAM)
    minuut = klok.hour * 60 + klok.minute
    begin, einde = van.hour * 60 + van.minute, tot.hour * 60 + tot.minute
    return (minuut - begin) % 1440 < (einde - begin) % 1440


def test_at_once_is_now_and_never_is_never():
    assert plan("2026-11-10 03:00", bereik()) == om("2026-11-10 03:00")
    assert plan("2026-11-10 03:00", bereik(Wanneer.NOOIT)) is None
    uit = Bereikbaarheid(email="a@voorbeeld.nl", wil_mail=False)
    assert gepland(om("2026-11-10 12:00"), uit, Rubriek.STATUS) is None
    assert gepland(om("2026-11-10 12:00"), uit, Rubriek.ONTVANGST) == om("2026-11-10 12:00")


@pytest.mark.parametrize(
    ("moment", "verwacht"),
    [
        ("2026-11-10 07:59", "2026-11-10 08:00"),
        ("2026-11-10 08:00", "2026-11-10 08:00"),
        ("2026-11-10 08:01", "2026-11-11 08:00"),
        ("2027-03-27 12:00", "2027-03-28 08:00"),  # the clock goes forward in between
        ("2027-10-30 12:00", "2027-10-31 08:00"),  # and back
    ],
)
def test_once_a_day_is_at_eight_in_amsterdam(moment, verwacht):
    assert plan(moment, bereik(Wanneer.DAGELIJKS)) == om(verwacht)


@pytest.mark.parametrize(
    ("moment", "van", "tot", "verwacht"),
    [
        ("2026-11-10 21:59", 22, 7, "2026-11-10 21:59"),
        ("2026-11-10 22:00", 22, 7, "2026-11-11 07:00"),
        ("2026-11-11 00:00", 22, 7, "2026-11-11 07:00"),
        ("2026-11-11 06:59", 22, 7, "2026-11-11 07:00"),
        ("2026-11-11 07:00", 22, 7, "2026-11-11 07:00"),
        ("2026-11-10 13:30", 13, 14, "2026-11-10 14:00"),
        ("2026-11-10 14:30", 13, 14, "2026-11-10 14:30"),
        ("2026-11-10 14:30", 14, 14, "2026-11-10 14:30"),  # from and until the same: none
        ("2026-11-10 23:30", 22, 0, "2026-11-11 00:00"),
        ("2027-03-27 23:00", 22, 7, "2027-03-28 07:00"),  # an hour shorter
        ("2027-10-30 23:00", 22, 7, "2027-10-31 07:00"),  # an hour longer
    ],
)
def test_quiet_hours_end_first(moment, van, tot, verwacht):
    assert plan(moment, bereik(van=time(van), tot=time(tot))) == om(verwacht)


def test_quiet_hours_of_which_one_half_is_missing_are_none():
    assert plan("2026-11-10 23:00", bereik(van=time(22))) == om("2026-11-10 23:00")
    assert plan("2026-11-10 03:00", bereik(tot=time(7))) == om("2026-11-10 03:00")


def test_the_end_that_the_clock_skips_and_the_end_that_comes_twice():
    """On 28 March 2027 half past two does not exist; on 31 October it comes twice."""
    stil = bereik(van=time(22), tot=time(2, 30))
    assert plan("2027-03-28 01:00", stil) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    eerste, tweede = datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    assert plan("2027-10-31 01:00", stil) == eerste
    na_terugzetten = datetime(2027, 10, 31, 1, 10, tzinfo=UTC)  # 02.10 for the second time
    assert gepland(na_terugzetten, stil, Rubriek.STATUS) == tweede


@pytest.mark.parametrize(
    ("moment", "van", "tot", "verwacht"),
    [
        ("2026-11-10 12:00", 22, 9, "2026-11-11 09:00"),  # 08.00 is quiet: at the end
        ("2026-11-11 08:30", 22, 9, "2026-11-11 09:00"),  # the mail of this morning still has to go
        ("2026-11-11 09:01", 22, 9, "2026-11-12 09:00"),
        ("2026-11-10 12:00", 22, 7, "2026-11-11 08:00"),
        ("2026-11-11 03:00", 8, 6, "2026-11-11 06:00"),  # that of yesterday, which waited all day
    ],
)
def test_the_daily_mail_waits_for_the_end_of_the_quiet_hours(moment, van, tot, verwacht):
    assert plan(moment, bereik(Wanneer.DAGELIJKS, time(van), time(tot))) == om(verwacht)


def test_a_moment_without_a_zone_is_a_mistake():
    with pytest.raises(ValueError, match="tijdzone"):
        gepland(datetime(2026, 11, 10), bereik(), Rubriek.STATUS)  # noqa: DTZ001 - the point of the test


@given(momenten, tijden, tijden)
@example(datetime(2027, 3, 28, 0, 45, tzinfo=UTC), time(2, 45), time(2, 30))
@example(datetime(2027, 10, 31, 0, 45, tzinfo=UTC), time(2, 45), time(2, 30))
@example(datetime(2027, 10, 31, 0, 15, tzinfo=UTC), time(2, 30), time(2, 15))
def test_nothing_goes_in_quiet_hours_or_a_day_late(moment, van, tot):
    gaat = na_stilte(moment, bereik(van=van, tot=tot))
    assert moment <= gaat <= moment + DAG
    assert gaat.tzinfo is UTC
    if gaat < moment + DAG:
        assert not is_stil(gaat, van, tot)
    if not is_stil(moment, van, tot):
        assert gaat == moment
    elif van != tot:
        assert gaat > moment


@given(momenten, momenten, tijden, tijden, st.sampled_from((Wanneer.DIRECT, Wanneer.DAGELIJKS)))
def test_what_happened_first_never_goes_later(eerste, tweede, van, tot, wanneer):
    eerste, tweede = sorted((eerste, tweede))
    stil = bereik(wanneer, van, tot)
    gaat, daarna = (gepland(moment, stil, Rubriek.STATUS) for moment in (eerste, tweede))
    assert gaat is not None
    assert daarna is not None
    assert gaat <= daarna


@given(momenten, tijden, tijden)
def test_the_daily_mail_comes_within_a_day_and_its_quiet_hours(moment, van, tot):
    gaat = gepland(moment, bereik(Wanneer.DAGELIJKS, van, tot), Rubriek.STATUS)
    assert gaat is not None
    assert moment <= gaat <= moment + 2 * DAG + timedelta(hours=1)
    zonder = gepland(moment, bereik(Wanneer.DAGELIJKS), Rubriek.STATUS)
    assert zonder is not None
    assert zonder.astimezone(AMSTERDAM).time() == time(8)


@given(momenten, tijden, tijden)
def test_what_comes_in_one_day_goes_in_one_mail(moment, van, tot):
    """Whatever happens between now and the daily mail is in that mail."""
    stil = bereik(Wanneer.DAGELIJKS, van, tot)
    gaat = gepland(moment, stil, Rubriek.STATUS)
    assert gaat is not None
    assert gepland(moment + (gaat - moment) / 2, stil, Rubriek.STATUS) == gaat
    assert gepland(gaat, stil, Rubriek.STATUS) == gaat
