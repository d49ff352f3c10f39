"""Somebody who goes on trying codes, in a browser: the page says how long to wait, holds the code, and can be used."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import BREED, TELEFOON
from tests.e2e.keuring import judge, judge_keyboard
from tests.e2e.product import Product, copy_demo, prepared_demo, shared_folder

VOLGEN = "/loket/volgen/"
KEREN = 60  # of identity/limieten/tabel.py


@pytest.fixture
def begrensd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of its own, with limits: in the shared one all tests come from one address."""
    demo = prepared_demo(shared_folder(tmp_path_factory.getbasetemp()))
    data = copy_demo(demo, tmp_path_factory.mktemp("limiet") / "data")
    product = Product(data, omgeving={"ELOKET_LIMIETEN": "ja"})
    try:
        yield product.start()
    finally:
        product.stop()


@pytest.fixture(params=[BREED, TELEFOON])
def page(request: pytest.FixtureRequest, begrensd: Product, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        base_url=begrensd.url,
        locale="nl-NL",
        reduced_motion="reduce",
        viewport={"width": request.param, "height": 844},
    )
    yield context.new_page()
    context.close()


def test_who_tries_too_many_codes_reads_how_long_to_wait_and_keeps_the_code(page: Page):
    page.goto(VOLGEN)
    token = page.locator("form input[name=csrfmiddlewaretoken]").first.input_value()
    for _ in range(KEREN):  # half of them may fall in the window before
        page.request.post(VOLGEN, form={"csrfmiddlewaretoken": token, "code": "AAAA-BBBB"})
    for _ in range(KEREN + 1):
        page.goto(VOLGEN)
        page.get_by_label("Code").fill("ABCD-EFGH")
        page.locator("main form button").first.click()
        if page.get_by_role("heading", level=1).inner_text() == "Even wachten":
            break
    expect(page.get_by_role("heading", level=1)).to_have_text("Even wachten")
    expect(page.get_by_text("en probeer het dan opnieuw.")).to_be_visible()
    expect(page.get_by_text("ABCD-EFGH")).to_be_visible()
    expect(page.get_by_role("button", name="Probeer opnieuw")).to_be_visible()
    assert judge(page) + judge_keyboard(page) == []
