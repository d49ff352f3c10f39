"""A zaak from report to result, by a resident and a civil servant in two browsers."""

import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from eloket.kernel.klok import vandaag
from tests.e2e.browser import (
    BREED_EN_SMAL,
    FATIMA,
    KORENAAR,
    PETRA,
    OpenPage,
    Vorm,
    choose_login,
    choose_menu,
)
from tests.e2e.invullen import send_report
from tests.e2e.mails import confirm_address, follow_link, wait_for_mail
from tests.e2e.product import Product
from tests.e2e.wegen import search_work

LAMP = "Melding openbare ruimte: Een lamp is kapot"


def work_on(page: Page, plaats: str) -> None:
    """Find the zaak in the work list and open it."""
    page.goto("/werkplek/?lijst=afdeling")
    page.get_by_role("searchbox").fill(plaats)
    page.get_by_role("button", name="Zoeken").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("tbody").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(plaats)


def open_part(page: Page, deel: str) -> None:
    """One of the parts of the page of a zaak in the werkplek."""
    page.get_by_role("navigation", name="Delen van de zaak").get_by_role("link", name=deel).click()
    expect(page.locator("[aria-current=page]", has_text=deel).first).to_be_visible()


def set_status(page: Page, stap: str, *, resultaat: str = "", toelichting: str = "") -> None:
    page.get_by_role("link", name="Zet status").click()
    page.get_by_role("navigation", name="Naar welke stap gaat de zaak?").get_by_role(
        "link", name=stap
    ).click()
    if resultaat:
        page.get_by_label("Resultaat").select_option(resultaat)
    if toelichting:
        page.get_by_label("Tekst voor de aanvrager").fill(toelichting)
    page.get_by_role("button", name="Zet status").click()
    expect(page.get_by_role("status").filter(has_text="status")).to_be_visible()


def write_pdf(pad: Path, tekst: str) -> Path:
    """A small file that is nowhere yet."""
    pad.write_bytes(f"%PDF-1.7\n% {tekst}\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".encode())
    return pad


@pytest.mark.parametrize("vorm", BREED_EN_SMAL, ids=str)
def test_a_conversation_with_a_subject_an_attachment_and_a_pdf(
    open_page: OpenPage, vorm: Vorm, tmp_path: Path
):
    plaats = f"Praatstraat {uuid.uuid4().hex[:8]}"
    inwoner, ambtenaar = open_page(FATIMA, vorm), open_page(PETRA, vorm)
    send_report(inwoner, plaats)
    inwoner.get_by_role("link", name="Bekijk uw zaak").click()
    inwoner.get_by_role("link", name="Begin een nieuw gesprek").click()
    inwoner.get_by_label("Onderwerp").fill("Wanneer komt u?")
    inwoner.get_by_label("Uw bericht over deze zaak").fill("Bij voorkeur in de ochtend.")
    inwoner.get_by_role("button", name="Bewaar als concept").click()
    expect(inwoner.get_by_label("Uw bericht over deze zaak")).to_have_value("Bij voorkeur in de ochtend.")
    inwoner.get_by_label("Bijlagen").set_input_files(write_pdf(tmp_path / "rooster.pdf", plaats))
    inwoner.get_by_role("button", name="Verstuur", exact=True).click()
    expect(inwoner.get_by_role("status").filter(has_text="Uw bericht is verstuurd.")).to_be_visible()
    expect(inwoner.get_by_role("link", name="rooster")).to_be_visible()

    ambtenaar.goto("/werkplek/berichten/")
    ambtenaar.get_by_role("listitem").filter(has_text=plaats).get_by_role("link").click()
    gesprek = ambtenaar.locator("#berichten")
    expect(gesprek.get_by_role("heading", name="Wanneer komt u?")).to_be_visible()
    expect(gesprek).to_contain_text("rooster")
    gesprek.get_by_label(re.compile("^Uw bericht aan")).fill("Wij komen dinsdag om 9.00 uur.")
    gesprek.get_by_role("button", name="Verstuur").click()
    expect(ambtenaar.get_by_role("status").filter(has_text="Uw bericht is verstuurd.")).to_be_visible()

    inwoner.goto("/mijn/berichten/")
    regel = inwoner.get_by_role("listitem").filter(has_text=plaats)
    expect(regel).to_contain_text("1 nieuw")
    regel.get_by_role("link").click()
    expect(inwoner.get_by_text("Wij komen dinsdag om 9.00 uur.")).to_be_visible()
    expect(inwoner.get_by_text("Gelezen door de gemeente")).to_be_visible()
    with inwoner.expect_download() as download:
        inwoner.get_by_role("link", name="Opslaan als PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    inwoner.get_by_role("button", name="Markeer als ongelezen").click()
    expect(inwoner.get_by_role("listitem").filter(has_text=plaats)).to_contain_text("1 nieuw")


@pytest.mark.parametrize("vorm", BREED_EN_SMAL, ids=str)
def test_from_report_to_result(open_page: OpenPage, vorm: Vorm, tmp_path):
    plaats = f"Proefstraat {uuid.uuid4().hex[:8]}"
    inwoner, ambtenaar = open_page(FATIMA, vorm), open_page(PETRA, vorm)
    send_report(inwoner, plaats)

    work_on(ambtenaar, plaats)
    ambtenaar.get_by_role("button", name="Neem in behandeling").click()
    expect(ambtenaar.get_by_text(re.compile("U behandelt deze zaak")).first).to_be_visible()
    set_status(ambtenaar, "Melding in behandeling", toelichting="Wij komen morgen kijken.")
    open_part(ambtenaar, "Berichten")
    ambtenaar.get_by_label("Onderwerp").fill("De lamp")
    ambtenaar.locator("#berichten").get_by_label(re.compile("^Uw bericht aan")).fill(
        "Brandt de lamp overdag ook?"
    )
    ambtenaar.locator("#berichten").get_by_role("button", name="Verstuur").click()
    open_part(ambtenaar, "Vragen")
    ambtenaar.get_by_label("Uw vraag, kort").fill("Een foto van de lamp")
    ambtenaar.get_by_label("Vóór welke datum?").fill((vandaag() + timedelta(days=9)).isoformat())
    ambtenaar.get_by_role("button", name="Verstuur de vraag").click()
    expect(ambtenaar.get_by_role("heading", name="Een foto van de lamp")).to_be_visible()

    inwoner.get_by_role("link", name="Bekijk uw zaak").click()
    expect(inwoner.get_by_role("heading", level=1)).to_have_text(f"{LAMP} {plaats}")
    expect(inwoner.get_by_text("Wij komen morgen kijken.")).to_be_visible()
    bericht = (
        inwoner.locator("#berichten").get_by_role("listitem").filter(has_text="Brandt de lamp overdag ook?")
    )
    expect(bericht).to_contain_text(PETRA)
    inwoner.get_by_label("Uw bericht over deze zaak").fill("Nee, overdag is hij uit.")
    inwoner.get_by_role("button", name="Verstuur", exact=True).click()
    choose_menu(inwoner, "Mijn Taken")
    inwoner.get_by_role("link", name="Document toevoegen : Een foto van de lamp").last.click()
    foto = write_pdf(tmp_path / "lamp.pdf", plaats)
    inwoner.get_by_label("Kies een of meer bestanden").set_input_files(foto)
    inwoner.locator("#documenten").get_by_role("button", name="Voeg toe", exact=True).click()
    expect(
        inwoner.get_by_role("status").filter(has_text="Deze taak is klaar: Een foto van de lamp.")
    ).to_be_visible()

    search_work(ambtenaar, plaats)
    regel = ambtenaar.locator("tbody tr")
    expect(regel).to_contain_text("Nieuw bericht")
    expect(regel).to_contain_text("Nieuw document")
    work_on(ambtenaar, plaats)
    open_part(ambtenaar, "Berichten")
    expect(ambtenaar.locator("#berichten")).to_contain_text("Nee, overdag is hij uit.")
    open_part(ambtenaar, "Vragen")
    ambtenaar.get_by_role("link", name=re.compile("^Beoordeel")).first.click()
    ambtenaar.get_by_label("Wat voor document is dit?").select_option(index=1)
    ambtenaar.get_by_role("button", name="Keur goed").click()
    expect(ambtenaar.get_by_role("status").filter(has_text="staat nu in het dossier")).to_be_visible()
    set_status(ambtenaar, "Melding afgehandeld", resultaat="Opgelost")
    expect(ambtenaar.get_by_text("Deze zaak is afgerond.").first).to_be_visible()

    inwoner.goto("/mijn/zaken/?status=afgerond")
    inwoner.get_by_role("article").filter(has_text=plaats).get_by_role("link").click()
    expect(inwoner.get_by_text("Opgelost").first).to_be_visible()
    expect(inwoner.get_by_text("U kunt geen documenten meer toevoegen.")).to_be_visible()


def test_a_business_gets_mail_of_a_change_and_its_link_survives_logging_in(
    open_page: OpenPage, product: Product
):
    plaats, adres = f"Marktplein {uuid.uuid4().hex[:8]}", f"bakker.{uuid.uuid4().hex[:8]}@voorbeeld.nl"
    product.forget_confirmations()
    bedrijf, ambtenaar, buiten = open_page(KORENAAR), open_page(PETRA), open_page()
    choose_menu(bedrijf, "Mijn Gegevens")
    bedrijf.get_by_label("E-mailadres").fill(adres)
    bedrijf.get_by_label("Stuur mij een e-mail bij wijzigingen in mijn zaken").set_checked(True)
    bedrijf.get_by_role("button", name="Opslaan").click()
    confirm_address(buiten, adres)
    send_report(bedrijf, plaats)
    work_on(ambtenaar, plaats)
    set_status(ambtenaar, "Melding in behandeling")

    wait_for_mail(buiten, adres, re.compile("Er is iets gewijzigd in uw zaak"))
    tekst = buiten.get_by_role("main").inner_text()
    assert plaats not in tekst, "in een e-mail staat niets over de zaak"
    assert "Korenaar" not in tekst
    follow_link(buiten, "/mijn/zaken/")
    expect(buiten.get_by_role("heading", level=1)).to_have_text("Inloggen op Mijn omgeving")
    choose_login(buiten, KORENAAR)
    expect(buiten.get_by_role("heading", level=1)).to_have_text(f"{LAMP} {plaats}")
    expect(buiten.locator("[aria-current=step]")).to_contain_text("Melding in behandeling")
