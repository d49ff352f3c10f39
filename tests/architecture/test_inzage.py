"""Who looks at personal data, also their own, leaves a line: who, when, with which zaak or whom, what (AVG 5 and 32).

Per route what a GET leaves, or why it leaves nothing. A new route without a row here fails.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import resolve

from eloket.audit.models import AuditRegel
from eloket.identity.audience import Route
from eloket.identity.testing import gemachtigde, in_process_provider
from eloket.identity.types import Actor, Audience, Machtiging, Soort
from eloket.inzage import eigen, toezichtwoorden, woorden
from eloket.inzage.toezichtwoorden import ACTIES
from eloket.kernel.klok import nu, op_moment
from eloket.loket.models import Concept
from eloket.loket.versturen import code_of
from eloket.zaken.historie import SOORTEN, TEKSTEN
from eloket.zaken.machtigen import give_machtiging
from tests.architecture.handelingen import recorded
from tests.architecture.inzagetabel import (
    ALLEEN_ZELF,
    BESTANDEN,
    GEEN,
    GEZIEN,
    INZAGE,
    LIJSTEN,
    OPZOEKEN,
    SCHRIJFT,
    Waarover,
)
from tests.architecture.routetabel import (
    ROUTES,
    Stad,
    build_stad,
    by_name,
    client_of,
    fill_melding,
    manager,
    sanne,
    send_melding,
)
from tests.architecture.test_historie import acties
from tests.architecture.test_routes import BUDGET
from tests.machtigen import wens
from tests.uitwijken import BRIEF_AAN

pytestmark = pytest.mark.django_db
ACHTER_EEN_LOGIN = tuple(
    route
    for route in ROUTES
    if route.audience in {Audience.BETROKKENE, Audience.MEDEWERKER, Audience.BEHEERDER}
)
SCHRIJVEND = tuple(route for route in ACHTER_EEN_LOGIN if route.naam in SCHRIJFT)
MET_GEGEVENS = tuple(route for route in ROUTES if route.audience is not Audience.DEMO)
LEEST_MET_POST = tuple(route for route in MET_GEGEVENS if route.naam in OPZOEKEN)
LEEST = tuple(route for route in ACHTER_EEN_LOGIN if route.naam in INZAGE)
GENOTEERD = tuple(route for route in ACHTER_EEN_LOGIN if route.naam in GEZIEN)


@pytest.fixture(scope="module")
def stad(django_db_setup, django_db_blocker) -> Iterator[Stad]:
    """Built once for all tests of this module: each of them takes back what it writes."""
    with django_db_blocker.unblock(), transaction.atomic(), in_process_provider():
        yield build_stad()
        transaction.set_rollback(True)


def test_every_route_leaves_a_line_or_says_why_not():
    """Also what is for everybody: only what exists in the demo is left out."""
    namen = {route.naam for route in MET_GEGEVENS}
    assert namen == INZAGE.keys() | GEZIEN.keys() | GEEN.keys() | SCHRIJFT.keys()
    assert len(namen) == len(INZAGE) + len(GEZIEN) + len(GEEN) + len(SCHRIJFT), "one row per route"
    assert all(GEEN.values())
    assert {naam for naam, reden in GEEN.items() if "is een POST" in reden} - {
        "bevestigen",
        "afmelden",
    } == set(OPZOEKEN)


def test_a_page_of_one_zaak_in_the_werkplek_always_leaves_a_line():
    """No reason is good enough for a page that shows a civil servant a zaak or what belongs to it."""
    mag = {"werkplek-aanwezig"}
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
    if waarover is Waarover.GEVER:
        wie = ("gemachtigde", sanne().key)
    for regel in regels:
        assert (regel.actor_soort, regel.actor_key) == wie
        assert begin <= regel.moment <= begin + timedelta(minutes=5)
        assert regel.object_ref == _object_of(route, waarover, stad)
        if waarover is Waarover.DOCUMENT:
            assert regel.kenmerken["document"] == stad.waarden["document_id"]


@pytest.mark.parametrize("route", LEEST_MET_POST, ids=by_name)
def test_reading_by_a_post_leaves_a_line(route: Route, stad: Stad):
    invoer, wie, waarover = _lookup(route, stad)
    client, laatste = stad.client_for(route), _last_id()
    assert client.get(stad.path(route)).status_code == 200
    assert not AuditRegel.objects.filter(pk__gt=laatste).exists()
    assert client.post(stad.path(route), invoer).status_code in {200, 303}
    (regel,) = AuditRegel.objects.filter(pk__gt=laatste)
    assert regel.actie == OPZOEKEN[route.naam][0]
    assert (regel.actor_soort, regel.actor_key) == wie
    assert regel.object_ref == waarover


def _lookup(route: Route, stad: Stad) -> tuple[dict[str, str], tuple[str, str], str]:
    """What is typed there, who types it, and what the line of it is about."""
    jeroen, mila = stad.huis.jeroen, ("medewerker", stad.huis.mila.key)
    van_jeroen = f"partij-{jeroen.profiel_key}"
    if route.naam == "loket-volgen":
        melding = Concept.objects.get(pk=stad.zonder.verstuurd)
        return {"code": code_of(str(melding.pk))}, ("anoniem", ""), melding.zaak_ref
    if route.naam == "mijn-machtiging-code":
        gegeven = give_machtiging(sanne(), wens(), sleutel="")
        return {"code": gegeven.code}, ("inwoner", jeroen.key), f"partij-{sanne().profiel_key}"
    if route.naam == "werkplek-noodtoegang":
        zaak = stad.huis.start(zaaktype="MOR")  # of another afdeling
        nummer = zaak.identificatie
        reden = "De aanvrager staat hier aan de balie."
        return {"zaaknummer": nummer, "aanleiding": "collega", "reden": reden}, mila, str(zaak.ref)
    return {"kanaal": "balie", "wie": "inwoner", "bsn": "999990019"}, mila, van_jeroen


@pytest.mark.parametrize("route", GENOTEERD, ids=by_name)
def test_who_acts_for_another_leaves_a_line_on_every_page_of_theirs(
    route: Route, stad: Stad, django_assert_max_num_queries
):
    """By DigiD Machtigen and as bewindvoerder, every time; a page that one of them does not get leaves nothing. It is
    not asked whether they looked before: one query less than a file, two less than a page of one's own."""
    gezien = 0
    for actor in (_gemachtigde(), replace(_gemachtigde(), machtiging=Machtiging.BEWIND)):
        pad, client, laatste = _path_for(actor, route, stad), client_of(actor), _last_id()
        with django_assert_max_num_queries(BUDGET[route.naam] or 0):
            antwoord = client.get(pad)
            b"".join(antwoord)
        regels = [*AuditRegel.objects.filter(pk__gt=laatste)]
        if antwoord.status_code != 200:
            assert (antwoord.status_code in {302, 404, 409}, regels) == (True, [])
            continue
        gezien += 1
        actie, waarover = GEZIEN[route.naam]
        assert [een.actie for een in regels] == [actie]
        assert (regels[0].actor_soort, regels[0].actor_key) == (actor.hoedanigheid, actor.key)
        assert regels[0].object_ref == _object_of(route, waarover, stad, regels[0])
        assert regels[0].kenmerken["namens"] == stad.huis.jeroen.profiel_key
    assert gezien or route.naam in ALLEEN_ZELF


@pytest.mark.parametrize("route", GENOTEERD, ids=by_name)
def test_who_looks_at_their_own_leaves_a_line_once_a_day_and_of_a_file_every_time(route: Route, stad: Stad):
    laatste, pad = _last_id(), stad.path(route)
    client = client_of(stad.huis.jeroen) if "machtiging_id" in route.patroon else stad.client_for(route)
    with op_moment(nu()):  # or the day would end between two of them
        for _ in range(3):
            antwoord = client.get(pad)
            assert antwoord.status_code == 200
            b"".join(antwoord)
    regels = [*AuditRegel.objects.filter(pk__gt=laatste)]
    actie, waarover = GEZIEN[route.naam]
    assert [een.actie for een in regels] == [actie] * (3 if route.naam in BESTANDEN else 1)
    for regel in regels:
        assert (regel.actor_soort, regel.actor_key) == _actor_key(route, stad)
        assert regel.object_ref == _object_of(route, waarover, stad, regel)
        assert "namens" not in regel.kenmerken


@pytest.mark.parametrize("naam", ["mijn-vraag", "mijn-zaak-agenda", "mijn-taak-agenda"])
def test_whom_a_resident_authorised_leaves_a_line_on_the_pages_of_the_zaak(naam: str, stad: Stad):
    route, laatste = next(een for een in GENOTEERD if een.naam == naam), _last_id()
    antwoord = client_of(sanne()).get(stad.path(route))
    assert antwoord.status_code == 200
    (regel,) = AuditRegel.objects.filter(pk__gt=laatste)
    assert (regel.actor_soort, regel.actor_key) == ("gemachtigde", sanne().key)
    assert (regel.actie, regel.object_ref) == (GEZIEN[naam][0], stad.waarden["ref"])


def _gemachtigde() -> Actor:
    """Fatima, for Jeroen."""
    return gemachtigde("999990019", "999990020", "Jeroen van Drouwen", "Fatima el Idrissi")


def _path_for(actor: Actor, route: Route, stad: Stad) -> str:
    """The address of what this actor began themself: nobody else sees what somebody did not send."""
    if "concept_id" not in route.patroon:
        return stad.path(route)
    is_verstuurd = route.naam in {"loket-verstuurd", "loket-pdf"}
    return stad.path(route, concept_id=(send_melding if is_verstuurd else fill_melding)(actor).id)


@pytest.mark.parametrize("route", SCHRIJVEND, ids=by_name)
def test_a_route_of_which_only_the_change_is_noted_shows_nothing(route: Route, stad: Stad):
    """It takes no GET, or goes on to a page of which each look is noted."""
    antwoord = stad.client_for(route).get(stad.path(route))
    if antwoord.status_code == 302:
        assert resolve(antwoord["Location"]).url_name in INZAGE
    else:
        assert antwoord.status_code == 405


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


def _object_of(route: Route, waarover: Waarover, stad: Stad, regel: AuditRegel | None = None) -> str:
    if waarover is Waarover.WERD:
        assert regel is not None
        return Concept.objects.get(pk=regel.kenmerken["concept"]).zaak_ref
    partij = stad.huis.jeroen.partij
    assert partij is not None
    return {
        Waarover.ZAAK: stad.waarden["ref"],
        Waarover.DOCUMENT: stad.waarden["ref"],
        Waarover.PARTIJ: f"partij-{partij.profiel_key}",
        Waarover.LOGBOEK: "audit",
        Waarover.LIJST: LIJSTEN.get(route.naam, "a list without a name"),
        Waarover.GEVER: f"partij-{partij.profiel_key}",
        Waarover.VERNIETIGING: f"vernietigingslijst-{stad.waarden['lijst_id']}",
        Waarover.BRIEF: f"partij-{BRIEF_AAN}",
    }[waarover]


def test_every_kind_of_actor_has_words_for_the_officer_and_for_the_person():
    assert SOORTEN.keys() == eigen._WIE.keys()
    assert {een.value for een in Soort} - {Soort.MEDEWERKER} <= SOORTEN.keys()


def test_every_act_that_a_route_writes_has_words():
    bekend = TEKSTEN.keys() | woorden.PARTIJ.keys() | ACTIES.keys()
    gelezen = {actie for actie, _ in (*INZAGE.values(), *GEZIEN.values(), *OPZOEKEN.values())}
    assert gelezen | set(SCHRIJFT.values()) <= bekend


def test_the_person_reads_every_act_about_their_zaak_in_words_of_their_own():
    assert woorden.ZAAK.keys() == TEKSTEN.keys()
    assert {een for een in acties() if een not in woorden.ZAAK and een != "taak."} == set()


def test_the_privacy_officer_reads_every_act_that_the_code_records_in_words():
    opgenomen = recorded()
    assert len(opgenomen) > 80
    assert opgenomen - ACTIES.keys() == set()
    # Those of a judgement are made of its name.
    assert ACTIES.keys() - opgenomen == {"taak.goedgekeurd", "taak.afgekeurd"}
    assert len(set(ACTIES.values())) == len(ACTIES), "twee handelingen die hetzelfde heten"


def test_the_words_of_the_privacy_officer_are_about_somebody_else():
    assert toezichtwoorden.PARTIJ.keys() == woorden.PARTIJ.keys()
    assert [een for een in ACTIES.values() if re.search(r"\bu(w)?\b", een, re.IGNORECASE)] == []
