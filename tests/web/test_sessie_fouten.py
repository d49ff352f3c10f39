"""Error pages and headers, for every kind of answer."""

import re

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.test.utils import override_settings

from eloket.config.omgeving import Omgeving
from eloket.identity.sessie import SessionStore
from eloket.identity.testing import force_actor, inwoner
from tests.unit.identity.proefsite import FOUTEN

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.unit.identity.proefsite")]
STATUS = {"weg": 404, "kan-niet": 409, "invoer": 422, "bron": 503, "database": 503, "onverwacht": 500}


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def _zonder_ids(html: str) -> str:
    return re.sub(r'name="(csrfmiddlewaretoken|partij-merk)" value="[^"]*"', "", html)


@pytest.mark.parametrize("soort", FOUTEN)
def test_elke_fout_heeft_een_eigen_pagina(client: Client, soort: str, caplog: pytest.LogCaptureFixture):
    antwoord = client.get(f"/proef/fout/{soort}/")
    html = antwoord.content.decode()
    assert antwoord.status_code == STATUS[soort]
    assert antwoord["Cache-Control"] == "no-store"
    assert "wachtwoordregel" not in html
    if soort in {"kan-niet", "invoer", "bron", "database"}:
        referentie = re.search(r'translate="no">([0-9A-F]{8})<', html)
        regels = [r.getMessage() for r in caplog.records if r.name.startswith("eloket")]
        assert referentie
        assert len(regels) == 1
        assert referentie[1] in regels[0]
        assert "proef-fout" in regels[0]
        assert "datum" not in regels[0]
    if soort == "kan-niet":
        assert "Deze zaak is al gesloten." in html


@pytest.mark.parametrize("is_ingelogd", [True, False])
def test_niet_bestaan_en_niet_voor_u_zien_er_hetzelfde_uit(client: Client, is_ingelogd: bool):
    if is_ingelogd:
        force_actor(client, inwoner())
    antwoorden = [client.get("/proef/fout/weg/"), client.get("/bestaat/echt/niet/")]
    if is_ingelogd:
        antwoorden.append(client.get("/proef/werk/w1/"))
    eerste = antwoorden[0]
    for antwoord in antwoorden[1:]:
        assert antwoord.status_code == eerste.status_code == 404
        assert _zonder_ids(antwoord.content.decode()) == _zonder_ids(eerste.content.decode())
        assert dict(antwoord.headers) == dict(eerste.headers)


def test_een_database_die_wegvalt_bij_het_lezen_van_de_sessie_geeft_een_storing(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    force_actor(client, inwoner())

    def kapot(self: SessionStore) -> None:
        raise OperationalError("weg")

    monkeypatch.setattr(SessionStore, "load", kapot)
    for pad in ("/proef/zaken/z1/", "/inloggen/", "/bestaat/echt/niet/"):
        antwoord = client.get(pad)
        assert antwoord.status_code == 503, pad
        assert "Er is een storing" in antwoord.content.decode()
        assert not antwoord.cookies.get("eloket_sessie")


@pytest.mark.parametrize(
    "pad", ["/inloggen/", "/proef/fout/weg/", "/proef/fout/onverwacht/", "/proef/zaken/z1/", "/niets/"]
)
def test_elk_antwoord_draagt_de_beveiligingskoppen(client: Client, pad: str):
    antwoord = client.get(pad)
    csp = antwoord["Content-Security-Policy"]
    assert csp.startswith("default-src 'none'")
    assert "unsafe" not in csp
    assert "frame-ancestors 'none'" in csp
    assert antwoord["X-Frame-Options"] == "DENY"
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["Referrer-Policy"] == "same-origin"
    assert antwoord["Cross-Origin-Opener-Policy"] == "same-origin"
    assert antwoord["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in antwoord["Permissions-Policy"]


def test_wie_is_ingelogd_laat_niets_achter_in_de_browser(client: Client):
    force_actor(client, inwoner())
    assert client.get("/proef/zaken/z1/")["Cache-Control"] == "no-store"
    assert client.get("/uitgelogd/")["Cache-Control"] == "no-store"


def test_paginas_worden_ingepakt_andere_antwoorden_niet(client: Client):
    zip_ja = {"accept-encoding": "gzip"}
    assert client.get("/inloggen/", headers=zip_ja)["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get(
        "/simulatie/digid/.well-known/openid-configuration", headers=zip_ja
    )


def test_buiten_de_demo_bestaat_de_simulatie_niet(client: Client):
    productie = settings.ELOKET.model_copy(update={"omgeving": Omgeving.PRODUCTIE})
    with override_settings(ELOKET=productie):
        for pad in ("authorize/", "jwks/", ".well-known/openid-configuration", "userinfo/"):
            assert client.get(f"/simulatie/digid/{pad}").status_code == 404
        assert client.post("/simulatie/digid/token/").status_code == 404
        assert client.get("/inloggen/digid/").status_code == 404
