"""What the scanner says, and what happens when it does not answer: nothing unsafe goes out, nothing is lost."""

import io
import socket
import threading
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path

import pytest
from pytest_django import Settings

from eloket.documenten import opslag, queries, scannen, service, testing, voorbeelden
from eloket.documenten.bron import EmbeddedDocumentBron
from eloket.documenten.controle import controleer
from eloket.documenten.errors import DocumentIsBesmet, DocumentWacht
from eloket.documenten.events import DocumentBesmet
from eloket.documenten.models import Bestand
from eloket.documenten.scanner import Clamd, GeenUitslag, ScannerOnbereikbaar
from eloket.documenten.types import Controle, DocumentInzage, Herkomst, Toevoeging
from eloket.documenten.upload import bied_aan
from eloket.kernel import events
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import nu
from tests.clamd import EICAR, running_clamd
from tests.faults.installatie import wait_until

pytestmark = [pytest.mark.django_db, pytest.mark.faults]
WEG = "tcp://127.0.0.1:1"


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
def nep_scanner(antwoord: Callable[[socket.socket], object]) -> Iterator[str]:
    """Takes a connection in and does with it what `antwoord` says; keeps it open until the end."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        open_verbindingen: list[socket.socket] = []

        def neem_op() -> None:
            while True:
                try:
                    verbinding, _ = server.accept()
                except OSError:
                    return
                open_verbindingen.append(verbinding)
                with suppress(OSError):
                    antwoord(verbinding)

        draad = threading.Thread(target=neem_op, daemon=True)
        draad.start()
        try:
            yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        finally:
            server.shutdown(socket.SHUT_RDWR)
            for verbinding in open_verbindingen:
                verbinding.close()
            draad.join(5)


def stomme_scanner() -> AbstractContextManager[str]:
    """Takes everything in and never answers."""
    return nep_scanner(lambda verbinding: None)


@pytest.mark.clamav
def test_real_clamd_tells_safe_from_unsafe(clamd: str) -> None:
    scanner = Clamd(clamd)
    assert scanner.scan([b"een gewone brief"]) is Controle.SCHOON
    assert scanner.scan([EICAR[:20], b"", EICAR[20:]]) is Controle.BESMET
    assert scanner.scan([]) is Controle.SCHOON


@pytest.mark.clamav
def test_infected_file_is_refused_at_the_door_and_the_others_are_kept(clamd: str) -> None:
    service.configure_scanner(Clamd(clamd))
    uitkomst = neem_aan(("virus.docx", besmet_docx()), ("brief.pdf", voorbeelden.pdf("goed")))
    assert [een.code for een in uitkomst.geweigerd] == ["document-besmet"]
    assert "virus.docx" in uitkomst.geweigerd[0].tekst
    document = voeg_toe(uitkomst)
    assert document.controle is Controle.SCHOON
    assert b"".join(queries.open_document(document.id).brokken) == voorbeelden.pdf("goed")
    assert list(testing.walk()) == [document.sha256]


@pytest.mark.clamav
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


@pytest.mark.clamav
def test_what_turns_out_infected_later_is_closed_for_everybody_and_told(
    clamd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.configure_scanner(Clamd(WEG))
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
    service.configure_scanner(Clamd(WEG))
    assert [een.code for een in neem_aan(("nogmaals.docx", besmet_docx())).geweigerd] == ["document-besmet"]


def test_scanner_that_hangs_costs_one_wait_for_a_whole_post() -> None:
    with stomme_scanner() as url:
        service.configure_scanner(Clamd(url, seconden=0.3))
        uitkomst = neem_aan(*((f"{nummer}.txt", f"tekst {nummer}".encode()) for nummer in range(10)))
    assert len(uitkomst.goed) == 10
    assert voeg_toe(uitkomst).controle is Controle.WACHT


@pytest.mark.clamav
def test_file_beyond_the_limit_of_clamd_is_held_and_the_log_says_what_to_set(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with running_clamd(tmp_path / "klein", grootste="1M") as url:
        for _ in range(20):  # whatever is said first: the answer, or that the connection is gone
            with pytest.raises(GeenUitslag):
                Clamd(url).scan(b"x" * 262_144 for _ in range(64))
        assert "StreamMaxLength" in caplog.text
        service.configure_scanner(Clamd(url))
        groot, klein = neem_aan(("groot.txt", b"regel\n" * 400_000), ("klein.txt", b"regel")).goed
        assert Bestand.objects.get(sha256=groot.sha256).controle == Controle.WACHT
        assert Bestand.objects.get(sha256=klein.sha256).controle == Controle.SCHOON


def test_without_a_scanner_documents_are_open() -> None:
    document = voeg_toe(neem_aan(("brief.pdf", voorbeelden.pdf("zonder"))))
    assert document.controle is Controle.GEEN
    assert document.is_beschikbaar


@pytest.mark.parametrize("half", [b"", b"stream: O", b"stream: OK"], ids=["niets", "half", "zonder-einde"])
def test_scanner_that_hangs_up_halfway_has_said_nothing(half: bytes) -> None:
    def breek_af(verbinding: socket.socket) -> None:
        verbinding.recv(100)
        verbinding.sendall(half)
        verbinding.close()

    with nep_scanner(breek_af) as url, pytest.raises(ScannerOnbereikbaar):
        Clamd(url).scan(b"x" * 65_536 for _ in range(100))


def test_scanner_that_trickles_is_given_up_in_time() -> None:
    def druppel(verbinding: socket.socket) -> None:
        for _ in range(400):
            verbinding.sendall(b"x")
            time.sleep(0.05)

    begin = time.monotonic()
    with nep_scanner(druppel) as url, pytest.raises(ScannerOnbereikbaar):
        Clamd(url, seconden=0.4).scan([b"tekst"])
    assert time.monotonic() - begin < 15, "the answer lasts twenty"


def test_the_next_visitors_do_not_wait_for_a_scanner_that_hung(monkeypatch: pytest.MonkeyPatch) -> None:
    gevraagd: list[float] = []
    with nep_scanner(lambda _: gevraagd.append(time.monotonic())) as url:
        service.configure_scanner(Clamd(url, seconden=0.2))
        for nummer in range(5):
            assert len(neem_aan((f"{nummer}.txt", b"tekst %d" % nummer)).goed) == 1
        wait_until(lambda: gevraagd)  # the visitor may have given up before the scanner was asked
        assert len(gevraagd) == 1
        monkeypatch.setattr(scannen._Stand, "weg_tot", 0.0)  # half a minute later
        neem_aan(("later.txt", b"later"))
        wait_until(lambda: len(gevraagd) > 1)
        assert len(gevraagd) == 2


class Vreemd:
    """Says nothing of one file, and that the others are safe."""

    def __init__(self, lastig: bytes, fout: Exception) -> None:
        self.lastig, self.fout, self.gescand = lastig, fout, list[bytes]()

    def scan(self, brokken: Iterable[bytes], *, hooguit: float | None = None) -> Controle:
        inhoud = b"".join(brokken)
        if inhoud == self.lastig:
            raise self.fout
        self.gescand.append(inhoud)
        return Controle.SCHOON


def zet_in_de_wacht(*inhouden: bytes) -> None:
    service.configure_scanner(Clamd(WEG))
    for inhoud in inhouden:  # a post of its own each: the first one waits longest
        assert len(neem_aan((f"{inhoud.decode()}.txt", inhoud)).goed) == 1


def test_a_file_without_verdict_does_not_hold_up_the_others() -> None:
    zet_in_de_wacht(b"lastig", b"goed")
    scanner = Vreemd(b"lastig", GeenUitslag())
    service.configure_scanner(scanner)
    assert service.scan_wachtend(nu()) == 1
    assert scanner.gescand == [b"goed"]


def test_a_file_that_the_scanner_chokes_on_goes_to_the_end_of_the_line() -> None:
    zet_in_de_wacht(b"lastig", b"goed")
    scanner = Vreemd(b"lastig", ScannerOnbereikbaar())
    service.configure_scanner(scanner)
    assert service.scan_wachtend(nu()) + service.scan_wachtend(nu()) == 1
    assert scanner.gescand == [b"goed"]
    assert Bestand.objects.filter(controle=Controle.WACHT).count() == 1


def test_bytes_that_are_not_there_yet_do_not_hold_up_the_others() -> None:
    zet_in_de_wacht(b"eerste", b"tweede")
    opslag.delete(Bestand.objects.order_by("pk")[0].sha256)
    scanner = Vreemd(b"", GeenUitslag())
    service.configure_scanner(scanner)
    assert service.scan_wachtend(nu()) == 1


class Ingehaald:
    """Finds something, while another worker with newer signatures was first and called it safe."""

    def scan(self, brokken: Iterable[bytes], *, hooguit: float | None = None) -> Controle:
        assert b"".join(brokken) == b"tekst"
        Bestand.objects.update(controle=Controle.SCHOON)
        return Controle.BESMET


def test_a_verdict_that_came_second_takes_no_bytes_away() -> None:
    zet_in_de_wacht(b"tekst")
    service.configure_scanner(Ingehaald())
    assert service.scan_wachtend(nu()) == 0
    bestand = Bestand.objects.get()
    assert bestand.controle == Controle.SCHOON
    assert b"".join(opslag.open_inhoud(bestand.sha256).brokken) == b"tekst"


@pytest.mark.clamav
def test_when_nobody_can_be_told_the_file_stays_held_and_it_is_tried_again(
    clamd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.configure_scanner(Clamd(WEG))
    document = voeg_toe(neem_aan(("virus.docx", besmet_docx())))
    service.configure_scanner(Clamd(clamd))

    def bron_weg(_: object) -> None:
        raise BronOnbereikbaar("register")

    with monkeypatch.context() as even:
        even.setitem(events._subscribers, DocumentBesmet, [bron_weg])
        assert service.scan_wachtend(nu()) == 0
    assert queries.get_document(document.id).controle is Controle.WACHT
    monkeypatch.setitem(events._subscribers, DocumentBesmet, [])
    assert service.scan_wachtend(nu()) == 1
    assert queries.get_document(document.id).controle is Controle.BESMET


@pytest.mark.clamav
def test_what_is_found_unsafe_before_it_is_linked_is_told_when_it_is(
    clamd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gehoord: list[DocumentBesmet] = []
    monkeypatch.setitem(events._subscribers, DocumentBesmet, [gehoord.append])
    service.configure_scanner(Clamd(WEG))
    toevoeging = neem_aan(("virus.docx", besmet_docx()))
    service.configure_scanner(Clamd(clamd))
    service.scan_wachtend(nu())
    assert gehoord == []
    document = voeg_toe(toevoeging)
    assert document.controle is Controle.BESMET
    assert [een.document_id for een in gehoord] == [document.id]
    with pytest.raises(DocumentIsBesmet):
        queries.open_document(document.id)


@pytest.mark.clamav
def test_bytes_that_a_crash_left_behind_are_removed_later(
    clamd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(events._subscribers, DocumentBesmet, [])
    service.configure_scanner(Clamd(WEG))
    document = voeg_toe(neem_aan(("virus.docx", besmet_docx())))
    service.configure_scanner(Clamd(clamd))

    def vol(_: str) -> None:
        raise OSError

    with monkeypatch.context() as even:
        even.setattr(opslag, "delete", vol)
        service.scan_wachtend(nu())
    assert opslag.exists(document.sha256)
    assert not queries.get_document(document.id).is_beschikbaar
    service.ruim_op(nu())
    assert not opslag.exists(document.sha256)
    assert controleer().is_goed


@pytest.mark.clamav
def test_memory_stays_flat_while_a_hundred_megabytes_are_scanned(clamd: str) -> None:
    scanner = Clamd(clamd)
    tracemalloc.start()
    try:
        for _ in range(10):
            assert scanner.scan(bytes(262_144) for _ in range(40)) is Controle.SCHOON
        _, piek = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert piek < 2 * 1024 * 1024
