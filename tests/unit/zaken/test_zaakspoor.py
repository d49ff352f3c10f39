"""What a write in a zaak leaves in the audit trail says which thing it was: document, request, and of whom."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from eloket.audit.models import AuditRegel
from eloket.documenten import service as documenten
from eloket.documenten.queries import list_alle_versies
from eloket.documenten.types import Klaar
from eloket.identity.types import Actor
from eloket.inzage import eigen
from eloket.kernel.klok import nu, op_moment, vandaag
from eloket.zaken import service as zaken
from eloket.zaken.historie import list_historie
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import Kanaal, Zaak, ZaakRef
from eloket.zaken.vastleggen import note
from tests.huis import PDF, bestand
from tests.web.werkplek import Stadhuis, build_stadhuis

pytestmark = pytest.mark.django_db
ANDERS = PDF.replace(b"/Count 1", b"/Count 1 ")


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    return huis.start("Dakkapel")


def lines(actie: str, ref: ZaakRef) -> list[dict[str, Any]]:
    rijen = AuditRegel.objects.filter(actie=actie, object_ref=str(ref)).order_by("pk")
    return list(rijen.values_list("kenmerken", flat=True))


def key_of(actor: Actor) -> str:
    assert actor.partij is not None
    return actor.partij.profiel_key


def ask(huis: Stadhuis, zaak: Zaak, soort: str = "document") -> str:
    velden = {"titel": "Loonstrook", "toelichting": "", "deadline": vandaag() + timedelta(days=9)}
    if soort == "formulier":
        return zaken.ask_form(huis.mila, zaak.ref, formulier="aanvulling", **velden)  # type: ignore[arg-type]
    vraag = zaken.ask_document if soort == "document" else zaken.ask_answer
    return vraag(huis.mila, zaak.ref, **velden)  # type: ignore[arg-type]


def prepare(*inhoud: bytes, naam: str = "brief.pdf") -> tuple[Klaar, ...]:
    aangeboden = tuple(bestand(naam, een) for een in inhoud)
    return documenten.prepare(aangeboden, zaak_ref="", moment=nu()).goed


@pytest.mark.parametrize("wie", ["jeroen", "mila"])
def test_each_document_that_is_added_is_named(huis: Stadhuis, zaak: Zaak, wie: str):
    bestanden = (bestand("a.pdf"), bestand("b.pdf", ANDERS), bestand("c.exe", b"MZ\x90\x00\x03"))
    toegevoegd = zaken.add_documenten(getattr(huis, wie), zaak.ref, bestanden).toegevoegd
    assert len(toegevoegd) == 2
    assert lines("document.toegevoegd", zaak.ref) == [{"document": een.id} for een in toegevoegd]


def test_of_a_next_version_it_is_known_which_one_it_came_over(huis: Stadhuis, zaak: Zaak):
    [eerste] = zaken.add_documenten(huis.mila, zaak.ref, (bestand(),)).toegevoegd
    [tweede] = zaken.add_documenten(
        huis.mila, zaak.ref, (bestand("b.pdf", ANDERS),), vervangt=eerste.id
    ).toegevoegd
    assert lines("document.toegevoegd", zaak.ref)[-1] == {"document": tweede.id, "vervangt": eerste.id}


def test_a_document_that_answers_a_request_says_which(huis: Stadhuis, zaak: Zaak):
    taak = ask(huis, zaak)
    [document] = huis.deliver(zaak.ref).toegevoegd
    assert lines("document.toegevoegd", zaak.ref) == [{"document": document.id, "taak": taak}]


@pytest.mark.parametrize("waar", ["portaal", "balie"])
def test_what_comes_along_with_a_new_zaak_is_named_after_the_zaak_began(huis: Stadhuis, waar: str):
    assert huis.jeroen.partij is not None
    kanaal = Kanaal.PORTAAL if waar == "portaal" else Kanaal.BALIE
    opdracht = replace(nieuwe_zaak(huis.jeroen.partij), kanaal=kanaal)
    begin = zaken.start_zaak if waar == "portaal" else zaken.register_zaak
    wie = huis.jeroen if waar == "portaal" else huis.mila
    zaak, ontvangst = begin(wie, opdracht, (bestand("a.pdf"), bestand("b.pdf", ANDERS)))
    rijen = AuditRegel.objects.filter(object_ref=str(zaak.ref)).order_by("pk")
    gestart = "zaak.gestart" if waar == "portaal" else "zaak.geregistreerd"
    assert list(rijen.values_list("actie", "actor_key")) == [
        (gestart, wie.key),
        *[("document.toegevoegd", wie.key)] * 2,
    ]
    assert [een["document"] for een in lines("document.toegevoegd", zaak.ref)] == [
        een.id for een in ontvangst.toegevoegd
    ]


def test_a_form_that_answers_names_the_request_and_its_documents(huis: Stadhuis, zaak: Zaak):
    taak = ask(huis, zaak, "formulier")
    zaken.answer_with_form(huis.jeroen, zaak.ref, taak, antwoord="Ja", klaar=prepare(PDF, ANDERS))
    assert lines("formulier.beantwoord", zaak.ref) == [
        {"taak": taak, "soort": "formulier", "betrokkene": key_of(huis.jeroen)}
    ]
    toegevoegd = lines("document.toegevoegd", zaak.ref)
    assert [een["taak"] for een in toegevoegd] == [taak, taak]
    assert {een["document"] for een in toegevoegd} == {een.id for een in list_alle_versies(str(zaak.ref))}


def test_a_document_that_is_sent_again_under_another_name_leaves_a_line(huis: Stadhuis, zaak: Zaak):
    [document] = huis.deliver(zaak.ref).toegevoegd
    taak = ask(huis, zaak, "formulier")
    zaken.answer_with_form(huis.jeroen, zaak.ref, taak, antwoord="Ja", klaar=prepare(PDF, naam="nieuw.pdf"))
    assert lines("document.opnieuw_gestuurd", zaak.ref) == [{"document": document.id, "taak": taak}]
    assert "nieuw" not in str(lines("document.opnieuw_gestuurd", zaak.ref))


def test_what_has_a_next_version_is_not_said_to_be_sent_again(huis: Stadhuis, zaak: Zaak):
    [eerste] = huis.deliver(zaak.ref).toegevoegd
    zaken.refuse_document(huis.mila, zaak.ref, eerste.id, reden="Onleesbaar", deadline=None)
    zaken.add_documenten(huis.jeroen, zaak.ref, (bestand("b.pdf", ANDERS),), vervangt=eerste.id)
    taak = ask(huis, zaak, "formulier")
    zaken.answer_with_form(huis.jeroen, zaak.ref, taak, antwoord="Ja", klaar=prepare(PDF))
    assert lines("document.opnieuw_gestuurd", zaak.ref) == []


def test_a_move_names_both_zaken_and_every_version(huis: Stadhuis, zaak: Zaak):
    doel = huis.start("Uitbouw")
    [eerste] = huis.deliver(zaak.ref).toegevoegd
    zaken.refuse_document(huis.mila, zaak.ref, eerste.id, reden="Onleesbaar", deadline=None)
    [laatste] = zaken.add_documenten(
        huis.jeroen, zaak.ref, (bestand("b.pdf", ANDERS),), vervangt=eerste.id
    ).toegevoegd
    zaken.move_document(huis.mila, zaak.ref, laatste.id, naar=doel.identificatie)
    welke = {"document": laatste.id, "eerdere_versies": eerste.id}
    assert lines("document.verplaatst", zaak.ref) == [welke | {"naar": str(doel.ref)}]
    assert lines("document.ontvangen_van_andere_zaak", doel.ref) == [welke | {"van": str(zaak.ref)}]


@pytest.mark.parametrize(
    ("soort", "gevraagd", "ingetrokken"),
    [
        ("document", "document.gevraagd", "document.vraag_ingetrokken"),
        ("antwoord", "antwoord.gevraagd", "antwoord.vraag_ingetrokken"),
        ("formulier", "antwoord.gevraagd", "antwoord.vraag_ingetrokken"),
    ],
)
def test_a_request_is_named_from_asking_to_withdrawing(
    huis: Stadhuis, zaak: Zaak, soort: str, gevraagd: str, ingetrokken: str
):
    """After it is withdrawn the row is gone: the trail alone tells what was asked of whom."""
    taak = ask(huis, zaak, soort)
    assert zaken.withdraw_taak(huis.mila, zaak.ref, taak)
    welke = [{"taak": taak, "soort": soort, "betrokkene": key_of(huis.jeroen)}]
    assert (lines(gevraagd, zaak.ref), lines(ingetrokken, zaak.ref)) == (welke, welke)
    andere = {"document.vraag_ingetrokken", "antwoord.vraag_ingetrokken"} - {ingetrokken}
    assert lines(andere.pop(), zaak.ref) == []


def test_an_answer_and_the_judgement_on_it_name_the_request(huis: Stadhuis, zaak: Zaak):
    eerste, tweede = ask(huis, zaak, "antwoord"), ask(huis, zaak, "document")
    zaken.answer_taak(huis.jeroen, zaak.ref, eerste, antwoord="Twee")
    zaken.approve_taak(huis.mila, zaak.ref, eerste)
    huis.deliver(zaak.ref)
    zaken.reject_taak(huis.mila, zaak.ref, tweede, reden="Onleesbaar", deadline=None)
    for actie, taak in (
        ("antwoord.gegeven", eerste),
        ("taak.goedgekeurd", eerste),
        ("taak.afgekeurd", tweede),
    ):
        [kenmerken] = lines(actie, zaak.ref)
        assert (kenmerken["taak"], kenmerken["betrokkene"]) == (taak, key_of(huis.jeroen))


def test_who_may_see_a_screened_zaak_is_in_the_trail(huis: Stadhuis, zaak: Zaak):
    mila, omar = huis.mila.medewerker_id, huis.omar.medewerker_id
    assert mila is not None
    assert omar is not None
    nieuw = zaken.set_toegang(huis.mila, zaak.ref, medewerkers=frozenset({omar}), versie=zaak.versie)
    zaken.set_toegang(huis.mila, zaak.ref, medewerkers=None, versie=nieuw.versie)
    wie = " ".join(map(str, sorted({mila, omar})))
    assert lines("zaak.afgeschermd", zaak.ref) == [
        {"mensen": 2, "medewerkers": wie},
        {"mensen": 0, "medewerkers": ""},
    ]


def test_the_history_of_the_zaak_tells_an_upload_once(huis: Stadhuis, zaak: Zaak):
    huis.deliver(zaak.ref)
    with op_moment(nu() + timedelta(minutes=5)):
        drie = [bestand(f"{nr}.pdf", PDF + b"\n" * (nr + 1)) for nr in range(3)]
        zaken.add_documenten(huis.mila, zaak.ref, tuple(drie))
    regels = list_historie(zaak)
    assert [(een.wie, een.wat, een.regels) for een in regels] == [
        ("Mila Jansen", "heeft 3 documenten toegevoegd", 3),
        ("De aanvrager", "heeft een document toegevoegd", 1),
        ("De aanvrager", "heeft de zaak gestart", 1),
    ]


def test_uploads_of_two_people_at_one_moment_are_two_acts(huis: Stadhuis, zaak: Zaak):
    with op_moment(nu()):
        huis.deliver(zaak.ref)
        zaken.add_documenten(huis.mila, zaak.ref, (bestand("b.pdf", ANDERS),))
    assert [een.wie for een in list_historie(zaak)[:2]] == ["Mila Jansen", "De aanvrager"]


def test_the_line_of_an_earlier_release_still_tells_how_many(huis: Stadhuis, zaak: Zaak):
    note(huis.mila, "document.toegevoegd", zaak.ref, aantal=4)
    assert list_historie(zaak)[0].wat == "heeft 4 documenten toegevoegd"


def test_the_person_reads_which_documents_a_civil_servant_added_and_no_code(huis: Stadhuis, zaak: Zaak):
    zaken.add_documenten(huis.mila, zaak.ref, (bestand("besluit.pdf"), bestand("kaart.pdf", ANDERS)))
    zaken.withdraw_taak(huis.mila, zaak.ref, ask(huis, zaak))
    onderwerp = eigen.one_zaak(huis.jeroen, zaak.ref)
    regels = eigen.list_regels(huis.jeroen, onderwerp, eigen.ALLES, offset=0, limit=50)
    wat = "heeft een document aan uw zaak toegevoegd"
    assert {een.document for een in regels if een.wat == wat} == {"besluit", "kaart"}
    assert key_of(huis.jeroen) not in repr(regels)
