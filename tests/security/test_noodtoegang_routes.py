"""Generated from the URL table: noodtoegang reads what was meant to be read, and no route takes a change."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import transaction
from django.test import Client

from eloket.identity.audience import Route
from eloket.identity.testing import in_process_provider
from eloket.identity.types import Actor, Audience, Recht
from eloket.zaken.noodtoegang import open_zaak
from eloket.zaken.types import ZaakRef
from tests.architecture.routetabel import ROUTES, Stad, build_stad, by_name, client_of, parameters
from tests.security.test_routes import INVOER, changed

pytestmark = pytest.mark.django_db
VAN_EEN_ZAAK = [r for r in ROUTES if r.audience is Audience.MEDEWERKER and "ref" in parameters(r)]
# All that noodtoegang reads. A new page of a zaak is not there for it, until it stands here.
LEESBAAR = {
    "werkplek-zaak",
    "werkplek-aanwezig",
    "werkplek-document-openen",
    "werkplek-document-opslaan",
    "werkplek-document-bekijken",
}


@pytest.fixture(scope="module")
def stad(django_db_setup, django_db_blocker) -> Iterator[Stad]:
    """Built once for all tests of this module: each of them takes back what it writes."""
    with django_db_blocker.unblock(), transaction.atomic(), in_process_provider():
        yield build_stad()
        transaction.set_rollback(True)


def looker(stad: Stad) -> Actor:
    """Bo, of another afdeling, with every right, who looks at the zaak of Jeroen."""
    bo = replace(stad.huis.bo, rechten=frozenset(Recht))
    nummer = stad.huis.now(ZaakRef.parse(stad.waarden["ref"])).identificatie
    open_zaak(
        bo, zaaknummer=nummer, aanleiding="calamiteit", reden="Er is brand in de straat van de aanvrager."
    )
    return bo


def browser(stad: Stad) -> Client:
    return client_of(looker(stad))


@pytest.mark.parametrize("route", VAN_EEN_ZAAK, ids=by_name)
def test_a_page_of_the_zaak_is_read_or_is_not_there(route: Route, stad: Stad):
    antwoord = browser(stad).get(stad.path(route))
    b"".join(antwoord)
    assert antwoord.status_code in ({200} if route.naam in LEESBAAR else {404, 405})


@pytest.mark.parametrize("route", VAN_EEN_ZAAK, ids=by_name)
def test_no_route_of_the_zaak_takes_a_change(route: Route, stad: Stad):
    client = browser(stad)
    voor = changed()
    assert client.post(stad.path(route), INVOER).status_code in {404, 405}
    assert changed() == voor


def test_every_readable_page_is_a_route():
    assert {r.naam for r in VAN_EEN_ZAAK} >= LEESBAAR
