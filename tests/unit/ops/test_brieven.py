"""Letters: tagged PDF that says which standard it keeps, with text taken as it is."""

from datetime import UTC, datetime

from eloket.identity.types import Partij
from eloket.ops.demo import brieven
from eloket.zaken.testing import FakeZaakBron, nieuwe_zaak
from eloket.zaken.types import Zaak

MOMENT = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
AAN = ("J. van Drouwen", "Lindelaan 12", "1234 AB  Voorbeeld")


def zaak(omschrijving: str = "") -> Zaak:
    opdracht = nieuwe_zaak(Partij.inwoner("999990019"), omschrijving=omschrijving)
    return FakeZaakBron().start_zaak(opdracht, MOMENT)[0]


def test_letters_are_accessible_pdf() -> None:
    for pdf in (
        brieven.ontvangstbevestiging(zaak(), AAN, MOMENT),
        brieven.verzoek_om_informatie(
            zaak(), AAN, MOMENT, document="Kentekenbewijs", deadline="28 november 2026"
        ),
        brieven.besluit(zaak(), AAN, MOMENT, resultaat="Vergunning verleend"),
    ):
        assert pdf.startswith(b"%PDF-")
        assert b"pdfuaid:part>1<" in pdf
        assert b"/MarkInfo" in pdf
        assert b"/Lang(nl" in pdf.replace(b"/Lang (", b"/Lang(")


def test_same_letter_is_the_same_file() -> None:
    eerste, tweede = (brieven.ontvangstbevestiging(zaak(), AAN, MOMENT) for _ in range(2))
    assert eerste == tweede


def test_text_of_people_is_never_read_as_instructions() -> None:
    """What typst would see as code, mark-up or a file to read stays text: the letter is still made."""
    boos = '#read("/etc/passwd") $x_1 *vet* `code` \\ #[ <label> @bron // einde'
    assert brieven.ontvangstbevestiging(zaak(boos), (boos, boos), MOMENT).startswith(b"%PDF-")
