"""Starting and stopping, as a person at a terminal does it."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.e2e.bezoeker import Bezoeker, text_of
from tests.e2e.product import EIGEN_SERVER, Product, copy_demo, prepared_demo, shared_folder

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(180), EIGEN_SERVER]


@pytest.fixture
def data(tmp_path_factory, tmp_path: Path) -> Path:
    return copy_demo(prepared_demo(shared_folder(tmp_path_factory.getbasetemp())), tmp_path / "data")


@pytest.fixture
def product(data: Path) -> Iterator[Product]:
    product = Product(data)
    try:
        yield product.start()
    finally:
        product.stop()


def wait_until_gone(product: Product) -> None:
    """Every process that it started has ended."""
    einde = time.monotonic() + 20
    while over := product.group():
        assert time.monotonic() < einde, f"{over} draaien nog\n{product.log}"
        time.sleep(0.05)


def test_ctrl_c_ends_every_process_and_a_second_start_keeps_the_data(product: Product):
    bezoeker = Bezoeker(product.url).log_in("digid", "sanne")
    velden = bezoeker.form("/mijn/gegevens/", "/mijn/gegevens/")
    bezoeker.post("/mijn/gegevens/", velden | {"telefoon": "0612345678"})
    processen = product.group()
    assert len(processen) >= 3, "starter, webserver en worker"
    assert product.press_ctrl_c() == 0
    assert "E-loket stopt" in product.log
    wait_until_gone(product)
    assert product.fouten == []

    product.start()
    opnieuw = Bezoeker(product.url)
    opnieuw.http.cookies = bezoeker.http.cookies
    pagina = opnieuw.get("/mijn/gegevens/")
    assert "06 12 34 56 78" in pagina.text, "het nummer staat er nog, en wie was ingelogd is dat nog"
    assert "Er staan al gegevens in de database; die blijven zoals ze zijn." in product.log


@pytest.mark.parametrize("reden", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_that_comes_again_and_again_leaves_nothing_behind(product: Product, reden: signal.Signals):
    """make passes on what the whole group had already: what ends us may not be interrupted by the next."""
    assert product.signal_group(*[reden] * 5, signal.SIGTERM, signal.SIGINT) == 0
    wait_until_gone(product)
    assert "Traceback" not in product.log
    assert product.log.count("E-loket stopt") == 1


def test_a_port_in_use_is_said_in_plain_words(data: Path):
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", 0))
        bezet.listen()
        product = Product(data, port=bezet.getsockname()[1])
        assert product.launch().wait(timeout=60) == 1
    assert f"Poort {product.port} is al in gebruik. Kies een andere" in product.log
    assert "Traceback" not in product.log


def test_when_one_part_dies_the_whole_says_so_and_stops(product: Product):
    """A worker that is gone would leave mail unsent, and nobody would notice."""
    worker = next(pid for pid in product.group() if _is_worker(pid))
    os.kill(worker, signal.SIGKILL)
    wait_until_gone(product)
    assert "Een onderdeel van E-loket is gestopt" in product.log


def _is_worker(pid: int) -> bool:
    opdracht = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return opdracht[1:4] == [b"-m", b"eloket", b"worker"]


def test_what_was_confirmed_survives_when_everything_is_killed(product: Product):
    """kill -9 of every process at once, without a word, in the middle of a day."""
    bezoeker = Bezoeker(product.url).log_in("digid", "jeroen")
    zaak = bezoeker.find("/mijn/zaken/", "kapotte straatverlichting Lindelaan")
    velden = bezoeker.form(zaak, f"{zaak}berichten/")
    assert "verstuurd" in text_of(
        bezoeker.post(f"{zaak}berichten/", velden | {"bericht": "Net voor de klap."})
    )
    while over := product.group():
        for pid in over:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    product.stop()
    product.start()
    assert "Net voor de klap." in Bezoeker(product.url).log_in("digid", "jeroen").get(zaak).text
