"""Every page in every state, in a real browser. A new route without a state here fails."""

import pytest

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


@pytest.mark.parametrize("staat", STATEN, ids=str)
def test_a_page_can_be_used_by_everybody(open_page: OpenPage, product: Product, staat: Staat):
    product.forget_confirmations()
    page = open_page(staat.wie)
    staat.ga(page)
    page.wait_for_load_state()
    klachten = judge(page, titel_vrij=staat.titel_vrij)
    if not staat.titel_vrij:
        klachten += judge_keyboard(page)
    assert not klachten, f"{page.url}\n" + "\n".join(klachten)
