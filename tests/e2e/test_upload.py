"""Adding documents with the script: a choice that can be changed, progress, and a line that breaks."""

import uuid
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.browser import JEROEN, OpenPage, Waarnemer, choose_login, open_zaak
from tests.e2e.keuring import run_axe
from tests.e2e.product import COOKIE, Product

BEZWAAR = "Bezwaar tegen de WOZ-waarde"


def make_pdf(folder: Path, naam: str = "", omvang: int = 100) -> Path:
    pad = folder / f"{naam or uuid.uuid4().hex[:10]}.pdf"
    pad.write_bytes(b"%PDF-1.7\n% " + uuid.uuid4().hex.encode() + b"\n" + b"x" * omvang + b"\n%%EOF\n")
    return pad


def choose(page: Page, *paden: Path) -> None:
    veld = page.get_by_label("Kies een of meer bestanden")
    knop = page.locator("#documenten summary").filter(has_text="Voeg toe")
    expect(veld.or_(knop).filter(visible=True).first).to_be_visible()
    if veld.is_visible():
        veld.set_input_files(list(paden))
        return
    with page.expect_file_chooser() as keuze:
        knop.click()
    keuze.value.set_files(list(paden))


def send(page: Page) -> None:
    page.locator("#documenten").get_by_role("button", name="Voeg toe", exact=True).click()


def test_the_choice_can_be_changed_before_it_is_sent(open_page: OpenPage, tmp_path: Path):
    een, twee, drie = (make_pdf(tmp_path) for _ in range(3))
    page = open_page(JEROEN)
    open_zaak(page, BEZWAAR)
    choose(page, een, twee)
    choose(page, twee, drie)
    gekozen = page.get_by_role("list", name="Gekozen bestanden").get_by_role("listitem")
    expect(gekozen).to_have_count(3)
    assert run_axe(page) == []
    page.get_by_role("button", name=f"Haal weg {twee.name}").click()
    expect(gekozen).to_have_count(2)
    send(page)
    expect(page.get_by_role("status").filter(has_text="2 documenten zijn toegevoegd")).to_be_visible()
    for pad, aantal in ((een, 1), (twee, 0), (drie, 1)):
        expect(page.locator("#documenten details.pip-document").filter(has_text=pad.stem)).to_have_count(
            aantal
        )


def test_the_same_document_twice_is_kept_once(open_page: OpenPage, tmp_path: Path):
    bestand = make_pdf(tmp_path)
    page = open_page(JEROEN)
    open_zaak(page, BEZWAAR)
    for tekst in ("is toegevoegd", "staat al bij deze zaak"):
        choose(page, bestand)
        send(page)
        expect(page.get_by_role("main")).to_contain_text(tekst)
    expect(page.locator("#documenten details.pip-document").filter(has_text=bestand.stem)).to_have_count(1)


def test_a_line_that_breaks_keeps_the_choice(open_page: OpenPage, waarnemer: Waarnemer, tmp_path: Path):
    bestand = make_pdf(tmp_path)
    page = open_page(JEROEN)
    open_zaak(page, BEZWAAR)
    choose(page, bestand)
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_text("Controleer uw internetverbinding")).to_be_visible()
    assert waarnemer.klachten, "het verzoek was mislukt"
    waarnemer.klachten.clear()
    page.context.set_offline(False)
    send(page)
    expect(page.get_by_role("status").filter(has_text="is toegevoegd")).to_be_visible()


def test_sending_can_be_stopped(open_page: OpenPage, tmp_path: Path):
    bestand = make_pdf(tmp_path, omvang=8_000_000)
    page = open_page(JEROEN)
    open_zaak(page, BEZWAAR)
    choose(page, bestand)
    verkeer = page.context.new_cdp_session(page)
    traag = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 400_000}
    verkeer.send("Network.enable")
    verkeer.send("Network.emulateNetworkConditions", traag)
    send(page)
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_role("button", name="Annuleren").click()
    expect(page.get_by_text("Het versturen is gestopt.")).to_be_visible()
    verkeer.send("Network.emulateNetworkConditions", traag | {"uploadThroughput": -1})
    page.reload()
    expect(page.locator("#documenten details.pip-document").filter(has_text=bestand.stem)).to_have_count(0)


def test_an_ended_session_during_an_upload_costs_a_login_and_not_the_choice(
    open_page: OpenPage, product: Product, tmp_path: Path
):
    bestand = make_pdf(tmp_path)
    page = open_page(JEROEN, vers=True)
    open_zaak(page, BEZWAAR)
    choose(page, bestand)
    koekjes = {koek.get("name"): koek.get("value") for koek in page.context.cookies()}
    product.end_session(str(koekjes[COOKIE]))
    send(page)
    expect(page.get_by_text("U bent niet meer ingelogd.")).to_be_visible()
    assert run_axe(page) == []
    with page.expect_popup() as venster:
        page.get_by_role("link", name="Inloggen (opent in een nieuw venster)").click()
    choose_login(venster.value, JEROEN)
    expect(venster.value.get_by_text("U bent weer ingelogd. Kies uw bestanden opnieuw.")).to_be_visible()
    venster.value.close()
    send(page)
    expect(page.get_by_role("status").filter(has_text="is toegevoegd")).to_be_visible()
    expect(page.locator("#documenten details.pip-document").filter(has_text=bestand.stem)).to_have_count(1)
