"""Mijn account in the werkplek: password, second factor, recovery codes, sessions elsewhere."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from eloket.identity.access import medewerker_key
from eloket.identity.lokaal import uitnodigen
from eloket.identity.lokaal.models import Uitnodiging
from eloket.identity.testing import force_actor, medewerker
from eloket.kernel.klok import op_moment
from tests.lokaal import ACCOUNT, ANDER, Mens, audit, is_in, make_medewerker, text
from tests.passkeys import Passkey, read_options

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 3, 12, 0, 5, tzinfo=UTC)
TOEVOEGEN = f"{ACCOUNT}tweede-stap/"
CODES = f"{ACCOUNT}herstelcodes/"
BEVESTIGEN = f"{ACCOUNT}bevestigen/"


@pytest.fixture(autouse=True)
def _nu() -> Iterator[None]:
    with op_moment(NU):
        yield


@pytest.fixture
def mens() -> Mens:
    return Mens(make_medewerker()).set_up()


def log_in_elsewhere(mens: Mens) -> Client:
    browser = Client()
    with op_moment(NU + timedelta(minutes=2)):
        mens.give_password(browser)
        assert mens.give_code(browser).status_code == 303
    return browser


def confirm(mens: Mens, terug: str = ACCOUNT) -> None:
    antwoord = mens.browser.post(BEVESTIGEN, {"wachtwoord": mens.wachtwoord, "terug": terug})
    assert (antwoord.status_code, antwoord["Location"]) == (303, terug)


def change(mens: Mens, oud: str, nieuw: str) -> Any:
    return mens.browser.post(f"{ACCOUNT}wachtwoord/", {"wachtwoord_oud": oud, "wachtwoord_nieuw": nieuw})


def test_the_page_says_what_there_is(mens: Mens):
    pagina = text(mens.browser.get(ACCOUNT))
    assert "Mijn telefoon" in pagina
    assert "App met codes" in pagina
    assert "U heeft er nog 10" in pagina
    assert "U bent alleen hier ingelogd" in pagina
    assert "Haal weg" not in pagina, "the only one cannot go"


def test_who_logs_in_with_the_account_of_the_municipality_has_sessions_and_no_password_here():
    wie = make_medewerker()
    browser = Client()
    force_actor(browser, medewerker(wie.pk, subject=wie.subject))
    assert "U logt in met het account van de gemeente" in text(browser.get(ACCOUNT))
    for pad in ("wachtwoord/", "bevestigen/", "tweede-stap/", "herstelcodes/", "tweede-stap/1/"):
        assert browser.get(f"{ACCOUNT}{pad}").status_code == 404, pad


def test_a_new_password_takes_the_old_one_and_ends_the_other_sessions(mens: Mens):
    elders = log_in_elsewhere(mens)
    token = uitnodigen.invite(None, mens.wie.pk)
    oude_sessie = mens.browser.cookies["eloket_sessie"].value
    assert change(mens, mens.wachtwoord, ANDER).status_code == 303
    assert "Uw wachtwoord is gewijzigd" in text(mens.browser.get(ACCOUNT))
    assert mens.browser.cookies["eloket_sessie"].value != oude_sessie
    assert not is_in(elders)
    dief = Client()
    dief.cookies["eloket_sessie"] = oude_sessie
    assert not is_in(dief)
    assert not Uitnodiging.objects.exists()
    assert Client().post(f"/werkplek/uitnodiging/{token}/")["Location"] == "/werkplek/inloggen/"
    assert mens.give_password(Client()).status_code == 422
    assert mens.give_password(Client(), ANDER).status_code == 303
    assert ("account.wachtwoord", "") in audit()


def test_a_new_password_does_not_lengthen_the_eight_hours(mens: Mens):
    begin = mens.browser.session._begin  # type: ignore[attr-defined]  # our own store
    change(mens, mens.wachtwoord, ANDER)
    with op_moment(NU + timedelta(minutes=10)):
        is_in(mens.browser)
    nieuw = mens.browser.session
    nieuw.load()
    assert nieuw._begin == (begin or NU)  # type: ignore[attr-defined]  # our own store


@pytest.mark.parametrize(
    ("oud", "nieuw", "tekst"),
    [
        ("iets anders dan dat", ANDER, "Dit is niet uw wachtwoord"),
        ("", ANDER, "Dit is niet uw wachtwoord"),
        ("paard batterij nietje correct", "te kort", "minstens 14 tekens"),
        ("paard batterij nietje correct", "paard batterij nietje correct", "uw oude wachtwoord"),
    ],
)
def test_a_change_that_is_refused_changes_nothing(oud: str, nieuw: str, tekst: str, mens: Mens):
    voor = mens.account.wachtwoord
    antwoord = change(mens, oud, nieuw)
    assert antwoord.status_code == 422
    assert tekst in text(antwoord)
    assert mens.account.wachtwoord == voor


def test_the_present_password_cannot_be_guessed_at_an_open_laptop(settings, mens: Mens):
    settings.ELOKET = settings.ELOKET.model_copy(update={"limieten": True})
    antwoorden = [change(mens, "iets anders dan dat", ANDER).status_code for _ in range(11)]
    assert antwoorden == [422] * 10 + [429]
    assert mens.browser.post(BEVESTIGEN, {"wachtwoord": mens.wachtwoord}).status_code == 429, (
        "one count for both"
    )


@pytest.mark.parametrize("pad", [TOEVOEGEN, f"{ACCOUNT}tweede-stap/1/"])
def test_the_password_is_asked_again_before_what_lets_another_in(pad: str, mens: Mens):
    for antwoord in (mens.browser.get(pad), mens.browser.post(pad, {"inlogcode": "1"})):
        assert antwoord.status_code == 303
        assert antwoord["Location"].startswith(f"{BEVESTIGEN}?terug=")


def test_new_codes_ask_for_the_password_too(mens: Mens):
    mens.browser.post(CODES, {"knop": "bewaard"})
    assert mens.browser.post(CODES, {"knop": "nieuw"})["Location"].startswith(BEVESTIGEN)
    assert mens.account.herstelcodes.count() == 10
    confirm(mens, CODES)
    mens.browser.post(CODES, {"knop": "nieuw"})
    nieuw = re.findall(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", text(mens.browser.get(CODES)))
    assert len(nieuw) == 10
    assert not set(nieuw) & set(mens.codes)
    browser = Client()
    mens.give_password(browser)
    assert mens.give_code(browser, mens.codes[0]).status_code == 422, "the old ones work no more"
    assert mens.give_code(browser, nieuw[0]).status_code == 303


def test_a_confirmation_is_over_after_ten_minutes_and_never_leads_out_of_the_house(mens: Mens):
    velden = {"wachtwoord": mens.wachtwoord, "terug": "//evil.example/"}
    assert mens.browser.post(BEVESTIGEN, velden)["Location"] == ACCOUNT
    velden = {"wachtwoord": mens.wachtwoord, "terug": "/werkplek/beheer/"}
    assert mens.browser.post(BEVESTIGEN, velden)["Location"] == ACCOUNT
    assert mens.browser.get(TOEVOEGEN).status_code == 200
    with op_moment(NU + timedelta(minutes=9)):
        assert mens.browser.get(TOEVOEGEN).status_code == 200
    with op_moment(NU + timedelta(minutes=11)):
        assert mens.browser.get(TOEVOEGEN).status_code == 303


def test_another_app_can_be_added_and_both_work(mens: Mens):
    confirm(mens)
    eerste, mens.geheim = mens.geheim, mens.read_secret(TOEVOEGEN)
    assert eerste != mens.geheim
    antwoord = mens.browser.post(TOEVOEGEN, {"inlogcode": mens.code(), "naam": "Mijn tablet"})
    assert antwoord["Location"] == ACCOUNT
    pagina = text(mens.browser.get(ACCOUNT))
    assert "Mijn tablet" in pagina
    assert pagina.count("Haal weg") == 2
    with op_moment(NU + timedelta(minutes=2)):
        for geheim in (eerste, mens.geheim):
            mens.geheim = geheim
            browser = Client()
            mens.give_password(browser)
            assert mens.give_code(browser).status_code == 303


def test_a_code_of_an_app_that_was_not_asked_adds_nothing(mens: Mens):
    confirm(mens)
    assert mens.browser.post(TOEVOEGEN, {"inlogcode": mens.code()}).status_code == 422
    mens.read_secret(TOEVOEGEN)
    antwoord = mens.browser.post(TOEVOEGEN, {"inlogcode": mens.code(60), "naam": "x" * 40})
    assert antwoord.status_code == 422
    assert "x" * 40 in antwoord.content.decode()
    assert mens.account.authenticators.count() == 1


def test_a_passkey_can_be_added_and_used(mens: Mens):
    confirm(mens)
    passkey = Passkey()
    opties = read_options(mens.browser.get(TOEVOEGEN).content.decode())
    velden = {"passkey": passkey.register(opties), "naam": "Mijn laptop"}
    assert mens.browser.post(TOEVOEGEN, velden)["Location"] == ACCOUNT
    assert mens.browser.post(TOEVOEGEN, velden).status_code == 422, "an answer works once"
    nog_eens = read_options(mens.browser.get(TOEVOEGEN).content.decode())
    assert [een["id"] for een in nog_eens["excludeCredentials"]], "the same device is not asked again"
    browser = Client()
    mens.give_password(browser)
    html = browser.get("/werkplek/inloggen/tweede-stap/").content.decode()
    antwoord = browser.post("/werkplek/inloggen/tweede-stap/", {"passkey": passkey.sign(read_options(html))})
    assert antwoord.status_code == 303
    assert is_in(browser)


def test_an_authenticator_can_go_but_never_the_last_one(mens: Mens):
    confirm(mens)
    [eerste] = mens.account.authenticators.all()
    pad = f"{TOEVOEGEN}{eerste.pk}/"
    assert "uw enige tweede stap" in text(mens.browser.get(pad))
    antwoord = mens.browser.post(pad)
    assert antwoord.status_code == 409
    assert "Voeg eerst een andere toe" in text(antwoord)
    mens.geheim = mens.read_secret(TOEVOEGEN)
    mens.browser.post(TOEVOEGEN, {"inlogcode": mens.code()})
    assert "Mijn telefoon" in text(mens.browser.get(pad))
    assert mens.browser.post(pad)["Location"] == ACCOUNT
    assert mens.browser.post(pad).status_code == 404, "a double click"
    assert [rij.pk for rij in mens.account.authenticators.all()] != [eerste.pk]
    assert ("account.tweede_stap_verwijderd", "app") in audit()


def test_an_authenticator_of_a_colleague_is_not_there(mens: Mens):
    ander = Mens(make_medewerker("o.boer", "Omar de Boer")).set_up()
    confirm(mens)
    pad = f"{TOEVOEGEN}{ander.account.authenticators.get().pk}/"
    assert mens.browser.get(pad).status_code == 404
    assert mens.browser.post(pad).status_code == 404
    assert ander.account.authenticators.count() == 1


def test_there_is_an_end_to_how_many(mens: Mens):
    confirm(mens)
    for n in range(9):
        mens.account.authenticators.create(soort="app", naam=f"App {n}", geheim="A" * 32, gemaakt=NU)
    mens.geheim = mens.read_secret(TOEVOEGEN)
    antwoord = mens.browser.post(TOEVOEGEN, {"inlogcode": mens.code()})
    assert antwoord.status_code == 422
    assert "U heeft al 10 manieren" in text(antwoord)


def test_sessions_elsewhere_can_be_ended_and_this_one_stays(mens: Mens):
    elders = log_in_elsewhere(mens)
    collega = Mens(make_medewerker("o.boer", "Omar de Boer")).set_up()
    assert "op 1 andere plaats" in text(mens.browser.get(ACCOUNT))
    mens.browser.post(f"{ACCOUNT}elders/")
    assert "U bent overal anders uitgelogd" in text(mens.browser.get(ACCOUNT))
    assert not is_in(elders)
    assert is_in(collega.browser)
    assert audit()[-1][0] == "sessie.elders_beeindigd"


def test_few_recovery_codes_are_said_in_time(mens: Mens):
    for rij in mens.account.herstelcodes.all()[:9]:
        rij.delete()
    assert "U heeft nog 1 herstelcode." in text(mens.browser.get(ACCOUNT))


def test_a_name_of_an_authenticator_is_shown_as_text(mens: Mens):
    mens.account.authenticators.update(naam='<img src=x onerror="alert(1)">')
    assert "<img src=x" not in mens.browser.get(ACCOUNT).content.decode()


def test_the_audit_trail_names_the_person_by_key(mens: Mens):
    from eloket.audit.models import AuditRegel  # noqa: PLC0415 - only here

    confirm(mens)
    change(mens, mens.wachtwoord, ANDER)
    regel = AuditRegel.objects.get(actie="account.wachtwoord")
    assert regel.actor_key == medewerker_key("m.jansen")
    assert regel.object_ref == f"medewerker:{mens.wie.pk}"
