"""The map under a field for a place: a pin by mouse and by keyboard, tiles that do not come, and no map at all."""

import re
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import BREED, FATIMA, TELEFOON, OpenPage, Vorm, Waarnemer, log_in
from tests.e2e.invullen import begin, fill_report, go_on
from tests.e2e.keuring import judge, judge_keyboard
from tests.e2e.product import Product, copy_demo, prepared_demo, shared_folder
from tests.e2e.toetsen import enter_on, tab_to

_MIDDEN = (52.09067, 5.12148)


def _tile() -> bytes:
    """A grey PNG of 256 by 256."""

    def chunk(soort: bytes, inhoud: bytes) -> bytes:
        return len(inhoud).to_bytes(4, "big") + soort + inhoud + zlib.crc32(soort + inhoud).to_bytes(4, "big")

    kop = (256).to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    rijen = zlib.compress((b"\x00" + b"\xd0" * 256) * 256)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", kop) + chunk(b"IDAT", rijen) + chunk(b"IEND", b"")


class _Tiles(BaseHTTPRequestHandler):
    """Serves the same tile everywhere; `is_weg` makes it answer 404."""

    tegel = _tile()
    is_weg = False
    herkomst: list[str] = []

    def do_GET(self) -> None:
        self.herkomst.append(self.headers.get("Referer", ""))
        self.send_response(404 if _Tiles.is_weg else 200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(b"" if _Tiles.is_weg else self.tegel)

    def log_message(self, *args: object) -> None:
        """Silence."""


@pytest.fixture(scope="module")
def met_kaart(tmp_path_factory) -> Iterator[Product]:
    """The product with a map whose tiles come from this machine."""
    tegels = ThreadingHTTPServer(("127.0.0.1", 0), _Tiles)
    threading.Thread(target=tegels.serve_forever, daemon=True).start()
    demo = prepared_demo(shared_folder(tmp_path_factory.getbasetemp()))
    adres = f"http://127.0.0.1:{tegels.server_port}/{{z}}/{{x}}/{{y}}.png"
    omgeving = {"ELOKET_KAART_TEGELS": adres, "ELOKET_KAART_BRON": "Kaart: <b>Gemeente</b>"}
    product = Product(copy_demo(demo, Path(tmp_path_factory.mktemp("kaart")) / "data"), omgeving=omgeving)
    try:
        yield product.start()
    finally:
        product.stop()
        tegels.shutdown()
        tegels.server_close()


@pytest.fixture
def stap(met_kaart: Product, browser: Browser, request) -> Iterator[Page]:
    """The first step of a report, with its map; nothing may go wrong behind it but what comes from the tiles."""
    vorm: Vorm = getattr(request, "param", Vorm())
    _Tiles.is_weg = False
    waarnemer = Waarnemer(met_kaart.url)
    context = browser.new_context(
        base_url=met_kaart.url,
        viewport=vorm.viewport,  # type: ignore[arg-type]  # a TypedDict that Playwright does not export
        java_script_enabled=vorm.js,
        locale="nl-NL",
        reduced_motion="reduce",
    )
    waarnemer.follow(context)
    page = context.new_page()
    log_in(page, FATIMA)
    begin(page)
    yield page
    context.close()
    assert not [een for een in waarnemer.klachten if ".png" not in een], waarnemer.klachten


def _point(page: Page) -> tuple[float, float]:
    tekst = page.locator("#plaats-punt").input_value()
    assert re.fullmatch(r"\d{2}\.\d{5},\d\.\d{5}", tekst), tekst
    breedte, lengte = tekst.split(",")
    return float(breedte), float(lengte)


@pytest.mark.parametrize("stap", [Vorm(BREED), Vorm(TELEFOON)], ids=str, indirect=True)
def test_the_page_with_a_map_can_be_used_by_everybody(stap: Page):
    kaart = stap.get_by_role("application", name=re.compile("^Kaart"))
    expect(kaart).to_be_visible()
    expect(stap.get_by_text("Kaart: <b>Gemeente</b>")).to_be_visible()
    klachten = judge(stap) + judge_keyboard(stap)
    kaart.click()
    expect(stap.locator(".pip-map__pin")).to_be_visible()
    klachten += judge(stap)
    assert not klachten, "\n".join(klachten)


def test_a_click_sets_the_pin_and_it_goes_along(stap: Page):
    kaart = stap.get_by_role("application")
    kaart.click(position={"x": 120, "y": 60})
    expect(stap.get_by_role("status").filter(has_text="De pin staat op de kaart.")).to_be_visible()
    vlak, pin = kaart.bounding_box(), stap.locator(".pip-map__pin").bounding_box()
    assert vlak is not None
    assert pin is not None
    assert abs(pin["x"] + pin["width"] / 2 - vlak["x"] - 120) < 2, "de punt van de pin wijst waar men klikte"
    assert abs(pin["y"] + pin["height"] - vlak["y"] - 60) < 2
    breedte, lengte = _point(stap)
    assert breedte > _MIDDEN[0]
    assert lengte < _MIDDEN[1]
    fill_report(stap, "Bij de brug")
    go_on(stap)
    expect(stap.get_by_role("main")).to_contain_text(f"Bij de brug ({breedte:.5f}, {lengte:.5f})")
    stap.get_by_role("link", name="Aanpassen").click()
    expect(stap.locator(".pip-map__pin")).to_be_visible()
    stap.get_by_role("button", name="Haal de pin weg").click()
    expect(stap.locator(".pip-map__pin")).to_have_count(0)
    go_on(stap)
    expect(stap.get_by_role("main")).not_to_contain_text("(52.")


def test_the_keyboard_reaches_every_place(stap: Page):
    tab_to(stap, "Kaart")
    for _ in range(3):
        stap.keyboard.press("ArrowUp")
    enter_on(stap, "Zet de pin in het midden")
    assert _point(stap)[0] > _MIDDEN[0]
    enter_on(stap, "Haal de pin weg")
    assert stap.locator("#plaats-punt").input_value() == ""
    expect(stap.get_by_role("button", name="Zet de pin in het midden")).to_be_focused()


def test_a_pin_alone_is_a_place(stap: Page):
    fill_report(stap, "")
    stap.get_by_role("button", name="Zet de pin in het midden").click()
    go_on(stap)
    expect(stap.get_by_role("main")).to_contain_text(
        re.compile(r"Plaats op de kaart \(52\.090\d\d, 5\.121\d\d\)")
    )


def test_who_serves_the_tiles_hears_of_no_form(stap: Page):
    expect(stap.locator(".leaflet-tile-loaded").first).to_be_visible()
    assert {re.sub(r":\d+/$", ":0/", een) for een in _Tiles.herkomst} == {"http://127.0.0.1:0/"}


def test_when_tiles_do_not_come_the_text_does(stap: Page):
    _Tiles.is_weg = True
    stap.reload()
    expect(stap.get_by_text("De kaart is nu niet te zien.")).to_be_visible()
    expect(stap.get_by_role("application")).to_be_hidden()
    fill_report(stap, "Bij de brug")
    go_on(stap)
    expect(stap.get_by_role("main")).to_contain_text("Bij de brug")


@pytest.mark.parametrize("stap", [Vorm(BREED, js=False)], ids=str, indirect=True)
def test_without_javascript_there_is_no_map_and_nothing_is_missed(stap: Page):
    expect(stap.locator("[data-kaart]")).to_be_hidden()
    fill_report(stap, "Bij de brug")
    go_on(stap)
    expect(stap.get_by_role("main")).to_contain_text("Bij de brug")


def test_without_tiles_in_the_settings_no_map_is_sent(open_page: OpenPage):
    page = open_page(FATIMA)
    begin(page)
    expect(page.locator("[data-kaart]")).to_have_count(0)
    assert page.locator("script[src*=kaart], link[href*=kaart]").count() == 0
