"""Somebody who goes on beyond a limit, in a browser: told how long to wait, and nothing that was filled in is lost."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import BREED, JEROEN, TELEFOON, log_in, open_zaak
from tests.e2e.keuring import judge, judge_keyboard
from tests.e2e.product import Product, copy_demo, prepared_demo, shared_folder
from tests.e2e.test_upload import BEZWAAR, choose, make_pdf, send

VOLGEN = "/loket/volgen/"
KEREN = UPLOADS = 60  # of identity/limieten/tabel.py
RUIM = 20  # seconds


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


def test_who_uploads_too_often_keeps_the_choice_and_reads_how_long_to_wait(page: Page, tmp_path: Path):
    """The script shows the answer of the limit: there is no page to go to, and the choice stays."""
    bestand = make_pdf(tmp_path)
    log_in(page, JEROEN)
    open_zaak(page, BEZWAAR)
    hier = page.url
    spend_uploads(page)
    choose(page, bestand)
    send(page)
    melding = page.get_by_role("status").filter(has_text="heel vaak documenten gestuurd")
    expect(melding).to_have_text(
        re.compile(r"Wacht .+ en probeer het dan opnieuw\. Uw keuze staat er nog\.$")
    )
    gekozen = page.get_by_role("list", name="Gekozen bestanden").get_by_role("listitem")
    expect(gekozen).to_have_count(1)
    expect(gekozen).to_contain_text(bestand.name)
    assert page.url == hier
    assert judge(page) == []


def spend_uploads(page: Page) -> None:
    """As many as may be done, with enough of the window left for one more in it."""
    form = page.locator("#documenten form[data-upload]")
    mee: dict[str, str | float | bool] = {
        naam: form.locator(f"input[name={naam}]").input_value()
        for naam in ("csrfmiddlewaretoken", "partij-merk")
    }
    naar = str(form.get_attribute("action"))
    for _ in range(3 * UPLOADS):
        antwoord = page.request.post(naar, form=mee, headers={"Accept": "application/json"})
        if antwoord.status == 429:
            if antwoord.json()["seconden"] > RUIM:
                return
            page.wait_for_timeout(1_000 * antwoord.json()["seconden"])
    pytest.fail("de grens kwam niet")
