"""Noodtoegang in every state that differs: asked for by Tom to a zaak of Mila, who is told of it, and who guards."""

from playwright.sync_api import Page

from tests.e2e.browser import MILA, TOM, log_in
from tests.e2e.keuring import Staat
from tests.e2e.wegen import to

VRAAG, TOEZICHT = "/werkplek/noodtoegang/", "/werkplek/noodtoegang/toezicht/"
REDEN = "Mila is ziek en de aanvrager staat nu aan de balie."


def _as(page: Page, wie: str) -> None:
    page.context.clear_cookies()
    log_in(page, wie)


def _zaak_van_mila(page: Page) -> str:
    """The zaaknummer."""
    _as(page, MILA)
    page.goto("/werkplek/?lijst=mijn")
    page.locator("tbody").get_by_role("link").first.click()
    page.locator("#behandeling").wait_for()
    return page.locator("span:text('Zaaknummer') > span").inner_text()


def _ask(page: Page) -> None:
    nummer = _zaak_van_mila(page)
    _as(page, TOM)
    page.goto(VRAAG)
    page.get_by_label("Zaaknummer").fill(nummer)
    page.get_by_label("De collega die de zaak behandelt").check()
    page.get_by_label("Leg dat uit").fill(REDEN)
    page.get_by_role("button", name="Open de zaak").click()
    page.get_by_role("button", name="Beëindig de noodtoegang").wait_for()


def _open_list(page: Page) -> None:
    _ask(page)
    page.goto(VRAAG)


def _wrong(page: Page) -> None:
    page.goto(VRAAG)
    page.get_by_label("Leg dat uit").fill("Te kort")
    page.get_by_role("button", name="Open de zaak").click()
    page.locator("#fouten").wait_for()


def _told(page: Page) -> None:
    _ask(page)
    _as(page, MILA)
    page.goto("/werkplek/")
    page.get_by_role("button", name="Gezien").first.wait_for()


def _seen(page: Page) -> None:
    page.get_by_role("button", name="Gezien").first.click()
    page.wait_for_load_state()


def _guard(page: Page) -> None:
    _ask(page)
    _as(page, MILA)
    page.goto(TOEZICHT)


def _judge(page: Page) -> None:
    _guard(page)
    page.locator("main").get_by_role("link", name=TOM).first.click()
    page.get_by_role("button", name="Bewaar het oordeel").wait_for()


def _judge_wrong(page: Page) -> None:
    _judge(page)
    page.get_by_role("button", name="Bewaar het oordeel").click()
    page.locator("#fouten").wait_for()


def _judged(page: Page) -> None:
    _judge(page)
    page.get_by_label("Niet terecht").check()
    page.get_by_label("Waarom vindt u dat?").fill("De collega was er gewoon.")
    page.get_by_role("button", name="Bewaar het oordeel").click()
    page.get_by_text("Uw oordeel is bewaard").wait_for()


def _judged_one(page: Page) -> None:
    _judged(page)
    page.locator("section[aria-labelledby=klaar]").get_by_role("link").first.click()
    page.locator("#oordeel-kop").wait_for()


STATEN = (
    Staat("werkplek-noodtoegang", "", TOM, to(VRAAG)),
    Staat("werkplek-noodtoegang", "fout", TOM, _wrong),
    Staat("werkplek-noodtoegang", "open", "", _open_list),
    Staat("werkplek-zaak", "noodtoegang", "", _ask),
    Staat("werkplek", "noodmelding", "", _told, na=_seen),
    Staat("werkplek-noodtoegang-toezicht", "", "", _guard),
    Staat("werkplek-noodtoegang-beoordelen", "", "", _judge),
    Staat("werkplek-noodtoegang-beoordelen", "fout", "", _judge_wrong),
    Staat("werkplek-noodtoegang-toezicht", "beoordeeld", "", _judged),
    Staat("werkplek-noodtoegang-beoordelen", "beoordeeld", "", _judged_one),
)
GEEN_PAGINA = {
    "werkplek-noodtoegang-einde": "stuurt door naar de lijst",
    "werkplek-noodtoegang-gezien": "stuurt door naar de werkvoorraad",
}
