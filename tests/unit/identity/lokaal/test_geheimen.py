"""What stands in the database of an account: secrets of apps encrypted and rotated, the rest as hashes."""

from datetime import UTC, datetime

import pyotp
import pytest
from django.db import connection

from eloket.identity.lokaal import herstelcodes, totp, tweedestap
from eloket.identity.lokaal.errors import CodeOnjuist
from eloket.identity.lokaal.models import Authenticator, Herstelcode, LokaalAccount
from eloket.identity.testing import medewerker
from eloket.kernel import klok
from eloket.kernel.crypto import vault
from eloket.kernel.herversleutelen import list_tabellen, rewrite
from tests.lokaal import make_account, make_medewerker

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 3, 12, 0, 5, tzinfo=UTC)


@pytest.fixture
def account() -> LokaalAccount:
    wie = make_medewerker()
    make_account(medewerker(wie.pk, subject=wie.subject))
    return LokaalAccount.objects.get()


def raw() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT geheim FROM lokaal_authenticator ORDER BY id")
        return [rij[0] for rij in cursor.fetchall()]


def test_the_secret_of_an_app_is_encrypted(account: LokaalAccount):
    geheim = Authenticator.objects.order_by("pk")[0].geheim
    assert geheim not in raw()[0]
    assert vault().decrypt(raw()[0]) == geheim


def test_a_new_secret_of_the_municipality_takes_the_apps_along(settings, account: LokaalAccount):
    geheim = Authenticator.objects.order_by("pk")[0].geheim
    tabel = next(een for een in list_tabellen() if een.naam == "lokaal_authenticator")
    oud = settings.ELOKET.secrets
    settings.ELOKET = settings.ELOKET.model_copy(update={"secrets": ("nieuw" * 8, *oud)})
    assert rewrite(tabel).gedaan == 2
    settings.ELOKET = settings.ELOKET.model_copy(update={"secrets": ("nieuw" * 8,)})
    with klok.op_moment(NU):
        assert tweedestap.use_code(account, pyotp.TOTP(geheim).at(NU)) == "app"


def test_recovery_codes_are_ten_hashes_that_belong_to_one_account(account: LokaalAccount):
    codes = herstelcodes.replace_codes(account)
    assert len(set(codes)) == 10
    rijen = Herstelcode.objects.values_list("hash", flat=True)
    assert all(len(rij) == 64 for rij in rijen)
    assert not any(code.replace("-", "") in "".join(rijen) for code in codes)
    wie = make_medewerker("o.boer")
    ander = LokaalAccount.objects.create(medewerker=wie, inlognaam="o.boer")
    assert not herstelcodes.spend(ander, codes[0])
    assert herstelcodes.spend(account, codes[0])
    assert not herstelcodes.spend(account, codes[0])


@pytest.mark.parametrize("vals", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "12 34 5a", "-12345", "0x1234"])
def test_what_is_no_code_of_six_digits_is_never_right(vals: str, account: LokaalAccount):
    with pytest.raises(CodeOnjuist):
        tweedestap.use_code(account, vals)


def test_of_two_apps_each_counts_its_own_codes(account: LokaalAccount):
    eerste, tweede = account.authenticators.order_by("pk")
    with klok.op_moment(NU):
        assert tweedestap.use_code(account, pyotp.TOTP(eerste.geheim).at(NU)) == "app"
        assert tweedestap.use_code(account, pyotp.TOTP(tweede.geheim).at(NU)) == "app"
        with pytest.raises(CodeOnjuist):
            tweedestap.use_code(account, pyotp.TOTP(eerste.geheim).at(NU))


def test_the_known_answers_of_the_standard_are_ours():
    """RFC 6238, appendix B (SHA-1), the last six digits."""
    geheim = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for moment, code in (
        (59, "287082"),
        (1111111109, "081804"),
        (1234567890, "005924"),
        (20000000000, "353130"),
    ):
        now = datetime.fromtimestamp(moment, tz=UTC)
        assert totp.find_step(geheim, code, now) == moment // 30
