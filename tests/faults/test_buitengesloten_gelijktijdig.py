"""Somebody shuts a civil servant out, and at that moment they log in or change their account: they end up outside.

On a database with real concurrency. Who shuts out is first, and has not committed when the other begins.
"""

import threading
from collections.abc import Callable

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection, transaction
from django.http import HttpRequest

from eloket.identity.actor import actor_to_dict, maybe_actor
from eloket.identity.beheer import save_medewerker
from eloket.identity.errors import AccountOnbekend
from eloket.identity.lokaal import account as eigen
from eloket.identity.lokaal.grenzen import Plek
from eloket.identity.middel import make_middel
from eloket.identity.models import Medewerker, Sessie
from eloket.identity.niveaus import MiddelSoort
from eloket.identity.service import log_in_with
from eloket.identity.sessie import ACTOR, SessionStore, logout_everywhere
from eloket.identity.testing import medewerker
from eloket.identity.types import Actor, Recht
from eloket.kernel.errors import NietGevonden
from tests.lokaal import ANDER, WACHTWOORD, make_account, make_medewerker

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PLEK = Plek("203.0.113.9")
ZONDER_GROEPEN = make_middel(
    "medewerker", MiddelSoort.MEDEWERKER, issuer="https://x.example", client_id="a", client_secret="b"
)


def before_commit(eerst: Callable[[], object], dan: Callable[[], object]) -> object:
    """What came of `dan`, which began when `eerst` was done and not yet committed: its answer or its error."""
    uitkomst: list[object] = []

    def run() -> None:
        try:
            uitkomst.append(dan())
        except Exception as fout:  # noqa: BLE001 - told by the test
            uitkomst.append(fout)
        finally:
            connection.close()

    draad = threading.Thread(target=run)
    with transaction.atomic():
        eerst()
        draad.start()
        draad.join(1)  # it waits for us, or is done: either way we go on
    draad.join(60)
    return uitkomst[0]


def save(*, rechten: tuple[Recht, ...] = (), is_actief: bool = True) -> None:
    save_medewerker(
        subject="m.jansen",
        naam="Mila Jansen",
        functie="",
        afdelingen=[],
        rechten=rechten,
        is_actief=is_actief,
    )


def shut_out(doe: Callable[[], object]) -> object:
    return before_commit(lambda: save(is_actief=False), doe)


@pytest.fixture
def wie() -> Actor:
    """With a local account and one session; there is a functional manager beside them."""
    make_medewerker("p.visser", "Petra Visser", (Recht.BEHEREN,))
    rij = make_medewerker()
    actor = medewerker(rij.pk, subject=rij.subject)
    make_account(actor)
    return actor


def session_of(actor: Actor) -> SessionStore:
    """A session of theirs, as a request reads it."""
    sessie = SessionStore()
    sessie[ACTOR] = actor_to_dict(actor)
    sessie.save()
    gelezen = SessionStore(sessie.session_key)
    assert gelezen[ACTOR]
    return gelezen


def log_in() -> Actor | None:
    """As back from the login provider, which knows them still."""
    request = HttpRequest()
    request.session = SessionStore()
    log_in_with(request, ZONDER_GROEPEN, {"sub": "m.jansen"}, terug=None, aanmelding=None)
    return maybe_actor(request)


def test_who_is_shut_out_while_they_log_in_does_not_get_in(wie: Actor):
    assert isinstance(shut_out(log_in), AccountOnbekend)
    assert not Sessie.objects.exists()


def test_who_loses_a_right_while_they_log_in_comes_in_without_it(wie: Actor):
    Medewerker.objects.filter(subject="m.jansen").update(rechten=["behandelen", "beheren"])
    actor = before_commit(lambda: save(rechten=(Recht.BEHANDELEN,)), log_in)
    assert isinstance(actor, Actor)
    assert actor.rechten == {Recht.BEHANDELEN}


def test_who_has_just_logged_in_is_shut_out_with_the_rest(wie: Actor):
    Medewerker.objects.update(is_ooit_ingelogd=True)
    before_commit(log_in, lambda: save(is_actief=False))
    assert not Medewerker.objects.get(subject="m.jansen").is_actief
    assert not Sessie.objects.exists()


def test_no_recovery_codes_for_who_is_shut_out_meanwhile(wie: Actor):
    assert isinstance(shut_out(lambda: eigen.new_codes(wie)), NietGevonden)


def test_no_new_password_and_no_session_for_who_is_shut_out_meanwhile(wie: Actor):
    sessie = session_of(wie)

    def change() -> None:
        eigen.change_password(wie, sessie, oud=WACHTWOORD, nieuw=ANDER, plek=PLEK)

    assert isinstance(shut_out(change), NietGevonden)
    assert not Sessie.objects.filter(actor_key=wie.key).exists()
    assert not Medewerker.objects.get(subject="m.jansen").is_actief


def test_who_logs_out_everywhere_ends_the_session_that_gets_a_new_id_at_that_moment(wie: Actor):
    sessie = session_of(wie)
    assert before_commit(sessie.cycle_key, lambda: logout_everywhere(wie.key)) == 1
    assert not Sessie.objects.filter(actor_key=wie.key).exists()


def test_nor_does_a_session_get_one_that_is_ended_at_that_moment(wie: Actor):
    sessie = session_of(wie)
    assert isinstance(before_commit(lambda: logout_everywhere(wie.key), sessie.cycle_key), UpdateError)
    assert not Sessie.objects.filter(actor_key=wie.key).exists()
