"""An installation in a folder of the test: its database, the workers that the test starts, and what they mailed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from tests.unit.notifications.mailservers import Mailserver

HELP = 30.0  # seconds before we say that it will never happen
# Commits each by itself: `eigen` notifications to an address of their own, or `per` to each of the parties p0, p1, ...
ZET_KLAAR = """
import sys, django
django.setup()
from django.db import transaction
from eloket.kernel.klok import nu
from eloket.notifications.service import enqueue
from eloket.notifications.types import NotificatieSoort as S
from eloket.profile.models import Profiel
wat, aantal, per = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
if wat == "eigen":
    with transaction.atomic():
        for n in range(aantal):
            enqueue(S.STATUS_GEWIJZIGD, aan=f"{n}@voorbeeld.nl", betrokkene_key=f"k{n}", zaak_ref="r-1")
for n in range(aantal if wat == "partijen" else 0):
    Profiel.objects.get_or_create(
        profiel_key=f"p{n}", defaults={"email": f"p{n}@voorbeeld.nl", "email_bevestigd_op": nu(), "wil_mail": True}
    )
for keer in range(per if wat == "partijen" else 0):
    for n in range(aantal):
        ontvangst = {"ontvangen_op": nu(), "kenmerk": f"OB-2026-{n:04}-{keer:04}"} if keer % 3 == 0 else {}
        soort = S.ONTVANGST if ontvangst else S.STATUS_GEWIJZIGD
        with transaction.atomic():
            enqueue(soort, betrokkene_key=f"p{n}", zaak_ref=f"r-{n}", **ontvangst)
"""


class Huis:
    """A data folder, its database (SQLite in the folder, or `postgres`), and the workers that this test started."""

    def __init__(self, folder: Path, postgres: str = "") -> None:
        self.folder = folder
        self.postgres = postgres
        self.workers: list[subprocess.Popen[bytes]] = []

    def env(self, port: int = 9) -> dict[str, str]:
        env = {naam: waarde for naam, waarde in os.environ.items() if not naam.endswith("DATABASE_URL")}
        return env | {
            "DJANGO_SETTINGS_MODULE": "eloket.config.settings",
            "ELOKET_OMGEVING": "test",
            "ELOKET_DATA_DIR": str(self.folder),
            "ELOKET_DATABASE_URL": self.postgres,
            "ELOKET_ZONDER_SCANNER": "true",
            "ELOKET_SMTP_URL": f"smtp://127.0.0.1:{port}",
        }

    def run(self, *opdracht: str, port: int = 9) -> str:
        """Run this Python on it; returns what it wrote."""
        return subprocess.run(
            [sys.executable, *opdracht],
            env=self.env(port),
            check=True,
            timeout=120,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout

    def put(self, aantal: int) -> None:
        """Commit this many notifications, each to another party at an address of its own."""
        self.run("-c", ZET_KLAAR, "eigen", str(aantal), "0")

    def put_for_parties(self, aantal: int, per: int) -> None:
        """Commit so many notifications for each of so many parties with a confirmed address; one in three alone."""
        self.run("-c", ZET_KLAAR, "partijen", str(aantal), str(per))

    @property
    def mails(self) -> list[str]:
        """The ids of the mails that the notifications became, in order."""
        return [str(uuid.UUID(str(pk))) for (pk,) in self.sql("SELECT id FROM {t} ORDER BY volgorde")]

    @property
    def wachtend(self) -> int:
        """Notifications that have not left the house."""
        return int(
            self.sql(
                "SELECT count(*) FROM notifications_notificatie n LEFT JOIN {t} z ON z.id = n.zending_id"
                " WHERE z.verzonden_op IS NULL AND z.mislukt_op IS NULL AND n.uitkomst = ''"
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

    def kill(self, *processen: "subprocess.Popen[bytes]") -> None:
        """kill -9."""
        for proces in processen:
            proces.send_signal(signal.SIGKILL)
        for proces in processen:
            proces.wait()

    def finish(self, port: int) -> None:
        """Send what is due, and stop."""
        self.run("-m", "eloket", "worker", "--eenmaal", port=port)

    def end(self) -> None:
        """Kill what the test left running."""
        for worker in self.workers:
            if worker.poll() is None:
                worker.kill()
            worker.wait()

    def sql(self, opdracht: str, *waarden: str) -> list[tuple[Any, ...]]:
        opdracht = opdracht.format(t="notifications_zending")
        if self.postgres:
            with psycopg.connect(self.postgres, autocommit=True) as verbinding:
                cursor = verbinding.execute(opdracht.replace("?", "%s"), waarden)
                return cursor.fetchall() if cursor.description else []
        with closing(sqlite3.connect(self.folder / "eloket.sqlite3", timeout=10)) as db, db:
            return db.execute(opdracht, waarden).fetchall()

    def count(self, voorwaarde: str) -> int:
        return int(self.sql(f"SELECT count(*) FROM {{t}} WHERE {voorwaarde}")[0][0])

    def let_leases_end(self) -> None:
        """As if the 60 seconds of every lease had passed."""
        self.sql("UPDATE {t} SET lease_tot = ? WHERE lease_tot IS NOT NULL", "2020-01-01 00:00:00")

    def let_pass(self, minuten: int, *, leases: bool = True) -> None:
        """As if these minutes had passed for all that waits, is held or was sent."""
        elapse(self.sql, minuten, is_postgres=bool(self.postgres), leases=leases)

    @property
    def log(self) -> str:
        return (self.folder / "worker.log").read_text()


def elapse(
    sql: Callable[[str], object], minuten: int, *, is_postgres: bool = False, leases: bool = True
) -> None:
    """Set every moment of the outbox so many minutes back; not the `leases`, for workers that are alive."""
    velden = {
        "notifications_notificatie": ["gepland_op"],
        "notifications_zending": ["volgende_poging_op", "verzonden_op", *(["lease_tot"] if leases else [])],
    }
    for tabel, kolommen in velden.items():
        for kolom in kolommen:
            vroeger = (
                f"{kolom} - interval '{minuten} minutes'"
                if is_postgres
                else f"strftime('%Y-%m-%d %H:%M:%f', {kolom}, '-{minuten} minutes')"
            )
            sql(f"UPDATE {tabel} SET {kolom} = {vroeger} WHERE {kolom} IS NOT NULL")


def wait_until(klaar: Callable[[], object], seconden: float = HELP) -> None:
    einde = time.monotonic() + seconden
    while not klaar():
        assert time.monotonic() < einde, "het gebeurde niet"
        time.sleep(0.02)


def has_received(server: Mailserver, aantal: int) -> bool:
    return len(server.ontvangen) >= aantal


def ids_of(server: Mailserver) -> list[str]:
    return [str(mail["Message-ID"]).strip("<>").partition("@")[0] for _, mail in server.ontvangen]
