"""The states of what is done for who gets no mail: contact to restore, and the print queue (tests.e2e.terug)."""

from playwright.sync_api import Page

from tests.e2e.browser import MILA, YOUSSEF
from tests.e2e.keuring import Staat
from tests.e2e.wegen import to

LIJST = "/werkplek/contact-herstellen/"
BRIEVEN = "/werkplek/brieven/"


def _one(page: Page) -> None:
    page.goto(LIJST)
    page.get_by_role("main").locator(".pip-conversation__link").first.click()
    page.get_by_role("button", name="Het contact is hersteld").wait_for()


def _nothing_chosen(page: Page) -> None:
    _one(page)
    page.get_by_role("button", name="Het contact is hersteld").click()
    page.locator("#fouten").wait_for()


def _told_in_the_zaak(page: Page) -> None:
    _one(page)
    page.get_by_role("link", name="Terug naar de zaak").click()
    page.get_by_role("link", name="Herstel het contact").wait_for()


def _restored(page: Page) -> None:
    """The zaak says so, and its page has nothing more to ask. Another one stays for the states above."""
    page.goto(LIJST)
    regels = page.get_by_role("main").locator(".pip-conversation__link")
    if regels.count() > 1:
        regels.last.click()
        page.get_by_label("Ik heb gebeld en het verteld").check()
        page.get_by_role("button", name="Het contact is hersteld").click()
        page.get_by_text("U heeft het contact hersteld").wait_for()
    else:
        _told_in_the_zaak(page)


def _ready(page: Page) -> None:
    page.goto(BRIEVEN)
    terug = page.get_by_role("button", name="Zet terug in de wachtrij")
    toch_niet = page.get_by_role("button", name="Toch niet op de post gedaan")
    if toch_niet.count():
        toch_niet.first.click()
    if terug.count():
        terug.first.click()
    pak = page.get_by_role("button", name="Pak de brieven")
    for _ in range(30):  # the worker finds the address anew
        if pak.count():
            break
        page.wait_for_timeout(1_000)
        page.goto(BRIEVEN)
    pak.wait_for()


def _taken(page: Page) -> None:
    _ready(page)
    page.get_by_role("button", name="Pak de brieven").click()
    page.get_by_role("link", name="Sla de brieven op").wait_for()


def _wrong_day(page: Page) -> None:
    _taken(page)
    page.get_by_label("Op welke dag gingen ze op de post?").fill("2031-05-02")
    page.get_by_role("button", name="Op de post gedaan").click()
    page.locator("#fouten").wait_for()


def _posted(page: Page) -> None:
    _taken(page)
    page.get_by_role("button", name="Op de post gedaan").click()
    page.get_by_role("button", name="Toch niet op de post gedaan").wait_for()


STATEN = (
    Staat("werkplek-contact", "", MILA, to(LIJST)),
    Staat("werkplek-contact", "niemand", YOUSSEF, to(LIJST)),
    Staat("werkplek-contact-zaak", "", MILA, _one),
    Staat("werkplek-contact-zaak", "fout", MILA, _nothing_chosen),
    Staat("werkplek-zaak", "onbereikbaar", MILA, _told_in_the_zaak),
    Staat("werkplek-zaak", "contact-hersteld", MILA, _restored),
    Staat("werkplek-brieven", "", MILA, _ready),
    Staat("werkplek-brieven", "gepakt", MILA, _taken),
    Staat("werkplek-brieven-bundel", "fout", MILA, _wrong_day),
    Staat("werkplek-brieven", "gepost", MILA, _posted),
)

GEEN_PAGINA = {
    "retour": "tekst voor een machine",
    "werkplek-brieven-pdf": "een bestand",
}
