"""The states of outages: the pages of a functional manager, and the bar that everybody sees."""

import re
from urllib.parse import urljoin

from playwright.sync_api import Page

from tests.e2e.browser import MILA, log_in
from tests.e2e.keuring import Staat
from tests.e2e.wegen import to

LIJST = "/werkplek/beheer/storingen/"
_LANG = (
    "Wij kunnen nu geen documenten ontvangen. Wij werken eraan. Vraagt u een "
    "gehandicaptenparkeerplaatsontheffing aan? Verstuur die dan later."
)


def _report(page: Page, basis: str = "") -> None:
    """Something does not work; it is said once. `basis` in a browser without an address of its own."""
    page.goto(urljoin(basis, LIJST))
    if page.get_by_role("heading", name="Documenten").count():
        return
    page.goto(urljoin(basis, f"{LIJST}melden/"))
    page.get_by_label("Wat werkt er niet?").select_option("documenten")
    page.get_by_label("Tekst voor inwoners").fill(_LANG)
    page.get_by_role("button", name="Meld de storing").click()
    page.get_by_text("De storing is gemeld.").wait_for()


def _withdraw(page: Page) -> None:
    """It was none after all: the pages after this one show no bar. By MILA, whoever looked at the page."""
    assert page.context.browser
    context = page.context.browser.new_context()
    beheerder = context.new_page()
    log_in(beheerder, MILA, begin=urljoin(page.url, LIJST))
    beheerder.get_by_role("link", name="Documenten").first.click()
    beheerder.get_by_role("button", name="Trek in").click()
    beheerder.get_by_role("status").wait_for()
    context.close()


def _with_list(page: Page) -> None:
    _report(page)
    page.goto(LIJST)


def _open(page: Page) -> None:
    _with_list(page)
    page.get_by_role("link", name="Documenten").first.click()
    page.get_by_role("button", name="Het werkt weer").wait_for()


def _wrong_time(page: Page) -> None:
    _open(page)
    page.get_by_label("Begin").fill("gisteren")
    page.get_by_role("button", name="Bewaar").click()
    page.locator("#fouten").wait_for()


def _nothing_filled_in(page: Page, pad: str, knop: str) -> None:
    page.goto(pad)
    page.get_by_role("button", name=knop).click()
    page.locator("#fouten").wait_for()


def _with_bar(page: Page) -> None:
    """A visitor who knows of nothing; a web process asks for outages every fifteen seconds."""
    assert page.context.browser
    context = page.context.browser.new_context()
    beheerder = context.new_page()
    page.goto("/")
    log_in(beheerder, MILA, begin=urljoin(page.url, LIJST))
    _report(beheerder, page.url)
    context.close()
    for _ in range(40):
        page.goto("/")
        if page.get_by_role("complementary", name=re.compile("Storingen")).count():
            return
        page.wait_for_timeout(500)
    raise AssertionError("de storing staat niet op de pagina")


def _wrong_days(page: Page) -> None:
    page.goto("/werkplek/beheer/herinneringen/taak/")
    page.get_by_label("Hoeveel dagen voor de termijn?").fill("99")
    page.get_by_role("button", name="Bewaar").click()
    page.locator("#fouten").wait_for()


STATEN = (
    Staat("home", "storing", "", _with_bar, na=_withdraw),
    Staat("werkplek-beheer-storingen", "", MILA, _with_list, na=_withdraw),
    Staat("werkplek-beheer-storing-nieuw", "", MILA, to(f"{LIJST}melden/")),
    Staat("werkplek-beheer-onderhoud-nieuw", "", MILA, to(f"{LIJST}onderhoud/")),
    Staat(
        "werkplek-beheer-onderhoud-nieuw",
        "fouten",
        MILA,
        lambda page: _nothing_filled_in(page, f"{LIJST}onderhoud/", "Kondig aan"),
    ),
    Staat("werkplek-beheer-storing", "", MILA, _open, na=_withdraw),
    Staat("werkplek-beheer-storing", "fout", MILA, _wrong_time, na=_withdraw),
    Staat("werkplek-beheer-storingsregels", "", MILA, to(f"{LIJST}regels/")),
    Staat("werkplek-beheer-herinneringen", "", MILA, to("/werkplek/beheer/herinneringen/")),
    Staat("werkplek-beheer-herinnering", "", MILA, to("/werkplek/beheer/herinneringen/taak/")),
    Staat("werkplek-beheer-herinnering", "fout", MILA, _wrong_days),
)
