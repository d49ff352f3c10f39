"""The states of choosing which e-mails one gets. What needs a mail or a broken address stands in test_meldingen.py."""

from playwright.sync_api import Page

from tests.e2e.browser import FATIMA, JEROEN
from tests.e2e.keuring import Staat
from tests.e2e.wegen import to

MELDINGEN = "/mijn/gegevens/e-mails/"


def save(page: Page) -> None:
    page.get_by_role("button", name="Opslaan").click()


def _wrong_hours(page: Page) -> None:
    page.goto(MELDINGEN)
    page.get_by_label("Vanaf").fill("laat")
    save(page)
    page.locator("#fouten").wait_for()


def _changed_elsewhere(page: Page) -> None:
    """Two windows: the other one saves first."""
    page.goto(MELDINGEN)
    ander = page.context.new_page()
    ander.goto(MELDINGEN)
    uren = {"22.00": "23.00"}.get(ander.get_by_label("Vanaf").input_value(), "22.00")
    ander.get_by_label("Vanaf").fill(uren)
    ander.get_by_label("Tot").fill("7.00")
    save(ander)
    ander.get_by_role("status").wait_for()
    ander.close()
    page.get_by_role("radiogroup", name="Berichten").get_by_label("Nooit").check()
    save(page)
    page.get_by_role("alert").wait_for()


STATEN = (
    Staat("mijn-gegevens-meldingen", "", JEROEN, to(MELDINGEN)),
    Staat("mijn-gegevens-meldingen", "fouten", JEROEN, _wrong_hours),
    Staat("mijn-gegevens-meldingen", "gewijzigd", FATIMA, _changed_elsewhere),
    Staat("afmelden", "onbekend", "", to("/afmelden/onbekend/")),
)
GEEN_PAGINA = {
    "mijn-gegevens-adres": "stuurt door naar Mijn Gegevens",
    "mijn-gegevens-collega": "stuurt door naar Mijn Gegevens",
}
