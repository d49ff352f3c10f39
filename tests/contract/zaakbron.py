"""What the contract suites of a source of zaken share."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper

from eloket.identity.models import Medewerker
from eloket.identity.types import Partij
from eloket.sources.register.bron import RegisterBron
from eloket.zaken.ports import ZaakBron
from eloket.zaken.testing import FakeZaakBron, nieuwe_zaak
from eloket.zaken.types import (
    Zaak,
)

MOMENT = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
JEROEN = Partij.inwoner("999990019")
FATIMA = Partij.inwoner("999990020")
BEDRIJF = Partij.onderneming("69599084")
FILIAAL = Partij.onderneming("69599084", "000012345678")
PARKEREN = "parkeren-en-mobiliteit"
RUIMTE = "beheer-openbare-ruimte"


@pytest.fixture(params=["register", "fake"])
def bron(request: pytest.FixtureRequest, db: None) -> ZaakBron:
    Medewerker.objects.create(pk=7, subject="mila", naam="Mila Jansen")
    if request.param == "fake":
        return FakeZaakBron(medewerkers={7: "Mila Jansen"})
    register = RegisterBron()
    register.import_zaaktypen()
    return register


_execute = CursorWrapper.execute


def _execute_weg(cursor: CursorWrapper, sql: str, params: Any = None) -> object:
    """Only savepoints still work: they belong to the test's own transaction, which must survive."""
    if "SAVEPOINT" in sql:
        return _execute(cursor, sql, params)
    raise OperationalError("weg")


@contextmanager
def onbereikbaar(bron: ZaakBron) -> Iterator[None]:
    """The source stops answering."""
    if isinstance(bron, FakeZaakBron):
        bron.faalt = True
        yield
        bron.faalt = False
    else:
        with patch("django.db.backends.utils.CursorWrapper.execute", _execute_weg):
            yield


def start(bron: ZaakBron, partij: Partij = JEROEN, dagen: int = 0, **velden: str) -> Zaak:
    return bron.start_zaak(nieuwe_zaak(partij, **velden), MOMENT + timedelta(days=dagen))[0]  # type: ignore[arg-type]


def zet(bron: ZaakBron, zaak: Zaak, volgnummer: int, *, toelichting: str = "", dagen: int = 1) -> Zaak:
    return bron.set_status(
        zaak.ref.id,
        volgnummer=volgnummer,
        toelichting=toelichting,
        moment=MOMENT + timedelta(days=dagen),
        versie=zaak.versie,
    )


def sluit(bron: ZaakBron, zaak: Zaak) -> Zaak:
    return zet(bron, zaak, len(zaak.statustypen))
