"""Names in the zip can be unpacked anywhere, and tell no number of a person."""

import re
import unicodedata
from datetime import UTC, datetime
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eloket.afschriften.namen import map_van, naam_van_document
from eloket.documenten.formaten import FORMATEN, PDF
from eloket.documenten.types import DocumentInzage, Formaat, Herkomst
from tests.unit.afschriften.stukken import TRAAG

LASTIG = st.text(
    alphabet=st.one_of(
        st.sampled_from('/\\:*?"<>|.\x00\u202e\u200b\u00a0é\u0301e ßẞ%$~\U0001f600CONnul0123456789'),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=300,
)


def document(
    naam: str, *, formaat: Formaat = PDF, versie: int = 1, vervangen_door: str = ""
) -> DocumentInzage:
    return DocumentInzage(
        id="d",
        zaak_ref="nep-1",
        titel="t",
        bestandsnaam=naam,
        formaat=formaat,
        omvang=1,
        herkomst=Herkomst.AANVRAGER,
        auteur_key="k",
        auteur_naam="n",
        ontvangen_op=datetime(2026, 1, 1, tzinfo=UTC),
        sha256="0" * 64,
        versie=versie,
        vervangen_door=vervangen_door,
    )


@TRAAG
@given(LASTIG, st.sampled_from(FORMATEN), st.integers(1, 12), st.integers(1, 999))
def test_a_name_can_be_unpacked_on_every_computer(naam, formaat, versie, nummer):
    gemaakt = naam_van_document(nummer, document(naam, formaat=formaat, versie=versie))
    assert gemaakt.startswith(f"{nummer:03d} ")
    assert gemaakt.endswith(f".{formaat.extensies[0]}")
    assert PurePosixPath(gemaakt).name == PureWindowsPath(gemaakt).name == gemaakt, "one part of a path"
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', gemaakt)
    assert gemaakt == gemaakt.strip(". ")
    assert gemaakt == unicodedata.normalize("NFC", gemaakt)
    assert all(unicodedata.category(teken)[0] != "C" for teken in gemaakt)
    assert len(gemaakt) <= 80
    assert len(gemaakt.encode()) <= 200


@TRAAG
@given(st.lists(LASTIG, min_size=2, max_size=8))
def test_no_two_documents_get_the_same_name_whatever_a_disk_makes_of_it(namen):
    gemaakt = [naam_van_document(nummer, document(naam)) for nummer, naam in enumerate(namen, start=1)]
    gevouwen = {unicodedata.normalize("NFKC", naam).casefold() for naam in gemaakt}
    assert len(gevouwen) == len(namen)


@pytest.mark.parametrize(
    "naam",
    [
        "paspoort 999990019.pdf",
        "999990019.pdf",
        "kopie_9999 90 019.pdf",
        "9999.90.019-voor.pdf",
        "a999990019b.pdf",
    ],
)
def test_a_bsn_in_the_name_of_a_file_is_left_out(naam):
    gemaakt = naam_van_document(1, document(naam))
    assert "999990019" not in re.sub(r"[ ._-]", "", gemaakt)
    assert "nummer" in gemaakt


@pytest.mark.parametrize("naam", ["foto 123456789.pdf", "IMG_20261103_101530.pdf", "1234567890123.pdf"])
def test_other_numbers_stay(naam):
    assert naam_van_document(1, document(naam)) == f"001 {naam}"


def test_the_name_says_which_version_it_is():
    assert naam_van_document(3, document("brief.pdf")) == "003 brief.pdf"
    assert naam_van_document(3, document("brief.pdf", vervangen_door="x")) == "003 brief (versie 1).pdf"
    assert naam_van_document(4, document("brief.pdf", versie=2)) == "004 brief (versie 2).pdf"


@pytest.mark.parametrize(
    ("zaaknummer", "map_"),
    [("Z-2026-000001", "dossier-Z-2026-000001"), ("../../etc", "dossier--..-etc"), ("", "dossier-zaak")],
)
def test_whatever_a_source_calls_its_zaak_stays_one_folder(zaaknummer, map_):
    assert map_van(zaaknummer) == map_
