"""Logging in and out by SAML in a real browser, with a portal of its own: the demo has no such means.

The pages of the provider are made by the tests; behind them stands the provider of tests/saml, over mutual TLS.
"""

import base64
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
import yaml
from lxml import etree
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.browser import BREED_EN_SMAL, Vorm
from tests.e2e.keuring import judge, judge_keyboard
from tests.e2e.product import Product, copy_demo, free_port, prepared_demo, shared_folder
from tests.saml.aansluiting import schrijf
from tests.saml.bouw import sign
from tests.saml.eherkenning import DIENST, LOA3, bedrijf
from tests.saml.idp import Idp

FOTO = os.environ.get("ELOKET_FOTO", "")  # a folder for pictures, to look at


class Site:
    """A portal that is connected by SAML, and the pages of its provider."""

    def __init__(self, product: Product, idp: Idp, makelaar: Idp) -> None:
        self.product, self.idp, self.makelaar = product, idp, makelaar
        self.uitgelogd: list[str] = []

    def follow(self, page: Page) -> None:
        page.route(f"{self.idp.url}/sso", self._sso)
        page.route(f"{self.idp.url}/logout", self._logout)
        page.route(f"{self.makelaar.url}/sso", self._post)

    def _sso(self, route: Route) -> None:
        velden = parse_qs(route.request.post_data or "")
        vraag = self.idp.take(velden["SAMLRequest"][0])
        terug = {"SAMLart": self.idp.answer(vraag), "RelayState": velden["RelayState"][0]}
        self._show(route, f'<a href="{vraag["acs"]}?{urlencode(terug)}">Inloggen</a>')

    def _logout(self, route: Route) -> None:
        velden = parse_qs(route.request.post_data or "")
        self.uitgelogd.append(self.idp.take_logout(velden["SAMLRequest"][0]))
        terug = f"{self.product.url}/inloggen/saml/digid/uitgelogd/"
        self._show(
            route, f'<form method="post" action="{terug}"><button name="SAMLResponse">Terug</button></form>'
        )

    def _post(self, route: Route) -> None:
        """The broker of eHerkenning, on another site: its answer comes by POST, without our cookies."""
        velden = parse_qs(route.request.post_data or "")
        vraag = self.makelaar.take(velden["SAMLRequest"][0])
        antwoord = self.makelaar.make_response(vraag)
        sign(antwoord, self.makelaar.paar)
        terug = {
            "SAMLResponse": base64.b64encode(etree.tostring(antwoord)).decode(),
            "RelayState": velden["RelayState"][0],
        }
        invoer = "".join(f'<input type="hidden" name="{naam}" value="{een}">' for naam, een in terug.items())
        self._show(
            route, f'<form method="post" action="{vraag["acs"]}">{invoer}<button>Inloggen</button></form>'
        )

    @staticmethod
    def _show(route: Route, inhoud: str) -> None:
        route.fulfill(
            content_type="text/html", body=f"<!doctype html><title>DigiD</title><h1>DigiD</h1>{inhoud}"
        )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    map_: Path = tmp_path_factory.mktemp("saml")
    idp = Idp(map_)
    idp.start()
    makelaar = Idp(tmp_path_factory.mktemp("makelaar"))
    makelaar.url = "http://makelaar.example"
    makelaar.velden = {"kenmerken": bedrijf(), "name_id": "t-1", "niveau": LOA3}
    port = free_port()
    omgeving = {
        "ELOKET_OMGEVING": "test",
        "ELOKET_BASE_URL": f"http://127.0.0.1:{port}",
        "ELOKET_MIDDELEN_BESTAND": str(_with_broker(schrijf(idp), makelaar)),
    }
    demo = prepared_demo(shared_folder(tmp_path_factory.getbasetemp()))
    product = Product(copy_demo(demo, map_ / "data"), port=port, omgeving=omgeving)
    try:
        yield Site(product.start(), idp, makelaar)
    finally:
        product.stop()
        idp.stop()
    assert not product.fouten, product.log
    assert not idp.fouten


def _with_broker(pad: Path, makelaar: Idp) -> Path:
    """The file with login means, and eHerkenning by POST in it."""
    metadata = makelaar.map / "makelaar.xml"
    metadata.write_bytes(makelaar.metadata())
    (digid,) = yaml.safe_load(pad.read_text(encoding="utf-8"))["middelen"]
    deel = {**digid["saml"], **DIENST, "idp_metadata": str(metadata), "binding": "post"}
    eherkenning = {"code": "eherkenning", "soort": "eherkenning", "type": "saml", "saml": deel}
    pad.write_text(yaml.safe_dump({"middelen": [digid, eherkenning]}), encoding="utf-8")
    return pad


def open_site(site: Site, browser: Browser, vorm: Vorm) -> Page:
    context = browser.new_context(
        base_url=site.product.url,
        viewport=vorm.viewport,  # type: ignore[arg-type]  # a TypedDict that Playwright does not export
        java_script_enabled=vorm.js,
        locale="nl-NL",
        ignore_https_errors=True,
    )
    page = context.new_page()
    site.follow(page)
    return page


@pytest.mark.parametrize("vorm", BREED_EN_SMAL, ids=str)
def test_somebody_logs_in_and_out_with_digid(site: Site, browser: Browser, vorm: Vorm):
    page = open_site(site, browser, vorm)
    page.goto("/mijn/gegevens/")
    page.get_by_role("link", name="Inloggen met DigiD", exact=True).click()
    if not vorm.js:
        foto(page, "naar-digid")
        page.get_by_role("button", name="Verder naar DigiD").click()
    page.get_by_role("link", name="Inloggen", exact=True).click()
    expect(page).to_have_url(f"{site.product.url}/mijn/gegevens/")
    if vorm.is_breed:
        page.get_by_role("banner").get_by_role("button", name="Uitloggen").click()
    else:
        page.get_by_text("Menu", exact=True).click()
        page.get_by_role("button", name="Uitloggen (").click()
        page.get_by_role("button", name="Uitloggen bij DigiD").click()
    page.get_by_role("button", name="Terug").click()
    expect(page.get_by_role("heading", name="U bent uitgelogd", level=1)).to_be_visible()
    assert site.uitgelogd[-1] == "s00000000:999990019"
    page.context.close()


@pytest.mark.parametrize("vorm", BREED_EN_SMAL, ids=str)
def test_an_answer_by_post_comes_from_another_site(site: Site, browser: Browser, vorm: Vorm):
    """The browser keeps the cookie of the session back (SameSite=Lax) until our own page sends the answer on."""
    page = open_site(site, browser, vorm)
    zonder: list[bool] = []
    page.on(
        "request",
        lambda vraag: (
            zonder.append("eloket_sessie" not in vraag.all_headers().get("cookie", ""))
            if vraag.method == "POST" and "/terug/" in vraag.url
            else None
        ),
    )
    page.goto("/inloggen/eherkenning/?terug=/mijn/gegevens/")
    if not vorm.js:
        page.get_by_role("button", name="Verder naar eHerkenning").click()
    page.get_by_role("button", name="Inloggen", exact=True).click()
    if not vorm.js:
        expect(page.get_by_role("heading", name="U bent bijna ingelogd", level=1)).to_be_visible()
        foto(page, "bijna-ingelogd")
        page.get_by_role("button", name="Verder", exact=True).click()
    expect(page).to_have_url(f"{site.product.url}/mijn/gegevens/")
    assert zonder == [True, False]
    page.context.close()


def test_the_page_in_between_can_be_used_by_everybody(site: Site, browser: Browser):
    """Without its script, so that it stays."""
    page = open_site(site, browser, Vorm())
    page.route("**/js/doorsturen*.js", lambda route: route.abort())
    page.goto("/inloggen/digid/")
    foto(page, "naar-digid")
    assert judge(page) + judge_keyboard(page) == []
    page.context.close()


def test_the_back_button_leads_to_the_choice_of_means(site: Site, browser: Browser):
    page = open_site(site, browser, Vorm())
    page.goto("/inloggen/")
    page.get_by_role("link", name="Inloggen met DigiD", exact=True).click()
    page.get_by_role("heading", name="DigiD").wait_for()
    page.evaluate("history.back()")
    page.wait_for_url("**/inloggen/")
    page.get_by_role("link", name="Inloggen met DigiD", exact=True).click()
    page.get_by_role("link", name="Inloggen", exact=True).click()
    expect(page.get_by_role("banner").get_by_role("button", name="Uitloggen")).to_be_visible()
    page.context.close()


def foto(page: Page, naam: str) -> None:
    if FOTO:
        page.screenshot(path=f"{FOTO}/{naam}-{page.viewport_size['width']}.png", full_page=True)  # type: ignore[index]
