"""The states of what goes to and fro between a resident and the municipality: conversations, questions, being away."""

import uuid
from datetime import timedelta
from functools import partial
from urllib.parse import urljoin

from playwright.sync_api import Page

from eloket.kernel.klok import vandaag
from tests.e2e.browser import FATIMA, JEROEN, MILA, OMAR, PETRA, TOM, log_in
from tests.e2e.invullen import send_report
from tests.e2e.keuring import Staat
from tests.e2e.wegen import PARKEREN, to, to_zaak


def _all_of_zaak(page: Page) -> None:
    """Every message about one zaak."""
    to_zaak(page)
    page.goto(page.url.replace("/zaken/", "/berichten/"))


def _conversation(page: Page) -> None:
    page.goto("/mijn/berichten/")
    page.get_by_role("main").get_by_role("link", name=PARKEREN).first.click()


def _new_conversation(page: Page) -> None:
    _conversation(page)
    page.get_by_role("link", name="Begin een nieuw gesprek").click()
    page.locator("h1", has_text="Nieuw gesprek").wait_for()


def _send_empty(page: Page, *, vanaf: str) -> None:
    {"alle": _all_of_zaak, "een": _conversation, "nieuw": _new_conversation}[vanaf](page)
    page.get_by_role("button", name="Verstuur", exact=True).click()
    page.locator("#fouten").wait_for()


def _question(page: Page) -> None:
    """A question that is answered in words. No zaak of the demo has one: the first time, a civil servant asks it."""
    vragen = page.get_by_role("main").get_by_role("link", name="Vraag beantwoorden")
    page.goto("/mijn/taken/")
    if not vragen.count():
        ask_question(page)
        page.goto("/mijn/taken/")
    vragen.first.click()
    page.get_by_label("Uw antwoord").wait_for()


def ask_question(page: Page) -> None:
    """A new zaak of who is logged in, and about it a question of a civil servant in a browser of their own."""
    plaats = f"Vraagstraat {uuid.uuid4().hex[:8]}"
    send_report(page, plaats)
    page.get_by_role("link", name="Bekijk uw zaak").click()
    zaak = page.url.replace("/mijn/", "/werkplek/")
    assert page.context.browser
    context = page.context.browser.new_context()
    ambtenaar = context.new_page()
    log_in(ambtenaar, PETRA, begin=f"{zaak}?deel=vragen")
    ambtenaar.get_by_role("button", name="Neem in behandeling").click()
    ambtenaar.goto(f"{zaak}?deel=vragen")
    ambtenaar.get_by_label("Een antwoord in woorden").check()
    ambtenaar.get_by_label("Uw vraag, kort").fill("Hoe lang brandt de lamp al niet?")
    ambtenaar.get_by_label("Vóór welke datum?").fill((vandaag() + timedelta(days=9)).isoformat())
    ambtenaar.get_by_role("button", name="Verstuur de vraag").click()
    ambtenaar.get_by_role("heading", name="Hoe lang brandt de lamp al niet?").wait_for()
    context.close()


def _empty_answer(page: Page) -> None:
    _question(page)
    page.get_by_role("button", name="Verstuur uw antwoord").click()
    page.locator("#fouten").wait_for()


def _back_before_away(page: Page) -> None:
    page.goto("/werkplek/afwezigheid/")
    page.get_by_label("Eerste dag dat u er niet bent").fill("2031-05-02")
    page.get_by_label("Laatste dag dat u er niet bent").fill("2031-05-01")
    page.get_by_role("button", name="Bewaar").click()
    page.locator("#fouten").wait_for()


def _shielded(page: Page) -> None:
    """A zaak that only Omar sees, who is away from today on; asked of him on his own page. Once is enough."""
    assert page.context.browser
    context = page.context.browser.new_context()
    omar = context.new_page()
    log_in(omar, OMAR, begin=urljoin(page.url, "/werkplek/?lijst=niet-toegewezen"))
    omar.locator("main table a").first.click()
    zaak = omar.url
    omar.get_by_role("button", name="Neem in behandeling").click()
    omar.goto(f"{zaak}?deel=afschermen")
    omar.get_by_label("Alleen ik, de behandelaar").check()
    omar.get_by_role("button", name="Bewaar").click()
    omar.goto(urljoin(zaak, "/werkplek/afwezigheid/"))
    omar.get_by_label("Eerste dag dat u er niet bent").fill(vandaag().isoformat())
    omar.get_by_label("Laatste dag dat u er niet bent").fill((vandaag() + timedelta(days=9)).isoformat())
    omar.get_by_role("button", name="Bewaar", exact=True).click()
    omar.get_by_role("heading", name="Deze zaken ziet alleen u").wait_for()
    context.close()


def _nobody_reads(page: Page) -> None:
    page.goto("/werkplek/zonder-lezer/")
    if not page.get_by_role("button", name="Geef toegang").count():
        _shielded(page)
        page.goto("/werkplek/zonder-lezer/")
    page.get_by_role("button", name="Geef toegang").first.wait_for()


def _own_absence(page: Page) -> None:
    page.goto("/werkplek/afwezigheid/")
    if not page.get_by_role("heading", name="Deze zaken ziet alleen u").count():
        _shielded(page)
        page.goto("/werkplek/afwezigheid/")


def _told_of_it(page: Page) -> None:
    _nobody_reads(page)
    page.goto("/werkplek/berichten/")
    page.get_by_role("link", name="Geef een collega toegang").wait_for()


def _figures(page: Page) -> None:
    page.goto("/werkplek/dashboard/")
    for knop in page.locator("main summary").filter(has_text="Bekijk de cijfers").all():
        knop.click()


STATEN = (
    Staat("mijn-gesprek", "", JEROEN, _all_of_zaak),
    Staat("mijn-gesprek", "leeg-bericht", JEROEN, partial(_send_empty, vanaf="alle")),
    Staat("mijn-een-gesprek", "", JEROEN, _conversation),
    Staat("mijn-een-gesprek", "leeg-bericht", JEROEN, partial(_send_empty, vanaf="een")),
    Staat("mijn-een-gesprek", "nieuw", JEROEN, _new_conversation),
    Staat("mijn-een-gesprek", "nieuw-fouten", JEROEN, partial(_send_empty, vanaf="nieuw")),
    Staat("mijn-vraag", "", FATIMA, _question),
    Staat("mijn-vraag", "fout", FATIMA, _empty_answer),
    Staat("werkplek-berichten", "", MILA, to("/werkplek/berichten/")),
    Staat("werkplek-berichten", "afdeling", TOM, to("/werkplek/berichten/")),
    Staat("werkplek-berichten", "zonder-lezer", MILA, _told_of_it),
    Staat("werkplek-zonder-lezer", "", PETRA, to("/werkplek/zonder-lezer/")),
    Staat("werkplek-zonder-lezer", "een-zaak", MILA, _nobody_reads),
    Staat("werkplek-afwezigheid", "alleen-van-mij", OMAR, _own_absence),
    Staat("werkplek", "afgerond", MILA, to("/werkplek/?lijst=afdeling&stand=afgerond")),
    Staat("werkplek-afwezigheid", "", MILA, to("/werkplek/afwezigheid/")),
    Staat("werkplek-afwezigheid", "fout", MILA, _back_before_away),
    Staat("werkplek-dashboard", "", PETRA, to("/werkplek/dashboard/")),
    Staat("werkplek-dashboard", "cijfers", PETRA, _figures),
    Staat("werkplek-dashboard", "zaaktype", PETRA, to("/werkplek/dashboard/?weken=52&zaaktype=MOR")),
)
