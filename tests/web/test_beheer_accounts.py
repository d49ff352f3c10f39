"""Beheer: inviting a member for a local account, starting it anew, withdrawing it; and the same on the server."""

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from eloket.identity.lokaal import uitnodigen
from eloket.identity.lokaal.errors import AccountNietMogelijk, EigenAccount, InlognaamBezet
from eloket.identity.lokaal.models import Authenticator, LokaalAccount
from eloket.identity.models import Medewerker
from eloket.identity.testing import force_actor, medewerker
from eloket.identity.types import Actor, Recht
from eloket.kernel.errors import NietGevonden
from tests.lokaal import Mens, audit, is_in, make_medewerker, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def petra() -> Actor:
    """A functional manager."""
    wie = make_medewerker("p.hoek", "Petra van den Hoek", (Recht.BEHEREN,))
    return medewerker(wie.pk, subject=wie.subject, naam=wie.naam, rechten={Recht.BEHEREN})


@pytest.fixture
def browser(petra: Actor) -> Client:
    client = Client()
    force_actor(client, petra)
    return client


def page(wie: Medewerker) -> str:
    return f"/werkplek/beheer/medewerkers/{wie.pk}/account/"


def link_on(antwoord: Any) -> str:
    gevonden = re.search(
        r'value="http://testserver(/werkplek/uitnodiging/[^"]+/)"', antwoord.content.decode()
    )
    return gevonden.group(1) if gevonden else ""


def test_a_manager_makes_a_link_that_can_be_read_once(browser: Client):
    wie = make_medewerker()
    assert page(wie) in browser.get(f"/werkplek/beheer/medewerkers/{wie.pk}/").content.decode()
    assert "nog geen lokaal account" in text(browser.get(page(wie)))
    assert browser.post(page(wie), {"knop": "uitnodigen"}).status_code == 303
    pagina = browser.get(page(wie))
    pad = link_on(pagina)
    assert pad
    assert pagina.headers["Cache-Control"] == "no-store"
    assert not link_on(browser.get(page(wie)))
    assert Client().get(pad).status_code == 200
    assert "uitgenodigd voor een lokaal account" in text(browser.get("/werkplek/beheer/wijzigingen/"))


def test_a_link_for_one_is_not_shown_at_another(browser: Client):
    wie, ander = make_medewerker(), make_medewerker("o.boer", "Omar de Boer")
    browser.post(page(wie), {"knop": "uitnodigen"})
    assert not link_on(browser.get(page(ander)))


def test_a_second_link_makes_the_first_one_useless(browser: Client):
    wie = make_medewerker()
    paden = []
    for _ in range(2):
        browser.post(page(wie), {"knop": "uitnodigen"})
        paden.append(link_on(browser.get(page(wie))))
    assert Client().get(paden[0]).status_code == 303
    assert Client().get(paden[1]).status_code == 200


def test_starting_anew_ends_the_second_step_of_somebody_else(browser: Client):
    mens = Mens(make_medewerker()).set_up()
    make_medewerker("f.gaard", "Fenna Gaard", (Recht.INZIEN,))
    assert browser.post(page(mens.wie), {"knop": "opnieuw"}).status_code == 303
    pagina = browser.get(page(mens.wie))
    pad = link_on(pagina)
    assert "De link werkt nog niet" in text(pagina)
    assert "Dit kan: Fenna Gaard" in text(pagina)
    assert not is_in(mens.browser)
    assert not Authenticator.objects.exists()
    assert Client().post(pad).status_code == 409, "somebody else must allow it (test_herstart.py)"
    assert [wat for wat, _ in audit("account.")] == [
        "account.uitgenodigd", "account.ingericht", "account.hersteld",
    ]  # fmt: skip


def test_the_page_names_who_may_approve_whoever_looks(browser: Client):
    """All but who asked and whom it is about: also who looks, when that is another manager."""
    mens = Mens(make_medewerker()).set_up()
    ander = make_medewerker("o.boer", "Omar de Boer", (Recht.BEHEREN,))
    browser.post(page(mens.wie), {"knop": "opnieuw"})
    tweede = Client()
    force_actor(tweede, medewerker(ander.pk, subject=ander.subject, rechten={Recht.BEHEREN}))
    for wie in (browser, tweede):
        assert "Dit kan: Omar de Boer ." in text(wie.get(page(mens.wie)))
    Medewerker.objects.filter(pk=ander.pk).update(is_actief=False)
    leeg = text(browser.get(page(mens.wie)))
    assert "Er is nu niemand anders die dit kan goedkeuren." in leeg
    assert "Dit kan:" not in leeg


def test_nobody_starts_their_own_account_anew(petra: Actor, browser: Client):
    wie = Medewerker.objects.get(subject="p.hoek")
    assert "Dit is uw eigen account" in text(browser.get(page(wie)))
    for knop in ("uitnodigen", "opnieuw", "intrekken"):
        antwoord = browser.post(page(wie), {"knop": knop})
        assert antwoord.status_code == 409
        assert "Vraag een andere beheerder" in text(antwoord)
    for doe in (uitnodigen.invite, uitnodigen.reset_second_step, uitnodigen.withdraw):
        with pytest.raises(EigenAccount):
            doe(petra, wie.pk)


def test_withdrawing_ends_account_link_and_sessions_and_twice_is_fine(browser: Client):
    mens = Mens(make_medewerker()).set_up()
    for _ in range(2):
        assert browser.post(page(mens.wie), {"knop": "intrekken"}).status_code == 303
    assert not is_in(mens.browser)
    assert not LokaalAccount.objects.exists()
    assert Medewerker.objects.filter(pk=mens.wie.pk, is_actief=True).exists()


def test_only_a_manager_gets_here():
    wie = make_medewerker()
    gewoon = medewerker(wie.pk, subject=wie.subject, rechten={Recht.BEHANDELEN, Recht.VERDELEN, Recht.INZIEN})
    client = Client()
    force_actor(client, gewoon)
    ander = make_medewerker("o.boer", "Omar de Boer")
    assert client.get(page(ander)).status_code == 404
    assert client.post(page(ander), {"knop": "opnieuw"}).status_code == 404
    for doe in (uitnodigen.invite, uitnodigen.reset_second_step, uitnodigen.withdraw):
        with pytest.raises(NietGevonden):
            doe(gewoon, ander.pk)


def test_who_may_not_log_in_gets_no_link(browser: Client):
    wie = make_medewerker()
    Medewerker.objects.filter(pk=wie.pk).update(is_actief=False)
    assert "kan geen lokaal account krijgen" in text(browser.get(page(wie)))
    assert browser.post(page(wie), {"knop": "uitnodigen"}).status_code == 409
    with pytest.raises(AccountNietMogelijk):
        uitnodigen.invite(None, wie.pk)


def test_two_login_names_that_differ_in_capitals_are_told_apart_before_it_goes_wrong():
    uitnodigen.invite(None, make_medewerker("m.jansen").pk)
    with pytest.raises(InlognaamBezet):
        uitnodigen.invite(None, make_medewerker("M.Jansen").pk)


def test_who_does_not_exist_gets_no_link(browser: Client):
    assert browser.get("/werkplek/beheer/medewerkers/999/account/").status_code == 404
    assert browser.post("/werkplek/beheer/medewerkers/x/account/", {"knop": "opnieuw"}).status_code == 404
    with pytest.raises(NietGevonden):
        uitnodigen.invite(None, 999)


def test_without_the_setting_there_is_no_page_and_no_link(settings, browser: Client):
    settings.ELOKET = settings.ELOKET.model_copy(update={"lokale_accounts": False})
    wie = make_medewerker()
    assert browser.get(page(wie)).status_code == 404
    assert page(wie) not in browser.get(f"/werkplek/beheer/medewerkers/{wie.pk}/").content.decode()
    with pytest.raises(CommandError, match="ELOKET_LOKALE_ACCOUNTS"):
        call_command("uitnodigen", wie.subject)


def test_the_first_manager_gets_in_by_two_commands_on_the_server():
    call_command("medewerker", "p.hoek", "Petra van den Hoek", "--recht", "beheren", stdout=StringIO())
    uit = StringIO()
    call_command("uitnodigen", "p.hoek", stdout=uit)
    token = uit.getvalue().strip().rstrip("/").rpartition("/")[2]
    petra = Mens(Medewerker.objects.get(subject="p.hoek")).set_up(token)
    assert petra.browser.get("/werkplek/beheer/").status_code == 200


def test_a_manager_who_lost_everything_starts_anew_on_the_server():
    petra = Mens(make_medewerker("p.hoek", "Petra van den Hoek", (Recht.BEHEREN,))).set_up()
    uit = StringIO()
    call_command("uitnodigen", "p.hoek", "--opnieuw", stdout=uit)
    assert not is_in(petra.browser)
    assert not Authenticator.objects.exists()
    assert uit.getvalue().startswith("http://testserver/werkplek/uitnodiging/")


def test_the_command_says_who_is_not_there():
    with pytest.raises(CommandError, match="is er niet"):
        call_command("uitnodigen", "n.iemand")
