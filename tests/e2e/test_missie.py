"""The municipality's own explanation, "Veilig zaken doen, E-loket", step by step: its order and its words."""

import re
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import JEROEN, SANNE, VORMEN, OpenPage, Vorm, choose_menu, open_zaak
from tests.e2e.mails import confirm_address, wait_for_mail
from tests.e2e.product import Product

pytestmark = pytest.mark.parametrize("vorm", VORMEN, ids=str)
ROOT = Path(__file__).parents[2]

PARKEREN = "Parkeervergunning voor bewoners"
LAMP = "Melding openbare ruimte: kapotte straatverlichting Lindelaan"


@pytest.fixture(autouse=True)
def _nieuwe_dag(product: Product) -> None:
    product.forget_confirmations()


def save(page: Page) -> None:
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("status").filter(has_text="Uw gegevens zijn opgeslagen.")).to_be_visible()


def test_uw_gegevens_wijzigen(open_page: OpenPage, vorm: Vorm):
    page = open_page(JEROEN, vorm)
    choose_menu(page, "Mijn Gegevens")
    nummer = f"061{uuid.uuid4().int % 10**7:07d}"
    page.get_by_label("Telefoonnummer").click()
    page.get_by_label("Telefoonnummer").fill(nummer)
    page.get_by_label("E-mailadres").click()
    page.get_by_label("E-mailadres").fill(f"jeroen.{nummer}@voorbeeld.nl")
    save(page)
    page.reload()
    expect(page.get_by_label("Telefoonnummer")).to_have_value(re.compile(r"\s?".join(nummer)))
    expect(page.get_by_label("E-mailadres")).to_have_value(f"jeroen.{nummer}@voorbeeld.nl")


def test_uw_gegevens_wijzigen_met_een_fout(open_page: OpenPage, vorm: Vorm):
    page = open_page(JEROEN, vorm)
    choose_menu(page, "Mijn Gegevens")
    voor = page.get_by_label("Telefoonnummer").input_value()
    page.get_by_label("Telefoonnummer").fill("06 12")
    page.get_by_role("button", name="Opslaan").click()
    expect(page).to_have_title(re.compile(r"^Fout: "))
    expect(page.get_by_label("Telefoonnummer")).to_have_value("06 12")
    expect(page.get_by_label("Telefoonnummer")).to_have_attribute("aria-invalid", "true")
    if vorm.js:
        expect(page.locator("#fouten")).to_be_focused()
    page.locator("#fouten").get_by_role("link").click()
    expect(page.get_by_label("Telefoonnummer")).to_be_focused()
    choose_menu(page, "Mijn Gegevens")
    expect(page.get_by_label("Telefoonnummer")).to_have_value(voor)


def test_notificaties_ontvangen(open_page: OpenPage, vorm: Vorm):
    page = open_page(JEROEN, vorm)
    adres = f"j.{uuid.uuid4().hex[:12]}@voorbeeld.nl"
    choose_menu(page, "Mijn Gegevens")
    page.get_by_label("E-mailadres").fill(adres)
    page.get_by_label("Stuur mij een e-mail bij wijzigingen in mijn zaken").set_checked(True)
    save(page)
    expect(page.get_by_text("Klik op de link in die e-mail om uw adres te bevestigen.")).to_be_visible()
    post = open_page("", vorm)
    confirm_address(post, adres)
    page.reload()
    expect(page.get_by_label("E-mailadres")).to_have_value(adres)
    expect(page.get_by_label("Stuur mij een e-mail bij wijzigingen in mijn zaken")).to_be_checked()
    expect(page.get_by_role("button", name="Stuur de link opnieuw")).to_have_count(0)
    # Switching it on is what makes mails come: see test_gesprek for a change by a civil servant.
    page.get_by_label("E-mailadres").fill(f"nieuw-{adres}")
    save(page)
    wait_for_mail(post, adres, re.compile("e-mailadres", re.IGNORECASE))


def test_status_van_uw_zaken_bekijken(open_page: OpenPage, vorm: Vorm):
    page = open_page(JEROEN, vorm)
    choose_menu(page, "Mijn Zaken")
    page.get_by_role("article").filter(has_text=PARKEREN).get_by_role("link").click()
    tijdlijn = page.locator("ol.pip-process-steps")
    huidig = tijdlijn.locator("[aria-current=step]")
    expect(huidig).to_have_count(1)
    expect(huidig).to_contain_text("Huidige stap: Aanvraag in behandeling")
    expect(tijdlijn.get_by_role("listitem").first).to_contain_text("Afgerond: Aanvraag ontvangen")
    expect(tijdlijn).to_contain_text("Wij hebben een document van u ontvangen")
    expect(page.get_by_text(re.compile(r"^Dag \d+ van \d+$"))).to_be_visible()


def test_u_heeft_geen_lopende_zaken(open_page: OpenPage, vorm: Vorm):
    page = open_page(SANNE, vorm)
    choose_menu(page, "Mijn Zaken")
    expect(page.get_by_text("U heeft geen lopende zaken")).to_be_visible()
    expect(
        page.get_by_text(
            "beschikken nog niet over de juiste gegevens om uw persoonlijke gegevens op te halen"
        )
    ).to_be_visible()


def test_documenten_openen_en_downloaden(open_page: OpenPage, vorm: Vorm, tmp_path):
    page = open_page(JEROEN, vorm)
    open_zaak(page, PARKEREN)
    document = page.locator("#documenten details").filter(has_text="Huurovereenkomst Lindelaan 12")
    document.locator("summary").click()
    verwacht = (ROOT / "src/eloket/ops/demo/huurovereenkomst.jpg").read_bytes()

    with page.expect_download() as download:
        document.get_by_role("link", name="Opslaan als").click()
    assert download.value.suggested_filename == "Huurovereenkomst Lindelaan 12.jpg"
    download.value.save_as(tmp_path / "bewaard.jpg")
    assert (tmp_path / "bewaard.jpg").read_bytes() == verwacht

    with page.expect_response(re.compile(r"/openen/$")) as antwoord:
        document.get_by_role("link", name="Openen").click()
    assert antwoord.value.header_value("content-type") == "image/jpeg"
    assert (antwoord.value.header_value("content-disposition") or "").startswith("inline")
    expect(page.locator("img")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(PARKEREN)


def test_documenten_toevoegen(open_page: OpenPage, vorm: Vorm, tmp_path):
    naam = f"kopie-{uuid.uuid4().hex[:8]}"
    bestand = tmp_path / f"{naam}.pdf"
    bestand.write_bytes(f"%PDF-1.7\n% {naam}\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".encode())
    page = open_page(JEROEN, vorm)
    open_zaak(page, LAMP)
    documenten = page.locator("#documenten")
    expect(documenten.get_by_role("heading", level=2)).to_have_text("Documenten")
    knop = documenten.locator("summary").filter(has_text="Voeg toe")
    if vorm.js:  # the choice opens at once, as the explanation has it
        with page.expect_file_chooser() as keuze:
            knop.click()
    else:
        knop.click()
        with page.expect_file_chooser() as keuze:
            page.get_by_label("Kies een of meer bestanden").click()
    keuze.value.set_files(bestand)
    documenten.get_by_role("button", name="Voeg toe", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="is toegevoegd")).to_be_visible()
    regel = page.locator("#documenten details.pip-document").filter(has_text=naam)
    expect(regel).to_be_visible()
    expect(regel).to_contain_text("Van u")
    regel.locator("summary").click()
    with page.expect_download() as download:
        regel.get_by_role("link", name="Opslaan als").click()
    download.value.save_as(tmp_path / "terug.pdf")
    assert (tmp_path / "terug.pdf").read_bytes() == bestand.read_bytes()


def test_een_document_dat_niet_mag(open_page: OpenPage, vorm: Vorm, tmp_path):
    bestand = tmp_path / "pagina.html"
    bestand.write_text("<script>alert(1)</script>")
    page = open_page(JEROEN, vorm)
    open_zaak(page, LAMP)
    if vorm.js:
        with page.expect_file_chooser() as keuze:
            page.locator("#documenten summary").filter(has_text="Voeg toe").click()
        keuze.value.set_files(bestand)
    else:
        page.locator("#documenten summary").filter(has_text="Voeg toe").click()
        page.get_by_label("Kies een of meer bestanden").set_input_files(bestand)
    page.locator("#documenten").get_by_role("button", name="Voeg toe", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="‘pagina.html’ is een webpagina")).to_be_visible()
    expect(page.get_by_label("Kies een of meer bestanden")).to_be_visible()


def test_verstuur_een_bericht(open_page: OpenPage, vorm: Vorm):
    page = open_page(JEROEN, vorm)
    open_zaak(page, PARKEREN)
    kader = page.locator(
        "section", has=page.get_by_role("heading", name="Verstuur een bericht", exact=True)
    ).last
    plek = kader.bounding_box()
    assert plek is not None
    if vorm.is_breed:
        assert plek["x"] > vorm.breedte / 2, "het kader staat rechts"
        assert plek["y"] < 450, "het kader staat boven"
        assert plek["y"] + plek["height"] <= vorm.viewport["height"], "het hele kader staat in beeld"
    else:
        _assert_stands_after_the_rest(page, plek["y"])
        onder_de_titel = page.get_by_role("main").get_by_role("link", name="Verstuur een bericht")
        titel = page.get_by_role("heading", level=1).bounding_box()
        link = onder_de_titel.bounding_box()
        assert titel is not None
        assert link is not None
        assert 0 < link["y"] - titel["y"] < 200, "de link staat onder de titel"
        onder_de_titel.click()
        expect(kader.get_by_role("heading")).to_be_in_viewport()
    tekst = f"Is mijn aanvraag compleet? {uuid.uuid4().hex[:8]}\nIk hoor het graag."
    kader.get_by_label("Uw bericht over deze zaak").click()
    kader.get_by_label("Uw bericht over deze zaak").fill(tekst)
    kader.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("status").filter(has_text="verstuurd")).to_be_visible()
    gesprek = page.locator("#berichten")
    expect(gesprek).to_contain_text(tekst.splitlines()[0])
    expect(page.get_by_label("Uw bericht over deze zaak")).to_have_value("")
    page.reload()
    expect(gesprek.get_by_text(tekst.splitlines()[0])).to_have_count(1)


def _assert_stands_after_the_rest(page: Page, y: float) -> None:
    andere = page.get_by_role("main").get_by_role("heading", level=2)
    titels = {titel: vak for titel in ("Status", "Details", "Documenten", "Berichten over deze zaak")
              if (vak := andere.filter(has_text=re.compile(f"^{titel}$")).bounding_box())}  # fmt: skip
    assert len(titels) == 4
    assert all(vak["y"] < y for vak in titels.values()), "op een telefoon staat het kader na de rest"


def test_een_leeg_bericht_wordt_niet_verstuurd(open_page: OpenPage, vorm: Vorm):
    page = open_page(JEROEN, vorm)
    open_zaak(page, PARKEREN)
    page.get_by_role("button", name="Verstuur", exact=True).click()
    expect(page).to_have_title(re.compile(r"^Fout: "))
    expect(page.get_by_label("Uw bericht over deze zaak")).to_have_attribute("aria-invalid", "true")
