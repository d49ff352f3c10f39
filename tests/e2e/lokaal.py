"""A local account in a real browser: made by a functional manager, set up by its owner; and a key in the computer."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
from playwright.sync_api import CDPSession, Page, expect

from tests.e2e.browser import MILA, log_in

WACHTWOORD = "paard batterij nietje correct"
NAAM = "Lotte Lokaal"


@dataclass
class Eigenaar:
    """Somebody who was invited: `link` opens their account, `geheim` is that of their app once they have one."""

    inlognaam: str
    link: str
    geheim: str = field(default="", repr=False)

    def code(self, stappen: int = 0) -> str:
        """What the app shows; one step on when the present code was used."""
        return pyotp.TOTP(self.geheim).at(datetime.now(tz=UTC) + timedelta(seconds=30 * stappen))


def invite(page: Page) -> Eigenaar:
    """Mila adds a member and makes a link; afterwards nobody is logged in in this browser."""
    inlognaam = f"lokaal-{uuid.uuid4().hex[:8]}"
    log_in(page, MILA)
    page.goto("/werkplek/beheer/medewerkers/nieuw/")
    page.get_by_label("Inlognaam").fill(inlognaam)
    page.get_by_label("Naam", exact=True).fill(f"{NAAM} {inlognaam[-4:]}")
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_role("main").get_by_role("link", name=f"{NAAM} {inlognaam[-4:]}").click()
    page.get_by_role("link", name="Lokaal account", exact=True).click()
    page.get_by_role("button", name="Maak een link").click()
    link = page.get_by_label("Link", exact=True).input_value()
    return Eigenaar(inlognaam, link[link.index("/werkplek/") :])


def to_password(page: Page, eigenaar: Eigenaar | None = None) -> Eigenaar:
    """As far as choosing a password; without an `eigenaar` Mila invites somebody in this browser first."""
    if eigenaar is None:
        eigenaar = invite(page)
        page.context.clear_cookies()
    page.goto(eigenaar.link)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kies een wachtwoord")
    return eigenaar


def to_setup(page: Page, eigenaar: Eigenaar | None = None) -> Eigenaar:
    """As far as setting up a second factor."""
    eigenaar = to_password(page, eigenaar)
    page.get_by_label("Nieuw wachtwoord").fill(WACHTWOORD)
    page.get_by_role("button", name="Ga verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stel een tweede stap in")
    eigenaar.geheim = page.locator("code.pip-code").inner_text().replace(" ", "")
    return eigenaar


def to_codes(page: Page) -> Eigenaar:
    """In, with an app: the recovery codes."""
    eigenaar = to_setup(page)
    page.get_by_label("Code", exact=True).fill(eigenaar.code())
    page.get_by_role("button", name="Controleer de code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    return eigenaar


def to_account(page: Page) -> Eigenaar:
    """At Mijn account."""
    eigenaar = to_codes(page)
    page.get_by_role("button", name="Ik heb de codes bewaard").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn account")
    return eigenaar


def give_password(page: Page, eigenaar: Eigenaar) -> None:
    page.goto("/werkplek/inloggen/")
    page.get_by_role("link", name="Inloggen met een lokaal account").click()
    page.get_by_label("Inlognaam").fill(eigenaar.inlognaam)
    page.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    page.get_by_role("button", name="Ga verder").click()


def confirm(page: Page) -> None:
    """The password again."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Vul uw wachtwoord in")
    page.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    page.get_by_role("button", name="Ga verder").click()


class Sleutel:
    """A security key in this browser, as Chromium plays it (WebAuthn of the Chrome DevTools Protocol)."""

    def __init__(self, page: Page) -> None:
        self._cdp: CDPSession = page.context.new_cdp_session(page)
        self._cdp.send("WebAuthn.enable")
        self._id: str = self._cdp.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "usb",
                    "hasResidentKey": False,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )["authenticatorId"]

    @property
    def credentials(self) -> list[dict[str, Any]]:
        """What is on it."""
        antwoord: dict[str, list[dict[str, Any]]] = self._cdp.send(
            "WebAuthn.getCredentials", {"authenticatorId": self._id}
        )
        return antwoord["credentials"]

    def copy_with_counter(self, teller: int) -> None:
        """Somebody copied it earlier on: the same key, with a counter that stayed behind."""
        [sleutel] = self.credentials
        self._cdp.send("WebAuthn.clearCredentials", {"authenticatorId": self._id})
        self._cdp.send(
            "WebAuthn.addCredential",
            {"authenticatorId": self._id, "credential": {**sleutel, "signCount": teller}},
        )

    def take_out(self) -> None:
        self._cdp.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self._id})
