"""The worker seals what is proof: within a minute, and never in the way of the mail."""

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from eloket.audit import verzegelen
from eloket.audit.models import AuditRegel
from eloket.kernel.klok import op_moment
from eloket.ops.management.commands.worker import Worker
from tests.unit.audit.keten import add, found

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


def waiting() -> int:
    return AuditRegel.objects.filter(zegel=None).count()


def run_at(worker: Worker, seconden: int) -> None:
    with op_moment(NU + timedelta(seconds=seconden)):
        worker.run_once()


def test_what_came_in_is_sealed_within_half_a_minute():
    worker = Worker(threading.Event())
    run_at(worker, 0)
    add(2)
    run_at(worker, 10)
    assert waiting() == 2
    run_at(worker, 30)
    assert (waiting(), found()) == (0, [])


def test_a_backlog_goes_on_in_the_next_round_at_once(monkeypatch):
    monkeypatch.setattr(verzegelen, "PER_ZEGEL", 2)
    monkeypatch.setattr(verzegelen, "PER_RONDE", 1)
    add(5)
    worker = Worker(threading.Event())
    stand = []
    for seconde in range(3):
        run_at(worker, seconde)
        stand.append(waiting())
    assert stand == [3, 1, 0]


def test_a_clock_that_goes_back_does_not_stop_the_sealing():
    worker = Worker(threading.Event())
    run_at(worker, 0)
    add(1)
    run_at(worker, -86_400)
    assert waiting() == 0


def test_sealing_that_fails_does_not_stop_the_rest(monkeypatch, caplog):
    def fail(_now: datetime) -> None:
        raise verzegelen.RegelVerdwenen("geheim")

    monkeypatch.setattr(verzegelen, "seal_waiting", fail)
    with caplog.at_level(logging.INFO):
        Worker(threading.Event()).run_once()
    assert "verzegelen mislukt: RegelVerdwenen" in caplog.text
    assert "geheim" not in caplog.text
    assert "onderhoud: " in caplog.text


def test_a_database_that_is_away_is_waited_for(monkeypatch):
    def fail(_now: datetime) -> None:
        raise OperationalError

    monkeypatch.setattr(verzegelen, "seal_waiting", fail)
    with pytest.raises(OperationalError):
        Worker(threading.Event()).run_once()
