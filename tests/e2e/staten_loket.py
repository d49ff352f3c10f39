"""The states of the E-loket: its products, and the pages of a form with and without a login."""

import re
from functools import partial
from uuid import UUID

from playwright.sync_api import Page

from tests.e2e.browser import FATIMA, JEROEN, MILA, SANNE
from tests.e2e.invullen import (
    ALLE,
    ALLE_STAPPEN,
    MELDING,
    begin,
    fill_all,
    fill_report,
    go_on,
    send_report,
    to_check,
    to_step,
    type_wrong,
)
from tests.e2e.keuring import Staat
from tests.e2e.wegen import to, to_zaak

_NIETS = UUID(int=0)  # the id of nothing


def _discard(page: Page) -> None:
    begin(page)
    page.get_by_role("link", name="Stoppen").click()
    page.locator("h1", has_text="Wilt u stoppen?").wait_for()


def _stop_without_login(page: Page) -> None:
    begin(page, zonder=True)
    page.get_by_role("link", name="Stoppen").click()
    page.locator("h1", has_text="Wilt u stoppen?").wait_for()


def _to_start_again(page: Page) -> None:
    begin(page, ALLE)
    page.goto(f"/loket/aanvragen/{ALLE}/")
    page.get_by_role("heading", name="U was hier al mee bezig").wait_for()


def _with_concept(page: Page, pad: str) -> None:
    """A page that lists what was begun and not sent."""
    begin(page, ALLE)
    page.goto(pad)
    page.get_by_role("heading", name="Nog niet verstuurd").wait_for()


def _no_longer_asked(page: Page) -> None:
    """The form of a request that was taken back."""
    to_zaak(page)
    ref = page.url.rstrip("/").rpartition("/")[2]
    page.goto(f"/loket/aanvragen/{ALLE}/?zaak={ref}&taak={_NIETS}")
    page.locator("h1", has_text="niet meer invullen").wait_for()


def _wrong_step(page: Page, stap: str) -> None:
    to_step(page, stap)
    type_wrong(page, stap)


def _stopped(page: Page) -> None:
    """An answer after which one cannot go on."""
    to_step(page, "keuzes")
    fill_all(page, "keuzes")
    page.get_by_label("Nee", exact=True).check()
    go_on(page)


def _behind(page: Page) -> None:
    """Another tab kept the same step with other answers."""
    begin(page)
    tab = page.context.new_page()
    tab.goto(page.url)
    fill_report(tab, "Andere laan 1")
    go_on(tab)
    tab.close()
    fill_report(page, "Kerkplein 1")
    go_on(page)
    page.get_by_text("in een ander venster gewijzigd").wait_for()


def _superfluous(page: Page) -> None:
    """Another tab gave an answer after which the form has no such step."""
    begin(page)
    fill_report(page, "Kerkplein 1")
    page.evaluate(
        "document.querySelector('main form[enctype]').action = location.pathname.replace('/melding/', '/geweest/')"
    )
    page.get_by_role("button", name="Volgende stap").click()
    page.locator("h1", has_text="hoort niet meer bij uw formulier").wait_for()


def _with_entries(page: Page) -> None:
    """A group with two entries, and a file that stands ready."""
    to_step(page, "plekken")
    fill_all(page, "plekken")
    page.get_by_role("radiogroup", name="Doen er kinderen mee?").get_by_label("Ja").check()
    page.get_by_role("button", name="Voeg nog een kind toe").click()
    page.get_by_role("group", name="Kind 2", exact=True).wait_for()


def _no_declaration(page: Page) -> None:
    to_step(page, "plekken")
    fill_all(page, "plekken")
    go_on(page)
    page.get_by_role("button", name="Versturen").click()
    page.locator("#fouten").wait_for()


def _outcome(page: Page, *, zonder: bool, antwoord: str = "Ja") -> None:
    begin(page, "proef-check", zonder=zonder)
    page.get_by_label(antwoord, exact=True).check()
    go_on(page)
    page.locator("h1", has_text="vergunning nodig").wait_for()


def _follow(page: Page) -> None:
    send_report(page, zonder=True)
    code = page.locator("p.pip-lead strong").inner_text()
    page.goto("/loket/volgen/")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Bekijk hoe het staat").click()
    page.get_by_role("heading", name=re.compile("^Zaak Z-")).wait_for()


def _unknown_code(page: Page) -> None:
    page.goto("/loket/volgen/")
    page.get_by_label("Code").fill("ABCD-EFGH")
    page.get_by_role("button", name="Bekijk hoe het staat").click()
    page.locator("#fouten").wait_for()


STATEN = (
    Staat("loket-product", "online", JEROEN, to("/loket/melding-openbare-ruimte/")),
    Staat("loket-product", "niet-online", "", to("/loket/kapvergunning/")),
    Staat("loket-start", "", SANNE, to(f"/loket/aanvragen/{ALLE}/")),
    Staat("loket-start", "met-concept", JEROEN, _to_start_again),
    Staat("loket-start", "niet-meer-gevraagd", JEROEN, _no_longer_asked),
    Staat("mijn-zaken", "met-concept", JEROEN, partial(_with_concept, pad="/mijn/zaken/")),
    Staat("mijn-overzicht", "met-concept", JEROEN, partial(_with_concept, pad="/mijn/")),
    Staat("fout", "formulier-niet-voor-u", MILA, to(f"/loket/aanvragen/{ALLE}/")),
    Staat("loket-stap", "melding", FATIMA, begin),
    *(Staat("loket-stap", stap, JEROEN, partial(to_step, stap=stap)) for stap in ALLE_STAPPEN),
    *(Staat("loket-stap", f"{stap}-fout", JEROEN, partial(_wrong_step, stap=stap)) for stap in ALLE_STAPPEN),
    Staat("loket-stap", "gestopt", JEROEN, _stopped),
    Staat("loket-stap", "ander-venster", FATIMA, _behind),
    Staat("loket-stap", "niet-meer-nodig", FATIMA, _superfluous),
    Staat("loket-stap", "met-groep", JEROEN, _with_entries),
    Staat("loket-controleren", "", FATIMA, to_check),
    Staat("loket-controleren", "fout", JEROEN, _no_declaration),
    Staat("loket-controleren", "uitkomst", JEROEN, partial(_outcome, zonder=False)),
    Staat("loket-verstuurd", "", FATIMA, send_report),
    Staat("loket-stoppen", "", FATIMA, _discard),
    Staat("loket-zonder-start", "", "", to(f"/loket/zonder-inloggen/{ALLE}/")),
    Staat("loket-zonder-stap", "", "", partial(begin, zonder=True)),
    Staat("loket-zonder-stap", "ingelogd", JEROEN, partial(begin, zonder=True)),
    Staat("loket-zonder-stap", "weg", "", to(f"/loket/zonder-inloggen/{MELDING}/{_NIETS}/stap/melding/")),
    Staat("loket-zonder-controleren", "", "", partial(to_check, zonder=True)),
    Staat("loket-zonder-controleren", "uitkomst", "", partial(_outcome, zonder=True, antwoord="Nee")),
    Staat("loket-zonder-verstuurd", "", "", partial(send_report, zonder=True)),
    Staat("loket-zonder-stoppen", "", "", _stop_without_login),
    Staat("loket-volgen", "", "", to("/loket/volgen/")),
    Staat("loket-volgen", "onbekend", "", _unknown_code),
    Staat("loket-volgen", "gevonden", "", _follow),
)
