"""When a number is unusual: what holds whatever the numbers are."""

from hypothesis import given
from hypothesis import strategies as st

from eloket.inzage.opvallend.maat import MINSTENS, grens_van, judge
from eloket.inzage.opvallend.types import Drempels, Maat

DREMPELS = Drempels(vanaf={Maat.ZAKEN: 40}, factor=5, werktijd=(7, 19))
getallen = st.integers(min_value=0, max_value=500)
dagen = st.lists(getallen, max_size=80)
genoeg = st.lists(getallen, min_size=MINSTENS, max_size=80)


def unusual(aantal: int, eigen=(), collegas=(), drempels: Drempels = DREMPELS) -> bool:
    return judge(Maat.ZAKEN, aantal, eigen=eigen, collegas=collegas, drempels=drempels) is not None


@given(getallen, dagen, dagen)
def test_below_the_threshold_nothing_is_unusual(aantal, eigen, collegas):
    assert not unusual(min(aantal, 39), eigen, collegas)


@given(getallen, dagen, dagen)
def test_more_is_never_less_unusual(aantal, eigen, collegas):
    assert not unusual(aantal, eigen, collegas) or unusual(aantal + 1, eigen, collegas)


@given(getallen, dagen, dagen, st.randoms())
def test_the_order_of_days_does_not_matter(aantal, eigen, collegas, kans):
    anders = list(eigen)
    kans.shuffle(anders)
    assert unusual(aantal, eigen, collegas) == unusual(aantal, anders, collegas)


@given(getallen, dagen, dagen, st.integers(2, 20))
def test_a_larger_factor_never_flags_more(aantal, eigen, collegas, factor):
    strenger = Drempels(vanaf=DREMPELS.vanaf, factor=DREMPELS.factor + factor, werktijd=DREMPELS.werktijd)
    assert not unusual(aantal, eigen, collegas, strenger) or unusual(aantal, eigen, collegas)


@given(genoeg, st.data())
def test_a_few_odd_days_do_not_make_very_much_usual(gewoon, data):
    """Less than half of the days may be anything: the limit stays within reach of the usual ones."""
    vreemd = data.draw(st.lists(st.integers(1_000, 1_000_000), max_size=(len(gewoon) - 1) // 2))
    grens = grens_van([*gewoon, *vreemd], 5)
    assert grens is not None
    assert grens <= max(gewoon) + 5 * max(1, 1.4826 * (max(gewoon) - min(gewoon)))


@given(genoeg)
def test_what_was_usual_on_most_days_is_not_unusual(gewoon):
    assert not unusual(sorted(gewoon)[len(gewoon) // 2], gewoon)


@given(st.lists(getallen, max_size=MINSTENS - 1), st.lists(getallen, max_size=MINSTENS - 1), getallen)
def test_with_too_little_to_compare_with_twice_the_threshold_counts(eigen, collegas, aantal):
    assert unusual(aantal, eigen, collegas) == (aantal >= 80)


def test_someone_who_looks_at_much_every_day_is_found_beside_colleagues():
    assert unusual(60, eigen=[60] * 20, collegas=[8, 10, 12] * 10)
    assert not unusual(60, eigen=[60] * 20, collegas=[55, 60, 65] * 10)


def test_a_sudden_day_is_found_beside_ones_own():
    assert unusual(60, eigen=[8, 10, 12] * 10, collegas=[55, 60, 65] * 10)


def test_the_reason_tells_what_is_usual_or_that_it_is_not_known():
    reden = judge(Maat.ZAKEN, 90, eigen=[5] * 9, collegas=[8, 10, 12] * 10, drempels=DREMPELS)
    assert reden is not None
    assert (reden.aantal, reden.zelf, reden.collegas) == (90, None, 10)


def test_a_threshold_of_nothing_switches_it_off():
    uit = Drempels(vanaf={Maat.ZAKEN: 0}, factor=5, werktijd=(7, 19))
    assert not unusual(10_000, [1] * 20, [1] * 20, uit)
    assert not unusual(10_000, drempels=Drempels(vanaf={}, factor=5, werktijd=(7, 19)))
