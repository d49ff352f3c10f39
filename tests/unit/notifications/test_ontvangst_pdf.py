"""The receipt as PDF: tagged, complete, without a number of anybody, and the same bytes whenever it is made."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pypdf import PdfReader

from eloket.kernel.klok import nu, op_moment
from eloket.notifications.ontvangst.pdf import make_pdf
from eloket.notifications.ontvangst.types import OntvangenBestand, OntvangstInzage, OntvangstSoort
from tests.pdf import text_of_pdf

SOM = "b1946ac92492d2347c6235b4d2611184f1f1b1a3c5d7e9f00112233445566778"
BEWIJS = OntvangstInzage(
    id="5f0c6a3e-6d3b-4c58-9a58-0d4f1c1b7e11",
    kenmerk="OB-2026-7K3M-9QXC",
    soort=OntvangstSoort.BERICHT,
    ontvangen_op=datetime(2026, 11, 3, 9, 12, tzinfo=UTC),
    middel="digid",
    kanaal="portaal",
    zaak_ref="register-a1b2",
    zaaknummer="2026-0042",
    zaak="Dakkapel aan de voorkant",
    onderwerp="De dakkapel",
    bestanden=(OntvangenBestand("foto's van de *dakkapel*.pdf", 1_234_567, SOM),),
    velden=(),
)


def read(bewijs: OntvangstInzage) -> str:
    return text_of_pdf(make_pdf(bewijs, gemeente="Gemeente Voorbeeld"))


def test_it_says_what_when_reference_and_login_means_and_names_the_file_with_its_sum():
    tekst = read(BEWIJS)
    for deel in (
        "Gemeente Voorbeeld heeft dit van u ontvangen: Uw bericht",
        "Kenmerk: OB-2026-7K3M-9QXC",
        "Ontvangen op: 3 november 2026, 10.12 uur",
        "Hoe: via de website, ingelogd met DigiD",
        "Zaak: Dakkapel aan de voorkant",
        "Onderwerp: De dakkapel",
        "*dakkapel*.pdf",
        "1234567 bytes",
        SOM,
    ):
        assert deel in tekst
    assert "uit deze foto gehaald" not in tekst


def test_a_photo_that_lost_its_place_says_of_which_file_the_sum_is():
    foto = replace(BEWIJS.bestanden[0], is_zonder_plaats=True)
    assert "De SHA-256 hoort bij de foto zonder die plaats" in read(replace(BEWIJS, bestanden=(foto,)))


@pytest.mark.parametrize(
    ("anders", "deel"),
    [
        ({"middel": ""}, "via de website, zonder in te loggen"),
        ({"middel": "eherkenning"}, "ingelogd met eHerkenning"),
        ({"kanaal": "balie", "middel": ""}, "Hoe: aan de balie"),
        ({"soort": OntvangstSoort.GEGEVENS, "velden": ("email", "telefoon")}, "e-mailadres, telefoonnummer"),
        ({"soort": OntvangstSoort.ANTWOORD}, "Onze vraag: De dakkapel"),
    ],
)
def test_it_says_how_it_came_in_and_what_changed(anders, deel):
    assert deel in read(replace(BEWIJS, **anders))


def test_it_is_the_same_bytes_whenever_it_is_made_and_tagged_for_a_screen_reader():
    eerst = make_pdf(BEWIJS, gemeente="Gemeente Voorbeeld")
    with op_moment(nu() + timedelta(days=4000)):
        assert make_pdf(BEWIJS, gemeente="Gemeente Voorbeeld") == eerst
    lezer = PdfReader(io.BytesIO(eerst))
    wortel = lezer.root_object
    assert "'/Marked': True" in str(wortel["/MarkInfo"].get_object())
    assert str(wortel["/Lang"]).startswith("nl")
    assert lezer.metadata
    assert lezer.metadata.title == "Ontvangstbewijs"
    assert b"pdfuaid" in eerst


@pytest.mark.parametrize("soort", list(OntvangstSoort))
def test_every_kind_has_a_receipt(soort):
    assert "OB-2026-7K3M-9QXC" in read(replace(BEWIJS, soort=soort, bestanden=()))
