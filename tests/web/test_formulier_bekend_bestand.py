"""A file of a form that stands in the zaak already, or in another field of that form: nobody loses sight of it."""

import pytest

from eloket.documenten import voorbeelden
from eloket.documenten.queries import list_documenten
from eloket.documenten.types import Beoordeling, DocumentInzage
from eloket.documenten.upload import bied_aan
from eloket.kernel.klok import schrijf_datum, vandaag
from eloket.loket import service as loket
from eloket.loket.versies import load_meegeleverd
from eloket.loket.versturen import submit
from eloket.notifications.ontvangst.queries import list_ontvangsten
from eloket.zaken import service as zaken
from eloket.zaken.models import Taak
from eloket.zaken.types import Zaak
from tests.unit.loket.melding import GOED, MELDING, publish, save
from tests.web.portaal import tekst_van
from tests.web.test_formulier_gevraagd import STRAKS
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, zaak_pad

pytestmark = pytest.mark.django_db


@pytest.fixture
def huis() -> Stadhuis:
    huis = build_stadhuis()
    load_meegeleverd()
    return huis


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    return huis.start("Parkeervergunning")


def add(huis: Stadhuis, zaak: Zaak, *, door_gemeente: bool = False) -> DocumentInzage:
    wie = huis.mila if door_gemeente else huis.jeroen
    return zaken.add_documenten(wie, zaak.ref, (bied_aan("strook.jpg", [voorbeelden.jpg()]),)).toegevoegd[0]


def answer(huis: Stadhuis, zaak: Zaak, naam: str = "loonstrook mei.jpg") -> str:
    """The same content, as the answer to a form that is asked; returns the taak."""
    taak = zaken.ask_form(
        huis.mila, zaak.ref, titel="Loonstrook", toelichting="", deadline=STRAKS, formulier=MELDING
    )
    concept = loket.start_concept(huis.jeroen, MELDING, sleutel="", aanvulling=(zaak.ref, taak))
    foto = (bied_aan(naam, [voorbeelden.jpg()]),)
    concept = save(huis.jeroen, concept, GOED, bestanden={"foto": foto}).formulier.concept
    submit(huis.jeroen, concept.id, revisie=concept.revisie)
    return taak


def receipt(huis: Stadhuis, zaak: Zaak) -> list[str]:
    bewijs = next(
        een for een in list_ontvangsten(zaak.ref, partij=huis.jeroen.partij) if een.soort == "formulier"
    )
    return [een.naam for een in bewijs.bestanden]


def the_document(zaak: Zaak) -> DocumentInzage:
    (document,) = list_documenten(str(zaak.ref))
    return document


def test_a_file_that_was_refused_and_is_sent_with_a_form_is_judged_again(huis: Stadhuis, zaak: Zaak):
    zaken.refuse_document(huis.mila, zaak.ref, add(huis, zaak).id, reden="Onleesbaar.", deadline=None)
    taak = answer(huis, zaak)
    document = the_document(zaak)
    assert (document.beoordeling, document.taak_id, document.afkeurreden) == (Beoordeling.NIEUW, taak, "")
    assert "stond al" not in Taak.objects.get(pk=taak).antwoord, "it waits for a decision as this answer"
    assert document.bestandsnaam == "loonstrook mei.jpg"
    assert receipt(huis, zaak) == ["loonstrook mei.jpg"]
    werkplek = tekst_van(client_of(huis.mila).get(zaak_pad(zaak.ref, "?deel=vragen")))
    assert werkplek.count("loonstrook mei") >= 2, "the answer, and the document to judge"
    zaken.accept_document(
        huis.mila, zaak.ref, document.id, documenttype="", vertrouwelijkheid="zaakvertrouwelijk"
    )
    assert Taak.objects.get().oordeel == "goedgekeurd"


def test_one_that_answers_nothing_yet_answers_the_form(huis: Stadhuis, zaak: Zaak):
    add(huis, zaak)
    taak = answer(huis, zaak)
    assert (the_document(zaak).taak_id, receipt(huis, zaak)) == (taak, ["loonstrook mei.jpg"])


@pytest.mark.parametrize("door_gemeente", [True, False])
def test_one_that_was_accepted_stays_so_and_stands_on_the_receipt(
    huis: Stadhuis, zaak: Zaak, door_gemeente: bool
):
    document = add(huis, zaak, door_gemeente=door_gemeente)
    if not door_gemeente:
        zaken.accept_document(
            huis.mila, zaak.ref, document.id, documenttype="", vertrouwelijkheid="zaakvertrouwelijk"
        )
    eerst = the_document(zaak)
    taak = answer(huis, zaak)
    assert the_document(zaak) == eerst
    assert "stond al bij deze zaak" in Taak.objects.get(pk=taak).antwoord
    assert receipt(huis, zaak) == ["loonstrook mei.jpg"]


def test_one_that_answers_another_request_keeps_doing_so(huis: Stadhuis, zaak: Zaak):
    kopie = zaken.ask_document(huis.mila, zaak.ref, titel="Kopie", toelichting="", deadline=STRAKS)
    zaken.add_documenten(huis.jeroen, zaak.ref, (bied_aan("strook.jpg", [voorbeelden.jpg()]),), taak_id=kopie)
    taak = answer(huis, zaak)
    assert (the_document(zaak).taak_id, receipt(huis, zaak)) == (kopie, ["loonstrook mei.jpg"])
    assert "stond al bij deze zaak" in Taak.objects.get(pk=taak).antwoord


TWEE_VELDEN = """
titel: Twee bewijzen
inloggen: [digid]
duur_minuten: 3
zaak: {zaaktype: PARKEERVERGUNNING, onderwerp: Twee bewijzen}
stappen:
  - id: melding
    titel: Bewijzen
    velden:
      - {id: inkomen, soort: bestand, label: Bewijs van inkomen, documenttype: Loonstrook}
      - {id: werk, soort: bestand, label: Bewijs van werk}
"""


@pytest.mark.parametrize("is_gevraagd", [True, False])
def test_the_same_content_in_two_fields_is_one_document_that_both_answers_name(
    huis: Stadhuis, zaak: Zaak, is_gevraagd: bool
):
    publish("twee-bewijzen", TWEE_VELDEN)
    aanvulling = None
    if is_gevraagd:
        taak = zaken.ask_form(
            huis.mila, zaak.ref, titel="Stuur", toelichting="", deadline=STRAKS, formulier="twee-bewijzen"
        )
        aanvulling = (zaak.ref, taak)
    concept = loket.start_concept(huis.jeroen, "twee-bewijzen", sleutel="x" * 32, aanvulling=aanvulling)
    namen = {"inkomen": "strook.jpg", "werk": "contract.jpg"}
    bestanden = {plek: (bied_aan(naam, [voorbeelden.jpg()]),) for plek, naam in namen.items()}
    concept = save(huis.jeroen, concept, {}, bestanden=bestanden).formulier.concept
    verstuurd = submit(huis.jeroen, concept.id, revisie=concept.revisie).concept
    regels = [regel for blok in verstuurd.overzicht for regel in blok.regels]
    assert [(een.vraag, een.antwoord) for een in regels] == [
        ("Bewijs van inkomen", "strook"),
        ("Bewijs van werk", "strook"),
    ]
    (document,) = list_documenten(str(verstuurd.zaak_ref))
    assert (document.bestandsnaam, document.documenttype) == ("strook.jpg", "Loonstrook")


def replace_by_ours(huis: Stadhuis, zaak: Zaak, document: DocumentInzage) -> None:
    """A civil servant decides, and adds a next version of it."""
    zaken.refuse_document(huis.mila, zaak.ref, document.id, reden="Onleesbaar.", deadline=None)
    beter = (bied_aan("strook-leesbaar.pdf", [voorbeelden.pdf()]),)
    assert zaken.add_documenten(huis.mila, zaak.ref, beter, vervangt=document.id).toegevoegd


def test_one_that_got_a_next_version_is_said_to_have_been_there_to_who_judges_and_to_who_sent_it(
    huis: Stadhuis, zaak: Zaak
):
    replace_by_ours(huis, zaak, add(huis, zaak))
    taak = answer(huis, zaak)
    assert receipt(huis, zaak) == ["loonstrook mei.jpg"]
    assert the_document(zaak).bestandsnaam == "strook-leesbaar.pdf"
    gezegd = f"‘loonstrook mei.jpg’ stond al bij deze zaak (toegevoegd op {schrijf_datum(vandaag())})"
    assert gezegd in Taak.objects.get(pk=taak).antwoord
    assert "Er is een nieuwere versie van." in Taak.objects.get(pk=taak).antwoord
    assert gezegd in tekst_van(client_of(huis.mila).get(zaak_pad(zaak.ref, "?deel=vragen")))
    assert gezegd in tekst_van(client_of(huis.jeroen).get(f"/mijn/zaken/{zaak.ref}/"))


def test_one_that_got_a_next_version_and_is_sent_again_without_a_form_is_said_to_be_there(
    huis: Stadhuis, zaak: Zaak
):
    replace_by_ours(huis, zaak, add(huis, zaak))
    taak = zaken.ask_document(huis.mila, zaak.ref, titel="Loonstrook", toelichting="", deadline=STRAKS)
    opnieuw = (bied_aan("strook.jpg", [voorbeelden.jpg()]),)
    ontvangst = zaken.add_documenten(huis.jeroen, zaak.ref, opnieuw, taak_id=taak)
    assert not ontvangst.toegevoegd
    assert "staat al bij deze zaak" in ontvangst.geweigerd[0].tekst
    assert Taak.objects.get(pk=taak).vervuld_op is None, "the request stays open: nothing came"
