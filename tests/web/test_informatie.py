"""The public pages: for everybody, with one title and one heading, and true."""

import re
from itertools import pairwise

import pytest
from django.conf import settings
from django.test import Client

from tests.huis import inwoner, medewerker
from tests.web.portaal import bron_van, client_van, tekst_van, titel_van

pytestmark = pytest.mark.django_db
PAGINAS = {
    "/": "E-loket: veilig zaken doen",
    "/contact/": "Contact",
    "/veelgestelde-vragen/": "Veelgestelde vragen",
    "/toegankelijkheid/": "Toegankelijkheid",
    "/privacy/": "Privacy",
    "/cookies/": "Cookies",
}


@pytest.mark.parametrize("pad", PAGINAS)
@pytest.mark.parametrize("wie", ["niemand", "inwoner", "medewerker"])
def test_elke_pagina_is_er_voor_iedereen(pad: str, wie: str):
    client = {"niemand": Client(), "inwoner": client_van(inwoner()), "medewerker": client_van(medewerker())}[
        wie
    ]
    antwoord = client.get(pad)
    assert antwoord.status_code == 200
    assert titel_van(antwoord) == f"{PAGINAS[pad]} - {settings.ELOKET.gemeente}"
    html = bron_van(antwoord)
    assert html.count("<h1") == 1
    assert html.count("<main") == 1
    niveaus = [int(n) for n in re.findall(r"<h([1-6])", html.partition("<main")[2].partition("</main>")[0])]
    assert niveaus[0] == 1
    assert all(volgend <= vorig + 1 for vorig, volgend in pairwise(niveaus))


def test_een_openbare_pagina_stelt_geen_vraag_aan_de_database(django_assert_num_queries):
    for pad in PAGINAS:
        with django_assert_num_queries(0):
            Client().get(pad)


@pytest.mark.parametrize("pad", PAGINAS)
def test_een_openbare_pagina_wordt_alleen_gelezen(pad: str):
    assert Client().post(pad).status_code == 405
    assert Client().head(pad).status_code == 200


def test_de_beginpagina_wijst_de_weg_die_bij_u_past():
    niemand = tekst_van(Client().get("/"))
    assert "Inloggen" in niemand
    assert "Iets regelen" in niemand
    assert "Melding openbare ruimte" in niemand
    assert "Naar Mijn omgeving" in tekst_van(client_van(inwoner()).get("/"))
    assert "Naar de werkplek" in tekst_van(client_van(medewerker()).get("/"))


def test_de_cookiepagina_noemt_precies_de_cookies_die_wij_zetten():
    client = client_van(inwoner())
    client.get("/loket/aanvragen/melding-openbare-ruimte/")
    gezet = set(client.cookies)
    tekst = tekst_van(client.get("/cookies/"))
    assert gezet == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    for naam in gezet:
        assert naam in tekst


def test_een_openbare_pagina_zet_geen_cookie():
    client = Client()
    for pad in (*PAGINAS, "/loket/", "/loket/kapvergunning/"):
        client.get(pad)
    assert not client.cookies
