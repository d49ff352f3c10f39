"""The clock of the server goes back, or forward, by hours while mails wait: nothing is lost, stuck or sent twice.

The worker of the product, round by round, on a clock that the test sets (kernel.klok is the only one it reads). Its
upkeep mends what the clock left behind: nothing may wait longer than one round of that.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from eloket.identity.types import Partij
from eloket.kernel import klok
from eloket.notifications.bezorgen import bezorging, samenstellen
from eloket.notifications.models import Notificatie, Zending
from eloket.notifications.service import enqueue
from eloket.notifications.types import NotificatieSoort
from eloket.ops.management.commands.worker import ONDERHOUD_ELKE
from eloket.sources.register.seed.bevolking import seed_bsn
from tests.faults.loop import Loop, assert_all_once, running
from tests.unit.notifications.mailservers import Mailserver, WeigertEen
from tests.unit.notifications.zaken import profiel

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
BEGIN = datetime(2026, 11, 3, 14, 0, tzinfo=klok.AMSTERDAM)
PARTIJEN = [Partij.inwoner(seed_bsn(nummer)) for nummer in range(6)]
S = NotificatieSoort


@pytest.fixture
def loop(settings) -> Iterator[Loop]:
    for nummer, partij in enumerate(PARTIJEN):
        profiel(partij, f"p{nummer}@voorbeeld.nl")
    with running(settings, BEGIN) as een:
        yield een


def tell(loop: Loop) -> None:
    """A change and a receipt for everybody."""
    with loop.now() as moment:
        for partij in PARTIJEN:
            for soort in (S.STATUS_GEWIJZIGD, S.ONTVANGST):
                velden = {"ontvangen_op": moment, "kenmerk": "OB-1"} if soort is S.ONTVANGST else {}
                enqueue(soort, betrokkene_key=partij.profiel_key, zaak_ref="r-1", **velden)  # type: ignore[arg-type]


SPRONGEN = [timedelta(hours=-5), timedelta(hours=-1), timedelta(minutes=-7), timedelta(hours=6)]


@pytest.mark.parametrize("sprong", SPRONGEN, ids=str)
def test_mails_that_wait_for_a_server_that_is_away(loop: Loop, sprong: timedelta):
    tell(loop)
    loop.run(timedelta(minutes=30))  # nobody listens: everything is put off, the worker rests
    assert Zending.objects.filter(verzonden_op=None).count() == Zending.objects.count() > 0
    loop.moment += sprong
    server = Mailserver()
    with loop.to(server):
        loop.run(ONDERHOUD_ELKE + timedelta(minutes=25))
    assert_all_once(server)


@pytest.mark.parametrize("sprong", SPRONGEN, ids=str)
def test_one_mail_that_is_put_off_for_hours_and_what_waits_behind_it(loop: Loop, sprong: timedelta):
    server = WeigertEen("p0@voorbeeld.nl", "452 vol")
    with loop.to(server):
        tell(loop)
        loop.run(timedelta(hours=3), timedelta(minutes=15))
        tell(loop)
        loop.moment += sprong
        server.is_dicht = False
        loop.run(
            timedelta(hours=4, minutes=40)
        )  # a mail that was refused waits four hours at most, as always
    assert_all_once(server)


@pytest.mark.parametrize("sprong", SPRONGEN, ids=str)
def test_the_rest_of_a_burst(loop: Loop, sprong: timedelta):
    server = Mailserver()
    with loop.to(server):
        for _ in range(4):
            tell(loop)
            loop.run(timedelta(seconds=1), timedelta(seconds=1))
        assert Notificatie.objects.filter(zending=None).exists(), "a burst is held back"
        loop.moment += sprong
        loop.run(ONDERHOUD_ELKE * 2 + timedelta(minutes=30))
    assert_all_once(server)


@pytest.mark.parametrize("sprong", SPRONGEN, ids=str)
def test_mails_that_a_worker_held_when_it_died(loop: Loop, sprong: timedelta):
    tell(loop)
    with klok.op_moment(loop.moment):
        samenstellen.compose(loop.moment, 100)
        assert bezorging.claim(loop.moment, "dood", 100)
    loop.moment += sprong
    server = Mailserver()
    with loop.to(server):
        loop.run(ONDERHOUD_ELKE * 2 + timedelta(minutes=30))
    assert_all_once(server)
