"""A local account that begins anew takes two people, and its owner reads who they were."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from eloket.audit.models import AuditRegel
from eloket.audit.opruimen import remove_expired
from eloket.identity.lokaal import herstart, uitnodigen
from eloket.identity.lokaal.errors import (
    EigenHerstart,
    GeenTweedePersoon,
    HerstartAlBesloten,
    UitnodigingOngeldig,
)
from eloket.identity.lokaal.models import Herstart, LokaalAccount, Uitnodiging
from eloket.identity.lokaal.queries import count_te_oordelen
from eloket.identity.models import Medewerker
from eloket.identity.testing import force_actor, medewerker
from eloket.identity.types import Actor, Recht
from eloket.kernel.duur import Duur
from eloket.kernel.errors import NietGevonden
from eloket.kernel.klok import nu, op_moment
from tests.lokaal import ACCOUNT, KIEZEN, Mens, is_in, make_medewerker, text
from tests.unit.audit.keten import seal

pytestmark = pytest.mark.django_db
PAGINA = "/werkplek/herstarts/"


def actor_of(subject: str, naam: str, *rechten: Recht) -> Actor:
    wie = make_medewerker(subject, naam, rechten)
    return medewerker(wie.pk, subject=subject, naam=naam, rechten=set(rechten))


def browser_of(actor: Actor) -> Client:
    client = Client()
    force_actor(client, actor)
    return client


@pytest.fixture
def petra() -> Actor:
    """Manages accounts."""
    return actor_of("p.hoek", "Petra van den Hoek", Recht.BEHEREN)


@pytest.fixture
def fenna() -> Actor:
    """Guards privacy."""
    return actor_of("f.gaard", "Fenna Gaard", Recht.INZIEN)


@pytest.fixture
def mens() -> Mens:
    """Works here with a local account."""
    return Mens(make_medewerker()).set_up()


def link(token: str) -> str:
    return f"/werkplek/uitnodiging/{token}/"


def open_with(token: str, code: str = "") -> Any:
    return Client().post(link(token), {"collegacode": code})


def allow(actor: Actor, rij: Herstart | None = None) -> str:
    return herstart.allow(actor, (rij or Herstart.objects.latest("gestart_op")).pk, is_gesproken=True)


def test_who_starts_an_account_anew_cannot_use_the_link(mens: Mens, petra: Actor, fenna: Actor):
    token = uitnodigen.reset_second_step(petra, mens.wie.pk)
    assert "werkt nog niet" in text(Client().get(link(token)))
    antwoord = open_with(token)
    assert antwoord.status_code == 409
    assert "Een tweede collega moet eerst goedkeuren" in text(antwoord)
    code = allow(fenna)
    assert open_with(token).status_code == 422, "the link alone is not enough, also not when it is allowed"
    assert open_with(token, "aaaa-aaaa").status_code == 422
    assert open_with(token, code)["Location"] == KIEZEN


def test_the_colleague_gets_in_with_both_and_reads_who_did_it(mens: Mens, petra: Actor, fenna: Actor):
    token = uitnodigen.reset_second_step(petra, mens.wie.pk)
    code = allow(fenna)
    nieuw = Mens(mens.wie)
    assert nieuw.browser.post(link(token), {"collegacode": f" {code.upper()} "}).status_code == 303
    nieuw.choose()
    nieuw.geheim = nieuw.read_secret()
    assert (
        nieuw.browser.post("/werkplek/uitnodiging/tweede-stap/", {"inlogcode": nieuw.code()}).status_code
        == 303
    )
    for pad in ("/werkplek/", ACCOUNT):
        gelezen = text(nieuw.browser.get(pad))
        assert "Uw lokale account is op" in gelezen
        assert "opnieuw gestart door Petra van den Hoek" in gelezen
        assert "goedgekeurd door Fenna Gaard" in gelezen
        assert "Bel dan meteen uw privacyfunctionaris" in gelezen
    with op_moment(nu() + timedelta(days=15)):
        client = browser_of(medewerker(mens.wie.pk, subject=mens.wie.subject))
        assert "opnieuw gestart" not in text(client.get("/werkplek/"))
        assert "opnieuw gestart door Petra van den Hoek" in text(client.get(ACCOUNT))


@pytest.mark.parametrize("hoe", ["opnieuw", "ingetrokken", "nooit"])
def test_there_is_no_way_around_it(hoe: str, petra: Actor, fenna: Actor):
    """Withdrawing and inviting, or a first local account for who logs in at the provider."""
    wie = make_medewerker()
    if hoe != "nooit":
        Mens(wie).set_up()
    else:
        AuditRegel.objects.create(
            moment=nu(), actor_soort="medewerker", actie="sessie.ingelogd", object_ref="sessie",
            actor_key=medewerker(wie.pk, subject=wie.subject).key,
        )  # fmt: skip
    if hoe == "ingetrokken":
        uitnodigen.withdraw(petra, wie.pk)
    token = (uitnodigen.reset_second_step if hoe == "opnieuw" else uitnodigen.invite)(petra, wie.pk)
    assert open_with(token).status_code == 409
    assert open_with(token, allow(fenna))["Location"] == KIEZEN


def test_what_the_audit_trail_forgot_is_not_forgotten_here(petra: Actor, fenna: Actor):
    """Somebody who was away for longer than the trail is kept, and has no local account any more."""
    wie = make_medewerker()
    Mens(wie).set_up()
    uitnodigen.withdraw(petra, wie.pk)
    later = nu() + timedelta(days=6 * 365)
    with op_moment(later - timedelta(days=5 * 365 + 30)):
        seal()
    with op_moment(later):
        assert remove_expired(Duur.parse("P5Y"), later) > 0
        assert not AuditRegel.objects.filter(actie="sessie.ingelogd").exists()
        token = uitnodigen.invite(petra, wie.pk)
        assert open_with(token).status_code == 409
        assert open_with(token, allow(fenna))["Location"] == KIEZEN


def test_who_is_new_gets_in_with_a_link_alone(petra: Actor):
    """There is nobody yet to be taken for."""
    assert open_with(uitnodigen.invite(petra, make_medewerker().pk))["Location"] == KIEZEN


def test_nobody_judges_what_they_asked_or_what_is_about_themselves(mens: Mens, petra: Actor, fenna: Actor):
    uitnodigen.reset_second_step(petra, mens.wie.pk)
    zelf = medewerker(mens.wie.pk, subject=mens.wie.subject, rechten={Recht.BEHEREN})
    for wie in (petra, zelf):
        with pytest.raises(EigenHerstart):
            allow(wie)
        with pytest.raises(EigenHerstart):
            herstart.refuse(wie, Herstart.objects.get().pk)
        antwoord = browser_of(wie).post(
            PAGINA, {"herstart": str(Herstart.objects.get().pk), "knop": "afkeuren"}
        )
        assert antwoord.status_code == 409
    assert "U vroeg dit zelf" in text(browser_of(petra).get(PAGINA))
    assert allow(fenna)


def test_who_may_allow_it_cannot_ask_for_a_link_of_their_own_and_use_that_approval(mens: Mens, petra: Actor):
    """A second link is a second question: the approval of the first one is over."""
    omar = actor_of("o.boer", "Omar de Boer", Recht.BEHEREN)
    eerste = uitnodigen.reset_second_step(petra, mens.wie.pk)
    code = allow(omar)
    tweede = uitnodigen.invite(omar, mens.wie.pk)
    assert open_with(eerste, code)["Location"] == "/werkplek/inloggen/"
    assert open_with(tweede, code).status_code == 409
    with pytest.raises(EigenHerstart):
        allow(omar)
    assert allow(petra)


def test_what_was_refused_or_withdrawn_half_way_leads_nowhere(mens: Mens, petra: Actor, fenna: Actor):
    token = uitnodigen.reset_second_step(petra, mens.wie.pk)
    herstart.refuse(fenna, Herstart.objects.get().pk)
    assert open_with(token)["Location"] == "/werkplek/inloggen/"
    token = uitnodigen.invite(petra, mens.wie.pk)
    code = allow(fenna)
    half = Mens(mens.wie)
    half.browser.post(link(token), {"collegacode": code})
    half.choose()
    half.geheim = half.read_secret()
    uitnodigen.withdraw(petra, mens.wie.pk)
    half.browser.post("/werkplek/uitnodiging/tweede-stap/", {"inlogcode": half.code()})
    assert not is_in(half.browser)
    assert set(Herstart.objects.values_list("stand", flat=True)) == {"geweigerd", "vervallen"}


def test_a_link_ends_after_five_wrong_codes(mens: Mens, petra: Actor, fenna: Actor):
    token = uitnodigen.reset_second_step(petra, mens.wie.pk)
    code = allow(fenna)
    assert open_with(token, code).status_code == 303, "a right one does not count"
    for _ in range(4):
        assert open_with(token, "bbbb-bbbb").status_code == 422
    for laatste in ("bbbb-bbbb", code):
        assert open_with(token, laatste)["Location"] == "/werkplek/inloggen/"
    assert Client().get(link(token))["Location"] == "/werkplek/inloggen/"
    with pytest.raises(UitnodigingOngeldig):
        herstart.check_code(Uitnodiging.objects.get(), code)


def test_a_link_that_wrong_codes_ended_is_not_said_to_work(mens: Mens, petra: Actor, fenna: Actor):
    beheer = f"/werkplek/beheer/medewerkers/{mens.wie.pk}/account/"
    token = uitnodigen.reset_second_step(petra, mens.wie.pk)
    wachtend = text(browser_of(petra).get(beheer))
    assert "Link werkt nog niet" in wachtend
    assert "Link werkt tot" not in wachtend
    allow(fenna)
    assert "Link werkt tot" in text(browser_of(petra).get(beheer))
    for _ in range(5):
        open_with(token, "bbbb-bbbb")
    assert "Link werkt tot" not in text(browser_of(petra).get(beheer))
    pagina = text(browser_of(fenna).get(PAGINA))
    assert "Vervallen" in pagina
    assert "Mila Jansen Goedgekeurd" not in pagina


def test_who_was_half_way_gets_no_further_when_wrong_codes_end_the_link(
    mens: Mens, petra: Actor, fenna: Actor
):
    token = uitnodigen.reset_second_step(petra, mens.wie.pk)
    half = Mens(mens.wie)
    half.browser.post(link(token), {"collegacode": allow(fenna)})
    half.choose()
    half.geheim = half.read_secret()
    for _ in range(5):
        open_with(token, "bbbb-bbbb")
    half.browser.post("/werkplek/uitnodiging/tweede-stap/", {"inlogcode": half.code()})
    assert not is_in(half.browser)


def test_what_waits_is_counted_for_who_may_judge_it(mens: Mens, petra: Actor, fenna: Actor):
    uitnodigen.reset_second_step(petra, mens.wie.pk)
    zelf = medewerker(mens.wie.pk, subject=mens.wie.subject, rechten={Recht.INZIEN})
    assert [count_te_oordelen(wie) for wie in (fenna, petra, zelf)] == [1, 0, 0]
    with op_moment(nu() + timedelta(hours=49)):
        assert count_te_oordelen(fenna) == 0


def test_the_page_says_of_each_part_what_is_in_it(mens: Mens, petra: Actor, fenna: Actor):
    leeg = text(browser_of(fenna).get(PAGINA))
    assert "Er is niets om te beoordelen." in leeg
    assert "Er zijn geen eerdere aanvragen." in leeg
    assert "één maakt de link, een ander keurt het goed." in leeg
    uitnodigen.reset_second_step(petra, mens.wie.pk)
    een_open = text(browser_of(fenna).get(PAGINA))
    assert "Er is nog geen account opnieuw gestart." not in een_open
    assert "Er zijn geen eerdere aanvragen." in een_open


def test_a_code_belongs_to_one_link(mens: Mens, petra: Actor, fenna: Actor):
    ander = Mens(make_medewerker("o.boer", "Omar de Boer")).set_up()
    tokens = [uitnodigen.reset_second_step(petra, wie.wie.pk) for wie in (mens, ander)]
    codes = [allow(fenna, rij) for rij in Herstart.objects.order_by("gestart_op")]
    assert [open_with(token, code).status_code for token, code in zip(tokens, reversed(codes), strict=True)] == [
        422, 422,
    ]  # fmt: skip


def test_too_old_is_over_and_the_two_days_begin_when_it_is_allowed(mens: Mens, petra: Actor, fenna: Actor):
    token = uitnodigen.reset_second_step(petra, mens.wie.pk)
    with op_moment(nu() + timedelta(hours=47)):
        code = allow(fenna)
    with op_moment(nu() + timedelta(hours=94)):
        assert open_with(token, code)["Location"] == KIEZEN
    uitnodigen.invite(petra, mens.wie.pk)
    with op_moment(nu() + timedelta(hours=49)):
        assert "Vervallen" in text(browser_of(fenna).get(PAGINA))
        with pytest.raises(HerstartAlBesloten):
            allow(fenna)


def test_where_nobody_else_may_allow_it_nothing_changes_and_the_server_does_it(mens: Mens, petra: Actor):
    with pytest.raises(GeenTweedePersoon):
        uitnodigen.reset_second_step(petra, mens.wie.pk)
    assert is_in(mens.browser)
    antwoord = browser_of(petra).post(
        f"/werkplek/beheer/medewerkers/{mens.wie.pk}/account/", {"knop": "opnieuw"}
    )
    assert antwoord.status_code == 409
    assert "eloket uitnodigen --opnieuw" in text(antwoord)
    token = uitnodigen.reset_second_step(None, mens.wie.pk)
    nieuw = Mens(mens.wie).set_up(token)
    assert "opnieuw gestart door de systeembeheerder" in text(nieuw.browser.get(ACCOUNT))


def test_the_page_gives_the_code_once_to_who_spoke_with_the_colleague(mens: Mens, petra: Actor, fenna: Actor):
    token = uitnodigen.reset_second_step(petra, mens.wie.pk)
    browser, rij = browser_of(fenna), Herstart.objects.get()
    assert "1 collega wil een lokaal account opnieuw beginnen" in text(browser.get("/werkplek/"))
    velden = {"herstart": str(rij.pk), "knop": "goedkeuren"}
    antwoord = browser.post(PAGINA, velden)
    assert antwoord.status_code == 422
    assert "Kruis aan dat u deze collega zelf heeft gesproken" in text(antwoord)
    assert browser.post(PAGINA, {**velden, "gesproken": "ja"}).status_code == 303
    pagina = browser.get(PAGINA)
    assert pagina.headers["Cache-Control"] == "no-store"
    gevonden = re.search(
        r'id="collegacode" type="text" readonly value="([a-z2-9]{4}-[a-z2-9]{4})"', pagina.content.decode()
    )
    assert gevonden
    assert gevonden[1] not in browser.get(PAGINA).content.decode()
    assert open_with(token, gevonden[1])["Location"] == KIEZEN
    opnieuw = browser.post(PAGINA, {**velden, "gesproken": "ja"})
    assert (opnieuw.status_code, "al beoordeeld" in text(opnieuw)) == (409, True)
    with pytest.raises(HerstartAlBesloten):
        herstart.refuse(fenna, rij.pk)


def test_who_may_not_judge_sees_no_page(mens: Mens, petra: Actor):
    actor_of("f.gaard", "Fenna Gaard", Recht.INZIEN)
    uitnodigen.reset_second_step(petra, mens.wie.pk)
    gewoon = actor_of("b.kuiper", "Bo Kuiper", Recht.BEHANDELEN, Recht.VERDELEN, Recht.VERNIETIGEN)
    browser = browser_of(gewoon)
    assert browser.get(PAGINA).status_code == 404
    velden = {"herstart": str(Herstart.objects.get().pk), "knop": "afkeuren"}
    assert browser.post(PAGINA, velden).status_code == 404
    with pytest.raises(NietGevonden):
        herstart.allow(gewoon, Herstart.objects.get().pk, is_gesproken=True)
    assert browser_of(petra).post(PAGINA, {"herstart": str(uuid4()), "knop": "afkeuren"}).status_code == 404
    assert browser_of(petra).post(PAGINA, {"herstart": "x", "knop": "afkeuren"}).status_code == 404
    assert Herstart.objects.get().stand == "gevraagd"


def test_each_step_is_in_the_trail_with_who_did_it(mens: Mens, petra: Actor, fenna: Actor):
    uitnodigen.reset_second_step(petra, mens.wie.pk)
    code = allow(fenna)
    regels = AuditRegel.objects.filter(actie__in=["account.hersteld", "account.toegestaan"]).order_by("pk")
    assert [(een.actie, een.actor_key) for een in regels] == [
        ("account.hersteld", petra.key), ("account.toegestaan", fenna.key),
    ]  # fmt: skip
    assert not AuditRegel.objects.filter(kenmerken__icontains=code).exists()
    assert code not in str(Uitnodiging.objects.values().get())


def test_without_local_accounts_there_is_no_page(settings, petra: Actor):
    settings.ELOKET = settings.ELOKET.model_copy(update={"lokale_accounts": False})
    browser = browser_of(petra)
    assert browser.get(PAGINA).status_code == 404
    assert "Opnieuw gestarte accounts" not in text(browser.get("/werkplek/"))
    assert not LokaalAccount.objects.exists()
    assert Medewerker.objects.exists()
