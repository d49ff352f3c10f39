"""Two flaws at once in an answer of the provider: one never hides the other (facts/login.md, the flaw list)."""

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import OctKey

from tests.oidc.vijandig import EIGEN, ISSUER, VREEMD, Provider, b64, begin, kom_terug, provider

__all__ = ["provider"]  # the fixture
pytestmark = pytest.mark.django_db
BASIS = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
GDI = "urn:nl-eid-gdi:1.0:"


def _claim(**claims: Any) -> Callable[[Provider], None]:
    return lambda provider: provider.claims.update(claims)


def _zonder(naam: str) -> Callable[[Provider], None]:
    return lambda provider: provider.weg.add(naam)


def _sign(onderteken: Callable[[dict[str, Any]], str]) -> Callable[[Provider], None]:
    def bend(provider: Provider) -> None:
        provider.onderteken = onderteken

    return bend


def _hs256(claims: dict[str, Any]) -> str:
    kop, lijf = b64({"alg": "HS256", "kid": "k1"}), b64(claims)
    geheim = OctKey.import_key(json.dumps(EIGEN.as_dict(private=False)))
    echt = jwt.encode({"alg": "HS256", "kid": "k1"}, claims, geheim, algorithms=["HS256"])
    return f"{kop}.{lijf}.{echt.rpartition('.')[2]}"


def _userinfo(provider: Provider) -> None:
    provider.userinfo = {"sub": "een-ander", "bsn": "999990020"}


def _promise_iss(provider: Provider) -> None:
    provider.discovery["authorization_response_iss_parameter_supported"] = True


def _nothing(_: Provider) -> None:
    """The flaw is in the answer itself."""


# Each: what the token or provider does wrong, and what the answer carries besides.
FOUTEN: dict[str, tuple[Callable[[Provider], None], dict[str, str]]] = {
    "aud": (_claim(aud="een-ander"), {}),
    "aud-erbij": (_claim(aud=["eloket", "een-ander"]), {}),
    "azp": (_claim(azp="een-ander"), {}),
    "iss": (_claim(iss="https://kwaad.example"), {}),
    "zonder-exp": (_zonder("exp"), {}),
    "verlopen": (_claim(exp=1), {}),
    "oud": (_claim(iat=1), {}),
    "toekomst": (_claim(nbf=99999999999), {}),
    "sso": (_claim(auth_time=1), {}),
    "zonder-auth-time": (_zonder("auth_time"), {}),
    "nonce": (_claim(nonce="van-een-ander"), {}),
    "zonder-nonce": (_zonder("nonce"), {}),
    "zonder-sub": (_zonder("sub"), {}),
    "sleutel": (_sign(lambda c: jwt.encode({"alg": "ES256", "kid": "k1"}, c, VREEMD)), {}),
    "alg-none": (_sign(lambda c: f"{b64({'alg': 'none'})}.{b64(c)}."), {}),
    "hs256": (_sign(_hs256), {}),
    "userinfo": (_userinfo, {}),
    "niveau": (_claim(acr=BASIS), {}),
    "zonder-niveau": (_zonder("acr"), {}),
    "bsn": (_claim(bsn="123456789"), {}),
    "zonder-bsn": (_zonder("bsn"), {}),
    "half-gemachtigd": (_claim(**{f"{GDI}LegalSubjectID": "999990020"}), {}),
    "gemachtigde-als-lijst": (
        _claim(**{f"{GDI}LegalSubjectID": "999990020", f"{GDI}ActingSubjectID": ["999990019"]}),
        {},
    ),
    "drie-personen": (
        _claim(**{f"{GDI}LegalSubjectID": "999990020", f"{GDI}ActingSubjectID": "999990032"}),
        {},
    ),
    "afzender": (_nothing, {"iss": "https://kwaad.example"}),
    "afzender-beloofd": (_promise_iss, {}),
    "state": (_nothing, {"state": "van-een-ander"}),
    "zonder-code": (_nothing, {"code": ""}),
}
# Without a BSN of a third there are two persons: an authorisation as it should be.
GEEN_FOUT = ("zonder-bsn", "drie-personen")
PAREN = [*((een,) for een in FOUTEN), *(een for een in itertools.combinations(FOUTEN, 2) if een != GEEN_FOUT)]


@pytest.mark.parametrize("namen", PAREN, ids="+".join)
def test_flaws_and_pairs_of_them_are_refused(client: Client, provider: Provider, namen: tuple[str, ...]):
    for naam in namen:
        FOUTEN[naam][0](provider)
    antwoord = {"state": begin(client, provider)["state"], "code": "c-1"}
    for naam in namen:
        antwoord |= FOUTEN[naam][1]
    assert kom_terug(client, **antwoord)["Location"] == "/inloggen/"
    assert "actor" not in client.session
    assert client.get("/mijn/").status_code == 302


def test_without_a_flaw_the_same_answer_logs_in(client: Client, provider: Provider):
    vraag = begin(client, provider)
    assert kom_terug(client, state=vraag["state"], code="c-1", iss=ISSUER)["Location"] == "/mijn/"
    assert "actor" in client.session


def test_whom_is_acted_for_and_who_acts_are_never_mixed_up(client: Client, provider: Provider):
    provider.weg = {"bsn"}
    provider.claims = {f"{GDI}LegalSubjectID": "999990020", f"{GDI}ActingSubjectID": "999990019"}
    vraag = begin(client, provider)
    assert kom_terug(client, state=vraag["state"], code="c-1")["Location"] == "/mijn/"
    assert client.session["actor"]["partij"]["nummer"] == "999990020"
    assert client.session["actor"]["machtiging"] == "machtigen"
