"""The states of Wie heeft mijn gegevens bekeken, and of the log of a privacy officer."""

from playwright.sync_api import Page

from tests.e2e.browser import JEROEN, MILA, SANNE
from tests.e2e.keuring import Staat
from tests.e2e.wegen import to, to_zaak


def _of_zaak(page: Page) -> None:
    to_zaak(page)
    page.get_by_role("link", name="Wie heeft deze zaak bekeken?").click()
    page.locator("h1", has_text="Wie heeft deze zaak bekeken?").wait_for()


def _from_details(page: Page) -> None:
    page.goto("/mijn/gegevens/")
    page.get_by_role("link", name="Bekijk wie uw gegevens heeft bekeken").click()
    page.get_by_text("Een medewerker van").first.wait_for()


def _with_lists(page: Page) -> None:
    """By its link, and what one did oneself after that."""
    page.goto("/mijn/gegevens/inzage/")
    page.get_by_role("link", name="Toon ook op welke lijsten uw zaken stonden").click()
    page.get_by_role("link", name="Toon ook wat u zelf deed").click()
    page.get_by_text("heeft uw zaak zien staan op een lijst met werk").first.wait_for()


def _wrong_number(page: Page) -> None:
    page.goto("/werkplek/logboek/")
    page.get_by_label("Zaaknummer").fill("Z-1900-000001")
    page.get_by_role("button", name="Zoeken").click()
    page.locator("#fouten").wait_for()


def _unusual(page: Page) -> None:
    page.goto("/werkplek/logboek/opvallend/")
    page.get_by_text("zaken buiten werktijd bekeken").wait_for()
    page.locator("summary", has_text="vals alarm").click()


def _without_a_note(page: Page) -> None:
    page.goto("/werkplek/logboek/opvallend/")
    page.get_by_role("button", name="Afgehandeld").first.click()
    page.locator("#fouten").wait_for()


def _about_jeroen(page: Page) -> None:
    page.goto("/werkplek/logboek/persoon/")
    page.get_by_label("Een inwoner, met het BSN").check()
    page.get_by_label("BSN", exact=True).fill("999990019")
    page.get_by_role("button", name="Zoek op").click()
    page.locator("h2", has_text="Alles over deze persoon of onderneming").wait_for()


def _what_jeroen_did(page: Page) -> None:
    _about_jeroen(page)
    page.get_by_role("link", name="Bekijk wat deze persoon zelf deed").click()
    page.locator("h2", has_text="Wat deze persoon zelf deed").wait_for()


def _no_number(page: Page) -> None:
    """A BSN where a zaaknummer is asked."""
    page.goto("/werkplek/logboek/")
    page.get_by_label("Zaaknummer").fill("999990019")
    page.get_by_role("button", name="Zoeken", exact=True).click()
    page.locator("#fouten").wait_for()


def _nobody_chosen(page: Page) -> None:
    page.goto("/werkplek/logboek/persoon/")
    page.get_by_role("button", name="Zoek op").click()
    page.locator("#fouten").wait_for()


STATEN = (
    Staat("mijn-gegevens-inzage", "", JEROEN, _from_details),
    Staat("mijn-gegevens-inzage", "ook-zelf", JEROEN, to("/mijn/gegevens/inzage/?ook=zelf")),
    Staat("mijn-gegevens-inzage", "ook-lijsten", JEROEN, _with_lists),
    Staat("mijn-gegevens-inzage", "niemand", SANNE, to("/mijn/gegevens/inzage/")),
    Staat("mijn-zaak-inzage", "", JEROEN, _of_zaak),
    Staat("werkplek-privacy", "", MILA, to("/werkplek/logboek/")),
    Staat("werkplek-privacy", "niets", MILA, to("/werkplek/logboek/?van=2001-01-01&tot=2001-01-02")),
    Staat("werkplek-privacy", "fout", MILA, to("/werkplek/logboek/?van=2026-02-02&tot=2026-02-01")),
    Staat("werkplek-privacy-zoeken", "onbekend", MILA, _wrong_number),
    Staat("werkplek-privacy-zoeken", "fout", MILA, _no_number),
    Staat("werkplek-privacy", "over-persoon", MILA, _about_jeroen),
    Staat("werkplek-privacy", "van-persoon", MILA, _what_jeroen_did),
    Staat("werkplek-privacy", "weg", MILA, to("/werkplek/logboek/?regel=0&kant=over")),
    Staat("werkplek-privacy-persoon", "", MILA, to("/werkplek/logboek/persoon/")),
    Staat("werkplek-privacy-persoon", "fout", MILA, _nobody_chosen),
    Staat("werkplek-privacy-opvallend", "", MILA, _unusual),
    Staat("werkplek-privacy-opvallend", "fout", MILA, _without_a_note),
)

GEEN_PAGINA = {"werkplek-privacy-bestand": "een bestand"}
