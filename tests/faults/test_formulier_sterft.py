"""kill -9 at every point of sending a form: the next try gives one zaak, with its files and its PDF, and one mail."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.faults

# Runs in a process of its own, on a database and a storage of its own. `stap` says where it dies.
_PROGRAMMA = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from eloket.documenten import service as documenten, vasthouden, voorbeelden
from eloket.documenten.controle import controleer
from eloket.documenten.models import Document, Vasthouding
from eloket.documenten.upload import bied_aan
from eloket.kernel.klok import nu
from eloket.loket import bewijzen, meten, versturen
from eloket.loket.concepten import inzage
from eloket.loket.models import Concept
from eloket.loket.versies import load_meegeleverd
from eloket.notifications.models import Notificatie
from eloket.sources.register.bron import RegisterBron
from eloket.sources.register.models import Zaak
from tests.unit.loket.melding import anoniem, fill, send
stap = sys.argv[1]

def sterf(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def daarna(plek, naam):
    echt = getattr(plek, naam)
    setattr(plek, naam, lambda *a, **k: (echt(*a, **k), sterf()))

if stap == "begin":
    call_command("migrate", verbosity=0)
    RegisterBron().import_zaaktypen()
    load_meegeleverd()
    foto = (bied_aan("lamp.jpg", [voorbeelden.jpg()]),)
    fill(anoniem(), bestanden=foto, contact={"email": ["melder@voorbeeld.nl"]})

def druk_af():
    print(Zaak.objects.count(), Document.objects.count(), Vasthouding.objects.count(),
          Notificatie.objects.count(), Concept.objects.exclude(verstuurd_op=None).count(),
          Concept.objects.exclude(bewijs_op=None).count(), controleer(volledig=True).is_goed)

def verstuur():
    send(anoniem(), inzage(Concept.objects.get()))
    if stap == "na-vastleggen":
        sterf()
    bewijzen.add_bewijzen(nu())

if stap == "opnieuw":
    druk_af()
    verstuur()
    verstuur()
    druk_af()
elif stap != "begin":
    if stap == "voor-zaak":
        versturen.zaken.start_zaak = sterf
    if stap == "na-zaak":
        daarna(versturen.zaken, "start_zaak")
    if stap == "na-vrijgeven":
        daarna(vasthouden, "release")
    if stap == "na-mail":
        daarna(versturen, "enqueue")
    if stap == "voor-vastleggen":
        daarna(meten, "count")
    if stap == "voor-pdf":
        bewijzen.make_bewijs = sterf
    if stap == "voor-document":
        echt = documenten.add_document
        documenten.add_document = lambda **k: echt(**k) if k["herkomst"] == "aanvrager" else sterf()
    if stap == "na-document":
        bewijzen.nu = sterf
    verstuur()
"""


def _omgeving(folder: Path) -> dict[str, str]:
    kaal = {naam: waarde for naam, waarde in os.environ.items() if not naam.endswith("DATABASE_URL")}
    return kaal | {
        "DJANGO_SETTINGS_MODULE": "eloket.config.settings",
        "ELOKET_OMGEVING": "test",
        "ELOKET_DATA_DIR": str(folder),
    }


def _run(folder: Path, stap: str) -> tuple[int, list[str]]:
    uitkomst = subprocess.run(
        [sys.executable, "-c", _PROGRAMMA, stap],
        env=_omgeving(folder),
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert uitkomst.returncode in {0, -signal.SIGKILL}, uitkomst.stderr
    return uitkomst.returncode, uitkomst.stdout.split()


@pytest.fixture(scope="module")
def ingevuld(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with a photo and an address for the receipt, ready to be sent."""
    folder = tmp_path_factory.mktemp("ingevuld") / "data"
    folder.mkdir()
    assert _run(folder, "begin")[0] == 0
    return folder


NIETS = [
    "0",
    "0",
    "1",
    "0",
    "0",
    "0",
    "True",
]  # zaken, documents, held files, mails, sent, with PDF, all is well
VERSTUURD = ["1", "1", "0", "1", "1", "0", "True"]
KLAAR = ["1", "2", "0", "1", "1", "1", "True"]


@pytest.mark.parametrize(
    ("stap", "stand"),
    [
        ("voor-zaak", NIETS),
        ("na-zaak", NIETS),
        ("na-vrijgeven", NIETS),
        ("na-mail", NIETS),
        ("voor-vastleggen", NIETS),
        ("na-vastleggen", VERSTUURD),
        ("voor-pdf", VERSTUURD),
        ("voor-document", VERSTUURD),
        ("na-document", VERSTUURD),
    ],
)
def test_a_kill_at_any_point_loses_nothing_and_doubles_nothing(
    ingevuld: Path, tmp_path: Path, stap: str, stand: list[str]
):
    folder = tmp_path / "data"
    shutil.copytree(ingevuld, folder)
    assert _run(folder, stap)[0] == -signal.SIGKILL
    assert _run(folder, "opnieuw") == (0, stand + KLAAR)
