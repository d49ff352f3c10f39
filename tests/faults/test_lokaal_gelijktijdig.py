"""Local accounts when two things happen at the same moment, on a database with real concurrency."""

import threading
from collections import Counter
from collections.abc import Callable

import pyotp
import pytest
from django.db import connection, transaction
from django.test import Client

from eloket.identity.lokaal import account as eigen
from eloket.identity.lokaal import grenzen, herstart, herstelcodes, tweedestap, uitnodigen
from eloket.identity.lokaal.errors import (
    CodeOnjuist,
    CollegacodeOnjuist,
    HerstartAlBesloten,
    LaatsteAuthenticator,
    TeVaakGeprobeerd,
    UitnodigingOngeldig,
)
from eloket.identity.lokaal.grenzen import Plek
from eloket.identity.lokaal.models import Authenticator, Herstart, LokaalAccount, Uitnodiging
from eloket.identity.models import Sessie
from eloket.identity.testing import medewerker
from eloket.identity.types import Actor, Recht
from eloket.kernel import klok
from tests.lokaal import INRICHTEN, Mens, is_in, make_account, make_medewerker

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def together(*werk: Callable[[], object]) -> Counter[str]:
    """What came of each, when they begin at once: the name of its error, or "goed"."""
    klaar = threading.Barrier(len(werk))
    uitkomsten: Counter[str] = Counter()

    def run(doe: Callable[[], object]) -> None:
        try:
            klaar.wait(30)
            doe()
            uitkomsten["goed"] += 1
        except Exception as fout:  # noqa: BLE001 - told by the test
            uitkomsten[type(fout).__name__] += 1
        finally:
            connection.close()

    draden = [threading.Thread(target=run, args=(een,)) for een in werk]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    return uitkomsten


@pytest.fixture
def wie() -> Actor:
    rij = make_medewerker()
    actor = medewerker(rij.pk, subject=rij.subject)
    make_account(actor)
    return actor


def test_of_eight_with_the_same_code_one_gets_in(wie: Actor):
    account = LokaalAccount.objects.get()
    code = pyotp.TOTP(account.authenticators.order_by("pk")[0].geheim).at(klok.nu())

    def use() -> None:
        with transaction.atomic():
            tweedestap.use_code(LokaalAccount.objects.get(), code)

    assert together(*[use] * 8) == {"goed": 1, CodeOnjuist.__name__: 7}


def test_of_eight_with_the_same_recovery_code_one_gets_in(wie: Actor):
    [code, *_] = herstelcodes.replace_codes(LokaalAccount.objects.get())

    def use() -> None:
        with transaction.atomic():
            tweedestap.use_code(LokaalAccount.objects.get(), code)

    assert together(*[use] * 8) == {"goed": 1, CodeOnjuist.__name__: 7}
    assert LokaalAccount.objects.get().herstelcodes.count() == herstelcodes.AANTAL - 1


def test_two_windows_never_take_away_the_last_two(wie: Actor):
    een, twee = Authenticator.objects.order_by("pk").values_list("pk", flat=True)
    uitkomst = together(lambda: eigen.remove(wie, een), lambda: eigen.remove(wie, twee))
    assert uitkomst == {"goed": 1, LaatsteAuthenticator.__name__: 1}
    assert Authenticator.objects.count() == 1


def test_of_forty_guesses_at_once_five_are_judged(settings, wie: Actor):
    settings.ELOKET = settings.ELOKET.model_copy(update={"limieten": True})

    def guess() -> None:
        grenzen.count_password("m.jansen", Plek("203.0.113.9"))

    assert together(*[guess] * 40) == {"goed": 5, TeVaakGeprobeerd.__name__: 35}


def test_of_two_browsers_with_the_same_link_one_gets_an_account():
    rij = make_medewerker()
    token = uitnodigen.invite(None, rij.pk)
    mensen = [Mens(rij, browser=Client()) for _ in range(2)]
    for mens in mensen:
        mens.open_link(token)
        mens.choose()
        mens.geheim = mens.read_secret()

    def finish(mens: Mens) -> Callable[[], object]:
        return lambda: mens.browser.post(INRICHTEN, {"inlogcode": mens.code()})

    assert together(*map(finish, mensen)) == {"goed": 2}
    assert sorted(is_in(mens.browser) for mens in mensen) == [False, True]
    assert Authenticator.objects.count() == 1


@pytest.mark.parametrize("poging", range(3))
def test_a_login_and_starting_anew_at_once_leave_no_session(poging: int, wie: Actor):
    """Whoever is first: the login finds no account any more, or its session is ended."""
    account = LokaalAccount.objects.select_related("medewerker").get()
    mens = Mens(account.medewerker, geheim=account.authenticators.order_by("pk")[0].geheim)
    mens.give_password()
    assert together(mens.give_code, lambda: uitnodigen.reset_second_step(None, mens.wie.pk)) == {"goed": 2}
    assert not is_in(mens.browser)
    assert not Sessie.objects.filter(actor_key=wie.key).exists()


def test_of_two_who_allow_that_an_account_begins_anew_one_gets_a_code(wie: Actor):
    rijen = [make_medewerker(f"b.{nummer}", rechten=(Recht.BEHEREN,)) for nummer in range(3)]
    petra, *keurders = [medewerker(rij.pk, subject=rij.subject, rechten={Recht.BEHEREN}) for rij in rijen]
    uitnodigen.reset_second_step(petra, wie.medewerker_id or 0)
    herstart_id = Herstart.objects.get().pk

    def allow(keurder: Actor) -> Callable[[], object]:
        return lambda: herstart.allow(keurder, herstart_id, is_gesproken=True)

    assert together(*map(allow, keurders)) == {"goed": 1, HerstartAlBesloten.__name__: 1}


def test_of_sixteen_codes_at_once_five_are_judged(wie: Actor):
    rijen = [make_medewerker(f"b.{nummer}", rechten=(Recht.BEHEREN,)) for nummer in range(2)]
    petra, keurder = [medewerker(rij.pk, subject=rij.subject, rechten={Recht.BEHEREN}) for rij in rijen]
    link = uitnodigen.open_link(uitnodigen.reset_second_step(petra, wie.medewerker_id or 0))
    herstart.allow(keurder, Herstart.objects.get().pk, is_gesproken=True)
    link = Uitnodiging.objects.select_related("herstart").get(pk=link.pk)
    uitkomst = together(*[lambda: herstart.check_code(link, "aaaa-aaaa")] * 16)
    assert uitkomst == {CollegacodeOnjuist.__name__: 5, UitnodigingOngeldig.__name__: 11}
