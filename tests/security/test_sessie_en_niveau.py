"""Every route of a person, with a session that is over and with a login at too low a level.

The other wrong actors stand in test_routes.py (strangers, branches, civil servants), and test_machtigingen.py (who was
authorised, and is not now).
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from django.test import Client

from eloket.audit.models import AuditRegel
from eloket.berichten.models import Bericht
from eloket.documenten.models import Document
from eloket.identity.audience import Route
from eloket.identity.sessie import INACTIEF, MAXIMUM, logout_everywhere
from eloket.identity.testing import in_process_provider
from eloket.identity.types import Actor, Audience
from eloket.kernel.klok import nu, op_moment
from eloket.loket.models import Concept
from eloket.sources.register.models import ZaakType
from eloket.zaken.models import Taak
from tests.architecture.routetabel import (
    ROUTES,
    Stad,
    build_stad,
    by_name,
    client_of,
    fatima,
    manager,
    parameters,
)

pytestmark = pytest.mark.django_db
PERSOONLIJK = [r for r in ROUTES if r.audience not in {Audience.IEDEREEN, Audience.DEMO}]
VAN_EEN_ZAAK = [r for r in ROUTES if r.audience is Audience.BETROKKENE and "ref" in parameters(r)]
INVOER = {
    "bericht": "Hallo",
    "sleutel": "c" * 32,
    "versie": "1",
    "status": "2",
    "notitie": "Hallo",
    "antwoord": "Drie",
}
LOGIN = {"/inloggen/", "/werkplek/inloggen/"}


@pytest.fixture(scope="module")
def stad(django_db_setup, django_db_blocker) -> Iterator[Stad]:
    """Built once for all tests of this module: each of them takes back what it writes."""
    with django_db_blocker.unblock(), transaction.atomic(), in_process_provider():
        yield build_stad()
        transaction.set_rollback(True)


def written() -> tuple[int, ...]:
    return (
        AuditRegel.objects.count(),
        Bericht.objects.count(),
        Document.objects.count(),
        Taak.objects.filter(vervuld_op=None).count(),
        Concept.objects.count(),
        sum(Concept.objects.values_list("revisie", flat=True)),
    )


def actor_for(route: Route, stad: Stad) -> Actor:
    return {
        Audience.BETROKKENE: stad.huis.jeroen,
        Audience.MEDEWERKER: stad.huis.mila,
        Audience.BEHEERDER: manager(stad.huis),
    }[route.audience or Audience.BETROKKENE]


def _idle(client: Client, actor: Actor) -> timedelta:
    return INACTIEF + timedelta(seconds=1)


def _too_long(client: Client, actor: Actor) -> timedelta:
    return MAXIMUM + timedelta(seconds=1)


def _logged_out_elsewhere(client: Client, actor: Actor) -> timedelta:
    logout_everywhere(actor.key)
    return timedelta()


VOORBIJ: dict[str, Callable[[Client, Actor], timedelta]] = {
    "15-minuten": _idle,
    "8-uur": _too_long,
    "elders-uitgelogd": _logged_out_elsewhere,
}


@pytest.mark.parametrize("hoe", VOORBIJ)
@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("route", PERSOONLIJK, ids=by_name)
def test_a_session_that_is_over_opens_nothing(route: Route, stad: Stad, methode: str, hoe: str):
    actor, pad = actor_for(route, stad), stad.path(route)
    client = client_of(actor)
    later, voor = VOORBIJ[hoe](client, actor), written()
    with op_moment(nu() + later):
        antwoord = getattr(client, methode)(pad, INVOER if methode == "post" else {})
    assert antwoord.status_code in {302, 303}
    assert antwoord["Location"].partition("?")[0] in LOGIN
    assert antwoord["Cache-Control"] == "no-store"
    assert written() == voor


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("route", VAN_EEN_ZAAK, ids=by_name)
def test_below_the_level_of_the_zaak_one_is_asked_to_log_in_again(route: Route, stad: Stad, methode: str):
    ZaakType.objects.update(zekerheid="substantieel")
    client, voor = client_of(stad.huis.jeroen), written()
    antwoord = getattr(client, methode)(stad.path(route), INVOER if methode == "post" else {})
    if antwoord.status_code != 405:
        assert antwoord.status_code in {302, 303}
        delen = urlsplit(antwoord["Location"])
        assert delen.path == "/inloggen/hoger/"
        assert parse_qs(delen.query)["zekerheid"] == ["substantieel"]
    assert written() == voor


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("route", VAN_EEN_ZAAK, ids=by_name)
def test_a_stranger_does_not_hear_that_it_wants_a_level(route: Route, stad: Stad, methode: str):
    ZaakType.objects.update(zekerheid="hoog")
    velden = INVOER if methode == "post" else {}
    client = client_of(fatima())
    daar, nergens = (getattr(client, methode)(pad, velden) for pad in (stad.path(route), stad.missing(route)))
    assert daar.status_code == nergens.status_code
    assert daar.status_code in {404, 405}
