"""The states of authorising another: giving, the code, answering, and a zaak of another."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urljoin

from playwright.sync_api import Page

from tests.e2e.browser import BEWINDVOERDER, FATIMA, JEROEN, SANNE, VOOR_FATIMA, log_in
from tests.e2e.keuring import Staat
from tests.e2e.wegen import PARKEREN, to

LIJST, NIEUW, CODE = "/mijn/machtigingen/", "/mijn/machtigingen/nieuw/", "/mijn/machtigingen/code/"
ALLE = "Al mijn zaken, ook zaken die er nog bij komen"
KIJKEN = "Alleen bekijken: mijn zaak, documenten en berichten lezen"


def give(page: Page, zaak: str = ALLE) -> str:
    """Fill in the form and send it; returns the code that the next page shows."""
    page.goto(NIEUW)
    page.get_by_role("radiogroup", name="Voor welke zaak?").get_by_label(zaak).first.check()
    page.get_by_label(KIJKEN).check()
    page.get_by_role("button", name="Maak een code").click()
    return page.locator(".utrecht-alert--info strong").inner_text()


def _code_of(page: Page, gever: str, zaak: str) -> str:
    """Of somebody else, in a browser of their own."""
    assert page.context.browser
    context = page.context.browser.new_context(base_url=urljoin(page.url, "/"))
    ander = context.new_page()
    log_in(ander, gever)
    code = give(ander, zaak)
    context.close()
    return code


def enter(page: Page, gever: str = JEROEN, zaak: str = ALLE) -> None:
    """To the page that says who asks for what."""
    code = _code_of(page, gever, zaak)
    page.goto(CODE)
    page.get_by_label("Code", exact=True).fill(code.lower())
    page.get_by_role("button", name="Verder").click()
    page.get_by_role("heading", name="wil u machtigen").wait_for()


def accept(page: Page, zaak: str = ALLE) -> None:
    enter(page, zaak=zaak)
    page.get_by_role("button", name="Neem de machtiging aan").click()
    page.get_by_role("status").wait_for()


def _wrong_form(page: Page) -> None:
    page.goto(NIEUW)
    page.get_by_label("Tot en met welke dag?").fill("2020-01-01")
    page.get_by_role("button", name="Maak een code").click()
    page.locator("#fouten").wait_for()


def _wrong_code(page: Page) -> None:
    page.goto(CODE)
    page.get_by_label("Code", exact=True).fill("7K3M-9QXC-P4TD")
    page.get_by_role("button", name="Verder").click()
    page.locator("#fouten").wait_for()


def _given(page: Page) -> None:
    page.goto(LIJST)
    page.locator("#gegeven").get_by_role("link", name="Fatima el Idrissi").first.click()
    page.get_by_role("button", name="Trek de machtiging in").wait_for()


def _received(page: Page) -> None:
    page.goto(LIJST)
    page.locator("#ontvangen").get_by_role("link", name="Jeroen van Drouwen").first.click()
    page.get_by_role("button", name="Stop met deze machtiging").wait_for()


def _withdrawn(page: Page) -> None:
    give(page)
    page.get_by_role("button", name="Trek de machtiging in").click()
    page.get_by_role("status").wait_for()


def _zaken_of_jeroen(page: Page) -> None:
    accept(page)
    page.get_by_role("link", name="Bekijk de zaken").click()
    page.get_by_text("U bekijkt gegevens van").wait_for()


def _gemachtigd(page: Page) -> None:
    page.goto("/mijn/zaken/")
    page.get_by_role("heading", name="Zaken waarvoor ik gemachtigd ben").wait_for()


def _namens(page: Page, route: Callable[[Page], None] | None = None) -> None:
    """The parking permit of Jeroen, in which Fatima may act."""
    _gemachtigd(page)
    page.locator("#gemachtigd").get_by_role("link", name=PARKEREN).first.click()
    page.get_by_text("U handelt namens").wait_for()
    if route is not None:
        route(page)


def _only_look(page: Page) -> None:
    accept(page, PARKEREN)
    page.get_by_role("link", name="Bekijk de zaak").click()
    page.get_by_text("U kunt alleen kijken.").first.wait_for()


def _conversation(page: Page) -> None:
    page.goto(page.url.replace("/mijn/zaken/", "/mijn/berichten/"))
    page.get_by_role("heading", name="Berichten over", level=1).wait_for()


STATEN = (
    Staat("mijn-machtigingen", "", JEROEN, to(LIJST)),
    Staat("mijn-machtigingen", "ontvangen", FATIMA, to(LIJST)),
    Staat("mijn-machtigingen", "bewindvoerder", BEWINDVOERDER, to(LIJST)),
    Staat("mijn-machtiging-nieuw", "", JEROEN, to(NIEUW)),
    Staat("mijn-machtiging-nieuw", "fouten", JEROEN, _wrong_form),
    Staat("mijn-machtiging-code", "", SANNE, to(CODE)),
    Staat("mijn-machtiging-code", "fout", SANNE, _wrong_code),
    Staat("mijn-machtiging", "met-code", JEROEN, give),
    Staat("mijn-machtiging", "gegeven", JEROEN, _given),
    Staat("mijn-machtiging", "ontvangen", FATIMA, _received),
    Staat("mijn-machtiging", "ingetrokken", JEROEN, _withdrawn),
    Staat("mijn-machtiging", "vraag", SANNE, enter),
    Staat("mijn-machtiging", "aangenomen", SANNE, accept),
    Staat("mijn-machtiging-zaken", "", SANNE, _zaken_of_jeroen),
    Staat("mijn-zaken", "gemachtigd", FATIMA, _gemachtigd),
    Staat("mijn-zaak", "namens-een-ander", FATIMA, _namens),
    Staat("mijn-zaak", "alleen-kijken", SANNE, _only_look),
    Staat("mijn-gesprek", "namens-een-ander", FATIMA, partial(_namens, route=_conversation)),
    Staat("mijn-gegevens", "gemachtigde", VOOR_FATIMA, to("/mijn/gegevens/")),
)
