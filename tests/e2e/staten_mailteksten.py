"""The states of the pages where a functional manager words the mails."""

from functools import partial

from playwright.sync_api import Page, expect

from tests.e2e.browser import MILA
from tests.e2e.keuring import Staat
from tests.e2e.wegen import to

_LIJST = "/werkplek/beheer/mailteksten/"
_EIGEN = "taak_ingetrokken/en/"


def _preview(page: Page, *, tekst: str) -> None:
    """What is typed is shown as a mail, or refused; nothing is kept."""
    page.goto(f"{_LIJST}document_gevraagd/nl/")
    page.get_by_label("Tekst", exact=True).fill(tekst)
    page.get_by_role("button", name="Bekijk voorbeeld").click()


def _own_text(page: Page) -> None:
    """With a text of its own: saving the same one again is fine."""
    page.goto(_LIJST + _EIGEN)
    page.get_by_label("Onderwerp").fill("We have what we need")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("button", name="Zet de tekst van E-loket terug")).to_be_visible()


def _own_in_list(page: Page) -> None:
    _own_text(page)
    page.goto(_LIJST)
    expect(page.get_by_text("Eigen tekst", exact=True)).to_be_visible()


def _as_mail(page: Page) -> None:
    """As a mail program shows it; the page itself is sandboxed, so that no script can judge it there."""
    page.goto(f"{_LIJST}antwoord_gevraagd/nl/")
    link = page.get_by_role("link", name="Bekijk deze e-mail zoals een mailprogramma die toont")
    html = page.request.get(str(link.get_attribute("href"))).text()
    page.goto("about:blank")
    page.set_content(html)


STATEN = (
    Staat("werkplek-beheer-mailteksten", "", MILA, to(_LIJST)),
    Staat("werkplek-beheer-mailteksten", "eigen", MILA, _own_in_list),
    Staat("werkplek-beheer-mailtekst", "", MILA, to(f"{_LIJST}status_gewijzigd/nl/")),
    Staat("werkplek-beheer-mailtekst", "engels", MILA, to(f"{_LIJST}antwoord_gevraagd/en/")),
    Staat("werkplek-beheer-mailtekst", "eigen", MILA, _own_text),
    Staat("werkplek-beheer-mailtekst-opmaak", "", MILA, _as_mail, titel_vrij=True),
    Staat(
        "werkplek-beheer-mailtekst",
        "voorbeeld",
        MILA,
        partial(_preview, tekst="Stuur ons een document.\n{reactie} Dat kan tot en met {termijn}."),
    ),
    Staat(
        "werkplek-beheer-mailtekst",
        "fout",
        MILA,
        partial(_preview, tekst="Stuur ons een document. Kijk op www.voorbeeld.nl."),
    ),
)
