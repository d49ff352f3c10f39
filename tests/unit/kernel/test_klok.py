from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from eloket.kernel.klok import MAANDEN, begin_van, datum_van, schrijf_dagen, schrijf_datum, schrijf_moment


def test_a_moment_is_shown_in_amsterdam_time_in_summer_and_winter():
    assert schrijf_moment(datetime(2026, 11, 10, 9, 12, tzinfo=UTC)) == "10 november 2026, 10.12 uur"
    assert schrijf_moment(datetime(2026, 7, 1, 22, 5, tzinfo=UTC)) == "2 juli 2026, 0.05 uur"


def test_the_date_of_a_moment_late_in_the_evening_is_the_amsterdam_one():
    assert datum_van(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == date(2027, 1, 1)


def test_a_day_begins_at_midnight_in_amsterdam_in_summer_and_winter():
    assert begin_van(date(2026, 11, 3)) == datetime(2026, 11, 2, 23, tzinfo=UTC)
    assert begin_van(date(2026, 7, 2)) == datetime(2026, 7, 1, 22, tzinfo=UTC)


@given(st.dates())
def test_a_written_date_can_be_read_back(dag):
    dagen, maand, jaar = schrijf_datum(dag).split()
    assert date(int(jaar), MAANDEN.index(maand) + 1, int(dagen)) == dag


def test_one_day_is_singular():
    assert [schrijf_dagen(n) for n in (0, 1, 2)] == ["0 dagen", "1 dag", "2 dagen"]
