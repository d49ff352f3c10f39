"""A local account over HTTP: from the invitation to the werkplek, and logging in afterwards."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from eloket.identity.lokaal import uitnodigen
from eloket.identity.lokaal.models import Authenticator, Herstelcode, LokaalAccount, Uitnodiging
from eloket.kernel.klok import op_moment
from tests.lokaal import (
    ANDER,
    INLOGGEN,
    INRICHTEN,
    KIEZEN,
    TWEEDE,
    WACHTWOORD,
    Mens,
    audit,
    is_in,
    make_medewerker,
    text,
)

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 3, 12, 0, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nu() -> Iterator[None]:
    with op_moment(NU):
        yield


@pytest.fixture
def mens() -> Mens:
    return Mens(make_medewerker()).set_up()


def test_an_invitation_leads_to_the_werkplek_by_a_password_and_an_app():
    mens = Mens(make_medewerker())
    token = uitnodigen.invite(None, mens.wie.pk)
    pagina = mens.browser.get(f"/werkplek/uitnodiging/{token}/")
    assert "Deze link is voor Mila Jansen" in text(pagina)
    assert mens.open_link(token)["Location"] == KIEZEN
    assert not is_in(mens.browser)
    assert mens.choose()["Location"] == INRICHTEN
    assert not is_in(mens.browser)
    mens.geheim = mens.read_secret()
    klaar = mens.browser.post(INRICHTEN, {"inlogcode": mens.code(), "naam": "Mijn telefoon"})
    assert klaar["Location"] == "/werkplek/account/herstelcodes/"
    assert "U ziet deze codes alleen nu" in text(mens.browser.get(klaar["Location"]))
    assert is_in(mens.browser)
    assert mens.account.wachtwoord.startswith("argon2$argon2id$")
    assert [rij.naam for rij in mens.account.authenticators.all()] == ["Mijn telefoon"]
    assert not Uitnodiging.objects.exists()
    assert audit() == [("account.uitgenodigd", ""), ("account.ingericht", "app"), ("sessie.ingelogd", "app")]


def test_the_picture_for_the_app_is_in_the_page_and_says_the_same_as_the_text():
    mens = Mens(make_medewerker())
    mens.open_link(uitnodigen.invite(None, mens.wie.pk))
    mens.choose()
    antwoord = mens.browser.get(INRICHTEN)
    assert '<svg role="img" aria-label="QR-code voor uw app"' in antwoord.content.decode()
    assert "style=" not in antwoord.content.decode().partition("<main")[2]
    assert antwoord.headers["Cache-Control"] == "no-store"
    assert mens.read_secret() == mens.read_secret(), (
        "a reload shows the same secret: what was scanned stays right"
    )


def test_recovery_codes_stay_until_somebody_says_that_they_kept_them(mens: Mens):
    pad = "/werkplek/account/herstelcodes/"
    assert len(mens.codes) == 10
    assert mens.codes[3] in text(mens.browser.get(pad))
    mens.browser.post(pad, {"knop": "bewaard"})
    assert mens.codes[3] not in text(mens.browser.get(pad))


def test_logging_in_takes_a_password_and_a_code(mens: Mens):
    browser = Client()
    with op_moment(NU + timedelta(minutes=2)):
        assert mens.give_password(browser)["Location"] == TWEEDE
        assert "U bent nog niet ingelogd" in text(browser.get(TWEEDE))
        assert not is_in(browser)
        assert mens.give_code(browser)["Location"] == "/werkplek/"
        assert is_in(browser)
    assert audit()[-1] == ("sessie.ingelogd", "app")


def test_who_wanted_to_go_somewhere_goes_there_afterwards(mens: Mens):
    browser = Client()
    with op_moment(NU + timedelta(minutes=2)):
        naar = browser.get("/werkplek/berichten/")["Location"]
        assert "terug=%2Fwerkplek%2Fberichten%2F" in naar
        assert "account/?terug=%2Fwerkplek%2Fberichten%2F" in browser.get(naar).content.decode()
        browser.post(
            "/werkplek/inloggen/account/",
            {"inlognaam": "m.jansen", "wachtwoord": mens.wachtwoord, "terug": "/werkplek/berichten/"},
        )
        assert mens.give_code(browser)["Location"] == "/werkplek/berichten/"


def test_capitals_and_spaces_in_a_login_name_make_no_difference(mens: Mens):
    velden = {"inlognaam": "  M.JANSEN ", "wachtwoord": mens.wachtwoord}
    assert Client().post("/werkplek/inloggen/account/", velden).status_code == 303


def test_spaces_in_a_code_make_no_difference(mens: Mens):
    with op_moment(NU + timedelta(minutes=2)):
        browser = Client()
        mens.give_password(browser)
        code = mens.code()
        assert mens.give_code(browser, f" {code[:3]} {code[3:]} ").status_code == 303


def test_a_clock_that_is_half_a_minute_off_is_fine_and_more_is_not(mens: Mens):
    for verschil, goed in ((-60, False), (-30, True), (30, True), (90, False)):
        browser = Client()
        with op_moment(NU + timedelta(hours=1, minutes=verschil + 100)):
            mens.give_password(browser)
            assert (mens.give_code(browser, mens.code(verschil)).status_code == 303) is goed, verschil


def test_a_recovery_code_works_once(mens: Mens):
    for verwacht in (303, 422):
        browser = Client()
        mens.give_password(browser)
        assert mens.give_code(browser, mens.codes[4].upper().replace("-", " ")).status_code == verwacht
    assert Herstelcode.objects.count() == 9
    assert ("sessie.ingelogd", "herstelcode") in audit()


def test_who_used_a_recovery_code_reads_how_many_are_left(mens: Mens):
    browser = Client()
    mens.give_password(browser)
    mens.give_code(browser, mens.codes[0])
    assert "U heeft ingelogd met een herstelcode. U heeft er nog 9." in text(
        browser.get("/werkplek/account/")
    )


def test_who_logs_in_reads_that_somebody_else_tried(mens: Mens):
    with op_moment(NU + timedelta(minutes=1)):
        for _ in range(2):
            mens.give_password(Client(), "fout wachtwoord")
        Client().post("/werkplek/inloggen/account/", {"inlognaam": "n.iemand", "wachtwoord": "fout"})
    for minuten, tekst in ((2, "is inloggen met uw account 2 keer niet gelukt"), (4, "")):
        browser = Client()
        with op_moment(NU + timedelta(minutes=minuten)):
            mens.give_password(browser)
            mens.give_code(browser)
            pagina = text(browser.get("/werkplek/account/"))
        assert (tekst or "U bent ingelogd als") in pagina
        assert ("Was u dat niet zelf?" in pagina) is bool(tekst)


def test_a_nul_in_a_field_is_a_refusal_like_any_other(mens: Mens):
    """PostgreSQL takes none in a text."""
    antwoord = Client().post(INLOGGEN, {"inlognaam": "m.jansen\x00", "wachtwoord": "x\x00" * 20})
    assert antwoord.status_code == 422
    browser = Client()
    browser.post(INLOGGEN, {"inlognaam": "m.jansen", "wachtwoord": WACHTWOORD})
    assert browser.post(TWEEDE, {"inlogcode": "\x00" * 12}).status_code == 422


def test_what_is_missing_is_said_beside_its_field():
    antwoord = Client().post("/werkplek/inloggen/account/", {"inlognaam": "m.jansen", "wachtwoord": ""})
    assert antwoord.status_code == 422
    assert 'value="m.jansen"' in antwoord.content.decode()
    assert "Vul uw wachtwoord in." in text(antwoord)


def test_a_password_that_is_refused_costs_nothing_and_says_why():
    mens = Mens(make_medewerker())
    mens.open_link(uitnodigen.invite(None, mens.wie.pk))
    antwoord = mens.choose("te kort")
    assert antwoord.status_code == 422
    assert "minstens 14 tekens" in text(antwoord)
    assert mens.choose()["Location"] == INRICHTEN


def test_a_wrong_code_while_setting_up_changes_nothing():
    mens = Mens(make_medewerker())
    mens.open_link(uitnodigen.invite(None, mens.wie.pk))
    mens.choose()
    mens.geheim = mens.read_secret()
    antwoord = mens.browser.post(INRICHTEN, {"inlogcode": mens.code(300), "naam": "Mijn telefoon"})
    assert antwoord.status_code == 422
    assert 'value="Mijn telefoon"' in antwoord.content.decode()
    assert (mens.account.wachtwoord, Authenticator.objects.count()) == ("", 0)
    assert mens.read_secret() == mens.geheim


def test_who_forgot_the_password_chooses_another_and_keeps_the_second_step(mens: Mens):
    elders = mens.browser
    mens.browser = Client()
    with op_moment(NU + timedelta(minutes=5)):
        mens.open_link(uitnodigen.invite(None, mens.wie.pk))
        assert mens.choose(ANDER)["Location"] == TWEEDE
        assert mens.give_code().status_code == 303
        assert is_in(mens.browser)
        assert not is_in(elders), "a new password ends the other sessions"
    with op_moment(NU + timedelta(minutes=7)):
        assert mens.give_password(Client()).status_code == 422
        assert mens.give_password(Client(), ANDER).status_code == 303


def test_a_link_that_is_not_finished_changes_nothing(mens: Mens):
    voor = LokaalAccount.objects.values().get()
    ander = Client()
    token = uitnodigen.invite(None, mens.wie.pk)
    ander.post(f"/werkplek/uitnodiging/{token}/")
    ander.post(KIEZEN, {"wachtwoord_nieuw": ANDER})
    assert LokaalAccount.objects.values().get() == voor
    assert is_in(mens.browser)


@pytest.mark.parametrize("pad", [INRICHTEN, TWEEDE, KIEZEN])
def test_who_waits_too_long_begins_anew(pad: str, mens: Mens):
    browser = Client()
    if pad == TWEEDE:
        mens.give_password(browser)
    else:
        LokaalAccount.objects.all().delete()
        browser.post(f"/werkplek/uitnodiging/{uitnodigen.invite(None, mens.wie.pk)}/")
        if pad == INRICHTEN:
            browser.post(KIEZEN, {"wachtwoord_nieuw": ANDER})
    assert browser.get(pad).status_code == 200
    minuten = 10 if pad == TWEEDE else 20
    with op_moment(NU + timedelta(minutes=minuten - 1)):
        assert browser.get(pad).status_code == 200
    with op_moment(NU + timedelta(minutes=minuten + 1)):
        antwoord = browser.get(pad, follow=True)
        assert antwoord.redirect_chain == [("/werkplek/inloggen/", 303)]
        assert "Het inloggen duurde te lang" in text(antwoord)


def test_without_the_setting_there_is_nothing(settings, mens: Mens):
    settings.ELOKET = settings.ELOKET.model_copy(update={"lokale_accounts": False})
    anoniem = Client()
    for pad in ("/werkplek/inloggen/account/", TWEEDE, KIEZEN, INRICHTEN, "/werkplek/uitnodiging/x/"):
        assert anoniem.get(pad).status_code == 404, pad
    assert "lokaal account" not in text(anoniem.get("/werkplek/inloggen/"))
    assert mens.give_password(anoniem).status_code == 404
