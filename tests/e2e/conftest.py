"""One running product and one browser per test process; people stay logged in between tests."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    StorageState,
    expect,
    sync_playwright,
)

from tests.e2e.browser import MEDEWERKERS, OpenPage, Vorm, Waarnemer, launch, log_in
from tests.e2e.product import Product, copy_demo, prepared_demo, shared_folder

_HIER = Path(__file__).parent
expect.set_options(timeout=10_000)  # a machine that does other things as well


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _HIER in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def product(tmp_path_factory) -> Iterator[Product]:
    """The product with the demo, and the forms of this folder. Its log may hold no traceback and no error."""
    eigen = tmp_path_factory.mktemp("product")
    demo = prepared_demo(shared_folder(tmp_path_factory.getbasetemp()))
    product = Product(copy_demo(demo, eigen / "data"))
    product.publish(_HIER / "formulieren")
    product.return_mail()
    try:
        yield product.start()
    finally:
        product.stop()
    assert not product.fouten, "in het log van de server:\n" + product.log


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Of the whole process: a second one beside it refuses to start."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def ingelogd() -> dict[str, StorageState]:
    """The cookies of who logged in before, by name."""
    return {}


@pytest.fixture
def waarnemer(product: Product) -> Waarnemer:
    """What went wrong behind the pages of this test. A test that breaks something itself empties the list."""
    return Waarnemer(product.url)


@pytest.fixture
def open_page(
    product: Product, browser: Browser, ingelogd: dict[str, StorageState], waarnemer: Waarnemer
) -> Iterator[OpenPage]:
    """Opens a browser of its own for somebody: `open_page("Jeroen van Drouwen", vorm)`.

    Without a name nobody is logged in; `vers=True` logs in anew, for a test that ends the session.
    What goes wrong behind the page (console, requests) fails the test, also when nobody looks at it.
    """
    contexten: list[BrowserContext] = []

    def new_context(vorm: Vorm, cookies: StorageState | None) -> BrowserContext:
        context = browser.new_context(
            base_url=product.url,
            viewport=vorm.viewport,  # type: ignore[arg-type]  # a TypedDict that Playwright does not export
            java_script_enabled=vorm.js,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            storage_state=cookies,
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        waarnemer.follow(context)
        contexten.append(context)
        return context

    def open_page(naam: str = "", vorm: Vorm | None = None, *, vers: bool = False) -> Page:
        vorm = vorm or Vorm()
        if not naam or vers:
            page = new_context(vorm, None).new_page()
            if vers:
                log_in(page, naam)
            else:
                page.goto("/")
            return page
        begin = "/werkplek/" if naam in MEDEWERKERS else "/mijn/"
        if naam in ingelogd:
            page = new_context(vorm, ingelogd[naam]).new_page()
            page.goto(begin)
            if urlsplit(page.url).path == begin:
                return page
        # Not yet, or another test logged this person out: that ends it in every browser.
        eerste = new_context(Vorm(), None)
        log_in(eerste.new_page(), naam)
        ingelogd[naam] = eerste.storage_state()
        page = new_context(vorm, ingelogd[naam]).new_page()
        page.goto(begin)
        return page

    yield open_page
    for context in contexten:
        context.close()
    assert not waarnemer.klachten, "\n".join(waarnemer.klachten)
