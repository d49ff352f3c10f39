"""Who looks at their own pages leaves a line too: when somebody else got into the account, it tells what they saw."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from eloket.audit import service as audit
from eloket.audit.models import AuditRegel
from eloket.audit.queries import is_noted
from eloket.identity.testing import inwoner
from eloket.identity.types import partij_ref
from eloket.inzage.toezichtwoorden import ACTIES
from eloket.kernel.klok import op_moment
from eloket.loket.versies import load_meegeleverd
from eloket.portal import paden
from eloket.portal.loket import paden as loket
from eloket.sources.register.bron import RegisterBron
from tests.unit.loket.melding import MELDING, fill
from tests.web.portaal import ANDER, client_van, partij_van, tekst_van, zaak_van

pytestmark = pytest.mark.django_db
PAGINAS = {
    paden.OVERZICHT: ("overzicht.bekeken", "heeft uw overzicht bekeken"),
    paden.ZAKEN: ("zaken.bekeken", "heeft uw zaken in een lijst bekeken"),
    paden.TAKEN: ("taken.bekeken", "heeft uw taken bekeken"),
    paden.BERICHTEN: ("berichten.bekeken", "heeft uw berichten in een lijst bekeken"),
}
DAG = datetime(2026, 11, 3, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _inrichting() -> Iterator[None]:
    """On one moment, or the day would end between two pages."""
    with op_moment(DAG):
        RegisterBron().import_zaaktypen()
        load_meegeleverd()
        yield


def acties(*weg: str) -> list[str]:
    return [*AuditRegel.objects.exclude(actie__in=weg).order_by("pk").values_list("actie", flat=True)]


def test_each_page_is_one_line_a_day_however_often_it_is_loaded():
    client = client_van()
    for _ in range(3):
        for pad in PAGINAS:
            assert client.get(pad).status_code == 200
    assert acties() == [actie for actie, _ in PAGINAS.values()]
    for regel in AuditRegel.objects.all():
        assert (regel.actor_soort, regel.actor_key) == ("inwoner", inwoner().key)
        assert regel.object_ref == partij_ref(partij_van(inwoner()).profiel_key)
        assert regel.kenmerken == {}


def test_a_day_is_one_in_amsterdam_and_a_person_is_one_by_themselves():
    voor_middernacht = datetime(2026, 11, 3, 22, 59, tzinfo=UTC)
    for moment in (voor_middernacht, voor_middernacht + timedelta(minutes=1)):
        for actor in (inwoner(), inwoner(ANDER)):
            with op_moment(moment):
                client_van(actor).get(paden.ZAKEN)
    with op_moment(voor_middernacht + timedelta(hours=9)):
        client_van().get(paden.ZAKEN)
    regels = AuditRegel.objects.order_by("pk").values_list("actor_key", "object_ref")
    assert [*regels] == 2 * [
        (een.key, partij_ref(partij_van(een).profiel_key)) for een in (inwoner(), inwoner(ANDER))
    ]


def test_each_form_is_a_line_of_its_own_and_once_a_day():
    client, een, twee = client_van(), fill(inwoner()), fill(inwoner())
    begin = AuditRegel.objects.count()
    for concept in (een, twee, een):
        basis = loket.concept(MELDING, concept.id, is_anoniem=False)
        assert client.get(loket.stap(basis, "melding")).status_code == 200
    regels = AuditRegel.objects.order_by("pk")[begin:]
    assert [(rij.actie, rij.kenmerken) for rij in regels] == [
        ("formulier.bekeken", {"formulier": MELDING, "concept": concept.id}) for concept in (een, twee)
    ]


def test_the_first_page_of_a_form_is_a_line_beside_that_of_a_step_of_it():
    """Also when the step came first: less was named, not less was seen."""
    client, concept = client_van(), fill(inwoner())
    begin = AuditRegel.objects.count()
    basis = loket.concept(MELDING, concept.id, is_anoniem=False)
    for pad in (loket.stap(basis, "melding"), loket.start(MELDING), loket.start(MELDING)):
        assert client.get(pad).status_code == 200
    regels = AuditRegel.objects.order_by("pk")[begin:]
    assert [rij.kenmerken for rij in regels if rij.actie == "formulier.bekeken"] == [
        {"formulier": MELDING, "concept": concept.id},
        {"formulier": MELDING},
    ]


def test_own_lines_are_hidden_until_asked_for_and_the_officer_reads_them_too():
    zaak_van(inwoner(), "Parkeervergunning")
    client = client_van()
    for pad in PAGINAS:
        client.get(pad)
    assert "Niemand anders heeft uw gegevens bekeken." in tekst_van(client.get(paden.INZAGE))
    tekst = tekst_van(client.get(f"{paden.INZAGE}?ook=zelf"))
    for _, zin in PAGINAS.values():
        assert f"U zelf {zin}" in tekst
    assert "namens" not in " ".join(ACTIES[actie] for actie, _ in PAGINAS.values())


def test_what_is_not_shown_leaves_nothing_also_not_with_somebody_elses_address():
    van_ander = zaak_van(inwoner(ANDER), sleutel="a")
    concept = fill(inwoner(ANDER))
    client, begin = client_van(), AuditRegel.objects.count()
    basis = loket.concept(MELDING, concept.id, is_anoniem=False)
    assert client.get(loket.stap(basis, "melding")).status_code == 404
    assert client.get(f"{paden.zaak(van_ander.ref)}agenda/").status_code == 404
    assert client.get(f"{paden.ZAKEN}?p=99").status_code == 302
    assert AuditRegel.objects.count() == begin


def test_without_a_line_there_is_no_page_of_ones_own_either(monkeypatch):
    client = client_van()
    client.raise_request_exception = False

    def fail(**_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(audit, "record", fail)
    for pad in PAGINAS:
        assert client.get(pad).status_code >= 500


@pytest.mark.parametrize("object_ref", ["partij-x", "register-1"])
def test_what_was_noted_today_is_found_by_its_object_and_not_by_reading_the_trail(object_ref: str):
    """Of one resident there are many lines, and of one act very many: with 20,000 of both, those of the object are
    read and no others."""
    with op_moment(DAG):
        audit.record_each(
            [f"partij-{n}" for n in range(20_000)], actor_soort="inwoner", actor_key="k", actie="a.b"
        )
        audit.record(actor_soort="inwoner", actor_key="k", actie="a.b", object_ref=object_ref, concept="1")
    vanaf = DAG - timedelta(hours=1)
    with CaptureQueriesContext(connection) as gedaan:
        assert is_noted(object_ref, actor_key="k", actie="a.b", vanaf=vanaf, concept="1")
    assert not is_noted(object_ref, actor_key="k", actie="a.b", vanaf=vanaf, zonder={"concept"})
    assert is_noted(object_ref, actor_key="k", actie="a.b", vanaf=vanaf, zonder={"taak"}, concept="1")
    for key, actie, concept in (("l", "a.b", "1"), ("k", "a.c", "1"), ("k", "a.b", "2")):
        assert not is_noted(object_ref, actor_key=key, actie=actie, vanaf=vanaf, concept=concept)
    assert not is_noted(object_ref, actor_key="k", actie="a.b", vanaf=DAG + timedelta(hours=1))
    (vraag,) = gedaan.captured_queries
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("ANALYZE audit_regel")
        cursor.execute(f"{explain} {vraag['sql']}")
        plan = "\n".join(str(rij[-1]) for rij in cursor.fetchall())
    assert "audit_regel_object" in plan, plan
    assert "SCAN audit_regel" not in plan, plan
    assert "Seq Scan" not in plan, plan
