"""The index of a dossier: PDF/A-2a and PDF/UA-1 together, and everything that people typed is only ever text."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ArrayObject, StreamObject

from eloket.afschriften.index import Opgave, describe, make_index
from eloket.afschriften.types import Weggelaten
from eloket.documenten.formaten import PDF
from eloket.documenten.types import Beoordeling, DocumentInzage, Herkomst, Kenmerk
from eloket.zaken.types import Gebeurtenis, GebeurtenisSoort, Opschorting, TaakInzage, TaakStand, ZaakRef
from tests.pdf import text_of_pdf
from tests.unit.afschriften.stukken import MOMENT, TRAAG, stuk, zaak


def opgave(**velden: object) -> Opgave:
    leeg = Opgave(zaak(), "J. van Drouwen", "Gemeente Voorbeeld", MOMENT, (), (), (), ())
    return replace(leeg, **velden)  # type: ignore[arg-type]


def document(**velden: object) -> DocumentInzage:
    kaal = DocumentInzage(
        "d",
        "nep-1",
        "t",
        "t.pdf",
        PDF,
        1,
        Herkomst.AANVRAGER,
        "k",
        "n",
        datetime(2026, 1, 1, tzinfo=UTC),
        "0" * 64,
    )
    return replace(kaal, **velden)  # type: ignore[arg-type]


def taak(**velden: object) -> TaakInzage:
    kaal = TaakInzage(
        "t", ZaakRef("nep", "1"), "", "", "Hoeveel?", "Tel ze.", date(2026, 11, 9), MOMENT, None, 6
    )
    return replace(kaal, **velden)  # type: ignore[arg-type]


def test_it_is_an_archive_file_that_a_screen_reader_can_read():
    """What a validator looks at first; that the rest is right typst checks while it writes, and refuses otherwise."""
    lezer = PdfReader(io.BytesIO(make_index(opgave(stukken=(stuk("map/documenten/001 a.pdf"),)))))
    wortel = lezer.root_object
    xmp = cast("StreamObject", wortel["/Metadata"].get_object()).get_data().decode()
    assert re.search(r"<pdfaid:part>2</pdfaid:part>", xmp)
    assert re.search(r"<pdfaid:conformance>A</pdfaid:conformance>", xmp)
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", xmp)
    assert "/StructTreeRoot" in wortel
    assert str(wortel["/Lang"]).startswith("nl")
    (bedoeling,) = cast("ArrayObject", wortel["/OutputIntents"].get_object())
    assert bedoeling.get_object()["/S"] == "/GTS_PDFA1"
    assert not lezer.is_encrypted
    assert "/ID" in lezer.trailer
    assert "/AA" not in wortel
    assert "/OpenAction" not in wortel
    assert "/EmbeddedFiles" not in wortel.get("/Names", {})
    assert lezer.metadata is not None
    assert lezer.metadata.title == "Dossier van zaak Z-2026-000001"


def test_every_font_is_in_the_file():
    lezer = PdfReader(io.BytesIO(make_index(opgave(stukken=(stuk("a/b.pdf"),)))))
    letters = [
        lid.get_object()
        for blad in lezer.pages
        for lid in blad["/Resources"]["/Font"].values()  # type: ignore[index]
    ]
    assert letters
    for letter in letters:
        (afstamming,) = letter["/DescendantFonts"]
        beschrijving = afstamming.get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & beschrijving.keys()
        assert "/ToUnicode" in letter


def test_it_names_each_file_with_its_size_and_hash():
    een = replace(stuk("documenten/001 a.pdf", b"x" * 2000), titel="Loonstrook", regels=(("Van", "u"),))
    tekst = text_of_pdf(make_index(opgave(stukken=(een,))))
    assert "1. Loonstrook" in tekst
    assert "Bestand: documenten/001 a.pdf" in tekst
    assert "Omvang: 2 kB (2000 bytes)" in tekst
    assert een.sha256 in tekst.replace(" ", "")
    assert "Alles wat u bij deze zaak kunt zien, zit in dit dossier." in tekst


def test_it_says_what_is_left_out_and_why():
    tekst = text_of_pdf(make_index(opgave(weggelaten=(Weggelaten("Foto", "In dit bestand zit een virus."),))))
    assert "Wat er niet in zit Foto In dit bestand zit een virus." in tekst


def test_it_tells_the_facts_the_questions_and_the_timeline():
    gebeurd = Gebeurtenis(GebeurtenisSoort.BERICHT_ONTVANGEN, MOMENT, "Wij hebben uw bericht ontvangen")
    gevraagd = taak(
        vervuld_op=MOMENT,
        stand=TaakStand.AFGEKEURD,
        antwoord="Drie.",
        afkeurreden="Het zijn er vier.",
        verlengd_om="Er was een storing.",
    )
    stil = replace(
        zaak(), opschorting=Opschorting("Wij wachten op u", date(2026, 11, 2)), toelichting="Graag snel"
    )
    tekst = text_of_pdf(make_index(opgave(zaak=stil, gebeurtenissen=(gebeurd,), taken=(gevraagd,))))
    for deel in (
        "Zaaknummer: Z-2026-000001",
        "De termijn staat stil: sinds 2 november 2026. Wij wachten op u",
        "Toelichting: Graag snel",
        "Dossier gemaakt op: 3 november 2026, 10.00 uur, door Gemeente Voorbeeld",
        "Dossier gemaakt voor: J. van Drouwen",
        "Hoeveel? Gevraagd op: 3 november 2026, 10.00 uur Uitleg: Tel ze. Vóór: 9 november 2026",
        "Langer de tijd gekregen: Er was een storing. Ontvangen op: 3 november 2026",
        "Antwoord: Drie. Stand: Afgekeurd Waarom afgekeurd: Het zijn er vier.",
        "3 november 2026: Wij hebben uw bericht ontvangen",
    ):
        assert deel in tekst


def test_a_closed_zaak_tells_how_it_ended():
    dicht = replace(zaak(), einddatum=date(2026, 11, 8), resultaat="Verleend")
    assert "Afgerond op: 8 november 2026 Resultaat: Verleend" in text_of_pdf(make_index(opgave(zaak=dicht)))


@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"kenmerken": frozenset({Kenmerk.ACTIEF})}, ("Let op", "scripts")),
        ({"kenmerken": frozenset({Kenmerk.VERSLEUTELD})}, ("Let op", "wachtwoord")),
        ({"kenmerken": frozenset({Kenmerk.ONLEESBAAR})}, ("Let op", "niet goed lezen")),
        ({"versie": 2}, ("Versie", "2")),
        ({"vervangen_door": "x"}, ("Versie", "1, er is een nieuwere versie")),
        (
            {"beoordeling": Beoordeling.AFGEKEURD, "afkeurreden": "Onscherp."},
            ("Waarom afgekeurd", "Onscherp."),
        ),
        ({"documenttype": "Foto"}, ("Soort document", "Foto")),
        ({"herkomst": Herkomst.GEMEENTE}, ("Van", "de gemeente")),
    ],
)
def test_of_a_document_it_tells_what_to_know_before_opening_it(velden, regel):
    naam, deel = regel
    assert any(deel in waarde for sleutel, waarde in describe(document(**velden)) if sleutel == naam)


@settings(TRAAG, max_examples=40)
@given(
    st.text(max_size=60),
    st.text(st.sampled_from('#*_$\\`"<>@[]={}-/\n\ue000\ufeff\u0000😀\U0010ffff'), max_size=30),
)
def test_whatever_people_typed_the_index_can_be_made(tekst, vreemd):
    een = replace(stuk("m/documenten/001 a.pdf"), titel=tekst + vreemd, regels=(("Van", vreemd),))
    gevraagd = taak(titel=vreemd, antwoord=tekst, toelichting=vreemd)
    gemaakt = make_index(
        opgave(
            zaak=replace(zaak(), toelichting=tekst, omschrijving=vreemd),
            voor=vreemd,
            stukken=(een,),
            taken=(gevraagd,),
            weggelaten=(Weggelaten(vreemd, tekst),),
        )
    )
    assert gemaakt.startswith(b"%PDF")
