"""Mijn gegevens meenemen, over HTTP: who may, who may not, and a computer that was left alone."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings

from eloket.audit.models import AuditRegel
from eloket.export import service
from eloket.export.models import Export
from eloket.identity.models import Sessie
from eloket.identity.sessie import _hash
from eloket.identity.testing import gemachtigde, in_process_provider, inwoner, log_in, medewerker, onderneming
from eloket.identity.types import Machtiging
from eloket.kernel.klok import nu
from eloket.portal import paden
from tests.huis import met_nepbronnen
from tests.unit.export.uitpakken import make
from tests.web.portaal import ANDER, bron_van, client_van, tekst_van, zaak_van

pytestmark = pytest.mark.django_db
BESTAND = f"{paden.MEENEMEN}bestand/"
WEG = f"{paden.MEENEMEN}verwijderen/"


@pytest.fixture
def bron():
    with met_nepbronnen() as bron:
        yield bron


def ready(actor=None) -> None:
    service.request_export(actor or inwoner())
    make()


def test_from_my_details_to_a_file_that_is_saved(bron):
    zaak_van(inwoner(), "Mijn parkeervergunning")
    client = client_van()
    assert paden.MEENEMEN in bron_van(client.get(paden.GEGEVENS))
    leeg = client.get(paden.MEENEMEN)
    assert "Vraag mijn gegevens" in tekst_van(leeg)
    assert BESTAND not in bron_van(leeg)
    antwoord = client.post(paden.MEENEMEN, follow=True)
    assert "Wij zijn begonnen met het verzamelen" in tekst_van(antwoord)
    assert "Wij zijn nog bezig" in tekst_van(antwoord)
    assert BESTAND not in bron_van(antwoord)
    make()
    klaar = client.get(paden.MEENEMEN)
    assert "Uw bestand staat klaar" in tekst_van(klaar)
    assert BESTAND in bron_van(klaar)
    bestand = client.get(BESTAND)
    inhoud = b"".join(bestand)
    assert bestand["Content-Length"] == str(len(inhoud))
    assert bestand["Content-Type"] == "application/zip"
    assert bestand["Cache-Control"] == "private, no-store"
    assert bestand["Content-Disposition"].startswith('attachment; filename="mijn-gegevens-20')
    assert "Mijn parkeervergunning" in str(
        [zipfile.ZipFile(io.BytesIO(inhoud)).read(een).decode() for een in _jsons(inhoud)]
    )


def _jsons(inhoud: bytes) -> list[str]:
    return [een for een in zipfile.ZipFile(io.BytesIO(inhoud)).namelist() if een.endswith(".json")]


def test_another_person_finds_nothing_of_it(bron):
    ready()
    ander = client_van(inwoner(ANDER))
    assert "Vraag mijn gegevens" in tekst_van(ander.get(paden.MEENEMEN))
    antwoord = ander.get(BESTAND, follow=True)
    assert "Er staat geen bestand voor u klaar" in tekst_van(antwoord)
    ander.post(WEG)
    assert Export.objects.count() == 1


@pytest.mark.parametrize(
    "ander",
    [
        onderneming(persoon="collega"),
        onderneming(vestigingsnummer="000038509504"),
        onderneming(kvk="90001354"),
    ],
    ids=["colleague", "branch", "other business"],
)
def test_of_a_business_only_who_asked_it(bron, ander):
    ready(onderneming())
    assert client_van(onderneming()).get(BESTAND)["Content-Type"] == "application/zip"
    assert client_van(ander).get(BESTAND).status_code == 302


def test_a_gemachtigde_gets_none_of_it(bron):
    ready(inwoner(ANDER))
    client = client_van(gemachtigde())
    assert paden.MEENEMEN not in bron_van(client.get(paden.GEGEVENS))
    for pad in (paden.MEENEMEN, BESTAND):
        antwoord = client.get(pad)
        assert (antwoord.status_code, antwoord["Location"]) == (302, paden.GEGEVENS)
    for pad in (paden.MEENEMEN, WEG):
        antwoord = client.post(pad)
        assert antwoord.status_code == 409
        assert "U kunt de gegevens van deze persoon niet meenemen" in tekst_van(antwoord)
    assert Export.objects.count() == 1


def test_a_bewindvoerder_and_the_person_each_have_their_own(bron):
    bewind = replace(gemachtigde(), machtiging=Machtiging.BEWIND)
    ready(bewind)
    assert client_van(bewind).get(BESTAND).status_code == 200
    assert client_van(inwoner(ANDER)).get(BESTAND).status_code == 302


def test_a_civil_servant_and_who_is_not_logged_in_do_not_come_here(bron, client):
    ready()
    assert client_van(medewerker()).get(BESTAND).status_code in {302, 403, 404}
    assert client.get(BESTAND)["Location"].startswith("/inloggen/")


def logged_in_ago(client, hoe_lang: timedelta) -> None:
    sleutel = _hash(client.cookies[settings.SESSION_COOKIE_NAME].value)
    Sessie.objects.filter(pk=sleutel).update(begin=nu() - hoe_lang)


def test_who_logged_in_longer_ago_logs_in_again_first(bron):
    ready()
    client = client_van()
    logged_in_ago(client, timedelta(minutes=11))
    html = bron_van(client.get(paden.MEENEMEN))
    assert BESTAND not in html
    assert "/inloggen/digid/?terug=%2Fmijn%2Fgegevens%2Fmeenemen%2F" in html
    antwoord = client.get(BESTAND)
    assert (antwoord.status_code, antwoord["Location"]) == (302, paden.MEENEMEN)
    assert not AuditRegel.objects.filter(actie="export.opgeslagen").exists()
    logged_in_ago(client, timedelta(minutes=9))
    assert client.get(BESTAND).status_code == 200


def test_clicking_around_does_not_make_a_login_fresh(bron):
    ready()
    client = client_van()
    logged_in_ago(client, timedelta(minutes=11))
    for _ in range(3):
        client.get(paden.GEGEVENS)
    assert client.get(BESTAND).status_code == 302


def test_logging_in_again_comes_back_to_the_file(client, bron):
    with in_process_provider():
        log_in(client, bsn="999990019")
        logged_in_ago(client, timedelta(hours=1))
        assert log_in(client, bsn="999990019", terug=paden.MEENEMEN) == paden.MEENEMEN
    ready()
    assert BESTAND in bron_van(client.get(paden.MEENEMEN))


def test_it_can_be_taken_away_and_asked_again(bron):
    ready()
    client = client_van()
    assert "Wij hebben uw bestand verwijderd" in tekst_van(client.post(WEG, follow=True))
    assert Export.objects.count() == 0
    assert "Er staat geen bestand voor u klaar" in tekst_van(client.post(WEG, follow=True))
    assert client.get(WEG)["Location"] == paden.MEENEMEN


def test_looking_whether_it_is_there_notes_nothing(bron):
    ready()
    assert client_van().head(BESTAND).status_code == 200
    assert not AuditRegel.objects.filter(actie="export.opgeslagen").exists()


def test_asking_very_often_is_stopped(bron, settings):
    settings.ELOKET = settings.ELOKET.model_copy(update={"limieten": True})
    client = client_van()
    for _ in range(10):
        assert client.post(paden.MEENEMEN).status_code == 303
    antwoord = client.post(paden.MEENEMEN)
    assert antwoord.status_code == 429
    assert "heel vaak om uw gegevens gevraagd" in tekst_van(antwoord)
