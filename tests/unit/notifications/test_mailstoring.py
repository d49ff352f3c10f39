"""A mail server that stays away is recorded as an outage, and ended by the first mail that goes."""

from datetime import datetime, timedelta

import pytest

from eloket.beschikbaarheid.models import Onderbreking
from eloket.kernel import klok
from eloket.notifications.bezorgen import postbode as module
from eloket.notifications.bezorgen.mailstoring import PAS_NA
from eloket.notifications.bezorgen.ronde import Bezorger
from eloket.notifications.models import Zending
from eloket.notifications.service import enqueue
from eloket.notifications.types import NotificatieSoort
from tests.unit.notifications.mailservers import Mailserver, draaiend

pytestmark = pytest.mark.django_db


@pytest.fixture
def weg(settings, monkeypatch) -> None:
    """No mail server at all, and no patience of the process itself: the test says what time it is."""
    settings.EMAIL_BACKEND = "eloket.notifications.bezorgen.smtp.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 1
    with draaiend(Mailserver()) as port:
        settings.EMAIL_PORT = port
    monkeypatch.setattr(module, "EERSTE_RUST", 0.0)
    monkeypatch.setattr(module, "LANGSTE_RUST", 0.0)
    for nummer in range(5):
        tell(nummer)


def tell(nummer: int) -> None:
    enqueue(
        NotificatieSoort.STATUS_GEWIJZIGD,
        betrokkene_key=f"k{nummer}",
        zaak_ref="r-1",
        aan=f"{nummer}@voorbeeld.nl",
    )


def rounds(bezorger: Bezorger, begin: datetime, duur: timedelta) -> None:
    """A round every five minutes, with every mail due each time."""
    moment = begin
    while moment <= begin + duur:
        Zending.objects.update(volgende_poging_op=moment)
        with klok.op_moment(moment):
            bezorger.run_round(moment)
        moment += timedelta(minutes=5)


@pytest.mark.usefixtures("weg")
def test_an_hour_without_mail_server_is_an_outage_from_its_first_failure_to_its_first_mail(settings):
    begin = klok.nu() + timedelta(minutes=1)
    bezorger = Bezorger("w", lambda: False)
    rounds(bezorger, begin, PAS_NA - timedelta(minutes=1))
    assert not Onderbreking.objects.exists()
    rounds(bezorger, begin + PAS_NA, timedelta(minutes=45))
    storing = Onderbreking.objects.get()
    assert (storing.wat, storing.begin, storing.eind) == ("e-mail", begin, None)
    with draaiend(Mailserver()) as port:
        settings.EMAIL_PORT = port
        eind = begin + timedelta(hours=1, minutes=5)
        rounds(bezorger, eind, timedelta())
    storing.refresh_from_db()
    assert storing.eind == eind


@pytest.mark.usefixtures("weg")
def test_an_outage_that_a_dead_worker_began_is_ended_by_the_next_one(settings):
    begin = klok.nu() + timedelta(minutes=1)
    rounds(Bezorger("sterft", lambda: False), begin, timedelta(hours=1))
    assert Onderbreking.objects.get().eind is None
    with draaiend(Mailserver()) as port:
        settings.EMAIL_PORT = port
        rounds(Bezorger("nieuw", lambda: False), begin + timedelta(hours=2), timedelta())
    assert Onderbreking.objects.get().eind == begin + timedelta(hours=2)


@pytest.mark.usefixtures("weg")
def test_an_outage_that_one_worker_reported_is_ended_by_another_that_has_sent_before(settings):
    begin = klok.nu() + timedelta(minutes=1)
    een, ander = Bezorger("een", lambda: False), Bezorger("ander", lambda: False)
    weg = settings.EMAIL_PORT
    with draaiend(Mailserver()) as port:
        settings.EMAIL_PORT = port
        rounds(ander, begin - timedelta(seconds=30), timedelta())
    assert Zending.objects.exclude(verzonden_op=None).count() == 5
    settings.EMAIL_PORT = weg
    for nummer in range(5):
        tell(nummer)
    rounds(een, begin, timedelta(hours=1))
    assert Onderbreking.objects.get().eind is None
    with draaiend(Mailserver()) as port:
        settings.EMAIL_PORT = port
        rounds(ander, begin + timedelta(hours=2), timedelta())
    assert Onderbreking.objects.get().eind == begin + timedelta(hours=2)
