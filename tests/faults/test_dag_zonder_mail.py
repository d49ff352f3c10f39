"""The mail provider is down for a day: a few attempts find that out, and afterwards all goes out, in order, once."""

from datetime import datetime, timedelta

import pytest

from eloket.identity.types import Partij
from eloket.kernel import klok
from eloket.notifications.bezorgen.postbode import LANGSTE_RUST
from eloket.notifications.models import Notificatie, Zending
from eloket.notifications.service import enqueue
from eloket.notifications.types import NotificatieSoort
from eloket.sources.register.seed.bevolking import seed_bsn
from tests.faults.loop import Loop, assert_all_once, running
from tests.unit.notifications.mailservers import Gesloten, Mailserver
from tests.unit.notifications.zaken import profiel

pytestmark = [
    pytest.mark.faults,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.django_db(transaction=True),
]
BEGIN = datetime(2026, 11, 3, 9, 0, tzinfo=klok.AMSTERDAM)
PARTIJEN = [Partij.inwoner(seed_bsn(nummer)) for nummer in range(50)]
DAG = timedelta(days=1)
S = NotificatieSoort


def tell_all(loop: Loop, ronde: int) -> None:
    """A change for everybody, and a receipt for every fifth."""
    with loop.now() as moment:
        for nummer, partij in enumerate(PARTIJEN):
            enqueue(S.STATUS_GEWIJZIGD, betrokkene_key=partij.profiel_key, zaak_ref="r-1")
            if nummer % 5 == ronde % 5:
                enqueue(
                    S.ONTVANGST,
                    betrokkene_key=partij.profiel_key,
                    zaak_ref="r-1",
                    ontvangen_op=moment,
                    kenmerk="OB-1",
                )


@pytest.mark.parametrize("hoe", ["nobody listens", "it says that it is closed"])
def test_after_a_day_everything_goes_out_in_order_and_once(settings, hoe: str):
    for nummer, partij in enumerate(PARTIJEN):
        profiel(partij, f"p{nummer}@voorbeeld.nl")
    gesloten, goed = Gesloten(), Mailserver()
    with running(settings, BEGIN) as loop:
        if hoe == "nobody listens":
            _day(loop)
        else:
            with loop.to(gesloten):
                _day(loop)
        pogingen = sum(Zending.objects.values_list("pogingen", flat=True))
        assert pogingen <= DAG.total_seconds() / LANGSTE_RUST + 20, "one mail now and then, not each of them"
        assert not Zending.objects.exclude(mislukt_op=None).exists()
        assert Notificatie.objects.count() == 6 * 60
        with loop.to(goed):
            loop.mail(timedelta(minutes=45), timedelta(seconds=30))
    gelezen = assert_all_once(goed)
    assert len(gelezen.notificaties) == 6 * 60
    assert len(goed.ontvangen) <= 4 * len(PARTIJEN), "what came in that day is bundled"


def _day(loop: Loop) -> None:
    for ronde in range(6):
        tell_all(loop, ronde)
        loop.mail(DAG / 6, timedelta(minutes=1))
