"""A real mailbox for tests: pymap on a free loopback port, with its mail in memory."""

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

WIE, WACHTWOORD = "demouser", "demopass"
_SECONDEN = 30


@dataclass(frozen=True)
class Postbus:
    """A running server; looked into over IMAP, as somebody else than the product."""

    poort: int

    @property
    def url(self) -> str:
        return f"imap://{WIE}:{WACHTWOORD}@127.0.0.1:{self.poort}/INBOX"

    @contextmanager
    def open(self) -> Iterator[imaplib.IMAP4]:
        server = imaplib.IMAP4("127.0.0.1", self.poort, timeout=10)
        server.login(WIE, WACHTWOORD)
        try:
            yield server
        finally:
            server.logout()

    def put(self, *mails: bytes, moment: str = "", folder: str = "INBOX") -> None:
        """Put these in it, as if they came in now, or at `moment` (as IMAP writes it)."""
        with self.open() as server:
            server.create(folder)
            for mail in mails:
                soort, _ = server.append(folder, "", f'"{moment}"' if moment else "", mail)
                assert soort == "OK"

    def read(self, folder: str = "INBOX") -> list[bytes]:
        """What is in it; nothing when there is no such folder."""
        with self.open() as server:
            if server.select(folder)[0] != "OK":
                return []
            _, [nummers] = server.search(None, "ALL")
            inhoud = [server.fetch(een.decode(), "(BODY.PEEK[])")[1][0] for een in (nummers or b"").split()]
            return [een[1] for een in inhoud if isinstance(een, tuple)]


@contextmanager
def running_imap(*opties: str) -> Iterator[Postbus]:
    """A mailbox with nothing in it; stopped at the end. `opties` are of pymap."""
    programma = Path(sys.executable).with_name("pymap")
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    proces = subprocess.Popen(
        [str(programma), "--host", "127.0.0.1", "--port", str(poort), *(opties or ("--no-tls",)), "dict"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(proces, poort)
        yield Postbus(poort)
    finally:
        proces.terminate()
        proces.wait(_SECONDEN)


def _wait(proces: "subprocess.Popen[bytes]", poort: int) -> None:
    einde = time.monotonic() + _SECONDEN
    while time.monotonic() < einde:
        if proces.poll() is not None:
            raise AssertionError("de mailbox stopt meteen")
        try:
            with socket.create_connection(("127.0.0.1", poort), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("de mailbox komt niet op")
