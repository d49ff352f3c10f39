"""Outages with real processes: a worker that was away, a site that fails, and kill -9 while terms are extended.

On a SQLite file in a folder of the test, as in test_worker.py.
"""

import http.server
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.faults.installatie import Huis, wait_until

pytestmark = pytest.mark.faults

# 200 requests whose last day was yesterday, when the site was out of order for three hours.
VRAGEN = """
import sys, django
django.setup()
from datetime import timedelta
from eloket.beschikbaarheid import service
from eloket.beschikbaarheid.types import Wat
from eloket.kernel.klok import nu, op_moment, vandaag
from eloket.zaken import service as zaken
from tests.web.werkplek import build_stadhuis
gisteren = vandaag()
toen = nu() - timedelta(days=20)
with op_moment(toen):
    stad = build_stadhuis()
    zaak = stad.start()
    for nummer in range(200):
        zaken.ask_answer(stad.mila, zaak.ref, titel=f"Vraag {nummer}", toelichting="", deadline=gisteren)
begin = nu() - timedelta(days=1)
with op_moment(begin + timedelta(hours=3)):
    service.record_gemeten(Wat.PORTAAL, begin, begin + timedelta(hours=3))
"""
OVER = "zaken_verlenging"


class Doel(http.server.ThreadingHTTPServer):
    status = 200
    daemon_threads = True


class _Antwoord(http.server.BaseHTTPRequestHandler):
    server: Doel

    def do_GET(self) -> None:
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def site() -> Iterator[Doel]:
    server = Doel(("127.0.0.1", 0), _Antwoord)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def onderbrekingen(huis: Huis) -> list[tuple[str | None, ...]]:
    return [*huis.sql("SELECT wat, begin, eind, herkomst FROM beschikbaarheid_onderbreking ORDER BY begin")]


def aantal(huis: Huis, vraag: str) -> int:
    return int(huis.sql(vraag)[0][0])


def _is_more(huis: Huis, voor: int) -> bool:
    return aantal(huis, f"SELECT count(*) FROM {OVER}") > voor


def test_a_worker_that_was_killed_and_started_hours_later_records_the_silence(huis):
    huis.start(9)
    wait_until(lambda: aantal(huis, "SELECT count(*) FROM beschikbaarheid_levensteken"))
    huis.workers[0].send_signal(signal.SIGKILL)
    huis.workers[0].wait()
    geleden = datetime.now(UTC) - timedelta(hours=4)
    huis.sql("UPDATE beschikbaarheid_levensteken SET moment = ?", str(geleden.replace(tzinfo=None)))
    huis.start(9)
    wait_until(lambda: onderbrekingen(huis))
    ((wat, begin, eind, herkomst),) = onderbrekingen(huis)
    assert begin
    assert eind
    assert (wat, herkomst) == ("portaal", "meting")
    duur = datetime.fromisoformat(eind) - datetime.fromisoformat(begin)
    assert timedelta(hours=4) <= duur < timedelta(hours=4, minutes=2)


def test_two_workers_started_at_once_after_a_silence_record_one_outage(huis):
    huis.finish(9)
    geleden = datetime.now(UTC) - timedelta(hours=4)
    huis.sql("UPDATE beschikbaarheid_levensteken SET moment = ?", str(geleden.replace(tzinfo=None)))
    huis.start(9)
    huis.start(9)
    wait_until(lambda: aantal(huis, "SELECT count(*) FROM beschikbaarheid_levensteken") == 3)
    assert len(onderbrekingen(huis)) == 1


class Gecontroleerd(Huis):
    """An installation whose workers check an address."""

    url = ""

    def env(self, port: int = 9) -> dict[str, str]:
        return super().env(port) | {"ELOKET_CONTROLE_URL": self.url}

    def next_minute(self) -> None:
        self.sql("UPDATE beschikbaarheid_controle SET volgende_op = '2020-01-01 00:00:00'")
        self.finish(9)


def test_a_site_that_answers_with_errors_is_an_outage_until_it_answers_well(huis: Huis, tmp_path: Path):
    gecontroleerd = Gecontroleerd(huis.folder)
    with site() as doel:
        gecontroleerd.url = f"http://127.0.0.1:{doel.server_port}/gezondheid/klaar/"
        gecontroleerd.finish(9)
        doel.status = 503
        for _ in range(2):
            gecontroleerd.next_minute()
        assert onderbrekingen(huis) == []
        gecontroleerd.next_minute()
        assert [(een[0], een[2]) for een in onderbrekingen(huis)] == [("portaal", None)]
        doel.status = 200
        gecontroleerd.next_minute()
    assert onderbrekingen(huis)[0][2] is not None


@pytest.mark.slow
def test_killed_while_terms_are_extended_everybody_gets_longer_exactly_once(huis):
    huis.run("-c", VRAGEN)
    for keer in range(1, 5):
        voor = aantal(huis, f"SELECT count(*) FROM {OVER}")
        worker = huis.start(9)
        wait_until(partial(_is_more, huis, voor))
        time.sleep(0.02 * keer)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        if aantal(huis, f"SELECT count(*) FROM {OVER}") == 200:
            break
    assert keer > 1, "the worker was never killed in the middle of its work"
    huis.finish(9)
    assert aantal(huis, f"SELECT count(*) FROM {OVER}") == 200
    assert aantal(huis, "SELECT count(DISTINCT deadline) FROM zaken_taak") == 1
    assert aantal(huis, "SELECT count(*) FROM zaken_gebeurtenis WHERE soort = 'termijn_verlengd'") == 200
    assert aantal(huis, "SELECT count(*) FROM audit_regel WHERE actie = 'taak.verlengd'") == 200
    assert aantal(huis, "SELECT count(*) FROM beschikbaarheid_verwerking WHERE klaar_op IS NULL") == 0
