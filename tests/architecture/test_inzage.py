"""Who looks at personal data of another leaves a line: who, when, with which zaak or whom, what (AVG 5 and 32).

Per route what a GET leaves, or why it leaves nothing. A new route without a row here fails.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from eloket.audit.models import AuditRegel
from eloket.identity.audience import Route
from eloket.identity.testing import in_process_provider
from eloket.identity.types import Audience, Soort
from eloket.inzage import eigen, woorden
from eloket.inzage.toezicht import ACTIES
from eloket.kernel.klok import nu
from eloket.zaken.historie import SOORTEN, TEKSTEN
from tests.architecture.inzagetabel import GEEN, INZAGE, SCHRIJFT, Waarover
from tests.architecture.routetabel import ROUTES, Stad, build_stad, by_name, manager
from tests.architecture.test_historie import acties

pytestmark = pytest.mark.django_db
ACHTER_EEN_LOGIN = tuple(
    route
    for route in ROUTES
    if route.audience in {Audience.BETROKKENE, Audience.MEDEWERKER, Audience.BEHEERDER}
)
LEEST = tuple(route for route in ACHTER_EEN_LOGIN if route.naam in INZAGE)


@pytest.fixture(scope="module")
def stad(django_db_setup, django_db_blocker) -> Iterator[Stad]:
    """Built once for all tests of this module: each of them takes back what it writes."""
    with django_db_blocker.unblock(), transaction.atomic(), in_process_provider():
        yield build_stad()
        transaction.set_rollback(True)


def test_every_route_behind_a_login_leaves_a_line_or_says_why_not():
    namen = {route.naam for route in ACHTER_EEN_LOGIN}
    assert namen == INZAGE.keys() | GEEN.keys() | SCHRIJFT.keys()
    assert not INZAGE.keys() & GEEN.keys()
    assert all(GEEN.values())


def test_a_page_of_one_zaak_in_the_werkplek_always_leaves_a_line():
    """No reason is good enough for a page that shows a civil servant a zaak or what belongs to it."""
    mag = {"werkplek-aanwezig", "werkplek-bericht-concept"}
    zaakpaginas = {
        route.naam
        for route in ACHTER_EEN_LOGIN
        if route.audience is Audience.MEDEWERKER and "<str:ref>" in route.patroon
    }
    assert len(zaakpaginas) > 20
    assert zaakpaginas & GEEN.keys() <= mag


@pytest.mark.parametrize("route", LEEST, ids=by_name)
def test_looking_leaves_a_line(route: Route, stad: Stad):
    actie, waarover = INZAGE[route.naam]
    laatste, begin = _last_id(), nu()
    antwoord = stad.client_for(route).get(stad.path(route))
    b"".join(antwoord)
    assert antwoord.status_code == 200
    regels = [een for een in AuditRegel.objects.filter(pk__gt=laatste) if een.actie == actie]
    assert regels, "geen auditregel"
    wie = _actor_key(route, stad)
    for regel in regels:
        assert (regel.actor_soort, regel.actor_key) == wie
        assert begin <= regel.moment <= begin + timedelta(minutes=5)
        assert _is_about(regel.object_ref, waarover, stad)
        if waarover is Waarover.DOCUMENT:
            assert regel.kenmerken["document"] == stad.waarden["document_id"]


def _last_id() -> int:
    rij = AuditRegel.objects.order_by("-pk").first()
    return rij.pk if rij else 0


def _actor_key(route: Route, stad: Stad) -> tuple[str, str]:
    actor = {
        Audience.BETROKKENE: stad.huis.jeroen,
        Audience.MEDEWERKER: stad.huis.mila,
        Audience.BEHEERDER: manager(stad.huis),
    }[route.audience or Audience.BETROKKENE]
    return actor.soort.value, actor.key


def _is_about(object_ref: str, waarover: Waarover, stad: Stad) -> bool:
    partij = stad.huis.jeroen.partij
    assert partij is not None
    return {
        Waarover.ZAAK: object_ref == stad.waarden["ref"],
        Waarover.DOCUMENT: object_ref == stad.waarden["ref"],
        Waarover.PARTIJ: object_ref == f"partij-{partij.profiel_key}",
        Waarover.LOGBOEK: object_ref == "audit",
        Waarover.LIJST: object_ref.startswith("lijst-"),
        Waarover.BRIEF: object_ref.startswith("partij-"),
    }[waarover]


def test_every_kind_of_actor_has_words_for_the_officer_and_for_the_person():
    assert SOORTEN.keys() == eigen._WIE.keys()
    assert {een.value for een in Soort} - {Soort.MEDEWERKER} <= SOORTEN.keys()


def test_every_act_that_a_route_writes_has_words():
    bekend = TEKSTEN.keys() | woorden.PARTIJ.keys() | ACTIES.keys()
    assert {actie for actie, _ in INZAGE.values()} | set(SCHRIJFT.values()) <= bekend


def test_the_person_reads_every_act_about_their_zaak_in_words_of_their_own():
    assert woorden.ZAAK.keys() == TEKSTEN.keys()
    assert {een for een in acties() if een not in woorden.ZAAK and een != "taak."} == set()
