"""A provider that tells that somebody logged out there, and everybody who would like to pass for it."""

import json
from itertools import combinations
from typing import Any

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import OctKey

from eloket.audit.models import AuditRegel
from eloket.identity.models import Sessie
from eloket.identity.types import Partij
from eloket.kernel import klok as tijd
from tests.oidc.vijandig import EIGEN, ISSUER, VREEMD, Provider, b64, probeer, provider
from tests.unit.identity.klokken import Klok

__all__ = ["provider"]  # the fixture

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.unit.identity.proefsite")]
ADRES = "/uitloggen/melding/digid/"
GEBEURTENIS = "http://schemas.openid.net/event/backchannel-logout"
SID, SUB = "zitting-1", "s-1"


@pytest.fixture
def klok(monkeypatch: pytest.MonkeyPatch) -> Klok:
    return Klok(monkeypatch)


@pytest.fixture
def ingelogd(client: Client, provider: Provider) -> Client:
    """Somebody who logged in at the provider, in its session SID."""
    provider.claims = {"sid": SID}
    assert probeer(client, provider) == "/mijn/"
    return client


def melding(**anders: Any) -> dict[str, Any]:
    nu = int(tijd.nu().timestamp())
    claims = {
        "iss": ISSUER, "aud": "eloket", "iat": nu, "exp": nu + 120, "jti": "j-1", "sub": SUB, "sid": SID,
        "events": {GEBEURTENIS: {}},
    } | anders  # fmt: skip
    return {naam: waarde for naam, waarde in claims.items() if waarde is not None}


def teken(claims: dict[str, Any], **kop: str) -> str:
    return jwt.encode({"alg": "ES256", "kid": "k1", "typ": "logout+jwt", **kop}, claims, EIGEN)


def meld(token: str) -> int:
    return Client(enforce_csrf_checks=True).post(ADRES, {"logout_token": token}).status_code


def is_binnen(client: Client) -> bool:
    return client.get("/proef/zaken/z1/").status_code == 200


def test_who_logs_out_at_the_provider_is_logged_out_here(ingelogd: Client):
    assert is_binnen(ingelogd)
    assert meld(teken(melding())) == 200
    assert not is_binnen(ingelogd)
    regel = AuditRegel.objects.get(actie="sessie.beeindigd")
    assert (regel.actor_soort, regel.actor_key) == ("inlogdienst", Partij.inwoner("999990019").key)


@pytest.mark.parametrize("anders", [{"sid": None}, {"sub": None}, {"aud": ["eloket"]}], ids=str)
def test_by_the_session_or_by_the_person(ingelogd: Client, anders: dict[str, Any]):
    assert meld(teken(melding(**anders))) == 200
    assert not is_binnen(ingelogd)


def test_a_token_of_before_the_norm_of_2022_has_no_type_of_its_own(ingelogd: Client):
    assert meld(teken(melding(), typ="JWT")) == 200
    assert not is_binnen(ingelogd)


def test_only_that_session_when_it_is_named(ingelogd: Client, provider: Provider):
    telefoon = Client()
    provider.claims = {"sid": "zitting-2"}
    probeer(telefoon, provider)
    assert meld(teken(melding())) == 200
    assert not is_binnen(ingelogd)
    assert is_binnen(telefoon)


def test_every_session_of_the_person_when_none_is_named_and_of_nobody_else(
    ingelogd: Client, provider: Provider
):
    telefoon, ander = Client(), Client()
    provider.claims = {"sid": "zitting-2"}
    probeer(telefoon, provider)
    provider.claims = {"sid": "zitting-3", "sub": "s-2", "bsn": "999990020"}
    probeer(ander, provider)
    assert meld(teken(melding(sid=None))) == 200
    assert not is_binnen(ingelogd)
    assert not is_binnen(telefoon)
    assert is_binnen(ander)


def test_an_old_message_that_is_sent_again_ends_no_later_session(
    ingelogd: Client, provider: Provider, klok: Klok
):
    oud = teken(melding(exp=int(tijd.nu().timestamp()) + 600))
    assert meld(oud) == 200
    klok.ga_verder(minutes=2)
    assert probeer(ingelogd, provider) == "/mijn/"
    assert meld(oud) == 200
    assert is_binnen(ingelogd)


def test_an_ended_session_with_what_was_typed_ends_as_well(ingelogd: Client, klok: Klok):
    klok.ga_verder(minutes=16)
    assert meld(teken(melding())) == 200
    assert not Sessie.objects.exists()


def test_a_session_that_nobody_has_is_fine_too(ingelogd: Client):
    assert meld(teken(melding(sid="onbekend"))) == 200
    assert is_binnen(ingelogd)


NU_FOUT: dict[str, dict[str, Any]] = {
    "aud": {"aud": "een-ander"},
    "aud-lijst": {"aud": ["een-ander"]},
    "zonder-aud": {"aud": None},
    "iss": {"iss": "https://kwaad.example"},
    "zonder-iss": {"iss": None},
    "verlopen": {"exp": 1},
    "zonder-exp": {"exp": None},
    "exp-tekst": {"exp": "9999999999"},
    "oud": {"iat": 1},
    "uit-de-toekomst": {"iat": 99999999999},
    "zonder-iat": {"iat": None},
    "zonder-jti": {"jti": None},
    "jti-getal": {"jti": 1},
    "nonce": {"nonce": "n"},
    "zonder-events": {"events": None},
    "events-lijst": {"events": [GEBEURTENIS]},
    "andere-gebeurtenis": {"events": {"http://schemas.openid.net/event/anders": {}}},
    "gebeurtenis-tekst": {"events": {GEBEURTENIS: "ja"}},
    "niemand": {"sid": None, "sub": None},
    "lege-sid": {"sid": ""},
    "lege-sub": {"sid": None, "sub": ""},
    "sid-lijst": {"sid": [SID]},
    "sub-getal": {"sid": None, "sub": 1},
}


@pytest.mark.parametrize("fout", NU_FOUT.values(), ids=NU_FOUT)
def test_one_flaw_and_nobody_is_logged_out(ingelogd: Client, fout: dict[str, Any]):
    assert meld(teken(melding(**fout))) == 400
    assert is_binnen(ingelogd)


def test_nor_does_any_pair_of_flaws(ingelogd: Client):
    for een, ander in combinations(NU_FOUT.values(), 2):
        assert meld(teken(melding(**een, **{k: v for k, v in ander.items() if k not in een}))) == 400
    assert is_binnen(ingelogd)


def _hs256(claims: dict[str, Any]) -> str:
    geheim = OctKey.import_key(json.dumps(EIGEN.as_dict(private=False)))
    goed = jwt.encode({"alg": "HS256", "kid": "k1"}, claims, geheim, algorithms=["HS256"])
    return f"{b64({'alg': 'HS256', 'kid': 'k1'})}.{b64(claims)}.{goed.rpartition('.')[2]}"


@pytest.mark.parametrize(
    "onderteken",
    [
        lambda c: jwt.encode({"alg": "ES256", "kid": "k1"}, c, VREEMD),
        lambda c: f"{b64({'alg': 'none'})}.{b64(c)}.",
        _hs256,
        lambda c: teken(c, typ="at+jwt"),
        lambda c: "geen.jwt",
        lambda c: "",
        lambda c: teken(c) + "a" * 20_000,
    ],
    ids=["vreemd", "none", "hs256", "typ", "onzin", "leeg", "te-lang"],
)
def test_who_cannot_sign_logs_nobody_out(ingelogd: Client, onderteken: Any):
    assert meld(onderteken(melding())) == 400
    assert is_binnen(ingelogd)


def test_the_id_token_of_the_login_is_no_logout_token(ingelogd: Client):
    assert meld(ingelogd.session["aanmelding"]["id_token"]) == 400
    assert is_binnen(ingelogd)


def test_an_unknown_means_is_not_there():
    antwoord = Client().post("/uitloggen/melding/onbekend/", {"logout_token": "x"})
    assert antwoord.status_code == 404


def test_while_the_keys_cannot_be_fetched_the_provider_is_asked_to_try_again(
    ingelogd: Client, provider: Provider, klok: Klok
):
    klok.ga_verder(minutes=11)
    provider.storing = "jwks"
    assert meld(teken(melding())) == 503
    provider.storing = ""
    assert meld(teken(melding())) == 200
    assert not is_binnen(ingelogd)
