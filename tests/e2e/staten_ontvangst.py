"""The states of receipts: what the page says after sending, and the lists under a zaak and under Mijn Gegevens."""

import uuid

from playwright.sync_api import FilePayload, Page

from eloket.documenten import voorbeelden
from tests.e2e.browser import JEROEN, SANNE
from tests.e2e.keuring import Staat
from tests.e2e.wegen import to, to_upload, to_zaak


def _sent_message(page: Page) -> None:
    to_zaak(page)
    page.get_by_label("Uw bericht over deze zaak").fill(f"Hoe lang duurt het nog? {uuid.uuid4().hex}")
    page.get_by_role("button", name="Verstuur", exact=True).click()
    page.get_by_role("status").filter(has_text="Kenmerk OB-").wait_for()


def _sent_documents(page: Page) -> None:
    to_upload(page)
    lang = f"foto_van_de_achterkant_{'0123456789' * 6}.txt"
    inhoud = uuid.uuid4().hex.encode()
    page.get_by_label("Kies een of meer bestanden").set_input_files(
        [
            FilePayload(name=lang, mimeType="text/plain", buffer=inhoud),
            FilePayload(name="plan.pdf", mimeType="application/pdf", buffer=voorbeelden.pdf() + inhoud),
        ]
    )
    page.locator("#documenten").get_by_role("button", name="Voeg toe", exact=True).click()
    page.get_by_role("status").filter(has_text="Kenmerk OB-").wait_for()


def _receipts(page: Page) -> None:
    """With every kind of line: a message, and documents with a long name."""
    _sent_message(page)
    _sent_documents(page)
    page.get_by_role("link", name="Ontvangstbewijzen van wat u ons stuurde").click()
    page.locator("h1", has_text="Ontvangstbewijzen").wait_for()


def _changed_details(page: Page) -> None:
    page.goto("/mijn/gegevens/")
    telefoon = page.get_by_label("Telefoonnummer")
    telefoon.fill("06 12 34 56 79" if telefoon.input_value() != "06 12 34 56 79" else "06 12 34 56 78")
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_role("status").filter(has_text="Kenmerk OB-").wait_for()


def _receipts_of_details(page: Page) -> None:
    _changed_details(page)
    page.get_by_role("link", name="Ontvangstbewijzen van uw wijzigingen").click()
    page.get_by_text("Gewijzigd: telefoonnummer").first.wait_for()


STATEN = (
    Staat("mijn-zaak", "bericht-ontvangen", JEROEN, _sent_message),
    Staat("mijn-zaak-ontvangst", "", JEROEN, _receipts),
    Staat("mijn-gegevens", "ontvangen", JEROEN, _changed_details),
    Staat("mijn-gegevens-ontvangst", "", JEROEN, _receipts_of_details),
    Staat("mijn-gegevens-ontvangst", "leeg", SANNE, to("/mijn/gegevens/ontvangst/")),
)
