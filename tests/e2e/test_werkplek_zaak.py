"""A civil servant handles a zaak in a real browser: by keyboard, with and without JavaScript, beside a colleague."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import BREED, MILA, TELEFOON, OpenPage, Vorm


def to_part(page: Page, deel: str) -> None:
    page.goto("/werkplek/?lijst=mijn")
    page.locator("tbody").get_by_role("link").first.click()
    page.goto(f"{page.url.partition('?')[0]}?deel={deel}")


@pytest.mark.parametrize("vorm", [Vorm(BREED), Vorm(TELEFOON)], ids=str)
def test_the_example_follows_what_is_typed(open_page: OpenPage, vorm: Vorm):
    page = open_page(MILA, vorm)
    to_part(page, "status")
    page.get_by_label("Tekst voor de aanvrager").fill("Wij bellen u morgen.")
    expect(page.locator("#voorbeeld")).to_contain_text("Wij bellen u morgen.")


@pytest.mark.parametrize("vorm", [Vorm(BREED, js=False), Vorm(TELEFOON, js=False)], ids=str)
def test_without_javascript_a_button_shows_the_example(open_page: OpenPage, vorm: Vorm):
    page = open_page(MILA, vorm)
    to_part(page, "status")
    expect(page.locator("#voorbeeld")).to_be_hidden()
    page.get_by_label("Tekst voor de aanvrager").fill("Wij bellen u morgen.")
    page.get_by_role("button", name="Bekijk voorbeeld").click()
    expect(page.locator("#voorbeeld")).to_contain_text("Wij bellen u morgen.")
    expect(page.get_by_label("Tekst voor de aanvrager")).to_have_value("Wij bellen u morgen.")


def test_a_note_by_keyboard_only(open_page: OpenPage):
    page = open_page(MILA)
    to_part(page, "notities")
    page.get_by_label("Nieuwe notitie").focus()
    page.keyboard.type("Belde over de datum.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Bewaar de notitie")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#notities .pip-message").first).to_contain_text("Belde over de datum.")
