"""A verdict of the scanner beside a move or a link of the same document, for real: two connections."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from eloket.documenten import opslag, queries, service
from eloket.documenten.bron import EmbeddedDocumentBron
from eloket.documenten.events import DocumentBesmet
from eloket.documenten.types import Beoordeling, Controle, DocumentInzage, Herkomst, Klaar
from eloket.documenten.upload import bied_aan
from eloket.kernel import events
from eloket.kernel.klok import nu
from tests.faults.scanner import Scanner, find_something

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def klaar(settings: Settings, tmp_path: Path) -> Iterator[Klaar]:
    """Taken in while the scanner was away; it is back, and finds something."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}},
    }
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "tmp"
    service.configure(EmbeddedDocumentBron())
    service.configure_scanner(Scanner())
    yield service.prepare((bied_aan("a.txt", [b"tekst"]),), zaak_ref="", moment=nu()).goed[0]
    service.configure_scanner(None)


@pytest.fixture
def gehoord(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """(zaak, document) of which was told that it is unsafe."""
    gehoord: list[tuple[str, str]] = []
    monkeypatch.setitem(
        events._subscribers,
        DocumentBesmet,
        [lambda event: gehoord.append((event.zaak_ref, event.document_id))],
    )
    return gehoord


def _koppel(klaar: Klaar, zaak_ref: str = "register-1") -> DocumentInzage:
    return service.add_document(
        zaak_ref=zaak_ref,
        bestand=klaar,
        herkomst=Herkomst.AANVRAGER,
        auteur_key="k",
        auteur_naam="n",
        moment=nu(),
    )


def _naast(werk: Callable[[], object]) -> threading.Thread:
    """Start `werk` on a connection of its own, and give it time to run into the lock."""

    def _werk() -> None:
        try:
            werk()
        finally:
            connection.close()

    draad = threading.Thread(target=_werk)
    draad.start()
    draad.join(0.5)
    return draad


def test_a_document_that_is_being_moved_is_told_in_its_new_zaak(
    klaar: Klaar, gehoord: list[tuple[str, str]]
) -> None:
    document = _koppel(klaar)
    find_something()
    with transaction.atomic():
        service.move_document(document.id, van="register-1", naar="register-2")
        draad = _naast(lambda: service.scan_wachtend(nu()))
        assert gehoord == []
    draad.join()
    assert gehoord == [("register-2", document.id)]
    assert queries.get_document(document.id).controle is Controle.BESMET
    assert not opslag.exists(klaar.sha256)


def test_a_document_that_is_being_linked_is_told_too(klaar: Klaar, gehoord: list[tuple[str, str]]) -> None:
    eerste = _koppel(klaar)
    find_something()
    with transaction.atomic():
        tweede = _koppel(klaar, "register-2")
        draad = _naast(lambda: service.scan_wachtend(nu()))
    draad.join()
    assert sorted(gehoord) == sorted([("register-1", eerste.id), ("register-2", tweede.id)])


def test_a_document_that_is_linked_during_the_verdict_is_told_once(
    klaar: Klaar, gehoord: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    eerste = _koppel(klaar)
    find_something()
    draden: list[threading.Thread] = []

    def koppel_ernaast(_: object) -> None:
        draden.append(_naast(lambda: _koppel(klaar, "register-2")))

    vertel = events._subscribers[DocumentBesmet][0]

    def eenmaal(event: object) -> None:
        if not draden:
            koppel_ernaast(event)
        vertel(event)  # type: ignore[arg-type]  # what is published is a DocumentBesmet

    monkeypatch.setitem(events._subscribers, DocumentBesmet, [eenmaal])
    service.scan_wachtend(nu())
    draden[0].join()
    [tweede] = queries.list_documenten("register-2")
    assert sorted(gehoord) == sorted([("register-1", eerste.id), ("register-2", tweede.id)])


def test_a_verdict_and_a_decision_at_once_are_both_kept(klaar: Klaar, gehoord: list[tuple[str, str]]) -> None:
    document = _koppel(klaar)
    find_something()
    with transaction.atomic():
        service.judge_document(
            document.id,
            zaak_ref="register-1",
            beoordeling=Beoordeling.AFGEKEURD,
            reden="onscherp",
            moment=nu(),
        )
        draad = _naast(lambda: service.scan_wachtend(nu()))
    draad.join()
    na_afloop = queries.get_document(document.id)
    assert (na_afloop.controle, na_afloop.beoordeling) == (Controle.BESMET, Beoordeling.AFGEKEURD)
    assert gehoord == [("register-1", document.id)]


def test_two_workers_tell_it_once(klaar: Klaar, gehoord: list[tuple[str, str]]) -> None:
    document = _koppel(klaar)
    find_something()
    draden = [_naast(lambda: service.scan_wachtend(nu())) for _ in range(2)]
    for draad in draden:
        draad.join()
    assert gehoord == [("register-1", document.id)]
