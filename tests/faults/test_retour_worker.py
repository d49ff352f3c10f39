"""The worker and a real mailbox: what comes back is dealt with, and whatever the mailbox does the mail goes on."""

import logging
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import OperationalError

from eloket.kernel.klok import nu
from eloket.notifications.models import Zending
from eloket.notifications.retour import ronde
from eloket.notifications.retour.mailbox import ONBRUIKBAAR
from eloket.notifications.retour.ronde import ELKE, Ophaler
from eloket.notifications.types import Kanaal
from eloket.ops.management.commands.worker import Worker
from tests.imap import Postbus, running_imap
from tests.uitwijken import dsn, give_address, mail, tell, works
from tests.web.werkplek import Stadhuis, build_stadhuis

pytestmark = pytest.mark.django_db


@pytest.fixture
def huis() -> Stadhuis:
    huis = build_stadhuis()
    give_address(huis.jeroen)
    return huis


@pytest.fixture
def postbus() -> Iterator[Postbus]:
    with running_imap() as server:
        yield server


def test_a_returned_mail_becomes_a_dead_address_and_a_letter(huis, postbus, settings):
    settings.ELOKET = settings.ELOKET.model_copy(update={"retour_imap_url": postbus.url})
    zending_id = mail(huis.jeroen, huis.start().ref)
    postbus.put(dsn(zending_id), dsn(zending_id), b"Subject: Ik ben er niet\r\n\r\nTot maandag.\r\n")
    Worker(threading.Event()).run_once()
    assert not works(huis.jeroen)
    assert Zending.objects.filter(kanaal=Kanaal.BRIEF).count() == 1
    assert postbus.read() == []
    assert len(postbus.read(ONBRUIKBAAR)) == 1


def test_a_mailbox_that_is_away_keeps_no_mail_from_going_and_is_said_once(huis, postbus, settings, caplog):
    url = postbus.url.replace(str(postbus.poort), "1")
    settings.ELOKET = settings.ELOKET.model_copy(update={"retour_imap_url": url})
    tell(huis.jeroen, huis.start().ref)
    worker = Worker(threading.Event())
    with caplog.at_level(logging.WARNING):
        worker.run_once()
        worker.run_once()
    assert Zending.objects.filter(verzonden_op__isnull=False).exists()
    assert caplog.text.count("mailbox voor retourmail antwoordt niet: ConnectionRefusedError") == 1


def test_what_the_mailbox_does_unexpectedly_stops_nobody(monkeypatch, postbus):
    def fails(*_: object) -> None:
        raise AttributeError("iets geks")

    monkeypatch.setattr(ronde, "empty_mailbox", fails)
    ophaler = Ophaler(postbus.url)
    assert ophaler.run_round(nu()) is False
    monkeypatch.undo()
    assert ophaler.run_round(nu() + ELKE) is False


def test_a_database_that_goes_away_is_the_workers_to_wait_for(huis, postbus, monkeypatch):
    zending_id = mail(huis.jeroen, huis.start().ref)
    postbus.put(dsn(zending_id))

    def away(_: object) -> None:
        raise OperationalError("weg")

    monkeypatch.setattr(ronde, "verwerk", away)
    ophaler = Ophaler(postbus.url)
    with pytest.raises(OperationalError):
        ophaler.run_round(nu())
    assert len(postbus.read()) == 1
    monkeypatch.undo()
    ophaler.run_round(nu() + ELKE)
    assert postbus.read() == []
    assert not works(huis.jeroen)


def test_the_mailbox_is_looked_into_every_three_minutes_also_when_the_clock_goes_back(postbus):
    ophaler, now = Ophaler(postbus.url), nu()
    ophaler.run_round(now)
    postbus.put(b"Subject: a\r\n\r\n")
    ophaler.run_round(now + ELKE - timedelta(seconds=1))
    assert len(postbus.read()) == 1
    ophaler.run_round(now + ELKE)
    assert postbus.read() == []
    postbus.put(b"Subject: b\r\n\r\n")
    ophaler.run_round(now - timedelta(days=1))
    assert postbus.read() == []


def test_without_a_mailbox_nothing_is_looked_into():
    assert Ophaler("").run_round(nu()) is False
