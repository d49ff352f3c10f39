"""Every route with things of one branch of a business, for who may act for another branch of that same business.

The same employee, with the same pseudonym, can be given both: so the person is never enough, and neither is the KvK
number. Generated from the URL table, beside test_routes.py (strangers) and test_machtigingen.py (authorisations).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponseBase
from django.test import RequestFactory
from django.urls import reverse

from eloket.audit.models import AuditRegel
from eloket.berichten.models import Bericht
from eloket.documenten.models import Document
from eloket.documenten.voorbeelden import pdf
from eloket.identity.audience import Route
from eloket.identity.service import log_in, log_out
from eloket.identity.sessie import SessionStore
from eloket.identity.testing import onderneming
from eloket.identity.types import Actor, Audience
from eloket.loket.models import Concept
from eloket.loket.versies import load_meegeleverd
from eloket.zaken.models import Taak
from eloket.zaken.types import ZaakRef
from tests.architecture.routetabel import (
    ANDERE_TAAK,
    MELDING,
    ROUTES,
    VAN_IEMAND,
    VAN_WAT_VERSTUURD_IS,
    build_zaak,
    by_name,
    client_of,
    fill_melding,
    parameters,
    send_melding,
)
from tests.web.werkplek import build_stadhuis

pytestmark = pytest.mark.django_db
NOORD, ZUID = "000038509504", "000037178598"
EIGENAAR = onderneming(vestigingsnummer=NOORD)
VAN_EEN_VESTIGING = [
    r
    for r in ROUTES
    if r.audience is Audience.BETROKKENE and parameters(r) & (VAN_IEMAND - {"machtiging_id"})
]
LIJSTEN = [r for r in ROUTES if r.audience is Audience.BETROKKENE and not parameters(r)]
INVOER = {"bericht": "Hallo", "sleutel": "d" * 32, "antwoord": "Drie", "revisie": "2", "venster": "v"}
NIETS = "7cedf530-5ba4-40fd-a9e6-9a547a170d3b"
MERK = "Alleen van noord"


@dataclass(frozen=True, slots=True)
class Bedrijf:
    """What branch Noord has: what its routes name."""

    waarden: dict[str, str]
    vraag: str
    concept: str
    verstuurd: str
    zaaknummer: str

    def path(self, route: Route) -> str:
        eigen = {
            "concept_id": self.verstuurd if route.naam.endswith(VAN_WAT_VERSTUURD_IS) else self.concept,
            **({"taak_id": self.vraag} if route.naam in ANDERE_TAAK else {}),
        }
        return _reverse(route, {**self.waarden, **eigen})

    def missing(self, route: Route) -> str:
        return _reverse(
            route, {**self.waarden, **dict.fromkeys(VAN_IEMAND, NIETS), "ref": f"register-{NIETS}"}
        )


def _reverse(route: Route, waarden: dict[str, str]) -> str:
    return reverse(route.naam, kwargs={naam: waarden[naam] for naam in parameters(route)})


def anderen() -> dict[str, Actor]:
    """Who may act for this business, and not for branch Noord."""
    return {
        "dezelfde-persoon": onderneming(vestigingsnummer=ZUID),
        "collega": onderneming(vestigingsnummer=ZUID, persoon="pseudoniem-2"),
        "zelfde-nummer-ander-bedrijf": onderneming("12345678", NOORD),
    }


@pytest.fixture(scope="module")
def bedrijf(django_db_setup, django_db_blocker) -> Iterator[Bedrijf]:
    """Built once for all tests of this module: each of them takes back what it writes."""
    with django_db_blocker.unblock(), transaction.atomic():
        huis = replace(build_stadhuis(), jeroen=EIGENAAR)
        load_meegeleverd()
        waarden, vraag = build_zaak(huis, MERK)
        waarden |= {"formulier": MELDING, "stap_id": "melding"}
        zaaknummer = huis.now(ZaakRef.parse(waarden["ref"])).identificatie
        yield Bedrijf(waarden, vraag, fill_melding(EIGENAAR).id, send_melding(EIGENAAR).id, zaaknummer)
        transaction.set_rollback(True)


def exact(antwoord: HttpResponseBase) -> str:
    tekst = b"".join(antwoord).decode(errors="replace")
    return re.sub(r'name="(csrfmiddlewaretoken|partij-merk)" value="[^"]*"', "", tekst)


def written() -> tuple[int, ...]:
    return (
        AuditRegel.objects.count(),
        Bericht.objects.count(),
        Bericht.objects.filter(gelezen_op=None).count(),
        Document.objects.count(),
        Taak.objects.filter(vervuld_op=None).count(),
        Concept.objects.count(),
        sum(Concept.objects.values_list("revisie", flat=True)),
    )


@pytest.mark.parametrize("wie", anderen())
@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("route", VAN_EEN_VESTIGING, ids=by_name)
def test_another_branch_finds_what_is_not_there(route: Route, bedrijf: Bedrijf, methode: str, wie: str):
    client, velden, voor = client_of(anderen()[wie]), INVOER if methode == "post" else {}, written()
    daar = getattr(client, methode)(bedrijf.path(route), velden)
    nergens = getattr(client, methode)(bedrijf.missing(route), velden)
    assert daar.status_code == nergens.status_code
    assert daar.status_code in {404, 405}
    assert exact(daar) == exact(nergens)
    assert written() == voor


@pytest.mark.parametrize("wie", anderen())
@pytest.mark.parametrize("route", LIJSTEN, ids=by_name)
def test_no_list_of_another_branch_names_it(route: Route, bedrijf: Bedrijf, wie: str):
    html = exact(client_of(anderen()[wie]).get(_reverse(route, {}), follow=True))
    assert bedrijf.zaaknummer not in html
    assert MERK not in html
    assert bedrijf.concept not in html


@pytest.mark.parametrize("route", VAN_EEN_VESTIGING, ids=by_name)
def test_the_branch_itself_does_see_it(route: Route, bedrijf: Bedrijf):
    """The other side of the tests above: the addresses that they try are the right ones."""
    client, pad = client_of(EIGENAAR), bedrijf.path(route)
    antwoord = client.get(pad)
    if antwoord.status_code == 405:
        antwoord = client.post(pad, INVOER)
    assert antwoord.status_code in {200, 302, 303, 409, 422}


@pytest.mark.parametrize("route", [r for r in VAN_EEN_VESTIGING if "ref" in parameters(r)], ids=by_name)
def test_who_may_act_for_the_whole_business_sees_the_zaken_of_its_branches(route: Route, bedrijf: Bedrijf):
    antwoord = client_of(onderneming(persoon="pseudoniem-3")).get(bedrijf.path(route))
    assert antwoord.status_code in {200, 302, 405}


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("route", [*VAN_EEN_VESTIGING, *LIJSTEN], ids=by_name)
def test_every_line_in_the_trail_names_the_employee_and_for_which_branch(
    route: Route, bedrijf: Bedrijf, methode: str
):
    """An employee may act for several businesses, and a business has several employees: neither says it alone."""
    laatste = AuditRegel.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    velden = {**INVOER, "bestanden": SimpleUploadedFile("nieuw.pdf", pdf("Nog niet bij deze zaak"))}
    pad = _reverse(route, {}) if route in LIJSTEN else bedrijf.path(route)
    antwoord = getattr(client_of(EIGENAAR), methode)(pad, velden if methode == "post" else {})
    b"".join(antwoord)
    assert EIGENAAR.partij is not None
    wie = EIGENAAR.partij.profiel_key
    for regel in AuditRegel.objects.filter(pk__gt=laatste):
        assert (regel.actor_soort, regel.actor_key) == ("onderneming", EIGENAAR.key), regel.actie
        assert wie in {regel.kenmerken.get("namens"), regel.object_ref.removeprefix("partij-")}, regel.actie


def test_so_do_the_lines_about_logging_in_and_out(bedrijf: Bedrijf):
    verzoek = RequestFactory().get("/")
    verzoek.session = SessionStore()
    log_in(verzoek, EIGENAAR)
    log_out(verzoek)
    regels = AuditRegel.objects.order_by("-pk")[:2]
    assert [een.actie for een in regels] == ["sessie.uitgelogd", "sessie.ingelogd"]
    assert EIGENAAR.partij is not None
    for regel in regels:
        assert (regel.actor_key, regel.kenmerken["namens"]) == (EIGENAAR.key, EIGENAAR.partij.profiel_key)
