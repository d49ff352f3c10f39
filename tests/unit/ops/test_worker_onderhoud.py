"""The upkeep of the worker: one part that fails never stops the others, and a log line names no content."""

import logging
import threading
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, OperationalError

from eloket.audit.models import AuditRegel
from eloket.kernel import klok
from eloket.ops.management.commands import worker
from eloket.ops.management.commands.worker import Worker
from tests.unit.audit.keten import add, seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    gedaan: dict[str, object] = {}

    def fail(_now: datetime) -> object:
        raise gedaan["fout"]  # type: ignore[misc]

    def do(now: datetime) -> object:
        gedaan["daarna"] = now
        return 1

    monkeypatch.setattr(worker, "_ONDERHOUD", {"eerst": fail, "daarna": do})
    return gedaan


@pytest.mark.parametrize("fout", [OSError("/pad/naar"), ValueError("geheim"), IntegrityError("geheim")])
def test_what_fails_does_not_stop_the_rest(
    rounds: dict[str, object], fout: Exception, caplog: pytest.LogCaptureFixture
):
    rounds["fout"] = fout
    with caplog.at_level(logging.INFO):
        Worker(threading.Event()).run_once()
    assert "daarna" in rounds
    assert f"onderhoud mislukt: eerst {type(fout).__name__}" in caplog.text
    assert "geheim" not in caplog.text
    assert "/pad" not in caplog.text


def test_a_database_that_is_away_is_waited_for(rounds: dict[str, object]):
    rounds["fout"] = OperationalError()
    with pytest.raises(OperationalError):
        Worker(threading.Event()).run_once()


def test_every_part_of_the_upkeep_runs(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.INFO):
        Worker(threading.Event()).run_once()
    assert "onderhoud mislukt" not in caplog.text
    assert caplog.text.count("onderhoud: ") == len(worker._ONDERHOUD)


def test_the_audit_trail_goes_by_the_period_of_the_settings(settings):
    settings.ELOKET = settings.ELOKET.model_copy(update={"logboek_termijn": "P1Y"})
    for jaar, aantal in ((2024, 2), (2026, 3)):
        with klok.op_moment(datetime(jaar, 6, 1, tzinfo=UTC)):
            add(aantal)
            seal()
    with klok.op_moment(datetime(2026, 11, 3, tzinfo=UTC)):
        Worker(threading.Event()).run_once()
    assert AuditRegel.objects.filter(actie="zaak.bekeken").count() == 3
    assert AuditRegel.objects.filter(actie="audit.opgeruimd").count() == 1


def test_a_clock_that_is_set_back_does_not_stop_the_upkeep(monkeypatch: pytest.MonkeyPatch):
    """Else what mends such a clock would itself wait until the clock has caught up."""
    gedaan: list[datetime] = []
    monkeypatch.setattr(worker, "_ONDERHOUD", {"iets": gedaan.append})
    een = Worker(threading.Event())
    for uur in (12, 12, 9, 9):
        with klok.op_moment(datetime(2026, 11, 3, uur, tzinfo=UTC)):
            een.run_once()
    assert [moment.hour for moment in gedaan] == [12, 9]
