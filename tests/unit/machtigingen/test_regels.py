"""The state machine: in whatever order it goes, what is over stays over and nothing opens a zaak by accident."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eloket.kernel.klok import datum_van
from eloket.machtigingen.regels import Feiten, Stand, Stap, after, may, stand_van

BEGIN = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
DAG = datum_van(BEGIN)
KETEN = st.lists(st.tuples(st.sampled_from(Stap), st.integers(0, 40)), max_size=12)


def feiten(van: int = 0, tot: int = 30, code: int = 14) -> Feiten:
    return Feiten(
        DAG + timedelta(days=van), DAG + timedelta(days=max(van, tot)), BEGIN + timedelta(days=code)
    )


FEITEN = st.builds(feiten, st.integers(0, 20), st.integers(0, 60), st.integers(0, 14))


def play(begin: Feiten, keten: list[tuple[Stap, int]]) -> list[tuple[datetime, Feiten, Stand]]:
    """Every step that is possible, each some hours after the one before; the state after each."""
    moment, nu, gezien = BEGIN, begin, [(BEGIN, begin, stand_van(begin, BEGIN))]
    for stap, uren in keten:
        moment += timedelta(hours=uren)
        if may(stap, stand_van(nu, moment)):
            nu = after(nu, stap, moment)
        gezien.append((moment, nu, stand_van(nu, moment)))
    return gezien


@given(FEITEN, KETEN)
def test_what_is_over_stays_over(begin: Feiten, keten: list[tuple[Stap, int]]):
    voorbij = None
    for _, _, stand in play(begin, keten):
        if voorbij is not None:
            assert stand is voorbij
        if stand.is_voorbij:
            voorbij = stand


@given(FEITEN, KETEN)
def test_it_opens_something_only_when_both_sides_want_it_on_this_day(
    begin: Feiten, keten: list[tuple[Stap, int]]
):
    for moment, nu, stand in play(begin, keten):
        wil = nu.voorgelegd_op and nu.aanvaard_op and nu.aanvaard_op < nu.code_tot
        niet = nu.ingetrokken_op or nu.gestopt_op or nu.afgewezen_op
        geldt = bool(wil and not niet and nu.van <= datum_van(moment) <= nu.tot)
        assert (stand is Stand.GELDIG) is geldt


@given(FEITEN, KETEN, st.sampled_from([Stap.TREK_IN, Stap.STOP]))
def test_it_can_be_ended_at_every_moment_that_it_holds(
    begin: Feiten, keten: list[tuple[Stap, int]], stap: Stap
):
    for moment, nu, stand in play(begin, keten):
        if stand is Stand.GELDIG:
            assert stand_van(after(nu, stap, moment), moment).is_voorbij


@given(FEITEN, KETEN)
def test_nothing_may_be_done_with_what_is_over(begin: Feiten, keten: list[tuple[Stap, int]]):
    moment, nu, stand = play(begin, keten)[-1]
    for stap in Stap:
        assert not (stand.is_voorbij and may(stap, stand))
        if not may(stap, stand):
            with pytest.raises(ValueError, match=stap):
                after(nu, stap, moment)


@pytest.mark.parametrize(
    ("wanneer", "stand"),
    [
        (BEGIN + timedelta(days=14, seconds=-1), Stand.VOORGELEGD),
        (BEGIN + timedelta(days=14), Stand.VERLOPEN),
    ],
)
def test_it_can_be_accepted_until_the_last_second_of_the_code(wanneer: datetime, stand: Stand):
    assert stand_van(replace(feiten(), voorgelegd_op=BEGIN), wanneer) is stand


@pytest.mark.parametrize(
    ("wanneer", "stand"),
    [
        # Summer ends in October: on 28 November midnight in Amsterdam is 23.00 UTC.
        (datetime(2026, 12, 1, 22, 59, 59, tzinfo=UTC), Stand.GAAT_IN),
        (datetime(2026, 12, 1, 23, 0, tzinfo=UTC), Stand.GELDIG),
        (datetime(2026, 12, 5, 22, 59, 59, tzinfo=UTC), Stand.GELDIG),
        (datetime(2026, 12, 5, 23, 0, tzinfo=UTC), Stand.VERLOPEN),
    ],
)
def test_both_days_count_on_the_clock_of_amsterdam(wanneer: datetime, stand: Stand):
    heel = replace(feiten(van=4, tot=7), voorgelegd_op=BEGIN, aanvaard_op=BEGIN)
    assert stand_van(heel, wanneer) is stand
