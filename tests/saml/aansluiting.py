"""A portal that is connected to the provider of the tests, and a browser that goes there and back."""

from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import override_settings

from eloket.identity.middelenbestand import load_middelen
from eloket.identity.saml.idp import load_idp
from eloket.identity.testing import hidden_field
from tests.saml.idp import PORTAAL, Idp
from tests.saml.sleutels import gemeente

TERUG = "/inloggen/saml/digid/terug/"


def terug_van(middel: str) -> str:
    return TERUG.replace("digid", middel)


def schrijf(
    idp: Idp, *, saml: dict[str, Any] | None = None, ook: dict[str, Any] | None = None, **anders: Any
) -> Path:
    """The file with login means, with one of SAML; `ook` is a second one, as far as it differs."""
    map_ = idp.map
    eigen = gemeente().write(map_, "gemeente")
    (map_ / "idp.xml").write_bytes(idp.metadata())
    deel = {
        "entity_id": PORTAAL,
        "idp_metadata": str(map_ / "idp.xml"),
        "sleutel": str(eigen.sleutel),
        "certificaat": str(eigen.certificaat),
        "tls_ca": str(map_ / "gezag.crt"),
    }
    middel = {"code": "digid", "soort": "digid", "type": "saml", "saml": {**deel, **(saml or {})}, **anders}
    pad = map_ / "middelen.yaml"
    middelen = [middel, middel | ook] if ook else [middel]
    pad.write_text(yaml.safe_dump({"middelen": middelen}), encoding="utf-8")
    load_middelen.cache_clear()
    load_idp.cache_clear()
    return pad


@contextmanager
def aangesloten(idp: Idp, **anders: Any) -> Iterator[None]:
    eloket = settings.ELOKET.model_copy(update={"middelen_bestand": schrijf(idp, **anders)})
    with override_settings(ELOKET=eloket):
        yield
    load_middelen.cache_clear()
    load_idp.cache_clear()


@pytest.fixture
def dienst(tmp_path: Path) -> Iterator[Idp]:
    """The provider, not yet connected."""
    idp = Idp(tmp_path)
    idp.start()
    yield idp
    idp.stop()
    assert idp.fouten == []


@pytest.fixture
def idp(dienst: Idp) -> Iterator[Idp]:
    """The provider, connected as DigiD by artifact."""
    with aangesloten(dienst):
        yield dienst


def begin(
    client: Client, idp: Idp, *, terug: str = "", middel: str = "digid", zekerheid: str = ""
) -> tuple[dict[str, str], str]:
    """What the provider was asked, and the RelayState."""
    pagina = client.get(f"/inloggen/{middel}/", {"terug": terug, "zekerheid": zekerheid})
    assert pagina.status_code == 200
    html = pagina.content.decode()
    assert f'action="{idp.url}/sso"' in html
    return idp.take(unescape(hidden_field(html, "SAMLRequest"))), unescape(hidden_field(html, "RelayState"))


def kom_terug(client: Client, artifact: str, merk: str, middel: str = "digid") -> HttpResponseBase:
    return client.get(terug_van(middel), {"SAMLart": artifact, "RelayState": merk})


def probeer(client: Client, idp: Idp, *, terug: str = "", middel: str = "digid") -> str:
    """A whole login; where it ends."""
    vraag, merk = begin(client, idp, terug=terug, middel=middel)
    return str(kom_terug(client, idp.answer(vraag), merk, middel).headers["Location"])


def is_binnen(client: Client) -> bool:
    return client.get("/proef/zaken/z1/").status_code == 200


def melding(client: Client) -> str:
    """What the login page says."""
    return client.get("/inloggen/").content.decode()
