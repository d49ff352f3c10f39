"""The quiet hours hold for mails that go later than planned too: after a burst, and after a failed attempt."""

from datetime import datetime, time, timedelta

import pytest

from eloket.identity.types import Partij
from eloket.kernel import klok
from eloket.notifications.bezorgen import bezorging
from eloket.notifications.bezorgen.klokherstel import repair_clock
from eloket.notifications.bezorgen.samenstellen import MEESTE_LOS, compose
from eloket.notifications.models import Notificatie, Zending
from eloket.notifications.service import enqueue
from eloket.notifications.types import Bezorging, NotificatieSoort
from eloket.profile.models import Profiel
from tests.unit.notifications.zaken import profiel

pytestmark = pytest.mark.django_db

JEROEN = Partij.inwoner("999990019")
AVOND = datetime(2026, 11, 3, 21, 55, tzinfo=klok.AMSTERDAM)
NACHT = AVOND + timedelta(minutes=11)
OCHTEND = datetime(2026, 11, 4, 7, 0, tzinfo=klok.AMSTERDAM)
S = NotificatieSoort


@pytest.fixture(autouse=True)
def _jeroen() -> None:
    profiel(JEROEN, "j@voorbeeld.nl")
    Profiel.objects.update(stil_van=time(22), stil_tot=time(7))


def tell(soort: NotificatieSoort = S.STATUS_GEWIJZIGD) -> int:
    is_ontvangst = soort is S.ONTVANGST
    return enqueue(
        soort,
        betrokkene_key=JEROEN.profiel_key,
        zaak_ref="register-a1b2",
        ontvangen_op=klok.nu() if is_ontvangst else None,
        kenmerk="OB-2026-AAAA-BBBB" if is_ontvangst else "",
    )


def send(now: datetime) -> list[Bezorging]:
    with klok.op_moment(now):
        compose(now, 100)
        return [bezorging.deliver(pk, "w") for pk in bezorging.claim(now, "w", 50)]


def fail_at(moment: datetime, settings) -> None:
    """One attempt that does not work, after which the server is back."""
    werkt, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert send(moment) == [Bezorging.UITGESTELD]
    settings.EMAIL_BACKEND = werkt


def test_the_rest_of_a_burst_waits_for_the_end_of_the_quiet_hours(mailoutbox):
    for _ in range(MEESTE_LOS):
        with klok.op_moment(AVOND):
            tell()
        send(AVOND)
    with klok.op_moment(AVOND):
        rest = tell()
    assert send(AVOND) == send(NACHT) == []
    assert Notificatie.objects.get(pk=rest).gepland_op == OCHTEND
    assert send(OCHTEND) == [Bezorging.VERZONDEN]
    assert len(mailoutbox) == MEESTE_LOS + 1


def test_what_is_made_late_waits_for_the_end_of_the_quiet_hours(mailoutbox):
    """The worker was away when it was due."""
    with klok.op_moment(AVOND):
        tell()
    assert send(NACHT) == []
    assert send(OCHTEND) == [Bezorging.VERZONDEN]


def test_what_failed_is_not_tried_again_in_the_quiet_hours(mailoutbox, settings):
    with klok.op_moment(AVOND):
        tell()
    fail_at(AVOND, settings)
    assert send(NACHT) == [Bezorging.UITGESTELD]
    rij = Zending.objects.get()
    assert (rij.volgende_poging_op, rij.pogingen, rij.lease_tot) == (OCHTEND, 1, None)
    assert send(OCHTEND) == [Bezorging.VERZONDEN]


def test_the_check_of_the_clock_sends_nobody_mail_in_the_quiet_hours(mailoutbox, settings):
    """The wait for the morning is no mistake of a clock."""
    with klok.op_moment(AVOND):
        tell()
    fail_at(AVOND, settings)
    send(NACHT)
    repair_clock(NACHT)
    assert send(NACHT) == []
    assert mailoutbox == []
    assert send(OCHTEND) == [Bezorging.VERZONDEN]


def test_a_receipt_waits_for_the_end_of_the_quiet_hours_whenever_it_was_sent(mailoutbox):
    """In them, and just before them by a worker that was away."""
    with klok.op_moment(AVOND):
        tell(S.ONTVANGST)
    with klok.op_moment(NACHT):
        tell(S.ONTVANGST)
    assert send(NACHT) == []
    assert set(Notificatie.objects.values_list("gepland_op", flat=True)) == {OCHTEND}
    assert send(OCHTEND) == [Bezorging.VERZONDEN]
    assert send(OCHTEND) == [Bezorging.VERZONDEN], "in its order"
    assert len(mailoutbox) == 2


def test_a_receipt_that_failed_waits_for_the_morning_too(mailoutbox, settings):
    with klok.op_moment(AVOND):
        tell(S.ONTVANGST)
    fail_at(AVOND, settings)
    assert send(NACHT) == [Bezorging.UITGESTELD]
    assert send(NACHT + timedelta(seconds=30)) == []
    assert send(OCHTEND) == [Bezorging.VERZONDEN]


def test_what_concerns_an_address_passes_what_waits_for_the_morning(mailoutbox, settings):
    with klok.op_moment(AVOND):
        tell()
    fail_at(AVOND, settings)
    assert send(NACHT) == [Bezorging.UITGESTELD]
    with klok.op_moment(NACHT):
        enqueue(
            S.ADRES_BEVESTIGEN, betrokkene_key=JEROEN.profiel_key, aan="nieuw@voorbeeld.nl", token="geheim"
        )
    assert send(NACHT) == [Bezorging.VERZONDEN]
    assert [mail.to for mail in mailoutbox] == [["nieuw@voorbeeld.nl"]]
    send(OCHTEND)
    assert len(mailoutbox) == 2
