"""The destruction of zaken when the worker dies, when two are at it, and when somebody writes at that moment.

Runs in processes of its own on the database of the test, on SQLite and on PostgreSQL.
"""

import os
import subprocess
import sys
import threading
import uuid
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from eloket.archief import uitvoeren
from eloket.archief.models import LijstRegel, Vernietigingslijst
from eloket.archief.types import Beletsel, LijstStand, RegelStand
from eloket.audit.models import AuditRegel
from eloket.audit.verzegelen import seal_waiting
from eloket.berichten.models import Bericht
from eloket.berichten.service import send_bericht
from eloket.documenten import opslag
from eloket.documenten.models import Bestand, Document
from eloket.kernel.klok import nu
from eloket.sources.register.models import Zaak as ZaakRij
from eloket.zaken.errors import ZaakNietGevonden
from eloket.zaken.types import Zaak
from tests.unit.archief.gemeente import Gemeente, build_gemeente
from tests.web.werkplek import PDF

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
AANTAL = 4

# Dies by its own hand at the second zaak, at the point that is asked; `nergens`: goes on to the end.
_PROGRAMMA = """
import os, signal, sys
import django
django.setup()
from eloket.archief import uitvoeren
from eloket.documenten import opslag
from eloket.kernel.klok import nu
from eloket.zaken import vernietigen
waar, beurten = sys.argv[1], []

def sterf_bij_de_tweede():
    beurten.append(1)
    if len(beurten) == 2:
        os.kill(os.getpid(), signal.SIGKILL)

def voor(module, naam):
    echt = getattr(module, naam)
    def eerst(*a, **k):
        sterf_bij_de_tweede()
        return echt(*a, **k)
    setattr(module, naam, eerst)

def na(module, naam):
    echt = getattr(module, naam)
    def dan(*a, **k):
        uit = echt(*a, **k)
        sterf_bij_de_tweede()
        return uit
    setattr(module, naam, dan)

{
    "nergens": lambda: None,
    "voor-het-begin": lambda: voor(uitvoeren, "_decide"),
    "halverwege-de-rijen": lambda: na(vernietigen.weghalen, "remove_documenten"),
    "voor-de-commit": lambda: na(uitvoeren, "_decide"),
    "na-de-commit": lambda: voor(uitvoeren, "_remove_files"),
    "voor-de-bytes": lambda: voor(opslag, "delete"),
    "na-de-bytes": lambda: na(opslag, "delete"),
    "na-de-bestanden": lambda: na(uitvoeren, "remove_bytes"),
}[waar]()
print(uitvoeren.destroy_approved(nu()))
"""


def start(waar: str) -> "subprocess.Popen[str]":
    env = {**os.environ, "ELOKET_OMGEVING": "test", "DJANGO_SETTINGS_MODULE": "eloket.config.settings"}
    env.pop("DATABASE_URL", None)
    db = connection.settings_dict
    if connection.vendor == "postgresql":
        env["ELOKET_DATABASE_URL"] = f"postgresql://{db['USER']}@{quote(db['HOST'], safe='')}/{db['NAME']}"
    else:
        env["ELOKET_DATABASE_URL"] = f"sqlite:///{db['NAME']}"
    omgeving = settings.ELOKET
    env |= {
        "ELOKET_DATA_DIR": str(omgeving.data_dir),
        "ELOKET_SECRETS": ",".join(omgeving.secrets),
        "ELOKET_HASH_SECRET": omgeving.hash_secret,
    }
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAMMA, waar],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def stad() -> Gemeente:
    return build_gemeente()


def fill(stad: Gemeente) -> tuple[Vernietigingslijst, list[str]]:
    """An approved list of four zaken with a document of their own each; what those are called in the storage."""
    for nummer in range(AANTAL):
        stad.old_zaak(str(nummer), inhoud=PDF + f"\n% {nummer}\n".encode())
    inhoud = [een.bestand.sha256 for een in Document.objects.select_related("bestand")]
    lijst = Vernietigingslijst.objects.get(pk=stad.approved())
    seal_waiting(nu())
    return lijst, inhoud


def is_whole(lijst: Vernietigingslijst) -> None:
    """Of every zaak all is there, or nothing is: whatever the line says."""
    for regel in lijst.regels.all():
        is_er = ZaakRij.objects.filter(identificatie=regel.zaaknummer).exists()
        assert is_er == (regel.stand == RegelStand.OP_LIJST)
        assert Bericht.objects.filter(zaak_ref=regel.zaak_ref).count() == (2 if is_er else 0)
        assert Document.objects.filter(zaak_ref=regel.zaak_ref).count() == (1 if is_er else 0)
        regels = AuditRegel.objects.filter(actie="zaak.vernietigd", object_ref=regel.zaak_ref)
        assert regels.count() == (0 if is_er else 1)


@pytest.mark.parametrize(
    "waar",
    [
        "voor-het-begin",
        "halverwege-de-rijen",
        "voor-de-commit",
        "na-de-commit",
        "voor-de-bytes",
        "na-de-bytes",
        "na-de-bestanden",
    ],
)
def test_killed_anywhere_nothing_is_half_and_the_next_worker_finishes(stad: Gemeente, waar: str):
    lijst, inhoud = fill(stad)
    proces = start(waar)
    _, fouten = proces.communicate(timeout=100)
    assert proces.returncode == -9, fouten
    is_whole(lijst)
    assert lijst.regels.exclude(stand=RegelStand.VERNIETIGD).exists()
    klaar = start("nergens")
    uit, fouten = klaar.communicate(timeout=100)
    assert klaar.returncode == 0, fouten
    assert 1 <= int(uit) <= AANTAL
    is_whole(lijst)
    lijst.refresh_from_db()
    assert lijst.stand == LijstStand.UITGEVOERD
    assert set(lijst.regels.values_list("stand", flat=True)) == {RegelStand.VERNIETIGD}
    assert not any(opslag.exists(sha256) for sha256 in inhoud)
    assert not Bestand.objects.exists()
    assert AuditRegel.objects.filter(actie="zaak.vernietigd").count() == AANTAL


def test_two_workers_at_once_destroy_everything_once(stad: Gemeente):
    lijst, _ = fill(stad)
    beide = [start("nergens") for _ in range(2)]
    for proces in beide:
        _, fouten = proces.communicate(timeout=100)
        # On SQLite one writes at a time: who waits too long gives up, and the loop of the worker tries again.
        assert proces.returncode == 0 or "database is locked" in fouten, fouten
    uitvoeren.destroy_approved(nu())  # what one passed over while the other had it
    is_whole(lijst)
    assert set(lijst.regels.values_list("stand", flat=True)) == {RegelStand.VERNIETIGD}
    assert AuditRegel.objects.filter(actie="vernietiging.uitgevoerd").count() == 1


@pytest.mark.parametrize("van_gemeente", [False, True])
def test_a_message_at_the_same_moment_is_kept_with_its_zaak_or_refused(stad: Gemeente, van_gemeente: bool):
    """Never a message in a zaak that is gone."""
    zaken = [stad.old_zaak(str(nummer), inhoud=PDF + f"\n% {nummer}\n".encode()) for nummer in range(AANTAL)]
    lijst = Vernietigingslijst.objects.get(pk=stad.approved())
    seal_waiting(nu())
    wie = stad.huis.mila if van_gemeente else stad.huis.jeroen
    verstuurd: dict[str, bool] = {}
    begin = threading.Barrier(2)

    def write() -> None:
        try:
            begin.wait()
            for zaak in reversed(zaken):
                verstuurd[str(zaak.ref)] = send(zaak)
        finally:
            connection.close()

    def send(zaak: Zaak) -> bool:
        try:
            send_bericht(wie, zaak.ref, tekst="Wacht!", sleutel=uuid.uuid4().hex)
        except ZaakNietGevonden:
            return False
        return True

    draad = threading.Thread(target=write)
    draad.start()
    begin.wait()
    uitvoeren.destroy_approved(nu())
    draad.join(timeout=60)
    for regel in LijstRegel.objects.filter(lijst=lijst):
        gelukt = verstuurd[regel.zaak_ref]
        assert gelukt == ZaakRij.objects.filter(identificatie=regel.zaaknummer).exists()
        assert Bericht.objects.filter(zaak_ref=regel.zaak_ref).count() == (3 if gelukt else 0)
        assert (regel.stand, regel.beletsel) == (
            (RegelStand.BEHOUDEN, Beletsel.NIEUW) if gelukt else (RegelStand.VERNIETIGD, "")
        )
