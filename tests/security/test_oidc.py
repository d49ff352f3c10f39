"""A hostile provider: correctly made answers with one flaw each are refused (facts: the flaw list)."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from eloket.config.omgeving import Omgeving
from eloket.kernel import klok as tijd
from tests.oidc.vijandig import EIGEN, ISSUER, VREEMD, Provider, b64, begin, kom_terug, probeer, provider
from tests.unit.identity.klokken import Klok

__all__ = ["provider"]  # the fixture

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.unit.identity.proefsite")]
PAGINA = "/proef/zaken/z1/"
NIEUW = RSAKey.generate_key(2048, {"kid": "k2", "use": "sig"})


@pytest.fixture
def klok(monkeypatch: pytest.MonkeyPatch) -> Klok:
    return Klok(monkeypatch)


def is_binnen(client: Client) -> bool:
    return client.get(PAGINA).status_code == 200


def test_een_goed_antwoord_logt_in(client: Client, provider: Provider):
    assert probeer(client, provider) == "/mijn/"
    assert is_binnen(client)
    assert provider.verzoek["code_verifier"]
    assert all(timeout == 5 for _, timeout in provider.gevraagd)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "een-ander"},
        {"aud": ["een-ander"]},
        {"aud": ["eloket", "een-ander"]},
        {"azp": "een-ander"},
        {"iss": "https://kwaad.example"},
        {"iss": ISSUER + "/"},
        {"exp": 1},
        {"exp": "9999999999"},
        {"exp": True},
        {"iat": 1},
        {"iat": 99999999999},
        {"nbf": 99999999999},
        {"auth_time": 1},
        {"auth_time": 99999999999},
        {"auth_time": "9999999999"},
        {"auth_time": True},
        {"auth_time": None},
        {"auth_time": [1]},
        {"auth_time": float("nan")},
        {"nonce": "van-een-ander"},
        {"nonce": ["lijst"]},
        {"sub": ""},
        {"sub": 5},
        {"bsn": "123456789"},
        {"bsn": 999990019},
        {"bsn": ""},
        {"acr": ""},
        {"acr": "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"},
        {"acr": "urn:verzonnen:hoog"},
        {"acr": "urn:etoegang:core:assurance-class:loa4"},
    ],
    ids=str,
)
def test_een_claim_die_niet_klopt(client: Client, provider: Provider, claims: dict[str, Any]):
    provider.claims = claims
    assert probeer(client, provider) == "/inloggen/"
    assert not is_binnen(client)


@pytest.mark.parametrize("claim", ["iss", "aud", "exp", "iat", "auth_time", "nonce", "sub", "bsn", "acr"])
def test_een_claim_die_ontbreekt(client: Client, provider: Provider, claim: str):
    provider.weg = {claim}
    assert probeer(client, provider) == "/inloggen/"
    assert not is_binnen(client)


@pytest.mark.parametrize(
    ("geleden", "binnen"), [(-61, False), (-59, True), (0, True), (14 * 60 + 59, True), (15 * 60 + 1, False)]
)
def test_who_logged_in_at_the_provider_longer_ago_did_not_log_in_now(
    client: Client, provider: Provider, klok: Klok, geleden: int, binnen: bool
):
    """As long as for SAML. A session at the provider (SSO) makes a click of it: for whoever sits at the keyboard."""
    provider.claims = {"auth_time": int(tijd.nu().timestamp()) - geleden}
    assert probeer(client, provider) == ("/mijn/" if binnen else "/inloggen/")
    assert is_binnen(client) is binnen
    if not binnen:
        tekst = client.get("/inloggen/").content.decode()
        assert "De inlogdienst heeft u niet opnieuw laten inloggen." in tekst


def test_the_question_to_log_in_again_asks_when_that_was(client: Client, provider: Provider):
    vraag = begin(client, provider)
    assert (vraag["prompt"], vraag["max_age"]) == ("login", "0")


def test_a_browser_that_leaves_the_question_out_gets_nobody_in(client: Client, provider: Provider):
    """The address of the provider is in the hands of who sits there; what the provider signs is not."""
    vraag = begin(client, provider)
    del vraag["prompt"], vraag["max_age"]  # so the session of two hours ago at the broker answers
    provider.claims = {"auth_time": int(tijd.nu().timestamp()) - 7200}
    assert kom_terug(client, state=vraag["state"], code="c-1")["Location"] == "/inloggen/"
    assert not is_binnen(client)


def _hs256(claims: dict[str, Any]) -> str:
    """Signed with the published key as if it were a shared secret."""
    kop, lijf = b64({"alg": "HS256", "kid": "k1"}), b64(claims)
    geheim = OctKey.import_key(json.dumps(EIGEN.as_dict(private=False)))
    goed = jwt.encode({"alg": "HS256", "kid": "k1"}, claims, geheim, algorithms=["HS256"])
    return f"{kop}.{lijf}.{goed.rpartition('.')[2]}"


def _client_secret(claims: dict[str, Any]) -> str:
    geheim = OctKey.import_key("geheim-geheim-geheim-geheim-geheim")
    return jwt.encode({"alg": "HS256", "kid": "k1"}, claims, geheim, algorithms=["HS256"])


def _geknoeid(claims: dict[str, Any]) -> str:
    kop, _, handtekening = jwt.encode({"alg": "ES256", "kid": "k1"}, claims, EIGEN).split(".")
    return f"{kop}.{b64(claims | {'bsn': '999990020'})}.{handtekening}"


@pytest.mark.parametrize(
    "onderteken",
    [
        lambda c: jwt.encode({"alg": "ES256", "kid": "k1"}, c, VREEMD),
        lambda c: jwt.encode({"alg": "ES256", "kid": "onbekend"}, c, VREEMD),
        lambda c: f"{b64({'alg': 'none'})}.{b64(c)}.",
        lambda c: f"{b64({'alg': 'None', 'kid': 'k1'})}.{b64(c)}.",
        _hs256,
        _client_secret,
        _geknoeid,
        lambda c: "geen.jwt",
        lambda c: "",
        b64,
    ],
    ids=["vreemd", "kid", "none", "None", "hs256", "client-secret", "geknoeid", "onzin", "leeg", "kaal"],
)
def test_een_handtekening_die_niet_klopt(
    client: Client, provider: Provider, onderteken: Callable[[dict[str, Any]], str]
):
    provider.onderteken = onderteken
    assert probeer(client, provider) == "/inloggen/"
    assert not is_binnen(client)


def test_een_symmetrische_sleutel_van_de_provider_telt_niet(client: Client, provider: Provider):
    geheim = OctKey.generate_key(256, {"kid": "k1"})
    provider.sleutels = [geheim]  # type: ignore[list-item]
    provider.onderteken = lambda c: jwt.encode({"alg": "HS256", "kid": "k1"}, c, geheim, algorithms=["HS256"])
    assert probeer(client, provider) == "/inloggen/"


def test_een_nieuwe_sleutel_van_de_provider_wordt_opgehaald(client: Client, provider: Provider, klok: Klok):
    assert probeer(client, provider) == "/mijn/"
    provider.sleutels = [NIEUW]  # type: ignore[list-item]
    provider.onderteken = lambda c: jwt.encode({"alg": "RS256", "kid": "k2"}, c, NIEUW)
    klok.ga_verder(minutes=1)
    assert probeer(Client(), provider) == "/mijn/"
    opgehaald = [pad for pad, _ in provider.gevraagd].count("/jwks")
    provider.onderteken = lambda c: jwt.encode({"alg": "ES256", "kid": "k9"}, c, VREEMD)
    for _ in range(3):
        assert probeer(Client(), provider) == "/inloggen/"
    assert [pad for pad, _ in provider.gevraagd].count("/jwks") == opgehaald


def test_userinfo_van_een_ander_telt_niet(client: Client, provider: Provider):
    provider.weg = {"bsn"}
    provider.userinfo = {"sub": "s-2", "bsn": "999990019"}
    assert probeer(client, provider) == "/inloggen/"
    provider.userinfo = {"bsn": "999990019"}
    assert probeer(client, provider) == "/inloggen/"
    assert not is_binnen(client)
    provider.userinfo = {"sub": "s-1", "bsn": "999990019", "aud": "x"}
    assert probeer(client, provider) == "/mijn/"


def test_een_antwoord_van_een_andere_provider(client: Client, provider: Provider):
    assert probeer(client, provider, iss="https://kwaad.example") == "/inloggen/"
    assert probeer(client, provider, iss=ISSUER) == "/mijn/"


def test_een_provider_die_zijn_naam_belooft_moet_hem_noemen(client: Client, provider: Provider):
    provider.discovery = {"authorization_response_iss_parameter_supported": True}
    assert probeer(client, provider) == "/inloggen/"
    assert probeer(client, provider, iss=ISSUER) == "/mijn/"


def test_een_antwoord_werkt_maar_een_keer(client: Client, provider: Provider):
    vraag = begin(client, provider)
    provider.claims = {"aud": "mis"}
    assert kom_terug(client, state=vraag["state"], code="c")["Location"] == "/inloggen/"
    provider.claims = {}
    assert kom_terug(client, state=vraag["state"], code="c")["Location"] == "/inloggen/"
    assert not is_binnen(client)


def test_een_antwoord_in_de_sessie_van_een_ander(client: Client, provider: Provider):
    """Login CSRF: the attacker's answer in the victim's browser, with and without a login of the victim's own."""
    aanvaller = Client()
    van_aanvaller = begin(aanvaller, provider)
    assert kom_terug(client, state=van_aanvaller["state"], code="c")["Location"] == "/inloggen/"
    begin(client, provider)
    assert kom_terug(client, state=van_aanvaller["state"], code="c")["Location"] == "/inloggen/"
    assert not is_binnen(client)


def test_een_code_van_een_ander_past_niet_bij_mijn_nonce(client: Client, provider: Provider):
    vraag = begin(client, provider)
    provider.nonce = "nonce-van-de-aanvaller"
    assert kom_terug(client, state=vraag["state"], code="gestolen")["Location"] == "/inloggen/"
    assert not is_binnen(client)


@pytest.mark.parametrize(
    "antwoord",
    [
        {},
        {"state": ""},
        {"state": "x"},
        {"code": "c"},
        {"error": "access_denied"},
        {"state": "x", "error": "y"},
    ],
)
def test_een_antwoord_waar_niemand_om_vroeg(client: Client, provider: Provider, antwoord: dict[str, str]):
    assert kom_terug(client, **antwoord)["Location"] == "/inloggen/"


@pytest.mark.parametrize(
    ("antwoord", "tekst"),
    [
        ({"error": "access_denied"}, "U heeft het inloggen gestopt"),
        (
            {"error": "server_error", "error_description": "IDP-3200: cancelled"},
            "U heeft het inloggen gestopt",
        ),
        ({"error": "access_denied", "error_description": "NoAuthnContext"}, "niet veilig genoeg"),
        ({"error": "temporarily_unavailable"}, "De inlogdienst werkt nu niet"),
        ({"error": "<script>alert(1)</script>"}, "Inloggen is niet gelukt"),
        ({}, "Inloggen is niet gelukt"),
    ],
)
def test_wat_de_provider_meldt_wordt_een_duidelijke_tekst(
    client: Client, provider: Provider, antwoord: dict[str, str], tekst: str
):
    vraag = begin(client, provider)
    html = client.get(kom_terug(client, state=vraag["state"], **antwoord)["Location"]).content.decode()
    assert tekst in html
    assert "alert(1)" not in html


@pytest.mark.parametrize("pad", ["openid-configuration", "/token", "/jwks", "/userinfo"])
def test_een_provider_die_niet_antwoordt(client: Client, provider: Provider, pad: str):
    provider.userinfo = {"sub": "s-1"}
    if pad == "openid-configuration":
        provider.storing = pad
        assert client.get("/inloggen/digid/")["Location"] == "/inloggen/"
    else:
        vraag = begin(client, provider)
        provider.storing = pad
        kom_terug(client, state=vraag["state"], code="c")
        assert [p for p, _ in provider.gevraagd].count("/token") == 1
    assert "De inlogdienst werkt nu niet" in client.get("/inloggen/").content.decode()
    assert not is_binnen(client)


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://kwaad.example"},
        {"token_endpoint": "file:///etc/passwd"},
        {"jwks_uri": None},
        {"token_endpoint": 5},
    ],
)
def test_een_configuratie_die_niet_klopt(client: Client, provider: Provider, discovery: dict[str, Any]):
    provider.discovery = discovery
    assert client.get("/inloggen/digid/")["Location"] == "/inloggen/"


def test_een_geweigerde_code(client: Client, provider: Provider):
    provider.token, provider.token_status = {"error": "invalid_grant"}, 400
    assert probeer(client, provider) == "/inloggen/"


@pytest.mark.parametrize(
    "terug",
    ["//kwaad.example/", "https://kwaad.example/", "/\\kwaad.example", "javascript:alert(1)", "/\t/x"],
)
def test_geen_open_redirect(client: Client, provider: Provider, terug: str):
    naar = client.get("/inloggen/digid/", {"terug": terug})["Location"]
    vraag = {naam: waarden[0] for naam, waarden in parse_qs(urlsplit(naar).query).items()}
    provider.nonce = vraag["nonce"]
    assert kom_terug(client, state=vraag["state"], code="c")["Location"] == "/mijn/"
    assert "kwaad" not in client.get("/werkplek/inloggen/", {"terug": terug}).content.decode()


def test_productie_weigert_een_demo_token(client: Client, provider: Provider):
    provider.claims = {"demo": True}
    assert probeer(client, provider) == "/mijn/"
    client.post("/uitloggen/")
    productie = settings.ELOKET.model_copy(update={"omgeving": Omgeving.PRODUCTIE})
    with override_settings(ELOKET=productie):
        assert probeer(client, provider) == "/inloggen/"
        provider.claims = {}
        assert probeer(client, provider) == "/mijn/"


@pytest.mark.parametrize("verschil", [-7000, -700, 90, 3000])
def test_een_klok_die_scheef_loopt_is_een_eigen_tekst_en_een_regel_voor_de_beheerder(
    client: Client, provider: Provider, caplog: pytest.LogCaptureFixture, verschil: int
):
    nu = int(tijd.nu().timestamp())
    provider.claims = {"iat": nu + verschil, "exp": nu + verschil + 300}
    assert probeer(client, provider) == "/inloggen/"
    assert "de tijd op onze computer" in client.get("/inloggen/").content.decode()
    assert not is_binnen(client)
    gemeten = re.search(r"login-klok \(verschil (-?\d+) seconden\)", caplog.text)
    assert gemeten
    assert abs(int(gemeten[1]) - verschil) <= 5


def test_een_scheve_klok_met_nog_een_fout_is_geen_klok(client: Client, provider: Provider):
    nu = int(tijd.nu().timestamp())
    provider.claims = {"iat": nu + 3000, "exp": nu + 3300, "aud": "een-ander"}
    assert probeer(client, provider) == "/inloggen/"
    assert "Inloggen is niet gelukt" in client.get("/inloggen/").content.decode()


def test_een_login_die_te_lang_duurt(client: Client, provider: Provider, klok: Klok):
    vraag = begin(client, provider)
    klok.ga_verder(minutes=16)
    assert kom_terug(client, state=vraag["state"], code="c")["Location"] == "/inloggen/"


def test_de_log_noemt_niemand(client: Client, provider: Provider, caplog: pytest.LogCaptureFixture):
    caplog.set_level("DEBUG", "eloket")
    provider.claims = {"aud": "mis"}
    probeer(client, provider)
    provider.claims = {}
    probeer(client, provider)
    regels = " ".join(r.getMessage() for r in caplog.records if r.name.startswith("eloket"))
    assert "login-mislukt (claim-aud)" in regels
    assert "999990019" not in regels
