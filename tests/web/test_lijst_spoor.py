"""A list of the werkplek with the text of messages, or of who was searched for, leaves a line for each zaak in it."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from eloket.archief.models import Vernietigingslijst
from eloket.archief.queries import find_vernietigd
from eloket.archief.types import LijstStand
from eloket.audit import service as audit
from eloket.audit.models import AuditRegel
from eloket.berichten.service import send_bericht
from eloket.identity.testing import inwoner
from eloket.identity.types import Recht
from eloket.kernel.klok import nu, op_moment
from eloket.portal import paden
from eloket.workbench.aantekenen import record_berichten
from eloket.zaken import noodtoegang
from eloket.zaken.historie import list_historie, list_kijkers
from eloket.zaken.models import NoodtoegangRegel
from eloket.zaken.service import set_toegang
from eloket.zaken.types import Zaak, ZaakRef
from tests.vernietigd import make_executed_list
from tests.web.portaal import client_van, tekst_van, zaak_van
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, zaak_pad, zoek_werk

pytestmark = pytest.mark.django_db
BERICHT, ZOEKEN = "bericht.in_lijst_gezien", "zaak.in_lijst_gezien"
GEWOON = "zaak.op_lijst_gezien"
DAG = datetime(2026, 11, 3, 9, tzinfo=UTC)
LIJST = "/werkplek/berichten/"


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


def ask(huis: Stadhuis, zaak: Zaak, tekst: str = "Ik ben ernstig ziek.") -> None:
    """Jeroen sends a message."""
    send_bericht(huis.jeroen, zaak.ref, tekst=tekst, sleutel=uuid.uuid4().hex)


def lines(actie: str) -> list[tuple[str, str]]:
    """(who, zaak) of each line with this act, the first one in front."""
    return [*AuditRegel.objects.filter(actie=actie).order_by("pk").values_list("actor_key", "object_ref")]


def test_each_zaak_of_which_a_message_was_shown_has_a_line(huis):
    zaken = [huis.start(f"Zaak {n}") for n in range(3)]
    stil = huis.start("Zonder berichten")
    for zaak in (*zaken, zaken[0]):
        ask(huis, zaak)
    assert "Ik ben ernstig ziek." in tekst_van(client_of(huis.mila).get(LIJST))
    assert sorted(lines(BERICHT)) == sorted((huis.mila.key, str(een.ref)) for een in zaken)
    assert str(stil.ref) not in {ref for _, ref in lines(BERICHT)}


def test_loading_the_list_again_is_no_new_line_on_the_same_day(huis):
    zaak = huis.start()
    with op_moment(DAG - timedelta(hours=1)):
        ask(huis, zaak)
    for moment in (DAG, DAG + timedelta(minutes=5), DAG + timedelta(hours=8), DAG + timedelta(days=1)):
        with op_moment(moment):
            client_of(huis.mila).get(LIJST)
    with op_moment(DAG):
        client_of(huis.omar).get(LIJST)
    assert lines(BERICHT) == [
        (huis.mila.key, str(zaak.ref)),
        (huis.mila.key, str(zaak.ref)),
        (huis.omar.key, str(zaak.ref)),
    ]
    assert AuditRegel.objects.filter(object_ref="lijst-berichten").count() == 5, "each time stands there"


def test_a_message_that_came_since_is_a_new_line(huis):
    zaak, ander = huis.start(), huis.start()
    for uur in (0, 1, 2):
        with op_moment(DAG + timedelta(hours=uur)):
            ask(huis, zaak)
            if uur == 0:
                ask(huis, ander)
        for minuut in (10, 20):
            with op_moment(DAG + timedelta(hours=uur, minutes=minuut)):
                client_of(huis.mila).get(LIJST)
    refs = [ref for _, ref in lines(BERICHT)]
    assert (refs.count(str(zaak.ref)), refs.count(str(ander.ref))) == (3, 1)


def test_what_is_not_for_somebody_leaves_no_line(huis):
    ask(huis, huis.start())
    client_of(huis.bo).get(LIJST)
    zoek_werk(client_of(huis.bo), "Drouwen", lijst="afdeling")
    assert lines(BERICHT) == lines(ZOEKEN) == []


def test_a_work_list_that_was_searched_leaves_a_line_for_each_zaak_that_was_found(huis):
    zaken = [huis.start("Parkeervergunning"), huis.start("Laadpaal")]
    client = client_of(huis.mila)
    client.get("/werkplek/?lijst=afdeling")
    assert lines(ZOEKEN) == []
    for _ in range(2):
        assert "Laadpaal" in tekst_van(zoek_werk(client, "Drouwen", lijst="afdeling"))
    assert sorted(lines(ZOEKEN)) == sorted((huis.mila.key, str(een.ref)) for een in zaken)
    zoek_werk(client_of(huis.omar), "Laadpaal", lijst="afdeling")
    assert lines(ZOEKEN)[2:] == [(huis.omar.key, str(zaken[1].ref))]
    assert not [een for een in AuditRegel.objects.all() if "Drouwen" in str(een.kenmerken)]


def test_a_work_list_leaves_a_line_of_each_zaak_on_it_once_a_day(huis):
    zaken = [huis.start("Parkeervergunning"), huis.start("Laadpaal")]
    afgeschermd = huis.start("Alleen voor Omar")
    wie = frozenset({huis.omar.medewerker_id or 0})
    set_toegang(huis.omar, afgeschermd.ref, medewerkers=wie, versie=afgeschermd.versie)
    for moment in (DAG, DAG + timedelta(hours=8), DAG + timedelta(days=1)):
        with op_moment(moment):
            client_of(huis.mila).get("/werkplek/?lijst=afdeling")
            client_of(huis.mila).get("/werkplek/?lijst=nieuw")
    verwacht = [(huis.mila.key, str(een.ref)) for een in zaken] * 2
    assert sorted(lines(GEWOON)) == sorted(verwacht), "not of a zaak that she may not see"
    assert {een.kenmerken["lijst"] for een in AuditRegel.objects.filter(actie=GEWOON)} == {"werkvoorraad"}
    assert lines(ZOEKEN) == lines(BERICHT) == []
    client_of(huis.bo).get("/werkplek/?lijst=afdeling")
    assert len(lines(GEWOON)) == 4


def test_what_was_found_by_a_search_stands_on_an_ordinary_list_later_that_day_too(huis):
    """One does not take the place of the other: they say another thing."""
    zaak = huis.start("Laadpaal")
    client = client_of(huis.mila)
    zoek_werk(client, "Laadpaal", lijst="afdeling")
    client.get("/werkplek/?lijst=afdeling")
    zoek_werk(client, "Laadpaal", lijst="afdeling")
    assert lines(ZOEKEN) == lines(GEWOON) == [(huis.mila.key, str(zaak.ref))]


def test_the_zaak_to_which_a_document_would_move_is_told_of_and_so_leaves_a_line(huis):
    zaak, doel, dicht = huis.start(), huis.start("Een andere zaak"), huis.start(zaaktype="MOR")
    document = huis.deliver(zaak.ref).toegevoegd[0]
    pad = zaak_pad(zaak.ref, f"documenten/{document.id}/verplaatsen/")
    client = client_of(huis.mila)
    for nummer in ("Z-1900-000001", dicht.identificatie):
        assert client.post(pad, {"naar": nummer}).status_code == 422
    assert lines(ZOEKEN) == []
    for _ in range(2):
        assert "Een andere zaak" in tekst_van(client.post(pad, {"naar": doel.identificatie}))
    assert lines(ZOEKEN) == [(huis.mila.key, str(doel.ref))]
    assert AuditRegel.objects.filter(object_ref="lijst-document-verplaatsen").count() == 2


def test_so_it_does_when_the_page_comes_back_with_what_is_wrong(huis):
    """Of another applicant, and not confirmed: the page names the zaak and them again."""
    zaak, doel = huis.start(), zaak_van(inwoner("999990020"), "Van een ander")
    document = huis.deliver(zaak.ref).toegevoegd[0]
    pad = zaak_pad(zaak.ref, f"documenten/{document.id}/verplaatsen/")
    antwoord = client_of(huis.mila).post(pad, {"naar": doel.identificatie, "knop": "verplaats"})
    assert (antwoord.status_code, "Van een ander" in tekst_van(antwoord)) == (422, True)
    assert lines(ZOEKEN) == [(huis.mila.key, str(doel.ref))]


def test_a_noodtoegang_that_is_shown_again_with_a_mistake_leaves_its_lines_too(huis):
    zaak = huis.start()
    bo = replace(huis.bo, rechten=frozenset({Recht.BEHANDELEN, Recht.NOODTOEGANG}))
    reden = "Mila is ziek en de aanvrager staat aan de balie."
    noodtoegang.open_zaak(bo, zaaknummer=zaak.identificatie, aanleiding="collega", reden=reden)
    wacht = replace(huis.omar, rechten=frozenset({Recht.INZIEN}), afdelingen=frozenset())
    pad = f"/werkplek/noodtoegang/toezicht/{NoodtoegangRegel.objects.get().pk}/"
    client = client_of(wacht)
    assert client.post(pad, {"oordeel": "", "toelichting": ""}).status_code == 422
    assert lines(GEWOON) == [(wacht.key, str(zaak.ref))]
    eerder = len(lines("lijst.bekeken"))
    assert client.post(pad, {"oordeel": "terecht", "toelichting": "Gezien."}).status_code == 303
    antwoord = client.post(pad, {"oordeel": "niet_terecht", "toelichting": "Gezien."})
    assert (antwoord.status_code, reden in tekst_van(antwoord)) == (409, True)
    assert len(lines("lijst.bekeken")) == eerder + 1


def test_a_list_to_destroy_that_is_shown_again_with_a_mistake_leaves_its_lines_too(huis):
    archivaris = replace(huis.mila, rechten=frozenset({Recht.VERNIETIGEN}))
    lijst = make_executed_list(huis.omar, huis.omar)
    Vernietigingslijst.objects.filter(pk=lijst).update(stand=LijstStand.CONCEPT)
    pad = f"/werkplek/vernietigen/{lijst}/"
    assert client_of(archivaris).post(pad, {"knop": "eraf", "reden": ""}).status_code == 422
    assert lines(GEWOON) == [(huis.mila.key, find_vernietigd("Z-2018-000007"))]
    assert lines("vernietiging.lijst_bekeken") == [(huis.mila.key, f"vernietigingslijst-{lijst}")]


def test_the_resident_reads_it_in_plain_words_and_a_colleague_finds_no_reader_by_it(huis):
    zaak = huis.start("Parkeervergunning")
    ask(huis, zaak)
    client_of(huis.mila).get(LIJST)
    zoek_werk(client_of(huis.mila), "Drouwen", lijst="afdeling")
    tekst = tekst_van(client_van(huis.jeroen).get(paden.INZAGE))
    for zin in (
        "heeft in een lijst een bericht over uw zaak gezien",
        "heeft gezocht en uw zaak in een lijst gezien",
    ):
        assert f"Een medewerker van Parkeren en mobiliteit {zin}" in tekst
    assert "Mila Jansen" not in [een.wie for een in (*list_kijkers(zaak), *list_historie(zaak))]


@pytest.mark.parametrize("pad", [LIJST, "/werkplek/?lijst=afdeling"])
def test_without_its_lines_there_is_no_list(huis, monkeypatch, pad):
    ask(huis, huis.start())

    def fail(*_: object, **__: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(audit, "record_each", fail)
    client = client_of(huis.mila)
    client.raise_request_exception = False
    assert client.get(pad).status_code >= 500


def test_it_costs_two_queries_whatever_there_is_in_the_list(huis):
    refs = [ZaakRef("register", str(uuid.uuid4())) for _ in range(25)]
    for deel, verwacht in ((refs[:1], 3), (refs, 3), (refs, 2), ([], 1)):
        assert len(queries(huis, deel)) == verwacht
    assert len(lines(BERICHT)) == 25


def test_what_was_seen_today_is_found_by_the_zaken_and_not_by_reading_the_trail(huis):
    refs = [ZaakRef("register", str(uuid.uuid4())) for _ in range(25)]
    zoekt = queries(huis, refs)[0]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {zoekt}")
            plan = [rij[3] for rij in cursor.fetchall() if "audit_regel" in rij[3]]
        assert plan == ["SEARCH audit_regel USING INDEX audit_regel_object (object_ref=? AND moment>?)"]


def queries(huis: Stadhuis, refs: Iterable[ZaakRef]) -> list[str]:
    with CaptureQueriesContext(connection) as gedaan:
        record_berichten(huis.mila, [(ref, nu() - timedelta(hours=1)) for ref in refs])
    return [een["sql"] for een in gedaan.captured_queries]
