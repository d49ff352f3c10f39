"""Generated from the URL table: every form says for whom it is, and every route refuses that of another party."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from eloket.identity.actor import actor_to_dict
from eloket.identity.audience import Route
from eloket.identity.partijcontrole import VOOR_ELKE_PARTIJ
from eloket.identity.partijmerk import VELD, merk_of, read_merk, write_merk
from eloket.identity.sessie import ACTOR, SessionStore
from eloket.identity.testing import in_process_provider
from eloket.identity.types import Audience
from tests.architecture.routetabel import ROUTES, Stad, build_stad, by_name, client_of
from tests.security.test_routes import INVOER, ZONDER_CSRF, written

pytestmark = pytest.mark.django_db
INGELOGD = {Audience.BETROKKENE, Audience.MEDEWERKER, Audience.BEHEERDER}
VAN_WIE_IS_INGELOGD = [r for r in ROUTES if r.audience in INGELOGD]
CONTROLEERT = [
    r
    for r in ROUTES
    if r.audience in INGELOGD | {Audience.IEDEREEN}
    and r.naam not in ZONDER_CSRF
    and r.naam not in VOOR_ELKE_PARTIJ
]
# Forms that leave for a login provider, which must not learn of it.
NAAR_ELDERS = {"uitloggen-verder"}
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)


@pytest.fixture(scope="module")
def stad(django_db_setup, django_db_blocker) -> Iterator[Stad]:
    """Built once for all tests of this module: each of them takes back what it writes."""
    with django_db_blocker.unblock(), transaction.atomic(), in_process_provider():
        yield build_stad()
        transaction.set_rollback(True)


def browser_for(route: Route, stad: Stad) -> Client:
    """Somebody who is logged in; on a route for everybody a resident is."""
    return stad.client_for(route) if route.audience in INGELOGD else client_of(stad.huis.jeroen)


def session_of(client: Client) -> dict[str, object]:
    bewaard = SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)[ACTOR]
    assert isinstance(bewaard, dict)
    return bewaard


def read(antwoord: HttpResponseBase) -> str:
    return b"".join(antwoord).decode(errors="replace")


@pytest.mark.parametrize("route", [r for r in ROUTES if r.naam not in NAAR_ELDERS], ids=by_name)
def test_every_form_of_a_page_for_who_is_logged_in_says_for_whom_it_is(route: Route, stad: Stad):
    client = browser_for(route, stad)
    hier = merk_of(session_of(client))
    html = read(client.get(stad.path(route)))
    for kop, inhoud in _FORM.findall(html):
        merken = re.findall(rf'name="{VELD}" value="([^"]*)"', inhoud)
        if 'method="post"' not in kop.lower():
            assert not merken, "een adres houdt niets van een persoon"
            continue
        if "csrfmiddlewaretoken" in inhoud:
            assert [read_merk(merk) for merk in merken] == [hier]


def test_that_test_reads_forms(stad: Stad):
    (gegevens,) = (r for r in ROUTES if r.naam == "mijn-gegevens")
    html = read(browser_for(gegevens, stad).get(stad.path(gegevens)))
    assert sum(VELD in inhoud for _, inhoud in _FORM.findall(html)) >= 3


@pytest.mark.parametrize("route", CONTROLEERT, ids=by_name)
def test_a_form_that_was_for_another_party_is_refused(route: Route, stad: Stad):
    """Of somebody else, and of the same person for another; on every route, whatever it does."""
    client, pad, voor = browser_for(route, stad), stad.path(route), written()
    nu = session_of(client)
    voor_ander = {**nu, "partij": actor_to_dict(stad.huis.jeroen)["partij"], "soort": "onderneming"}
    for ander in (actor_to_dict(stad.huis.bo), voor_ander):
        antwoord = client.post(pad, {**INVOER, VELD: write_merk(merk_of(ander))})
        assert antwoord.status_code == 409
        assert "Dit formulier is " in read(antwoord)
    assert written() == voor


@pytest.mark.parametrize("route", [r for r in VAN_WIE_IS_INGELOGD if r in CONTROLEERT], ids=by_name)
def test_a_form_that_says_for_nobody_is_not_carried_out(route: Route, stad: Stad):
    client = Client(enforce_csrf_checks=True)
    client.cookies = browser_for(route, stad).cookies
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', read(client.get("/bestaat/niet/")))
    assert token
    voor = written()
    antwoord = client.post(stad.path(route), {**INVOER, "csrfmiddlewaretoken": token[1]})
    assert antwoord.status_code == 409
    assert "Klopt het dat dit formulier van u is?" in read(antwoord)
    assert written() == voor


def test_logging_out_works_from_every_window(stad: Stad):
    client = client_of(stad.huis.jeroen)
    merk = write_merk(merk_of(actor_to_dict(stad.huis.bo)))
    assert client.post("/uitloggen/", {VELD: merk}).status_code == 303
    assert client.get("/mijn/").status_code == 302
