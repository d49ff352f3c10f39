"""A broker with several login means on one client, which says that somebody logged out there."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from eloket.audit.models import AuditRegel
from eloket.identity.models import Sessie
from eloket.identity.sessie import AANMELDING, SessionStore
from eloket.kernel.crypto import vault
from tests.oidc.vijandig import Provider, begin, kom_terug, provider
from tests.security.test_oidc_makelaar import DIGID, middelen
from tests.security.test_uitlogmelding import SID, SUB, is_binnen, melding, teken

__all__ = ["middelen", "provider"]  # the fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.unit.identity.proefsite")]
EHERKENNING = {"code": "eherkenning", "soort": "eherkenning", "acr_values": "idp:eh"}
BEDRIJF = {
    "acr": "urn:etoegang:core:assurance-class:loa3",
    "urn:etoegang:core:LegalSubjectID": "69599084",
    "urn:etoegang:core:ActingSubjectID": "pseudoniem-1",
}


def log_in_at(provider: Provider, middel: str, **claims: Any) -> Client:
    client = Client()
    vraag = begin(client, provider, middel)
    provider.claims = {"sid": SID, **claims}
    assert kom_terug(client, state=vraag["state"], code="c-1")["Location"] == "/mijn/"
    return client


def tell(middel: str, **claims: Any) -> int:
    pad = f"/uitloggen/melding/{middel}/"
    return Client(enforce_csrf_checks=True).post(pad, {"logout_token": teken(melding(**claims))}).status_code


@pytest.mark.parametrize("anders", [{}, {"sid": None}, {"sub": None}], ids=str)
@pytest.mark.parametrize("adres", ["digid", "eherkenning"])
def test_who_logs_out_at_a_broker_is_out_of_every_means_on_that_client(
    middelen: Any, provider: Provider, adres: str, anders: dict[str, Any]
):
    """One client has one backchannel_logout_uri, so the address names whichever means somebody wrote down."""
    middelen(DIGID, EHERKENNING)
    inwoner, bedrijf = log_in_at(provider, "digid"), log_in_at(provider, "eherkenning", **BEDRIJF)
    assert tell(adres, **anders) == 200
    assert not is_binnen(inwoner)
    assert not is_binnen(bedrijf)
    assert AuditRegel.objects.filter(actie="sessie.beeindigd").count() == 2


def test_another_client_at_the_same_broker_is_another_session(middelen: Any, provider: Provider):
    middelen(DIGID, EHERKENNING | {"client_id": "eloket-eh"})
    inwoner = log_in_at(provider, "digid")
    bedrijf = log_in_at(provider, "eherkenning", **BEDRIJF, aud="eloket-eh")
    assert tell("eherkenning", aud="eloket-eh") == 200
    assert is_binnen(inwoner)
    assert not is_binnen(bedrijf)


@pytest.mark.parametrize("anders", [{}, {"sid": None}], ids=str)
def test_a_session_of_before_the_upgrade_is_found_while_it_lasts(
    middelen: Any, provider: Provider, anders: dict[str, Any]
):
    middelen(DIGID, EHERKENNING)
    client = log_in_at(provider, "digid")
    sessie = SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)
    oud = {
        "sid_key": vault().keyed_hash("aanbieder-sid", f"digid:{SID}"),
        "sub_key": vault().keyed_hash("aanbieder-sub", f"digid:{SUB}"),
    }
    sessie[AANMELDING] = {**sessie[AANMELDING], **oud}
    sessie.save()
    assert Sessie.objects.get().aanbieder_sid == oud["sid_key"]
    assert tell("eherkenning", **anders) == 200
    assert not is_binnen(client)
