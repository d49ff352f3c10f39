"""The states of what a person takes along: files, so the page that offers them is what there is to see."""

from playwright.sync_api import Page

from tests.e2e.browser import JEROEN
from tests.e2e.keuring import Staat
from tests.e2e.wegen import to_zaak


def _not_any_more(page: Page) -> None:
    """The term of a zaak that is closed."""
    to_zaak(page, "losse stoeptegel Lindelaan", lijst="/mijn/zaken/?status=afgerond")
    page.goto(f"{page.url}agenda.ics")


STATEN = (Staat("mijn-zaak-agenda", "loopt-niet", JEROEN, _not_any_more),)
