"""kill -9 at every point of making an export, and a full disk: the next round goes on, and nothing is there twice."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.faults
ZAKEN = 4

# Runs in a process of its own, on a database and a storage of its own. `stap` says where it dies.
_PROGRAMMA = """
import json, os, signal, sys
import django
django.setup()
from datetime import timedelta
from django.core.management import call_command
from django.db import OperationalError, connection
from eloket.afschriften.inpakken import stream_zip
from eloket.audit.models import AuditRegel
from eloket.documenten import voorbeelden
from eloket.documenten.upload import bied_aan
from eloket.export import afmaken, maken, service
from eloket.export.models import Export, ExportDeel
from eloket.export.uitgeven import open_export
from eloket.kernel.klok import nu, op_moment
from eloket.notifications.models import Notificatie
from eloket.sources.register.bron import RegisterBron
from eloket.zaken import service as zaken
from eloket.zaken.testing import nieuwe_zaak
from tests.huis import inwoner, partij_van
stap, zaken_ = sys.argv[1], int(sys.argv[2])

def sterf(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def daarna(plek, naam, keer=1):
    echt, teller = getattr(plek, naam), iter(range(1, 100))
    setattr(plek, naam, lambda *a, **k: (echt(*a, **k), next(teller) == keer and sterf()))

def ronde(moment):
    with op_moment(moment):
        while maken.Maker("werker-" + stap).run_round(moment):
            pass

if stap == "begin":
    call_command("migrate", verbosity=0)
    RegisterBron().import_zaaktypen()
    for nummer in range(zaken_):
        opdracht = nieuwe_zaak(partij_van(inwoner()), omschrijving=f"Zaak {nummer}", toelichting="x" * 100_000,
                               sleutel=str(nummer))
        zaak, _ = zaken.start_zaak(inwoner(), opdracht)
        zaken.add_documenten(inwoner(), zaak.ref, (bied_aan("a.pdf", [voorbeelden.pdf() + b"%d" % nummer]),))
    service.request_export(inwoner())
elif stap == "opnieuw":
    print(ExportDeel.objects.exclude(gemaakt_op=None).count(), Export.objects.exclude(klaar_op=None).count(),
          Notificatie.objects.filter(soort="export_klaar").count())
    ronde(nu() + maken.LEASE + timedelta(seconds=1))
    ronde(nu() + 2 * maken.LEASE)
    pakket = open_export(inwoner())
    inhoud = b"".join(stream_zip(pakket.stukken, pakket.omvang))
    print(len(inhoud) == pakket.omvang, len([een for een in pakket.stukken if een.naam.endswith("/zaak.html")]),
          len([een for een in pakket.stukken if "/documenten/" in een.naam]),
          Notificatie.objects.filter(soort="export_klaar").count(),
          AuditRegel.objects.filter(actie="export.gemaakt").count())
elif stap == "schijf-vol":
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 200}")
    try:
        ronde(nu())
    except OperationalError as error:
        assert "full" in str(error), error
        sterf()
else:
    if stap == "na-lijst":
        daarna(maken, "list_all")
    if stap == "na-een-zaak":
        daarna(maken, "keep_part", 1)
    if stap == "na-drie-zaken":
        daarna(maken, "keep_part", 3)
    if stap == "na-melding":
        daarna(afmaken, "enqueue")
    if stap == "na-einde":
        daarna(maken, "finish")
    ronde(nu())
"""


def _run(folder: Path, stap: str) -> tuple[int, list[list[str]]]:
    kaal = {naam: waarde for naam, waarde in os.environ.items() if not naam.endswith("DATABASE_URL")}
    uitkomst = subprocess.run(
        [sys.executable, "-c", _PROGRAMMA, stap, str(ZAKEN)],
        env=kaal
        | {
            "DJANGO_SETTINGS_MODULE": "eloket.config.settings",
            "ELOKET_OMGEVING": "test",
            "ELOKET_DATA_DIR": str(folder),
        },
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert uitkomst.returncode in {0, -signal.SIGKILL}, uitkomst.stderr
    return uitkomst.returncode, [regel.split() for regel in uitkomst.stdout.splitlines()]


@pytest.fixture(scope="module")
def gevraagd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four zaken with a document each, and an export that was asked."""
    folder = tmp_path_factory.mktemp("gevraagd") / "data"
    folder.mkdir()
    assert _run(folder, "begin")[0] == 0
    return folder


@pytest.mark.parametrize(
    ("stap", "stand"),
    [
        ("na-lijst", ["0", "0", "0"]),
        ("na-een-zaak", ["1", "0", "0"]),
        ("na-drie-zaken", ["3", "0", "0"]),
        ("na-melding", [str(ZAKEN), "0", "0"]),
        ("na-einde", [str(ZAKEN + 1), "1", "1"]),
    ],
)
def test_a_worker_that_is_killed_leaves_what_was_done_and_the_next_one_ends_it(
    gevraagd: Path, tmp_path: Path, stap: str, stand: list[str]
):
    folder = tmp_path / "data"
    shutil.copytree(gevraagd, folder)
    assert _run(folder, stap)[0] == -signal.SIGKILL
    _, (voor, daarna) = _run(folder, "opnieuw")
    assert voor == stand
    assert daarna == ["True", str(ZAKEN), str(ZAKEN), "1", "1"]


def test_a_full_disk_stops_it_and_with_room_it_goes_on(gevraagd: Path, tmp_path: Path):
    folder = tmp_path / "data"
    shutil.copytree(gevraagd, folder)
    assert _run(folder, "schijf-vol")[0] == -signal.SIGKILL
    _, (voor, daarna) = _run(folder, "opnieuw")
    assert int(voor[0]) < ZAKEN
    assert voor[1:] == ["0", "0"]
    assert daarna == ["True", str(ZAKEN), str(ZAKEN), "1", "1"]
