"""Logging in by the real flow, at the simulated provider."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from eloket.identity.models import Afdeling, Medewerker, Sessie
from eloket.identity.simulatie import personas
from eloket.identity.simulatie.personas import Persona
from eloket.identity.testing import (
    force_actor,
    hidden_field,
    in_process_provider,
    inwoner,
    log_in,
    medewerker,
)

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.unit.identity.proefsite")]
BSN = "999990019"


def pad(url: str) -> str:
    return urlsplit(url)._replace(scheme="", netloc="").geturl()


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=False)


@pytest.fixture
def jeroen():
    personas.configure([Persona("digid", "jeroen", "Jeroen van Drouwen", "Inwoner", {"bsn": BSN})])
    with in_process_provider():
        yield
    personas.configure([])


def test_de_inlogpagina_biedt_digid_en_eherkenning(client: Client):
    html = client.get("/inloggen/").content.decode()
    assert "Inloggen met DigiD" in html
    assert "Inloggen met eHerkenning" in html
    assert "machtig" not in html.lower()


def test_inwoner_logt_in_met_digid(client: Client):
    assert log_in(client, bsn=BSN) == "/mijn/"
    assert client.get("/proef/zaken/z1/").json()["naam"] == "Jeroen van Drouwen"


def test_onderneming_logt_in_met_eherkenning_voor_een_vestiging(client: Client):
    assert log_in(client, kvk="69599084", vestigingsnummer="000037178598") == "/mijn/"
    actor = client.session["actor"]
    assert actor["partij"]["vestigingsnummer"] == "000037178598"
    assert actor["partij"]["vestiging_key"]


def test_medewerker_logt_in_op_de_werkplek(client: Client):
    rij = Medewerker.objects.create(subject="mw-1", naam="Mila Jansen")
    rij.afdelingen.add(Afdeling.objects.create(code="burgerzaken", naam="Burgerzaken"))
    assert log_in(client, medewerker="mw-1") == "/werkplek/"
    assert client.get("/proef/werk/w1/").json()["naam"] == "Mila Jansen"
    assert client.session["actor"]["afdelingen"] == ["burgerzaken"]


@pytest.mark.parametrize("is_actief", [False, None])
def test_onbekende_of_inactieve_medewerker_komt_niet_binnen(client: Client, is_actief: bool | None):
    if is_actief is not None:
        Medewerker.objects.create(subject="mw-2", naam="Weg", is_actief=is_actief)
    assert log_in(client, medewerker="mw-2") == "/werkplek/inloggen/"
    assert "niet bekend in de werkplek" in client.get("/werkplek/inloggen/").content.decode()
    assert client.get("/proef/werk/w1/").status_code == 302


def test_een_diepe_link_overleeft_het_inloggen(client: Client):
    weigering = client.get("/proef/zaken/z7/?tab=berichten")
    assert weigering.status_code == 302
    inlogpagina = weigering["Location"]
    assert urlsplit(inlogpagina).path == "/inloggen/"
    terug = parse_qs(urlsplit(inlogpagina).query)["terug"][0]
    assert terug == "/proef/zaken/z7/?tab=berichten"
    assert (
        "/inloggen/digid/?terug=%2Fproef%2Fzaken%2Fz7%2F%3Ftab%3Dberichten"
        in client.get(inlogpagina).content.decode()
    )
    assert log_in(client, bsn=BSN, terug=terug) == terug


def test_annuleren_gaat_terug_met_een_vriendelijke_tekst(client: Client, jeroen: None):
    naar = pad(client.get("/inloggen/digid/", {"terug": "/proef/zaken/z7/"})["Location"])
    html = client.get(naar).content.decode()
    assert "Dit is niet de echte inlogpagina" in html
    assert BSN not in html
    gekozen = client.post(naar, {"vraag": hidden_field(html, "vraag"), "annuleren": "ja"})
    terug = client.get(pad(gekozen["Location"]))
    assert terug["Location"] == "/inloggen/?terug=%2Fproef%2Fzaken%2Fz7%2F"
    html = client.get(terug["Location"]).content.decode()
    assert "U heeft het inloggen gestopt" in html
    assert "U heeft het inloggen gestopt" not in client.get("/inloggen/").content.decode()


def test_geen_bsn_in_een_adres_of_in_de_database(client: Client, jeroen: None):
    begin = client.get("/inloggen/digid/")["Location"]
    html = client.get(pad(begin)).content.decode()
    gekozen = client.post(pad(begin), {"vraag": hidden_field(html, "vraag"), "persoon": "jeroen"})["Location"]
    assert BSN not in begin + gekozen + html
    assert "code=" in gekozen
    client.get(pad(gekozen))
    rij = Sessie.objects.get()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert cookie not in (rij.sleutel, rij.inhoud)
    assert BSN not in rij.inhoud
    assert "Jeroen" not in rij.inhoud


def test_na_het_inloggen_is_het_sessie_id_nieuw(client: Client, jeroen: None):
    client.get("/inloggen/digid/")
    voor = client.cookies[settings.SESSION_COOKIE_NAME].value
    log_in(client, bsn=BSN)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != voor
    vreemde = Client()
    vreemde.cookies[settings.SESSION_COOKIE_NAME] = voor
    assert vreemde.get("/proef/zaken/z1/").status_code == 302


def test_het_inlogverzoek_vraagt_pkce_prompt_en_niveau(client: Client, jeroen: None):
    vraag = parse_qs(urlsplit(client.get("/inloggen/digid/")["Location"]).query)
    assert vraag["code_challenge_method"] == ["S256"]
    assert vraag["prompt"] == ["login"]
    assert vraag["acr_values"] == ["urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract"]
    assert vraag["redirect_uri"] == ["http://testserver/inloggen/terug/"]
    assert vraag["state"][0] != vraag["nonce"][0]


def test_te_laag_niveau_komt_niet_binnen(client: Client):
    basis = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
    assert log_in(client, bsn=BSN, claims={"acr": basis}) == "/inloggen/"
    assert "niet veilig genoeg" in client.get("/inloggen/").content.decode()
    assert (
        log_in(client, kvk="69599084", claims={"acr": "urn:etoegang:core:assurance-class:loa2plus"})
        == "/inloggen/"
    )
    assert client.get("/proef/zaken/z1/").status_code == 302


@pytest.mark.parametrize("bsn", ["123456789", "12345", "99999001 9"])
def test_een_bsn_dat_niet_klopt_komt_niet_binnen(client: Client, bsn: str):
    assert log_in(client, bsn=BSN, claims={"bsn": bsn}) == "/inloggen/"


def test_een_organisatie_met_alleen_een_rsin_krijgt_uitleg(client: Client):
    rsin = {"namequalifier": "urn:etoegang:1.9:EntityConcernedID:RSIN"}
    assert log_in(client, kvk="69599084", claims=rsin) == "/inloggen/"
    assert "geen KvK-nummer" in client.get("/inloggen/").content.decode()


def test_wie_is_ingelogd_ziet_de_inlogpagina_niet_meer(client: Client):
    force_actor(client, inwoner())
    assert client.get("/inloggen/")["Location"] == "/mijn/"
    assert client.get("/inloggen/?terug=//evil.example/")["Location"] == "/mijn/"
    assert client.get("/werkplek/inloggen/").status_code == 200
    # the back button, to a login that was finished
    assert client.get("/inloggen/terug/?state=oud&code=oud")["Location"] == "/mijn/"


def test_de_verkeerde_soort_ziet_dezelfde_pagina_als_bij_niet_bestaan(client: Client):
    force_actor(client, medewerker())
    assert client.get("/proef/zaken/z1/").status_code == 404
    force_actor(client, inwoner())
    assert client.get("/proef/werk/w1/").status_code == 404


def test_een_middel_dat_niet_bestaat_is_er_niet(client: Client):
    assert client.get("/inloggen/facebook/").status_code == 404
