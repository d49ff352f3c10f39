"""The timeline of a zaak with several betrokkenen: "u" is said to who it is about, and to nobody else."""

from datetime import timedelta
from typing import Any

import pytest

from eloket.berichten.service import send_bericht
from eloket.export.zaakdeel import collect_zaak
from eloket.identity.types import Actor
from eloket.kernel.klok import nu, vandaag
from eloket.zaken import queries
from eloket.zaken import service as zaken
from eloket.zaken.models import GebeurtenisRegel
from eloket.zaken.testing import FakeZaakBron
from eloket.zaken.types import Betrokkene, GebeurtenisSoort, Zaak
from tests.huis import bestand, inwoner, medewerker, met_nepbronnen, partij_van
from tests.web.portaal import client_van, tekst_van, zaak_van

pytestmark = pytest.mark.django_db
JEROEN, BUUR = inwoner(), inwoner("999990020", "B. Buurman")
BERICHT = "Wij hebben uw bericht ontvangen"
DOCUMENT = "Wij hebben een document van u ontvangen"


@pytest.fixture
def bron():
    with met_nepbronnen() as bron:
        yield bron


@pytest.fixture
def zaak(bron: FakeZaakBron) -> Zaak:
    zaak = zaak_van(JEROEN)
    partij = partij_van(BUUR)
    bron.add_betrokkene(
        zaak.ref.id, Betrokkene("belanghebbende", partij.key, "", BUUR.naam, is_onderneming=False)
    )
    return bron.get_zaak(zaak.ref.id)


def gelezen(zaak: Zaak, wie: Actor) -> list[str]:
    return [een.tekst for een in queries.list_gebeurtenissen(zaak, partij=partij_van(wie))]


def schrijf_en_stuur(zaak: Zaak, wie: Actor = BUUR) -> None:
    send_bericht(wie, zaak.ref, tekst="Ik ben het er niet mee eens.", sleutel="s")
    zaken.add_documenten(wie, zaak.ref, (bestand("Zienswijze.pdf"),))


def test_what_another_wrote_and_sent_is_not_told_as_yours(zaak):
    schrijf_en_stuur(zaak)
    assert gelezen(zaak, BUUR) == [BERICHT, DOCUMENT]
    assert gelezen(zaak, JEROEN) == ["Wij hebben een document ontvangen"]
    pagina = tekst_van(client_van(JEROEN).get(f"/mijn/zaken/{zaak.ref}/"))
    assert BERICHT not in pagina
    assert DOCUMENT not in pagina
    assert BERICHT in tekst_van(client_van(BUUR).get(f"/mijn/zaken/{zaak.ref}/"))


def test_what_one_takes_along_tells_nothing_of_another_either(zaak):
    schrijf_en_stuur(zaak)
    gegevens: Any = collect_zaak(JEROEN, zaak.ref, with_gaps=False).gegevens
    gebeurtenissen = gegevens["gebeurtenissen"]
    assert [een["omschrijving"] for een in gebeurtenissen] == ["Wij hebben een document ontvangen"]


def test_an_answer_to_one_is_not_told_to_the_other(zaak):
    send_bericht(medewerker(), zaak.ref, tekst="Aan de aanvrager", sleutel="m")
    assert gelezen(zaak, JEROEN) == ["Wij hebben u een bericht gestuurd"]
    assert gelezen(zaak, BUUR) == []


def test_a_request_with_all_that_becomes_of_it_is_of_who_was_asked(zaak):
    morgen = vandaag() + timedelta(days=1)
    velden: dict[str, Any] = {"titel": "Een vraag", "toelichting": "", "deadline": morgen}
    vraag = zaken.ask_answer(medewerker(), zaak.ref, **velden)
    zaken.answer_taak(JEROEN, zaak.ref, vraag, antwoord="Ja.")
    zaken.approve_taak(medewerker(), zaak.ref, vraag)
    stuk = zaken.ask_document(medewerker(), zaak.ref, **velden)
    document = zaken.add_documenten(JEROEN, zaak.ref, (bestand(),), taak_id=stuk).toegevoegd[0]
    zaken.refuse_document(medewerker(), zaak.ref, document.id, reden="Onleesbaar.", deadline=morgen)
    assert len(gelezen(zaak, JEROEN)) == 8
    assert gelezen(zaak, BUUR) == ["Wij hebben een document ontvangen"]


def test_a_civil_servant_reads_everything(zaak):
    schrijf_en_stuur(zaak)
    assert [een.tekst for een in queries.list_gebeurtenissen(zaak, partij=None)] == [BERICHT, DOCUMENT]


def oud(zaak: Zaak, soort: GebeurtenisSoort, tekst: str) -> None:
    """As a release before this one wrote it: it did not say of whom."""
    GebeurtenisRegel.objects.create(zaak_ref=str(zaak.ref), moment=nu(), soort=soort, tekst=tekst)


def test_of_an_old_message_or_document_nobody_of_several_is_told_that_it_is_theirs(zaak):
    oud(zaak, GebeurtenisSoort.BERICHT_ONTVANGEN, BERICHT)
    oud(zaak, GebeurtenisSoort.DOCUMENT_ONTVANGEN, DOCUMENT)
    for wie in (JEROEN, BUUR):
        assert gelezen(zaak, wie) == ["Wij hebben een document ontvangen"]


def test_an_old_request_was_for_the_applicant(zaak):
    oud(zaak, GebeurtenisSoort.DOCUMENT_GEVRAAGD, "Wij hebben u om een document gevraagd")
    assert gelezen(zaak, JEROEN) == ["Wij hebben u om een document gevraagd"]
    assert gelezen(zaak, BUUR) == []


def test_who_is_alone_in_a_zaak_keeps_reading_what_is_old(bron):
    zaak = zaak_van(JEROEN)
    oud(zaak, GebeurtenisSoort.BERICHT_ONTVANGEN, BERICHT)
    assert gelezen(zaak, JEROEN) == [BERICHT]
