"""Logging in, out, and being logged out: nothing leaks, and nothing that was typed is lost."""

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import (
    BREED_EN_SMAL,
    JEROEN,
    KORENAAR,
    KORENAAR_MARKT,
    PETRA,
    TOM,
    VORMEN,
    OpenPage,
    Vorm,
    choose_login,
    choose_menu,
    log_out,
    open_zaak,
)
from tests.e2e.keuring import judge
from tests.e2e.product import COOKIE, Product

ZAAK_MARKT = "Evenementenvergunning: oliebollenverkoop op de Markt"


def cookie_of(page: Page) -> str:
    return next(str(cookie.get("value")) for cookie in page.context.cookies() if cookie.get("name") == COOKIE)


@pytest.mark.parametrize("vorm", VORMEN, ids=str)
def test_logging_out_and_the_back_button(open_page: OpenPage, vorm: Vorm):
    page = open_page(KORENAAR_MARKT, vorm, vers=True)
    open_zaak(page, ZAAK_MARKT)
    adres = page.url
    log_out(page, js=vorm.js)
    page.go_back()
    expect(page.get_by_role("heading", name=ZAAK_MARKT)).to_have_count(0)
    page.goto(adres)
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen op Mijn omgeving")


def test_logging_out_ends_it_in_every_browser(open_page: OpenPage):
    thuis, telefoon = open_page(TOM, vers=True), open_page(TOM, Vorm(390), vers=True)
    expect(telefoon.get_by_role("heading", level=1)).to_have_text("Mijn werk")
    log_out(thuis)
    telefoon.reload()
    expect(telefoon.get_by_role("heading", level=1)).to_have_text("Inloggen op de werkplek")


@pytest.mark.parametrize("vorm", VORMEN, ids=str)
def test_what_was_typed_survives_an_ended_session(open_page: OpenPage, product: Product, vorm: Vorm):
    tekst = f"Dit heb ik lang zitten typen. {uuid.uuid4().hex[:8]}\nTweede regel."
    page = open_page(JEROEN, vorm, vers=True)
    open_zaak(page, "Bezwaar tegen de WOZ-waarde")
    page.get_by_label("Uw bericht over deze zaak").fill(tekst)
    product.end_session(cookie_of(page))
    page.get_by_role("button", name="Verstuur", exact=True).click()
    expect(page.get_by_text("Wat u heeft getypt, is bewaard.")).to_be_visible()
    choose_login(page, JEROEN)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bezwaar tegen de WOZ-waarde")
    expect(page.get_by_text("Uw tekst staat er nog.")).to_be_visible()
    expect(page.get_by_label("Uw bericht over deze zaak")).to_have_value(tekst)
    page.get_by_role("button", name="Verstuur", exact=True).click()
    expect(page.locator("#berichten")).to_contain_text(tekst.splitlines()[0])


def test_somebody_else_does_not_get_what_was_typed(open_page: OpenPage, product: Product):
    page = open_page(JEROEN, vers=True)
    choose_menu(page, "Mijn Gegevens")
    page.get_by_label("Telefoonnummer").fill("06 11 22 33 44")
    product.end_session(cookie_of(page))
    page.get_by_role("button", name="Opslaan").click()
    choose_login(page, KORENAAR)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn overzicht")
    page.goto("/mijn/gegevens/")
    expect(page.get_by_label("Telefoonnummer")).not_to_have_value("06 11 22 33 44")


@pytest.mark.parametrize("vorm", BREED_EN_SMAL, ids=str)
def test_a_link_to_a_page_survives_logging_in(open_page: OpenPage, vorm: Vorm):
    page = open_page("", vorm)
    page.goto("/mijn/zaken/?status=afgerond&p=2")
    choose_login(page, JEROEN)
    expect(page).to_have_url(re.compile(r"/mijn/zaken/\?status=afgerond&p=2$"))
    expect(page.get_by_role("article").first).to_be_visible()


def test_a_link_of_the_werkplek_asks_a_civil_servant_to_log_in(open_page: OpenPage):
    page = open_page()
    page.goto("/werkplek/?lijst=afdeling")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen op de werkplek")
    choose_login(page, PETRA)
    expect(page).to_have_url(re.compile(r"/werkplek/\?lijst=afdeling$"))


@pytest.mark.parametrize("vorm", BREED_EN_SMAL, ids=str)
def test_cancelling_the_login_is_no_error(open_page: OpenPage, vorm: Vorm):
    page = open_page("", vorm)
    page.goto("/mijn/taken/")
    page.get_by_role("main").get_by_role("link", name="Inloggen met DigiD").click()
    page.get_by_role("button", name="Annuleren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen op Mijn omgeving")
    expect(page.get_by_role("main")).to_contain_text(
        re.compile("geannuleerd|gestopt|afgebroken|niet ingelogd")
    )
    choose_login(page, JEROEN)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn Taken")


def test_a_business_sees_its_own_and_a_branch_only_that_of_the_branch(open_page: OpenPage):
    bedrijf, vestiging = open_page(KORENAAR), open_page(KORENAAR_MARKT, vers=True)
    for page in (bedrijf, vestiging):
        choose_menu(page, "Mijn Zaken")
        expect(page.get_by_role("article").filter(has_text=ZAAK_MARKT)).to_be_visible()
    kastanje = "Kapvergunning: kastanje naast de laadplaats"
    expect(bedrijf.get_by_role("article").filter(has_text=kastanje)).to_be_visible()
    expect(vestiging.get_by_role("article").filter(has_text=kastanje)).to_have_count(0)


def test_one_is_warned_two_minutes_before_and_can_stay(open_page: OpenPage):
    page = open_page(JEROEN)
    page.clock.install()
    page.goto("/mijn/gegevens/")
    page.get_by_label("Telefoonnummer").fill("06 99 88 77 66")
    page.clock.fast_forward(12 * 60 * 1000 + 45 * 1000)
    waarschuwing = page.get_by_role("alert").filter(has_text="U wordt over 2 minuten uitgelogd")
    expect(waarschuwing).to_be_visible()
    page.clock.resume()
    assert judge(page) == []
    with page.expect_response("**/sessie/verlengen/") as antwoord:
        waarschuwing.get_by_role("button", name="Blijf ingelogd").click()
    assert antwoord.value.status == 204
    expect(waarschuwing).to_have_count(0)
    expect(page.get_by_label("Telefoonnummer")).to_have_value("06 99 88 77 66")
