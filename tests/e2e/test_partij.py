"""A form for one party, while somebody is logged in for another in the same browser: two tabs, or two people."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import FATIMA, SANNE, VOOR_FATIMA, VORMEN, OpenPage, Vorm
from tests.e2e.keuring import judge, judge_keyboard

GEGEVENS = "/mijn/gegevens/"


def fill_phone(page: Page) -> str:
    """A new telephone number, that is not sent yet."""
    cijfers = f"{uuid.uuid4().int % 10**7:07d}"
    nummer = f"06 1{cijfers[0]} {cijfers[1:3]} {cijfers[3:5]} {cijfers[5:]}"
    page.goto(GEGEVENS)
    page.get_by_label("Telefoonnummer").fill(nummer)
    return nummer


def log_in_beside(page: Page, naam: str) -> None:
    """In a second tab, straight at the login provider: our login page sends on who is logged in."""
    tab = page.context.new_page()
    tab.goto("/inloggen/digid/")
    tab.get_by_role("button", name=naam, exact=True).click()


def send(page: Page) -> None:
    page.get_by_role("main").get_by_role("button", name="Opslaan").click()


@pytest.mark.parametrize("vorm", VORMEN, ids=str)
def test_who_went_on_for_another_in_a_second_tab_comes_back_and_sends_it(open_page: OpenPage, vorm: Vorm):
    page = open_page(SANNE, vorm, vers=True)
    nummer = fill_phone(page)
    log_in_beside(page, VOOR_FATIMA)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit formulier is voor iemand anders")
    expect(page.get_by_role("main").get_by_text(nummer)).to_be_visible()
    assert not vorm.js or judge(page) + judge_keyboard(page) == []
    with page.context.expect_page() as nieuw:
        page.get_by_role("link", name="Inloggen (opent in een nieuw venster)").click()
    nieuw.value.get_by_role("button", name=SANNE, exact=True).click()
    page.get_by_role("button", name="Probeer opnieuw").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn Gegevens")
    expect(page.get_by_label("Telefoonnummer")).to_have_value(nummer)


@pytest.mark.parametrize("vorm", VORMEN, ids=str)
def test_who_logged_in_after_somebody_else_reads_nothing_of_them(open_page: OpenPage, vorm: Vorm):
    page = open_page(SANNE, vorm, vers=True)
    nummer = fill_phone(page)
    log_in_beside(page, FATIMA)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit formulier is niet van u")
    assert nummer not in page.content()
    assert SANNE not in page.content()
    assert not vorm.js or judge(page) + judge_keyboard(page) == []
    page.goto(GEGEVENS)
    expect(page.get_by_label("Telefoonnummer")).not_to_have_value(nummer)
