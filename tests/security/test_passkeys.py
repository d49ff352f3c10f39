"""Attacks on passkeys: an answer is for one question, one site, one account, and one time."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from eloket.identity.lokaal import uitnodigen
from eloket.identity.lokaal.models import Authenticator
from eloket.kernel.klok import op_moment
from tests.lokaal import INRICHTEN, TWEEDE, Mens, audit, is_in, make_medewerker, text
from tests.passkeys import Passkey, read_options

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 3, 12, 0, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nu() -> Iterator[None]:
    with op_moment(NU):
        yield


def set_up(mens: Mens, passkey: Passkey, **anders: Any) -> Any:
    mens.open_link(uitnodigen.invite(None, mens.wie.pk))
    mens.choose()
    opties = read_options(mens.browser.get(INRICHTEN).content.decode())
    return mens.browser.post(
        INRICHTEN, {"passkey": passkey.register(opties, **anders), "naam": "Mijn sleutel"}
    )


@pytest.fixture
def passkey() -> Passkey:
    return Passkey()


@pytest.fixture
def mens(passkey: Passkey) -> Mens:
    mens = Mens(make_medewerker())
    assert set_up(mens, passkey).status_code == 303
    return mens


def at_second_step(mens: Mens) -> tuple[Client, dict[str, Any]]:
    """A browser after the right password, and what it is asked."""
    browser = Client()
    mens.give_password(browser)
    return browser, read_options(browser.get(TWEEDE).content.decode())


def send(browser: Client, antwoord: str) -> Any:
    return browser.post(TWEEDE, {"passkey": antwoord})


def test_a_passkey_is_a_second_factor(mens: Mens, passkey: Passkey):
    assert is_in(mens.browser)
    assert [(rij.soort, rij.naam) for rij in Authenticator.objects.all()] == [("passkey", "Mijn sleutel")]
    browser, opties = at_second_step(mens)
    assert [een["id"] for een in opties["allowCredentials"]]
    assert send(browser, passkey.sign(opties)).status_code == 303
    assert is_in(browser)
    assert audit()[-1] == ("sessie.ingelogd", "passkey")


def test_only_pages_that_ask_for_a_passkey_may_do_so(mens: Mens):
    browser, _ = at_second_step(mens)
    assert "publickey-credentials-get=(self)" in browser.get(TWEEDE).headers["Permissions-Policy"]
    assert "publickey-credentials-get=()" in browser.get("/").headers["Permissions-Policy"]


VALS: list[tuple[str, Callable[[Passkey, dict[str, Any]], str]]] = [
    ("other origin", lambda p, o: p.sign(o, origin="https://testserver.evil.example")),
    ("same host by http or another port", lambda p, o: p.sign(o, origin="http://testserver:8080")),
    ("other site", lambda p, o: p.sign(o, host="evil.example")),
    ("in a frame of another site", lambda p, o: p.sign(o, kader=True)),
    ("an answer to registering", lambda p, o: p.sign(o, type="webauthn.create")),
    ("nobody touched it", lambda p, o: p.sign(o, vlaggen=0)),
    ("a challenge that we did not ask", lambda p, o: p.sign(o, challenge="A" * 43)),
    ("another key with the same id", lambda p, o: Passkey(id=p.id, teller=p.teller).sign(o)),
    ("a key that we do not know", lambda p, o: Passkey().sign(o)),
    ("no JSON", lambda p, o: "{"),
    ("a list", lambda p, o: "[]"),
    ("nothing in it", lambda p, o: '{"id": "AA", "rawId": "AA", "response": {}}'),
    ("deep JSON", lambda p, o: "[" * 20_000),
    ("a text where bytes should be", lambda p, o: '{"id":1,"rawId":2,"response":{"clientDataJSON":3}}'),
]


@pytest.mark.parametrize(("wat", "vals"), VALS, ids=[wat for wat, _ in VALS])
def test_a_false_answer_logs_nobody_in(wat: str, vals: Callable[..., str], mens: Mens, passkey: Passkey):
    browser, opties = at_second_step(mens)
    antwoord = send(browser, vals(passkey, opties))
    assert antwoord.status_code == 422
    assert "niet goed herkend" in text(antwoord)
    assert not is_in(browser)
    assert audit()[-1][0] == "sessie.geweigerd"


def test_an_answer_works_once_also_when_it_was_wrong(mens: Mens, passkey: Passkey):
    browser, opties = at_second_step(mens)
    send(browser, Passkey().sign(opties))
    assert send(browser, passkey.sign(opties)).status_code == 422, "its question was answered"
    assert not is_in(browser)


def test_an_answer_of_another_session_is_no_answer_here(mens: Mens, passkey: Passkey):
    van_een_ander, opties = at_second_step(mens)
    hier, _ = at_second_step(mens)
    antwoord = passkey.sign(opties)
    assert send(hier, antwoord).status_code == 422
    assert not is_in(hier)
    assert send(van_een_ander, antwoord).status_code == 303


def test_a_passkey_of_a_colleague_opens_only_the_account_of_the_colleague(mens: Mens):
    ander = Mens(make_medewerker("o.boer", "Omar de Boer"))
    hun = Passkey()
    set_up(ander, hun)
    browser, opties = at_second_step(mens)
    assert send(browser, hun.sign(opties)).status_code == 422
    assert not is_in(browser)


@pytest.mark.parametrize("teller", [2, 1, 0])
def test_a_counter_that_does_not_go_up_is_a_copy(teller: int, mens: Mens, passkey: Passkey):
    passkey.teller = 1
    browser, opties = at_second_step(mens)
    send(browser, passkey.sign(opties))  # 2
    browser, opties = at_second_step(mens)
    assert send(browser, passkey.sign(opties, teller=teller)).status_code == 422
    assert not is_in(browser)
    assert audit()[-1] == ("sessie.geweigerd", "teller")


def test_a_passkey_that_never_counts_is_fine():
    mens, passkey = Mens(make_medewerker()), Passkey(teller=0)
    set_up(mens, passkey)
    for _ in range(2):
        browser, opties = at_second_step(mens)
        assert send(browser, passkey.sign(opties, teller=0)).status_code == 303


@pytest.mark.parametrize(
    "anders",
    [
        {"origin": "https://evil.example"},
        {"host": "evil.example"},
        {"challenge": "A" * 43},
        {"kader": True},
        {"vlaggen": 0},
    ],
    ids=str,
)
def test_a_false_answer_sets_nothing_up(anders: dict[str, Any], passkey: Passkey):
    mens = Mens(make_medewerker())
    antwoord = set_up(mens, passkey, **anders)
    assert antwoord.status_code == 422
    assert not Authenticator.objects.exists()
    assert mens.account.wachtwoord == ""


def test_one_passkey_belongs_to_one_account(mens: Mens, passkey: Passkey):
    ander = Mens(make_medewerker("o.boer", "Omar de Boer"))
    antwoord = set_up(ander, passkey)
    assert antwoord.status_code == 422
    assert "al toegevoegd" in text(antwoord)


def test_in_production_the_site_is_what_the_settings_say_and_not_what_the_request_says(
    settings, mens: Mens, passkey: Passkey
):
    """A name that also leads here is not a site to sign for."""
    from eloket.config.omgeving import Omgeving  # noqa: PLC0415 - only here
    from eloket.workbench.inloggen.browser import site_of  # noqa: PLC0415 - the same

    anders = {"omgeving": Omgeving.PRODUCTIE, "base_url": "https://mijn.gemeente.example"}
    settings.ELOKET = settings.ELOKET.model_copy(update=anders)
    site = site_of(Client().get("/").wsgi_request)
    assert site is not None
    assert (site.host, site.origin) == ("mijn.gemeente.example", "https://mijn.gemeente.example")


def test_on_an_address_of_numbers_there_is_no_passkey():
    mens = Mens(make_medewerker())
    mens.browser = Client(SERVER_NAME="127.0.0.1")
    mens.open_link(uitnodigen.invite(None, mens.wie.pk))
    mens.choose()
    html = mens.browser.get(INRICHTEN).content.decode()
    assert "data-passkey" not in html
    assert "QR-code" in html
