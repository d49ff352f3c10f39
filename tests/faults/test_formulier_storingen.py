"""What breaks around a form while somebody fills it in: the scanner, the disk, the database. Nothing typed is lost."""

import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from eloket.documenten import opslag, service, voorbeelden
from eloket.documenten.models import Vasthouding
from eloket.documenten.queries import list_documenten
from eloket.documenten.types import Controle
from eloket.documenten.upload import bied_aan
from eloket.kernel.klok import nu
from eloket.loket.access import get_concept_for
from eloket.loket.errors import ConceptOnvolledig
from eloket.loket.models import Concept
from eloket.loket.types import ConceptInzage
from eloket.loket.versies import load_meegeleverd
from eloket.portal.loket import paden
from eloket.sources.register.bron import RegisterBron
from tests.faults.test_invoer_blijft import database_weg, streng
from tests.faults.test_scanner_paginas import Scanner
from tests.huis import inwoner
from tests.unit.loket.melding import GOED, MELDING, begin, fill, save, send
from tests.web.portaal import bron_van, client_van, tekst_van

pytestmark = [pytest.mark.django_db, pytest.mark.faults]
VELDEN = {"soort": "lamp", "plaats": "Lindelaan 12", "omschrijving": "Lang verhaal.", "knop": "verder"}


@pytest.fixture(autouse=True)
def _inrichting(settings: Settings, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}},
    }
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "files" / "tmp"
    RegisterBron().import_zaaktypen()
    load_meegeleverd()


@pytest.fixture
def scanner() -> Iterator[Scanner]:
    scanner = Scanner()
    service.configure_scanner(scanner)
    yield scanner
    service.configure_scanner(None)


def stap(concept: ConceptInzage) -> str:
    return paden.stap(paden.concept(MELDING, concept.id, is_anoniem=False), "melding")


def controle(concept: ConceptInzage) -> str:
    return paden.controleren(paden.concept(MELDING, concept.id, is_anoniem=False))


def hidden(client: Client, pad: str) -> dict[str, Any]:
    return dict(
        re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', bron_van(client.get(pad)))
    )


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("lamp.jpg", voorbeelden.jpg())


# --- the scanner ---


def test_a_scanner_that_is_away_holds_nobody_up(scanner: Scanner):
    concept, client = begin(inwoner()), client_van()
    antwoord = client.post(stap(concept), hidden(client, stap(concept)) | VELDEN | {"foto": photo()})
    assert antwoord["Location"] == controle(concept)
    ref = send(inwoner(), get_concept_for(inwoner(), concept.id)).concept.zaak_ref
    document = list_documenten(str(ref))[0]
    assert document.controle is Controle.WACHT
    scanner.uitslag = Controle.SCHOON
    service.scan_wachtend(nu())
    assert list_documenten(str(ref))[0].is_beschikbaar


def test_a_virus_that_is_found_while_the_form_waits_is_told_before_it_is_sent(scanner: Scanner):
    concept = fill(inwoner(), bestanden=(bied_aan("lamp.jpg", [voorbeelden.jpg()]),))
    scanner.uitslag = Controle.BESMET
    service.scan_wachtend(nu())
    with pytest.raises(ConceptOnvolledig) as fout:
        send(inwoner(), concept)
    assert fout.value.stap_id == "melding"
    tekst = tekst_van(client_van().get(stap(concept)))
    assert "In ‘lamp’ zit een virus. Verwijder dit bestand en kies een veilig bestand" in tekst
    weg = Vasthouding.objects.get()
    concept = save(inwoner(), concept, GOED, knop=f"bestand-weg:{weg.pk}").formulier.concept
    assert send(inwoner(), concept).concept.is_verstuurd


def test_a_virus_that_is_found_after_sending_is_closed_to_everybody(scanner: Scanner):
    concept = fill(inwoner(), bestanden=(bied_aan("lamp.jpg", [voorbeelden.jpg()]),))
    ref = send(inwoner(), concept).concept.zaak_ref
    scanner.uitslag = Controle.BESMET
    service.scan_wachtend(nu())
    assert list_documenten(str(ref))[0].controle is Controle.BESMET


# --- the disk ---


def test_a_full_disk_costs_the_file_and_not_the_text(monkeypatch: pytest.MonkeyPatch):
    concept, client = begin(inwoner()), client_van()
    velden = hidden(client, stap(concept)) | VELDEN | {"foto": photo()}

    def vol(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as even:
        even.setattr(opslag, "put", vol)
        antwoord = client.post(stap(concept), velden)
    assert antwoord.status_code == 422
    assert "‘lamp.jpg’ is niet goed bij ons aangekomen. Dat ligt niet aan uw bestand." in tekst_van(antwoord)
    assert "Lang verhaal.</textarea>" in bron_van(antwoord)
    assert get_concept_for(inwoner(), concept.id).invoer["omschrijving"] == ["Lang verhaal."]
    assert not Vasthouding.objects.exists()


def test_a_disk_that_is_full_when_it_is_sent_costs_no_zaak(monkeypatch: pytest.MonkeyPatch):
    concept = fill(inwoner(), bestanden=(bied_aan("lamp.jpg", [voorbeelden.jpg()]),))
    monkeypatch.setattr(opslag, "put", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "")))
    ref = send(inwoner(), concept).concept.zaak_ref
    assert [een.bestandsnaam for een in list_documenten(str(ref))] == ["lamp.jpg"]


# --- the database ---


@pytest.mark.parametrize("woorden", [(), ("UPDATE",), ("loket_meting",), ("identity_sessie",)])
def test_a_database_that_is_away_gives_the_text_back(woorden: tuple[str, ...]):
    concept, client = begin(inwoner()), streng(inwoner())
    velden = hidden(client, stap(concept)) | VELDEN
    with database_weg(*woorden):
        antwoord = client.post(stap(concept), velden)
    html = bron_van(antwoord)
    assert antwoord.status_code == 503
    assert "Lang verhaal." in tekst_van(antwoord)
    assert velden["venster"] not in tekst_van(antwoord), "only what a person typed is shown"
    assert f'action="{stap(concept)}"' in html
    opnieuw = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', html))
    assert client.post(stap(concept), opnieuw)["Location"] == controle(concept)
    assert get_concept_for(inwoner(), concept.id).invoer["omschrijving"] == ["Lang verhaal."]


@pytest.mark.parametrize("woorden", [(), ("register_zaak",), ("audit_regel",), ("UPDATE",)])
def test_a_database_that_is_away_while_sending_sends_nothing_and_the_button_works_again(
    woorden: tuple[str, ...],
):
    concept, client = fill(inwoner()), streng(inwoner())
    velden = hidden(client, controle(concept))
    with database_weg(*woorden):
        antwoord = client.post(controle(concept), velden)
    assert antwoord.status_code == 503
    assert Concept.objects.get().verstuurd_op is None
    opnieuw = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', bron_van(antwoord)))
    assert client.post(controle(concept), opnieuw).status_code == 303
    assert Concept.objects.get().verstuurd_op is not None
