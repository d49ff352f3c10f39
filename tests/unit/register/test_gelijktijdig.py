"""Thirty at once: one zaak per sleutel, a number of its own for each zaak, one winner per versie.

On SQLite with the settings of production (a file, WAL, IMMEDIATE), and on PostgreSQL.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection, transaction

from eloket.identity.types import Partij
from eloket.sources.register.bron import RegisterBron
from eloket.zaken.errors import ZaakGewijzigd
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import ZaakFilter

pytestmark = pytest.mark.django_db(transaction=True)
MOMENT = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
JEROEN = Partij.inwoner("999990019")
AANTAL = 30
T = TypeVar("T")


@pytest.fixture
def bron() -> RegisterBron:
    register = RegisterBron()
    register.import_zaaktypen()
    return register


def all_at_once(doe: Callable[[int], T]) -> list[T]:
    """Run it in thirty threads that start together; each has its own connection."""
    hek = Barrier(AANTAL)

    def run(nummer: int) -> T:
        try:
            connection.ensure_connection()
            hek.wait(timeout=30)
            with transaction.atomic():
                return doe(nummer)
        finally:
            connection.close()

    with ThreadPoolExecutor(AANTAL) as draden:
        return list(draden.map(run, range(AANTAL)))


def test_one_sleutel_is_one_zaak(bron: RegisterBron) -> None:
    opdracht = nieuwe_zaak(JEROEN, sleutel="formulier-1")
    uitkomsten = all_at_once(lambda _: bron.start_zaak(opdracht, MOMENT))
    assert len({zaak.ref for zaak, _ in uitkomsten}) == 1
    assert sum(is_nieuw for _, is_nieuw in uitkomsten) == 1
    assert bron.list_zaken(JEROEN, ZaakFilter()).aantal == 1
    assert uitkomsten[0][0].identificatie == "Z-2026-000001"


def test_each_zaak_gets_its_own_number(bron: RegisterBron) -> None:
    zaken = all_at_once(lambda nummer: bron.start_zaak(nieuwe_zaak(JEROEN, sleutel=str(nummer)), MOMENT)[0])
    verwacht = {f"Z-2026-{nummer:06d}" for nummer in range(1, AANTAL + 1)}
    assert {zaak.identificatie for zaak in zaken} == verwacht


def test_one_handler_wins(bron: RegisterBron) -> None:
    zaak, _ = bron.start_zaak(nieuwe_zaak(JEROEN), MOMENT)

    def zet(_: int) -> bool:
        try:
            bron.set_status(zaak.ref.id, volgnummer=2, toelichting="", moment=MOMENT, versie=zaak.versie)
        except ZaakGewijzigd:
            return False
        return True

    assert sum(all_at_once(zet)) == 1
    nu = bron.get_zaak(zaak.ref.id)
    assert (nu.stap, nu.versie, len(nu.statussen)) == (2, 2, 2)
