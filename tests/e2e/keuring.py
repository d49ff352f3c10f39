"""What every page must do, in every state: axe, one h1, its title, no sideways scrolling, all of it by keyboard."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.e2e.browser import BREED, SMAL, TELEFOON, Vorm

_AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
_REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
GEMEENTE = "Gemeente Voorbeeld"
_MEESTE_TABS = 250

_KENMERKEN = """() => ({
    taal: document.documentElement.lang,
    koppen: document.querySelectorAll("h1").length,
    titel: document.title,
    hoofd: document.querySelectorAll("main").length,
    dubbel: [...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, i, alle) => alle.indexOf(id) !== i),
})"""

_TE_BREED = """() => {
    const breedte = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= breedte) return [];
    return [...document.querySelectorAll("body *")]
        .filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > breedte + 1)
        .map((e) => `${e.tagName.toLowerCase()}.${e.className}`).slice(0, 5);
}"""

# What one Tab brings: the element with the focus, whether one sees that it has it, and where it stands.
_FOCUS = """() => {
    const e = document.activeElement;
    if (!e || e === document.body || e === document.documentElement) return null;
    const nogmaals = window.keuringBereikt?.has(e) && e.matches("input"); // the parts of a date field are the browser's
    window.keuringBereikt = (window.keuringBereikt ?? new Set()).add(e);
    const ziet = (wie) => {
        const stijl = getComputedStyle(wie);
        return stijl.outlineStyle !== "none" && parseFloat(stijl.outlineWidth) >= 2;
    };
    const tegel = e.closest("article"); // a tile shows the focus of the link that covers it
    const isVanBrowser = e.matches("iframe"); // a pdf: its viewer shows the focus on its own buttons
    const vak = e.getBoundingClientRect();
    const tekst = e.labels?.[0]?.textContent || e.textContent || e.name || e.id;
    return {
        naam: `${e.tagName.toLowerCase()} “${tekst.replace(/\\s+/g, " ").trim().slice(0, 60)}”`,
        zichtbaar: nogmaals || isVanBrowser || ziet(e) || (tegel !== null && ziet(tegel)),
        inBeeld: vak.bottom > 0 && vak.top < innerHeight && vak.right > 0 && vak.left < innerWidth,
    };
}"""

# As after opening the page: the next Tab goes to its first element.
_NAAR_BEGIN = """() => {
    document.body.setAttribute("tabindex", "-1");
    document.body.focus();
    document.body.removeAttribute("tabindex");
    window.scrollTo(0, 0);
}"""

_NIET_BEREIKT = """() => {
    const bereikt = window.keuringBereikt ?? new Set();
    const keuze = "a[href], button, select, textarea, summary, input:not([type=hidden])";
    const groepen = new Set([...bereikt].filter((e) => e.type === "radio").map((e) => e.name));
    return [...document.querySelectorAll(keuze)]
        .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && e.tabIndex >= 0)
        .filter((e) => !bereikt.has(e) && !(e.type === "radio" && groepen.has(e.name)))
        .map((e) => `${e.tagName.toLowerCase()} “${(e.textContent || e.name).trim().slice(0, 40)}”`);
}"""


@lru_cache(maxsize=1)
def _axe() -> str:
    return _AXE.read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Focus:
    """What has the focus: its kind and text, whether one sees that, and whether it stands in the window."""

    naam: str
    is_zichtbaar: bool
    is_in_beeld: bool


@dataclass(frozen=True, slots=True)
class Staat:
    """A page in a state: of which route, for whom, and how to get there. `titel_vrij`: not in our own frame.

    `na` puts back what others would see too, on the same page.
    """

    route: str
    naam: str
    wie: str
    ga: Callable[[Page], object]
    titel_vrij: bool = False
    na: Callable[[Page], object] = lambda _page: None

    def __str__(self) -> str:
        return f"{self.route}-{self.naam}" if self.naam else self.route


def judge(page: Page, *, titel_vrij: bool = False) -> list[str]:
    """Everything that is wrong with the page as it stands, in words; empty when it is good."""
    klachten = _judge_frame(page, titel_vrij=titel_vrij)
    for breedte in (BREED, TELEFOON, SMAL):
        page.set_viewport_size(Vorm(breedte).viewport)  # type: ignore[arg-type]
        klachten += [f"{breedte} px: te breed: {wat}" for wat in page.evaluate(_TE_BREED)]
        if breedte != SMAL:
            klachten += [f"{breedte} px: {wat}" for wat in run_axe(page)]
    page.set_viewport_size(Vorm(BREED).viewport)  # type: ignore[arg-type]
    return klachten


def _judge_frame(page: Page, *, titel_vrij: bool) -> list[str]:
    is_: dict[str, Any] = page.evaluate(_KENMERKEN)
    klachten = []
    if is_["taal"] != "nl":
        klachten.append(f"taal is {is_['taal']!r}")
    if is_["koppen"] != 1:
        klachten.append(f"{is_['koppen']} h1-koppen")
    if is_["dubbel"]:
        klachten.append(f"dubbele id: {is_['dubbel']}")
    if not titel_vrij and (is_["hoofd"] != 1 or not is_["titel"].endswith(f" - {GEMEENTE}")):
        klachten.append(f"titel {is_['titel']!r}, {is_['hoofd']} keer main")
    return klachten


def run_axe(page: Page) -> list[str]:
    """The violations that axe finds: WCAG 2.0 to 2.2, A and AA, and its best practices."""
    page.evaluate(_axe())  # by the debugger: a content security policy does not stop it, nor is it weakened
    opties = {"runOnly": {"type": "tag", "values": _REGELS}, "resultTypes": ["violations"]}
    uitslag = page.evaluate("(opties) => axe.run(document, opties)", opties)
    return [
        f"axe {fout['id']}: {fout['help']}: {[knoop['html'][:160] for knoop in fout['nodes'][:4]]}"
        for fout in uitslag["violations"]
    ]


def focus_on(page: Page) -> Focus | None:
    """What has the focus now; None when that is nothing of the page."""
    gevonden: dict[str, Any] | None = page.evaluate(_FOCUS)
    return Focus(gevonden["naam"], gevonden["zichtbaar"], gevonden["inBeeld"]) if gevonden else None


_MEESTE_IN_FRAME = 15  # buttons of the viewer of a pdf


def judge_keyboard(page: Page) -> list[str]:
    """Tab from the top to the end: the focus is seen, stands in view, and comes everywhere."""
    page.evaluate(_NAAR_BEGIN)
    klachten: list[str] = []
    in_frame = _MEESTE_IN_FRAME if page.locator("iframe").count() else 0
    for keer in range(_MEESTE_TABS):
        page.keyboard.press("Tab")
        focus = focus_on(page)
        if focus is None and in_frame and page.evaluate(_NIET_BEREIKT):
            # The viewer of a pdf that is still loading has the focus: a person presses Tab again.
            in_frame -= 1
            continue
        if focus is None:
            break
        if not focus.is_zichtbaar:
            klachten.append(f"focus is niet te zien op {focus.naam}")
        if not focus.is_in_beeld:
            klachten.append(f"focus staat buiten beeld: {focus.naam}")
        if keer == 0 and "Naar de inhoud" not in focus.naam:
            klachten.append(f"de eerste Tab gaat naar {focus.naam}, niet naar de skiplink")
    else:
        klachten.append(f"na {_MEESTE_TABS} keer Tab nog niet rond")
    return klachten + [f"niet te bereiken met Tab: {wat}" for wat in page.evaluate(_NIET_BEREIKT)]
