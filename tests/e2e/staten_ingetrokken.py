"""The address of a form that was withdrawn, for who was filling it in: with a login, and without."""

from functools import partial
from urllib.parse import urljoin

from playwright.sync_api import Page

from tests.e2e.browser import MILA, SANNE, log_in
from tests.e2e.invullen import begin
from tests.e2e.keuring import Staat

FORMULIER = "proef-ingetrokken"


def _as_manager(page: Page, actie: str, knop: str) -> None:
    """In a browser of her own: who fills it in notices nothing."""
    browser = page.context.browser
    assert browser is not None
    with browser.new_context(base_url=urljoin(page.url, "/"), locale="nl-NL") as eigen:
        beheer = eigen.new_page()
        log_in(beheer, MILA)
        beheer.goto(f"/werkplek/beheer/formulieren/{FORMULIER}/versie/1/{actie}/")
        beheer.get_by_role("main").get_by_role("button", name=knop).click()
        beheer.wait_for_load_state()


def _withdrawn(page: Page, *, zonder: bool = False) -> None:
    begin(page, FORMULIER, zonder=zonder)
    page.get_by_label("Wat wilt u weten?").fill("Hoe lang duurt het?")
    _as_manager(page, "intrekken", "Trek in")
    page.get_by_role("link", name="Proef met intrekken").click()
    page.get_by_text("niet meer opnieuw beginnen").wait_for()


def _put_back(page: Page) -> None:
    _as_manager(page, "terugzetten", "Zet terug")


STATEN = (
    Staat("loket-start", "ingetrokken", SANNE, _withdrawn, na=_put_back),
    Staat("loket-zonder-start", "ingetrokken", "", partial(_withdrawn, zonder=True), na=_put_back),
)
