"""A conversation as PDF: tagged, in Dutch, and everything that people typed is only ever text."""

import io
from datetime import UTC, datetime
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import BooleanObject, DictionaryObject

from eloket.berichten.pdf import make_gesprek_pdf
from eloket.berichten.types import BerichtInzage, Bijlage, BijlageStand, GesprekInzage
from eloket.identity.types import Partij
from eloket.zaken.testing import FakeZaakBron, nieuwe_zaak
from tests.pdf import text_of_pdf

MOMENT = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


def make(*teksten: str, onderwerp: str = "Kosten", bijlagen: tuple[str, ...] = ()) -> bytes:
    zaak = FakeZaakBron().start_zaak(nieuwe_zaak(Partij.inwoner("999990019")), MOMENT)[0]
    berichten = tuple(
        BerichtInzage(
            id=str(nummer),
            zaak_ref=zaak.ref,
            is_van_gemeente=bool(nummer % 2),
            afzender_naam="J. van Drouwen",
            tekst=tekst,
            verzonden_op=MOMENT,
            is_gelezen=True,
            bijlagen=tuple(Bijlage("d", naam, BijlageStand.BESCHIKBAAR) for naam in bijlagen),
        )
        for nummer, tekst in enumerate(teksten)
    )
    gesprek = GesprekInzage(
        id="g",
        zaak_ref=zaak.ref,
        onderwerp=onderwerp,
        is_van_gemeente=False,
        berichten=berichten,
        ongelezen=0,
    )
    return make_gesprek_pdf(zaak, gesprek, gemeente="Gemeente Voorbeeld", moment=MOMENT)


def test_it_is_tagged_dutch_and_has_a_title() -> None:
    lezer = PdfReader(io.BytesIO(make("Hallo")))
    wortel = lezer.root_object
    assert cast("DictionaryObject", wortel["/MarkInfo"].get_object())["/Marked"] == BooleanObject(True)
    assert "/StructTreeRoot" in wortel
    assert str(wortel["/Lang"]).startswith("nl")
    assert cast("DictionaryObject", wortel["/ViewerPreferences"].get_object())[
        "/DisplayDocTitle"
    ] == BooleanObject(True)
    assert lezer.metadata is not None
    assert lezer.metadata.title == "Gesprek: Kosten"
    assert b"pdfuaid:part>1<" in make("Hallo")


def test_it_says_who_wrote_what_and_when_oldest_first() -> None:
    tekst = text_of_pdf(make("Het antwoord", "De vraag", bijlagen=("brief van mij",)))
    assert tekst.index("De vraag") < tekst.index("Het antwoord")
    assert "Bericht 1 van 2: J. van Drouwen, Gemeente Voorbeeld" in tekst
    assert "3 november 2026, 10.00 uur" in tekst
    assert "brief van mij" in tekst


@pytest.mark.parametrize(
    "tekst", ['#read("/etc/passwd")', "$x_1$ *vet* _schuin_ `code` \\ #[ <label> @bron // einde", "= Kop"]
)
def test_what_people_typed_is_never_read_as_instructions(tekst: str) -> None:
    assert tekst in text_of_pdf(make(tekst, onderwerp=tekst, bijlagen=(tekst,)))


def test_long_text_emoji_and_arabic_are_no_problem() -> None:
    tekst = text_of_pdf(make("woord " * 833, "Dank u 😀", "مرحبا", "\u202eomgekeerd", "a\x07b", "中文 " * 50))
    assert tekst.count("woord") == 833
    assert "[teken U+1F600]" in tekst


@pytest.mark.parametrize("tekst", ["🏻", "\u200d🏿", "𝄞", "\ufffc", "\U000e0041"])
def test_a_sign_that_no_font_has_is_named(tekst: str) -> None:
    assert make(tekst, onderwerp=tekst, bijlagen=(tekst,)).startswith(b"%PDF-")


@given(st.text(min_size=1, max_size=60))
@settings(max_examples=40, deadline=None)
def test_every_text_makes_a_pdf(tekst: str) -> None:
    assert make(tekst, onderwerp=tekst, bijlagen=(tekst,)).startswith(b"%PDF-")
