"""Mijn Taken: what is asked, and what was done."""

from datetime import UTC, date, datetime

import pytest

from eloket.kernel.klok import op_moment
from eloket.zaken import service as zaken
from eloket.zaken.types import Zaak
from tests.huis import bestand, inwoner, medewerker, met_nepbronnen
from tests.web.portaal import ANDER, bron_van, client_van, tekst_van, zaak_van

pytestmark = pytest.mark.django_db
TAKEN = "/mijn/taken/"
TIEN_NOVEMBER = datetime(2026, 11, 10, 9, tzinfo=UTC)
NU = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def bron():
    with met_nepbronnen() as bron:
        yield bron


def vraag(zaak: Zaak, titel: str, deadline: date = date(2026, 11, 28), toelichting: str = "") -> str:
    return zaken.ask_document(medewerker(), zaak.ref, titel=titel, toelichting=toelichting, deadline=deadline)


def test_open_taken_stand_first_with_their_deadline_and_zaak(bron):
    with op_moment(TIEN_NOVEMBER):
        zaak = zaak_van(inwoner())
        vraag(zaak, "Later", date(2026, 12, 20))
        eerst = vraag(zaak, "Kentekenbewijs <b>", toelichting="Beide kanten")
        gedaan = vraag(zaak, "Huurcontract")
        zaken.add_documenten(inwoner(), zaak.ref, (bestand(),), taak_id=gedaan)
    with op_moment(NU):
        antwoord = client_van().get(TAKEN)
    tekst = tekst_van(antwoord)
    assert "Dit moet u nog doen (2)" in tekst
    assert tekst.index("Kentekenbewijs <b>") < tekst.index("Later") < tekst.index("Dit heeft u gedaan")
    assert "Kentekenbewijs <b> Nog 5 dagen, vóór 28 november 2026" in tekst
    assert "Beide kanten" in tekst
    assert "Huurcontract Ontvangen" in tekst
    assert "10 november 2026, " in tekst
    assert f'href="/mijn/zaken/{zaak.ref}/?voeg-toe={eerst}#toevoegen"' in bron_van(antwoord)
    assert "Mijn Taken 2 2 open" in tekst


def test_who_has_no_taken_reads_so(bron):
    with op_moment(TIEN_NOVEMBER):
        vraag(zaak_van(inwoner(ANDER)), "Van een ander")
        tekst = tekst_van(client_van().get(TAKEN))
    assert "U hoeft nu niets te doen." in tekst
    assert "Van een ander" not in tekst


def test_a_failing_source_never_reads_as_nothing_to_do(bron):
    with op_moment(TIEN_NOVEMBER):
        vraag(zaak_van(inwoner()), "Kentekenbewijs")
        bron.faalt = True
        antwoord = client_van().get(TAKEN)
    assert antwoord.status_code == 503
    assert "Wij kunnen uw taken nu niet ophalen." in tekst_van(antwoord)
    assert "U hoeft nu niets" not in tekst_van(antwoord)
