"""What every DocumentBron promises (documenten.ports): run on the embedded one and on the fake."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from eloket.documenten import opslag, service
from eloket.documenten.bron import EmbeddedDocumentBron
from eloket.documenten.errors import BestandVerlopen, DocumentBestaatAl, DocumentNietGevonden, InhoudOntbreekt
from eloket.documenten.ports import DocumentBron
from eloket.documenten.testing import FakeDocumentBron
from eloket.documenten.types import DocumentInzage, Herkomst, Klaar
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
    bron: DocumentBron, klaar: Klaar, zaak_ref: str = "register-1", uren: int = 0
) -> DocumentInzage:
    return bron.add_document(
        zaak_ref=zaak_ref,
        bestand=klaar,
        herkomst=Herkomst.AANVRAGER,
        auteur_key="k" * 64,
        auteur_naam="J. de Vries",
        moment=MOMENT + timedelta(hours=uren),
    )


def test_what_was_added_is_found_again(bron: DocumentBron):
    document = _voeg_toe(bron, _klaar(naam="mijn_café.txt"))
    assert (document.titel, document.bestandsnaam, document.formaat.code) == (
        "mijn café",
        "mijn_café.txt",
        "txt",
    )
    assert (document.auteur_naam, document.ontvangen_op, document.omvang) == ("J. de Vries", MOMENT, 5)
    assert document.is_van_aanvrager
    assert document.sha256 == hashlib.sha256(b"tekst").hexdigest()
    assert bron.get_document(document.id) == document


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
