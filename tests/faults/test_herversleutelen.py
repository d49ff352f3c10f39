"""Files are brought under the newest secret: killed at every step, two at once, and beside what cleans up and scans."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.faults

# Runs in a process of its own, on a database and a storage of its own. `stap` says where it dies.
_PROGRAMMA = """
import hashlib, os, signal, sys, threading
from datetime import UTC, datetime, timedelta
import django
django.setup()
from django.core.management import call_command
from django.db import transaction
from eloket.documenten import herversleutelen, opslag, service, sleutels, testing
from eloket.documenten.bron import EmbeddedDocumentBron
from eloket.documenten.controle import controleer
from eloket.documenten.models import Bestand
from eloket.documenten.types import Controle, Herkomst
from eloket.documenten.upload import bied_aan
from eloket.kernel import herversleutelen as rijen
stap = sys.argv[1]
now = datetime.now(UTC)
service.configure(EmbeddedDocumentBron())
INHOUD = [b"bestand nummer %d " % n * 20_000 for n in range(6)]

def sterf(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def voeg_toe(naam, inhoud):
    [klaar] = service.prepare((bied_aan(naam, [inhoud]),), zaak_ref="register-1", moment=now).goed
    with transaction.atomic():
        service.add_document(zaak_ref="register-1", bestand=klaar, herkomst=Herkomst.AANVRAGER,
                             auteur_key="k", auteur_naam="n", moment=now)
    return klaar.sha256

def ontsleutel(sha256):
    "As an older version of the product stored it."
    inhoud = b"".join(opslag.open_inhoud(sha256).brokken)
    opslag.delete(sha256)
    pad = testing.path_or_none(sha256) or __import__("pathlib").Path(
        os.environ["ELOKET_DATA_DIR"], "files", sha256[:2], sha256[2:4], sha256)
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_bytes(inhoud)

def tabel():
    [een] = [t for t in rijen.list_tabellen() if t.naam == "documenten_document"]
    return een

if stap == "rijen":
    print(rijen.rewrite(tabel()).over)
elif stap == "rijen-sterf":
    rijen._GROEP = 2
    echt, keer = rijen._write_one, []
    rijen._write_one = lambda *wat: (keer.append(1), sterf() if len(keer) == 4 else echt(*wat))[1]
    rijen.rewrite(tabel())
elif stap == "rijen-over":
    print(rijen.count_over(tabel()).over)
elif stap == "begin":
    call_command("migrate", "documenten", verbosity=0)
    for nummer, inhoud in enumerate(INHOUD):
        sha256 = voeg_toe(f"{nummer}.txt", inhoud)
        if nummer < 3:
            ontsleutel(sha256)
elif stap == "controle":
    for inhoud in INHOUD:
        sha256 = hashlib.sha256(inhoud).hexdigest()
        assert b"".join(opslag.open_inhoud(sha256).brokken) == inhoud
    b = controleer(volledig=True)
    print(b.is_goed, b.documenten, b.niet_versleuteld, b.ouder_geheim, b.tijdelijk)
else:
    klaar = [0]
    def bij_de_tweede(werk):
        def doe(*a, **k):
            klaar[0] += 1
            return sterf() if klaar[0] == 2 else werk(*a, **k)
        return doe
    if stap == "halverwege":
        herversleutelen.Schrijver.rond_af = bij_de_tweede(herversleutelen.Schrijver.rond_af)
    if stap == "voor-plaatsen":
        opslag.put = bij_de_tweede(opslag.put)
    if stap == "na-plaatsen":
        opslag.delete_plek = bij_de_tweede(opslag.delete_plek)
    if stap == "na-weghalen":
        weg = opslag.delete_plek
        opslag.delete_plek = lambda plek: (weg(plek), bij_de_tweede_keer())
        bij_de_tweede_keer = bij_de_tweede(lambda: None)
    ronde = herversleutelen.rewrite_files(lambda ronde: True)
    print(ronde.gedaan, ronde.mislukt)
"""
OUD, NIEUW = "oud" * 12, "nieuw" * 8


def _omgeving(tmp_path: Path, *geheimen: str) -> dict[str, str]:
    omgeving = {**os.environ, "ELOKET_OMGEVING": "test", "ELOKET_DATA_DIR": str(tmp_path), "DATABASE_URL": ""}
    omgeving.setdefault("DJANGO_SETTINGS_MODULE", "eloket.config.settings")
    return {**omgeving, "ELOKET_SECRETS": ",".join(geheimen), "ELOKET_HASH_SECRET": "h" * 40}


def _start(tmp_path: Path, stap: str, *geheimen: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAMMA, stap],
        env=_omgeving(tmp_path, *geheimen),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def draai(tmp_path: Path, stap: str, *geheimen: str) -> tuple[int, list[str]]:
    proces = _start(tmp_path, stap, *geheimen)
    uit, fouten = proces.communicate(timeout=120)
    assert proces.returncode in {0, -signal.SIGKILL}, fouten
    return proces.returncode, uit.split()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Three files from before there was encryption, three under the old secret."""
    assert draai(tmp_path, "begin", OUD)[0] == 0
    assert draai(tmp_path, "controle", NIEUW, OUD)[1] == ["True", "6", "3", "3", "0"]
    return tmp_path


def test_everything_comes_under_the_newest_secret_and_the_old_one_can_go(data: Path):
    assert draai(data, "alles", NIEUW, OUD)[1] == ["6", "0"]
    assert draai(data, "controle", NIEUW)[1] == ["True", "6", "0", "0", "0"]
    bestanden = [pad for pad in (data / "files").rglob("*") if pad.is_file()]
    assert len(bestanden) == 6
    assert all(re.fullmatch(r"[0-9a-f]{64}", pad.name) for pad in bestanden)
    assert not any(b"bestand nummer" in pad.read_bytes() for pad in bestanden)
    assert draai(data, "alles", NIEUW)[1] == ["0", "0"]


@pytest.mark.parametrize("stap", ["halverwege", "voor-plaatsen", "na-plaatsen", "na-weghalen"])
def test_a_kill_at_any_step_loses_nothing_and_the_next_round_goes_on(data: Path, stap: str):
    assert draai(data, stap, NIEUW, OUD)[0] == -signal.SIGKILL
    assert draai(data, "controle", NIEUW, OUD)[1][:2] == ["True", "6"]
    assert draai(data, "alles", NIEUW, OUD)[1][1] == "0"
    assert draai(data, "controle", NIEUW)[1][:4] == ["True", "6", "0", "0"]


def test_two_at_once_do_it_once(data: Path):
    beide = [_start(data, "alles", NIEUW, OUD) for _ in range(2)]
    for proces in beide:
        uit, fouten = proces.communicate(timeout=120)
        assert (proces.returncode, uit.split()[1:]) == (0, ["0"]), fouten
    assert draai(data, "controle", NIEUW)[1] == ["True", "6", "0", "0", "0"]


def test_a_file_whose_secret_is_gone_is_named_and_keeps_nothing_waiting(data: Path):
    assert draai(data, "alles", NIEUW)[1] == ["3", "3"]
    uit = subprocess.run(
        [sys.executable, "-m", "eloket", "controleer-documenten"],
        env=_omgeving(data, NIEUW),
        capture_output=True,
        text=True,
        check=False,
    )
    assert uit.returncode == 1
    assert "Bestand niet te ontsleutelen: 3" in uit.stdout
    assert draai(data, "controle", NIEUW, OUD)[1] == ["True", "6", "0", "3", "0"]


def test_rows_survive_a_kill_and_two_at_once_do_the_rest(data: Path):
    assert draai(data, "rijen-sterf", NIEUW, OUD)[0] == -signal.SIGKILL
    assert draai(data, "rijen-over", NIEUW, OUD)[1] == ["4"], "the batch at hand is undone whole"
    beide = [_start(data, "rijen", NIEUW, OUD) for _ in range(2)]
    for proces in beide:
        uit, fouten = proces.communicate(timeout=120)
        assert (proces.returncode, uit.split()) == (0, ["0"]), fouten
    assert draai(data, "rijen-over", NIEUW)[1] == ["0"]
