"""The production database stops under the running product, and comes back."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.e2e.bezoeker import Bezoeker, text_of
from tests.e2e.product import EIGEN_SERVER, Product

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(400), EIGEN_SERVER]


class Postgres:
    """A server of its own in a folder in /tmp, on a socket in that folder only."""

    def __init__(self, programma: Path) -> None:
        self._programma = programma
        # Directly in /tmp: the path of a socket may have no more than about 100 characters.
        self.folder = Path(tempfile.mkdtemp(prefix="eloket-pg.", dir="/tmp"))
        self._als = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self._als:
            shutil.chown(self.folder, "postgres")

    @property
    def url(self) -> str:
        return f"postgresql://eloket@{quote(str(self.folder), safe='')}/postgres"

    def make(self) -> None:
        self._run("initdb", "--username=eloket", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")

    def start(self) -> None:
        opties = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=off"
        opties += " -c unix_socket_permissions=0777"
        self._run("pg_ctl", "-l", str(self.folder / "server.log"), "-w", "start", "-o", opties)

    def stop(self) -> None:
        """As after a power cut: no connection is ended politely."""
        self._run("pg_ctl", "-m", "immediate", "-w", "stop")

    def _run(self, opdracht: str, *rest: str) -> None:
        subprocess.run(
            [*self._als, str(self._programma / opdracht), "-D", str(self.folder / "data"), *rest],
            cwd="/",
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
        )


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    versies = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda pad: int(pad.parts[-3]))
    gevonden = [pad.parent for pad in versies] or [
        Path(pad).parent for pad in [shutil.which("initdb")] if pad
    ]
    if not gevonden:
        assert os.environ.get("CI") != "true", "CI hoort PostgreSQL te hebben (.ci/run)"
        pytest.skip("er is geen PostgreSQL-server (Debian en Ubuntu: apt install postgresql)")
    server = Postgres(gevonden[-1])
    try:
        server.make()
        server.start()
        yield server
    finally:
        if (server.folder / "data" / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


def test_a_database_that_is_gone_is_said_and_waited_for(postgres: Postgres, tmp_path: Path):
    data = tmp_path / "data"
    data.mkdir()
    product = Product(data, omgeving={"ELOKET_DATABASE_URL": postgres.url})
    try:
        product.start()
        bezoeker = Bezoeker(product.url).log_in("digid", "jeroen")
        zaak = bezoeker.find("/mijn/zaken/", "kapotte straatverlichting Lindelaan")
        velden = bezoeker.form(zaak, f"{zaak}berichten/") | {"bericht": "Komt dit aan?"}
        postgres.stop()

        for pad in ("/mijn/", zaak, "/werkplek/"):
            antwoord = bezoeker.get(pad)
            assert antwoord.status_code == 503, pad
            assert "Er is een storing" in text_of(antwoord)
            assert antwoord.headers["Retry-After"]
            assert "Jeroen" not in antwoord.text
        assert bezoeker.get("/gezondheid/klaar/").status_code == 503
        assert bezoeker.get("/gezondheid/leeft/").status_code == 200
        assert Bezoeker(product.url).get("/loket/").status_code == 200, "wat geen database nodig heeft, werkt"
        assert bezoeker.post(f"{zaak}berichten/", velden).status_code == 503

        product.wait_for_log("de database antwoordt niet, de worker wacht")
        postgres.start()
        einde = time.monotonic() + 20
        while bezoeker.get("/gezondheid/klaar/").status_code != 200:
            assert time.monotonic() < einde, product.log
            time.sleep(0.2)
        for _ in range(20):  # every thread has a connection of its own, and each of those had died
            assert bezoeker.get(zaak).status_code == 200
        assert bezoeker.post(f"{zaak}berichten/", velden).status_code == 200
        assert bezoeker.get(zaak).text.count("Komt dit aan?") == 1
        product.wait_for_log("de database antwoordt weer")
        assert "Traceback" not in product.log
        assert '  File "' not in product.log, "een storing is geen fout in de code"
    finally:
        product.stop()
