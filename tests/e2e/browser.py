"""What people do with the site in a browser: log in, choose from a menu, and what may never happen meanwhile."""

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    Request,
    Response,
    expect,
)

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BREED, TELEFOON, SMAL = 1280, 390, 320
_HOOGTE = {BREED: 900, TELEFOON: 844, SMAL: 844}

JEROEN = "Jeroen van Drouwen"
FATIMA = "Fatima el Idrissi"
SANNE = "Sanne de Wit"
KORENAAR = "Bakkerij De Korenaar B.V."
KORENAAR_MARKT = "De Korenaar Markt"
MILA = "Mila Jansen"
PETRA = "Petra van den Hoek"
TOM = "Tom Bosman"
VOOR_FATIMA = "Sanne de Wit voor Fatima"
BEWINDVOERDER = "Bewindvoering De Brug"
_BEDRIJVEN = {KORENAAR, KORENAAR_MARKT, BEWINDVOERDER}
OMAR = "Omar de Boer"
YOUSSEF = "Youssef Amrani"
INES = "Ines Meijer"
MEDEWERKERS = {MILA, PETRA, TOM, OMAR, YOUSSEF, INES}


@dataclass(frozen=True, slots=True)
class Vorm:
    """How somebody looks at the site: the width of the window in CSS pixels, with or without JavaScript."""

    breedte: int = BREED
    js: bool = True

    @property
    def viewport(self) -> dict[str, int]:
        return {"width": self.breedte, "height": _HOOGTE[self.breedte]}

    @property
    def is_breed(self) -> bool:
        return self.breedte >= BREED

    def __str__(self) -> str:
        return f"{self.breedte}-{'js' if self.js else 'zonder-js'}"


VORMEN = tuple(Vorm(breedte, js) for breedte in (BREED, TELEFOON) for js in (True, False))
BREED_EN_SMAL = (Vorm(BREED), Vorm(TELEFOON, js=False))


def launch(playwright: Playwright, *meer: str) -> Browser:
    """The Chromium of this computer, with `meer` arguments. Raises AssertionError when there is none."""
    programma = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert programma, "er is geen Chromium (Debian en Ubuntu: apt install chromium)"
    als_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=programma, args=[*ARGS, *meer, *als_root])


@dataclass
class Waarnemer:
    """Notes what a page does that it should not: errors in the console, requests that fail or leave the site."""

    site: str
    klachten: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Watch every page of this browser, also those that open later."""
        context.on("page", self._follow_page)
        context.on("console", self._on_console)
        context.on("response", self._on_response)
        context.on("request", self._on_request)
        context.on("requestfailed", self._on_failed)

    def _follow_page(self, page: Page) -> None:
        page.on("pageerror", lambda fout: self.klachten.append(f"fout in script: {fout}"))

    def _on_console(self, bericht: ConsoleMessage) -> None:
        # A page with status 404 or 422 is an "error" to the console as well; _on_response judges those. And a picture
        # that is opened is no page of ours: the browser's own viewer tries styles that its policy refuses.
        is_bestand = bericht.page is not None and bericht.page.url.endswith("/openen/")
        is_status = bericht.text.startswith("Failed to load resource")
        if bericht.type in {"error", "warning"} and not is_status and not is_bestand:
            self.klachten.append(f"console: {bericht.text}")

    def _on_response(self, antwoord: Response) -> None:
        is_pagina = antwoord.request.resource_type == "document"
        if antwoord.status >= (500 if is_pagina else 400):
            self.klachten.append(f"{antwoord.status} op {antwoord.url}")

    def _on_request(self, verzoek: Request) -> None:
        if urlsplit(verzoek.url).scheme in {"http", "https"} and not verzoek.url.startswith(f"{self.site}/"):
            self.klachten.append(f"naar buiten: {verzoek.url}")

    def _on_failed(self, verzoek: Request) -> None:
        # A navigation that becomes a download, or is overtaken by the next one, is "aborted".
        if verzoek.failure != "net::ERR_ABORTED":
            self.klachten.append(f"mislukt: {verzoek.url} ({verzoek.failure})")


def log_in(page: Page, naam: str, *, begin: str = "") -> None:
    """Log in by the real pages. `begin` is a page that asks for it; else the login page itself is opened."""
    is_medewerker = naam in MEDEWERKERS
    page.goto(begin or ("/werkplek/inloggen/" if is_medewerker else "/inloggen/"))
    choose_login(page, naam)


def choose_login(page: Page, naam: str) -> None:
    """From the login page on: choose the means and the person."""
    if naam in MEDEWERKERS:
        page.get_by_role("link", name="Inloggen als medewerker").click()
    else:
        middel = "eHerkenning" if naam in _BEDRIJVEN else "DigiD"
        page.get_by_role("main").get_by_role("link", name=f"Inloggen met {middel}").click()
    page.get_by_role("button", name=naam, exact=True).click()


def choose_menu(page: Page, tekst: str) -> None:
    """Choose from the menu of Mijn omgeving: beside the page, or behind the button Menu on a phone."""
    breed = page.get_by_role("navigation", name="Mijn omgeving", exact=True)
    if is_wide(page, breed):
        breed.get_by_role("link", name=tekst).click()
    else:
        page.get_by_role("navigation", name="Mijn omgeving (mobiel)").get_by_role("link", name=tekst).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(tekst)


def is_wide(page: Page, breed: Locator) -> bool:
    """Whether this stands beside or above the page. If not, the button Menu of a phone is pressed. It waits for one of
    them: of a page that still loads, neither says how wide it is."""
    menu = page.locator("summary", has_text="Menu")
    expect(breed.or_(menu).filter(visible=True).first).to_be_visible()
    if breed.is_visible():
        return True
    menu.click()
    return False


def open_zaak(page: Page, titel: str) -> None:
    """As the explanation says it: Mijn Zaken, and then the tile of the zaak."""
    choose_menu(page, "Mijn Zaken")
    page.get_by_role("article").filter(has_text=titel).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(titel)


def log_out(page: Page, *, js: bool = True) -> None:
    """Here, and at the provider; without scripts that takes a second button."""
    press_log_out(page)
    if not js:
        page.get_by_role("button", name=re.compile("^Uitloggen bij ")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent uitgelogd")


def press_log_out(page: Page) -> None:
    """The button in the header, or in the menu on a phone."""
    knop = page.get_by_role("button", name="Uitloggen", exact=True)
    if not is_wide(page, knop):
        knop = page.get_by_role("button", name=re.compile(r"^Uitloggen \("))
    knop.click()


OpenPage = Callable[..., Page]
