"""Codes of a second factor, guessed for a day by who has the password: from many addresses, a few at a time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from eloket.identity.lokaal.grenzen import PER_ACCOUNT_CODES
from eloket.kernel.klok import op_moment
from tests.lokaal import Mens, is_in, make_medewerker

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 3, 12, 0, 5, tzinfo=UTC)
VENSTER = timedelta(minutes=10)
PER_VENSTER = 15  # below the limit of the account in ten minutes


@pytest.fixture(autouse=True)
def _met_limieten(settings) -> Iterator[None]:
    anders = {"limieten": True, "behind_proxy": True, "proxies": 1}
    settings.ELOKET = settings.ELOKET.model_copy(update=anders)
    with op_moment(NU):
        yield


def van(nummer: int) -> dict[str, Any]:
    return {"x-forwarded-for": f"203.0.113.{nummer}"}


def guess(mens: Mens, aantal: int, begin: int) -> list[int]:
    """So many wrong codes, three by each half login, each half login from an address of its own."""
    antwoorden = []
    for keer in range(aantal // 3):
        browser, adres = Client(), van(begin + keer)
        assert mens.give_password(browser, **adres).status_code == 303
        antwoorden += [mens.give_code(browser, f"{3 * keer + n:06}", **adres).status_code for n in range(3)]
    return antwoorden


def test_who_guesses_slowly_and_from_everywhere_comes_to_the_limit_of_a_day():
    mens = Mens(make_medewerker()).set_up()
    mens.browser.post("/uitloggen/")
    for ronde in range(PER_ACCOUNT_CODES.keren // PER_VENSTER):
        with op_moment(NU + VENSTER * (ronde + 1)):
            assert guess(mens, PER_VENSTER, 10 + 5 * ronde) == [422] * PER_VENSTER
    with op_moment(NU + timedelta(hours=6)):
        vreemd = Client()
        mens.give_password(vreemd, **van(200))
        assert mens.give_code(vreemd, **van(200)).status_code == 429, "also with the right one"
        assert not is_in(vreemd)
        mens.give_password()
        assert mens.give_code().status_code == 303, "the browser of the person is counted by itself"
    with op_moment(NU + timedelta(days=1)):
        anders = Client()
        mens.give_password(anders, **van(201))
        assert mens.give_code(anders, **van(201)).status_code == 303
