"""A local account in a real browser, with an app, with a key in the computer, and without JavaScript."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e import lokaal
from tests.e2e.browser import TELEFOON, OpenPage, Vorm, Waarnemer
from tests.e2e.keuring import judge, judge_keyboard
from tests.e2e.product import Product

Open = Callable[[], tuple[Page, lokaal.Eigenaar]]


@pytest.fixture
def at_localhost(product: Product, browser: Browser, open_page: OpenPage) -> Iterator[Open]:
    """Opens a browser at a site with a name, with an invitation: passkeys do not work on an address of numbers, and
    that is where the simulated provider sends Mila."""
    site = product.url.replace("127.0.0.1", "localhost")
    waarnemer = Waarnemer(site)
    contexten: list[BrowserContext] = []

    def open_browser() -> tuple[Page, lokaal.Eigenaar]:
        eigenaar = lokaal.invite(open_page())
        context = browser.new_context(base_url=site, locale="nl-NL", reduced_motion="reduce")
        context.set_default_timeout(15_000)
        waarnemer.follow(context)
        contexten.append(context)
        return context.new_page(), eigenaar

    yield open_browser
    for context in contexten:
        context.close()
    assert not waarnemer.klachten, "\n".join(waarnemer.klachten)


def heading(page: Page, tekst: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(tekst)


@pytest.mark.parametrize("vorm", [Vorm(), Vorm(TELEFOON, js=False)], ids=str)
def test_from_an_invitation_to_logging_in_with_an_app(open_page: OpenPage, vorm: Vorm):
    page = open_page("", vorm)
    eigenaar = lokaal.to_account(page)
    page.context.clear_cookies()
    lokaal.give_password(page, eigenaar)
    heading(page, "De tweede stap")
    page.goto("/werkplek/")
    heading(page, "Inloggen op de werkplek")
    page.go_back()
    page.get_by_label("Code", exact=True).fill(eigenaar.code(1))
    page.get_by_role("button", name="Log in").click()
    heading(page, "Mijn werk")


def set_up_with_key(page: Page, eigenaar: lokaal.Eigenaar) -> lokaal.Sleutel:
    sleutel = lokaal.Sleutel(page)
    lokaal.to_setup(page, eigenaar)
    klachten = judge(page) + judge_keyboard(page)
    assert not klachten, klachten
    page.get_by_label("Hoe wilt u deze passkey of sleutel noemen?").fill("Sleutel aan mijn bos")
    page.get_by_role("button", name="Voeg uw passkey toe").click()
    heading(page, "Herstelcodes")
    return sleutel


def to_second_step(page: Page, eigenaar: lokaal.Eigenaar) -> None:
    page.context.clear_cookies()
    lokaal.give_password(page, eigenaar)
    heading(page, "De tweede stap")


def test_a_security_key_sets_up_the_account_and_logs_in(at_localhost: Open):
    page, eigenaar = at_localhost()
    sleutel = set_up_with_key(page, eigenaar)
    assert len(sleutel.credentials) == 1
    to_second_step(page, eigenaar)
    klachten = judge(page) + judge_keyboard(page)
    assert not klachten, klachten
    page.get_by_role("button", name="Gebruik uw passkey").click()
    heading(page, "Mijn werk")
    page.goto("/werkplek/account/")
    expect(page.get_by_text("Sleutel aan mijn bos")).to_be_visible()
    expect(page.get_by_text("laatst gebruikt op")).to_be_visible()


def test_a_key_is_not_added_twice_and_the_page_says_so(at_localhost: Open):
    page, eigenaar = at_localhost()
    set_up_with_key(page, eigenaar)
    page.goto("/werkplek/account/tweede-stap/")
    lokaal.confirm(page)
    page.get_by_role("button", name="Voeg uw passkey toe").click()
    expect(page.get_by_text("is al toegevoegd. Kies een andere.")).to_be_visible()
    expect(page.get_by_role("button", name="Voeg uw passkey toe")).to_be_focused()


def test_a_copy_of_a_key_is_refused(at_localhost: Open):
    page, eigenaar = at_localhost()
    sleutel = set_up_with_key(page, eigenaar)
    to_second_step(page, eigenaar)
    page.get_by_role("button", name="Gebruik uw passkey").click()
    heading(page, "Mijn werk")
    sleutel.copy_with_counter(0)
    to_second_step(page, eigenaar)
    page.get_by_role("button", name="Gebruik uw passkey").click()
    expect(page.get_by_text("niet goed herkend")).to_be_visible()
    page.goto("/werkplek/")
    heading(page, "Inloggen op de werkplek")


def test_a_key_that_is_somewhere_else_leaves_the_code(at_localhost: Open):
    page, eigenaar = at_localhost()
    set_up_with_key(page, eigenaar)
    codes = page.locator("ol.pip-codes code").all_inner_texts()
    to_second_step(page, eigenaar)
    page.get_by_label("Code", exact=True).fill(codes[2])
    page.get_by_role("button", name="Log in").click()
    heading(page, "Mijn werk")


def test_an_address_of_numbers_and_a_browser_without_javascript_have_the_app(open_page: OpenPage):
    page = open_page("", Vorm(js=False))
    lokaal.to_setup(page)
    expect(page.get_by_role("button", name="Voeg uw passkey toe")).to_have_count(0)
    expect(page.locator("svg[aria-label='QR-code voor uw app']")).to_be_visible()
