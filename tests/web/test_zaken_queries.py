"""How many queries a page may cost, with the real register; the number does not grow with what is on the page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from eloket.berichten.service import send_bericht
from eloket.kernel.klok import vandaag
from eloket.sources.register.bron import RegisterBron
from eloket.zaken import service as zaken
from tests.huis import PDF, bestand, inwoner, medewerker
from tests.machtigen import machtig
from tests.web.portaal import bron_van, client_van, tekst_van, zaak_van

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _zaaktypen():
    RegisterBron().import_zaaktypen()


def vul(aantal: int) -> str:
    """This many zaken, each with a taak, documents and messages; the path of the last."""
    pad = ""
    for nummer in range(aantal):
        zaak = zaak_van(inwoner(), f"Zaak {nummer}", sleutel=f"{aantal}-{nummer}")
        ambtenaar = medewerker(zaak.afdeling)
        zaken.ask_document(
            ambtenaar, zaak.ref, titel="Kopie", toelichting="", deadline=vandaag() + timedelta(days=3)
        )
        for keer in range(aantal):
            inhoud = PDF + f"{aantal}-{nummer}-{keer}".encode()
            zaken.add_documenten(ambtenaar, zaak.ref, (bestand(inhoud=inhoud),))
            for afzender in (inwoner(), ambtenaar):
                send_bericht(afzender, zaak.ref, tekst="Hallo", sleutel=f"{aantal}-{nummer}-{keer}")
        pad = f"/mijn/zaken/{zaak.ref}/"
    return pad


def count(client: Client, pad: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as gemeten:
        antwoord = client.get(pad)
        bron_van(antwoord)
    assert antwoord.status_code == 200
    return len(gemeten)


@pytest.mark.parametrize(
    ("pad", "hoogstens"),
    [
        ("/mijn/", 14),
        ("/mijn/zaken/", 8),
        ("/mijn/taken/", 7),
        ("/mijn/berichten/", 8),
    ],
)
def test_a_list_costs_the_same_however_long_it_is(pad, hoogstens):
    client = client_van()
    client.get(pad)  # the first time of a day it is noted
    vul(1)
    weinig = count(client, pad)
    vul(4)
    assert count(client, pad) == weinig <= hoogstens


def test_a_search_costs_the_same_however_long_the_list_is():
    client = client_van()
    pad = client.post("/mijn/zaken/zoeken/", {"q": "zaak"})["Location"]
    client.get(pad)
    vul(1)
    weinig = count(client, pad)
    vul(4)
    assert count(client, pad) == weinig <= 6


def test_a_zaak_costs_the_same_however_full_it_is():
    client = client_van()
    leeg, vol = vul(1), vul(4)
    for pad in (leeg, vol):
        client.get(pad)  # the first time marks messages as read
    assert count(client, leeg) == count(client, vol) <= 15


def test_a_conversation_costs_the_same_however_long_it_is():
    client = client_van()
    kort, lang = (vul(n).replace("/zaken/", "/berichten/") for n in (1, 4))
    for pad in (kort, lang):
        client.get(pad)
    assert count(client, kort) == count(client, lang) <= 13


def test_a_zaak_of_another_costs_the_same_however_many_authorised_somebody():
    """More than one's own: the zaak is fetched to see who of them has a part in it, and the authorisation is asked for
    again at the door."""
    helper = inwoner("999990020", "F. el Idrissi")
    client, pad = client_van(helper), vul(1)
    machtig(inwoner(), helper)
    client.get(pad)
    weinig = count(client, pad)
    for bsn in ("999990032", "999990044", "999990056"):
        machtig(inwoner(bsn), helper)
    assert count(client, pad) == weinig <= 20


def test_the_register_behind_the_pages():
    pad = vul(1)
    client = client_van()
    assert "Zaak 0" in tekst_van(client.get("/mijn/zaken/"))
    assert "Huidige stap" in tekst_van(client.get(pad))
