"""Thirty requests at once, on a real database file (SQLite) or on PostgreSQL: one zaak."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from uuid import uuid4

import pytest
from django.db import connections

from eloket.documenten import voorbeelden
from eloket.documenten.models import Document
from eloket.documenten.upload import bied_aan
from eloket.kernel.klok import nu
from eloket.loket.access import get_concept_for
from eloket.loket.bewijzen import add_bewijzen
from eloket.loket.errors import ConceptGewijzigd, ConceptVerstuurd
from eloket.loket.models import Concept, Meting
from eloket.loket.versies import load_meegeleverd
from eloket.sources.register.bron import RegisterBron
from eloket.sources.register.models import Zaak
from tests.huis import inwoner
from tests.unit.loket.melding import GOED, begin, fill, save, send

T = TypeVar("T")
AANTAL = 30


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


@pytest.fixture
def ingericht(transactional_db: None) -> None:
    RegisterBron().import_zaaktypen()
    load_meegeleverd()


@pytest.mark.usefixtures("ingericht")
def test_thirty_times_begin_and_thirty_times_send_make_one_zaak():
    sleutel = uuid4().hex
    concepten = in_draden(lambda _: begin(inwoner(), sleutel=sleutel), AANTAL)
    assert len({concept.id for concept in concepten}) == 1
    foto = {"foto": (bied_aan("lamp.jpg", [voorbeelden.jpg()]),)}
    concept = save(inwoner(), concepten[0], GOED, bestanden=foto).formulier.concept

    nummers = in_draden(lambda _: send(inwoner(), concept).concept.zaaknummer, AANTAL)
    assert len(set(nummers)) == 1
    assert nummers[0]
    assert [soort.objects.count() for soort in (Zaak, Concept, Document)] == [1, 1, 1]
    assert dict(Meting.objects.values_list("wat", "aantal")) == {
        "gestart": 1,
        "stap": 1,
        "verstuurd": 1,
        "duur": 1,
    }


@pytest.mark.usefixtures("ingericht")
def test_a_window_that_changes_it_and_one_that_sends_it_never_send_what_was_not_reviewed():
    concept = fill(inwoner())

    def doe(nummer: int) -> str:
        anders = GOED | {"plaats": [f"Plein {nummer}"]}
        try:
            if nummer % 2:
                send(inwoner(), concept)
                return "verstuurd"
            bewaard = save(inwoner(), concept, anders, venster=f"v{nummer}", gezien="oud")
        except (ConceptGewijzigd, ConceptVerstuurd):
            return "geweigerd"
        return "achter" if bewaard.is_achter else "gewijzigd"

    uitkomsten = in_draden(doe, 10)
    onderwerpen = list(Zaak.objects.values_list("omschrijving", flat=True))
    assert onderwerpen == ["Melding openbare ruimte: Een lamp is kapot Lindelaan 12"]
    assert "verstuurd" in uitkomsten
    assert "gewijzigd" not in uitkomsten, "of another window"


@pytest.mark.usefixtures("ingericht")
def test_thirty_windows_that_save_the_same_step_keep_one_text_as_a_whole():
    concept = begin(inwoner())

    def doe(nummer: int) -> bool:
        anders = {"plaats": [f"Plein {nummer}"], "omschrijving": [f"Verhaal {nummer}"], "soort": ["weg"]}
        return save(inwoner(), concept, anders, venster=f"v{nummer}", gezien="leeg").is_achter

    achter = in_draden(doe, AANTAL)
    assert achter.count(False) == 1
    invoer = get_concept_for(inwoner(), concept.id).invoer
    assert invoer["plaats"][0].removeprefix("Plein ") == invoer["omschrijving"][0].removeprefix("Verhaal ")


@pytest.mark.usefixtures("ingericht")
def test_two_workers_put_the_pdf_in_the_zaak_once():
    send(inwoner())
    assert sum(in_draden(lambda _: add_bewijzen(nu()), 6)) == 1
    assert Document.objects.count() == 1
