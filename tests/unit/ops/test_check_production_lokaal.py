"""What `eloket check-production` says of local accounts."""

from datetime import timedelta

import pytest

from eloket.identity.lokaal import uitnodigen
from eloket.identity.lokaal.models import LokaalAccount, Uitnodiging
from eloket.identity.testing import medewerker
from eloket.kernel.klok import nu
from eloket.ops.productie.inloggen import check_middelen
from eloket.ops.productie.lokaal import check_lokaal
from eloket.ops.productie.types import Uitkomst
from tests.lokaal import make_account, make_medewerker
from tests.unit.ops.productieomgeving import lines, outcome, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(settings) -> LokaalAccount:
    put(settings, lokale_accounts=True)
    wie = make_medewerker()
    make_account(medewerker(wie.pk, subject=wie.subject))
    return LokaalAccount.objects.get()


def test_without_local_accounts_there_is_one_line(settings):
    put(settings, lokale_accounts=False)
    assert [(code, regel.uitkomst) for code, regel in lines(check_lokaal).items()] == [
        ("lokale-accounts", Uitkomst.OK)
    ]


def test_local_accounts_are_something_to_look_at(account: LokaalAccount):
    assert outcome(check_lokaal, "lokale-accounts") is Uitkomst.LET_OP
    assert "1 werken er" in lines(check_lokaal)["lokale-accounts"].tekst
    assert outcome(check_lokaal, "lokale-accounts-argon2") is Uitkomst.OK
    assert outcome(check_lokaal, "lokale-accounts-tweede-stap") is Uitkomst.OK
    assert "lokale-accounts-links" not in lines(check_lokaal)


def test_an_account_without_a_second_factor_is_wrong(account: LokaalAccount):
    """Only by hand in the database can there be one."""
    account.authenticators.all().delete()
    assert outcome(check_lokaal, "lokale-accounts-tweede-stap") is Uitkomst.FOUT


def test_who_was_only_invited_is_no_account_without_a_second_factor(account: LokaalAccount):
    uitnodigen.invite(None, make_medewerker("o.boer").pk)
    assert outcome(check_lokaal, "lokale-accounts-tweede-stap") is Uitkomst.OK
    assert "1 werken er" in lines(check_lokaal)["lokale-accounts"].tekst
    Uitnodiging.objects.update(verloopt=nu() - timedelta(hours=1))
    assert outcome(check_lokaal, "lokale-accounts-links") is Uitkomst.LET_OP


def test_a_password_that_was_kept_in_another_way_is_wrong(account: LokaalAccount):
    LokaalAccount.objects.update(wachtwoord="pbkdf2_sha256$1000000$zout$hash")
    assert outcome(check_lokaal, "lokale-accounts-argon2") is Uitkomst.FOUT


def test_a_setting_that_keeps_new_passwords_in_another_way_is_wrong(settings, account: LokaalAccount):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    assert outcome(check_lokaal, "lokale-accounts-argon2") is Uitkomst.FOUT


def test_with_local_accounts_civil_servants_need_no_provider(settings):
    put(settings, medewerker_issuer="", lokale_accounts=True)
    assert outcome(check_middelen, "inlogmiddelen") is Uitkomst.OK
    put(settings, medewerker_issuer="", lokale_accounts=False)
    assert outcome(check_middelen, "inlogmiddelen") is Uitkomst.LET_OP
