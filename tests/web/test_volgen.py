"""Following a report by its code: what it shows is read by somebody, so it leaves a line, and never a name."""

import pytest
from django.db import DatabaseError
from django.test import Client

from eloket.audit import service as audit
from eloket.audit.models import AuditRegel
from eloket.loket.versies import load_meegeleverd
from eloket.sources.register.bron import RegisterBron
from eloket.zaken.bronnen import bron_voor
from eloket.zaken.historie import list_historie, list_kijkers
from tests.huis import inwoner
from tests.unit.loket.melding import anoniem, send
from tests.web.portaal import client_van, tekst_van

pytestmark = pytest.mark.django_db
VOLGEN = "/loket/volgen/"


@pytest.fixture(autouse=True)
def _inrichting() -> None:
    RegisterBron().import_zaaktypen()
    load_meegeleverd()


def lines() -> list[tuple[str, str, str]]:
    rijen = AuditRegel.objects.filter(actie="zaak.gevolgd").order_by("pk")
    return [*rijen.values_list("actor_soort", "actor_key", "object_ref")]


def test_each_time_that_a_report_is_followed_is_a_line_of_its_zaak():
    melding = send(anoniem())
    for _ in range(2):
        assert "Ontvangen op" in tekst_van(Client().post(VOLGEN, {"code": melding.code}))
    assert lines() == [("anoniem", "", str(melding.concept.zaak_ref))] * 2


def test_who_happens_to_be_logged_in_is_not_tied_to_the_report():
    melding = send(anoniem())
    assert "Ontvangen op" in tekst_van(client_van(inwoner()).post(VOLGEN, {"code": melding.code}))
    assert lines() == [("anoniem", "", str(melding.concept.zaak_ref))]
    assert not AuditRegel.objects.filter(actor_key=inwoner().key).exists()


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC-DDDD"])
def test_an_empty_page_or_a_code_that_is_unknown_leaves_no_line(code: str):
    send(anoniem())
    Client().get(VOLGEN)
    assert Client().post(VOLGEN, {"code": code}).status_code == 422
    assert lines() == []


def test_the_code_stands_in_no_line():
    melding = send(anoniem())
    Client().post(VOLGEN, {"code": melding.code})
    assert not [een for een in AuditRegel.objects.all() if melding.code in f"{een.kenmerken}{een.object_ref}"]


def test_without_a_line_nothing_is_shown(monkeypatch):
    melding = send(anoniem())

    def fail(**_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(audit, "record", fail)
    client = Client(raise_request_exception=False)
    assert client.post(VOLGEN, {"code": melding.code}).status_code >= 500


def test_the_handler_finds_it_with_who_looked_and_not_with_what_was_done():
    melding = send(anoniem())
    Client().post(VOLGEN, {"code": melding.code})
    ref = melding.concept.zaak_ref
    assert ref is not None
    zaak = bron_voor(ref.bron).get_zaak(ref.id)
    assert [een.wie for een in list_kijkers(zaak)] == ["De aanvrager"]
    assert "gevolgd" not in str(list_historie(zaak))
