"""The session over HTTP: it ends in time, and the same person goes on where they were."""

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from eloket.identity.bewaard import BESTANDEN_TEKST, TERUG_TEKST
from eloket.identity.models import Sessie
from eloket.identity.sessie import logout_everywhere
from eloket.identity.testing import (
    force_actor,
    hidden_field,
    in_process_provider,
    inwoner,
    log_in,
    onderneming,
)
from tests.unit.identity import proefsite
from tests.unit.identity.klokken import Klok

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.unit.identity.proefsite")]
BSN = "999990019"
ANDER = "999990020"
PAGINA = "/proef/zaken/z1/"


@pytest.fixture
def klok(monkeypatch: pytest.MonkeyPatch) -> Klok:
    return Klok(monkeypatch)


@pytest.fixture(autouse=True)
def _schoon() -> None:
    proefsite.verstuurd.clear()


def test_een_pagina_kost_een_query(client: Client, django_assert_num_queries: DjangoAssertNumQueries):
    force_actor(client, inwoner())
    with django_assert_num_queries(1):
        assert client.get(PAGINA).status_code == 200


def test_vijftien_minuten_zonder_activiteit_is_het_einde(client: Client, klok: Klok):
    force_actor(client, inwoner())
    klok.ga_verder(minutes=14, seconds=59)
    assert client.get(PAGINA).status_code == 200
    klok.ga_verder(minutes=15)
    weigering = client.get(PAGINA)
    assert weigering["Location"] == "/inloggen/"
    html = client.get("/inloggen/").content.decode()
    assert "omdat u 15 minuten niets heeft gedaan" in html


def test_wie_bezig_is_blijft_ingelogd_maar_nooit_langer_dan_acht_uur(client: Client, klok: Klok):
    force_actor(client, inwoner())
    for _ in range(48):
        assert client.get(PAGINA).status_code == 200
        klok.ga_verder(minutes=10)
    assert client.get(PAGINA).status_code == 302
    assert "langer dan 8 uur" in client.get("/inloggen/").content.decode()


def test_het_laatste_moment_wordt_hoogstens_elke_30_seconden_geschreven(
    client: Client, klok: Klok, django_assert_num_queries: DjangoAssertNumQueries
):
    force_actor(client, inwoner())
    klok.ga_verder(seconds=29)
    with django_assert_num_queries(1):
        client.get(PAGINA)
    klok.ga_verder(seconds=1)
    with django_assert_num_queries(2):
        client.get(PAGINA)


def test_een_verlopen_sessie_op_de_inlogpagina_zegt_wat_er_gebeurde(client: Client, klok: Klok):
    force_actor(client, inwoner())
    klok.ga_verder(minutes=16)
    assert "omdat u 15 minuten niets heeft gedaan" in client.get("/inloggen/").content.decode()
    assert "omdat u 15 minuten" not in Client().get("/inloggen/").content.decode()


def test_na_opnieuw_inloggen_is_dezelfde_persoon_waar_die_was(client: Client, klok: Klok):
    force_actor(client, inwoner(BSN))
    klok.ga_verder(minutes=16)
    client.get(PAGINA + "?tab=details")
    assert log_in(client, bsn=BSN) == PAGINA + "?tab=details"


def test_een_ander_komt_op_het_eigen_overzicht(client: Client, klok: Klok):
    force_actor(client, inwoner(BSN))
    klok.ga_verder(minutes=16)
    client.post(PAGINA, {"bericht": "geheim"})
    assert log_in(client, bsn=ANDER) == "/mijn/"
    assert client.get(PAGINA).json()["invoer"] == {}
    assert "geheim" not in str(dict(client.session))


def test_dezelfde_persoon_voor_een_ander_bedrijf_krijgt_de_tekst_niet(client: Client, klok: Klok):
    force_actor(client, onderneming("69599084"))
    klok.ga_verder(minutes=16)
    client.post(PAGINA, {"bericht": "geheim"})
    assert log_in(client, kvk="68750110") == "/mijn/"
    assert client.get(PAGINA).json()["invoer"] == {}


def test_wat_is_getypt_overleeft_het_einde_van_de_sessie(client: Client, klok: Klok):
    force_actor(client, inwoner(BSN))
    klok.ga_verder(minutes=16)
    bestand = SimpleUploadedFile("paspoort.pdf", b"x" * 1000)
    antwoord = client.post(
        "/proef/zaken/z1/?actie=stuur",
        {"terug": PAGINA, "bericht": "Eerste regel\nTweede", "keuze": ["a", "b"], "bestand": bestand},
    )
    assert (antwoord.status_code, antwoord["Location"]) == (303, "/inloggen/")
    assert proefsite.verstuurd == []
    assert "Wat u heeft getypt, is bewaard." in client.get("/inloggen/").content.decode()
    assert "Eerste regel" not in Sessie.objects.get().inhoud
    assert log_in(client, bsn=BSN) == PAGINA
    pagina = client.get(PAGINA).json()
    assert pagina["invoer"] == {"bericht": "Eerste regel\nTweede", "keuze": ["a", "b"]}
    assert pagina["flashes"] == [
        f"{TERUG_TEKST} {BESTANDEN_TEKST}",
    ]
    assert client.get(PAGINA).json() == pagina | {"invoer": {}, "flashes": []}


@pytest.mark.parametrize(
    ("velden", "tekst"),
    [
        ({"bestand": "ja"}, "U bent weer ingelogd. Kies uw bestanden opnieuw."),
        ({"bestand": "ja", "bericht": "  ", "sleutel": "a1", "taak": "t1"}, "Kies uw bestanden opnieuw."),
        ({"sleutel": "a1", "knop": "concept"}, "Uw formulier is nog niet verstuurd. Verstuur het opnieuw."),
        ({"herstart": "h1", "knop": "afkeuren"}, "Verstuur het opnieuw."),
        ({"stop": "s1", "waarom": ""}, "Verstuur het opnieuw."),
        ({"nummer": "2"}, "Verstuur het opnieuw."),
    ],
)
def test_wie_niets_typte_leest_niet_dat_er_tekst_is_bewaard(
    client: Client, klok: Klok, velden: dict[str, str], tekst: str
):
    force_actor(client, inwoner(BSN))
    klok.ga_verder(minutes=16)
    bestand = {"bestand": SimpleUploadedFile("a.pdf", b"x")} if "bestand" in velden else {}
    client.post(PAGINA, {**velden, **bestand})
    assert "is bewaard" not in client.get("/inloggen/").content.decode()
    log_in(client, bsn=BSN)
    (melding,) = client.get(PAGINA).json()["flashes"]
    assert melding.startswith("U bent weer ingelogd.")
    assert melding.endswith(tekst)
    assert "tekst" not in melding


def test_zonder_veld_terug_telt_de_pagina_waar_het_formulier_stond(client: Client, klok: Klok):
    force_actor(client, inwoner(BSN))
    klok.ga_verder(minutes=16)
    client.post(
        "/proef/zaken/stuur/", {"bericht": "hallo"}, headers={"referer": "http://testserver" + PAGINA}
    )
    assert log_in(client, bsn=BSN) == PAGINA
    assert client.get(PAGINA).json()["invoer"] == {"bericht": "hallo"}


def test_te_veel_tekst_wordt_niet_half_bewaard(client: Client, klok: Klok):
    force_actor(client, inwoner(BSN))
    klok.ga_verder(minutes=16)
    client.post(PAGINA, {"bericht": "x" * 400_001})
    log_in(client, bsn=BSN)
    pagina = client.get(PAGINA).json()
    assert pagina["invoer"] == {}
    assert "te lang om te bewaren" in pagina["flashes"][0]


def test_annuleren_en_daarna_toch_inloggen_bewaart_de_tekst(client: Client, klok: Klok):
    force_actor(client, inwoner(BSN))
    klok.ga_verder(minutes=16)
    client.post(PAGINA, {"bericht": "hallo"})
    client.get("/inloggen/terug/?state=onbekend&error=access_denied")
    assert log_in(client, bsn=BSN) == PAGINA
    assert client.get(PAGINA).json()["invoer"] == {"bericht": "hallo"}


def test_de_bewaarde_tekst_blijft_hoogstens_een_uur(client: Client, klok: Klok):
    force_actor(client, inwoner(BSN))
    klok.ga_verder(minutes=16)
    client.post(PAGINA, {"bericht": "hallo"})
    klok.ga_verder(minutes=61)
    assert log_in(client, bsn=BSN) == "/mijn/"
    assert client.get(PAGINA).json()["invoer"] == {}


def test_een_post_met_verlopen_sessie_moet_door_de_csrf_controle(klok: Klok):
    client = Client(enforce_csrf_checks=True)
    force_actor(client, inwoner(BSN))
    token = hidden_field(client.get("/inloggen-bestaat-niet/").content.decode(), "csrfmiddlewaretoken")
    klok.ga_verder(minutes=16)
    geweigerd = client.post(PAGINA, {"bericht": "van een ander"})
    assert geweigerd.status_code == 403
    assert "niet verwerkt" in geweigerd.content.decode()
    bewaard = client.post(PAGINA, {"bericht": "eigen", "csrfmiddlewaretoken": token})
    assert bewaard.status_code == 303


def test_zonder_sessie_wordt_een_post_niet_gelezen_en_niets_bewaard(client: Client):
    antwoord = client.post(PAGINA, {"bericht": "hallo"})
    assert antwoord.status_code == 303
    assert antwoord["Location"] == "/inloggen/?terug=%2Fproef%2Fzaken%2Fz1%2F"
    assert not Sessie.objects.exists()
    assert antwoord.wsgi_request.__dict__["_read_started"] is False


def test_uitloggen_eindigt_elke_sessie_van_die_persoon(client: Client):
    telefoon, ander = Client(), Client()
    force_actor(client, inwoner(BSN))
    force_actor(telefoon, inwoner(BSN))
    force_actor(ander, inwoner(ANDER))
    gestolen = client.cookies[settings.SESSION_COOKIE_NAME].value
    uit = client.post("/uitloggen/")
    assert (uit.status_code, uit["Location"]) == (303, "/uitgelogd/")
    assert "U bent uitgelogd" in client.get("/uitgelogd/").content.decode()
    assert client.cookies[settings.SESSION_COOKIE_NAME].value == ""
    client.cookies[settings.SESSION_COOKIE_NAME] = gestolen
    for iemand in (client, telefoon):
        assert iemand.get(PAGINA).status_code == 302
    assert ander.get(PAGINA).status_code == 200


def test_wie_later_aan_deze_computer_zit_leest_niet_wie_er_uitlogde(client: Client, klok: Klok):
    log_in(client, bsn=BSN)
    verder = client.post("/uitloggen/")["Location"]
    with in_process_provider():
        assert "id_token_hint" in client.get(verder).content.decode()
        klok.ga_verder(minutes=6)
        assert client.get(verder)["Location"] == "/uitgelogd/"
    assert not Sessie.objects.exists()


def test_uitloggen_kan_alleen_met_post_en_csrf(client: Client):
    force_actor(client, inwoner())
    assert client.get("/uitloggen/").status_code == 405
    streng = Client(enforce_csrf_checks=True)
    force_actor(streng, inwoner())
    assert streng.post("/uitloggen/").status_code == 403
    assert client.get(PAGINA).status_code == 200


def test_uitloggen_laat_niets_achter_van_wat_was_getypt(client: Client, klok: Klok):
    force_actor(client, inwoner(BSN))
    telefoon = Client()
    force_actor(telefoon, inwoner(BSN))
    klok.ga_verder(minutes=16)
    client.post(PAGINA, {"bericht": "hallo"})
    log_in(telefoon, bsn=BSN)
    telefoon.post("/uitloggen/")
    telefoon.get("/uitgelogd/")
    assert not Sessie.objects.exists()
    assert log_in(client, bsn=BSN) == "/mijn/"


def test_een_verzoek_dat_nog_liep_brengt_een_uitgelogde_sessie_niet_terug(client: Client):
    actor = inwoner()
    force_actor(client, actor)
    sessie = client.session
    sessie["iets"] = 1
    logout_everywhere(actor.key)
    with pytest.raises(UpdateError):
        sessie.save()
    assert not Sessie.objects.exists()


def test_verlengen(client: Client, klok: Klok):
    force_actor(client, inwoner())
    klok.ga_verder(minutes=13)
    antwoord = client.post("/sessie/verlengen/")
    assert (antwoord.status_code, antwoord["X-Sessie-Seconden"]) == (204, "900")
    klok.ga_verder(minutes=14)
    assert client.get(PAGINA).status_code == 200
    klok.ga_verder(minutes=16)
    assert client.post("/sessie/verlengen/").status_code == 401


def test_htmx_krijgt_een_hele_pagina_om_naar_toe_te_gaan(client: Client):
    antwoord = client.get(PAGINA, headers={"HX-Request": "true"})
    assert antwoord.status_code == 204
    assert antwoord["HX-Redirect"].startswith("/inloggen/")


def test_de_cookie_is_alleen_een_id(client: Client):
    log_in(client, bsn=BSN)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""
    assert len(cookie.value) == 43
