"""A clock that was wrong: nothing that waits is stuck because of it, and what somebody chose is left alone."""

from datetime import datetime, timedelta

import pytest

from eloket.identity.types import Partij
from eloket.kernel import klok
from eloket.notifications.bezorgen import bezorging
from eloket.notifications.bezorgen.bezorging import delay
from eloket.notifications.bezorgen.klokherstel import SPELING, is_set_back, repair_clock
from eloket.notifications.bezorgen.samenstellen import compose
from eloket.notifications.models import Notificatie, Zending
from eloket.notifications.service import enqueue
from eloket.notifications.types import Bezorging, NotificatieSoort
from eloket.profile.models import Profiel
from tests.unit.notifications.zaken import profiel

pytestmark = pytest.mark.django_db
JEROEN = Partij.inwoner("999990019")
MIDDAG = datetime(2026, 11, 3, 14, 0, tzinfo=klok.AMSTERDAM)
UREN = timedelta(hours=5)


@pytest.fixture(autouse=True)
def _jeroen() -> None:
    profiel(JEROEN, "j@voorbeeld.nl")


def tell() -> None:
    enqueue(NotificatieSoort.STATUS_GEWIJZIGD, betrokkene_key=JEROEN.profiel_key, zaak_ref="register-a1b2")


def send(now: datetime) -> int:
    """A round of the worker at this moment; says how many mails went."""
    with klok.op_moment(now):
        compose(now, 100)
        return sum(bezorging.deliver(pk, "w") is Bezorging.VERZONDEN for pk in bezorging.claim(now, "w", 50))


def test_what_was_made_by_a_clock_that_was_ahead_goes(mailoutbox):
    with klok.op_moment(klok.nu() + timedelta(days=30)):
        tell()
    assert compose(klok.nu(), 100) == 0
    assert repair_clock(klok.nu()) == 1
    assert compose(klok.nu(), 100) == 1
    straks = klok.nu() + timedelta(days=30)
    Zending.objects.update(volgende_poging_op=straks, lease_tot=straks, gemaakt_op=straks)
    assert bezorging.claim(klok.nu(), "w", 10) == []
    assert repair_clock(klok.nu()) == 2
    assert send(klok.nu()) == 1


@pytest.mark.parametrize("pogingen", [1, 4, 9, 30])
def test_a_mail_that_was_put_off_before_the_clock_went_back_waits_no_longer_than_it_would_have(
    mailoutbox, pogingen: int
):
    """It was made before, so nothing in its row lies in the future but the next attempt."""
    with klok.op_moment(MIDDAG - timedelta(hours=8)):
        tell()
        compose(klok.nu(), 100)
    Zending.objects.update(pogingen=pogingen, volgende_poging_op=MIDDAG + delay(pogingen))
    assert repair_clock(MIDDAG) == 0, "a clock that is right changes nothing"
    vroeger = MIDDAG - UREN
    assert send(vroeger) == 0
    assert repair_clock(vroeger) == 1
    assert send(vroeger) == 1


def test_what_waits_for_the_end_of_a_burst_is_planned_again(mailoutbox):
    with klok.op_moment(MIDDAG - timedelta(hours=8)):
        tell()
    Notificatie.objects.update(gepland_op=MIDDAG + timedelta(minutes=10))
    with klok.op_moment(MIDDAG):
        enqueue(NotificatieSoort.STATUS_GEWIJZIGD, betrokkene_key="ander", zaak_ref="r-1")
    vroeger = MIDDAG - UREN
    assert is_set_back(vroeger)
    assert repair_clock(vroeger) == 1
    assert send(vroeger) == 1


def test_a_daily_mail_stays_at_its_hour_when_the_clock_goes_back():
    Profiel.objects.update(meldingen={"status": "dagelijks"})
    with klok.op_moment(MIDDAG - timedelta(hours=5, minutes=30)):
        tell()
    gepland = Notificatie.objects.get().gepland_op
    with klok.op_moment(MIDDAG):
        enqueue(NotificatieSoort.STATUS_GEWIJZIGD, betrokkene_key="ander", zaak_ref="r-1")
    assert is_set_back(MIDDAG - UREN)
    repair_clock(MIDDAG - UREN)
    assert Notificatie.objects.get(betrokkene_key=JEROEN.profiel_key).gepland_op == gepland


def test_what_was_made_by_a_clock_that_was_ahead_still_waits_for_the_daily_mail():
    """Else it would overtake what waits there already."""
    Profiel.objects.update(meldingen={"status": "dagelijks"})
    with klok.op_moment(MIDDAG + timedelta(days=20)):
        tell()
    assert repair_clock(MIDDAG) == 1
    assert Notificatie.objects.get().gepland_op == datetime(2026, 11, 4, 8, 0, tzinfo=klok.AMSTERDAM)


def test_a_mail_that_waits_for_the_end_of_quiet_hours_is_left_alone():
    with klok.op_moment(MIDDAG):
        tell()
        compose(klok.nu(), 100)
    Zending.objects.update(houdt_op=False, volgende_poging_op=MIDDAG + timedelta(hours=9))
    assert repair_clock(MIDDAG) == 0
    assert repair_clock(MIDDAG - UREN) == 1, "but when the clock went back, it is looked at again"


def test_two_machines_whose_clocks_differ_a_little_are_no_reason_to_mend_anything():
    with klok.op_moment(MIDDAG + SPELING):
        tell()
    assert not is_set_back(MIDDAG)
    assert repair_clock(MIDDAG) == 0


def test_a_clock_that_goes_forward_sends_nothing_twice(mailoutbox):
    with klok.op_moment(MIDDAG):
        tell()
    assert send(MIDDAG) == 1
    assert send(MIDDAG + UREN) == 0
    assert send(MIDDAG - UREN) == 0
    repair_clock(MIDDAG - UREN)
    assert send(MIDDAG - UREN) == 0
    assert len(mailoutbox) == 1
