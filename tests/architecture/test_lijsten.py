"""Every zaak that a page of the werkplek names leaves a line, also on a list: for which zaak somebody read (AVG 5, 32).

What is on the page decides: a new list that forgets it fails here without a row of its own.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from eloket.archief.queries import find_vernietigd
from eloket.archief.stoppen import lift_stop, list_stoppen, set_stop
from eloket.audit.models import AuditRegel
from eloket.identity.afwezigheid import set_afwezigheid
from eloket.identity.audience import Route
from eloket.identity.testing import in_process_provider
from eloket.identity.types import Audience, Recht
from eloket.inzage.woorden import LIJSTEN as IN_WOORDEN
from eloket.kernel.klok import vandaag
from eloket.notifications.retour.verwerken import verwerk
from eloket.profile import service as profile
from eloket.profile.testing import FakePersonenBron
from eloket.workbench.aantekenen import Werklijst
from eloket.zaken import service as zaken
from eloket.zaken.access import find_ref
from eloket.zaken.errors import ZaakNietGevonden
from eloket.zaken.historie import IN_LIJST
from eloket.zaken.noodtoegang import open_zaak
from tests.architecture.handelingen import SRC
from tests.architecture.inzagetabel import INZAGE, LIJSTEN, NOEMT, SOMS, Waarover
from tests.architecture.routetabel import ROUTES, Stad, build_stad, by_name, client_of
from tests.uitwijken import bounce, give_address, mail
from tests.web.werkplek import text_of

pytestmark = pytest.mark.django_db
WERKPLEK = tuple(route for route in ROUTES if route.audience in {Audience.MEDEWERKER, Audience.BEHEERDER})
LEEST = tuple(route for route in WERKPLEK if route.naam not in NOEMT)
REF = re.compile(r"\bregister-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
NUMMER = re.compile(r"\bZ-20\d\d-\d{6}\b")
# A statement of destruction is a pdf: its zaken are those of its list.
NOEMEN_ZAKEN = (
    LIJSTEN.keys() | SOMS.keys() | {"werkplek-vernietigingslijst", "werkplek-vernietigingslijst-bestand"}
)


@pytest.fixture(scope="module")
def stad(django_db_setup, django_db_blocker) -> Iterator[Stad]:
    """With something on every list. Built once: each test takes back what it writes."""
    with django_db_blocker.unblock(), transaction.atomic(), in_process_provider():
        yield fill_lists(build_stad())
        transaction.set_rollback(True)


def fill_lists(stad: Stad) -> Stad:
    huis, hoofd = stad.huis, replace(stad.huis.mila, rechten=frozenset(Recht))
    profile.configure(FakePersonenBron())
    give_address(huis.jeroen)
    verwerk(bounce(mail(huis.jeroen, huis.start("Onbereikbaar").ref)))
    for wat in ("Geldt", "Opgeheven"):
        set_stop(hoofd, zaaknummer=huis.start(wat).identificatie, reden="Er loopt een rechtszaak.")
    lift_stop(hoofd, list_stoppen()[-1].id, reden="De rechtszaak is voorbij.")
    mijn = huis.start("Van Mila")
    zaken.take_zaak(huis.mila, mijn.ref, versie=mijn.versie)
    bo = replace(huis.bo, rechten=frozenset({Recht.NOODTOEGANG}))
    for wie, zaak in ((hoofd, huis.start(zaaktype="MOR")), (bo, mijn)):
        reden = "De aanvrager staat hier aan de balie."
        open_zaak(wie, zaaknummer=zaak.identificatie, aanleiding="collega", reden=reden)
    for wie in (huis.mila, huis.omar):
        zaak = huis.start("Geheim")
        zaken.set_toegang(wie, zaak.ref, medewerkers=frozenset({wie.medewerker_id or 0}), versie=zaak.versie)
        set_afwezigheid(wie, vandaag(), vandaag() + timedelta(days=5), None)
    return stad


@pytest.mark.parametrize("route", LEEST, ids=by_name)
def test_every_zaak_that_a_page_names_leaves_a_line_of_who_looked(route: Route, stad: Stad):
    client, begin = stad.client_for(route), _last_id()
    if route.naam == "werkplek-zonder-lezer":
        client = client_of(replace(stad.huis.mila, rechten=frozenset({Recht.VERDELEN})))
    antwoord = client.get(stad.path(route))
    tekst = text_of(antwoord) if "text/" in antwoord.headers.get("Content-Type", "") else ""
    genoemd = {_ref(nummer) for nummer in NUMMER.findall(tekst)} - {""}
    genoemd |= set(REF.findall(tekst))  # a zaak that is only linked to
    regels = AuditRegel.objects.filter(pk__gt=begin, actor_key=stad.huis.mila.key)
    assert genoemd <= {een.object_ref for een in regels}
    if route.naam in NOEMEN_ZAKEN:
        assert genoemd, "without a zaak this proves nothing"
        assert {een.object_ref for een in regels if een.actie in IN_LIJST} == genoemd
    if route.naam in SOMS:
        assert SOMS[route.naam] in {een.object_ref for een in regels if een.actie == "lijst.bekeken"}


def test_the_statement_of_destruction_leaves_a_line_of_each_zaak_that_it_names(stad: Stad):
    route = next(een for een in LEEST if een.naam == "werkplek-vernietigingsverklaring")
    begin = _last_id()
    b"".join(stad.client_for(route).get(stad.path(route)))
    regel = AuditRegel.objects.get(pk__gt=begin, actie="zaak.op_lijst_gezien")
    assert regel.object_ref == find_vernietigd("Z-2018-000007")
    assert regel.kenmerken == {"lijst": "vernietigingslijst"}


def test_every_list_is_known_and_no_page_that_names_zaken_goes_unlooked():
    van_lijst = {naam for naam, (_, waarover) in INZAGE.items() if waarover is Waarover.LIJST}
    assert van_lijst == LIJSTEN.keys()
    van_lijst |= {naam for naam, (_, waarover) in INZAGE.items() if waarover is Waarover.VERNIETIGING}
    assert van_lijst - NOEMEN_ZAKEN == {"werkplek-vernietigingsverklaring"}
    assert all(NOEMT.values())
    assert NOEMT.keys() <= {naam for naam, (_, waarover) in INZAGE.items() if waarover is Waarover.LOGBOEK}


def test_the_line_of_a_list_is_written_in_one_place_with_those_of_its_zaken():
    schrijft = {
        pad.relative_to(SRC).as_posix()
        for pad in SRC.rglob("*.py")
        for knoop in ast.walk(ast.parse(pad.read_text(encoding="utf-8")))
        if isinstance(knoop, ast.Constant) and knoop.value in {"lijst.bekeken", "zaak.op_lijst_gezien"}
    }
    woorden = {"zaken/historie.py", "inzage/woorden.py", "inzage/toezichtwoorden.py", "ops/demo/inzien.py"}
    assert schrijft - woorden == {"workbench/aantekenen.py"}


def test_the_person_reads_of_every_list_which_one_it_was():
    """A search and the list of messages have words of their own."""
    assert IN_WOORDEN.keys() == set(Werklijst) - {Werklijst.BERICHTEN, Werklijst.VERPLAATSEN}


def _ref(nummer: str) -> str:
    """`""`: an example in the explanation of a field."""
    try:
        return str(find_ref(nummer))
    except ZaakNietGevonden:
        return find_vernietigd(nummer)


def _last_id() -> int:
    rij = AuditRegel.objects.order_by("-pk").first()
    return rij.pk if rij else 0
