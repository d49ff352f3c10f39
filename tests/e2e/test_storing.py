"""A source that is away, in a browser: the page says so, keeps its menu, and can be used by everybody."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import JEROEN, log_in
from tests.e2e.keuring import judge, judge_keyboard
from tests.e2e.product import Product, copy_demo, prepared_demo, shared_folder


@pytest.fixture
def storing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of its own, because its log will hold errors."""
    demo = prepared_demo(shared_folder(tmp_path_factory.getbasetemp()))
    product = Product(copy_demo(demo, tmp_path_factory.mktemp("storing") / "data"))
    try:
        yield product.start()
    finally:
        product.stop()


@pytest.fixture
def page(storing: Product, browser: Browser) -> Iterator[Page]:
    """Somebody logs in, and then the register of zaken stops answering; the session does not."""
    context = browser.new_context(base_url=storing.url, locale="nl-NL", reduced_motion="reduce")
    page = context.new_page()
    log_in(page, JEROEN)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    storing.sql("ALTER TABLE register_rol RENAME TO register_rol_weg")
    yield page
    context.close()


def test_pages_without_the_register_say_so_and_can_be_used(page: Page):
    page.goto("/mijn/taken/")  # these stand elsewhere, so they are still there
    zaak = page.get_by_role("main").get_by_role("link", name="Parkeervergunning").get_attribute("href")
    for pad, status, tekst in (
        ("/mijn/", 200, "Dat ligt aan ons."),
        ("/mijn/zaken/", 503, "Dat ligt aan ons."),
        (str(zaak), 503, "Wij kunnen uw gegevens nu niet ophalen"),
    ):
        antwoord = page.goto(pad)
        assert antwoord
        assert antwoord.status == status, pad
        expect(page.get_by_role("main").get_by_text(tekst).first).to_be_visible()
        assert judge(page) + judge_keyboard(page) == [], pad
