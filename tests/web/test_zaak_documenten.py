"""Documents of a zaak: add, open and save."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client

from eloket.audit.models import AuditRegel
from eloket.documenten.formaten import DOCX
from eloket.documenten.queries import list_documenten
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import schrijf_datum, vandaag
from eloket.zaken import service as zaken
from eloket.zaken.queries import list_taken_van_zaak
from eloket.zaken.types import Zaak
from tests.huis import PDF, bestand, inwoner, medewerker, met_nepbronnen
from tests.web.portaal import bron_van, client_van, tekst_van, zaak_van
from tests.web.werkplek import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def bron():
    with met_nepbronnen() as bron:
        yield bron


@pytest.fixture
def zaak(bron):
    return zaak_van(inwoner())


def pad(zaak: Zaak) -> str:
    return f"/mijn/zaken/{zaak.ref}/"


def stuur(client: Client, zaak: Zaak, *bestanden: SimpleUploadedFile, **velden: str) -> HttpResponseBase:
    return client.post(f"{pad(zaak)}documenten/", {"bestanden": list(bestanden), **velden})


def pdf(naam: str = "paspoort.pdf", extra: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(naam, PDF + extra)


def test_an_added_document_stands_in_the_zaak_with_who_and_when(zaak):
    client = client_van()
    antwoord = stuur(client, zaak, pdf("Kopie paspoort.pdf"))
    assert (antwoord.status_code, antwoord["Location"]) == (303, pad(zaak))
    tekst = tekst_van(client.get(pad(zaak)))
    assert "‘Kopie paspoort’ is toegevoegd. U ziet het document onder Documenten." in tekst
    assert re.search(rf"Kopie paspoort \(PDF, 1 kB\) .*Van u, {schrijf_datum(vandaag())}", tekst)
    assert "Wij hebben een document van u ontvangen" in tekst
    assert "is toegevoegd" not in tekst_van(client.get(pad(zaak)))


def test_several_at_once_and_every_refusal_has_its_own_line(zaak):
    client = client_van()
    antwoord = stuur(
        client,
        zaak,
        pdf("een.pdf", b"1"),
        pdf("twee.pdf", b"2"),
        SimpleUploadedFile("leeg.pdf", b""),
        SimpleUploadedFile("<i>site.html", b"<!doctype html><html>"),
    )
    html = bron_van(client.get(antwoord["Location"]))
    assert "2 documenten zijn toegevoegd." in html
    assert html.count('class="utrecht-alert utrecht-alert--error"') == 2
    assert "‘leeg.pdf’ is leeg." in html
    assert "‘&lt;i&gt;site.html’ is een webpagina of een programma." in html
    assert re.search(r'<details[^>]*id="toevoegen" open', html)
    assert {d.bestandsnaam for d in list_documenten(str(zaak.ref))} == {"een.pdf", "twee.pdf"}


def test_the_script_gets_the_same_answer_as_an_address(zaak):
    client = client_van()
    antwoord = client.post(
        f"{pad(zaak)}documenten/", {"bestanden": [pdf()]}, headers={"accept": "application/json"}
    )
    assert (antwoord.status_code, antwoord.json()) == (200, {"url": pad(zaak)})
    assert "is toegevoegd" in tekst_van(client.get(pad(zaak)))


def test_nothing_chosen_says_what_to_do(zaak):
    client = client_van()
    antwoord = client.post(f"{pad(zaak)}documenten/", {})
    assert antwoord.status_code == 303
    assert "Kies eerst een bestand en klik daarna op Voeg toe." in tekst_van(client.get(antwoord["Location"]))


def test_the_same_file_twice_is_one_document(zaak):
    client = client_van()
    stuur(client, zaak, pdf())
    antwoord = stuur(client, zaak, pdf("zelfde.pdf"))
    assert "staat al bij deze zaak" in tekst_van(client.get(antwoord["Location"]))
    assert len(list_documenten(str(zaak.ref))) == 1


def test_delivering_what_was_asked_finishes_the_taak(zaak):
    taak = zaken.ask_document(
        medewerker(),
        zaak.ref,
        titel="Stuur uw kentekenbewijs",
        toelichting="",
        deadline=vandaag().replace(year=2099),
    )
    client = client_van()
    antwoord = stuur(client, zaak, pdf(), taak=taak)
    tekst = tekst_van(client.get(antwoord["Location"]))
    assert "Deze taak is klaar: Stuur uw kentekenbewijs." in tekst
    assert "Wacht op u" not in tekst
    assert list_taken_van_zaak(zaak.ref, partij=None)[0].vervuld_op is not None


@pytest.mark.parametrize("met_bestand", [True, False])
def test_a_closed_zaak_takes_nothing_and_says_so(zaak, met_bestand):
    zaken.set_status(medewerker(), zaak.ref, volgnummer=4, toelichting="", resultaat="Verleend", versie=1)
    client = client_van()
    pagina = client.get(pad(zaak))
    assert "data-upload" not in bron_van(pagina)
    assert "Deze zaak is afgerond. U kunt geen documenten meer toevoegen." in tekst_van(pagina)
    antwoord = stuur(client, zaak, *([pdf()] if met_bestand else []))
    assert (antwoord.status_code, antwoord["Location"]) == (303, pad(zaak))
    assert "Deze zaak is afgerond. U kunt er niets meer aan toevoegen." in tekst_van(client.get(pad(zaak)))
    assert list_documenten(str(zaak.ref)) == ()


def test_a_document_offers_openen_and_opslaan_als(zaak):
    zaken.add_documenten(inwoner(), zaak.ref, (bestand("Kopie <b>paspoort.pdf"),))
    client = client_van()
    html = bron_van(client.get(pad(zaak)))
    keuze = re.search(r'<details class="pip-document">.*?</details>', html, flags=re.DOTALL)
    assert keuze
    assert "<b>paspoort" not in keuze.group()
    openen, opslaan = re.findall(
        r'<a class="[^"]*" href="([^"]+)">.*?nl-button__label">([^<]+)<', keuze.group(), flags=re.DOTALL
    )
    assert (openen[1], opslaan[1]) == ("Openen", "Opslaan als")
    geopend, bewaard = client.get(openen[0]), client.get(opslaan[0])
    assert b"".join(geopend) == b"".join(bewaard) == PDF
    assert geopend["Content-Type"] == "application/pdf"
    assert geopend["Content-Disposition"].startswith("inline")
    assert bewaard["Content-Disposition"].startswith("attachment")
    acties = AuditRegel.objects.filter(actie__startswith="document.").values_list("actie", flat=True)
    assert sorted(acties) == ["document.geopend", "document.opgeslagen", "document.toegevoegd"]


def test_what_a_browser_cannot_show_is_only_saved(zaak, monkeypatch):
    document = zaken.add_documenten(inwoner(), zaak.ref, (bestand(),)).toegevoegd[0]
    monkeypatch.setattr(
        "eloket.portal.zaken.views.list_voor_aanvrager", lambda _ref: (replace(document, formaat=DOCX),)
    )
    antwoord = client_van().get(pad(zaak))
    tekst = tekst_van(antwoord)
    assert "Uw browser kan dit soort bestand niet laten zien." in tekst
    assert "Opslaan als" in tekst
    assert "/openen/" not in bron_van(antwoord)


def test_a_document_of_the_municipality_says_so(zaak):
    zaken.add_documenten(medewerker(), zaak.ref, (bestand("besluit.pdf"),))
    assert "Van de gemeente" in tekst_van(client_van().get(pad(zaak)))


@pytest.mark.parametrize("doe", ["openen", "opslaan"])
def test_a_letter_that_was_replaced_does_not_open_any_more(zaak, doe):
    """It may have been the letter of somebody else: that is why it was replaced."""
    fout = zaken.add_documenten(medewerker(), zaak.ref, (bestand("besluit.pdf", PDF + b"1"),)).toegevoegd[0]
    adres = f"{pad(zaak)}documenten/{fout.id}/{doe}/"
    client = client_van()
    assert client.get(adres).status_code == 200
    goed = zaken.add_documenten(
        medewerker(), zaak.ref, (bestand("besluit.pdf", PDF + b"2"),), vervangt=fout.id
    )
    regels = AuditRegel.objects.count()
    geen = client.get(f"{pad(zaak)}documenten/0192aaaa-0000-7000-8000-000000000000/{doe}/")
    for antwoord in (client.get(adres), client.head(adres)):
        assert antwoord.status_code == geen.status_code == 404
        assert b"besluit" not in antwoord.content
    assert AuditRegel.objects.count() == regels
    assert client.get(f"{pad(zaak)}documenten/{goed.toegevoegd[0].id}/{doe}/").status_code == 200
    collega = client_of(medewerker())
    assert collega.get(f"/werkplek/zaken/{zaak.ref}/documenten/{fout.id}/{doe}/").status_code == 200


def test_what_a_resident_sent_stays_theirs_whatever_came_after(zaak):
    eigen = zaken.add_documenten(inwoner(), zaak.ref, (bestand(inhoud=PDF + b"1"),)).toegevoegd[0]
    velden = {"documenttype": "Foto", "vertrouwelijkheid": "intern"}
    zaken.accept_document(medewerker(), zaak.ref, eigen.id, **velden)
    zaken.add_documenten(medewerker(), zaak.ref, (bestand(inhoud=PDF + b"2"),), vervangt=eigen.id)
    assert client_van().get(f"{pad(zaak)}documenten/{eigen.id}/opslaan/").status_code == 200


def test_an_address_typed_again_shows_the_zaak(zaak):
    for deel in ("documenten", "berichten"):
        antwoord = client_van().get(f"{pad(zaak)}{deel}/")
        assert (antwoord.status_code, antwoord["Location"]) == (302, pad(zaak))


def test_a_source_that_fails_while_adding_is_an_error_and_no_success(bron, zaak):
    bron.faalt = True
    client = client_van()
    assert stuur(client, zaak, pdf()).status_code == 503
    bron.faalt = False
    assert "is toegevoegd" not in tekst_van(client.get(pad(zaak)))


def test_a_failing_store_is_no_missing_document(zaak, monkeypatch):
    document = zaken.add_documenten(inwoner(), zaak.ref, (bestand(),)).toegevoegd[0]

    def faal(_id):
        raise BronOnbereikbaar("de documenten")

    monkeypatch.setattr("eloket.portal.zaken.documenten.open_document", faal)
    antwoord = client_van().get(f"{pad(zaak)}documenten/{document.id}/openen/")
    assert antwoord.status_code == 503
    assert not AuditRegel.objects.filter(actie="document.geopend").exists()
