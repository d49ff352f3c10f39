"""The check of our own address, against real servers: answering, failing, hanging, moved and gone."""

import http.server
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from eloket.beschikbaarheid import controle
from eloket.beschikbaarheid.controle import Uitkomst, ask, check
from eloket.beschikbaarheid.models import Controle
from eloket.beschikbaarheid.queries import list_onderbrekingen
from eloket.beschikbaarheid.types import Wat
from eloket.kernel.klok import op_moment

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
MINUUT = timedelta(minutes=1)


class Doel(http.server.ThreadingHTTPServer):
    """A server that answers with `status`, or (0) not at all; `gezien` are the headers of what was asked."""

    status = 200
    gezien: dict[str, str]
    daemon_threads = True


class _Antwoord(http.server.BaseHTTPRequestHandler):
    server: Doel

    def do_GET(self) -> None:
        self.server.gezien = {naam.lower(): waarde for naam, waarde in self.headers.items()}
        if not self.server.status:
            time.sleep(20)
            return
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "/elders/")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def doel(settings) -> Iterator[Doel]:
    server = Doel(("127.0.0.1", 0), _Antwoord)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/gezondheid/klaar/"
    settings.ELOKET = settings.ELOKET.model_copy(
        update={"controle_url": url, "base_url": "https://loket.example"}
    )
    yield server
    server.shutdown()
    server.server_close()


def rondes(doel: Doel, *statussen: int, vanaf: int = 0) -> None:
    """One check per minute, with these answers."""
    for nummer, status in enumerate(statussen, start=vanaf):
        doel.status = status
        with op_moment(NU + nummer * MINUUT):
            check(NU + nummer * MINUUT)


def test_three_failures_in_a_row_are_an_outage_since_the_first_until_a_success(doel):
    rondes(doel, 200, 503, 503)
    assert list_onderbrekingen() == ()
    rondes(doel, 503, 500, 200, vanaf=3)
    (een,) = list_onderbrekingen()
    assert (een.wat, een.begin, een.eind) == (Wat.PORTAAL, NU + MINUUT, NU + 5 * MINUUT)


def test_a_failure_now_and_then_is_none(doel):
    rondes(doel, 200, 503, 503, 200, 503, 503, 200)
    assert list_onderbrekingen() == ()


def test_an_address_that_never_answered_is_a_wrong_setting(doel, caplog):
    rondes(doel, 503, 503, 503, 503)
    assert list_onderbrekingen() == ()
    assert caplog.text.count("ELOKET_CONTROLE_URL") == 1


@pytest.mark.parametrize("status", [302, 404])
def test_a_redirect_is_not_followed_and_is_no_outage(doel, status):
    rondes(doel, 200, status, status, status, status)
    assert list_onderbrekingen() == ()


def test_it_asks_as_the_proxy_does(doel):
    rondes(doel, 200)
    assert doel.gezien["x-forwarded-proto"] == "https"
    assert doel.gezien["host"] == "loket.example"


def test_a_server_that_hangs_or_is_gone_does_not_work(doel, monkeypatch):
    monkeypatch.setattr(controle, "WACHT", 0.2)
    doel.status = 0
    begin = time.monotonic()
    assert ask(controle.address()) is Uitkomst.FOUT
    assert time.monotonic() - begin < 15
    assert ask("http://127.0.0.1:1/") is Uitkomst.FOUT


def test_of_many_workers_one_asks_each_minute(doel):
    assert check(NU) is Uitkomst.GOED
    assert check(NU) is None
    assert check(NU + MINUUT - timedelta(seconds=1)) is None
    assert check(NU + MINUUT) is Uitkomst.GOED


def test_a_clock_that_was_ahead_does_not_stop_the_check(doel):
    check(NU + timedelta(days=300))
    assert check(NU) is Uitkomst.GOED


def test_it_can_be_switched_off(doel, settings):
    settings.ELOKET = settings.ELOKET.model_copy(update={"controle_url": "uit"})
    assert check(NU) is None
    assert not Controle.objects.exists()
