"""The states of acting for another: the line under the header."""

from playwright.sync_api import Page

from tests.e2e.browser import BEWINDVOERDER, VOOR_FATIMA
from tests.e2e.keuring import Staat


def _to(pad: str, naam: str) -> Staat:
    def go(page: Page) -> None:
        page.goto(pad)
        page.get_by_text("U handelt namens").wait_for()

    route = {"/mijn/": "mijn-overzicht", "/mijn/gegevens/": "mijn-gegevens"}[pad]
    return Staat(route, "namens", naam, go)


STATEN = [_to("/mijn/", VOOR_FATIMA), _to("/mijn/gegevens/", BEWINDVOERDER)]
