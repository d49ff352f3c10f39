"""What a resident and a civil servant take along of a zaak, over HTTP."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client
from icalendar import Calendar

from eloket.afschriften.errors import DossierOnvolledig
from eloket.audit.models import AuditRegel
from eloket.documenten import opslag, service
from eloket.documenten.testing import FakeDocumentBron
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import vandaag
from eloket.zaken import service as zaken
from eloket.zaken.models import Taak
from eloket.zaken.types import Zaak
from tests.huis import bestand, inwoner, medewerker, met_nepbronnen
from tests.web.portaal import ANDER, bron_van, client_van, tekst_van, zaak_van

pytestmark = pytest.mark.django_db


@pytest.fixture
def zaak():
    with met_nepbronnen():
        yield zaak_van(inwoner(), "Bijzondere bijstand")


def pad(zaak: Zaak, rest: str = "") -> str:
    return f"/mijn/zaken/{zaak.ref}/{rest}"


def ask(zaak: Zaak, dagen: int = 5) -> str:
    return zaken.ask_document(
        medewerker(), zaak.ref, titel="Loonstrook", toelichting="", deadline=vandaag() + timedelta(days=dagen)
    )


def event_of(antwoord: HttpResponseBase) -> Any:
    (event,) = Calendar.from_ical(bron_van(antwoord)).walk("VEVENT")
    return event


@pytest.mark.parametrize("wie", ["resident", "civil-servant"])
def test_the_dossier_is_a_zip_to_save_whose_name_says_only_the_zaaknummer(zaak, wie):
    zaken.add_documenten(inwoner(), zaak.ref, (bestand("paspoort.pdf"),))
    client = client_van() if wie == "resident" else client_van(medewerker())
    antwoord = client.get(
        pad(zaak, "dossier/") if wie == "resident" else f"/werkplek/zaken/{zaak.ref}/dossier/"
    )
    assert antwoord.status_code == 200
    assert antwoord.streaming
    assert antwoord["Content-Type"] == "application/zip"
    assert antwoord["Content-Disposition"] == f'attachment; filename="dossier-{zaak.identificatie}.zip"'
    assert antwoord["Cache-Control"] == "private, no-store"
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["Accept-Ranges"] == "none"
    inhoud = b"".join(antwoord)
    assert antwoord["Content-Length"] == str(len(inhoud))
    namen = zipfile.ZipFile(io.BytesIO(inhoud)).namelist()
    assert {naam.partition("/")[0] for naam in namen} == {f"dossier-{zaak.identificatie}"}
    assert [naam.partition("/")[2] for naam in namen[:2]] == ["index.pdf", "documenten/001 paspoort.pdf"]


def test_the_page_of_the_zaak_leads_to_it_with_about_its_size(zaak):
    zaken.add_documenten(inwoner(), zaak.ref, (bestand("paspoort.pdf"),))
    antwoord = client_van().get(pad(zaak))
    assert "Download het hele dossier (zip, ongeveer 151 kB)" in tekst_van(antwoord)
    assert f'href="{pad(zaak, "dossier/")}"' in bron_van(antwoord)


def test_head_collects_nothing_and_notes_nothing(zaak):
    client = client_van()
    voor = AuditRegel.objects.count()
    antwoord = client.head(pad(zaak, "dossier/"))
    assert (antwoord.status_code, antwoord["Content-Type"]) == (200, "application/zip")
    assert antwoord.content == b""
    assert AuditRegel.objects.count() == voor
    assert client_van(inwoner(ANDER)).head(pad(zaak, "dossier/")).status_code == 404


@pytest.mark.parametrize("methode", ["post", "put", "delete"])
def test_it_can_only_be_fetched(zaak, methode):
    assert getattr(client_van(), methode)(pad(zaak, "dossier/")).status_code == 405


def test_a_document_that_is_gone_before_it_begins_gives_a_page_that_says_so(zaak):
    document = zaken.add_documenten(inwoner(), zaak.ref, (bestand(),)).toegevoegd[0]
    opslag.delete(document.sha256)
    antwoord = client_van().get(pad(zaak, "dossier/"))
    assert antwoord.status_code == 503
    assert "Wij kunnen het dossier nu niet compleet maken" in tekst_van(antwoord)


def test_a_document_that_disappears_after_it_began_breaks_it_off(zaak):
    document = zaken.add_documenten(inwoner(), zaak.ref, (bestand(),)).toegevoegd[0]
    antwoord = client_van().get(pad(zaak, "dossier/"))
    assert antwoord.streaming
    opslag.delete(document.sha256)
    gekregen: list[bytes] = []
    with pytest.raises(DossierOnvolledig):
        gekregen.extend(antwoord)
    assert len(b"".join(gekregen)) < int(antwoord["Content-Length"])


def test_closing_the_response_closes_the_file_that_is_open(zaak):
    zaken.add_documenten(inwoner(), zaak.ref, (bestand(inhoud=bestand_van_een_megabyte()),))
    antwoord = client_van().get(pad(zaak, "dossier/"))
    assert antwoord.streaming
    delen = iter(antwoord)
    for _ in range(3):
        next(delen)
    antwoord.close()  # a file that stays open is a warning, and warnings are errors
    with pytest.raises(StopIteration):
        next(delen)


def bestand_van_een_megabyte() -> bytes:
    return b"%PDF-1.7\n" + b"% vulling\n" * 100_000 + b"%%EOF\n"


def test_without_login_one_is_asked_to_log_in_and_comes_back(zaak):
    antwoord = Client().get(pad(zaak, "dossier/"))
    assert antwoord.status_code == 302
    assert antwoord["Location"].startswith("/inloggen/")


def test_the_page_says_nothing_of_a_dossier_while_the_documents_cannot_be_fetched(zaak):
    class Weg(FakeDocumentBron):
        def list_voor_aanvrager(self, zaak_ref: str):
            raise BronOnbereikbaar("documenten")

    service.configure(Weg())
    tekst = tekst_van(client_van().get(pad(zaak)))
    assert "Wij kunnen de documenten van deze zaak nu niet ophalen" in tekst
    assert "Download het hele dossier" not in tekst
    assert client_van().get(pad(zaak, "dossier/")).status_code == 503


def test_the_last_day_of_a_taak_can_be_put_into_a_calendar(zaak):
    taak = ask(zaak)
    client = client_van()
    agenda = pad(zaak, f"vragen/{taak}/agenda.ics")
    for pagina in ("/mijn/taken/", pad(zaak)):
        bron = bron_van(client.get(pagina))
        assert f'href="{agenda}"' in bron
        assert "Zet in mijn agenda" in bron
    antwoord = client.get(agenda)
    assert antwoord["Content-Type"] == "text/calendar; charset=utf-8"
    assert antwoord["Content-Disposition"] == f'attachment; filename="agenda-{zaak.identificatie}.ics"'
    assert antwoord["Cache-Control"] == "private, no-store"
    event = event_of(antwoord)
    assert event["DTSTART"].dt == vandaag() + timedelta(days=4)
    assert event["URL"] == "http://testserver/mijn/taken/"
    for woord in (b"bijstand", b"Loonstrook", zaak.identificatie.encode()):
        assert woord not in antwoord.content


def test_after_an_extension_the_file_moves_the_same_appointment(zaak):
    taak = ask(zaak)
    client, agenda = client_van(), pad(zaak, f"vragen/{taak}/agenda.ics")
    eerst = event_of(client.get(agenda))
    Taak.objects.filter(pk=taak).update(
        deadline=vandaag() + timedelta(days=8), verlengd_om="Er was een storing."
    )
    later = event_of(client.get(agenda))
    assert (later["UID"], later["DTSTART"].dt) == (eerst["UID"], vandaag() + timedelta(days=7))
    assert later["SEQUENCE"] > eerst["SEQUENCE"]


def test_a_taak_of_somebody_else_has_none(zaak):
    taak = ask(zaak)
    assert client_van(inwoner(ANDER)).get(pad(zaak, f"vragen/{taak}/agenda.ics")).status_code == 404
    assert client_van().get(pad(zaak, "vragen/bestaat-niet/agenda.ics")).status_code == 404


def test_what_is_done_says_that_there_is_no_day_any_more(zaak):
    taak = ask(zaak)
    client = client_van()
    zaken.add_documenten(inwoner(), zaak.ref, (bestand(),), taak_id=taak)
    antwoord = client.get(pad(zaak, f"vragen/{taak}/agenda.ics"))
    assert antwoord.status_code == 409
    assert "Deze termijn loopt nu niet." in tekst_van(antwoord)
    assert "Zet in mijn agenda" not in bron_van(client.get("/mijn/taken/"))


def test_the_term_of_the_zaak_can_be_put_into_a_calendar_until_it_is_closed(zaak):
    client = client_van()
    assert "Zet de uiterste datum in mijn agenda" in tekst_van(client.get(pad(zaak)))
    event = event_of(client.get(pad(zaak, "agenda.ics")))
    assert event["DTSTART"].dt == zaak.uiterlijke_einddatum
    assert event["URL"] == f"http://testserver{pad(zaak)}"
    zaken.set_status(medewerker(), zaak.ref, volgnummer=4, toelichting="", resultaat="Verleend", versie=1)
    assert "Zet de uiterste datum in mijn agenda" not in tekst_van(client.get(pad(zaak)))
    assert client.get(pad(zaak, "agenda.ics")).status_code == 409
    assert client_van(inwoner(ANDER)).get(pad(zaak, "agenda.ics")).status_code == 404


def test_the_documents_of_the_werkplek_lead_to_the_dossier(zaak):
    zaken.add_documenten(inwoner(), zaak.ref, (bestand(),))
    antwoord = client_van(medewerker()).get(f"/werkplek/zaken/{zaak.ref}/?deel=documenten")
    assert f'href="/werkplek/zaken/{zaak.ref}/dossier/"' in bron_van(antwoord)
    assert "Zonder notities en historie." in tekst_van(antwoord)
    assert client_van(medewerker("elders")).get(f"/werkplek/zaken/{zaak.ref}/dossier/").status_code == 404
