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
from eloket.zaken.types import GebeurtenisSoort, Zaak
from tests.huis import bestand, inwoner, medewerker, partij_van
from tests.web.portaal import BUUR, client_van, tekst_van, zaak_van

pytestmark = pytest.mark.django_db
JEROEN = inwoner()
BERICHT = "Wij hebben uw bericht ontvangen"
DOCUMENT = "Wij hebben een document van u ontvangen"


def gelezen(zaak: Zaak, wie: Actor) -> list[str]:
    return [een.tekst for een in queries.list_gebeurtenissen(zaak, partij=partij_van(wie))]


def schrijf_en_stuur(zaak: Zaak, wie: Actor = BUUR) -> None:
    send_bericht(wie, zaak.ref, tekst="Ik ben het er niet mee eens.", sleutel="s")
    zaken.add_documenten(wie, zaak.ref, (bestand("Zienswijze.pdf"),))


def test_what_another_wrote_and_sent_is_not_told_as_yours(buurzaak):
    schrijf_en_stuur(buurzaak)
    assert gelezen(buurzaak, BUUR) == [BERICHT, DOCUMENT]
    assert gelezen(buurzaak, JEROEN) == ["Wij hebben een document ontvangen"]
    pagina = tekst_van(client_van(JEROEN).get(f"/mijn/zaken/{buurzaak.ref}/"))
    assert BERICHT not in pagina
    assert DOCUMENT not in pagina
    assert BERICHT in tekst_van(client_van(BUUR).get(f"/mijn/zaken/{buurzaak.ref}/"))


def test_what_one_takes_along_tells_nothing_of_another_either(buurzaak):
    schrijf_en_stuur(buurzaak)
    gegevens: Any = collect_zaak(JEROEN, buurzaak.ref, with_gaps=False).gegevens
    gebeurtenissen = gegevens["gebeurtenissen"]
    assert [een["omschrijving"] for een in gebeurtenissen] == ["Wij hebben een document ontvangen"]


def test_an_answer_to_one_is_not_told_to_the_other(buurzaak):
    send_bericht(medewerker(), buurzaak.ref, tekst="Aan de aanvrager", sleutel="m")
    assert gelezen(buurzaak, JEROEN) == ["Wij hebben u een bericht gestuurd"]
    assert gelezen(buurzaak, BUUR) == []


def test_a_request_with_all_that_becomes_of_it_is_of_who_was_asked(buurzaak):
    morgen = vandaag() + timedelta(days=1)
    velden: dict[str, Any] = {"titel": "Een vraag", "toelichting": "", "deadline": morgen}
    vraag = zaken.ask_answer(medewerker(), buurzaak.ref, **velden)
    zaken.answer_taak(JEROEN, buurzaak.ref, vraag, antwoord="Ja.")
    zaken.approve_taak(medewerker(), buurzaak.ref, vraag)
    stuk = zaken.ask_document(medewerker(), buurzaak.ref, **velden)
    document = zaken.add_documenten(JEROEN, buurzaak.ref, (bestand(),), taak_id=stuk).toegevoegd[0]
    zaken.refuse_document(medewerker(), buurzaak.ref, document.id, reden="Onleesbaar.", deadline=morgen)
    assert len(gelezen(buurzaak, JEROEN)) == 8
    assert gelezen(buurzaak, BUUR) == ["Wij hebben een document ontvangen"]


def test_a_civil_servant_reads_everything(buurzaak):
    schrijf_en_stuur(buurzaak)
    assert [een.tekst for een in queries.list_gebeurtenissen(buurzaak, partij=None)] == [BERICHT, DOCUMENT]


def oud(zaak: Zaak, soort: GebeurtenisSoort, tekst: str) -> None:
    """As a release before this one wrote it: it did not say of whom."""
    GebeurtenisRegel.objects.create(zaak_ref=str(zaak.ref), moment=nu(), soort=soort, tekst=tekst)


def test_of_an_old_message_or_document_nobody_of_several_is_told_that_it_is_theirs(buurzaak):
    oud(buurzaak, GebeurtenisSoort.BERICHT_ONTVANGEN, BERICHT)
    oud(buurzaak, GebeurtenisSoort.DOCUMENT_ONTVANGEN, DOCUMENT)
    for wie in (JEROEN, BUUR):
        assert gelezen(buurzaak, wie) == ["Wij hebben een document ontvangen"]


def test_an_old_request_was_for_the_applicant(buurzaak):
    oud(buurzaak, GebeurtenisSoort.DOCUMENT_GEVRAAGD, "Wij hebben u om een document gevraagd")
    assert gelezen(buurzaak, JEROEN) == ["Wij hebben u om een document gevraagd"]
    assert gelezen(buurzaak, BUUR) == []


def test_who_is_alone_in_a_zaak_keeps_reading_what_is_old(nepbron):
    zaak = zaak_van(JEROEN)
    oud(zaak, GebeurtenisSoort.BERICHT_ONTVANGEN, BERICHT)
    assert gelezen(zaak, JEROEN) == [BERICHT]
