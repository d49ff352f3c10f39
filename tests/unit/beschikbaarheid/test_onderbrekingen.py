"""Outages: beginning, ending, announcing, putting right; what overlaps is one, and what is over is told once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from eloket.audit.models import AuditRegel
from eloket.beschikbaarheid import service
from eloket.beschikbaarheid.errors import GeenOnderbreking, OnderbrekingNietGevonden
from eloket.beschikbaarheid.events import OnderbrekingVoorbij
from eloket.beschikbaarheid.models import Onderbreking
from eloket.beschikbaarheid.queries import get_onderbreking, list_onderbrekingen, must_wait
from eloket.beschikbaarheid.regels import get_regels, save_regels
from eloket.beschikbaarheid.types import Herkomst, Soort, Wat
from eloket.beschikbaarheid.voorbij import announce_ended
from eloket.identity.errors import BeheerGewijzigd, BeheerOngeldig
from eloket.identity.types import Recht
from eloket.kernel import events
from eloket.kernel.errors import NietGevonden
from eloket.kernel.klok import op_moment
from tests.huis import inwoner, medewerker

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
UUR, DAG = timedelta(hours=1), timedelta(days=1)
BEHEERDER = replace(medewerker(), rechten=frozenset({Recht.BEHEREN}))


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with op_moment(NU):
        yield


@pytest.fixture
def gemeld() -> Iterator[list[OnderbrekingVoorbij]]:
    """What the rooms above are told, beside what they do with it."""
    lijst: list[OnderbrekingVoorbij] = []
    events.subscribe(OnderbrekingVoorbij, lijst.append)
    yield lijst
    events._subscribers[OnderbrekingVoorbij].remove(lijst.append)  # type: ignore[arg-type]


def test_it_begins_and_ends_and_the_audit_trail_says_who():
    begonnen = service.start(BEHEERDER, wat=Wat.INLOGGEN, reden="DigiD werkt niet.", vanaf=NU - UUR)
    assert (begonnen.begin, begonnen.eind, begonnen.herkomst) == (NU - UUR, None, Herkomst.BEHEER)
    klaar = service.einde(None, wat=Wat.INLOGGEN)
    assert (klaar.id, klaar.eind) == (begonnen.id, NU)
    acties = AuditRegel.objects.order_by("pk").values_list("actie", "actor_soort")
    assert list(acties) == [("storing.begonnen", "medewerker"), ("storing.geeindigd", "opdracht")]


def test_beginning_twice_is_one_outage_and_one_line():
    eerste = service.start(None, wat=Wat.PORTAAL)
    with op_moment(NU + UUR):
        assert service.start(None, wat=Wat.PORTAAL).id == eerste.id
    assert Onderbreking.objects.count() == AuditRegel.objects.count() == 1


def test_it_turns_out_to_have_begun_earlier():
    eerste = service.start(None, wat=Wat.PORTAAL)
    assert service.start(None, wat=Wat.PORTAAL, vanaf=NU - 2 * UUR).id == eerste.id
    assert get_onderbreking(eerste.id).begin == NU - 2 * UUR


def test_what_touches_becomes_one_and_other_things_stay_apart():
    service.record_gemeten(Wat.PORTAAL, NU - 5 * UUR, NU - 4 * UUR)
    service.record_gemeten(Wat.PORTAAL, NU - 3 * UUR, NU - 2 * UUR)
    service.record_gemeten(Wat.INLOGGEN, NU - 5 * UUR, NU - 2 * UUR)
    assert len(list_onderbrekingen()) == 3
    service.record_gemeten(Wat.PORTAAL, NU - 4 * UUR, NU - 3 * UUR)
    portaal = [een for een in list_onderbrekingen() if een.wat is Wat.PORTAAL]
    assert [(een.begin, een.eind) for een in portaal] == [(NU - 5 * UUR, NU - 2 * UUR)]


def test_an_outage_now_does_not_swallow_the_maintenance_of_next_week():
    service.start(None, wat=Wat.PORTAAL)
    service.plan(BEHEERDER, wat=Wat.PORTAAL, reden="Update.", begin=NU + 7 * DAG, eind=NU + 7 * DAG + UUR)
    assert [een.soort for een in list_onderbrekingen()] == [Soort.ONDERHOUD, Soort.STORING]
    service.einde(None, wat=Wat.PORTAAL)
    assert len(list_onderbrekingen()) == 2


def test_maintenance_that_goes_on_when_it_should_be_over_becomes_a_disturbance():
    gepland = service.plan(None, wat=Wat.PORTAAL, reden="Update.", begin=NU + UUR, eind=NU + 2 * UUR)
    with op_moment(NU + UUR + UUR / 2):
        service.begin_gemeten(Wat.PORTAAL, NU + UUR)
        assert get_onderbreking(gepland.id).soort is Soort.ONDERHOUD, "it was announced"
    with op_moment(NU + 3 * UUR):
        service.begin_gemeten(Wat.PORTAAL, NU + UUR)
        nu = get_onderbreking(gepland.id)
        assert (nu.soort, nu.eind, nu.herkomst) == (Soort.STORING, None, Herkomst.METING)
        assert service.einde_gemeten(Wat.PORTAAL)
    assert get_onderbreking(gepland.id).eind == NU + 3 * UUR


def test_a_check_never_ends_what_somebody_reported():
    service.start(BEHEERDER, wat=Wat.PORTAAL)
    service.begin_gemeten("portaal", NU - UUR)
    assert not service.einde_gemeten("portaal")
    assert list_onderbrekingen()[0].eind is None
    assert list_onderbrekingen()[0].begin == NU - UUR


def test_a_clock_that_goes_back_makes_no_negative_outage():
    assert service.record_gemeten(Wat.PORTAAL, NU, NU - UUR) is None
    service.begin_gemeten("e-mail", NU + UUR)
    with op_moment(NU - UUR):
        assert service.einde_gemeten("e-mail")
    (mail,) = list_onderbrekingen()
    assert mail.begin == mail.eind == NU


def test_ending_what_does_not_go_on_is_refused():
    with pytest.raises(GeenOnderbreking):
        service.einde(None, wat=Wat.PORTAAL)


@pytest.mark.parametrize(
    ("veld", "doe"),
    [
        ("begin", lambda: service.start(None, wat=Wat.PORTAAL, vanaf=NU + UUR)),
        ("begin", lambda: service.start(None, wat=Wat.PORTAAL, vanaf=NU - 400 * DAG)),
        ("reden", lambda: service.start(None, wat=Wat.PORTAAL, reden="x" * 301)),
        ("reden", lambda: service.plan(None, wat=Wat.PORTAAL, reden=" ", begin=NU, eind=NU + UUR)),
        ("eind", lambda: service.plan(None, wat=Wat.PORTAAL, reden="x", begin=NU + UUR, eind=NU)),
        ("eind", lambda: service.plan(None, wat=Wat.PORTAAL, reden="x", begin=NU - DAG, eind=NU - UUR)),
        (
            "begin",
            lambda: service.plan(None, wat=Wat.PORTAAL, reden="x", begin=NU - 7300 * DAG, eind=NU + UUR),
        ),
        ("eind", lambda: service.plan(None, wat=Wat.PORTAAL, reden="x", begin=NU + UUR, eind=NU + 367 * DAG)),
    ],
)
def test_what_cannot_be_right_is_refused_beside_its_field(veld, doe):
    with pytest.raises(BeheerOngeldig) as fout:
        doe()
    assert fout.value.fouten.keys() == {veld}
    assert not Onderbreking.objects.exists()


def test_announced_maintenance_keeps_an_end_until_it_has_begun():
    een = service.plan(None, wat=Wat.PORTAAL, reden="Update.", begin=NU + UUR, eind=NU + 2 * UUR)
    for begin in (een.begin, NU + 2 * UUR):
        with pytest.raises(BeheerOngeldig) as fout:
            service.correct(None, een.id, begin=begin, eind=None, reden="Update.")
        assert fout.value.fouten.keys() == {"eind"}
    with pytest.raises(BeheerOngeldig):
        service.correct(None, een.id, begin=een.begin, eind=NU + 400 * DAG, reden="Update.")
    assert get_onderbreking(een.id) == een
    assert service.start(None, wat=Wat.PORTAAL).id != een.id, "the place of what goes on is free"
    with op_moment(NU + UUR + UUR / 2):
        assert service.correct(None, een.id, begin=een.begin, eind=None, reden="Update.").eind is None


def test_an_outage_that_began_after_a_clock_that_went_back_is_still_the_one_that_goes_on():
    een = service.start(None, wat=Wat.PORTAAL)
    with op_moment(NU - UUR):
        assert service.start(None, wat=Wat.PORTAAL).id == een.id
        service.begin_gemeten(Wat.PORTAAL, NU - 2 * UUR)
    assert [(rij.begin, rij.eind) for rij in list_onderbrekingen()] == [(NU - 2 * UUR, None)]


def test_only_a_manager_records():
    for wie in (inwoner(), medewerker()):
        with pytest.raises(NietGevonden):
            service.start(wie, wat=Wat.PORTAAL)


def test_two_managers_never_overwrite_each_other():
    een = service.start(BEHEERDER, wat=Wat.PORTAAL, vanaf=NU - 2 * UUR)
    service.correct(BEHEERDER, een.id, begin=NU - 3 * UUR, eind=None, reden="", merk=een.merk)
    with pytest.raises(BeheerGewijzigd):
        service.correct(BEHEERDER, een.id, begin=NU - UUR, eind=None, reden="Anders.", merk=een.merk)
    with pytest.raises(BeheerGewijzigd):
        service.withdraw(BEHEERDER, een.id, merk=een.merk)


def test_what_was_no_outage_is_taken_back():
    een = service.start(BEHEERDER, wat=Wat.PORTAAL)
    service.withdraw(BEHEERDER, een.id, merk=een.merk)
    assert list_onderbrekingen() == ()
    with pytest.raises(OnderbrekingNietGevonden):
        get_onderbreking(een.id)
    assert service.start(BEHEERDER, wat=Wat.PORTAAL).id != een.id


def test_a_long_one_is_told_once_and_again_only_when_it_was_longer(gemeld):
    een = service.start(None, wat=Wat.PORTAAL, vanaf=NU - 3 * UUR)
    service.einde(None, wat=Wat.PORTAAL, tot=NU - UUR)
    assert [(e.onderbreking.begin, e.onderbreking.eind) for e in gemeld] == [(NU - 3 * UUR, NU - UUR)]
    assert announce_ended(NU) == 0
    service.correct(None, een.id, begin=NU - 3 * UUR, eind=NU - UUR, reden="Stroom.")
    service.correct(None, een.id, begin=NU - 2 * UUR, eind=NU - UUR, reden="Stroom.")
    assert len(gemeld) == 1, "shorter, or only worded differently: nobody loses what they got"
    service.correct(None, een.id, begin=NU - 2 * UUR, eind=NU, reden="Stroom.")
    assert [e.onderbreking.id for e in gemeld] == [een.id, een.id]


def test_a_short_one_and_one_of_mail_change_no_term(gemeld):
    service.record_gemeten(Wat.PORTAAL, NU - UUR + timedelta(seconds=1), NU)
    service.record_gemeten(Wat.EMAIL, NU - 5 * UUR, NU)
    assert gemeld == []
    assert not must_wait(frozenset(Wat), NU)


def test_how_long_is_long_is_up_to_the_manager(gemeld):
    save_regels(BEHEERDER, {"minimum_minuten": 30})
    service.record_gemeten(Wat.PORTAAL, NU - UUR / 2, NU)
    assert len(gemeld) == 1


def test_maintenance_is_told_of_when_its_time_is_over(gemeld):
    service.plan(None, wat=Wat.PORTAAL, reden="Update.", begin=NU + UUR, eind=NU + 3 * UUR)
    assert announce_ended(NU + 2 * UUR) == 0
    assert announce_ended(NU + 3 * UUR) == 1
    assert announce_ended(NU + 3 * UUR) == 0
    assert len(gemeld) == 1


def test_nothing_is_thrown_away_while_it_goes_on():
    portaal = frozenset({Wat.PORTAAL})
    service.start(None, wat=Wat.PORTAAL)
    assert must_wait(portaal, NU)
    assert not must_wait(frozenset({Wat.EMAIL}), NU)
    service.einde(None, wat=Wat.PORTAAL)
    assert not must_wait(portaal, NU)


@pytest.mark.parametrize("waarde", ["", "0", "1441", "een", "-5", "1.5", "٣", "0000000601441", "9" * 5_000])
def test_a_rule_has_bounds(waarde: str):
    with pytest.raises(BeheerOngeldig):
        save_regels(BEHEERDER, {"minimum_minuten": waarde})
    assert get_regels().minimum_minuten == 60


def test_a_rule_that_somebody_else_changed_is_not_overwritten():
    oud = get_regels()
    save_regels(BEHEERDER, {"minimum_minuten": 90}, merk=oud.merk)
    with pytest.raises(BeheerGewijzigd):
        save_regels(BEHEERDER, {"minimum_minuten": 120}, merk=oud.merk)
    assert get_regels().minimum_minuten == 90


class TestSamenvoegen(TestCase):
    """Whatever comes in, in whatever order: no two outages of one thing overlap, and no minute of one is lost."""

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 12)), min_size=1, max_size=8))
    def test_in_any_order_they_are_the_same_outages(self, tijden: list[tuple[int, int]]) -> None:
        Onderbreking.objects.all().delete()
        with op_moment(NU):
            for geleden, duur in tijden:
                begin = NU - geleden * UUR
                service.record_gemeten(Wat.PORTAAL, begin, min(NU, begin + duur * UUR))
            rijen = sorted(list_onderbrekingen(), key=lambda een: een.begin)
        for een, volgende in pairwise(rijen):
            assert een.eind is not None
            assert een.eind < volgende.begin
        gedekt = {
            uur
            for een in rijen
            for uur in range(41)
            if een.eind and een.begin <= NU - uur * UUR and NU - (uur - 1) * UUR <= een.eind
        }
        bedoeld = {geleden - verder for geleden, duur in tijden for verder in range(min(duur, geleden))}
        assert gedekt == bedoeld
