"""One resident lets another act in a zaak, and takes it back: in two browsers, also on a telephone without scripts."""

import uuid

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import BREED, JEROEN, SANNE, TELEFOON, OpenPage, Vorm
from tests.e2e.staten_machtigingen import CODE
from tests.e2e.wegen import PARKEREN


@pytest.mark.parametrize("vorm", [Vorm(BREED), Vorm(TELEFOON, js=False)], ids=str)
def test_given_accepted_used_and_withdrawn(open_page: OpenPage, vorm: Vorm):
    gever, helper, tekst = (
        open_page(JEROEN, vorm),
        open_page(SANNE, vorm),
        f"Namens Jeroen {uuid.uuid4().hex}",
    )
    gever.goto("/mijn/zaken/")
    gever.get_by_role("article").filter(has_text=PARKEREN).get_by_role("link").click()
    gever.get_by_role("link", name="Machtig iemand voor deze zaak").click()
    expect(gever.get_by_label(PARKEREN).first).to_be_checked()
    gever.get_by_label("Bekijken en handelen").check()
    gever.get_by_role("button", name="Maak een code").click()
    code = gever.locator(".utrecht-alert--info strong").inner_text()

    helper.goto(CODE)
    helper.get_by_label("Code", exact=True).fill(code.replace("-", " "))
    helper.get_by_role("button", name="Verder").click()
    expect(helper.get_by_role("heading", level=1)).to_have_text("Jeroen van Drouwen wil u machtigen")
    helper.get_by_role("button", name="Neem de machtiging aan").click()
    helper.get_by_role("link", name="Bekijk de zaak").click()
    expect(helper.get_by_text("U handelt namens Jeroen van Drouwen.")).to_be_visible()
    zaak = helper.url
    helper.get_by_label("Uw bericht over deze zaak").fill(tekst)
    helper.get_by_role("button", name="Verstuur", exact=True).click()
    expect(helper.get_by_role("status").filter(has_text="Uw bericht is verstuurd.")).to_be_visible()

    gever.goto(zaak)
    bericht = gever.get_by_role("listitem").filter(has_text=tekst)
    expect(bericht).to_contain_text("Sanne de Wit namens Jeroen van Drouwen")
    gever.goto("/mijn/machtigingen/")
    gever.locator("#gegeven").get_by_role("link", name="Sanne de Wit").first.click()
    gever.get_by_role("button", name="Trek de machtiging in").click()
    expect(gever.get_by_text("Deze persoon kan nu niets meer voor u doen.")).to_be_visible()

    # What Sanne still has on the screen does not work any more, and what she typed is given back.
    helper.get_by_label("Uw bericht over deze zaak").fill(f"{tekst} nog een keer")
    helper.get_by_role("button", name="Verstuur", exact=True).click()
    expect(helper.get_by_role("heading", level=1)).to_have_text("Deze pagina is er niet")
    expect(helper.get_by_text(f"{tekst} nog een keer")).to_be_visible()
