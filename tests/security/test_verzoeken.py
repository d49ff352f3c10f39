"""Requests that no browser makes: refused with a page, never with HTTP 500, and without a word of theirs in the log."""

import base64
import hashlib
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from eloket.config.logregels import ZonderInhoud
from eloket.identity.middelen import get_middel
from eloket.identity.testing import DjangoAdapter, hidden_field, in_process_provider
from tests.huis import inwoner
from tests.web.portaal import bron_van, client_van, tekst_van

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("kop", ["http://[evil", "http://[::1", "//[", "http://testserver:poort/"])
def test_een_kapotte_referer_is_geen_fout_van_ons(client: Client, kop: str):
    assert client.post("/mijn/gegevens/", {"email": "a"}, headers={"referer": kop}).status_code == 303
    assert client.get("/mijn/", headers={"referer": kop, "hx-request": "true"}).status_code == 204
    assert client.post("/mijn/", headers={"hx-current-url": kop}).status_code == 303


@pytest.mark.parametrize(
    "velden", [{"email": "x" * 2_600_000}, {f"veld{nummer}": "x" for nummer in range(600)}]
)
def test_te_veel_in_een_keer_krijgt_een_duidelijke_tekst(velden: dict[str, str]):
    antwoord = client_van(inwoner()).post("/mijn/gegevens/", velden)
    assert antwoord.status_code == 413
    assert "Er is niets verwerkt. Ga terug, maak uw tekst korter" in tekst_van(antwoord)


@pytest.mark.parametrize("kop", ["Basic é", "Basic Zu", "Basic /zp4"])
def test_de_simulatie_overleeft_een_kapotte_kop(client: Client, kop: str):
    assert client.post("/simulatie/digid/token/", headers={"authorization": kop}).status_code == 401


def test_de_simulatie_overleeft_een_uitdaging_met_vreemde_letters(client: Client):
    with in_process_provider(DjangoAdapter()):
        begin = client.get("/inloggen/digid/")["Location"].replace("http://testserver", "")
    echt = hashlib.sha256(b"x").hexdigest()
    delen = begin.partition("code_challenge=")
    pad = f"{delen[0]}code_challenge=%C3%A9{echt}&{delen[2].partition('&')[2]}"
    keuze = client.get(pad)
    vraag = hidden_field(bron_van(keuze), "vraag")
    terug = client.post(pad, {"vraag": vraag, "persoon": "jeroen"})["Location"]
    code = terug.partition("code=")[2].partition("&")[0]
    antwoord = client.post(
        "/simulatie/digid/token/",
        {"grant_type": "authorization_code", "code": code, "code_verifier": "x",
         "redirect_uri": "http://testserver/inloggen/terug/"},
        headers={"authorization": _basic()},
    )  # fmt: skip
    assert antwoord.status_code == 400


def _basic() -> str:
    middel = get_middel("digid")
    assert middel is not None
    return "Basic " + base64.b64encode(f"{middel.client_id}:{middel.client_secret}".encode()).decode()


def test_de_sleutel_van_een_bevestiging_komt_niet_in_het_log(caplog: pytest.LogCaptureFixture):
    geheim = "een-geheime-sleutel-uit-een-mail"
    Client(enforce_csrf_checks=True).post(f"/bevestigen/{geheim}/")
    regels = [ZonderInhoud("{message}", style="{").format(regel) for regel in caplog.records]
    assert any("/bevestigen/" in regel for regel in regels)
    assert not any(geheim in regel for regel in regels)


def test_een_openbare_pagina_met_een_formulier_komt_in_geen_cache(client: Client):
    """The CSRF cookie is there from an earlier visit, so this answer sets no cookie of its own."""
    assert "Cache-Control" not in client.get("/contact/").headers
    client.cookies[settings.CSRF_COOKIE_NAME] = "x" * 32
    assert client.get("/contact/")["Cache-Control"] == "no-store"


def test_een_nieuwe_map_met_gegevens_is_alleen_voor_de_eigenaar(tmp_path: Path):
    omgeving = {**os.environ, "ELOKET_OMGEVING": "test", "ELOKET_DATA_DIR": str(tmp_path / "gegevens")}
    subprocess.run(
        [sys.executable, "-c", "import eloket.config.settings"], env=omgeving, check=True, timeout=60
    )
    assert stat.S_IMODE((tmp_path / "gegevens").stat().st_mode) == 0o700
