"""The states of acting for another: the line under the header, and who sent it on what is kept."""

from playwright.sync_api import Page

from tests.e2e.browser import BEWINDVOERDER, VOOR_FATIMA
from tests.e2e.invullen import send_report
from tests.e2e.keuring import Staat


def _to(pad: str, naam: str) -> Staat:
    def go(page: Page) -> None:
        page.goto(pad)
        page.get_by_text("U handelt namens").wait_for()

    route = {"/mijn/": "mijn-overzicht", "/mijn/gegevens/": "mijn-gegevens"}[pad]
    return Staat(route, "namens", naam, go)


def _sent(page: Page) -> None:
    send_report(page)
    page.get_by_text("Verstuurd door:").wait_for()


def _receipts(page: Page) -> None:
    _sent(page)
    page.get_by_role("link", name="Bekijk uw zaak").click()
    page.get_by_role("link", name="Ontvangstbewijzen van wat u ons stuurde").click()
    page.get_by_text("Verstuurd door:").first.wait_for()


STATEN = [
    _to("/mijn/", VOOR_FATIMA),
    _to("/mijn/gegevens/", BEWINDVOERDER),
    Staat("loket-verstuurd", "namens", VOOR_FATIMA, _sent),
    Staat("mijn-zaak-ontvangst", "namens", BEWINDVOERDER, _receipts),
]
