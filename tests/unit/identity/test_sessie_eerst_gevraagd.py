"""What the row of a session says holds for who asks it first, before anything else in the request read the session."""

from datetime import timedelta

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from eloket.identity.actor import actor_to_dict
from eloket.identity.bewaard import is_just_ended
from eloket.identity.models import Sessie
from eloket.identity.sessie import ACTOR, SessionStore
from eloket.identity.testing import inwoner
from eloket.identity.vers import MEENEMEN, is_fresh
from tests.unit.identity.klokken import Klok

pytestmark = pytest.mark.django_db


def log_in() -> str:
    sessie = SessionStore()
    sessie[ACTOR] = actor_to_dict(inwoner())
    sessie.save()
    assert sessie.session_key
    return sessie.session_key


def request_with(cookie: str | None, rf: RequestFactory) -> HttpRequest:
    """A request in which nobody read the session yet."""
    request = rf.get("/")
    request.session = SessionStore(cookie)
    return request


def test_who_just_logged_in_is_fresh_also_when_that_is_asked_first(rf: RequestFactory):
    assert is_fresh(request_with(log_in(), rf), MEENEMEN) is True


def test_a_click_makes_no_old_login_fresh(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch):
    tijd = Klok(monkeypatch)
    cookie = log_in()
    tijd.ga_verder(minutes=9)
    SessionStore(cookie).touch()
    tijd.ga_verder(minutes=2)
    request = request_with(cookie, rf)
    assert is_fresh(request, MEENEMEN) is False
    assert request.session[ACTOR]  # still logged in


def test_nobody_is_fresh_without_a_login(rf: RequestFactory):
    """A session without a login begins now too: with a form that is filled in, or a login under way."""
    zonder = SessionStore()
    zonder["a"] = 1
    zonder.save()
    assert is_fresh(request_with(zonder.session_key, rf), MEENEMEN) is False
    assert is_fresh(request_with("bestaat-niet", rf), MEENEMEN) is False
    assert is_fresh(request_with(None, rf), MEENEMEN) is False


def test_a_login_of_a_clock_that_was_ahead_is_not_fresh(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch):
    tijd = Klok(monkeypatch)
    tijd.ga_verder(hours=5)
    cookie = log_in()
    tijd.ga_verder(hours=-5)
    assert is_fresh(request_with(cookie, rf), MEENEMEN) is False


def test_a_session_that_time_ended_says_so_to_who_asks_first(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
):
    tijd = Klok(monkeypatch)
    cookie = log_in()
    tijd.ga_verder(minutes=16)
    assert is_just_ended(request_with(cookie, rf)) is True
    assert is_just_ended(request_with(None, rf)) is False


def test_the_seconds_that_are_left_are_those_of_the_row(monkeypatch: pytest.MonkeyPatch):
    tijd = Klok(monkeypatch)
    cookie = log_in()
    tijd.ga_verder(minutes=10)
    assert SessionStore(cookie).resterend == 5 * 60
    assert SessionStore("bestaat-niet").resterend == 0


def test_staying_renews_the_end_without_the_session_having_been_read(monkeypatch: pytest.MonkeyPatch):
    tijd = Klok(monkeypatch)
    cookie = log_in()
    tijd.ga_verder(minutes=10)
    SessionStore(cookie).touch()
    assert Sessie.objects.get().verloopt == tijd.nu + timedelta(minutes=15)
