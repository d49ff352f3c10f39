"""A document that a browser could execute is never shown inline, to nobody: it is saved, and the page says why."""

import pytest
from django.test import Client

from eloket.documenten import voorbeelden
from eloket.documenten.models import Bestand
from eloket.documenten.queries import list_documenten
from eloket.documenten.types import Kenmerk
from eloket.zaken.types import ZaakRef
from tests.web.portaal import client_van
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, text_of, zaak_pad

pytestmark = pytest.mark.django_db
REDEN = {
    Kenmerk.VERSLEUTELD: "Op dit bestand zit een wachtwoord.",
    Kenmerk.ACTIEF: "In dit bestand zitten scripts of andere bestanden.",
    Kenmerk.ONLEESBAAR: "Wij kunnen niet goed lezen wat er in dit bestand zit.",
}


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


def deliver(huis: Stadhuis, inhoud: bytes, naam: str = "brief.pdf") -> tuple[ZaakRef, str]:
    """A zaak with this one document of a resident."""
    ref = huis.start().ref
    assert huis.deliver(ref, naam, inhoud).toegevoegd
    return ref, list_documenten(str(ref))[0].id


def ways_to_open(huis: Stadhuis, ref: ZaakRef, document_id: str) -> list[tuple[Client, str]]:
    """Every address that shows a document, with who may ask for it."""
    werkplek = zaak_pad(ref, f"documenten/{document_id}/openen/")
    return [
        (client_van(huis.jeroen), f"/mijn/zaken/{ref}/documenten/{document_id}/openen/"),
        (client_of(huis.mila), werkplek),
        (client_of(huis.mila), f"{werkplek}?in=pagina"),
    ]


@pytest.mark.parametrize("kenmerk", Kenmerk)
def test_what_inspection_flagged_is_only_saved_and_the_page_says_why(huis: Stadhuis, kenmerk: Kenmerk):
    ref, document_id = deliver(huis, voorbeelden.pdf())
    Bestand.objects.update(kenmerken=kenmerk.value)
    for client, pad in ways_to_open(huis, ref, document_id):
        antwoord = client.get(pad)
        assert antwoord["Content-Disposition"].startswith("attachment"), pad
        assert "sandbox" in antwoord["Content-Security-Policy"]
        assert antwoord["X-Frame-Options"] == "DENY"
    bekijken = zaak_pad(ref, f"documenten/{document_id}/bekijken/")
    for client, pad in (
        (client_van(huis.jeroen), f"/mijn/zaken/{ref}/"),
        (client_of(huis.mila), bekijken),
    ):
        html = text_of(client.get(pad))
        assert REDEN[kenmerk] in html
        assert "/opslaan/" in html
        assert f"{document_id}/openen/" not in html
        assert "<iframe" not in html


def test_a_plain_pdf_is_shown(huis: Stadhuis):
    ref, document_id = deliver(huis, voorbeelden.pdf())
    for client, pad in ways_to_open(huis, ref, document_id):
        assert client.get(pad)["Content-Disposition"].startswith("inline"), pad


@pytest.mark.parametrize(
    "inhoud",
    [
        voorbeelden.pdf().replace(
            b"/Type /Catalog", b"/OpenAction << /S /GoTo /Next << /S /JavaScript >> >>", 1
        ),
        voorbeelden.pdf().replace(b"startxref", b"start", 1),
    ],
    ids=["script-na-een-sprong", "zonder-tabel"],
)
def test_what_was_sent_is_looked_into_before_it_is_shown(huis: Stadhuis, inhoud: bytes):
    ref, document_id = deliver(huis, inhoud)
    for client, pad in ways_to_open(huis, ref, document_id):
        assert client.get(pad)["Content-Disposition"].startswith("attachment"), pad
