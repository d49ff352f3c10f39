"""Every page of a form that wants a level (`zekerheid`), for who logged in below it.

What was filled in was filled in at that level: whoever has the lower login of somebody else must not read it, go on
with it, send it or throw it away.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from eloket.audit.models import AuditRegel
from eloket.identity.audience import Route
from eloket.identity.testing import in_process_provider
from eloket.identity.types import Actor, Audience
from eloket.loket.models import Concept
from eloket.loket.service import start_concept
from eloket.loket.versies import get_gepubliceerd, load_meegeleverd
from eloket.portal.loket import paden
from eloket.zaken.models import GebeurtenisRegel
from tests.architecture.routetabel import ROUTES, VAN_WAT_VERSTUURD_IS, by_name, fatima, parameters
from tests.web.test_avg_verzoek import send, sterk
from tests.web.werkplek import build_stadhuis, client_of

pytestmark = pytest.mark.django_db
VAN_EEN_FORMULIER = [
    r
    for r in ROUTES
    if r.audience is Audience.BETROKKENE and "formulier" in parameters(r) and r.naam[:6] == "loket-"
]
INVOER = {
    "knop": "verder", "sleutel": "c" * 32, "soort": "bezwaar", "omschrijving": "Iets anders.", "revisie": "1",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Balie:
    """Jeroen, who logged in lower than the form asks, with one that was sent and one that was not."""

    laag: Actor
    verstuurd: str
    open: str

    def path(self, route: Route, *, concept_id: str = "") -> str:
        eigen = self.verstuurd if route.naam.endswith(VAN_WAT_VERSTUURD_IS) else self.open
        waarden = {"formulier": paden.AVG, "concept_id": concept_id or eigen, "stap_id": "verzoek"}
        return reverse(route.naam, kwargs={naam: waarden[naam] for naam in parameters(route)})


@pytest.fixture(scope="module")
def balie(django_db_setup, django_db_blocker) -> Iterator[Balie]:
    """Built once for all tests of this module: each of them takes back what it writes."""
    with django_db_blocker.unblock(), transaction.atomic(), in_process_provider():
        huis = build_stadhuis()
        load_meegeleverd()
        hoog = replace(huis, jeroen=sterk(huis.jeroen))
        send(hoog, hoog.start())
        verstuurd = str(Concept.objects.get().pk)
        concept = start_concept(hoog.jeroen, paden.AVG, sleutel=uuid.uuid4().hex)
        yield Balie(huis.jeroen, verstuurd, concept.id)
        transaction.set_rollback(True)


def kept() -> tuple[object, ...]:
    return (
        sorted(Concept.objects.values_list("pk", "revisie", "zaaknummer")),
        AuditRegel.objects.count(),
        GebeurtenisRegel.objects.count(),
    )


def ask(client: Client, pad: str, methode: str):
    return getattr(client, methode)(pad, INVOER if methode == "post" else {})


def test_the_routes_and_the_form_are_there():
    """Otherwise the tests below are about nothing."""
    load_meegeleverd()
    assert get_gepubliceerd(paden.AVG).definitie.nodig
    assert {r.naam.removeprefix("loket-") for r in VAN_EEN_FORMULIER} == {
        "start", "verder", "stap", "controleren", "verstuurd", "pdf", "stoppen",
    }  # fmt: skip


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("route", VAN_EEN_FORMULIER, ids=by_name)
def test_below_the_level_of_the_form_one_is_asked_to_log_in_again(route: Route, balie: Balie, methode: str):
    voor = kept()
    antwoord = ask(client_of(balie.laag), balie.path(route), methode)
    if antwoord.status_code != 405:
        assert antwoord.status_code in {302, 303}
        delen = urlsplit(antwoord["Location"])
        assert delen.path == "/inloggen/hoger/"
        assert parse_qs(delen.query)["zekerheid"] == ["substantieel"]
    assert kept() == voor


@pytest.mark.parametrize("route", VAN_EEN_FORMULIER, ids=by_name)
def test_at_the_level_of_the_form_the_same_page_opens(route: Route, balie: Balie):
    antwoord = client_of(sterk(balie.laag)).get(balie.path(route), follow=True)
    b"".join(antwoord)
    assert antwoord.status_code == 200
    assert all("/inloggen/" not in naar for naar, _ in antwoord.redirect_chain)


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize(
    "route", [r for r in VAN_EEN_FORMULIER if "concept_id" in parameters(r)], ids=by_name
)
def test_a_stranger_does_not_hear_that_it_wants_a_level(route: Route, balie: Balie, methode: str):
    client, voor = client_of(fatima()), kept()
    daar = ask(client, balie.path(route), methode)
    nergens = ask(client, balie.path(route, concept_id=str(uuid.uuid4())), methode)
    assert (daar.status_code, daar.get("Location")) == (nergens.status_code, nergens.get("Location"))
    assert "hoger" not in daar.get("Location", "")
    assert kept() == voor
