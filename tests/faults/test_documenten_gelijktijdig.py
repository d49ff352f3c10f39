"""The clean-up beside a link of the same file, for real: two connections, the one holding its lock."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from eloket.documenten import opslag, service
from eloket.documenten.bron import EmbeddedDocumentBron
from eloket.documenten.controle import controleer
from eloket.documenten.errors import BestandVerlopen
from eloket.documenten.types import Herkomst, Klaar
from eloket.documenten.upload import bied_aan

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MOMENT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
def klaar(settings, tmp_path: Path) -> Klaar:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "tmp"
    service.configure(EmbeddedDocumentBron())
    return service.prepare((bied_aan("a.txt", [b"tekst"]),), zaak_ref="", moment=MOMENT).goed[0]


def _koppel(klaar: Klaar) -> None:
    service.add_document(
        zaak_ref="register-1",
        bestand=klaar,
        herkomst=Herkomst.AANVRAGER,
        auteur_key="k",
        auteur_naam="n",
        moment=MOMENT,
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


def test_a_file_that_is_being_linked_is_not_cleaned_up(klaar: Klaar):
    opgeruimd = []
    with transaction.atomic():
        _koppel(klaar)
        draad = _naast(lambda: opgeruimd.append(service.ruim_op(MOMENT + timedelta(hours=2)).bestanden))
    draad.join()
    assert opgeruimd == [0]
    assert controleer(volledig=True).is_goed


def test_a_file_that_is_being_cleaned_up_is_not_linked(klaar: Klaar, monkeypatch):
    uitkomsten: list[type[Exception]] = []
    draden: list[threading.Thread] = []

    def koppel() -> None:
        try:
            _koppel(klaar)
        except BestandVerlopen as fout:
            uitkomsten.append(type(fout))

    weg = opslag.delete

    def langzaam(sha256: str) -> None:
        draden.append(_naast(koppel))
        weg(sha256)

    monkeypatch.setattr(opslag, "delete", langzaam)
    assert service.ruim_op(MOMENT + timedelta(hours=2)).bestanden == 1
    draden[0].join()
    assert uitkomsten == [BestandVerlopen]
    assert controleer(volledig=True).is_goed


def test_a_file_that_is_offered_again_during_the_clean_up_is_stored_again(klaar: Klaar, monkeypatch):
    draden: list[threading.Thread] = []
    weg = opslag.delete

    def langzaam(sha256: str) -> None:
        draden.append(
            _naast(
                lambda: service.prepare(
                    (bied_aan("a.txt", [b"tekst"]),), zaak_ref="", moment=MOMENT + timedelta(hours=2)
                )
            )
        )
        weg(sha256)

    monkeypatch.setattr(opslag, "delete", langzaam)
    service.ruim_op(MOMENT + timedelta(hours=2))
    draden[0].join()
    _koppel(klaar)
    assert controleer(volledig=True).is_goed
