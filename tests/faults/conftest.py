"""Installations that the tests of this folder break."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from tests.faults.installatie import Huis


@pytest.fixture(scope="session")
def leeg_huis(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(tmp_path_factory.mktemp("huis"))
    Huis(folder).run("-m", "eloket", "migrate", "--verbosity", "0")
    return folder


@pytest.fixture
def huis(leeg_huis: Path, tmp_path: Path) -> Iterator[Huis]:
    """On a SQLite file of its own."""
    shutil.copytree(leeg_huis, tmp_path / "data")
    huis = Huis(tmp_path / "data")
    yield huis
    huis.end()


@pytest.fixture
def elk_huis(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Huis]:
    """On the database of this round: the PostgreSQL that the tests run on, or else a SQLite file of its own.

    For tests with `django_db(transaction=True)`: it empties that database afterwards.
    """
    if connection.vendor == "postgresql":
        db = connection.settings_dict
        huis = Huis(tmp_path, f"postgresql://{db['USER']}@{quote(db['HOST'], safe='')}/{db['NAME']}")
        yield huis
        huis.end()
    else:
        yield request.getfixturevalue("huis")
