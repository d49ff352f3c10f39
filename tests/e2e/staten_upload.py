"""The states of adding documents, and of a form that was sent by somebody who is not logged in any more."""

from playwright.sync_api import FilePayload, Page

from eloket.documenten import voorbeelden
from tests.e2e.browser import JEROEN
from tests.e2e.keuring import Staat
from tests.e2e.product import COOKIE
from tests.e2e.wegen import to_upload, to_zaak


def _file(naam: str, inhoud: bytes) -> FilePayload:
    return {"name": naam, "mimeType": "application/octet-stream", "buffer": inhoud}


def _choose(page: Page, *bestanden: FilePayload) -> None:
    to_upload(page)
    page.get_by_label("Kies een of meer bestanden").set_input_files(list(bestanden))
    page.get_by_role("list", name="Gekozen bestanden").get_by_role("listitem").first.wait_for()


def _chosen(page: Page) -> None:
    """One that can be sent, one with a name as long as cameras make them, and one with a remark."""
    lang = f"foto_van_de_achterkant_{'0123456789' * 6}.pdf"
    _choose(page, _file("kentekenbewijs.pdf", voorbeelden.pdf()), _file(lang, b"x"), _file("leeg.txt", b""))


def _refused(page: Page) -> None:
    _choose(page, _file("programma.exe", b"MZ\x90\x00"), _file("webpagina.txt", b"<!doctype html><p>Hoi"))
    page.locator("#documenten").get_by_role("button", name="Voeg toe", exact=True).click()
    page.get_by_text("‘programma.exe’").wait_for()


def _logged_out_while_typing(page: Page) -> None:
    to_zaak(page)
    page.get_by_label("Uw bericht over deze zaak").fill("Dit heb ik lang zitten typen.\nEn dit ook.")
    page.context.clear_cookies(name=COOKIE)
    page.get_by_role("button", name="Verstuur", exact=True).click()
    page.locator("h1", has_text="U bent niet meer ingelogd").wait_for()


STATEN = (
    Staat("mijn-zaak", "bestanden-gekozen", JEROEN, _chosen),
    Staat("mijn-zaak", "bestanden-geweigerd", JEROEN, _refused),
    Staat("fout", "niet-meer-ingelogd", JEROEN, _logged_out_while_typing),
)
