"""Generated from the URL table: nobody enters without a login, with the wrong one, or for somebody else's things."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client, override_settings

from eloket.audit.models import AuditRegel
from eloket.berichten.models import Bericht, BerichtConcept
from eloket.config.omgeving import Omgeving, Settings
from eloket.documenten.models import Document
from eloket.identity.audience import Route
from eloket.identity.headers import CSP, CSP_MET_KADER, MELDEN, make_csp
from eloket.identity.testing import in_process_provider
from eloket.identity.types import Audience
from eloket.loket.models import Concept
from eloket.zaken.historie import BEKEKEN
from eloket.zaken.models import GebeurtenisRegel, NotitieRegel, Taak
from eloket.zaken.service import set_toegang
from eloket.zaken.types import Zaak, ZaakRef
from tests.architecture.routetabel import (
    ROUTES,
    VAN_IEMAND,
    Stad,
    build_stad,
    build_zonder,
    by_name,
    client_of,
    fatima,
    outsiders,
    parameters,
    readers,
)

pytestmark = pytest.mark.django_db

PERSOONLIJK = [r for r in ROUTES if r.audience in {Audience.BETROKKENE, Audience.MEDEWERKER}]
VAN_EEN_PERSOON = [r for r in PERSOONLIJK if parameters(r) & VAN_IEMAND]
ZONDER_INLOGGEN = [r for r in ROUTES if r not in PERSOONLIJK and parameters(r) & {"concept_id"}]
DEMO = [r for r in ROUTES if r.audience is Audience.DEMO]
# What these answer without the secret that they ask for: the client secret that our own server shows the simulated
# provider, the link in a mail (tests/security/test_afmelden.py), and the signature of who tells us of returned mail,
# which is no page at all while no secret is set (tests/security/test_retourmelding.py). Reports of browsers can only
# count (tests/security/test_csp_melding.py).
ZONDER_CSRF = {
    "simulatie-token": 401,
    "simulatie-logout": 422,
    "uitloggen-melding": 400,
    "afmelden": 404,
    "retour": 404,
    "csp-melding": 415,
    "saml-terug": 404,
    "saml-uitloggen": 404,
    "saml-uitgelogd": 404,
}
# Enough to be accepted by every form, when one would get that far.
INVOER = {
    "bericht": "Hallo",
    "sleutel": "a" * 32,
    "versie": "1",
    "status": "2",
    "titel": "Kopie",
    "deadline": "2099-01-01",
    "soort": "lamp",
    "plaats": "Lindelaan",
    "omschrijving": "Kapot.",
    "revisie": "2",
    "venster": "v",
    "reden": "Niet te lezen.",
    "notitie": "Hallo",
    "collega": "niemand",
    "afgeschermd": "ja",
    "documenttype": "Foto",
    "vertrouwelijkheid": "intern",
    "naam": "Kopie",
}
WERKPLEK = [r for r in ROUTES if r.audience in {Audience.MEDEWERKER, Audience.BEHEERDER}]
# What every civil servant may do, because it is about themselves.
TERUG = {
    "/werkplek/",
    "/werkplek/zaken/nieuw/",
    "/werkplek/zonder-lezer/",
    "/werkplek/brieven/",
}  # with the reason why nothing changed
EIGEN = {
    "werkplek-zoeken",
    "werkplek-filter-bewaren",
    "werkplek-filter-verwijderen",
    "werkplek-afwezigheid",
    "werkplek-account-elders",
}


@pytest.fixture(scope="module")
def stad(django_db_setup, django_db_blocker) -> Iterator[Stad]:
    """Built once for all tests of this module: each of them takes back what it writes."""
    with django_db_blocker.unblock(), transaction.atomic(), in_process_provider():
        yield build_stad()
        transaction.set_rollback(True)


def exact(antwoord: HttpResponseBase) -> str:
    """The page, without the CSRF token only."""
    return re.sub(
        r'name="(csrfmiddlewaretoken|partij-merk)" value="[^"]*"',
        "",
        b"".join(antwoord).decode(errors="replace"),
    )


def written() -> tuple[int, ...]:
    """How much there is of what a stranger could have added or changed."""
    return (
        AuditRegel.objects.count(),
        Bericht.objects.count(),
        Document.objects.count(),
        Taak.objects.count(),
        Taak.objects.filter(vervuld_op=None).count(),
        Concept.objects.count(),
        Concept.objects.filter(verstuurd_op=None).count(),
        sum(Concept.objects.values_list("revisie", flat=True)),
    )


def changed() -> tuple[int, ...]:
    """The same, and what only civil servants write; without who looked, which is noted of everybody who may."""
    return (
        AuditRegel.objects.exclude(actie__in=BEKEKEN).count(),
        *written()[1:],
        Bericht.objects.filter(gelezen_op=None).count(),
        BerichtConcept.objects.count(),
        GebeurtenisRegel.objects.count(),
        NotitieRegel.objects.count(),
    )


def zaak_of(stad: Stad) -> Zaak:
    return stad.huis.now(ZaakRef.parse(stad.waarden["ref"]))


def limit_to_mila(stad: Stad) -> None:
    zaak = zaak_of(stad)
    set_toegang(stad.huis.mila, zaak.ref, medewerkers=frozenset(), versie=zaak.versie)


@pytest.mark.parametrize("route", PERSOONLIJK, ids=by_name)
def test_without_a_login_one_is_sent_to_the_right_login_page(route: Route, stad: Stad):
    login = "/werkplek/inloggen/" if route.audience is Audience.MEDEWERKER else "/inloggen/"
    pad, voor = stad.path(route), written()
    for antwoord in (Client().get(pad), Client().head(pad), Client().post(pad, INVOER)):
        assert antwoord.status_code in {302, 303}
        assert antwoord["Location"].partition("?")[0] == login
        assert antwoord["Cache-Control"] == "no-store"
    assert written() == voor


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("route", PERSOONLIJK, ids=by_name)
def test_with_the_wrong_kind_of_login_it_does_not_exist(route: Route, stad: Stad, methode: str):
    """A resident on the werkplek, a civil servant in Mijn omgeving: also not for what is theirs otherwise."""
    actor = stad.huis.jeroen if route.audience is Audience.MEDEWERKER else stad.huis.mila
    client, voor = client_of(actor), written()
    antwoord = getattr(client, methode)(stad.path(route), INVOER if methode == "post" else {})
    nergens = getattr(client, methode)("/bestaat/niet/")
    assert antwoord.status_code == nergens.status_code == 404
    assert exact(antwoord) == exact(nergens)
    assert written() == voor


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("route", VAN_EEN_PERSOON, ids=by_name)
def test_what_is_of_another_looks_like_what_does_not_exist(route: Route, stad: Stad, methode: str):
    for ander in stad.strangers(route):
        client, voor = client_of(ander), written()
        velden = INVOER if methode == "post" else {}
        van_ander = getattr(client, methode)(stad.path(route), velden)
        van_niemand = getattr(client, methode)(stad.missing(route), velden)
        assert van_ander.status_code == van_niemand.status_code
        assert van_ander.status_code in {404, 405}
        assert exact(van_ander) == exact(van_niemand)
        assert van_ander.headers.items() >= {("Cache-Control", "no-store")}
        assert van_ander.headers == van_niemand.headers
        assert written() == voor


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("route", ZONDER_INLOGGEN, ids=by_name)
def test_what_was_filled_in_without_a_login_is_for_that_browser_only(route: Route, stad: Stad, methode: str):
    """Not for another browser, for who logs in, nor for who began a form of their own."""
    assert len(ZONDER_INLOGGEN) == 6
    anderen = (Client(), client_of(stad.huis.jeroen), client_of(fatima()), client_of(stad.huis.mila))
    for client in (*anderen, build_zonder().browser()):
        velden, voor = INVOER if methode == "post" else {}, written()
        van_ander = getattr(client, methode)(stad.path(route), velden)
        van_niemand = getattr(client, methode)(stad.missing(route), velden)
        assert van_ander.status_code == van_niemand.status_code
        assert van_ander.status_code in {404, 405}
        assert exact(van_ander) == exact(van_niemand)
        assert van_ander.status_code == 405 or van_ander["Cache-Control"] == "no-store"
        assert written() == voor


@pytest.mark.parametrize("route", ZONDER_INLOGGEN, ids=by_name)
def test_what_was_filled_in_without_a_login_is_kept_in_no_cache(route: Route, stad: Stad):
    """A shared computer: Back after the browser was closed shows nothing."""
    antwoord = stad.client_for(route).get(stad.path(route))
    assert "no-store" in antwoord["Cache-Control"]


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("waarom", ["afdeling", "zaaktype", "need-to-know"])
@pytest.mark.parametrize("route", [r for r in WERKPLEK if parameters(r) & VAN_IEMAND], ids=by_name)
def test_a_colleague_for_whom_the_zaak_is_not_finds_nothing(
    route: Route, stad: Stad, waarom: str, methode: str
):
    """Of another afdeling, limited to another zaaktype, or not among those who need to know."""
    if waarom == "need-to-know":
        limit_to_mila(stad)
    client, voor = client_of(outsiders(stad.huis)[waarom]), written()
    velden = INVOER if methode == "post" else {}
    deze = getattr(client, methode)(stad.path(route), velden)
    geen = getattr(client, methode)(stad.missing(route), velden)
    assert deze.status_code == geen.status_code
    assert deze.status_code in {404, 405}
    assert exact(deze) == exact(geen)
    assert written() == voor


@pytest.mark.parametrize("waarom", ["afdeling", "zaaktype", "need-to-know"])
@pytest.mark.parametrize("route", [r for r in WERKPLEK if not parameters(r) & VAN_IEMAND], ids=by_name)
def test_no_page_of_a_colleague_names_a_zaak_that_is_not_for_them(route: Route, stad: Stad, waarom: str):
    limit_to_mila(stad)
    zaak, client = zaak_of(stad), client_of(outsiders(stad.huis)[waarom])
    voor = written()
    for antwoord in (
        client.get(stad.path(route)),
        client.post(stad.path(route), {**INVOER, "zaak": f"{zaak.ref}:", "aan": "niemand"}, follow=True),
    ):
        assert zaak.identificatie not in exact(antwoord)
        assert "Drouwen" not in exact(antwoord)
    assert written()[1:] == voor[1:]
    assert zaak_of(stad) == zaak


@pytest.mark.parametrize("recht", ["niets", "verdelen"])
@pytest.mark.parametrize("route", [r for r in WERKPLEK if r.naam not in EIGEN], ids=by_name)
def test_who_may_only_read_changes_nothing(route: Route, stad: Stad, recht: str):
    zaak, client = zaak_of(stad), client_of(readers(stad.huis)[recht])
    ander = {"zaak": f"{zaak.ref}:", "aan": str(stad.huis.omar.medewerker_id)}
    voor = changed()
    for knop in ("", "concept", "verplaats"):
        velden = {**INVOER, **ander, "versie": zaak.versie, "knop": knop, "naar": zaak.identificatie}
        antwoord = client.post(stad.path(route), velden)
        assert antwoord.status_code in {303, 404, 405, 409}
        if antwoord.status_code == 303:
            assert antwoord["Location"].partition("?")[0] in TERUG
    assert changed() == voor
    assert zaak_of(stad) == zaak


@pytest.mark.parametrize("route", [*VAN_EEN_PERSOON, *ZONDER_INLOGGEN], ids=by_name)
def test_who_may_see_it_does(route: Route, stad: Stad):
    """The other side of the tests above: the addresses that they try are the right ones."""
    client = stad.client_for(route)
    antwoord = client.get(stad.path(route))
    if antwoord.status_code == 405:
        antwoord = client.post(stad.path(route), INVOER)
    assert antwoord.status_code in {200, 302, 303, 409, 422}


def production() -> Settings:
    return Settings(
        omgeving=Omgeving.PRODUCTIE,
        base_url="https://eloket.voorbeeld.example",
        secrets=("a" * 40,),
        hash_secret="b" * 40,
        smtp_url="smtp://mail.voorbeeld.example",
        clamd_url="tcp://clamd:3310",
    )


@pytest.mark.parametrize("route", DEMO, ids=by_name)
def test_in_production_the_demo_does_not_exist(route: Route, stad: Stad):
    pad = stad.path(route)
    with override_settings(ELOKET=production()):
        for methode in ("get", "post", "head", "put"):
            antwoord, nergens = getattr(Client(), methode)(pad), getattr(Client(), methode)("/bestaat/niet/")
            assert antwoord.status_code == 404
            assert exact(antwoord) == exact(nergens)


@pytest.mark.parametrize("route", ROUTES, ids=by_name)
def test_head_is_get_without_a_body(route: Route, stad: Stad):
    client, pad = stad.client_for(route), stad.path(route)
    hoofd, heel = client.head(pad), client.get(pad)
    assert hoofd.status_code in {heel.status_code, 405}
    assert hoofd.status_code < 500
    assert b"".join(hoofd) == b""


@pytest.mark.parametrize("route", ROUTES, ids=by_name)
def test_another_method_is_refused(route: Route, stad: Stad):
    client, pad, voor = stad.client_for(route), stad.path(route), written()
    for methode in ("options", "put", "patch", "delete", "trace"):
        antwoord = getattr(client, methode)(pad)
        assert antwoord.status_code == 405, f"{methode}: alleen GET, HEAD en POST bestaan"
    assert written() == voor


@pytest.mark.parametrize("route", [r for r in ROUTES if r.naam not in ZONDER_CSRF], ids=by_name)
def test_a_post_from_another_site_is_refused(route: Route, stad: Stad):
    client = Client(enforce_csrf_checks=True)
    client.cookies = stad.client_for(route).cookies
    voor = written()
    antwoord = client.post(stad.path(route), INVOER)
    assert antwoord.status_code == 403
    assert "Uw formulier is niet verstuurd" in exact(antwoord)
    assert written() == voor


def test_an_endpoint_without_csrf_wants_its_secret(stad: Stad):
    for route in ROUTES:
        if route.naam in ZONDER_CSRF:
            antwoord = Client(enforce_csrf_checks=True).post(stad.path(route), {"code": "x"})
            assert antwoord.status_code == ZONDER_CSRF[route.naam]


VERPLICHT: dict[str, Any] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("route", ROUTES, ids=by_name)
def test_every_answer_carries_the_security_headers(route: Route, stad: Stad):
    pad = stad.path(route)
    for client in (stad.client_for(route), Client(), client_of(fatima())):
        for antwoord in (client.get(pad), client.post(pad, {"geen": "zin"})):
            assert VERPLICHT.items() <= dict(antwoord.headers.items()).items()
            csp = antwoord["Content-Security-Policy"]
            assert "unsafe-" not in csp
            assert "default-src 'none'" in csp
            assert "frame-ancestors 'none'" in csp
            is_pagina = antwoord.headers.get("Content-Type", "text/html").startswith("text/html")
            assert csp.endswith(MELDEN) is is_pagina, "de viewer van een browser hoeft niets te melden"
            assert csp.removesuffix(MELDEN) in {CSP, CSP_MET_KADER} or "script-src" not in csp, (
                "een bestand mag nog minder dan een pagina"
            )
            for uit in ("camera=()", "geolocation=()", "microphone=()"):
                assert uit in antwoord["Permissions-Policy"]
            if route in PERSOONLIJK:
                assert "no-store" in antwoord["Cache-Control"]


def test_with_a_map_pictures_may_come_from_its_host_and_nothing_else_changes():
    met = make_csp("https://tegels.example/laag/{z}/{x}/{y}.png?sleutel=geheim")
    assert met == CSP.replace("img-src 'self'", "img-src 'self' https://tegels.example")
    assert make_csp("") == CSP


def test_a_page_that_does_not_exist_carries_them_too():
    antwoord = Client().get("/bestaat/niet/")
    assert antwoord.status_code == 404
    assert VERPLICHT.items() <= dict(antwoord.headers.items()).items()
    assert antwoord["Content-Security-Policy"] == CSP + MELDEN
