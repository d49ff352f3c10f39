"""Every source of addresses keeps the text of loket.ports.AdresBron.

A new implementation is one more line in BRONNEN; each knows Lindelaan 12, 1234 AB Voorbeeld, and no odd number there.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from eloket.kernel.errors import BronOnbereikbaar
from eloket.loket.ports import Adres, AdresBron
from eloket.loket.testing import FakeAdresBron
from eloket.ops.demo.personas import adressen_bestand
from eloket.sources.adressen.embedded import EmbeddedAdresBron


def _away() -> AdresBron:
    fake = FakeAdresBron()
    fake.is_onbereikbaar = True
    return fake


BRONNEN: dict[str, Callable[[], AdresBron]] = {
    "fake": FakeAdresBron,
    "embedded": lambda: EmbeddedAdresBron(adressen_bestand()),
}
WEG: dict[str, Callable[[], AdresBron]] = {
    "fake": _away,
    "embedded": lambda: EmbeddedAdresBron(Path("/bestaat/niet.yaml")),
}


@pytest.fixture(params=sorted(BRONNEN))
def bron(request) -> AdresBron:
    return BRONNEN[request.param]()


def test_a_known_address_has_a_street_and_a_town(bron: AdresBron):
    assert bron.find_adres("1234AB", "12") == Adres(straat="Lindelaan", woonplaats="Voorbeeld")


@pytest.mark.parametrize(("postcode", "nummer"), [("1234AB", "13"), ("1234AB", "99999"), ("9999ZZ", "12")])
def test_an_address_that_does_not_exist_is_none(bron: AdresBron, postcode: str, nummer: str):
    assert bron.find_adres(postcode, nummer) is None


@pytest.mark.parametrize("naam", sorted(WEG))
def test_a_source_that_is_away_says_so_and_is_never_taken_for_an_unknown_address(naam: str):
    with pytest.raises(BronOnbereikbaar):
        WEG[naam]().find_adres("1234AB", "12")
