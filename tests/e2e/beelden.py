"""Makes the pictures of the README, from the running product:

python -m tests.e2e.beelden                 docs/beelden/*.png
python -m tests.e2e.beelden --alle FOLDER   every state of test_paginas, at 1280 and 390 pixels, to look at
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.browser import BREED, JEROEN, MILA, TELEFOON, Vorm, launch, log_in
from tests.e2e.product import Product, copy_demo, prepared_demo
from tests.e2e.staten import STATEN
from tests.e2e.wegen import to_zaak

BEELDEN = Path(__file__).parents[2] / "docs" / "beelden"
MEESTE_BYTES = 200_000
TEGELS = "ul.pip-case-grid"
GROENEDIJK = {
    "ELOKET_GEMEENTE": "Gemeente Groenedijk",
    "ELOKET_THEMA_KLEUREN": "#0b2a1e,#0f4632,#146046,#2b8163,#9fd3bf,#cde9de,#e6f4ee,#f3faf7",
    "ELOKET_THEMA_LETTER": 'Georgia, "DejaVu Serif", serif',
    "ELOKET_THEMA_RADIUS": "2px",
}


@contextmanager
def running(product: Product) -> Iterator[Product]:
    try:
        yield product.start()
    finally:
        product.stop()


def new_page(browser: Browser, product: Product, naam: str, vorm: Vorm) -> Page:
    """A window of this size, with somebody logged in."""
    context = browser.new_context(
        base_url=product.url,
        viewport=vorm.viewport,  # type: ignore[arg-type]  # a TypedDict that Playwright does not export
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
    )
    page = context.new_page()
    if naam:
        log_in(page, naam)
    return page


def draw(page: Page, pad: Path, *, heel: bool = False, tot: str = "") -> None:
    """Write the page as it stands; `heel` also what is below the window, `tot` down to just below this element."""
    page.evaluate("document.fonts.ready")
    if tot and (vak := page.locator(tot).bounding_box()):
        breedte = (page.viewport_size or {"width": BREED})["width"]
        page.set_viewport_size({"width": breedte, "height": round(vak["y"] + vak["height"]) + 24})
    page.screenshot(path=pad, full_page=heel, animations="disabled")
    print(f"{pad.name}: {pad.stat().st_size / 1000:.0f} kB")  # noqa: T201 - a command speaks to who runs it


def draw_readme(browser: Browser, data: Path) -> None:
    BEELDEN.mkdir(exist_ok=True)
    plan: list[tuple[str, str, Vorm, Callable[[Page], object]]] = [
        ("mijn-zaken", JEROEN, Vorm(BREED), lambda page: page.goto("/mijn/zaken/")),
        ("zaak", JEROEN, Vorm(BREED), to_zaak),
        ("mobiel", JEROEN, Vorm(TELEFOON), to_zaak),
        ("werkplek", MILA, Vorm(BREED), lambda page: page.goto("/werkplek/?lijst=afdeling")),
    ]
    with running(Product(data)) as product:
        for naam, wie, vorm, ga in plan:
            page = new_page(browser, product, wie, vorm)
            ga(page)
            draw(page, BEELDEN / f"{naam}.png", tot=TEGELS if naam == "mijn-zaken" else "")
    with running(Product(data, omgeving=GROENEDIJK)) as product:
        page = new_page(browser, product, JEROEN, Vorm(BREED))
        page.goto("/mijn/zaken/")
        draw(page, BEELDEN / "thema-groenedijk.png", tot=TEGELS)
    te_groot = [pad.name for pad in BEELDEN.glob("*.png") if pad.stat().st_size > MEESTE_BYTES]
    if te_groot:
        sys.exit(f"te groot (hoogstens {MEESTE_BYTES // 1000} kB): {', '.join(te_groot)}")


def draw_all(browser: Browser, data: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with running(Product(data)) as product:
        for staat in STATEN:
            product.forget_confirmations()
            page = new_page(browser, product, staat.wie, Vorm(BREED))
            staat.ga(page)
            for breedte in (BREED, TELEFOON):
                page.set_viewport_size(Vorm(breedte).viewport)  # type: ignore[arg-type]  # as above
                draw(page, folder / f"{staat}-{breedte}.png", heel=True)
            page.context.close()


def main() -> None:
    """Start the demo in a folder of its own, draw, and clean up."""
    vraag = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    vraag.add_argument("--alle", type=Path, metavar="FOLDER")
    keuze = vraag.parse_args()
    with tempfile.TemporaryDirectory() as tijdelijk, sync_playwright() as playwright:
        data = copy_demo(prepared_demo(Path(tijdelijk)), Path(tijdelijk) / "data")
        browser = launch(playwright)
        if keuze.alle:
            draw_all(browser, data, keuze.alle)
        else:
            draw_readme(browser, data)
        browser.close()


if __name__ == "__main__":
    main()
