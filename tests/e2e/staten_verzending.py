"""The states of what became of what was sent: with messages, documents and notifications, each with its life."""

from urllib.parse import urljoin

from playwright.sync_api import Page

from tests.e2e.browser import JEROEN, MILA, log_in
from tests.e2e.keuring import Staat
from tests.e2e.wegen import to_zaak


def _sent(page: Page) -> None:
    """What went to Jeroen, as the civil servant sees it: he finds the zaak, in a browser of his own."""
    assert page.context.browser
    context = page.context.browser.new_context(base_url=urljoin(page.url, "/"))
    inwoner = context.new_page()
    log_in(inwoner, JEROEN)
    to_zaak(inwoner)
    pad = inwoner.url.replace("/mijn/", "/werkplek/")
    context.close()
    page.goto(f"{pad}?deel=verzending")
    page.get_by_role("heading", name="Bericht van de gemeente").first.wait_for()


STATEN = (Staat("werkplek-zaak", "verzending-berichten", MILA, _sent),)
