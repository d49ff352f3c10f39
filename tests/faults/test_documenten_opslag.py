"""Breaks the road of a file on purpose: a full disk, and kill -9 at every step between the post and the document."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from eloket.documenten import voorbeelden
from eloket.documenten.upload import BewaakteUploadHandler, Upload

pytestmark = pytest.mark.faults

# Runs in a process of its own, on a database and a storage of its own. `stap` says after which step it dies.
_PROGRAMMA = """
import os, signal, sys
from datetime import UTC, datetime, timedelta
import django
django.setup()
from django.core.management import call_command
from django.db import transaction
from eloket.documenten import aanname, opslag, service, testing
from eloket.documenten.bron import EmbeddedDocumentBron
from eloket.documenten.controle import controleer
from eloket.documenten.types import Herkomst
from eloket.documenten.upload import bied_aan
stap = sys.argv[1]
now = datetime.now(UTC)
service.configure(EmbeddedDocumentBron())

def sterf(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def voeg_toe(naam, inhoud):
    [klaar] = service.prepare((bied_aan(naam, [inhoud]),), zaak_ref="register-1", moment=now).goed
    with transaction.atomic():
        service.add_document(zaak_ref="register-1", bestand=klaar, herkomst=Herkomst.AANVRAGER,
                             auteur_key="k", auteur_naam="n", moment=now)
        if stap == "voor-vastleggen" and naam == "half.txt":
            sterf()

if stap == "begin":
    call_command("migrate", "documenten", verbosity=0)
    voeg_toe("heel.txt", b"dit stond er al")
elif stap == "controle":
    if len(sys.argv) > 2:
        service.ruim_op(now + timedelta(hours=int(sys.argv[2])))
    b = controleer(volledig=True)
    print(b.is_goed, b.documenten, b.vastgehouden, b.tijdelijk, len(list(testing.walk())))
elif stap == "opruimen":
    opslag.delete, weg = (lambda sha256: (weg(sha256), sterf())), opslag.delete
    service.ruim_op(now + timedelta(hours=2))
else:
    if stap == "voor-rij":
        aanname._houd_vast = sterf
    if stap == "voor-inhoud":
        opslag.put = sterf
    if stap == "na-inhoud":
        aanname.schoon = sterf
    voeg_toe("half.txt", b"dit komt half")
"""


@pytest.fixture
def draai(tmp_path: Path):
    """Run one step in a process; returns (exit status, output)."""
    omgeving = {**os.environ, "ELOKET_OMGEVING": "test", "ELOKET_DATA_DIR": str(tmp_path), "DATABASE_URL": ""}
    omgeving.setdefault("DJANGO_SETTINGS_MODULE", "eloket.config.settings")

    def _draai(*woorden: str) -> tuple[int, list[str]]:
        uitkomst = subprocess.run(
            [sys.executable, "-c", _PROGRAMMA, *woorden],
            env=omgeving,
            capture_output=True,
            text=True,
            check=False,
        )
        assert uitkomst.returncode in {0, -signal.SIGKILL}, uitkomst.stderr
        return uitkomst.returncode, uitkomst.stdout.split()

    assert _draai("begin")[0] == 0
    return _draai


@pytest.mark.parametrize(
    ("stap", "vastgehouden", "tijdelijk", "blobs"),
    [("voor-rij", 0, 1, 1), ("voor-inhoud", 1, 1, 1), ("na-inhoud", 1, 0, 2), ("voor-vastleggen", 1, 0, 2)],
)
def test_a_kill_at_any_step_leaves_no_orphan_and_the_rest_is_cleaned_up(
    draai, stap, vastgehouden, tijdelijk, blobs
):
    assert draai(stap)[0] == -signal.SIGKILL
    assert draai("controle")[1] == ["True", "1", str(vastgehouden), str(tijdelijk), str(blobs)]
    assert draai("controle", "2")[1] == ["True", "1", "0", "0", "1"]
    assert draai("opnieuw")[0] == 0
    assert draai("controle", "2")[1] == ["True", "2", "0", "0", "2"]


def test_a_kill_during_the_clean_up_is_finished_by_the_next(draai):
    draai("na-inhoud")
    assert draai("opruimen")[0] == -signal.SIGKILL
    assert draai("controle")[1] == ["True", "1", "1", "0", "1"]
    assert draai("controle", "2")[1] == ["True", "1", "0", "0", "1"]


def _ontvang(handler: BewaakteUploadHandler, naam: str, inhoud: bytes) -> Upload:
    handler.new_file("bestanden", naam, "", None)
    for plek in range(0, len(inhoud), handler.chunk_size):
        handler.receive_data_chunk(inhoud[plek : plek + handler.chunk_size], plek)
    gekomen = handler.file_complete(len(inhoud))
    assert gekomen is not None
    return gekomen


def test_a_full_disk_costs_one_file_and_says_so(settings, tmp_path, monkeypatch):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "tmp"
    echt = os.write

    def vol(fd: int, brok: memoryview) -> int:
        if len(brok) > 1000:
            raise OSError(errno.ENOSPC, "No space left on device")
        return echt(fd, brok)

    monkeypatch.setattr(os, "write", vol)
    handler = BewaakteUploadHandler()
    groot = _ontvang(handler, "groot.pdf", bytes(1_000_000))
    klein = _ontvang(handler, "klein.pdf", voorbeelden.pdf())
    assert (groot.aangeboden.is_mislukt, groot.aangeboden.pad) == (True, None)
    assert klein.aangeboden.pad is not None
    assert list((tmp_path / "tmp").iterdir()) == [klein.aangeboden.pad.pad]


@pytest.mark.skipif(
    os.geteuid() != 0 or not Path("/dev/shm").is_dir(), reason="needs root and a small file system"
)
def test_a_really_full_disk_costs_one_file_and_leaves_nothing(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "vol" / "tmp"
    (tmp_path / "vol").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path / "vol")]
    if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("may not mount here")
    try:
        handler = BewaakteUploadHandler()
        groot = _ontvang(handler, "groot.pdf", bytes(3_000_000))
        klein = _ontvang(handler, "klein.pdf", voorbeelden.pdf())
        assert groot.aangeboden.is_mislukt
        assert klein.aangeboden.pad is not None
        assert list((tmp_path / "vol" / "tmp").iterdir()) == [klein.aangeboden.pad.pad]
        klein.close()
    finally:
        subprocess.run(["umount", str(tmp_path / "vol")], check=True)
