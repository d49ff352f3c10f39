"""Takes returned mail out of a mailbox over IMAP (RFC 3501): each message is handled first, and only then removed.

The mailbox is ours alone. What was used is deleted, because it holds addresses; what says nothing to us moves to a
folder beside it, for a person to look at, and is gone after thirty days. Dying between handling and removing means that
it is handled again: who handles it counts it once.
"""

import imaplib
import logging
import re
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db import Error as DatabaseError

from eloket.notifications.retour.errors import MailboxOnbereikbaar
from eloket.notifications.retour.parser import MAX_BYTES

log = logging.getLogger(__name__)
MEESTE = 50  # per round, so that a mailbox full of rubbish never keeps the worker from its own mail
SECONDEN = 60.0
TIMEOUT = 10.0
ONBRUIKBAAR = "Onbruikbaar"
BEWAARD = timedelta(days=30)
_MAANDEN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UID = re.compile(rb"\bUID (\d+)")
_VERWIJDERD = re.compile(rb"\\Deleted\b", re.IGNORECASE)
_FOUTEN = (
    imaplib.IMAP4.error,
    OSError,
    ValueError,
    IndexError,
    TypeError,
)  # the last three: an answer without sense


@dataclass(frozen=True, slots=True, repr=False)
class Toegang:
    """Where the mailbox is and how to get in."""

    host: str
    port: int
    is_tls: bool
    gebruiker: str
    wachtwoord: str
    map: str

    @classmethod
    def parse(cls, url: str) -> "Toegang":
        """`imaps://user:password@host:993/INBOX`, as config.omgeving has checked it."""
        delen = urlsplit(url)
        is_tls = delen.scheme == "imaps"
        return cls(
            host=delen.hostname or "",
            port=delen.port or (993 if is_tls else 143),
            is_tls=is_tls,
            gebruiker=unquote(delen.username or ""),
            wachtwoord=unquote(delen.password or ""),
            map=unquote(delen.path.lstrip("/")) or "INBOX",
        )


@dataclass(frozen=True, slots=True)
class Ronde:
    """What one round did. `is_vol`: there may be more."""

    gebruikt: int
    onbruikbaar: int
    is_vol: bool


def empty_mailbox(toegang: Toegang, doe: Callable[[bytes], bool], now: datetime) -> Ronde:
    """Give at most MEESTE messages, oldest first, to `doe`, and remove each when `doe` has returned.

    `doe` gets the first 256 kB and says whether it could use the message; one that it fails on is set aside. Raises
    MailboxOnbereikbaar, and DatabaseError of `doe`: then that message and those after it stay where they are.
    """
    with _connected(toegang) as server:
        _select(server, toegang.map)
        einde = time.monotonic() + SECONDEN
        uids = _list_uids(server)
        goed = fout = 0
        for uid in uids:
            inhoud = _fetch(server, uid)
            if inhoud is None:  # another worker was first
                continue
            is_bruikbaar = _handle(doe, inhoud)
            _remove(server, uid) if is_bruikbaar else _set_aside(server, uid)
            goed, fout = goed + is_bruikbaar, fout + (not is_bruikbaar)
            if time.monotonic() > einde:
                break
        server.expunge()
        _forget(server, now - BEWAARD)
    return Ronde(goed, fout, is_vol=len(uids) >= MEESTE or time.monotonic() > einde)


def _handle(doe: Callable[[bytes], bool], inhoud: bytes) -> bool:
    try:
        return doe(inhoud)
    except DatabaseError:
        raise  # it is still here when the database is back
    except Exception as error:  # noqa: BLE001 - one message that we fail on must not stand in the way of all others
        log.error("retourmail: een bericht is niet verwerkt: %s", type(error).__name__)  # noqa: TRY400 - no text of it
        return False


@contextmanager
def _connected(toegang: Toegang) -> Iterator[imaplib.IMAP4]:
    """Logged in. Every error of the server or the connection becomes MailboxOnbereikbaar, without its text: that may
    hold an address or a password."""
    server: imaplib.IMAP4 | None = None
    try:
        server = _open(toegang)
        yield server
    except _FOUTEN as error:
        raise MailboxOnbereikbaar(type(error).__name__) from None
    finally:
        if server is not None:
            with suppress(*_FOUTEN):
                server.logout()


def _open(toegang: Toegang) -> imaplib.IMAP4:
    if toegang.is_tls:
        veilig = ssl.create_default_context()
        server: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            toegang.host, toegang.port, ssl_context=veilig, timeout=TIMEOUT
        )
    else:
        server = imaplib.IMAP4(toegang.host, toegang.port, timeout=TIMEOUT)
    try:
        server.login(toegang.gebruiker, toegang.wachtwoord)
    except _FOUTEN:
        with suppress(*_FOUTEN):
            server.shutdown()
        raise
    return server


def _must(antwoord: tuple[str, list[Any]]) -> list[Any]:
    """The data of an answer that says OK."""
    soort, data = antwoord
    if soort != "OK":
        raise imaplib.IMAP4.error
    return data


def _quote(naam: str) -> str:
    return '"' + naam.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _select(server: imaplib.IMAP4, naam: str) -> None:
    _must(server.select(_quote(naam)))


def _list_uids(server: imaplib.IMAP4) -> list[str]:
    """The oldest messages. By number: the answer to a SEARCH in a very full mailbox is longer than a line may be."""
    aantal = int(bytes(server.response("EXISTS")[1][-1] or b"0"))
    if not aantal:
        return []
    regels = _must(server.fetch(f"1:{min(aantal, MEESTE)}", "(UID FLAGS)"))
    tekst = [regel for regel in regels if isinstance(regel, bytes) and not _VERWIJDERD.search(regel)]
    return [gevonden[1].decode("ascii") for regel in tekst if (gevonden := _UID.search(regel))]


def _fetch(server: imaplib.IMAP4, uid: str) -> bytes | None:
    for deel in _must(server.uid("FETCH", uid, f"(BODY.PEEK[]<0.{MAX_BYTES}>)")):
        if isinstance(deel, tuple) and isinstance(deel[1], bytes):
            return deel[1]
    return None


def _remove(server: imaplib.IMAP4, uid: str) -> None:
    _must(server.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)"))


def _set_aside(server: imaplib.IMAP4, uid: str) -> None:
    """Into the folder for what we cannot use. A server that has no room for it there loses it: never piled up here."""
    naam = _quote(ONBRUIKBAAR)
    soort, _ = server.uid("COPY", uid, naam)
    if soort != "OK":
        server.create(naam)
        soort, _ = server.uid("COPY", uid, naam)
        if soort != "OK":
            log.warning("retourmail: de map %s neemt niets aan, een bericht is verwijderd", ONBRUIKBAAR)
    _remove(server, uid)


def _forget(server: imaplib.IMAP4, voor: datetime) -> None:
    """Remove what was set aside before this day, a round at a time."""
    if server.select(_quote(ONBRUIKBAAR))[0] != "OK":
        return  # nothing was ever set aside
    dag = f"{voor.day:02}-{_MAANDEN[voor.month - 1]}-{voor.year}"  # English whatever the locale (RFC 3501)
    gevonden = _must(server.uid("SEARCH", "BEFORE", dag))
    oud = (gevonden[0] or b"").decode("ascii").split()[:MEESTE]
    if oud:
        _remove(server, ",".join(oud))
        server.expunge()
