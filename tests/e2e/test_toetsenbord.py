"""A whole journey with the keyboard alone: log in, open a zaak, send a message, log out. No mouse, no script clicks."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import BREED, FATIMA, TELEFOON, OpenPage, Vorm
from tests.e2e.toetsen import enter_on, tab_to


def expect_h1(page: Page, tekst: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(tekst)


@pytest.mark.parametrize("breedte", [BREED, TELEFOON])
def test_a_whole_journey_by_keyboard(open_page: OpenPage, breedte: int):
    page = open_page("", Vorm(breedte))
    enter_on(page, "Naar de inhoud")
    enter_on(page, "Inloggen")
    expect_h1(page, "Inloggen op Mijn omgeving")
    enter_on(page, "Inloggen met DigiD")
    expect_h1(page, "Simulatie van DigiD")
    enter_on(page, FATIMA)
    expect_h1(page, "Mijn overzicht")
    if breedte == TELEFOON:
        enter_on(page, "Menu")
    enter_on(page, "Mijn Zaken")
    expect_h1(page, "Mijn Zaken")
    enter_on(page, "Bijzondere bijstand")
    expect(page.get_by_role("heading", name="Status", exact=True)).to_be_visible()
    enter_on(page, "Naar de inhoud")
    tab_to(page, "Uw bericht over deze zaak")
    tekst = f"Getypt zonder muis {uuid.uuid4().hex[:8]}"
    page.keyboard.type(tekst)
    enter_on(page, "Verstuur")
    expect(page.locator("#berichten")).to_contain_text(tekst)
