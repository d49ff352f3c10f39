"""From the E-loket to a zaak: the form "Melding openbare ruimte"."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import BREED_EN_SMAL, FATIMA, PETRA, SANNE, OpenPage, Vorm, choose_login

_PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\x0f\x04\x00\t\xfb\x03\xfd\xe3U\xf2\x9c\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.mark.parametrize("vorm", BREED_EN_SMAL, ids=str)
def test_a_report_becomes_a_zaak(open_page: OpenPage, vorm: Vorm):
    plaats = f"Wilgenpark {uuid.uuid4().hex[:8]}"
    page = open_page("", vorm)
    page.get_by_role("main").get_by_role("link", name="Naar het E-loket").click()
    page.get_by_label("Zoek in het E-loket").fill("lantaarnpaal")
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_role("main").get_by_role("link", name="Melding openbare ruimte").click()
    page.get_by_role("link", name="Melding doen").click()
    choose_login(page, FATIMA)
    expect(page.get_by_role("heading", level=2).first).to_have_text("Wat ziet u, en waar?")

    page.get_by_label("Waar is het?").fill(plaats)
    page.get_by_role("button", name="Volgende stap").click()
    expect(page).to_have_title(re.compile(r"^Fout: "))
    expect(page.get_by_label("Waar is het?")).to_have_value(plaats)
    page.get_by_label("Overlast", exact=True).check()
    page.get_by_label("Wat is er aan de hand?").fill("Elke avond herrie.\nVooral op vrijdag.")
    page.get_by_role("button", name="Volgende stap").click()

    expect(page.get_by_role("main")).to_contain_text(plaats)
    page.get_by_role("link", name="Aanpassen").click()
    page.get_by_label("Afval op straat").check()
    page.get_by_role("button", name="Volgende stap").click()
    foto = {"name": f"{plaats}.png", "mimeType": "image/png", "buffer": _PNG}
    page.get_by_label("Foto’s").set_input_files(foto)  # type: ignore[arg-type]  # Playwright's FilePayload
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wij hebben uw melding ontvangen")
    nummer = page.locator("strong[translate=no]").inner_text()
    page.reload()
    page.get_by_role("link", name="Bekijk uw zaak").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Melding openbare ruimte: afval {plaats}")
    expect(page.locator("#documenten")).to_contain_text(plaats)

    page.goto(f"/mijn/zaken/?q={plaats}")
    expect(page.get_by_role("article")).to_have_count(1)
    werkplek = open_page(PETRA)
    werkplek.goto(f"/werkplek/?lijst=niet-toegewezen&zoek={nummer}")
    expect(werkplek.locator("tbody tr")).to_contain_text(plaats)


def test_back_and_send_again_does_not_make_a_second_zaak(open_page: OpenPage):
    plaats = f"Vijverlaan {uuid.uuid4().hex[:8]}"
    page = open_page(FATIMA)
    page.goto("/loket/melding-openbare-ruimte/melden/")
    page.get_by_label("Overlast", exact=True).check()
    page.get_by_label("Waar is het?").fill(plaats)
    page.get_by_label("Wat is er aan de hand?").fill("Herrie.")
    page.get_by_role("button", name="Volgende stap").click()
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wij hebben uw melding ontvangen")
    page.go_back()
    knop = page.get_by_role("button", name="Melding versturen")
    if knop.count():
        knop.click()
    page.goto(f"/mijn/zaken/?q={plaats}")
    expect(page.get_by_role("article")).to_have_count(1)


def test_a_form_that_was_not_sent_waits(open_page: OpenPage):
    page = open_page(SANNE)
    page.goto("/loket/melding-openbare-ruimte/melden/")
    page.get_by_label("Overlast", exact=True).check()
    page.get_by_label("Waar is het?").fill("Kerkplein")
    page.get_by_label("Wat is er aan de hand?").fill("Herrie.")
    page.get_by_role("button", name="Volgende stap").click()
    page.goto("/loket/melding-openbare-ruimte/melden/")
    page.get_by_role("link", name="Ga verder met die melding").click()
    expect(page.get_by_role("main")).to_contain_text("Kerkplein")
