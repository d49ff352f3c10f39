"""The zaaktypen and forms that come with the product, for the tests that ask for them."""

import pytest

from eloket.loket.versies import load_meegeleverd
from eloket.sources.register.bron import RegisterBron


@pytest.fixture
def loket(db: None) -> None:
    RegisterBron().import_zaaktypen()
    load_meegeleverd()
