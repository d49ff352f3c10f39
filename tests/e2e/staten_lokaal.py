"""The pages of a local account in every state that differs: from the invitation to Mijn account."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e import lokaal
from tests.e2e.browser import MILA, log_in
from tests.e2e.keuring import Staat
from tests.e2e.lokaal import Eigenaar
from tests.e2e.wegen import to


def _link(page: Page) -> None:
    eigenaar = lokaal.invite(page)
    page.context.clear_cookies()
    page.goto(eigenaar.link)


def _link_while_in(page: Page) -> None:
    page.goto(lokaal.invite(page).link)


def _no_link(page: Page) -> None:
    page.goto("/werkplek/uitnodiging/niets/")


def _weak_password(page: Page) -> None:
    lokaal.to_password(page)
    page.get_by_label("Nieuw wachtwoord").fill("Welkom01Welkom01")
    page.get_by_role("button", name="Ga verder").click()
    page.locator("#fouten").wait_for()


def _wrong_setup(page: Page) -> None:
    lokaal.to_setup(page)
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Controleer de code").click()
    page.locator("#fouten").wait_for()


def _empty_login(page: Page) -> None:
    page.goto("/werkplek/inloggen/account/")
    page.get_by_role("button", name="Ga verder").click()
    page.locator("#fouten").wait_for()


def _refused(page: Page) -> None:
    lokaal.give_password(page, Eigenaar("n.iemand", ""))
    page.get_by_role("main").get_by_role("alert").first.wait_for()


def _second_step(page: Page) -> Eigenaar:
    eigenaar = lokaal.to_account(page)
    page.context.clear_cookies()
    lokaal.give_password(page, eigenaar)
    expect(page.get_by_role("heading", level=1)).to_have_text("De tweede stap")
    return eigenaar


def _wrong_code(page: Page) -> None:
    _second_step(page)
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Log in").click()
    page.get_by_text("Deze code klopt niet").first.wait_for()


def _after(pad: str) -> Callable[[Page], None]:
    def ga(page: Page) -> None:
        lokaal.to_account(page)
        page.goto(pad)
        if page.url.partition("?")[0].endswith("/bevestigen/") and not pad.endswith("/bevestigen/"):
            lokaal.confirm(page)

    return ga


def _wrong_own(page: Page) -> None:
    lokaal.to_account(page)
    page.goto("/werkplek/account/wachtwoord/")
    page.get_by_role("button", name="Wijzig uw wachtwoord").click()
    page.locator("#fouten").wait_for()


def _two(page: Page) -> Eigenaar:
    """With two apps."""
    eigenaar = lokaal.to_account(page)
    page.get_by_role("link", name="Voeg een tweede stap toe").click()
    lokaal.confirm(page)
    eigenaar.geheim = page.locator("code.pip-code").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill(eigenaar.code())
    page.get_by_label("Hoe wilt u deze app noemen?").fill("Mijn tablet")
    page.get_by_role("button", name="Controleer de code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn account")
    return eigenaar


def _remove(page: Page) -> None:
    _two(page)
    page.get_by_role("link", name="Haal weg").filter(has_text="Mijn tablet").click()
    page.get_by_role("button", name="Haal weg").wait_for()


def _of_member(page: Page) -> None:
    """The page of a manager, with a link on it."""
    lokaal.invite(page)


def _of_member_in_use(page: Page) -> None:
    eigenaar = lokaal.to_account(page)
    page.context.clear_cookies()
    log_in(page, MILA)
    page.goto("/werkplek/beheer/medewerkers/")
    page.get_by_role("main").get_by_role("link", name=f"{lokaal.NAAM} {eigenaar.inlognaam[-4:]}").click()
    page.get_by_role("link", name="Lokaal account", exact=True).click()
    page.get_by_role("button", name="Laat opnieuw beginnen").wait_for()


STATEN = (
    Staat("werkplek-lokaal", "", "", to("/werkplek/inloggen/account/")),
    Staat("werkplek-lokaal", "leeg", "", _empty_login),
    Staat("werkplek-lokaal", "geweigerd", "", _refused),
    Staat("werkplek-inloggen", "link-ongeldig", "", _no_link),
    Staat("werkplek-uitnodiging", "", "", _link),
    Staat("werkplek-uitnodiging", "ingelogd", "", _link_while_in),
    Staat("werkplek-wachtwoord-kiezen", "", "", lokaal.to_password),
    Staat("werkplek-wachtwoord-kiezen", "fout", "", _weak_password),
    Staat("werkplek-inrichten", "", "", lokaal.to_setup),
    Staat("werkplek-inrichten", "fout", "", _wrong_setup),
    Staat("werkplek-tweede-stap", "", "", _second_step),
    Staat("werkplek-tweede-stap", "fout", "", _wrong_code),
    Staat("werkplek-herstelcodes", "nieuw", "", lokaal.to_codes),
    Staat("werkplek-herstelcodes", "", "", _after("/werkplek/account/herstelcodes/")),
    Staat("werkplek-account", "", "", lokaal.to_account),
    Staat("werkplek-account", "twee", "", _two),
    Staat("werkplek-account", "van-de-gemeente", MILA, to("/werkplek/account/")),
    Staat("werkplek-account-wachtwoord", "", "", _after("/werkplek/account/wachtwoord/")),
    Staat("werkplek-account-wachtwoord", "fout", "", _wrong_own),
    Staat("werkplek-account-bevestigen", "", "", _after("/werkplek/account/bevestigen/")),
    Staat("werkplek-account-tweede-stap", "", "", _after("/werkplek/account/tweede-stap/")),
    Staat("werkplek-account-weghalen", "", "", _remove),
    Staat("werkplek-beheer-account", "link", "", _of_member),
    Staat("werkplek-beheer-account", "in-gebruik", "", _of_member_in_use),
    Staat("werkplek-beheer-account", "eigen", MILA, to("/werkplek/beheer/medewerkers/1/account/")),
)

GEEN_PAGINA = {"werkplek-account-elders": "stuurt door naar Mijn account"}
