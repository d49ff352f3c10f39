"""A local account that begins anew: what the two who are needed see, and its owner."""

from playwright.sync_api import Page

from tests.e2e import lokaal
from tests.e2e.browser import INES, MILA, log_in
from tests.e2e.keuring import Staat
from tests.e2e.lokaal import Eigenaar
from tests.e2e.wegen import to

PAD = "/werkplek/herstarts/"


def _naam(eigenaar: Eigenaar) -> str:
    return f"{lokaal.NAAM} {eigenaar.inlognaam[-4:]}"


def _asked(page: Page) -> Eigenaar:
    """Somebody uses their account; Mila starts it anew, and reads the link."""
    eigenaar = lokaal.to_account(page)
    page.context.clear_cookies()
    log_in(page, MILA)
    page.goto("/werkplek/beheer/medewerkers/")
    page.get_by_role("main").get_by_role("link", name=_naam(eigenaar)).click()
    page.get_by_role("link", name="Lokaal account", exact=True).click()
    page.get_by_role("button", name="Laat opnieuw beginnen").click()
    link = page.get_by_label("Link", exact=True).input_value()
    eigenaar.link = link[link.index("/werkplek/") :]
    return eigenaar


def _to_judge(page: Page) -> Eigenaar:
    eigenaar = _asked(page)
    page.context.clear_cookies()
    log_in(page, INES)
    page.goto(PAD)
    page.get_by_role("heading", name=_naam(eigenaar)).wait_for()
    return eigenaar


def _press_allow(page: Page, eigenaar: Eigenaar) -> None:
    """Others may wait too: those of another test."""
    formulier = page.locator("form").filter(has_text=_naam(eigenaar))
    formulier.get_by_role("button", name="Keur goed").click()


def _not_spoken(page: Page) -> None:
    eigenaar = _to_judge(page)
    _press_allow(page, eigenaar)
    page.locator("#fouten").wait_for()


def _allowed(page: Page) -> tuple[Eigenaar, str]:
    eigenaar = _to_judge(page)
    page.get_by_label(f"Ik heb {_naam(eigenaar)} zelf gesproken").check()
    _press_allow(page, eigenaar)
    return eigenaar, page.get_by_label("Code", exact=True).input_value()


def _link_that_waits(page: Page) -> None:
    eigenaar = _asked(page)
    page.context.clear_cookies()
    page.goto(eigenaar.link)


def _wrong_code(page: Page) -> None:
    eigenaar, _ = _allowed(page)
    page.context.clear_cookies()
    page.goto(eigenaar.link)
    page.get_by_label("Code van uw collega").fill("aaaa-aaaa")
    page.get_by_role("button", name="Begin").click()
    page.locator("#fouten").wait_for()


def _in_again(page: Page) -> None:
    """With the link of one and the code of the other."""
    eigenaar, code = _allowed(page)
    page.context.clear_cookies()
    page.goto(eigenaar.link)
    page.get_by_label("Code van uw collega").fill(code)
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Nieuw wachtwoord").fill(lokaal.WACHTWOORD)
    page.get_by_role("button", name="Ga verder").click()
    eigenaar.geheim = page.locator("code.pip-code").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill(eigenaar.code())
    page.get_by_role("button", name="Controleer de code").click()
    page.get_by_role("button", name="Ik heb de codes bewaard").click()
    page.get_by_text("opnieuw gestart door Mila Jansen").wait_for()


def _first_page(page: Page) -> None:
    _in_again(page)
    page.goto("/werkplek/")
    page.get_by_text("Herkent u dit niet?").wait_for()


STATEN = (
    Staat("werkplek-herstarts", "", MILA, to(PAD)),
    Staat("werkplek-herstarts", "te-beoordelen", "", _to_judge),
    Staat("werkplek-herstarts", "niet-gesproken", "", _not_spoken),
    Staat("werkplek-herstarts", "code", "", _allowed),
    Staat("werkplek-beheer-account", "opnieuw", "", _asked),
    Staat("werkplek-uitnodiging", "wacht", "", _link_that_waits),
    Staat("werkplek-uitnodiging", "code-fout", "", _wrong_code),
    Staat("werkplek-account", "opnieuw-gestart", "", _in_again),
    Staat("werkplek", "opnieuw-gestart", "", _first_page),
)
