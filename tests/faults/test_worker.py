"""The worker as a process of its own, killed, stopped and robbed of its database: no mail is lost.

It runs on a SQLite file in a folder of the test, and mails to a real server in this process.
"""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.unit.notifications.mailservers import Hangt, Mailserver, draaiend

pytestmark = pytest.mark.faults
HELP = 30.0  # seconds before we say that it will never happen
ZET_KLAAR = """
import sys, django
django.setup()
from django.db import transaction
from eloket.notifications.service import enqueue
from eloket.notifications.types import NotificatieSoort
with transaction.atomic():
    for nummer in range(int(sys.argv[1])):
        adres = f"{nummer}@voorbeeld.nl"
        enqueue(NotificatieSoort.STATUS_GEWIJZIGD, aan=adres, betrokkene_key=f"k{nummer}", zaak_ref="r-1")
"""


class Huis:
    """An installation: a data folder, its database, and the workers that this test started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workers: list[subprocess.Popen[bytes]] = []

    def env(self, port: int = 9) -> dict[str, str]:
        env = {naam: waarde for naam, waarde in os.environ.items() if not naam.endswith("DATABASE_URL")}
        return env | {
            "DJANGO_SETTINGS_MODULE": "eloket.config.settings",
            "ELOKET_OMGEVING": "test",
            "ELOKET_DATA_DIR": str(self.folder),
            "ELOKET_ZONDER_SCANNER": "true",
            "ELOKET_SMTP_URL": f"smtp://127.0.0.1:{port}",
        }

    def run(self, *opdracht: str, port: int = 9) -> None:
        subprocess.run([sys.executable, *opdracht], env=self.env(port), check=True, timeout=60)

    def put(self, aantal: int) -> None:
        """Commit this many notifications, each to another party."""
        self.run("-c", ZET_KLAAR, str(aantal))

    @property
    def mails(self) -> list[str]:
        """The ids of the mails that the notifications became, in order."""
        return [str(uuid.UUID(pk)) for (pk,) in self.sql("SELECT id FROM {t} ORDER BY volgorde")]

    @property
    def wachtend(self) -> int:
        """Notifications that have not left the house."""
        return int(
            self.sql(
                "SELECT count(*) FROM notifications_notificatie n LEFT JOIN {t} z ON z.id = n.zending_id"
                " WHERE z.verzonden_op IS NULL"
            )[0][0]
        )

    def publish(self) -> None:
        """The forms that come with the product, as `eloket prepare` does."""
        self.run(
            "-c",
            "import django; django.setup(); from eloket.loket.versies import load_meegeleverd; load_meegeleverd()",
        )

    def start(self, port: int) -> "subprocess.Popen[bytes]":
        with (self.folder / "worker.log").open("ab") as log:
            proces = subprocess.Popen(
                [sys.executable, "-m", "eloket", "worker"], env=self.env(port), stderr=log
            )
        self.workers.append(proces)
        return proces

    def finish(self, port: int) -> None:
        """Send what is due, and stop."""
        self.run("-m", "eloket", "worker", "--eenmaal", port=port)

    def sql(self, opdracht: str, *waarden: str) -> list[tuple[str]]:
        with closing(sqlite3.connect(self.folder / "eloket.sqlite3", timeout=10)) as db, db:
            return db.execute(opdracht.format(t="notifications_zending"), waarden).fetchall()

    def count(self, voorwaarde: str) -> int:
        return int(self.sql(f"SELECT count(*) FROM {{t}} WHERE {voorwaarde}")[0][0])

    def let_leases_end(self) -> None:
        """As if the 60 seconds of every lease had passed."""
        self.sql("UPDATE {t} SET lease_tot = ? WHERE lease_tot IS NOT NULL", "2020-01-01 00:00:00")

    @property
    def log(self) -> str:
        return (self.folder / "worker.log").read_text()


@pytest.fixture(scope="module")
def leeg_huis(tmp_path_factory) -> Path:
    folder = Path(tmp_path_factory.mktemp("huis"))
    Huis(folder).run("-m", "eloket", "migrate", "--verbosity", "0")
    return folder


@pytest.fixture
def huis(leeg_huis: Path, tmp_path: Path) -> Iterator[Huis]:
    shutil.copytree(leeg_huis, tmp_path / "data")
    huis = Huis(tmp_path / "data")
    yield huis
    for worker in huis.workers:
        if worker.poll() is None:
            worker.kill()
        worker.wait()


def wait_until(klaar: Callable[[], object], seconden: float = HELP) -> None:
    einde = time.monotonic() + seconden
    while not klaar():
        assert time.monotonic() < einde, "het gebeurde niet"
        time.sleep(0.02)


def has_received(server: Mailserver, aantal: int) -> bool:
    return len(server.ontvangen) >= aantal


def ids_of(server: Mailserver) -> list[str]:
    return [str(mail["Message-ID"]).strip("<>").partition("@")[0] for _, mail in server.ontvangen]


def test_killed_between_commit_and_send_the_mail_still_goes(huis):
    huis.put(1)
    with draaiend(Hangt()) as port:
        worker = huis.start(port)
        wait_until(lambda: huis.count("pogingen = 1"))
        worker.kill()
        worker.wait()
    assert huis.count("verzonden_op IS NULL AND mislukt_op IS NULL") == 1
    goed = Mailserver()
    with draaiend(goed) as port:
        huis.finish(port)
        assert ids_of(goed) == [], "the lease of the dead worker has not ended"
        huis.let_leases_end()
        huis.finish(port)
    assert ids_of(goed) == huis.mails
    assert huis.count("verzonden_op IS NOT NULL") == 1


def test_killed_at_any_moment_no_mail_of_hundreds_is_lost(huis):
    huis.put(300)
    keer = 0
    server = Mailserver()
    with draaiend(server) as port:
        for _ in range(6):
            verder = len(server.ontvangen) + 1
            worker = huis.start(port)
            wait_until(partial(has_received, server, verder))
            time.sleep(random.uniform(0, 0.12))
            worker.kill()
            worker.wait()
            keer += 1
            huis.let_leases_end()
        assert huis.wachtend, "the worker was never killed in the middle of its work"
        huis.finish(port)
    aangekomen = ids_of(server)
    assert set(aangekomen) == set(huis.mails)
    assert len(huis.mails) == 300
    assert len(aangekomen) - 300 <= keer, "a kill repeats the mail at hand at most, under the same Message-ID"
    assert huis.wachtend == 0


@pytest.mark.slow
def test_what_a_dead_worker_held_is_sent_within_its_lease_and_ten_seconds(huis):
    huis.put(1)
    with draaiend(Hangt()) as port:
        worker = huis.start(port)
        wait_until(lambda: huis.count("pogingen = 1"))
        worker.kill()
        worker.wait()
    goed = Mailserver()
    with draaiend(goed) as port:
        huis.start(port)
        wait_until(lambda: goed.ontvangen, seconden=70)
    assert ids_of(goed) == huis.mails


def test_two_workers_send_everything_once(huis):
    huis.put(100)
    server = Mailserver()
    with draaiend(server) as port:
        huis.start(port)
        huis.start(port)
        wait_until(lambda: not huis.wachtend)
    assert sorted(ids_of(server)) == sorted(huis.mails)


def test_asked_to_stop_it_finishes_the_mail_at_hand_and_gives_back_the_rest(huis):
    huis.put(200)
    server = Mailserver()
    with draaiend(server) as port:
        worker = huis.start(port)
        wait_until(lambda: server.ontvangen)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=10) == 0
    assert huis.count("lease_tot IS NOT NULL") == 0
    assert len(server.ontvangen) == huis.count("verzonden_op IS NOT NULL") < 200


def test_a_database_that_does_not_answer_is_waited_for(huis):
    huis.put(1)
    server = Mailserver()
    with draaiend(server) as port, closing(sqlite3.connect(huis.folder / "eloket.sqlite3")) as lock:
        lock.execute("BEGIN IMMEDIATE")
        worker = huis.start(port)
        wait_until(lambda: "antwoordt niet" in huis.log)
        assert server.ontvangen == []
        lock.rollback()
        wait_until(lambda: server.ontvangen)
        assert worker.poll() is None
        wait_until(lambda: "antwoordt weer" in huis.log)
    assert ids_of(server) == huis.mails


def test_a_mail_is_sent_within_seconds_of_the_change(huis):
    server = Mailserver()
    with draaiend(server) as port:
        huis.start(port)
        wait_until(lambda: "worker gestart" in huis.log)
        time.sleep(4)  # it has nothing to do by now
        huis.put(1)
        wait_until(lambda: server.ontvangen, seconden=5)


def test_it_tidies_up_ended_sessions(huis):
    eergisteren = str(datetime.now(UTC) - timedelta(days=2))
    straks = str(datetime.now(UTC) + timedelta(minutes=10))
    for sleutel, verloopt in (("oud", eergisteren), ("nieuw", straks)):
        huis.sql(
            "INSERT INTO identity_sessie (sleutel, inhoud, begin, verloopt, actor_key) VALUES (?, '', ?, ?, '')",
            sleutel, eergisteren, verloopt,
        )  # fmt: skip
    huis.finish(9)
    assert huis.sql("SELECT sleutel FROM identity_sessie") == [("nieuw",)]


def test_it_tidies_up_forms_that_nobody_finished(huis):
    oud = str(datetime.now(UTC) - timedelta(days=31))
    nieuw = str(datetime.now(UTC) - timedelta(days=29))
    for sleutel, gewijzigd in (("oud", oud), ("nieuw", nieuw)):
        huis.sql(
            "INSERT INTO loket_concept (id, eigenaar_key, formulier, versie, invoer, overzicht, bezocht, vensters,"
            " sleutel, revisie, gewijzigd_op, zaak_ref, zaaknummer, code_key, aanvulling_ref, aanvulling_taak,"
            " profiel_key, wie, stap)"
            " VALUES (?, 'k', 'melding-openbare-ruimte', 1, '', '', '[]', '{{}}', ?, 1, ?,"
            " '', '', '', '', '', '', '', '')",
            uuid.uuid4().hex, sleutel, gewijzigd,
        )  # fmt: skip
    huis.publish()
    huis.finish(9)
    assert huis.sql("SELECT sleutel FROM loket_concept") == [("nieuw",)]
