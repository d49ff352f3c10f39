"""From the E-loket to a zaak: the report, with and without a login, and what people do besides going straight on."""

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import (
    BREED,
    FATIMA,
    JEROEN,
    PETRA,
    SANNE,
    TELEFOON,
    VORMEN,
    OpenPage,
    Vorm,
    choose_login,
    log_in,
)
from tests.e2e.invullen import (
    ALLE,
    ALLE_STAPPEN,
    MELDING,
    PNG,
    begin,
    fill_all,
    fill_report,
    go_on,
    send_report,
    to_check,
    to_step,
)
from tests.e2e.product import COOKIE, Product
from tests.e2e.toetsen import enter_on, tab_to, type_in
from tests.e2e.wegen import search_work, search_zaken

KLAAR = "Wij hebben uw formulier ontvangen"


def _place(straat: str = "Wilgenpark") -> str:
    return f"{straat} {uuid.uuid4().hex[:8]}"


def expect_h1(page: Page, tekst: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(tekst)


def count_zaken(page: Page, zoek: str) -> int:
    search_zaken(page, zoek)
    return page.get_by_role("article").count()


@pytest.mark.parametrize("vorm", VORMEN, ids=str)
def test_a_report_becomes_a_zaak(open_page: OpenPage, vorm: Vorm):
    plaats = _place()
    page = open_page("", vorm)
    page.get_by_role("main").get_by_role("link", name="Naar het E-loket").click()
    page.get_by_label("Zoek in het E-loket").fill("lantaarnpaal")
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_role("main").get_by_role("link", name="Melding openbare ruimte").click()
    page.get_by_role("link", name="Inloggen en beginnen").click()
    choose_login(page, FATIMA)
    page.get_by_role("button", name="Begin met invullen").click()

    page.get_by_label("Waar is het?").fill(plaats)
    go_on(page)
    expect(page).to_have_title(re.compile(r"^Fout: "))
    expect(page.get_by_label("Waar is het?")).to_have_value(plaats)
    fill_report(page, plaats, "Een gat in de weg of de stoep")
    foto = {"name": f"{plaats}.png", "mimeType": "image/png", "buffer": PNG}
    page.get_by_label("Foto’s").set_input_files(foto)  # type: ignore[arg-type]  # Playwright's FilePayload
    go_on(page)

    expect(page.get_by_role("heading", name="Controleer uw gegevens")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(plaats)
    page.get_by_role("link", name="Aanpassen").click()
    page.get_by_label("Groen of een boom").check()
    go_on(page)
    page.get_by_role("button", name="Versturen").click()
    expect_h1(page, KLAAR)
    nummer = page.locator("strong[translate=no]").first.inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Bewaar een kopie (pdf)").click()
    assert download.value.suggested_filename == f"{MELDING}-{nummer}.pdf"
    page.get_by_role("link", name="Bekijk uw zaak").click()
    expect_h1(page, f"Melding openbare ruimte: Groen of een boom {plaats}")
    expect(page.locator("#documenten")).to_contain_text(plaats)
    assert count_zaken(page, plaats) == 1

    werkplek = open_page(PETRA)
    search_work(werkplek, nummer, lijst="niet-toegewezen")
    expect(werkplek.locator("tbody tr")).to_contain_text(plaats)


@pytest.mark.parametrize("vorm", VORMEN, ids=str)
def test_a_report_without_a_login_is_followed_by_its_code(open_page: OpenPage, vorm: Vorm):
    page = open_page("", vorm)
    send_report(page, _place(), zonder=True)
    code = page.locator("p.pip-lead strong").inner_text()
    page.get_by_role("link", name="Volg uw melding").click()
    page.get_by_label("Code").fill("AAAA-BBBB-CCCC-DDDD")
    page.get_by_role("button", name="Bekijk hoe het staat").click()
    expect(page).to_have_title(re.compile(r"^Fout: "))
    page.get_by_label("Code").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Bekijk hoe het staat").click()
    expect(page.get_by_role("heading", name=re.compile("^Zaak Z-"))).to_be_visible()
    assert code not in page.url


@pytest.mark.parametrize("vorm", [Vorm(BREED), Vorm(TELEFOON, js=False)], ids=str)
def test_a_report_by_keyboard_alone(open_page: OpenPage, vorm: Vorm):
    plaats = _place("Kade")
    page = open_page(FATIMA, vorm)
    page.goto(f"/loket/aanvragen/{MELDING}/")
    enter_on(page, "Begin met invullen")
    expect(page.get_by_role("heading", name="Wat ziet u, en waar?")).to_be_visible()
    tab_to(page, "Een lamp is kapot")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    type_in(page, "Waar is het?", plaats)
    type_in(page, "Wat is er aan de hand?", "Zwerfvuil.")
    enter_on(page, "Volgende stap")
    expect(page.get_by_role("main")).to_contain_text("Een gat in de weg of de stoep")
    enter_on(page, "Versturen")
    expect_h1(page, KLAAR)
    assert count_zaken(page, plaats) == 1


@pytest.mark.parametrize("vorm", [Vorm(BREED), Vorm(TELEFOON, js=False)], ids=str)
def test_every_kind_of_answer_stands_in_the_zaak(open_page: OpenPage, vorm: Vorm):
    page = open_page(JEROEN, vorm)
    to_step(page, ALLE_STAPPEN[-1])
    fill_all(page, ALLE_STAPPEN[-1])
    go_on(page)
    for tekst in (
        "NL91 ABNA 0417 1643 00", "AB-123-C", "14.30 uur", "1200 m²", "€ 250,50", "Blauw", "Noord",
        "Lindelaan 12, 1234 AB Voorbeeld", "De speeltuin", "tekening", "Jeroen Pieter van Drouwen",
    ):  # fmt: skip
        expect(page.get_by_role("main")).to_contain_text(tekst)
    page.get_by_role("button", name="Versturen").click()
    expect(page).to_have_title(re.compile(r"^Fout: "))
    for verklaring in page.get_by_role("checkbox").all():
        verklaring.check()
    page.get_by_role("button", name="Versturen").click()
    expect_h1(page, KLAAR)
    page.get_by_role("link", name="Bekijk uw zaak").click()
    expect(page.get_by_role("main")).to_contain_text("Lindelaan 12, 1234 AB Voorbeeld")
    expect(page.locator("#documenten")).to_contain_text("tekening")


def test_what_does_not_count_is_hidden_and_not_sent(open_page: OpenPage):
    page = open_page(JEROEN)
    to_step(page, "keuzes")
    ander = page.get_by_label("Welke andere kleur?")
    expect(ander).to_be_hidden()
    expect(page.get_by_text("Alleen invullen als")).to_have_count(0)
    fill_all(page, "keuzes")
    page.get_by_label("Een andere kleur").check()
    ander.fill("Paars")
    page.get_by_label("Rood", exact=True).check()
    expect(ander).to_be_hidden()
    expect(page.get_by_text("Rood mag niet in de binnenstad.")).to_be_visible()
    with page.expect_request(lambda verzoek: verzoek.method == "POST") as verzonden:
        go_on(page)
    assert "Paars" not in (verzonden.value.post_data or "")
    page.go_back()
    expect(page.get_by_text("Rood mag niet in de binnenstad.")).to_be_visible()
    expect(ander).to_be_hidden()


def test_without_javascript_what_does_not_count_says_so_and_is_dropped(open_page: OpenPage):
    page = open_page(JEROEN, Vorm(TELEFOON, js=False))
    to_step(page, "keuzes")
    fill_all(page, "keuzes")
    ander = page.get_by_label("Welke andere kleur?")
    expect(ander).to_have_accessible_description(re.compile("^Alleen invullen als het antwoord op"))
    ander.fill("Paars")
    go_on(page)
    fill_all(page, "plekken")
    go_on(page)
    expect(page.get_by_role("main")).not_to_contain_text("Paars")


@pytest.mark.parametrize("vorm", [Vorm(BREED), Vorm(TELEFOON, js=False)], ids=str)
def test_entries_and_files_come_and_go_and_the_rest_stays(open_page: OpenPage, vorm: Vorm):
    page = open_page(JEROEN, vorm)
    to_step(page, "plekken")
    fill_all(page, "plekken")
    page.get_by_role("button", name="Voeg toe Tekening van de tent").click()
    regel = page.get_by_role("list", name="Toegevoegd bij: Tekening van de tent").get_by_role("listitem")
    expect(regel).to_contain_text("tekening")
    expect(page.get_by_label("Waar is het?")).to_have_value("De speeltuin")

    page.get_by_role("button", name="Voeg een helper toe").click()
    for nummer, naam in enumerate(("Anna", "Bram", "Cora"), start=1):
        helper = page.get_by_role("group", name=f"Helper {nummer}", exact=True)
        helper.get_by_label("Naam").fill(naam)
        if vorm.js:
            expect(helper.get_by_label("Naam")).to_be_focused()
        if nummer < 3:
            page.get_by_role("button", name="Voeg nog een helper toe").click()
    page.get_by_role("button", name="Verwijder helper 2").click()
    expect(page.get_by_role("group", name="Helper 3", exact=True)).to_have_count(0)
    expect(page.get_by_role("group", name="Helper 2", exact=True).get_by_label("Naam")).to_have_value("Cora")

    regel.get_by_role("button", name="Verwijder tekening").click()
    expect(regel).to_have_count(0)
    expect(page.get_by_label("Waar is het?")).to_have_value("De speeltuin")


def test_an_address_that_is_not_known_is_typed(open_page: OpenPage):
    page = open_page(JEROEN)
    to_step(page, "plekken")
    fill_all(page, "plekken")
    adres = page.get_by_role("group", name="Adres van het pand")
    adres.get_by_label("Postcode").fill("9999 ZZ")
    go_on(page)
    expect(page.locator("#fouten")).to_contain_text("Wij kennen dit adres niet.")
    adres.get_by_label("Straat").fill("Verweg")
    adres.get_by_label("Plaats").fill("Elders")
    go_on(page)
    expect(page.get_by_role("main")).to_contain_text("Verweg 12, 9999 ZZ Elders")


def test_back_and_change_is_no_other_form(open_page: OpenPage):
    plaats = _place("Vijverlaan")
    page = open_page(FATIMA)
    to_check(page, "Kerkplein 1")
    page.go_back()
    page.get_by_label("Waar is het?").fill(plaats)
    go_on(page)
    expect(page.get_by_role("main")).to_contain_text(plaats)
    page.get_by_role("button", name="Versturen").click()
    expect_h1(page, KLAAR)
    assert count_zaken(page, plaats) == 1


def test_back_and_send_again_does_not_make_a_second_zaak(open_page: OpenPage):
    plaats = _place("Vijverlaan")
    page = open_page(FATIMA)
    send_report(page, plaats)
    page.go_back()
    knop = page.get_by_role("button", name="Versturen")
    if knop.count():
        knop.click()
        expect_h1(page, KLAAR)
    assert count_zaken(page, plaats) == 1


def test_a_double_click_sends_once(open_page: OpenPage):
    plaats = _place("Dubbellaan")
    page = open_page(FATIMA)
    to_check(page, plaats)
    page.get_by_role("button", name="Versturen").dblclick(no_wait_after=True)
    expect_h1(page, KLAAR)
    assert count_zaken(page, plaats) == 1


def test_two_tabs_lose_nothing(open_page: OpenPage):
    page = open_page(FATIMA)
    begin(page)
    tab = page.context.new_page()
    tab.goto(page.url)
    fill_report(tab, "Laan van de tweede tab")
    go_on(tab)
    fill_report(page, "Laan van de eerste tab")
    with page.expect_response(lambda antwoord: antwoord.request.method == "POST") as antwoord:
        page.get_by_role("button", name="Volgende stap").click()
    assert antwoord.value.status == 409
    expect(page.get_by_text("in een ander venster gewijzigd")).to_be_visible()
    expect(page.get_by_label("Waar is het?")).to_have_value("Laan van de eerste tab")
    go_on(page)
    expect(page.get_by_role("main")).to_contain_text("Laan van de eerste tab")
    tab.get_by_role("button", name="Versturen").click()
    expect(tab.get_by_text("in een ander venster gewijzigd")).to_be_visible()
    expect(tab.get_by_role("main")).to_contain_text("Laan van de eerste tab")


@pytest.mark.parametrize("vorm", VORMEN, ids=str)
def test_what_was_typed_in_a_step_survives_an_ended_session(
    open_page: OpenPage, product: Product, vorm: Vorm
):
    plaats = _place()
    page = open_page(SANNE, vorm, vers=True)
    begin(page)
    fill_report(page, plaats, "Iets anders")
    cookies = page.context.cookies()
    product.end_session(next(str(een.get("value")) for een in cookies if een.get("name") == COOKIE))
    page.get_by_role("button", name="Volgende stap").click()
    expect(page.get_by_text("Wat u heeft getypt, is bewaard.")).to_be_visible()
    choose_login(page, SANNE)
    expect(page.get_by_label("Waar is het?")).to_have_value(plaats)
    expect(page.get_by_label("Iets anders")).to_be_checked()
    go_on(page)
    expect(page.get_by_role("main")).to_contain_text(plaats)


def test_a_form_that_was_not_sent_waits(open_page: OpenPage):
    plaats = _place()
    page = open_page(SANNE)
    begin(page)
    page.get_by_label("Waar is het?").fill(plaats)
    page.get_by_role("button", name="Opslaan en later verder").click()
    expect(page.get_by_text("Wij hebben bewaard wat u heeft ingevuld.")).to_be_visible()
    page.goto(f"/loket/aanvragen/{MELDING}/")
    page.get_by_role("heading", name="U was hier al mee bezig").wait_for()
    page.get_by_role("main").get_by_role("link", name=re.compile("Ga verder")).first.click()
    expect(page.get_by_label("Waar is het?")).to_have_value(plaats)


def test_the_answers_of_a_check_go_along(open_page: OpenPage):
    page = open_page("")
    begin(page, "proef-check", zonder=True)
    page.get_by_label("Ja", exact=True).check()
    go_on(page)
    expect_h1(page, "U heeft een vergunning nodig")
    page.get_by_role("link", name="Vraag het nu aan").click()
    choose_login(page, JEROEN)
    expect(page.get_by_text("Uw antwoorden van de check hebben wij alvast ingevuld.")).to_be_visible()
    page.get_by_role("button", name="Begin met invullen").click()
    for stap in ALLE_STAPPEN[:-1]:
        fill_all(page, stap)
        go_on(page)
    expect(page.get_by_role("radiogroup", name="Doen er kinderen mee?").get_by_label("Ja")).to_be_checked()


def test_somebody_else_cannot_open_it(open_page: OpenPage):
    page = open_page(JEROEN)
    begin(page, ALLE)
    adres = page.url
    ander = open_page("")
    log_in(ander, SANNE)
    ander.goto(adres)
    expect(ander.get_by_role("heading", level=1)).not_to_have_text("Alle velden")
