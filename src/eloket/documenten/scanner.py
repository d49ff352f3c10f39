"""Asks ClamAV whether content is safe, over clamd's own protocol (clamd(8): INSTREAM). Memory stays flat.

The protocol is a dozen lines; the clients on PyPI for it are untyped, or read the whole file into memory.
"""

import logging
import select
import socket
import time
from collections.abc import Iterable
from typing import Protocol
from urllib.parse import urlsplit

from eloket.documenten.types import Controle

log = logging.getLogger(__name__)
_POORT = 3310
_LANGSTE_ANTWOORD = 4_096


class ScannerOnbereikbaar(Exception):
    """No answer, not in time, or not one that says whether the content is safe."""


class GeenUitslag(ScannerOnbereikbaar):
    """It answers, but says nothing of this content: too large for it, or unreadable. Others may be scanned."""


class Scanner(Protocol):
    def scan(self, brokken: Iterable[bytes], *, hooguit: float | None = None) -> Controle:
        """SCHOON or BESMET, within `hooguit` seconds. Raises ScannerOnbereikbaar, GeenUitslag."""


class Clamd:
    """One clamd, at `tcp://host:3310` or `unix:/path/of/clamd.ctl`. `seconden` is for the whole of one scan."""

    def __init__(self, url: str, *, seconden: float = 30.0) -> None:
        delen = urlsplit(url)
        self._pad = delen.path if delen.scheme == "unix" else ""
        self._adres = (delen.hostname or "127.0.0.1", delen.port or _POORT)
        self._seconden = seconden

    def scan(self, brokken: Iterable[bytes], *, hooguit: float | None = None) -> Controle:
        einde = time.monotonic() + min(self._seconden, self._seconden if hooguit is None else hooguit)
        try:
            with self._connect(einde) as verbinding:
                antwoord = _stream(verbinding, brokken, einde)
        except OSError as error:
            raise ScannerOnbereikbaar from error
        return _uitslag(antwoord)

    def version(self) -> str:
        """What it says of itself and its signatures: `ClamAV 1.4.1/27459/Mon Nov 23 10:02:01 2026`; without the last
        two when it has none of ClamAV's own. Raises ScannerOnbereikbaar."""
        einde = time.monotonic() + self._seconden
        try:
            with self._connect(einde) as verbinding:
                _send(verbinding, b"zVERSION\0", einde)
                return _receive(verbinding, einde)
        except OSError as error:
            raise ScannerOnbereikbaar from error

    def _connect(self, einde: float) -> socket.socket:
        if not self._pad:
            return socket.create_connection(self._adres, timeout=_over(einde))
        verbinding = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            verbinding.settimeout(_over(einde))
            verbinding.connect(self._pad)
        except OSError:
            verbinding.close()
            raise
        return verbinding


def _over(einde: float) -> float:
    over = einde - time.monotonic()
    if over <= 0:
        raise TimeoutError
    return over


def _stream(verbinding: socket.socket, brokken: Iterable[bytes], einde: float) -> str:
    """Send everything, give the answer. clamd may answer, and hang up, before it has had everything."""
    try:
        _send(verbinding, b"zINSTREAM\0", einde)
        for brok in brokken:
            if _heeft_geantwoord(verbinding):
                break  # it has seen enough, or this is too large: sending on could cost us its answer
            if brok:
                _send(verbinding, len(brok).to_bytes(4, "big") + brok, einde)
        _send(verbinding, bytes(4), einde)
    except (BrokenPipeError, ConnectionResetError):
        log.debug("clamd hangs up early")  # what it said before that tells why
    return _receive(verbinding, einde)


def _receive(verbinding: socket.socket, einde: float) -> str:
    """One answer, to its end. Raises OSError."""
    antwoord = b""
    while not antwoord.endswith(b"\0") and len(antwoord) < _LANGSTE_ANTWOORD:
        verbinding.settimeout(_over(einde))
        deel = verbinding.recv(_LANGSTE_ANTWOORD)
        if not deel:
            break
        antwoord += deel
    if not antwoord.endswith(b"\0"):
        raise ConnectionError  # half an answer says nothing
    return antwoord.rstrip(b"\0").decode("ascii", "replace").strip()


def _heeft_geantwoord(verbinding: socket.socket) -> bool:
    kijk = select.poll()
    kijk.register(verbinding, select.POLLIN)
    return bool(kijk.poll(0))


def _send(verbinding: socket.socket, inhoud: bytes, einde: float) -> None:
    verbinding.settimeout(_over(einde))
    verbinding.sendall(inhoud)


def _uitslag(antwoord: str) -> Controle:
    if antwoord.endswith(" OK"):
        return Controle.SCHOON
    if antwoord.endswith(" FOUND"):
        return Controle.BESMET
    if "size limit exceeded" in antwoord:
        log.error("clamd weigert grote bestanden: zet StreamMaxLength in clamd.conf op minstens 55M")
    if antwoord.endswith("ERROR"):
        raise GeenUitslag
    raise ScannerOnbereikbaar
