"""Nobody sees another's zaak, document or message: it looks the same as what does not exist."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from eloket.audit.models import AuditRegel
from eloket.berichten.models import Bericht
from eloket.identity.testing import force_actor, onderneming
from eloket.zaken import service as zaken
from eloket.zaken.queries import list_gebeurtenissen
from tests.huis import bestand, inwoner, medewerker, met_nepbronnen
from tests.web.portaal import ANDER, bron_van, client_van, zaak_van, zonder_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def zaak():
    with met_nepbronnen():
        yield zaak_van(inwoner())


def paden(ref: object, document_id: object) -> tuple[str, ...]:
    zaak = f"/mijn/zaken/{ref}/"
    return (
        zaak,
        f"{zaak}documenten/",
        f"{zaak}berichten/",
        f"{zaak}documenten/{document_id}/openen/",
        f"{zaak}documenten/{document_id}/opslaan/",
        f"/mijn/berichten/{ref}/",
    )


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("plek", range(6))
def test_another_gets_the_same_page_as_for_nothing(zaak, plek, methode):
    document = zaken.add_documenten(inwoner(), zaak.ref, (bestand(),)).toegevoegd[0]
    ander = client_van(inwoner(ANDER))
    velden = {"bericht": "Hallo", "sleutel": "a"} if methode == "post" else {}
    van_ander = getattr(ander, methode)(paden(zaak.ref, document.id)[plek], velden)
    van_niemand = getattr(ander, methode)(paden(f"nep-{uuid.uuid4()}", uuid.uuid4())[plek], velden)
    if methode == "post" and plek in {0, 3, 4}:
        assert van_ander.status_code == van_niemand.status_code == 405
        return
    assert van_ander.status_code == van_niemand.status_code == 404
    assert zonder_token(van_ander) == zonder_token(van_niemand)
    assert zaak.identificatie not in bron_van(van_ander)
    assert not Bericht.objects.exists()
    assert not AuditRegel.objects.filter(actor_key=inwoner(ANDER).key).exists()


@pytest.mark.parametrize(
    "ref", ["zonder", "nep-", "-x", "onbekend-1", "nep-../../x", "register-niet-een-uuid"]
)
def test_a_malformed_reference_does_not_exist(zaak, ref):
    assert client_van().get(f"/mijn/zaken/{ref}/").status_code == 404
    assert client_van().get(f"/mijn/berichten/{ref}/").status_code == 404


def test_a_document_of_another_zaak_of_mine_is_not_in_this_one(zaak):
    document = zaken.add_documenten(inwoner(), zaak.ref, (bestand(),)).toegevoegd[0]
    andere = zaak_van(inwoner(), "Andere zaak")
    assert client_van().get(paden(zaak.ref, document.id)[3]).status_code == 200
    assert client_van().get(paden(andere.ref, document.id)[3]).status_code == 404


def test_a_branch_does_not_reach_the_zaak_of_another_branch(zaak):
    heel, markt = onderneming(vestigingsnummer="000037178598"), onderneming(vestigingsnummer="000038509504")
    van_heel = zaak_van(heel)
    assert client_van(heel).get(f"/mijn/zaken/{van_heel.ref}/").status_code == 200
    assert client_van(markt).get(f"/mijn/zaken/{van_heel.ref}/").status_code == 404


@pytest.mark.parametrize("plek", range(6))
def test_without_login_one_is_asked_to_log_in(zaak, plek):
    antwoord = Client().get(paden(zaak.ref, uuid.uuid4())[plek])
    assert antwoord.status_code == 302
    assert antwoord["Location"].startswith("/inloggen/")


def test_a_civil_servant_has_no_mijn_omgeving(zaak):
    client = Client()
    force_actor(client, medewerker())
    for pad in ("/mijn/", "/mijn/zaken/", f"/mijn/zaken/{zaak.ref}/", "/mijn/gegevens/"):
        assert client.get(pad).status_code == 404


def test_a_refused_upload_leaves_no_trace_in_the_zaak(zaak):
    ander = client_van(inwoner(ANDER))
    antwoord = ander.post(
        f"/mijn/zaken/{zaak.ref}/documenten/", {"bestanden": SimpleUploadedFile("x.txt", b"tekst")}
    )
    assert antwoord.status_code == 404
    assert list_gebeurtenissen(zaak, partij=None) == ()
