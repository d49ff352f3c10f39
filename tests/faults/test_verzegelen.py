"""The sealer beside writers, beside another sealer, and killed: each row is sealed once, and the chain holds."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection, transaction

from eloket.audit import verzegelen
from eloket.audit.controle import controleer
from eloket.audit.models import AuditRegel, Zegel
from eloket.audit.service import record
from eloket.kernel.klok import nu

pytestmark = pytest.mark.faults

# Adds rows and seals them by twenty until it is killed; `--bij` seals what is left, and stops.
VERZEGEL = """
import sys, django
django.setup()
from django.db import transaction
from eloket.audit import verzegelen
from eloket.audit.service import record
from eloket.kernel.klok import nu
verzegelen.PER_ZEGEL = 20
print("begonnen", flush=True)
while "--bij" not in sys.argv:
    with transaction.atomic():
        for nummer in range(50):
            record(actor_soort="inwoner", actor_key="k", actie="zaak.bekeken", object_ref="r-1", nummer=nummer)
    verzegelen.seal_waiting(nu())
while not verzegelen.seal_waiting(nu()).is_bij:
    pass
"""
TEL = """
import django
django.setup()
from django.db.models import Sum
from eloket.audit.models import AuditRegel, Zegel
alle, wachtend = AuditRegel.objects.count(), AuditRegel.objects.filter(zegel=None).count()
print(alle, wachtend, Zegel.objects.aggregate(som=Sum("aantal"))["som"] or 0)
"""


def in_threads(*werk: Callable[[], None]) -> None:
    """Run all at once, each on a connection of its own; what one of them raises is raised here."""
    fouten: list[BaseException] = []

    def run(taak: Callable[[], None]) -> None:
        try:
            taak()
        except BaseException as error:  # noqa: BLE001 - handed to the test
            fouten.append(error)
        finally:
            connection.close()

    draden = [threading.Thread(target=run, args=(taak,)) for taak in werk]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(timeout=60)
    if fouten:
        raise fouten[0]


def note(nummer: int) -> None:
    record(actor_soort="inwoner", actor_key="k", actie="zaak.bekeken", object_ref="r-1", nummer=nummer)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_writers_and_two_sealers_at_once(monkeypatch):
    """Writers keep their transaction open for a while, so that rows commit in another order than their numbers."""
    monkeypatch.setattr(verzegelen, "PER_ZEGEL", 7)
    klaar = threading.Event()

    def write() -> None:
        for nummer in range(60):
            with transaction.atomic():
                note(nummer)
                time.sleep(random.random() / 100)
                note(nummer)

    def write_all() -> None:
        try:
            in_threads(*[write] * 5)
        finally:
            klaar.set()

    def seal() -> None:
        while not klaar.is_set():
            verzegelen.seal_waiting(nu())

    in_threads(write_all, seal, seal)
    while not verzegelen.seal_waiting(nu()).is_bij:
        pass
    uitslag = controleer(AuditRegel)
    assert uitslag.bevindingen == []
    assert (uitslag.regels, uitslag.onverzegeld) == (600, 0)
    assert sum(Zegel.objects.values_list("aantal", flat=True)) == 600


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_writer_does_not_wait_for_a_sealer_nor_a_sealer_for_a_writer():
    note(1)
    open_gehouden, geschreven = threading.Event(), threading.Event()

    def hold_open() -> None:
        with transaction.atomic():
            note(2)
            open_gehouden.set()
            assert geschreven.wait(20)

    def seal_meanwhile() -> None:
        assert open_gehouden.wait(20)
        try:
            with transaction.atomic():
                assert verzegelen.seal_batch(AuditRegel, nu()) == 1
                in_threads(lambda: note(3))  # while the sealer has not committed
        finally:
            geschreven.set()

    in_threads(hold_open, seal_meanwhile)
    assert verzegelen.seal_batch(AuditRegel, nu()) == 2
    assert controleer(AuditRegel).bevindingen == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_second_sealer_goes_on_with_something_else():
    note(1)

    def second() -> None:
        assert verzegelen.seal_batch(AuditRegel, nu()) == 0

    with transaction.atomic():
        assert verzegelen.seal_batch(AuditRegel, nu()) == 1
        note(2)
        in_threads(second)
    assert verzegelen.seal_batch(AuditRegel, nu()) == 1
    assert controleer(AuditRegel).bevindingen == []


def huis(folder: Path) -> dict[str, str]:
    """An installation of its own: a SQLite file in this folder, or the PostgreSQL of this run."""
    env = {naam: waarde for naam, waarde in os.environ.items() if not naam.endswith("DATABASE_URL")}
    env |= {
        "DJANGO_SETTINGS_MODULE": "eloket.config.settings",
        "ELOKET_OMGEVING": "test",
        "ELOKET_DATA_DIR": str(folder),
        "ELOKET_ZONDER_SCANNER": "true",
    }
    if connection.vendor == "postgresql":
        db = connection.settings_dict
        env["ELOKET_DATABASE_URL"] = f"postgresql://{db['USER']}@{quote(db['HOST'], safe='')}/{db['NAME']}"
    else:
        run(env, "-m", "eloket", "migrate", "--verbosity", "0")
    return env


def run(env: dict[str, str], *opdracht: str) -> str:
    return subprocess.run(
        [sys.executable, *opdracht], env=env, check=True, timeout=90, stdout=subprocess.PIPE, text=True
    ).stdout


def start(env: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", VERZEGEL], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_sealers_that_are_killed_leave_whole_seals_only(tmp_path):
    env = huis(tmp_path)
    kans = random.Random()
    for _ in range(4):
        processen = [start(env), start(env)]
        for proces in processen:
            assert proces.stdout is not None
            with proces, proces.stdout:
                proces.stdout.readline()
                time.sleep(kans.random() * 0.4)
                proces.send_signal(signal.SIGKILL)
        alle, wachtend, in_zegels = map(int, run(env, "-c", TEL).split())
        assert (alle % 50, in_zegels) == (0, alle - wachtend)
    assert "Het bewijs klopt" in run(env, "-m", "eloket", "controleer-bewijs")
    run(env, "-c", VERZEGEL, "--bij")
    alle, wachtend, in_zegels = map(int, run(env, "-c", TEL).split())
    assert (wachtend, in_zegels) == (0, alle)
    assert alle > 0
    assert "Het bewijs klopt" in run(env, "-m", "eloket", "controleer-bewijs")
