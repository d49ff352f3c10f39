"""A session that is ended while a request of it is under way: it never comes back, under whatever id."""

from collections.abc import Callable, Iterator
from typing import ClassVar

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest
from django.test import Client

from eloket.identity.access import medewerker_key
from eloket.identity.actor import actor_to_dict
from eloket.identity.beheer import save_medewerker
from eloket.identity.lokaal import halverwege
from eloket.identity.lokaal.halverwege import Halverwege, Stap
from eloket.identity.lokaal.wachtwoord import Argon2
from eloket.identity.models import Sessie
from eloket.identity.sessie import ACTOR, SessionStore, logout_elsewhere, logout_everywhere
from eloket.identity.testing import inwoner
from eloket.identity.types import Recht
from tests.lokaal import ACCOUNT, ANDER, Mens, is_in, make_medewerker, text

pytestmark = pytest.mark.django_db
WACHTWOORD = f"{ACCOUNT}wachtwoord/"
LIJST = "/werkplek/beheer/medewerkers/"


class Onderbroken(Argon2):
    """While it makes a hash, which takes long, something else happens."""

    meanwhile: ClassVar[Callable[[], object]] = staticmethod(lambda: None)

    def encode(self, password: str, salt: str) -> str:
        type(self).meanwhile()
        return super().encode(password, salt)


@pytest.fixture
def mens() -> Mens:
    """A functional manager; there is another one."""
    make_medewerker("p.visser", "Petra Visser", (Recht.BEHEREN,))
    return Mens(make_medewerker(rechten=(Recht.BEHANDELEN, Recht.BEHEREN))).set_up()


@pytest.fixture
def hasher(settings) -> Iterator[type[Onderbroken]]:
    settings.PASSWORD_HASHERS = [f"{__name__}.{Onderbroken.__name__}"]
    yield Onderbroken
    Onderbroken.meanwhile = staticmethod(lambda: None)


def save(mens: Mens, *, rechten: tuple[Recht, ...] = (), is_actief: bool = True) -> None:
    wie = mens.wie
    save_medewerker(
        subject=wie.subject, naam=wie.naam, functie="", afdelingen=[], rechten=rechten, is_actief=is_actief
    )


def change(mens: Mens):
    velden = {"wachtwoord_oud": mens.wachtwoord, "wachtwoord_nieuw": ANDER}
    return mens.browser.post(WACHTWOORD, velden)


@pytest.mark.parametrize("hoe", ["rechten", "elders"])
def test_who_is_logged_out_while_they_change_their_password_stays_out(
    mens: Mens, hasher: type[Onderbroken], hoe: str
):
    assert mens.browser.get(LIJST).status_code == 200
    oud, cookie = mens.account.wachtwoord, mens.browser.cookies[settings.SESSION_COOKIE_NAME].value
    hasher.meanwhile = staticmethod(
        (lambda: save(mens)) if hoe == "rechten" else (lambda: logout_everywhere(medewerker_key("m.jansen")))
    )
    antwoord = change(mens)
    assert (antwoord.status_code, antwoord["Location"]) == (
        303,
        "/werkplek/inloggen/?terug=%2Fwerkplek%2Faccount%2Fwachtwoord%2F",
    )
    assert not Sessie.objects.exclude(actor_key="").exists()
    assert "Daarom is er niets gewijzigd. Log opnieuw in." in text(mens.browser.get(antwoord["Location"]))
    assert mens.account.wachtwoord == oud
    for waarde in (mens.browser.cookies[settings.SESSION_COOKIE_NAME].value, cookie):
        browser = Client()
        browser.cookies[settings.SESSION_COOKIE_NAME] = waarde
        assert not is_in(browser)
        assert browser.get(LIJST).status_code == 302


def test_nor_does_who_is_shut_out(mens: Mens, hasher: type[Onderbroken]):
    oud = mens.account.wachtwoord
    hasher.meanwhile = staticmethod(lambda: save(mens, is_actief=False))
    assert change(mens).status_code == 404
    assert not is_in(mens.browser)
    assert mens.account.wachtwoord == oud


def make_session() -> SessionStore:
    sessie = SessionStore()
    sessie[ACTOR] = actor_to_dict(inwoner())
    sessie.save()
    gelezen = SessionStore(sessie.session_key)
    assert gelezen[ACTOR]
    return gelezen


@pytest.mark.parametrize(
    "einde", [logout_everywhere, lambda key: logout_elsewhere(key, SessionStore("x" * 43))]
)
def test_a_session_that_was_ended_gets_no_new_id(einde: Callable[[str], int]):
    sessie = make_session()
    assert einde(inwoner().key) == 1
    with pytest.raises(UpdateError):
        sessie.cycle_key()
    with pytest.raises(UpdateError):
        sessie.save()
    assert not Sessie.objects.exists()


def test_a_new_id_is_of_the_same_session_and_the_old_one_opens_nothing():
    sessie = make_session()
    oud, begin = sessie.session_key, sessie.begin
    sessie["iets"] = 1
    sessie.cycle_key()
    assert sessie.modified
    sessie.save()
    nieuw = SessionStore(sessie.session_key)
    assert (nieuw["iets"], nieuw.begin) == (1, begin)
    assert ACTOR not in SessionStore(oud)
    assert Sessie.objects.count() == 1


def test_a_step_of_logging_in_goes_on_in_a_session_of_its_own_when_the_one_before_was_ended():
    """Ended elsewhere, or taken by the other click of a double click."""
    request = HttpRequest()
    request.session = SessionStore()
    request.session["kladje"] = "van voor"
    request.session.save()
    request.session = SessionStore(request.session.session_key)
    assert request.session["kladje"]
    Sessie.objects.all().delete()
    halverwege.begin(request, Halverwege(1, 0, Stap.CODE))
    request.session.save()
    [stand] = SessionStore(request.session.session_key).keys()
    assert stand == "lokaal"
