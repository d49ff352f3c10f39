"""Attacks on local accounts: guessing, replaying, skipping steps, swapping sessions, finding out who exists."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from eloket.identity.lokaal import uitnodigen
from eloket.identity.lokaal.errors import AccountNietMogelijk
from eloket.identity.lokaal.models import LokaalAccount
from eloket.identity.models import Medewerker, Sessie
from eloket.identity.testing import force_actor, inwoner
from eloket.identity.types import RechtenBron
from eloket.kernel.klok import op_moment
from tests.lokaal import (
    ACCOUNT,
    ANDER,
    INLOGGEN,
    INRICHTEN,
    KIEZEN,
    TWEEDE,
    Mens,
    audit,
    is_in,
    make_medewerker,
    text,
)

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 3, 12, 0, 5, tzinfo=UTC)
STRAKS = NU + timedelta(minutes=2)  # the first code of the app is used


@pytest.fixture(autouse=True)
def _nu() -> Iterator[None]:
    with op_moment(NU):
        yield


@pytest.fixture
def mens() -> Mens:
    return Mens(make_medewerker()).set_up()


@pytest.fixture
def met_limieten(settings):
    anders = {"limieten": True, "behind_proxy": True, "proxies": 1}
    settings.ELOKET = settings.ELOKET.model_copy(update=anders)


def cookie(browser: Client) -> str:
    return browser.cookies[django_settings.SESSION_COOKIE_NAME].value


def van(nummer: int) -> dict[str, Any]:
    return {"x-forwarded-for": f"203.0.113.{nummer}"}


# --- guessing ---


@pytest.mark.usefixtures("met_limieten")
def test_passwords_cannot_be_guessed_without_end_from_one_address(mens: Mens):
    antwoorden = [
        mens.give_password(Client(), f"fout wachtwoord {n}", **van(9)).status_code for n in range(6)
    ]
    assert antwoorden == [422] * 5 + [429]
    antwoord = mens.give_password(Client(), **van(9))
    assert antwoord.status_code == 429, "also not with the right one: the answer would tell"
    assert int(antwoord.headers["Retry-After"]) <= 600
    assert re.search(r"Wacht \d+ minuten en probeer het dan opnieuw", text(antwoord))
    assert mens.wachtwoord not in antwoord.content.decode()
    assert audit("sessie.geweigerd")[-1] == ("sessie.geweigerd", "te-vaak")


@pytest.mark.usefixtures("met_limieten")
def test_one_address_cannot_keep_somebody_else_out(mens: Mens):
    for _ in range(30):
        mens.give_password(Client(), "fout wachtwoord", **van(9))
    assert mens.give_password(Client(), **van(10)).status_code == 303


@pytest.mark.usefixtures("met_limieten")
def test_many_addresses_come_to_the_limit_of_the_account(mens: Mens):
    antwoorden = [mens.give_password(Client(), "fout wachtwoord", **van(n)).status_code for n in range(1, 23)]
    assert antwoorden == [422] * 20 + [429] * 2


@pytest.mark.usefixtures("met_limieten")
def test_who_logged_in_here_before_is_not_kept_out_by_an_attack_from_everywhere(mens: Mens):
    """The browser of `mens` has the cookie of a known device."""
    mens.browser.post("/uitloggen/")
    for n in range(1, 30):
        mens.give_password(Client(), "fout wachtwoord", **van(n))
    assert mens.give_password(Client(), **van(99)).status_code == 429
    with op_moment(STRAKS):
        assert mens.give_password(**van(99)).status_code == 303
        assert mens.give_code(**van(99)).status_code == 303


@pytest.mark.usefixtures("met_limieten")
def test_a_known_device_may_not_guess_without_end_either(mens: Mens):
    antwoorden = [mens.give_password(wachtwoord="fout wachtwoord", **van(9)).status_code for _ in range(11)]
    assert antwoorden == [422] * 10 + [429]


@pytest.mark.usefixtures("met_limieten")
def test_a_cookie_that_somebody_made_or_of_somebody_else_is_no_known_device(mens: Mens):
    ander = Mens(make_medewerker("o.boer", "Omar de Boer")).set_up()
    for waarde in (ander.browser.cookies["eloket_toestel"].value, "WyJ4IiwieSJd:1abc:def", "x"):
        LokaalAccount.objects.filter(pk=mens.account.pk).update(versie=1)
        browser = Client()
        browser.cookies["eloket_toestel"] = waarde
        antwoorden = [mens.give_password(browser, "fout", **van(len(waarde))).status_code for _ in range(6)]
        assert antwoorden == [422] * 5 + [429]


@pytest.mark.usefixtures("met_limieten")
def test_the_lock_is_over_after_its_window(mens: Mens):
    for _ in range(6):
        mens.give_password(Client(), "fout", **van(9))
    with op_moment(NU + timedelta(minutes=10)):
        assert mens.give_password(Client(), **van(9)).status_code == 303


@pytest.mark.usefixtures("met_limieten")
def test_codes_cannot_be_guessed_without_end(mens: Mens):
    """Five wrong codes end the half login; and new half logins run into the limit of the account."""
    browser = Client()
    mens.give_password(browser, **van(9))
    antwoorden = [mens.give_code(browser, f"00000{n}", **van(9)) for n in range(5)]
    assert [een.status_code for een in antwoorden] == [422] * 4 + [303]
    assert antwoorden[-1]["Location"] == "/werkplek/inloggen/"
    assert mens.give_code(browser, **van(9))["Location"] == "/werkplek/inloggen/", "nothing is under way"
    with op_moment(STRAKS):
        browser = Client()
        mens.give_password(browser, **van(9))
        assert mens.give_code(browser, **van(9)).status_code == 429, "also with the right one"
        assert not is_in(browser)


# --- replaying ---


def test_a_code_works_once(mens: Mens):
    with op_moment(STRAKS):
        for verwacht in (303, 422):
            browser = Client()
            mens.give_password(browser)
            assert mens.give_code(browser).status_code == verwacht
        assert audit()[-1] == ("sessie.geweigerd", "code")


def test_the_code_that_set_the_app_up_does_not_log_in(mens: Mens):
    browser = Client()
    mens.give_password(browser)
    assert mens.give_code(browser).status_code == 422


def test_an_older_code_than_the_last_one_used_does_not_work(mens: Mens):
    with op_moment(STRAKS):
        eerder = mens.code(-30)
        browser = Client()
        mens.give_password(browser)
        assert mens.give_code(browser).status_code == 303
        browser = Client()
        mens.give_password(browser)
        assert mens.give_code(browser, eerder).status_code == 422


def test_a_link_works_once():
    mens = Mens(make_medewerker())
    token = uitnodigen.invite(None, mens.wie.pk)
    mens.set_up(token)
    ander = Client()
    antwoord = ander.post(f"/werkplek/uitnodiging/{token}/", follow=True)
    assert "Deze link werkt niet (meer)" in text(antwoord)
    assert ander.get(KIEZEN).status_code == 303


def test_of_two_who_have_the_same_link_one_gets_in(mens: Mens):
    """The second had it open before the first was done."""
    wie = make_medewerker("o.boer", "Omar de Boer")
    token = uitnodigen.invite(None, wie.pk)
    eerste, tweede = Mens(wie), Mens(wie, wachtwoord=ANDER)
    for een in (eerste, tweede):
        een.open_link(token)
        een.choose()
        een.geheim = een.read_secret()
    assert eerste.browser.post(INRICHTEN, {"inlogcode": eerste.code()}).status_code == 303
    antwoord = tweede.browser.post(INRICHTEN, {"inlogcode": tweede.code()}, follow=True)
    assert not is_in(tweede.browser)
    assert "Begin opnieuw" in text(antwoord) or "werkt niet" in text(antwoord)
    assert eerste.account.authenticators.count() == 1


@pytest.mark.parametrize("wat", ["te oud", "vervangen", "ingetrokken", "niet actief"])
def test_a_link_that_is_over_leads_nowhere_also_half_way(wat: str):
    mens = Mens(make_medewerker())
    mens.open_link(token := uitnodigen.invite(None, mens.wie.pk))
    mens.choose()
    mens.geheim = mens.read_secret()
    later = NU
    if wat == "te oud":
        mens.account.uitnodiging.__class__.objects.update(verloopt=NU - timedelta(seconds=1))
    elif wat == "vervangen":
        uitnodigen.invite(None, mens.wie.pk)
    elif wat == "ingetrokken":
        uitnodigen.withdraw(None, mens.wie.pk)
    else:
        Medewerker.objects.update(is_actief=False)
    with op_moment(later):
        assert mens.browser.post(INRICHTEN, {"inlogcode": mens.code()})["Location"] == "/werkplek/inloggen/"
        assert not is_in(mens.browser)
        assert mens.open_link(token)["Location"] == "/werkplek/inloggen/"
    assert not LokaalAccount.objects.exclude(wachtwoord="").exists()


def test_a_link_is_good_for_48_hours(mens: Mens):
    token = uitnodigen.invite(None, mens.wie.pk)
    with op_moment(NU + timedelta(hours=47, minutes=59)):
        assert Client().post(f"/werkplek/uitnodiging/{token}/")["Location"] == KIEZEN
    with op_moment(NU + timedelta(hours=48)):
        assert Client().post(f"/werkplek/uitnodiging/{token}/")["Location"] == "/werkplek/inloggen/"


def test_opening_a_link_changes_nothing_and_logs_nobody_out(mens: Mens):
    """A mail scanner, or somebody who sends a colleague a link of their own."""
    token = uitnodigen.invite(None, make_medewerker("o.boer", "Omar de Boer").pk)
    assert "Als u verder gaat, wordt u uitgelogd" in text(mens.browser.get(f"/werkplek/uitnodiging/{token}/"))
    assert is_in(mens.browser)
    assert Client().get(f"/werkplek/uitnodiging/{token}/").status_code == 200
    assert Client().post(f"/werkplek/uitnodiging/{token}/")["Location"] == KIEZEN


# --- skipping steps ---


@pytest.mark.parametrize("pad", [TWEEDE, KIEZEN, INRICHTEN])
def test_no_step_opens_without_the_one_before(pad: str, mens: Mens):
    velden = {"inlogcode": mens.code(60), "wachtwoord_nieuw": ANDER, "passkey": "{}"}
    for antwoord in (Client().get(pad), Client().post(pad, velden)):
        assert (antwoord.status_code, antwoord["Location"]) == (303, "/werkplek/inloggen/")


def test_a_password_alone_opens_no_page_of_the_werkplek_nor_another_step(mens: Mens):
    browser = Client()
    mens.give_password(browser)
    for pad in ("/werkplek/", ACCOUNT, "/werkplek/account/tweede-stap/", "/werkplek/beheer/", "/mijn/"):
        assert browser.get(pad).status_code == 302, pad
    for pad in (KIEZEN, INRICHTEN):
        mens.give_password(browser)
        assert (
            browser.post(pad, {"wachtwoord_nieuw": ANDER, "inlogcode": "1"})["Location"]
            == "/werkplek/inloggen/"
        )


def test_a_link_alone_does_not_get_past_the_second_factor_that_there_is(mens: Mens):
    """A manager who makes a link for a colleague does not get into their account."""
    browser = Client()
    browser.post(f"/werkplek/uitnodiging/{uitnodigen.invite(None, mens.wie.pk)}/")
    assert browser.post(KIEZEN, {"wachtwoord_nieuw": ANDER})["Location"] == TWEEDE
    assert browser.get(INRICHTEN)["Location"] == "/werkplek/inloggen/"
    assert mens.give_password(Client(), ANDER).status_code == 422, "the password does not count yet"


@pytest.mark.parametrize("wat", ["hersteld", "ingetrokken", "niet actief", "wachtwoord gewijzigd"])
def test_a_half_login_ends_when_the_account_changes(wat: str, mens: Mens):
    browser = Client()
    mens.give_password(browser)
    if wat == "hersteld":
        uitnodigen.reset_second_step(None, mens.wie.pk)
    elif wat == "ingetrokken":
        uitnodigen.withdraw(None, mens.wie.pk)
    elif wat == "niet actief":
        Medewerker.objects.update(is_actief=False)
    else:
        velden = {"wachtwoord_oud": mens.wachtwoord, "wachtwoord_nieuw": ANDER}
        assert mens.browser.post(f"{ACCOUNT}wachtwoord/", velden).status_code == 303
    with op_moment(STRAKS):
        assert mens.give_code(browser)["Location"] == "/werkplek/inloggen/"
        assert not is_in(browser)


def test_starting_anew_ends_everything_at_once(mens: Mens):
    uitnodigen.reset_second_step(None, mens.wie.pk)
    assert not is_in(mens.browser)
    with op_moment(STRAKS):
        assert mens.give_password(Client()).status_code == 422
    assert mens.account.authenticators.count() == 0
    assert mens.account.herstelcodes.count() == 0


@pytest.fixture
def met_groepen(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Groups at the login provider say who there are, and Mila is one of them."""
    monkeypatch.setenv("PROEF_GEHEIM", "geheim-van-de-inlogdienst")
    pad = tmp_path / "middelen.yaml"
    pad.write_text(
        "middelen: [{code: medewerker, soort: medewerker, issuer: 'https://inloggen.test', client_id: eloket, "
        "geheim_variabele: PROEF_GEHEIM, groepen: [{groep: beheer, rechten: [beheren]}]}]"
    )

    def zet_aan() -> None:
        settings.ELOKET = settings.ELOKET.model_copy(update={"middelen_bestand": pad})
        Medewerker.objects.update(rechten_van=RechtenBron.GROEPEN)

    return zet_aan


def test_who_is_managed_by_groups_has_no_way_in_beside_them(mens: Mens, met_groepen: Callable[[], None]):
    """Who leaves a group loses its rights at the next login there; here they would keep them for ever."""
    half = Client()
    mens.give_password(half)
    token = uitnodigen.invite(None, mens.wie.pk)
    met_groepen()
    assert mens.give_password(Client()).status_code == 422
    with op_moment(STRAKS):
        assert mens.give_code(half)["Location"] == "/werkplek/inloggen/"
    assert Client().post(f"/werkplek/uitnodiging/{token}/")["Location"] == "/werkplek/inloggen/"
    with pytest.raises(AccountNietMogelijk):
        uitnodigen.invite(None, mens.wie.pk)


# --- sessions ---


def test_every_step_has_a_new_session_and_the_old_one_is_gone(mens: Mens):
    browser = Client()
    browser.get("/werkplek/berichten/")
    gezien = []
    with op_moment(STRAKS):
        mens.give_password(browser)
        gezien.append(cookie(browser))
        mens.give_password(browser)
        gezien.append(cookie(browser))
        mens.give_code(browser)
        gezien.append(cookie(browser))
        assert len(set(gezien)) == 3
        for oud in gezien[:2]:
            dief = Client()
            dief.cookies[django_settings.SESSION_COOKIE_NAME] = oud
            assert not is_in(dief)
            assert dief.get(TWEEDE).status_code == 303


def test_a_session_that_somebody_planted_is_not_the_one_that_is_logged_in(mens: Mens):
    planter = Client()
    planter.post(f"/werkplek/uitnodiging/{uitnodigen.invite(None, mens.wie.pk)}/")
    slachtoffer = Client()
    slachtoffer.cookies[django_settings.SESSION_COOKIE_NAME] = cookie(planter)
    with op_moment(STRAKS):
        mens.give_password(slachtoffer)
        mens.give_code(slachtoffer)
        assert is_in(slachtoffer)
        assert not is_in(planter)
        assert planter.get(TWEEDE).status_code == 303


def test_a_resident_who_was_logged_in_here_is_not_when_a_civil_servant_begins(mens: Mens):
    browser = Client()
    force_actor(browser, inwoner())
    mens.give_password(browser)
    assert browser.get("/mijn/").status_code == 302
    assert browser.get(TWEEDE).status_code == 200


def test_what_is_half_done_is_encrypted_and_names_nobody(mens: Mens):
    browser = Client()
    browser.post(f"/werkplek/uitnodiging/{uitnodigen.invite(None, mens.wie.pk)}/")
    browser.post(KIEZEN, {"wachtwoord_nieuw": ANDER})
    inhoud = " ".join(Sessie.objects.values_list("inhoud", flat=True))
    assert "argon2" not in inhoud
    assert "jansen" not in inhoud


def test_the_cookie_of_a_known_device_opens_nothing_and_names_nobody(mens: Mens):
    waarde = mens.browser.cookies["eloket_toestel"]
    assert "jansen" not in waarde.value
    assert waarde["httponly"]
    browser = Client()
    browser.cookies["eloket_toestel"] = waarde.value
    assert not is_in(browser)
    assert browser.get(TWEEDE).status_code == 303


# --- who exists ---


def onbekend(mens: Mens, wat: str) -> dict[str, str]:
    if wat == "onbekend":
        return {"inlognaam": "n.iemand", "wachtwoord": "fout wachtwoord"}
    if wat == "niet actief":
        Medewerker.objects.update(is_actief=False)
        return {"inlognaam": "m.jansen", "wachtwoord": mens.wachtwoord}
    if wat == "zonder account":
        make_medewerker("o.boer", "Omar de Boer")
        return {"inlognaam": "o.boer", "wachtwoord": "fout wachtwoord"}
    if wat == "uitgenodigd":
        uitnodigen.invite(None, make_medewerker("o.boer", "Omar de Boer").pk)
        return {
            "inlognaam": "o.boer",
            "wachtwoord": "fout wachtwoord",
        }
    return {"inlognaam": "m.jansen", "wachtwoord": "fout wachtwoord"}


def without_name(antwoord: Any, naam: str) -> str:
    html = antwoord.content.decode().replace(naam, "NAAM")
    return re.sub(r'name="(csrfmiddlewaretoken|partij-merk)" value="[^"]*"', "", html)


@pytest.mark.parametrize("wat", ["onbekend", "niet actief", "zonder account", "uitgenodigd"])
def test_no_text_tells_whether_an_account_exists(wat: str, mens: Mens):
    bekend = Client().post(INLOGGEN, onbekend(mens, "bekend"))
    velden = onbekend(mens, wat)
    ander = Client().post(INLOGGEN, velden)
    assert (ander.status_code, bekend.status_code) == (422, 422)
    assert without_name(ander, velden["inlognaam"]) == without_name(bekend, "m.jansen")
    assert ander.headers.keys() == bekend.headers.keys()
    assert ander.cookies.keys() == bekend.cookies.keys()


@pytest.mark.usefixtures("met_limieten")
def test_no_limit_tells_whether_an_account_exists(mens: Mens):
    for naam, nummer in (("m.jansen", 1), ("n.iemand", 2)):
        antwoorden = [
            Client()
            .post(INLOGGEN, {"inlognaam": naam, "wachtwoord": "fout"}, headers=van(nummer))
            .status_code
            for _ in range(6)
        ]
        assert antwoorden == [422] * 5 + [429]


def cpu(velden: dict[str, str]) -> float:
    """The least of three, in processor time of this thread: the machine does other things too."""
    tijden = []
    for _ in range(3):
        begin = time.thread_time()
        Client().post(INLOGGEN, velden)
        tijden.append(time.thread_time() - begin)
    return min(tijden)


@pytest.mark.parametrize("wat", ["onbekend", "niet actief", "zonder account", "uitgenodigd"])
def test_no_time_tells_whether_an_account_exists(wat: str, mens: Mens):
    """A hash takes some 50 ms: who skips it would be over twice as fast."""
    bekend = cpu(onbekend(mens, "bekend"))
    ander = cpu(onbekend(mens, wat))
    assert 0.6 < ander / bekend < 1.6, (ander, bekend)


def test_who_typed_the_password_in_the_wrong_field_does_not_find_it_in_the_audit_trail(mens: Mens):
    from eloket.audit.models import AuditRegel  # noqa: PLC0415 - only here

    Client().post(INLOGGEN, {"inlognaam": mens.wachtwoord, "wachtwoord": "m.jansen"})
    regel = AuditRegel.objects.filter(actie="sessie.geweigerd").get()
    assert (regel.actor_key, regel.object_ref) == ("", "")
    assert mens.wachtwoord not in str(regel.kenmerken)


# --- what is typed ---


@pytest.mark.usefixtures("met_limieten")
def test_a_page_that_stops_somebody_never_holds_the_password(mens: Mens):
    """The page of a limit gives back what was typed; of a password it does not."""
    for n in range(60):
        Client().post(INLOGGEN, {"inlognaam": f"n{n}", "wachtwoord": ""}, headers=van(9))
    antwoord = mens.give_password(Client(), **van(9))
    assert antwoord.status_code == 429
    assert mens.wachtwoord not in antwoord.content.decode()


def test_a_form_with_a_password_that_came_too_late_is_not_kept(mens: Mens):
    """After 15 minutes the session has ended; other forms are kept until the next login."""
    velden = {"wachtwoord_oud": mens.wachtwoord, "wachtwoord_nieuw": ANDER}
    with op_moment(NU + timedelta(minutes=20)):
        mens.browser.post(f"{ACCOUNT}wachtwoord/", velden)
        assert mens.wachtwoord not in str(dict(mens.browser.session.items()))
        assert ANDER not in str(dict(mens.browser.session.items()))
        mens.give_password()
        assert mens.give_code()["Location"] == f"{ACCOUNT}wachtwoord/"
        assert ANDER not in mens.browser.get(f"{ACCOUNT}wachtwoord/").content.decode()


def test_every_form_asks_for_its_token(mens: Mens):
    """CSRF: also to log somebody in with the account of somebody else."""
    streng = Client(enforce_csrf_checks=True)
    for pad in (INLOGGEN, TWEEDE, KIEZEN, INRICHTEN, "/werkplek/uitnodiging/x/"):
        assert streng.post(pad, {"inlognaam": "m.jansen", "wachtwoord": mens.wachtwoord}).status_code == 403
