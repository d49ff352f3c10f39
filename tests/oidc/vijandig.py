"""A hostile provider, in process: correctly made answers of which a test bends one thing at a time."""

import base64
import json
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from joserfc import jwt
from joserfc.jwk import ECKey
from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter
from requests.exceptions import ConnectTimeout

from eloket.identity.testing import MIDDEN, in_process_provider
from eloket.kernel import klok as tijd

ISSUER = "https://inloggen.example"
EIGEN = ECKey.generate_key("P-256", {"kid": "k1", "use": "sig"})
VREEMD = ECKey.generate_key("P-256", {"kid": "k1", "use": "sig"})


class Provider(BaseAdapter):
    """An OpenID provider of which a test bends one thing at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.nonce = ""
        self.claims: dict[str, Any] = {}
        self.weg: set[str] = set()
        self.userinfo: dict[str, Any] | None = None
        self.discovery: dict[str, Any] = {}
        self.sleutels = [EIGEN]
        self.onderteken: Callable[[dict[str, Any]], str] = lambda c: jwt.encode(
            {"alg": "ES256", "kid": "k1"}, c, EIGEN
        )
        self.storing: str = ""
        self.gevraagd: list[tuple[str, float | None]] = []
        self.token: dict[str, Any] = {}
        self.token_status = 200
        self.verzoek: dict[str, str] = {}

    def send(self, request: PreparedRequest, *_: Any, timeout: Any = None, **__: Any) -> Response:
        pad = urlsplit(request.url or "").path
        self.gevraagd.append((pad, timeout))
        if self.storing and self.storing in pad:
            raise ConnectTimeout
        if pad.endswith("openid-configuration"):
            return self._json(request, self._discovery())
        if pad == "/jwks":
            return self._json(request, {"keys": [k.as_dict(private=False) for k in self.sleutels]})
        if pad == "/token":
            body = request.body if isinstance(request.body, str) else (request.body or b"").decode()
            self.verzoek = dict(parse_qsl(body))
            return self._json(request, self._token(), self.token_status)
        assert pad == "/userinfo"
        return self._json(request, self.userinfo or {})

    def close(self) -> None: ...

    def _discovery(self) -> dict[str, Any]:
        eindpunten = {"authorization_endpoint": "/auth", "token_endpoint": "/token", "jwks_uri": "/jwks"}
        document = {"issuer": ISSUER, **{naam: ISSUER + pad for naam, pad in eindpunten.items()}}
        if self.userinfo is not None:
            document["userinfo_endpoint"] = ISSUER + "/userinfo"
        return document | self.discovery

    def _token(self) -> dict[str, Any]:
        nu = int(tijd.nu().timestamp())
        claims = {
            "iss": ISSUER,
            "aud": "eloket",
            "sub": "s-1",
            "iat": nu,
            "exp": nu + 300,
            "auth_time": nu,
            "nonce": self.nonce,
            "acr": MIDDEN,
            "bsn": "999990019",
        } | self.claims
        claims = {naam: waarde for naam, waarde in claims.items() if naam not in self.weg}
        return {"access_token": "a", "token_type": "Bearer", "id_token": self.onderteken(claims)} | self.token

    @staticmethod
    def _json(request: PreparedRequest, inhoud: object, status: int = 200) -> Response:
        antwoord = Response()
        antwoord.status_code = status
        antwoord.url = request.url or ""
        antwoord.request = request
        antwoord.headers["Content-Type"] = "application/json"
        antwoord.raw = BytesIO(json.dumps(inhoud).encode())
        return antwoord


@pytest.fixture
def provider() -> Iterator[Provider]:
    echt = {"digid_issuer": ISSUER, "digid_client_id": "eloket", "digid_client_secret": "geheim"}
    provider = Provider()
    with override_settings(ELOKET=settings.ELOKET.model_copy(update=echt)), in_process_provider(provider):
        yield provider


def begin(client: Client, provider: Provider, middel: str = "digid") -> dict[str, str]:
    naar = client.get(f"/inloggen/{middel}/")["Location"]
    assert naar.startswith(f"{ISSUER}/auth?")
    vraag = {naam: waarden[0] for naam, waarden in parse_qs(urlsplit(naar).query).items()}
    provider.nonce = vraag["nonce"]
    return vraag


def kom_terug(client: Client, **antwoord: str) -> Any:
    return client.get(f"/inloggen/terug/?{urlencode(antwoord)}")


def probeer(client: Client, provider: Provider, **extra: str) -> str:
    vraag = begin(client, provider)
    return str(kom_terug(client, state=vraag["state"], code="c-1", **extra)["Location"])


def b64(inhoud: object) -> str:
    """A part of a token, as it is sent."""
    return base64.urlsafe_b64encode(json.dumps(inhoud).encode()).rstrip(b"=").decode()
