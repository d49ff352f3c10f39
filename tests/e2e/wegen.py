"""How one gets to a page: the ways that more than one state of the product begins with."""

from collections.abc import Callable

from playwright.sync_api import Page

Ga = Callable[[Page], object]
PARKEREN = "Parkeervergunning voor bewoners"


def to(pad: str) -> Ga:
    """The page at this address."""
    return lambda page: page.goto(pad)


def to_zaak(page: Page, titel: str = PARKEREN, *, lijst: str = "/mijn/zaken/") -> None:
    """The page of the zaak with this title, of who is logged in."""
    page.goto(lijst)
    page.get_by_role("article").filter(has_text=titel).get_by_role("link").click()
    page.locator("h1", has_text=titel).wait_for()


def to_upload(page: Page) -> None:
    """A zaak, with the form to add documents unfolded."""
    to_zaak(page)
    page.goto(f"{page.url}?voeg-toe=document")


def search_zaken(page: Page, tekst: str) -> None:
    """Mijn Zaken, after this was typed in its search."""
    page.goto("/mijn/zaken/")
    _search(page, tekst)


def search_work(page: Page, tekst: str, *, lijst: str = "mijn") -> None:
    """The work list, after this was typed in its search."""
    page.goto(f"/werkplek/?lijst={lijst}")
    _search(page, tekst)


def _search(page: Page, tekst: str) -> None:
    page.get_by_role("searchbox").fill(tekst)
    page.get_by_role("button", name="Zoeken", exact=True).click()
    page.get_by_role("heading", level=2).filter(has_text=tekst).first.wait_for()
