"""The states of what somebody takes along of all that we hold, and of asking to have it put right."""

from datetime import timedelta
from urllib.parse import urljoin

from playwright.sync_api import Page

from tests.e2e.browser import FATIMA, INES, JEROEN, SANNE, choose_login, log_in
from tests.e2e.keuring import Staat
from tests.e2e.wegen import to_zaak

_PAD = "/mijn/gegevens/meenemen/"


def _nothing(page: Page) -> None:
    """Whatever a test before this one left is taken away."""
    page.goto(_PAD)
    for knop in ("Stop en verwijder", "Verwijder dit bestand"):
        if page.get_by_role("button", name=knop).count():
            page.get_by_role("button", name=knop).click()
            page.get_by_text("Wij hebben uw bestand verwijderd").wait_for()
    page.goto(_PAD)
    page.get_by_role("button", name="Vraag mijn gegevens").wait_for()


def _asked(page: Page) -> None:
    _nothing(page)
    page.get_by_role("button", name="Vraag mijn gegevens").click()
    page.get_by_text("Wij zijn begonnen met het verzamelen").wait_for()


def ready(page: Page) -> None:
    """The worker of the demo makes it in some seconds."""
    _asked(page)
    for _ in range(60):
        page.goto(_PAD)
        if page.get_by_text("Uw bestand staat klaar").count():
            return
        page.wait_for_timeout(timedelta(seconds=1) / timedelta(milliseconds=1))
    raise AssertionError("the worker did not make it within a minute")


def _ask(page: Page) -> None:
    """A request about data, sent: there is one in the work list of the privacy afdeling from now on. Logging in higher
    ends the session that there was: this one is of nobody else."""
    log_in(page, FATIMA)  # not Sanne: she has no zaken, and other tests look at that
    page.goto("/loket/aanvragen/avg-verzoek/")
    choose_login(page, FATIMA)
    page.get_by_role("button", name="Begin met invullen").click()
    page.get_by_label("Gegevens laten verwijderen").check()
    page.get_by_label("Iets anders").check()
    page.get_by_label("Welk gegeven is het?").fill("Een oude naam")
    page.get_by_role("button", name="Volgende stap").click()
    page.get_by_role("button", name="Volgende stap").click()
    page.get_by_role("button", name="Versturen").click()
    page.get_by_role("heading", name="Wij hebben uw formulier ontvangen").wait_for()


def _to_extend(page: Page) -> None:
    """Of a request that somebody has just sent, in a browser of their own."""
    page.goto("/werkplek/")
    assert page.context.browser
    context = page.context.browser.new_context(base_url=urljoin(page.url, "/"))
    fatima = context.new_page()
    _ask(fatima)
    fatima.get_by_role("link", name="Bekijk uw zaak").click()
    zaak = fatima.url.replace("/mijn/", "/werkplek/")
    context.close()
    page.goto(zaak)
    page.get_by_role("link", name="Verleng de termijn").click()
    page.get_by_label("Waarom heeft u meer tijd nodig?").wait_for()


def _from_zaak(page: Page) -> None:
    log_in(page, JEROEN)
    to_zaak(page)
    page.get_by_role("link", name="Klopt er iets niet in deze zaak?").click()
    choose_login(page, JEROEN)
    page.get_by_text("Het zaaknummer hebben wij alvast ingevuld").wait_for()


STATEN = (
    Staat("mijn-meenemen", "", JEROEN, _nothing),
    Staat("mijn-meenemen", "gevraagd", SANNE, _asked),
    Staat("mijn-meenemen", "klaar", FATIMA, ready),
    Staat("loket-start", "over-een-zaak", "", _from_zaak),
    Staat("loket-verstuurd", "avg-verzoek", "", _ask),
    Staat("werkplek-zaak", "verlengen-kan", INES, _to_extend),
)

GEEN_PAGINA = {
    "mijn-meenemen-bestand": "een bestand",
    "werkplek-verlengen": "stuurt door naar de zaak",
    "mijn-meenemen-verwijderen": "stuurt door naar Mijn gegevens meenemen",
}
