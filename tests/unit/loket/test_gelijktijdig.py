"""Thirty requests at once, on a real database file (SQLite) or on PostgreSQL: one zaak."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import pytest
from django.db import connection, connections

from eloket.documenten import voorbeelden
from eloket.documenten.models import Document
from eloket.documenten.upload import bied_aan
from eloket.loket import service
from eloket.loket.errors import ConceptGewijzigd, ConceptVerstuurd
from eloket.loket.melding import Melding
from eloket.loket.models import Concept
from eloket.sources.register.bron import RegisterBron
from eloket.sources.register.models import Zaak
from tests.huis import inwoner

T = TypeVar("T")
AANTAL = 30
LAMP = Melding("lamp", "Lindelaan 12", "De lamp doet het niet.")
PRODUCT = "melding-openbare-ruimte"


@pytest.fixture
def gedeelde_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """New threads open a database that they really share: SQLite's in-memory one of the tests knows no file locks."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    pad = tmp_path / "gelijktijdig.sqlite3"
    with closing(sqlite3.connect(pad)) as bestand:
        assert connection.connection is not None
        connection.connection.backup(bestand)
    instellingen = connections.settings["default"]
    vorige = instellingen["NAME"]
    instellingen["NAME"] = str(pad)
    try:
        yield
    finally:
        instellingen["NAME"] = vorige


def in_draden(werk: Callable[[int], T], aantal: int) -> list[T]:
    """Run `werk` this many times at the same moment, each in a thread with a connection of its own."""
    start = threading.Barrier(aantal)

    def een(nummer: int) -> T:
        try:
            start.wait(30)
            return werk(nummer)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(aantal) as draden:
        return list(draden.map(een, range(aantal)))


def alleen(werk: Callable[[], T]) -> T:
    return in_draden(lambda _: werk(), 1)[0]


@pytest.mark.usefixtures("gedeelde_database")
def test_dertig_keer_tegelijk_versturen_maakt_een_zaak():
    alleen(lambda: RegisterBron().import_zaaktypen())
    sleutel = uuid4().hex
    concepten = in_draden(
        lambda _: service.save_concept(inwoner(), product=PRODUCT, melding=LAMP, sleutel=sleutel), AANTAL
    )
    assert len({concept.id for concept in concepten}) == 1

    def verstuur(_: int) -> str:
        foto = bied_aan("lamp.jpg", [voorbeelden.jpg()])
        uitkomst = service.submit_melding(inwoner(), concepten[0].id, revisie=1, bestanden=(foto,))
        assert uitkomst.geweigerd == ()
        return uitkomst.concept.zaaknummer

    nummers = in_draden(verstuur, AANTAL)
    assert len(set(nummers)) == 1
    assert nummers[0]
    assert alleen(lambda: (Zaak.objects.count(), Concept.objects.count(), Document.objects.count())) == (
        1,
        1,
        1,
    )


@pytest.mark.usefixtures("gedeelde_database")
def test_wijzigen_en_versturen_tegelijk_verstuurt_nooit_iets_dat_niet_is_gecontroleerd():
    alleen(lambda: RegisterBron().import_zaaktypen())
    concept = alleen(
        lambda: service.save_concept(inwoner(), product=PRODUCT, melding=LAMP, sleutel=uuid4().hex)
    )

    def doe(nummer: int) -> str:
        try:
            if nummer % 2:
                service.submit_melding(inwoner(), concept.id, revisie=1)
                return "verstuurd"
            anders = Melding("afval", f"Plein {nummer}", "Zak op straat")
            service.update_concept(inwoner(), concept.id, melding=anders, revisie=1)
        except (ConceptGewijzigd, ConceptVerstuurd):
            return "geweigerd"
        return "gewijzigd"

    uitkomsten = in_draden(doe, 10)
    omschrijvingen = alleen(lambda: list(Zaak.objects.values_list("omschrijving", flat=True)))
    if "verstuurd" in uitkomsten:
        assert omschrijvingen == [LAMP.onderwerp]
        assert "gewijzigd" not in uitkomsten
    else:
        assert omschrijvingen == []
        assert uitkomsten.count("gewijzigd") == 1
