"""Two requests in one session at once: what each of them kept or used up is so afterwards, whoever writes last."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest

from eloket.identity import pogingen
from eloket.identity.actor import actor_to_dict, anonymous_actor, begin_anonymous
from eloket.identity.bewaard import get_lasting, keep_lasting
from eloket.identity.errors import LoginMislukt
from eloket.identity.flash import add_flash, take_flashes
from eloket.identity.lokaal import halverwege
from eloket.identity.lokaal.halverwege import Halverwege, Stap
from eloket.identity.middelen import list_middelen
from eloket.identity.models import Sessie
from eloket.identity.samenloop import INVOER, VOORTZETTING, merge
from eloket.identity.sessie import ACTOR, SessionStore, logout_everywhere, renew_inhoud
from eloket.identity.testing import inwoner, onderneming

pytestmark = pytest.mark.django_db
VELD = {"velden": {"a": ["x"]}, "bestanden": False, "te_lang": False}


@pytest.fixture
def sleutel() -> str:
    """Of a session of somebody who is logged in."""
    sessie = SessionStore()
    sessie[ACTOR] = actor_to_dict(inwoner())
    sessie.save()
    return sessie.session_key or ""


def request_in(sleutel: str) -> HttpRequest:
    """A request that has read its session, as every one has before its body is read."""
    request = HttpRequest()
    request.method = "POST"
    request.session = SessionStore(sleutel)
    assert ACTOR in request.session
    return request


def write(sleutel: str, doe: Callable[[HttpRequest], object]) -> None:
    request = request_in(sleutel)
    doe(request)
    request.session.save()


def together(sleutel: str, traag: Callable[[HttpRequest], object], snel: Callable[[HttpRequest], object]):
    """The slow one reads first and writes last. Returns a request that comes after both."""
    request = request_in(sleutel)
    write(sleutel, snel)
    traag(request)
    request.session.save()
    return request_in(sleutel)


def test_what_two_tabs_keep_under_one_name_stands_beside_each_other(sleutel: str):
    write(sleutel, lambda r: keep_lasting(r, "balie", {"a": {"stap": 2}}))
    na = together(
        sleutel,
        lambda r: keep_lasting(r, "balie", {**get_lasting(r, "balie"), "a": {"stap": 3}}),
        lambda r: keep_lasting(r, "balie", {**get_lasting(r, "balie"), "b": {"stap": 1}}),
    )
    assert get_lasting(na, "balie") == {"a": {"stap": 3}, "b": {"stap": 1}}


def test_a_slow_request_sees_after_it_wrote_what_the_other_kept(sleutel: str):
    request = request_in(sleutel)
    write(sleutel, lambda r: keep_lasting(r, "balie", {"b": {}}))
    keep_lasting(request, "balie", {"a": {}})
    request.session.save()
    assert get_lasting(request, "balie") == {"a": {}, "b": {}}
    keep_lasting(request, "balie", {"c": {}})
    request.session.save()
    assert get_lasting(request_in(sleutel), "balie") == {"c": {}}


def test_one_visitor_who_begins_a_form_in_two_tabs_at_once_is_one_visitor(sleutel: str):
    wie = []
    na = together(sleutel, lambda r: wie.append(begin_anonymous(r)), lambda r: wie.append(begin_anonymous(r)))
    assert wie[0] == wie[1] == anonymous_actor(na)


def test_the_visitor_of_another_tab_stays(sleutel: str):
    wie = []
    na = together(sleutel, lambda r: add_flash(r, "ok", "a"), lambda r: wie.append(begin_anonymous(r)))
    assert anonymous_actor(na) == wie[0]


def test_messages_of_two_tabs_are_all_read_and_each_once(sleutel: str):
    write(sleutel, lambda r: add_flash(r, "ok", "eerst"))
    gelezen: list[str] = []

    def read(request: HttpRequest) -> None:
        gelezen.extend(een.tekst for een in take_flashes(request))

    na = together(sleutel, read, lambda r: add_flash(r, "warning", "uw bestand is geweigerd"))
    assert [een.tekst for een in take_flashes(na)] == ["uw bestand is geweigerd"]
    na = together(sleutel, lambda r: add_flash(r, "ok", "b"), read)
    assert gelezen == ["eerst", "uw bestand is geweigerd"]
    assert [een.tekst for een in take_flashes(na)] == ["b"]
    na.session.save()
    assert not take_flashes(request_in(sleutel))


def test_a_login_that_was_used_does_not_come_back_with_one_that_begins(sleutel: str):
    middel = list_middelen()[0]

    def begin(merk: str) -> Callable[[HttpRequest], object]:
        return lambda r: pogingen.keep(r, "oidc", merk, middel=middel, terug=None, velden={})

    write(sleutel, begin("eerste"))
    na = together(sleutel, begin("tweede"), lambda r: pogingen.take(r, "oidc", "eerste"))
    with pytest.raises(LoginMislukt):
        pogingen.take(na, "oidc", "eerste")
    assert pogingen.take(na, "oidc", "tweede").middel == middel


def test_a_login_with_an_account_that_was_stopped_does_not_go_on(sleutel: str):
    stand = Halverwege(account=1, versie=1, stap=next(iter(Stap)), tot=1e12)
    write(sleutel, lambda r: halverwege.keep(r, stand))
    na = together(sleutel, lambda r: halverwege.keep(r, stand), halverwege.stop)
    assert halverwege.find(na) is None


def test_text_that_its_page_fetched_stays_fetched_and_the_rest_stays(sleutel: str):
    def keep(pad: str) -> Callable[[HttpRequest], object]:
        return lambda r: r.session.update({INVOER: {**r.session.get(INVOER, {}), pad: VELD}})

    write(sleutel, keep("/a/"))
    na = together(sleutel, keep("/b/"), lambda r: r.session.pop(INVOER))
    assert na.session[INVOER] == {"/b/": VELD}


def test_what_waits_for_one_person_never_becomes_part_of_what_waits_for_another():
    def wacht(wie: str, pad: str) -> dict[str, object]:
        return {VOORTZETTING: {"wie": wie, "pad": pad, "invoer": {pad: VELD}, "blijft": {}, "tot": 1}}

    assert merge({}, wacht("ik", "/a/"), wacht("u", "/b/")) == wacht("ik", "/a/")
    assert merge(wacht("u", "/b/"), wacht("ik", "/a/"), wacht("ik", "/c/"))[VOORTZETTING]["invoer"] == {
        "/a/": VELD,
        "/c/": VELD,
    }
    assert merge(wacht("ik", "/a/"), {}, wacht("u", "/b/")) == {}


def test_a_session_that_was_ended_or_is_of_somebody_else_takes_nothing_over(sleutel: str):
    ander = request_in(sleutel)
    keep_lasting(ander, "balie", {"geheim": {}})
    write(sleutel, lambda r: r.session.update({ACTOR: actor_to_dict(onderneming())}))
    with pytest.raises(UpdateError):
        ander.session.save()
    assert not get_lasting(request_in(sleutel), "balie")
    weg = request_in(sleutel)
    keep_lasting(weg, "balie", {"geheim": {}})
    assert logout_everywhere(onderneming().key) == 1
    with pytest.raises(UpdateError):
        weg.session.save()
    assert not Sessie.objects.exists()


def test_a_new_id_takes_what_another_tab_kept_along(sleutel: str):
    request = request_in(sleutel)
    write(sleutel, lambda r: keep_lasting(r, "balie", {"b": {}}))
    request.session.cycle_key()
    keep_lasting(request, "balie", {"a": {}})
    request.session.save()
    assert get_lasting(request_in(request.session.session_key or ""), "balie") == {"a": {}, "b": {}}
    assert ACTOR not in SessionStore(sleutel)


def test_contents_under_a_new_secret_are_the_same_contents(sleutel: str, settings):
    settings.ELOKET = settings.ELOKET.model_copy(update={"secrets": ("n" * 40, *settings.ELOKET.secrets)})
    request = request_in(sleutel)
    rij = Sessie.objects.get()
    Sessie.objects.update(inhoud=renew_inhoud(rij.inhoud))
    keep_lasting(request, "balie", {"a": {}})
    request.session.save()
    assert get_lasting(request_in(sleutel), "balie") == {"a": {}}


def test_it_reads_again_only_when_another_wrote(sleutel: str, django_assert_num_queries):
    request = request_in(sleutel)
    keep_lasting(request, "balie", {"a": {}})
    with django_assert_num_queries(1):
        request.session.save()
    add_flash(request, "ok", "a")
    with django_assert_num_queries(1):
        request.session.save()
    write(sleutel, lambda r: add_flash(r, "ok", "b"))
    add_flash(request, "ok", "c")
    with django_assert_num_queries(3):
        request.session.save()
