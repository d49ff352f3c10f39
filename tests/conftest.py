"""Shared by all tests. The make targets set ELOKET_OMGEVING=test; the rest of the environment is ignored."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.template import engines

from eloket.beschikbaarheid import balk
from eloket.documenten import service as documenten
from eloket.identity.simulatie import personas
from eloket.loket import versies
from eloket.profile import service as profile
from eloket.profile.bron import personen_bron
from eloket.zaken import bronnen
from tests import bewaking

# How long something takes is measured in bench/: a busy machine is no failing property.
hypothesis.settings.register_profile(
    "eloket", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("eloket")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The name of a test must be the same in every process, or they refuse to run beside each other.
    if vluchtig := [item.nodeid for item in items if " at 0x" in item.nodeid]:
        raise pytest.UsageError(f"names with an address of memory in them: {vluchtig[:3]}")
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    op_sqlite = pytest.mark.skip(reason="deze test is voor PostgreSQL")
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(op_sqlite)


@pytest.fixture(scope="session", autouse=True)
def _product_is_loaded() -> None:
    """What is made once in a process is made of the settings of the run, not of the first test that changes them."""
    engines.all()
    import_module(settings.ROOT_URLCONF)


@pytest.fixture(scope="session", autouse=True)
def _files_of_this_run() -> Iterator[None]:
    """The folder of this test process (config.omgeving), gone afterwards."""
    yield
    shutil.rmtree(settings.ELOKET.data_dir, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _proof_can_be_flushed() -> Iterator[None]:
    """After a test that commits, Django empties every table: of the append-only ones without their guards."""
    soort = type(connection.ops)
    flush = soort.execute_sql_flush

    def execute_sql_flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        off, on = bewaking.off_and_on()
        flush(self, [*off, *sql_list, *on])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(soort, "execute_sql_flush", execute_sql_flush)
        yield


@contextmanager
def _adapters_put_back() -> Iterator[None]:
    zaken, documenten_bron = bronnen.alle(), documenten.configured_bron()
    personen, mensen = personen_bron(), tuple(personas._personas.values())
    yield
    bronnen.configure(*zaken)
    documenten.configure(documenten_bron)
    profile.configure(personen)
    personas.configure(mensen)


@pytest.fixture(scope="module", autouse=True)
def _adapters_of_the_module() -> Iterator[None]:
    """As below, of what a fixture for all tests of a file puts behind a port: that comes before those of one test."""
    with _adapters_put_back():
        yield


@pytest.fixture(autouse=True)
def _adapters_of_the_product() -> Iterator[None]:
    """A test that puts something else behind a port leaves it as it was, whatever the order of the tests."""
    balk.keep((), seconden=3600)  # so that a page asks nothing of the database for the bar on it
    with _adapters_put_back():
        yield
    cache.clear()
    versies._definitie.cache_clear()  # a version never changes, but for the next test it is another one
