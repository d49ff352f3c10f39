"""What every DocumentBron promises (documenten.ports): run on the embedded one and on the fake."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from eloket.documenten import opslag, service
from eloket.documenten.bron import EmbeddedDocumentBron
from eloket.documenten.errors import (
    BestandVerlopen,
    DocumentAlBeoordeeld,
    DocumentBestaatAl,
    DocumentNietGevonden,
    DocumentVervangen,
    InhoudOntbreekt,
)
from eloket.documenten.ports import DocumentBron
from eloket.documenten.testing import FakeDocumentBron
from eloket.documenten.types import Beoordeling, DocumentInzage, Herkomst, Klaar
from eloket.documenten.upload import bied_aan

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


@pytest.fixture(params=[EmbeddedDocumentBron, FakeDocumentBron])
def bron(request, settings, tmp_path: Path) -> DocumentBron:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "tmp"
    bron: DocumentBron = request.param()
    service.configure(bron)
    return bron


def _klaar(inhoud: bytes = b"tekst", naam: str = "brief.txt") -> Klaar:
    toevoeging = service.prepare((bied_aan(naam, [inhoud]),), zaak_ref="", moment=MOMENT)
    return toevoeging.goed[0]


def _voeg_toe(
    bron: DocumentBron, klaar: Klaar, zaak_ref: str = "register-1", uren: int = 0, **anders: Any
) -> DocumentInzage:
    velden = {"herkomst": Herkomst.AANVRAGER, "auteur_key": "k" * 64, "auteur_naam": "J. de Vries", **anders}
    return bron.add_document(
        zaak_ref=zaak_ref, bestand=klaar, moment=MOMENT + timedelta(hours=uren), **velden
    )


def test_what_was_added_is_found_again(bron: DocumentBron):
    document = _voeg_toe(bron, _klaar(naam="mijn_café.txt"), betrokkene_key="b", vestiging_key="v")
    assert (document.betrokkene_key, document.vestiging_key) == ("b", "v")
    assert (document.titel, document.bestandsnaam, document.formaat.code) == (
        "mijn café",
        "mijn_café.txt",
        "txt",
    )
    assert (document.auteur_naam, document.ontvangen_op, document.omvang) == ("J. de Vries", MOMENT, 5)
    assert document.is_van_aanvrager
    assert document.sha256 == hashlib.sha256(b"tekst").hexdigest()
    assert bron.get_document(document.id) == document


def test_documents_of_several_zaken_are_found_in_one_call_and_unknown_ones_are_left_out(bron: DocumentBron):
    eerste = _voeg_toe(bron, _klaar(b"een"))
    tweede = _voeg_toe(bron, _klaar(b"twee"), zaak_ref="register-2")
    gevraagd = {eerste.id, tweede.id, "0192aaaa-0000-7000-8000-000000000000"}
    assert bron.find_documenten(gevraagd) == {eerste.id: eerste, tweede.id: tweede}
    assert bron.find_documenten(()) == {}


def test_the_newest_document_comes_first_and_other_zaken_stay_apart(bron: DocumentBron):
    oud = _voeg_toe(bron, _klaar(b"oud"))
    nieuw = _voeg_toe(bron, _klaar(b"nieuw"), uren=1)
    _voeg_toe(bron, _klaar(b"elders"), zaak_ref="register-2")
    assert bron.list_documenten("register-1") == (nieuw, oud)
    assert bron.list_documenten("register-3") == ()


def test_the_bytes_come_back_in_chunks(bron: DocumentBron):
    inhoud = b"regel\n" * 100_000
    gekregen = bron.open_document(_voeg_toe(bron, _klaar(inhoud)).id)
    brokken = list(gekregen.brokken)
    assert b"".join(brokken) == inhoud
    assert gekregen.omvang == len(inhoud)
    assert len(brokken) > 1


@pytest.mark.parametrize("document_id", ["", "x", "../1", "6b5f0d6e-4f6f-4a55-9d5a-3f6b8a1f2c3d", "\x00"])
def test_an_unknown_id_is_not_found(bron: DocumentBron, document_id):
    with pytest.raises(DocumentNietGevonden):
        bron.get_document(document_id)
    with pytest.raises(DocumentNietGevonden):
        bron.open_document(document_id)


def test_a_document_of_another_zaak_is_unknown_to_this_one(bron: DocumentBron):
    document = _voeg_toe(bron, _klaar())
    assert bron.get_document(document.id, zaak_ref=document.zaak_ref) == document
    for ander in ("register-elders", ""):
        with pytest.raises(DocumentNietGevonden):
            bron.get_document(document.id, zaak_ref=ander)


def test_the_same_content_is_linked_to_a_zaak_once(bron: DocumentBron):
    klaar = _klaar()
    _voeg_toe(bron, klaar)
    with pytest.raises(DocumentBestaatAl, match="document-bestaat-al"):
        _voeg_toe(bron, replace(klaar, naam="anders.txt"))
    assert len(bron.list_documenten("register-1")) == 1
    _voeg_toe(bron, klaar, zaak_ref="register-2")


def test_a_file_that_is_no_longer_held_cannot_be_linked(bron: DocumentBron):
    klaar = _klaar()
    service.ruim_op(MOMENT + timedelta(hours=2))
    with pytest.raises(BestandVerlopen):
        _voeg_toe(bron, klaar)


def test_bytes_that_are_gone_are_an_error_and_not_an_empty_file(bron: DocumentBron):
    document = _voeg_toe(bron, _klaar())
    opslag.delete(document.sha256)
    with pytest.raises(InhoudOntbreekt):
        bron.open_document(document.id)


def test_what_a_resident_sends_waits_for_a_decision_and_ours_does_not(bron: DocumentBron):
    nieuw = _voeg_toe(bron, _klaar(b"van hen"), taak_id="taak-1")
    assert (nieuw.beoordeling, nieuw.beoordeeld_op, nieuw.taak_id) == (Beoordeling.NIEUW, None, "taak-1")
    assert nieuw.is_onbehandeld
    eigen = _voeg_toe(bron, _klaar(b"van ons"), herkomst=Herkomst.GEMEENTE)
    assert (eigen.beoordeling, eigen.beoordeeld_op) == (Beoordeling.GEACCEPTEERD, MOMENT)
    assert not eigen.is_onbehandeld


def test_a_decision_is_kept_and_taking_it_again_changes_nothing(bron: DocumentBron):
    document = _voeg_toe(bron, _klaar())
    besluit: dict[str, Any] = {
        "documenttype": "Bewijs",
        "vertrouwelijkheid": "vertrouwelijk",
        "moment": MOMENT,
    }
    beoordeeld = bron.judge_document(
        document.id, zaak_ref="register-1", beoordeling=Beoordeling.GEACCEPTEERD, **besluit
    )
    assert (beoordeeld.beoordeling, beoordeeld.documenttype, beoordeeld.vertrouwelijkheid) == (
        Beoordeling.GEACCEPTEERD,
        "Bewijs",
        "vertrouwelijk",
    )
    assert beoordeeld == bron.get_document(document.id)
    later = MOMENT + timedelta(hours=1)
    opnieuw = bron.judge_document(
        document.id, zaak_ref="register-1", beoordeling=Beoordeling.GEACCEPTEERD, moment=later
    )
    assert opnieuw == beoordeeld
    with pytest.raises(DocumentAlBeoordeeld, match="document-al-beoordeeld"):
        bron.judge_document(
            document.id, zaak_ref="register-1", beoordeling=Beoordeling.AFGEKEURD, reden="x", moment=later
        )
    assert bron.get_document(document.id) == beoordeeld


def test_a_refusal_keeps_its_reason(bron: DocumentBron):
    document = _voeg_toe(bron, _klaar())
    bron.judge_document(
        document.id,
        zaak_ref="register-1",
        beoordeling=Beoordeling.AFGEKEURD,
        reden="De foto is onscherp.",
        moment=MOMENT,
    )
    afgekeurd = bron.get_document(document.id)
    assert (afgekeurd.beoordeling, afgekeurd.afkeurreden) == (Beoordeling.AFGEKEURD, "De foto is onscherp.")


def test_only_the_last_version_is_listed_and_all_are_found(bron: DocumentBron):
    eerste = _voeg_toe(bron, _klaar(b"een"))
    tweede = _voeg_toe(bron, _klaar(b"twee"), uren=1, vervangt=eerste.id)
    derde = _voeg_toe(bron, _klaar(b"drie"), uren=2, vervangt=tweede.id)
    assert [een.versie for een in (eerste, tweede, derde)] == [1, 2, 3]
    assert bron.list_documenten("register-1") == (derde,)
    for document in (eerste, tweede, derde):
        versies = bron.list_versies(document.id)
        assert [een.id for een in versies] == [derde.id, tweede.id, eerste.id]
        assert [een.vervangen_door for een in versies] == ["", derde.id, tweede.id]
    assert b"".join(bron.open_document(eerste.id).brokken) == b"een"


def test_a_next_version_answers_what_the_one_before_it_answered(bron: DocumentBron):
    eerste = _voeg_toe(bron, _klaar(b"een"), taak_id="taak-1")
    assert _voeg_toe(bron, _klaar(b"twee"), vervangt=eerste.id).taak_id == "taak-1"


def test_who_sent_a_document_keeps_it_in_their_list_whatever_came_after(bron: DocumentBron):
    eigen = _voeg_toe(bron, _klaar(b"een"))
    brief = _voeg_toe(bron, _klaar(b"twee"), uren=1, herkomst=Herkomst.GEMEENTE)
    nieuw = _voeg_toe(bron, _klaar(b"drie"), uren=2, herkomst=Herkomst.GEMEENTE, vervangt=eigen.id)
    tweede_brief = _voeg_toe(bron, _klaar(b"vier"), uren=3, herkomst=Herkomst.GEMEENTE, vervangt=brief.id)
    getoond = [een.id for een in bron.list_voor_aanvrager("register-1")]
    assert getoond == [tweede_brief.id, nieuw.id, eigen.id]
    assert bron.list_documenten("register-1") == (tweede_brief, nieuw)
    assert [een.id for een in bron.list_alle_versies("register-1")] == [
        tweede_brief.id,
        nieuw.id,
        brief.id,
        eigen.id,
    ]
    assert bron.list_alle_versies("register-2") == ()


def test_what_the_applicant_does_not_see_in_the_list_is_unknown_to_them_one_by_one(bron: DocumentBron):
    eigen = _voeg_toe(bron, _klaar(b"een"))
    brief = _voeg_toe(bron, _klaar(b"twee"), herkomst=Herkomst.GEMEENTE)
    for nummer, vorige in enumerate((eigen, brief)):
        klaar = _klaar(b"beter %d" % nummer)
        _voeg_toe(bron, klaar, uren=1, herkomst=Herkomst.GEMEENTE, vervangt=vorige.id)
    gezien = {een.id for een in bron.list_voor_aanvrager("register-1")}
    for een in bron.list_alle_versies("register-1"):
        assert een.is_voor_aanvrager == (een.id in gezien)
        assert bron.get_document(een.id, zaak_ref="register-1") == een
        if een.is_voor_aanvrager:
            assert bron.get_document(een.id, is_voor_aanvrager=True) == een
    with pytest.raises(DocumentNietGevonden):
        bron.get_document(brief.id, zaak_ref="register-1", is_voor_aanvrager=True)


def test_a_document_gets_one_next_version_and_only_in_its_own_zaak(bron: DocumentBron):
    eerste = _voeg_toe(bron, _klaar(b"een"))
    _voeg_toe(bron, _klaar(b"twee"), vervangt=eerste.id)
    with pytest.raises(DocumentVervangen, match="document-vervangen"):
        _voeg_toe(bron, _klaar(b"drie"), vervangt=eerste.id)
    with pytest.raises(DocumentNietGevonden):
        _voeg_toe(bron, _klaar(b"vier"), zaak_ref="register-2", vervangt=eerste.id)
    assert len(bron.list_documenten("register-1")) == 1
    assert bron.list_documenten("register-2") == ()


def test_the_same_content_is_no_next_version(bron: DocumentBron):
    eerste = _voeg_toe(bron, _klaar(b"een"))
    with pytest.raises(DocumentBestaatAl):
        _voeg_toe(bron, _klaar(b"een"), vervangt=eerste.id)
    assert bron.list_documenten("register-1") == (eerste,)


def test_moving_takes_all_versions_along_and_undoes_what_was_decided_about_earlier_ones(bron: DocumentBron):
    eerste = _voeg_toe(bron, _klaar(b"een"), taak_id="taak-1")
    _accept(bron, eerste)
    tweede = _voeg_toe(bron, _klaar(b"twee"), uren=1, vervangt=eerste.id)
    verplaatst = bron.move_document(tweede.id, van="register-1", naar="register-2")
    assert bron.list_documenten("register-1") == ()
    assert bron.list_documenten("register-2") == (verplaatst,)
    assert (verplaatst.beoordeling, verplaatst.beoordeeld_op, verplaatst.documenttype) == (
        Beoordeling.NIEUW,
        None,
        "",
    )
    assert [(een.zaak_ref, een.taak_id, een.beoordeling) for een in bron.list_versies(eerste.id)] == [
        ("register-2", "", Beoordeling.NIEUW)
    ] * 2


def _accept(bron: DocumentBron, document: DocumentInzage) -> None:
    bron.judge_document(
        document.id,
        zaak_ref=document.zaak_ref,
        beoordeling=Beoordeling.GEACCEPTEERD,
        documenttype="Bewijs",
        moment=MOMENT,
    )


def test_what_was_decided_about_is_not_moved(bron: DocumentBron):
    document = _voeg_toe(bron, _klaar())
    brief = _voeg_toe(bron, _klaar(b"brief"), herkomst=Herkomst.GEMEENTE)
    _accept(bron, document)
    was = bron.list_documenten("register-1")
    for een in (document, brief):
        with pytest.raises(DocumentAlBeoordeeld, match="document-al-beoordeeld"):
            bron.move_document(een.id, van="register-1", naar="register-2")
    assert bron.list_documenten("register-1") == was
    assert bron.list_documenten("register-2") == ()


def test_an_earlier_version_does_not_take_the_last_one_along(bron: DocumentBron):
    eerste = _voeg_toe(bron, _klaar(b"een"))
    tweede = _voeg_toe(bron, _klaar(b"twee"), uren=1, vervangt=eerste.id)
    with pytest.raises(DocumentVervangen):
        bron.move_document(eerste.id, van="register-1", naar="register-2")
    assert bron.list_documenten("register-1") == (tweede,)


def test_what_moved_meanwhile_is_unknown_to_who_decides_about_it_in_the_zaak_where_it_was(bron: DocumentBron):
    document = _voeg_toe(bron, _klaar())
    verplaatst = bron.move_document(document.id, van="register-1", naar="register-2")
    with pytest.raises(DocumentNietGevonden):
        bron.move_document(document.id, van="register-1", naar="register-3")
    for oordeel in (Beoordeling.GEACCEPTEERD, Beoordeling.AFGEKEURD):
        with pytest.raises(DocumentNietGevonden):
            bron.judge_document(document.id, zaak_ref="register-1", beoordeling=oordeel, moment=MOMENT)
    assert bron.list_documenten("register-2") == (verplaatst,)
    assert verplaatst.beoordeling is Beoordeling.NIEUW


def test_what_was_refused_and_is_sent_again_waits_for_a_decision_as_the_answer_to_the_new_request(
    bron: DocumentBron,
):
    document = _voeg_toe(bron, _klaar(b"een"), taak_id="taak-1")
    bron.judge_document(
        document.id,
        zaak_ref="register-1",
        beoordeling=Beoordeling.AFGEKEURD,
        reden="Onleesbaar",
        moment=MOMENT,
    )
    klaar = replace(_klaar(b"een"), naam="mei.pdf", titel="mei", documenttype="Loonstrook")
    again = bron.offer_again(document.id, zaak_ref="register-1", bestand=klaar, taak_id="taak-2")
    assert again == replace(
        document, bestandsnaam="mei.pdf", titel="mei", taak_id="taak-2", documenttype="Loonstrook"
    )
    assert bron.list_documenten("register-1") == (again,)


def test_what_was_accepted_or_has_a_next_version_is_not_offered_again(bron: DocumentBron):
    goed, oud = (_voeg_toe(bron, _klaar(b"%d" % nummer), uren=nummer) for nummer in range(2))
    _voeg_toe(bron, _klaar(b"beter"), uren=2, vervangt=oud.id)
    bron.judge_document(goed.id, zaak_ref="register-1", beoordeling=Beoordeling.GEACCEPTEERD, moment=MOMENT)
    for een in (goed, oud):
        eerst = bron.get_document(een.id)
        assert bron.offer_again(een.id, zaak_ref="register-1", bestand=_klaar(), taak_id="taak-2") == eerst
    with pytest.raises(DocumentNietGevonden):
        bron.offer_again("x", zaak_ref="register-1", bestand=_klaar(), taak_id="taak-2")
    with pytest.raises(DocumentNietGevonden):
        bron.offer_again(goed.id, zaak_ref="register-2", bestand=_klaar(), taak_id="taak-2")


def test_what_stands_in_the_other_zaak_already_is_not_moved(bron: DocumentBron):
    document = _voeg_toe(bron, _klaar())
    _voeg_toe(bron, _klaar(), zaak_ref="register-2")
    with pytest.raises(DocumentBestaatAl):
        bron.move_document(document.id, van="register-1", naar="register-2")
    assert bron.list_documenten("register-1") == (document,)


@pytest.mark.parametrize("document_id", ["x", "6b5f0d6e-4f6f-4a55-9d5a-3f6b8a1f2c3d"])
def test_an_unknown_document_cannot_be_judged_or_moved(bron: DocumentBron, document_id: str):
    with pytest.raises(DocumentNietGevonden):
        bron.judge_document(
            document_id, zaak_ref="register-1", beoordeling=Beoordeling.GEACCEPTEERD, moment=MOMENT
        )
    with pytest.raises(DocumentNietGevonden):
        bron.move_document(document_id, van="register-1", naar="register-2")
    with pytest.raises(DocumentNietGevonden):
        bron.list_versies(document_id)
    with pytest.raises(DocumentNietGevonden):
        _voeg_toe(bron, _klaar(), vervangt=document_id)


def test_a_list_is_one_query_whatever_is_in_it(django_assert_num_queries):
    bron = EmbeddedDocumentBron()
    service.configure(bron)
    for nummer in range(5):
        eerste = _voeg_toe(bron, _klaar(b"een %d" % nummer))
        _voeg_toe(bron, _klaar(b"twee %d" % nummer), vervangt=eerste.id)
    with django_assert_num_queries(1):
        assert len(bron.list_documenten("register-1")) == 5
    with django_assert_num_queries(1):
        assert len(bron.list_alle_versies("register-1")) == 10
