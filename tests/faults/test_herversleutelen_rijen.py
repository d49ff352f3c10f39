"""Encrypted columns are brought under the newest secret beside the running product, on SQLite and on PostgreSQL."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.db import connection, transaction

from eloket.kernel import herversleutelen
from eloket.kernel.herversleutelen import Tabel
from eloket.profile.models import Profiel

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
OUD, NIEUW = "oud" * 12, "nieuw" * 8
AANTAL = 900
MOMENT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)

# Runs in a process of its own, on the database of the test. `stap` says whether it dies, and where.
_PROGRAMMA = """
import os, signal, sys
import django
django.setup()
from eloket.kernel import herversleutelen as h
stap = sys.argv[1]

def sterf(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

if stap == "tussen":
    echt, beurten = h._write, []
    def _write(*wat):
        beurten.append(1)
        return sterf() if len(beurten) == 3 else echt(*wat)
    h._write = _write
if stap == "binnen":
    een, rijen = h._write_one, []
    def _write_one(*wat):
        rijen.append(1)
        return sterf() if len(rijen) == 300 else een(*wat)
    h._write_one = _write_one
[tabel] = [t for t in h.list_tabellen() if t.naam == "profile_profiel"]
stand = h.rewrite(tabel)
print(stand.rijen, stand.over, stand.onleesbaar)
"""


@pytest.fixture
def geheimen(settings) -> Callable[..., None]:
    def _geheimen(*alle: str) -> None:
        settings.ELOKET = settings.ELOKET.model_copy(update={"secrets": alle})

    return _geheimen


@pytest.fixture
def tabel(geheimen: Callable[..., None]) -> Tabel:
    """Nine hundred profiles under the old secret; this process has both."""
    geheimen(OUD)
    Profiel.objects.bulk_create(
        Profiel(profiel_key=f"{n:064}", email=f"{n}@voorbeeld.example") for n in range(AANTAL)
    )
    geheimen(NIEUW, OUD)
    [gevonden] = [een for een in herversleutelen.list_tabellen() if een.naam == Profiel._meta.db_table]
    return gevonden


def start(stap: str, *geheimen: str) -> "subprocess.Popen[str]":
    env = {**os.environ, "ELOKET_OMGEVING": "test", "DJANGO_SETTINGS_MODULE": "eloket.config.settings"}
    db = connection.settings_dict
    if connection.vendor == "postgresql":
        env["ELOKET_DATABASE_URL"] = f"postgresql://{db['USER']}@{quote(db['HOST'], safe='')}/{db['NAME']}"
    else:
        env["ELOKET_DATABASE_URL"] = f"sqlite:///{db['NAME']}"
    env |= {"ELOKET_SECRETS": ",".join(geheimen), "ELOKET_HASH_SECRET": "h" * 40}
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAMMA, stap],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def einde(proces: "subprocess.Popen[str]") -> tuple[int, list[str]]:
    uit, fouten = proces.communicate(timeout=120)
    assert proces.returncode in {0, -signal.SIGKILL}, fouten
    return proces.returncode, uit.split()


def naast(werk: Callable[[], object]) -> threading.Thread:
    """Start `werk` on a connection of its own."""

    def _werk() -> None:
        try:
            werk()
        finally:
            connection.close()

    draad = threading.Thread(target=_werk)
    draad.start()
    return draad


@pytest.mark.postgres
@pytest.mark.parametrize("stap", ["tussen", "binnen"])
def test_a_kill_at_any_moment_costs_nothing_and_starting_again_finishes_it(
    tabel: Tabel, geheimen: Callable[..., None], stap: str
) -> None:
    assert einde(start(stap, NIEUW, OUD))[0] == -signal.SIGKILL
    over = herversleutelen.count_over(tabel).over
    assert 0 < over < AANTAL, "some were done, whole batches at a time"
    assert einde(start("heel", NIEUW, OUD))[1] == [str(AANTAL), "0", "0"]
    geheimen(NIEUW)
    emails = set(Profiel.objects.values_list("email", flat=True))
    assert emails == {f"{n}@voorbeeld.example" for n in range(AANTAL)}


@pytest.mark.postgres
def test_two_at_once_and_somebody_who_types_meanwhile(tabel: Tabel, geheimen: Callable[..., None]) -> None:
    getypt: dict[str, str] = {}
    klaar = threading.Event()

    def typ() -> None:
        nummer = 0
        while not klaar.is_set():
            sleutel = f"{nummer % AANTAL:064}"
            Profiel.objects.filter(profiel_key=sleutel).update(email=f"nieuw{nummer}@voorbeeld.example")
            getypt[sleutel] = f"nieuw{nummer}@voorbeeld.example"
            nummer += 7

    schrijver = naast(typ)
    beide = [start("heel", NIEUW, OUD) for _ in range(2)]
    uitslagen = [einde(proces) for proces in beide]
    klaar.set()
    schrijver.join()
    assert [code for code, _ in uitslagen] == [0, 0]
    herversleutelen.rewrite(tabel)
    geheimen(NIEUW)
    verwacht = {f"{n:064}": f"{n}@voorbeeld.example" for n in range(AANTAL)} | getypt
    assert dict(Profiel.objects.values_list("profiel_key", "email")) == verwacht
    assert getypt


@pytest.mark.postgres
def test_a_row_that_somebody_holds_is_passed_over_and_told(tabel: Tabel) -> None:
    gehouden, los = threading.Event(), threading.Event()

    def houd() -> None:
        with transaction.atomic():
            Profiel.objects.select_for_update().get(profiel_key=f"{5:064}")
            gehouden.set()
            los.wait(30)

    draad = naast(houd)
    assert gehouden.wait(10)
    stand = herversleutelen.rewrite(tabel)
    los.set()
    draad.join()
    assert (stand.gedaan, stand.over) == (AANTAL - 1, 1)
    assert herversleutelen.rewrite(tabel).over == 0


def test_a_round_after_a_round_that_broke_off_does_the_rest(
    tabel: Tabel, monkeypatch: pytest.MonkeyPatch
) -> None:
    echt, rijen = herversleutelen._write_one, []

    def breek_af(*wat: object) -> bool:
        rijen.append(1)
        if len(rijen) == 500:
            raise KeyboardInterrupt
        return echt(*wat)  # type: ignore[arg-type]  # passed on as they came

    with monkeypatch.context() as patch:
        patch.setattr(herversleutelen, "_write_one", breek_af)
        with pytest.raises(KeyboardInterrupt):
            herversleutelen.rewrite(tabel)
    assert herversleutelen.count_over(tabel).over == AANTAL - 400, "the batch at hand is undone whole"
    assert herversleutelen.rewrite(tabel) == herversleutelen.Stand(rijen=AANTAL, gedaan=AANTAL - 400)
