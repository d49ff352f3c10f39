"""A real mailbox: what was used is removed, what cannot be used is set aside, and one that fails stops nobody."""

import contextlib
import ipaddress
import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import OperationalError

from eloket.kernel.klok import nu
from eloket.notifications.retour import mailbox
from eloket.notifications.retour.errors import MailboxOnbereikbaar
from eloket.notifications.retour.mailbox import MEESTE, ONBRUIKBAAR, Ronde, Toegang, empty_mailbox
from tests.imap import Postbus, running_imap


@pytest.fixture(scope="module")
def server() -> Iterator[Postbus]:
    with running_imap() as postbus:
        yield postbus


@pytest.fixture
def postbus(server: Postbus) -> Iterator[Postbus]:
    """Emptied after each test."""
    yield server
    with server.open() as imap:
        for naam in ("INBOX", ONBRUIKBAAR):
            if imap.select(naam)[0] == "OK":
                imap.store("1:*", "+FLAGS", r"(\Deleted)")
                imap.expunge()


def mail(nummer: int) -> bytes:
    return b"Subject: %d\r\n\r\nTekst\r\n" % nummer


def take(postbus: Postbus, doe: Callable[[bytes], bool], now: datetime | None = None) -> Ronde:
    return empty_mailbox(Toegang.parse(postbus.url), doe, now or nu())


def see(gezien: list[bytes]) -> Callable[[bytes], bool]:
    """Uses everything, and keeps what it was."""

    def doe(inhoud: bytes) -> bool:
        gezien.append(inhoud)
        return True

    return doe


def test_what_was_used_is_gone_and_what_was_not_is_set_aside(postbus):
    postbus.put(*map(mail, range(4)))
    gezien: list[bytes] = []

    def doe(inhoud: bytes) -> bool:
        gezien.append(inhoud)
        return inhoud in {mail(0), mail(2)}

    assert take(postbus, doe) == Ronde(gebruikt=2, onbruikbaar=2, is_vol=False)
    assert gezien == [mail(0), mail(1), mail(2), mail(3)]
    assert postbus.read() == []
    assert postbus.read(ONBRUIKBAAR) == [mail(1), mail(3)]
    assert take(postbus, doe) == Ronde(0, 0, is_vol=False)


def test_a_round_is_bounded_and_the_next_one_goes_on(postbus):
    postbus.put(*map(mail, range(MEESTE + 3)))
    assert take(postbus, lambda _: True) == Ronde(MEESTE, 0, is_vol=True)
    assert postbus.read() == [mail(MEESTE), mail(MEESTE + 1), mail(MEESTE + 2)]
    assert take(postbus, lambda _: False) == Ronde(0, 3, is_vol=False)


def test_of_a_large_message_only_the_beginning_is_fetched(postbus):
    postbus.put(b"Subject: groot\r\n\r\n" + b"x" * 900_000)
    gezien: list[bytes] = []
    take(postbus, see(gezien))
    assert [len(een) for een in gezien] == [256 * 1024]


def test_a_database_that_goes_away_leaves_the_message_and_a_message_that_we_fail_on_does_not_block(postbus):
    postbus.put(*map(mail, range(3)))

    def doe(inhoud: bytes) -> bool:
        if inhoud == mail(0):
            raise KeyError("j@voorbeeld.nl")
        if inhoud == mail(1):
            raise OperationalError
        return True

    with pytest.raises(OperationalError):
        take(postbus, doe)
    assert mail(1) in postbus.read()
    assert mail(2) in postbus.read()
    assert postbus.read(ONBRUIKBAAR) == [mail(0)]
    take(postbus, lambda _: True)
    assert postbus.read() == []


def test_dying_between_handling_and_removing_gives_the_message_again(postbus, monkeypatch):
    postbus.put(mail(1))
    gezien: list[bytes] = []
    doe = see(gezien)
    with monkeypatch.context() as dood:
        dood.setattr(mailbox, "_remove", partial(_raise, ConnectionResetError))
        with pytest.raises(MailboxOnbereikbaar):
            take(postbus, doe)
    assert take(postbus, doe).gebruikt == 1
    assert gezien == [mail(1), mail(1)]
    assert postbus.read() == []


def _raise(soort: type[Exception], *_: object) -> None:
    raise soort


def test_two_workers_at_once_leave_nothing_and_fail_on_nothing(postbus):
    postbus.put(*map(mail, range(30)))
    gezien: list[bytes] = []
    fouten: list[Exception] = []

    def werk() -> None:
        try:
            take(postbus, see(gezien))
        except MailboxOnbereikbaar as error:
            fouten.append(error)

    draden = [threading.Thread(target=werk) for _ in range(2)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    take(postbus, see(gezien))
    assert fouten == []
    assert set(gezien) == set(map(mail, range(30)))
    assert postbus.read() == []


def test_what_was_set_aside_is_gone_after_thirty_days(postbus):
    postbus.put(mail(1), moment="01-Feb-2026 10:00:00 +0000", folder=ONBRUIKBAAR)
    postbus.put(mail(2), moment="20-Feb-2026 10:00:00 +0000", folder=ONBRUIKBAAR)
    take(postbus, lambda _: True, now=datetime(2026, 2, 25, tzinfo=UTC))
    assert len(postbus.read(ONBRUIKBAAR)) == 2
    take(postbus, lambda _: True, now=datetime(2026, 3, 10, tzinfo=UTC))
    assert postbus.read(ONBRUIKBAAR) == [mail(2)]


def test_a_wrong_password_says_nothing_of_the_password(postbus, caplog):
    toegang = Toegang.parse(postbus.url.replace("demopass", "geheim123"))
    with caplog.at_level(logging.DEBUG), pytest.raises(MailboxOnbereikbaar) as fout:
        empty_mailbox(toegang, lambda _: True, nu())
    assert "geheim123" not in caplog.text + str(fout.value) + repr(toegang)


@contextmanager
def draaiend(praat: Callable[[socket.socket], None]) -> Iterator[str]:
    """The url of a server that says this to whoever connects."""
    with socket.create_server(("127.0.0.1", 0)) as luister:
        luister.settimeout(20)

        def serve() -> None:
            with contextlib.suppress(OSError):
                verbinding, _ = luister.accept()
                with verbinding:
                    praat(verbinding)

        draad = threading.Thread(target=serve, daemon=True)
        draad.start()
        yield f"imap://wie:geheim@127.0.0.1:{luister.getsockname()[1]}/INBOX"


def hangs(verbinding: socket.socket) -> None:
    with contextlib.suppress(OSError):
        verbinding.settimeout(20)
        while verbinding.recv(1000):
            pass


def hangs_after_login(verbinding: socket.socket) -> None:
    verbinding.sendall(b"* OK hallo\r\n")
    for regel in verbinding.makefile("rb"):
        nummer, opdracht = regel.split()[:2]
        if opdracht == b"SELECT":
            return hangs(verbinding)
        verbinding.sendall(
            (b"* CAPABILITY IMAP4rev1\r\n" if opdracht == b"CAPABILITY" else b"") + nummer + b" OK\r\n"
        )
    return None


def says(
    *antwoorden: bytes, praat: Callable[[socket.socket], None] | None = None
) -> Callable[[socket.socket], None]:
    def talk(verbinding: socket.socket) -> None:
        verbinding.sendall(b"* OK hallo\r\n")
        for regel, antwoord in zip(verbinding.makefile("rb"), antwoorden, strict=False):
            verbinding.sendall(antwoord.replace(b"NR", regel.split()[0]))
        if praat:
            praat(verbinding)

    return talk


ONZIN = (
    b"* CAPABILITY IMAP4rev1\r\nNR OK\r\n",
    b"NR OK\r\n",
)


@pytest.mark.parametrize(
    "praat",
    [
        hangs,
        hangs_after_login,
        lambda verbinding: None,
        lambda verbinding: verbinding.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        says(*ONZIN),
        says(*ONZIN, b"* veel EXISTS\r\nNR OK\r\n"),
        says(
            *ONZIN,
            b"* 3 EXISTS\r\nNR OK\r\n",
            b"* 1 FETCH (UID 1 FLAGS ())\r\nNR OK\r\n",
            b"* 1 FETCH (BODY[] {100}\r\nab",
        ),
        says(*ONZIN, b"* 3 EXISTS\r\nNR OK\r\n", b"\xff\xfe * 1 FETCH\r\nNR BAD\r\n"),
    ],
    ids=[
        "hangs",
        "hangs after login",
        "closes",
        "no imap",
        "drops",
        "no number",
        "drops in a message",
        "nonsense",
    ],
)
def test_a_mailbox_that_fails_in_any_way_is_one_error_and_soon(praat, monkeypatch):
    monkeypatch.setattr(mailbox, "TIMEOUT", 0.5)
    begin = time.monotonic()
    with draaiend(praat) as url, pytest.raises(MailboxOnbereikbaar):
        empty_mailbox(Toegang.parse(url), lambda _: True, nu())
    assert time.monotonic() - begin < 10


def test_no_mailbox_at_all_is_the_same_error():
    with running_imap() as weg:
        pass
    with pytest.raises(MailboxOnbereikbaar) as fout:
        empty_mailbox(Toegang.parse(weg.url), lambda _: True, nu())
    assert fout.value.oorzaak == "ConnectionRefusedError"


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path):
    cert, sleutel = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, sleutel)
    gelezen: list[bytes] = []

    def praat(verbinding: socket.socket) -> None:
        with contextlib.suppress(OSError), context.wrap_socket(verbinding, server_side=True) as veilig:
            veilig.sendall(b"* OK hallo\r\n")
            gelezen.append(veilig.recv(1000))

    with draaiend(praat) as url, pytest.raises(MailboxOnbereikbaar) as fout:
        empty_mailbox(Toegang.parse(url.replace("imap:", "imaps:")), lambda _: True, nu())
    assert fout.value.oorzaak == "SSLCertVerificationError"
    assert gelezen == []


def certificate(folder: Path) -> tuple[Path, Path]:
    """A key and a certificate that it signed itself."""
    sleutel = ec.generate_private_key(ec.SECP256R1())
    naam = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    cert = (
        x509.CertificateBuilder()
        .subject_name(naam)
        .issuer_name(naam)
        .public_key(sleutel.public_key())
        .serial_number(1)
        .not_valid_before(nu() - timedelta(days=1))
        .not_valid_after(nu() + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(sleutel, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(cert.public_bytes(serialization.Encoding.PEM))
    (folder / "sleutel.pem").write_bytes(
        sleutel.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "cert.pem", folder / "sleutel.pem"
