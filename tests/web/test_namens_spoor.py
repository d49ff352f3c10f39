"""Who acts for another and looks at their pages: a line for each page, that the other reads in plain words."""

import pytest
from django.db import DatabaseError

from eloket.audit import service as audit
from eloket.audit.models import AuditRegel
from eloket.identity.testing import gemachtigde, inwoner, onderneming
from eloket.identity.types import partij_ref
from eloket.loket.versies import load_meegeleverd
from eloket.portal import paden
from eloket.portal.loket import paden as loket
from eloket.sources.register.bron import RegisterBron
from tests.unit.loket.melding import MELDING, fill
from tests.web.portaal import client_van, partij_van, tekst_van, zaak_van

pytestmark = pytest.mark.django_db
PAGINAS = {
    paden.OVERZICHT: "overzicht.bekeken",
    paden.ZAKEN: "zaken.bekeken",
    paden.TAKEN: "taken.bekeken",
    paden.BERICHTEN: "berichten.bekeken",
}
FATIMA = gemachtigde("999990019", "999990020", "Jeroen van Drouwen", "Fatima el Idrissi")


@pytest.fixture(autouse=True)
def _inrichting() -> None:
    RegisterBron().import_zaaktypen()
    load_meegeleverd()


def test_the_person_reads_what_a_gemachtigde_looked_at():
    zaak_van(inwoner(), "Parkeervergunning")
    client = client_van(FATIMA)
    for pad in PAGINAS:
        assert client.get(pad).status_code == 200
    basis = loket.concept(MELDING, fill(FATIMA).id, is_anoniem=False)
    assert client.get(loket.stap(basis, "melding")).status_code == 200
    assert client.post(loket.stoppen(basis)).status_code == 303
    tekst = tekst_van(client_van(inwoner()).get(paden.INZAGE))
    for zin in (
        "heeft uw overzicht bekeken",
        "heeft uw zaken in een lijst bekeken",
        "heeft uw taken bekeken",
        "heeft uw berichten in een lijst bekeken",
        "is begonnen met een formulier",
        "heeft een formulier ingevuld en bewaard",
        "heeft een formulier bekeken",
        "heeft een formulier weggegooid dat niet was verstuurd",
    ):
        assert f"Iemand die is gemachtigd {zin}" in tekst
    assert "Fatima" not in tekst


@pytest.mark.parametrize("vestiging", ["", "000038509504"])
def test_an_employee_with_eherkenning_leaves_a_line_in_the_trail_of_the_business(vestiging: str):
    actor = onderneming(vestigingsnummer=vestiging)
    for pad in PAGINAS:
        client_van(actor).get(pad)
    regels = AuditRegel.objects.order_by("pk")
    assert [een.actie for een in regels] == [*PAGINAS.values()]
    assert {een.actor_key for een in regels} == {actor.key}
    assert {een.object_ref for een in regels} == {partij_ref(partij_van(actor).profiel_key)}


def test_who_looks_at_the_contact_details_of_another_says_of_whom():
    client_van(FATIMA).get(paden.GEGEVENS)
    client_van(inwoner()).get(paden.GEGEVENS)
    regels = AuditRegel.objects.filter(actie="gegevens.bekeken").order_by("pk")
    assert [een.kenmerken for een in regels] == [{"namens": partij_van(FATIMA).profiel_key}, {}]


def test_a_page_that_shows_nothing_leaves_nothing():
    client = client_van(FATIMA)
    assert client.get(f"{paden.ZAKEN}?p=99").status_code == 302
    assert client.post("/mijn/zaken/zoeken/", {"q": "boom"}).status_code == 303
    onbekend = loket.concept(MELDING, "00000000-0000-0000-0000-000000000000", is_anoniem=False)
    assert client.get(loket.stap(onbekend, "melding")).status_code == 404
    assert not AuditRegel.objects.exists()


def test_a_step_that_is_shown_again_because_something_is_wrong_is_a_look():
    client, concept = client_van(FATIMA), fill(FATIMA)
    laatste = AuditRegel.objects.count()
    pad = loket.stap(loket.concept(MELDING, concept.id, is_anoniem=False), "melding")
    assert client.post(pad, {"plaats": "", "knop": "verder"}).status_code in {409, 422}
    assert [een.actie for een in AuditRegel.objects.order_by("pk")[laatste:]] == ["formulier.bekeken"]


def test_without_a_line_there_is_no_page(monkeypatch):
    client = client_van(FATIMA)
    client.raise_request_exception = False

    def fail(**_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(audit, "record", fail)
    for pad in PAGINAS:
        assert client.get(pad).status_code >= 500
