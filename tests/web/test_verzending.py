"""What became of what was sent, over HTTP: the part of the werkplek, and the afschrift for the resident."""

import uuid

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test.utils import CaptureQueriesContext

from eloket.audit.models import AuditRegel
from eloket.berichten.service import send_bericht
from eloket.documenten import service as documenten
from eloket.documenten.queries import list_documenten
from eloket.documenten.testing import FakeDocumentBron
from eloket.kernel.errors import BronOnbereikbaar
from eloket.notifications.models import Notificatie
from eloket.notifications.verantwoorden.verzendbewijs import TITEL
from eloket.profile.models import Profiel
from eloket.zaken import service as zaken
from eloket.zaken.types import Zaak
from tests.huis import PDF, bestand, inwoner, medewerker, met_nepbronnen, onderneming, partij_van
from tests.pdf import text_of_pdf
from tests.web.portaal import ANDER, bron_van, client_van, tekst_van, zaak_van

pytestmark = pytest.mark.django_db
BERICHT = "Geheime tekst"


@pytest.fixture
def zaak():
    with met_nepbronnen():
        Profiel.objects.create(
            profiel_key=partij_van(inwoner()).profiel_key, wil_mail=False, email="jeroen@voorbeeld.nl"
        )
        zaak = zaak_van(inwoner(), "Bijzondere bijstand")
        send_bericht(medewerker(), zaak.ref, tekst=BERICHT, sleutel=uuid.uuid4().hex)
        zaken.add_documenten(medewerker(), zaak.ref, (bestand("besluit.pdf"),))
        yield zaak


def mijn(zaak: Zaak) -> str:
    return f"/mijn/zaken/{zaak.ref}/bewijs/"


def werkplek(zaak: Zaak, plek: object = 1) -> str:
    return f"/werkplek/zaken/{zaak.ref}/verzendbewijs/{plek}/"


def part(zaak: Zaak) -> HttpResponseBase:
    return client_van(medewerker()).get(f"/werkplek/zaken/{zaak.ref}/?deel=verzending")


@pytest.mark.parametrize("wie", ["resident", "civil-servant"])
def test_the_afschrift_is_a_pdf_to_save_whose_name_says_only_the_zaaknummer(zaak, wie):
    antwoord = (
        client_van().get(mijn(zaak)) if wie == "resident" else client_van(medewerker()).get(werkplek(zaak))
    )
    assert antwoord.status_code == 200
    assert antwoord["Content-Type"] == "application/pdf"
    assert antwoord["Content-Disposition"] == f'attachment; filename="verzendbewijs-{zaak.identificatie}.pdf"'
    assert antwoord["Cache-Control"] == "private, no-store"
    tekst = text_of_pdf(b"".join(antwoord))
    assert "Bericht van de gemeente" in tekst
    assert "Document van de gemeente" in tekst
    assert BERICHT not in tekst
    assert "jeroen@voorbeeld.nl" not in tekst
    assert AuditRegel.objects.filter(actie="verzendbewijs.opgeslagen", object_ref=str(zaak.ref)).count() == 1


@pytest.mark.parametrize("onderdeel", ["zaken", "berichten"])
def test_every_link_to_the_afschrift_has_its_name(zaak, onderdeel):
    antwoord = client_van().get(f"/mijn/{onderdeel}/{zaak.ref}/")
    assert mijn(zaak) in bron_van(antwoord)
    assert f"{TITEL} (pdf)".lower() in tekst_van(antwoord).lower()


def test_both_get_the_same_afschrift(zaak):
    eigen, van_ambtenaar = client_van().get(mijn(zaak)), client_van(medewerker()).get(werkplek(zaak))
    zonder_moment = [
        text_of_pdf(b"".join(een)).split("Dit is een overzicht")[1] for een in (eigen, van_ambtenaar)
    ]
    assert zonder_moment[0] == zonder_moment[1]


@pytest.mark.parametrize("wie", [inwoner(ANDER), onderneming()], ids=["another", "business"])
def test_a_stranger_gets_what_is_not_there(zaak, wie):
    assert client_van(wie).get(mijn(zaak)).status_code == 404


def test_a_civil_servant_of_another_afdeling_gets_what_is_not_there(zaak):
    vreemd = client_van(medewerker("belastingen", id=9))
    assert vreemd.get(werkplek(zaak)).status_code == 404
    assert vreemd.get(f"/werkplek/zaken/{zaak.ref}/?deel=verzending").status_code == 404


@pytest.mark.parametrize("plek", [0, 2, 99, "x", "1x", "-1", "٣"])
def test_a_party_that_is_not_there(zaak, plek):
    assert client_van(medewerker()).get(werkplek(zaak, plek)).status_code == 404


def test_another_branch_gets_nothing():
    with met_nepbronnen():
        zaak = zaak_van(onderneming(vestiging="000012345678"))
        assert client_van(onderneming(vestiging="000012345678")).get(mijn(zaak)).status_code == 200
        assert client_van(onderneming(vestiging="000087654321")).get(mijn(zaak)).status_code == 404


def test_the_part_tells_per_party_what_became_of_everything(zaak):
    tekst = tekst_van(part(zaak))
    for zin in (
        "(aanvrager)",
        "Verstuurd: het bericht staat klaar in Mijn omgeving.",
        "Klaargezet in Mijn omgeving.",
        "Nog niet geopend door de ontvanger.",
        "Geen e-mail: er was geen bevestigd e-mailadres bekend.",
        "Maak een afschrift voor",
    ):
        assert zin in tekst
    assert BERICHT not in tekst
    assert "jeroen@voorbeeld.nl" not in tekst


def test_what_the_resident_opens_shows_at_once(zaak):
    client_van().get(f"/mijn/zaken/{zaak.ref}/")
    assert "Voor het eerst geopend door de ontvanger." in tekst_van(part(zaak))


def test_the_resident_finds_it_at_the_zaak_and_at_the_conversation(zaak):
    for pad in (f"/mijn/zaken/{zaak.ref}/", f"/mijn/berichten/{zaak.ref}/"):
        assert f'href="{mijn(zaak)}"' in client_van().get(pad).content.decode()


def test_an_earlier_version_stays_in_the_proof(zaak):
    """It was put ready and may have been read; what came after it takes nothing of that away."""
    (eerste,) = list_documenten(str(zaak.ref))
    zaken.add_documenten(medewerker(), zaak.ref, (bestand("besluit.pdf", PDF + b"2"),), vervangt=eerste.id)
    for tekst in (
        text_of_pdf(b"".join(client_van().get(mijn(zaak)))),
        text_of_pdf(b"".join(client_van(medewerker()).get(werkplek(zaak)))),
        tekst_van(part(zaak)),
    ):
        assert "Document van de gemeente: besluit (versie 1)" in tekst
        assert "Document van de gemeente: besluit (versie 2)" in tekst


class _Weg(FakeDocumentBron):
    def list_documenten(self, zaak_ref: str) -> tuple[()]:
        raise BronOnbereikbaar("documenten")

    list_alle_versies = list_documenten


def test_documents_that_cannot_be_fetched_are_missed_by_name_and_never_left_out_of_proof(zaak):
    documenten.configure(_Weg())
    tekst = tekst_van(part(zaak))
    assert "Wij kunnen de documenten van deze zaak nu niet ophalen." in tekst
    assert "Bericht van de gemeente" in tekst
    assert client_van().get(mijn(zaak)).status_code == 503
    assert client_van(medewerker()).get(werkplek(zaak)).status_code == 503


class _HalverwegeWeg(FakeDocumentBron):
    def list_alle_versies(self, zaak_ref: str) -> tuple[()]:
        raise BronOnbereikbaar("documenten")


def test_a_source_that_goes_away_between_two_questions_is_missed_too(zaak):
    documenten.configure(_HalverwegeWeg())
    tekst = tekst_van(part(zaak))
    assert "Wij kunnen de documenten van deze zaak nu niet ophalen." in tekst
    assert "Bericht van de gemeente" in tekst


def test_of_a_party_whose_documents_cannot_be_fetched_it_is_not_said_that_nothing_went(zaak):
    leeg = zaak_van(inwoner(), "Nog niets")
    Notificatie.objects.filter(zaak_ref=str(leeg.ref)).delete()
    assert "Er is nog niets verstuurd." in tekst_van(part(leeg))
    documenten.configure(_Weg())
    tekst = tekst_van(part(leeg))
    assert "Wij kunnen de documenten van deze zaak nu niet ophalen." in tekst
    assert "Er is nog niets verstuurd." not in tekst


def test_the_page_costs_the_same_whatever_was_sent(zaak):
    def cost() -> int:
        part(zaak)
        client = client_van(medewerker())
        with CaptureQueriesContext(connection) as vragen:
            client.get(f"/werkplek/zaken/{zaak.ref}/?deel=verzending")
        return len(vragen)

    eerst = cost()
    for _ in range(5):
        send_bericht(medewerker(), zaak.ref, tekst=BERICHT, sleutel=uuid.uuid4().hex)
    assert cost() == eerst
