"""The states of the werkplek pages on which forms are managed."""

from playwright.sync_api import Page

from tests.e2e.browser import MILA
from tests.e2e.keuring import Staat
from tests.e2e.wegen import to

_FORMULIER = "/werkplek/beheer/formulieren/melding-openbare-ruimte/"
_TOEVOEGEN = "/werkplek/beheer/formulier-toevoegen/"


def _bring(page: Page) -> None:
    """A next version of the report, made by who is logged in; the same one again is no other version."""
    tekst = page.request.get(f"{_FORMULIER}versie/1/bestand/").text()
    page.goto(f"{_TOEVOEGEN}?naam=melding-openbare-ruimte")
    nieuw = tekst.replace("hoogstens: 3", "hoogstens: 2") + "# Twee foto's zijn genoeg.\n"
    page.get_by_label("Tekst van het formulier").fill(nieuw)
    page.get_by_role("button", name="Controleer en voeg toe").click()
    page.get_by_role("heading", name="Versie 2").wait_for()


def _next_version(page: Page) -> None:
    _bring(page)


def _wrong_form(page: Page) -> None:
    page.goto(f"{_TOEVOEGEN}?naam=kapvergunning")
    page.get_by_label("Tekst van het formulier").fill("titel: Kapvergunning\nstappen: []\n")
    page.get_by_role("button", name="Controleer en voeg toe").click()


def _form_difference(page: Page) -> None:
    _bring(page)
    page.get_by_role("link", name="Vergelijk versie 2").click()


def _publish(page: Page) -> None:
    """Of one's own version, by hand: what it changes, and no more than that."""
    _bring(page)
    page.goto(f"{_FORMULIER}versie/2/publiceren/")


def _preview(page: Page) -> None:
    page.goto(f"{_FORMULIER}versie/1/voorbeeld/")
    page.get_by_role("button", name="Als een inwoner").click()


def _preview_wrong(page: Page) -> None:
    _preview(page)
    page.get_by_role("main").get_by_role("button", name="Volgende stap").last.click()


def _preview_end(page: Page) -> None:
    _preview(page)
    page.get_by_label("Een lamp is kapot").check()
    page.get_by_label("Waar is het?").fill("Kerkplein 1")
    page.get_by_label("Wat is er aan de hand?").fill("De lamp brandt niet meer.")
    page.get_by_role("main").get_by_role("button", name="Volgende stap").last.click()
    page.get_by_role("heading", name="Controleer uw gegevens").wait_for()


STATEN = (
    Staat("werkplek-beheer-formulieren", "", MILA, to("/werkplek/beheer/formulieren/")),
    Staat("werkplek-beheer-formulier", "", MILA, to(_FORMULIER)),
    Staat("werkplek-beheer-formulier", "versies", MILA, _next_version),
    Staat("werkplek-beheer-formulier-toevoegen", "", MILA, to(_TOEVOEGEN)),
    Staat("werkplek-beheer-formulier-toevoegen", "fout", MILA, _wrong_form),
    Staat("werkplek-beheer-formulier-verschil", "", MILA, _form_difference),
    Staat("werkplek-beheer-formulier-actie", "intrekken", MILA, to(f"{_FORMULIER}versie/1/intrekken/")),
    Staat("werkplek-beheer-formulier-actie", "publiceren", MILA, _publish),
    Staat("werkplek-beheer-formulier-cijfers", "", MILA, to(f"{_FORMULIER}cijfers/")),
    Staat("werkplek-beheer-formulier-voorbeeld", "", MILA, to(f"{_FORMULIER}versie/1/voorbeeld/")),
    Staat("werkplek-beheer-formulier-voorbeeld", "stap", MILA, _preview),
    Staat("werkplek-beheer-formulier-voorbeeld", "fouten", MILA, _preview_wrong),
    Staat("werkplek-beheer-formulier-voorbeeld", "controle", MILA, _preview_end),
)
