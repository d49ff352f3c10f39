"""The states of lists of zaken to destroy.

The demo has one that was carried out, and one that waits for a colleague; none is approved here, so that no zaak of
another state goes.
"""

from playwright.sync_api import Page

from tests.e2e.browser import INES, MILA
from tests.e2e.keuring import Staat
from tests.e2e.wegen import to

PAD = "/werkplek/vernietigen/"


def _lijst(stand: str):
    """The first list that says so."""

    def go(page: Page) -> None:
        page.goto(PAD)
        page.get_by_role("listitem").filter(has_text=stand).get_by_role("link").first.click()
        page.locator("h1", has_text="Vernietigingslijst").wait_for()

    return go


def _concept(page: Page) -> None:
    page.goto(PAD)
    if page.get_by_role("listitem").filter(has_text="In de maak").count():
        _lijst("In de maak")(page)
    else:
        page.get_by_role("button", name="Maak een lijst").click()
    page.get_by_role("button", name="Bied de lijst aan").wait_for()


def _nothing_chosen(page: Page) -> None:
    _concept(page)
    page.get_by_label("Waarom moeten de gekozen zaken blijven?").fill("Er loopt nog een beroep.")
    page.get_by_role("button", name="Haal de gekozen zaken van de lijst").click()
    page.locator("#fouten").wait_for()


def _wrong_stop(page: Page) -> None:
    page.goto(PAD)
    page.get_by_label("Zaaknummer").fill("Z-1900-000001")
    page.get_by_role("button", name="Zet een vernietigingsstop").click()
    page.locator("#fouten").wait_for()


def _without_reason(page: Page) -> None:
    """The stop of the demo stays: there is no reason to lift it."""
    page.goto(PAD)
    stop = page.locator("details").filter(has_text="Hef de stop op").first
    stop.locator("summary").click()
    stop.get_by_role("button", name="Hef de stop op").click()
    page.locator("#fouten").wait_for()


def _not_looked(page: Page) -> None:
    _lijst("Wacht op goedkeuring")(page)
    page.get_by_role("button", name="Keur de lijst goed").click()
    page.locator("#fouten").wait_for()


def _taken_back(page: Page) -> None:
    """What was due is due again: for the states above."""
    _concept(page)
    page.get_by_role("button", name="Trek de lijst in").click()
    page.get_by_text("De lijst is ingetrokken. Er is niets vernietigd.").first.wait_for()


STATEN = (
    Staat("werkplek-vernietigen", "", MILA, to(PAD)),
    Staat("werkplek-vernietigen-stop", "fout", MILA, _wrong_stop),
    Staat("werkplek-vernietigen-stop-opheffen", "fout", MILA, _without_reason),
    Staat("werkplek-vernietigingslijst", "in-de-maak", MILA, _concept),
    Staat("werkplek-vernietigingslijst", "fout", MILA, _nothing_chosen),
    Staat("werkplek-vernietigingslijst", "ingetrokken", MILA, _taken_back),
    Staat("werkplek-vernietigingslijst", "eigen", MILA, _lijst("Wacht op goedkeuring")),
    Staat("werkplek-vernietigingslijst", "goedkeuren", INES, _lijst("Wacht op goedkeuring")),
    Staat("werkplek-vernietigingslijst", "niet-nagekeken", INES, _not_looked),
    Staat("werkplek-vernietigingslijst", "uitgevoerd", INES, _lijst("Uitgevoerd")),
)

GEEN_PAGINA = {
    "werkplek-vernietigingslijst-bestand": "een bestand",
    "werkplek-vernietigingsverklaring": "een bestand",
}
