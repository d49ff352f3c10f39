"""Zaaktypen to make a zaak of, and two who manage forms: what one makes, the other publishes."""

from collections.abc import Iterator

import pytest

from eloket.identity.types import Actor
from eloket.loket import versies
from eloket.sources.register.bron import RegisterBron
from tests.web.formulierbeheer.formulier import manager


@pytest.fixture(autouse=True)
def _inrichting(db: None) -> Iterator[None]:
    RegisterBron().import_zaaktypen()
    versies._definitie.cache_clear()
    yield
    versies._definitie.cache_clear()


@pytest.fixture
def anna() -> Actor:
    return manager("anna", "Anna Smit")


@pytest.fixture
def bram() -> Actor:
    return manager("bram", "Bram Kok")
