"""Every page in every state, in a real browser. A new route without a state here fails."""

from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Page

from eloket.identity.audience import all_routes
from tests.e2e.browser import OpenPage
from tests.e2e.keuring import Staat, judge, judge_keyboard
from tests.e2e.product import Product
from tests.e2e.staten import GEEN_PAGINA, STATEN


def test_every_route_has_a_state_here_or_a_reason_why_not():
    routes = {route.naam for route in all_routes()}
    beoordeeld = {staat.route for staat in STATEN} - {"fout"}
    assert routes == beoordeeld | GEEN_PAGINA.keys()
    assert not beoordeeld & GEEN_PAGINA.keys()


def route_of(page: Page) -> str:
    """The route that is shown; "fout" when it is the page for what went wrong."""
    if page.get_by_role("heading", name="Deze pagina is er niet", level=1).count():
        return "fout"
    return resolve(urlsplit(page.url).path).view_name


@pytest.mark.parametrize("staat", STATEN, ids=str)
def test_a_page_can_be_used_by_everybody(open_page: OpenPage, product: Product, staat: Staat):
    product.forget_confirmations()
    page = open_page(staat.wie)
    staat.ga(page)
    page.wait_for_load_state()
    assert staat.titel_vrij or staat.route in {"fout", route_of(page)}
    klachten = judge(page, titel_vrij=staat.titel_vrij)
    if not staat.titel_vrij:
        klachten += judge_keyboard(page)
    adres = page.url
    staat.na(page)
    assert not klachten, f"{adres}\n" + "\n".join(klachten)
