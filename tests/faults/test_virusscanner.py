"""What the scanner says, and what happens when it does not answer: nothing unsafe goes out, nothing is lost."""

import io
import socket
import threading
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from pytest_django import Settings

from eloket.documenten import opslag, queries, service, voorbeelden
from eloket.documenten.bron import EmbeddedDocumentBron
from eloket.documenten.errors import DocumentIsBesmet, DocumentWacht
from eloket.documenten.events import DocumentBesmet
from eloket.documenten.scanner import Clamd, ScannerOnbereikbaar
from eloket.documenten.types import Controle, DocumentInzage, Herkomst, Toevoeging
from eloket.documenten.upload import bied_aan
from eloket.kernel import events
from eloket.kernel.klok import nu
from tests.clamd import EICAR, running_clamd

pytestmark = [pytest.mark.django_db, pytest.mark.faults]


@pytest.fixture(autouse=True)
def _own_storage(tmp_path: Path, settings: Settings) -> Iterator[None]:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}},
    }
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "files" / "tmp"
    service.configure(EmbeddedDocumentBron())
    yield
    service.configure_scanner(None)


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_clamd(tmp_path_factory.mktemp("clamd")) as url:
        yield url


def besmet_docx() -> bytes:
    """A Word file of ours with the test string as one more part: what is inside an archive counts too."""
    inhoud = io.BytesIO(voorbeelden.docx())
    with zipfile.ZipFile(inhoud, "a") as archief:
        archief.writestr("word/media/plaatje.bin", EICAR)
    return inhoud.getvalue()


def neem_aan(*bestanden: tuple[str, bytes]) -> Toevoeging:
    return service.prepare(
        tuple(bied_aan(naam, [inhoud]) for naam, inhoud in bestanden), zaak_ref="", moment=nu()
    )


def voeg_toe(toevoeging: Toevoeging) -> DocumentInzage:
    return service.add_document(
        zaak_ref="register-1",
        bestand=toevoeging.goed[0],
        herkomst=Herkomst.AANVRAGER,
        auteur_key="k",
        auteur_naam="Jeroen",
        moment=nu(),
    )


@contextmanager
def stomme_scanner() -> Iterator[str]:
    """Takes everything in and never answers."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        open_verbindingen: list[socket.socket] = []

        def neem_op() -> None:
            while True:
                try:
                    verbinding, _ = server.accept()
                except OSError:
                    return
                open_verbindingen.append(verbinding)

        draad = threading.Thread(target=neem_op, daemon=True)
        draad.start()
        try:
            yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        finally:
            server.shutdown(socket.SHUT_RDWR)
            for verbinding in open_verbindingen:
                verbinding.close()
            draad.join(5)


def test_real_clamd_tells_safe_from_unsafe(clamd: str) -> None:
    scanner = Clamd(clamd)
    assert scanner.scan([b"een gewone brief"]) is Controle.SCHOON
    assert scanner.scan([EICAR[:20], b"", EICAR[20:]]) is Controle.BESMET
    assert scanner.scan([]) is Controle.SCHOON


def test_infected_file_is_refused_at_the_door_and_the_others_are_kept(clamd: str) -> None:
    service.configure_scanner(Clamd(clamd))
    uitkomst = neem_aan(("virus.docx", besmet_docx()), ("brief.pdf", voorbeelden.pdf("goed")))
    assert [een.code for een in uitkomst.geweigerd] == ["document-besmet"]
    assert "virus.docx" in uitkomst.geweigerd[0].tekst
    document = voeg_toe(uitkomst)
    assert document.controle is Controle.SCHOON
    assert b"".join(queries.open_document(document.id).brokken) == voorbeelden.pdf("goed")
    assert list(opslag.walk()) == [document.sha256]


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:1", "unix:/bestaat/niet.ctl"])
def test_scanner_that_is_away_holds_the_document_until_it_is_back(clamd: str, url: str) -> None:
    service.configure_scanner(Clamd(url))
    document = voeg_toe(neem_aan(("brief.pdf", voorbeelden.pdf("later"))))
    assert document.controle is Controle.WACHT
    with pytest.raises(DocumentWacht):
        queries.open_document(document.id)
    assert service.scan_wachtend(nu()) == 0
    service.configure_scanner(Clamd(clamd))
    assert service.scan_wachtend(nu()) == 1
    assert queries.get_document(document.id).controle is Controle.SCHOON
    assert b"".join(queries.open_document(document.id).brokken) == voorbeelden.pdf("later")


def test_what_turns_out_infected_later_is_closed_for_everybody_and_told(
    clamd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.configure_scanner(Clamd("tcp://127.0.0.1:1"))
    document = voeg_toe(neem_aan(("virus.docx", besmet_docx())))
    gehoord: list[DocumentBesmet] = []
    monkeypatch.setitem(events._subscribers, DocumentBesmet, [gehoord.append])
    service.configure_scanner(Clamd(clamd))
    assert service.scan_wachtend(nu()) == 1
    assert [een.document_id for een in gehoord] == [document.id]
    assert not opslag.exists(document.sha256)
    with pytest.raises(DocumentIsBesmet):
        queries.open_document(document.id)
    # The scanner goes away again: what it said still counts.
    service.configure_scanner(Clamd("tcp://127.0.0.1:1"))
    assert [een.code for een in neem_aan(("nogmaals.docx", besmet_docx())).geweigerd] == ["document-besmet"]


def test_scanner_that_hangs_costs_one_wait_for_a_whole_post() -> None:
    with stomme_scanner() as url:
        service.configure_scanner(Clamd(url, seconden=0.3))
        uitkomst = neem_aan(*((f"{nummer}.txt", f"tekst {nummer}".encode()) for nummer in range(10)))
    assert len(uitkomst.goed) == 10
    assert voeg_toe(uitkomst).controle is Controle.WACHT


def test_file_beyond_the_limit_of_clamd_is_held(tmp_path: Path) -> None:
    with running_clamd(tmp_path / "klein", grootste="1M") as url, pytest.raises(ScannerOnbereikbaar):
        Clamd(url).scan(b"x" * 65_536 for _ in range(64))


def test_without_a_scanner_documents_are_open() -> None:
    document = voeg_toe(neem_aan(("brief.pdf", voorbeelden.pdf("zonder"))))
    assert document.controle is Controle.GEEN
    assert document.is_beschikbaar
