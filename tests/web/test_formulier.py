"""The pages of a form, over HTTP: begin, steps, review, receipt; with and without a login."""

import re

import pytest
from django.test import Client

from eloket.loket.versies import load_meegeleverd
from eloket.sources.register.bron import RegisterBron
from tests.web.portaal import bron_van, client_van, tekst_van, titel_van

pytestmark = pytest.mark.django_db
MELDING = "melding-openbare-ruimte"
GOED = {"soort": "lamp", "plaats": "Lindelaan 12", "omschrijving": "De lamp is kapot."}


@pytest.fixture(autouse=True)
def _inrichting():
    RegisterBron().import_zaaktypen()
    load_meegeleverd()


def begin(client: Client, pad: str = f"/loket/aanvragen/{MELDING}/") -> str:
    """Press the button; returns the address of the first step."""
    sleutel = re.search(r'name="sleutel" value="(\w+)"', bron_van(client.get(pad)))
    assert sleutel
    antwoord = client.post(pad, {"sleutel": sleutel[1]})
    assert antwoord.status_code == 303
    return client.get(antwoord["Location"])["Location"]


def hidden(client: Client, pad: str) -> dict[str, str]:
    """The hidden fields of the form on a page, as a browser sends them."""
    return dict(
        re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', bron_van(client.get(pad)))
    )


def test_from_the_product_to_the_receipt():
    client = client_van()
    assert f"/loket/aanvragen/{MELDING}/" in bron_van(client.get(f"/loket/{MELDING}/"))
    stap = begin(client)
    assert titel_van(client.get(stap)).startswith("Stap 1 van 2: Wat ziet u, en waar?")
    antwoord = client.post(stap, hidden(client, stap) | GOED | {"knop": "verder"})
    controle = antwoord["Location"]
    assert controle.endswith("/controleren/")
    assert "Lindelaan 12" in tekst_van(client.get(controle))
    antwoord = client.post(controle, hidden(client, controle))
    assert antwoord.status_code == 303
    bon = client.get(antwoord["Location"])
    assert "Uw zaaknummer is Z-" in tekst_van(bon)
    pdf = client.get(antwoord["Location"].replace("verstuurd", "pdf"))
    assert b"".join(pdf).startswith(b"%PDF-")
    assert "Melding openbare ruimte: Een lamp is kapot" in tekst_van(client.get("/mijn/zaken/"))


def test_without_a_login_it_ends_with_a_code():
    client = Client()
    stap = begin(client, f"/loket/zonder-inloggen/{MELDING}/")
    stap = client.post(stap, hidden(client, stap) | GOED | {"knop": "verder"})["Location"]
    assert stap.endswith("/stap/contact/")
    controle = client.post(stap, hidden(client, stap) | {"email": "", "telefoon": "", "knop": "verder"})[
        "Location"
    ]
    bon = tekst_van(client.get(client.post(controle, hidden(client, controle))["Location"]))
    code = re.search(r"([A-Z2-9]{4}-){3}[A-Z2-9]{4}", bon)
    assert code
    volg = client.post("/loket/volgen/", {"code": code[0]})
    assert "Ontvangen op" in tekst_van(volg)
    assert Client().get(stap).status_code == 404


def test_errors_stand_beside_their_fields_and_nothing_is_lost():
    client = client_van()
    stap = begin(client)
    antwoord = client.post(stap, hidden(client, stap) | {"plaats": "<b>Lindelaan</b>", "knop": "verder"})
    assert antwoord.status_code == 422
    assert titel_van(antwoord).startswith("Fout: ")
    assert "Kies wat u wilt melden" in tekst_van(antwoord)
    assert "&lt;b&gt;Lindelaan&lt;/b&gt;" in bron_van(antwoord)
