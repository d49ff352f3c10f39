"""A list of the werkplek with the text of messages, or of who was searched for, leaves a line for each zaak in it."""

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from eloket.audit import service as audit
from eloket.audit.models import AuditRegel
from eloket.berichten.service import send_bericht
from eloket.kernel.klok import nu, op_moment
from eloket.portal import paden
from eloket.workbench.aantekenen import record_in_list
from eloket.zaken.historie import list_historie, list_kijkers
from eloket.zaken.types import Zaak, ZaakRef
from tests.web.portaal import client_van, tekst_van
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, zoek_werk

pytestmark = pytest.mark.django_db
BERICHT, ZOEKEN = "bericht.in_lijst_gezien", "zaak.in_lijst_gezien"
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
    assert "Mila Jansen" not in [een.wie for een in (*list_kijkers(zaak.ref), *list_historie(zaak.ref))]


def test_without_its_lines_there_is_no_list(huis, monkeypatch):
    ask(huis, huis.start())

    def fail(*_: object, **__: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(audit, "record_each", fail)
    client = client_of(huis.mila)
    client.raise_request_exception = False
    assert client.get(LIJST).status_code >= 500


def test_it_costs_two_queries_whatever_there_is_in_the_list(huis):
    refs = [ZaakRef("register", str(uuid.uuid4())) for _ in range(25)]
    for deel, verwacht in ((refs[:1], 2), (refs, 2), (refs, 1), ([], 0)):
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
        record_in_list(huis.mila, BERICHT, [(ref, nu() - timedelta(hours=1)) for ref in refs])
    return [een["sql"] for een in gedaan.captured_queries]
