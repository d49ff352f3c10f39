"""The states of what somebody takes along of all that we hold."""

from datetime import timedelta

from playwright.sync_api import Page

from tests.e2e.browser import FATIMA, JEROEN, SANNE
from tests.e2e.keuring import Staat

_PAD = "/mijn/gegevens/meenemen/"


def _nothing(page: Page) -> None:
    """Whatever a test before this one left is taken away."""
    page.goto(_PAD)
    for knop in ("Stop en verwijder", "Verwijder dit bestand"):
        if page.get_by_role("button", name=knop).count():
            page.get_by_role("button", name=knop).click()
            page.get_by_text("Wij hebben uw bestand verwijderd").wait_for()
    page.goto(_PAD)
    page.get_by_role("button", name="Vraag mijn gegevens").wait_for()


def _asked(page: Page) -> None:
    _nothing(page)
    page.get_by_role("button", name="Vraag mijn gegevens").click()
    page.get_by_text("Wij zijn begonnen met het verzamelen").wait_for()


def ready(page: Page) -> None:
    """The worker of the demo makes it in some seconds."""
    _asked(page)
    for _ in range(60):
        page.goto(_PAD)
        if page.get_by_text("Uw bestand staat klaar").count():
            return
        page.wait_for_timeout(timedelta(seconds=1) / timedelta(milliseconds=1))
    raise AssertionError("the worker did not make it within a minute")


STATEN = (
    Staat("mijn-meenemen", "", JEROEN, _nothing),
    Staat("mijn-meenemen", "gevraagd", SANNE, _asked),
    Staat("mijn-meenemen", "klaar", FATIMA, ready),
)

GEEN_PAGINA = {
    "mijn-meenemen-bestand": "een bestand",
    "mijn-meenemen-verwijderen": "stuurt door naar Mijn gegevens meenemen",
}
