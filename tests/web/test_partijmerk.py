"""A form is carried out for the party that it was filled in for, or not at all; CSRF is enforced in all of these."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from eloket.identity.actor import actor_to_dict
from eloket.identity.models import Sessie
from eloket.identity.partijmerk import VELD, merk_of, read_merk, write_merk
from eloket.identity.testing import gemachtigde, hidden_field, log_in
from eloket.identity.types import Actor
from eloket.kernel.klok import nu
from eloket.machtigingen.models import MachtigingRegel
from eloket.profile.models import Profiel
from tests.huis import inwoner
from tests.web.portaal import bron_van, client_van, tekst_van
from tests.web.test_machtiging import FATIMA, JEROEN

pytestmark = pytest.mark.django_db
GEGEVENS = "/mijn/gegevens/"
NIEUW = "/mijn/machtigingen/nieuw/"
CONTACT = {"email": "jeroen@voorbeeld.nl", "telefoon": "0612345678"}
NAAM = {JEROEN: "Jeroen van Drouwen", FATIMA: "Fatima el Idrissi"}
TITEL_ANDER = "Dit formulier is niet van u"
TITEL_PARTIJ = "Dit formulier is voor iemand anders"


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True)


def switch_to(browser: Client, bsn: str, *, bewind: bool = False) -> None:
    """Log in in another tab of this browser. The simulated provider is another site: its form has its own token."""
    browser.handler.enforce_csrf_checks = False
    if bewind:
        log_in(browser, kvk="69599084", claims={"urn:etoegang:1.12:EntityConcernedID:BSN": bsn})
    else:
        log_in(browser, bsn=bsn, naam=NAAM[bsn])
    browser.handler.enforce_csrf_checks = True


def open_form(browser: Client, pad: str = GEGEVENS) -> dict[str, str]:
    """What a form of this page carries."""
    html = bron_van(browser.get(pad))
    return {naam: hidden_field(html, naam) for naam in ("csrfmiddlewaretoken", VELD)}


def field_of(html: str, naam: str) -> str:
    """Of the form that is given back: the last one of the page."""
    return hidden_field(html.rpartition("<form")[2], naam)


def test_a_bewindvoerder_who_went_on_for_another_does_not_change_the_first_ones_details_into_theirs(browser):
    switch_to(browser, JEROEN, bewind=True)
    formulier = open_form(browser)
    switch_to(browser, FATIMA, bewind=True)
    antwoord = browser.post(GEGEVENS, {**formulier, **CONTACT})
    assert antwoord.status_code == 409
    assert antwoord["Cache-Control"] == "no-store"
    assert not Profiel.objects.exists()
    tekst = tekst_van(antwoord)
    assert TITEL_PARTIJ in tekst
    assert (
        "U heeft dit formulier voor J. van Drouwen ingevuld. U bent nu voor F. el Idrissi ingelogd." in tekst
    )
    assert "Wilt u het formulier voor J. van Drouwen versturen? Log dan eerst opnieuw in" in tekst
    assert (
        "Wilt u het voor F. el Idrissi versturen? Open de pagina opnieuw en vul het formulier daar in."
        in tekst
    )
    assert "jeroen@voorbeeld.nl" in tekst  # it is the same human, who typed it


def test_the_form_that_was_given_back_is_for_the_first_party_still_and_works_once_they_are_back(browser):
    switch_to(browser, JEROEN, bewind=True)
    formulier = open_form(browser)
    switch_to(browser, FATIMA, bewind=True)
    html = bron_van(browser.post(GEGEVENS, {**formulier, **CONTACT}))
    assert 'href="/inloggen/eherkenning/" target="_blank"' in html
    assert browser.get("/inloggen/")["Location"] == "/mijn/"  # the login page does not let them choose again
    opnieuw = {naam: field_of(html, naam) for naam in ("csrfmiddlewaretoken", VELD, *CONTACT)}
    assert browser.post(GEGEVENS, opnieuw).status_code == 409
    assert not Profiel.objects.exists()
    switch_to(browser, JEROEN, bewind=True)
    assert browser.post(GEGEVENS, opnieuw).status_code == 303
    assert Profiel.objects.get().profiel_key == inwoner(JEROEN).profiel_key


def test_who_logs_in_after_somebody_else_in_the_same_browser_sends_nothing_of_theirs(browser):
    switch_to(browser, JEROEN)
    formulier = open_form(browser)
    assert browser.post("/uitloggen/", formulier).status_code == 303
    switch_to(browser, FATIMA)
    antwoord = browser.post(GEGEVENS, {**formulier, **CONTACT})
    assert antwoord.status_code == 409
    assert not Profiel.objects.exists()
    html, tekst = bron_van(antwoord), tekst_van(antwoord)
    assert TITEL_ANDER in tekst
    assert f"U bent nu als {NAAM[FATIMA]} ingelogd." in tekst
    for geheim in (*CONTACT.values(), NAAM[JEROEN], "Jeroen"):
        assert geheim not in html
    assert "Probeer opnieuw" not in html


def test_an_authorisation_is_given_by_who_filled_it_in(browser):
    switch_to(browser, JEROEN)
    formulier = open_form(browser, NIEUW)
    switch_to(browser, FATIMA)
    velden = {"zaak": "alle", "mag": "handelen", "soort": "persoon", "stap": "controle"}
    assert browser.post(NIEUW, {**formulier, **velden}).status_code == 409
    assert not MachtigingRegel.objects.exists()


def test_the_page_that_asks_to_log_in_again_and_come_back_is_of_who_typed(browser):
    """Our own words: "Log eerst opnieuw in. Kom daarna terug naar dit venster en kies Probeer opnieuw"."""
    switch_to(browser, JEROEN)
    formulier = open_form(browser)
    browser.post("/uitloggen/", formulier)
    weg = browser.post(
        GEGEVENS,
        "&".join(f"{naam}={waarde}" for naam, waarde in {**formulier, **CONTACT}.items()),
        content_type="application/x-www-form-urlencoded",
    )
    assert "Probeer opnieuw" in tekst_van(weg)
    opnieuw = {naam: field_of(bron_van(weg), naam) for naam in ("csrfmiddlewaretoken", VELD, *CONTACT)}
    switch_to(browser, FATIMA)
    assert browser.post(GEGEVENS, opnieuw).status_code == 409
    assert not Profiel.objects.exists()
    switch_to(browser, JEROEN)
    assert browser.post(GEGEVENS, opnieuw).status_code == 303
    assert Profiel.objects.get().profiel_key == inwoner(JEROEN).profiel_key


def test_the_same_person_who_logs_in_again_for_the_same_party_goes_on(browser):
    switch_to(browser, JEROEN)
    formulier = open_form(browser)
    switch_to(browser, JEROEN)
    assert browser.post(GEGEVENS, {**formulier, **CONTACT}).status_code == 303
    assert Profiel.objects.get().profiel_key == inwoner(JEROEN).profiel_key


def test_what_came_in_after_the_session_of_another_ended_is_not_kept_for_that_one(browser):
    switch_to(browser, JEROEN)
    formulier = open_form(browser)
    switch_to(browser, FATIMA)
    Sessie.objects.update(verloopt=nu() - timedelta(minutes=1))
    antwoord = browser.post(GEGEVENS, {**formulier, **CONTACT})
    assert antwoord.status_code == 403  # given back to the window that sent it, as to who logged out
    switch_to(browser, FATIMA)
    assert CONTACT["email"] not in bron_van(browser.get(GEGEVENS))


def test_after_an_ended_session_of_ones_own_the_text_is_there_still(browser):
    switch_to(browser, JEROEN)
    formulier = open_form(browser)
    Sessie.objects.update(verloopt=nu() - timedelta(minutes=1))
    assert browser.post(GEGEVENS, {**formulier, **CONTACT, "terug": GEGEVENS}).status_code == 303
    switch_to(browser, JEROEN)
    assert CONTACT["email"] in bron_van(browser.get(GEGEVENS))


def test_a_form_that_says_for_nobody_is_asked_about_first(browser):
    """A page of before a new version, or one that was made when nobody was logged in."""
    switch_to(browser, JEROEN)
    formulier = open_form(browser)
    del formulier[VELD]
    antwoord = browser.post(GEGEVENS, {**formulier, **CONTACT})
    assert antwoord.status_code == 409
    assert not Profiel.objects.exists()
    assert f"U bent nu als {NAAM[JEROEN]} ingelogd. Het formulier is nog niet verstuurd." in tekst_van(
        antwoord
    )
    opnieuw = {naam: field_of(bron_van(antwoord), naam) for naam in ("csrfmiddlewaretoken", VELD, *CONTACT)}
    assert browser.post(GEGEVENS, opnieuw).status_code == 303
    assert Profiel.objects.get().profiel_key == inwoner(JEROEN).profiel_key


def test_a_mark_that_we_did_not_make_is_of_somebody_else(browser):
    switch_to(browser, JEROEN)
    formulier = open_form(browser)
    for merk in ("", "x", formulier[VELD][:-4] + "AAAA", "é"):
        antwoord = browser.post(GEGEVENS, {**formulier, **CONTACT, VELD: merk})
        assert antwoord.status_code == 409, merk
        assert CONTACT["email"] not in bron_van(antwoord)
    tweemaal: dict[str, Any] = {VELD: [write(inwoner(FATIMA)), formulier[VELD]]}
    assert browser.post(GEGEVENS, {**formulier, **CONTACT, **tweemaal}).status_code == 409
    assert not Profiel.objects.exists()


def write(actor: Actor) -> str:
    return write_merk(merk_of(actor_to_dict(actor)))


def test_a_script_reads_why_and_keeps_what_was_typed_in_its_page(browser):
    switch_to(browser, JEROEN, bewind=True)
    formulier = open_form(browser)
    switch_to(browser, FATIMA, bewind=True)
    antwoord = browser.post(GEGEVENS, {**formulier, **CONTACT}, headers={"Accept": "application/json"})
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "andere-partij")
    assert "Log opnieuw in zoals u eerder deed." in antwoord.json()["tekst"]


def test_two_pages_of_one_person_cannot_be_told_to_be_so():
    client = client_van()
    merken = {hidden_field(bron_van(client.get(GEGEVENS)), VELD) for _ in range(3)}
    assert len(merken) == 3
    delen = [{merk[i : i + 12] for i in range(20, len(merk) - 12)} for merk in merken]
    assert not delen[0] & delen[1] & delen[2]
    for merk in merken:
        assert JEROEN not in merk
        assert read_merk(merk) == merk_of(actor_to_dict(inwoner()))


def test_who_acts_for_another_is_the_same_person_and_another_party():
    zelf, voor = merk_of(actor_to_dict(inwoner(JEROEN))), merk_of(actor_to_dict(gemachtigde(FATIMA, JEROEN)))
    assert zelf.persoon == voor.persoon
    assert zelf.wie != voor.wie
    assert voor.naam == NAAM[FATIMA]
    assert "Fatima" not in repr(voor)
