"""Calls to others over http, kept within bounds: the one adapter that such a call goes through.

An address in a document of somebody else (the discovery of a login provider names three) may point anywhere: at this
machine, at the network behind the firewall, at something that never ends (SSRF: OWASP A10; DigiD norm U/NW.03). So:
https only, no redirect is followed, the address that was really reached must be a public one unless its host was named
in the settings, and both the size of an answer and the time for all of it are bounded. The address is checked on the
open connection, before anything is sent: a name that resolves differently the second time gains nothing. Behind a proxy
of the environment (HTTPS_PROXY) that proxy decides where one may go; the bounds of size and time hold there as well.
"""

import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as VerbindingFout
from requests.exceptions import RequestException
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError

from eloket.kernel.openbaar import is_openbaar


class Verboden(RequestException):
    """Refused by ourselves. The message says which rule, and never an address."""


@dataclass(frozen=True, slots=True)
class Grenzen:
    """`interne_hosts`: names that may be on a private address; `is_proef`: any may, and without https (demo, tests)."""

    interne_hosts: frozenset[str] = frozenset()
    is_proef: bool = False
    seconden: float = 10.0  # for the whole call
    meeste_bytes: int = 1_000_000

    def allows(self, host: str, adres: str) -> bool:
        """Whether `adres` may be reached by the name `host`."""
        if self.is_proef or host.casefold() in self.interne_hosts:
            return True
        return is_openbaar(adres)


class BewaakteAdapter(HTTPAdapter):
    """One per session. Its calls raise requests.RequestException, also for what we refuse (Verboden)."""

    def __init__(self, grenzen: Grenzen) -> None:
        self._grenzen = grenzen
        self._te_laat = False
        # The same connection once more, to end it from another thread.
        self._open: socket.socket | None = None
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self.reached)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        beheer = super().proxy_manager_for(*args, **kwargs)
        if type(beheer) is ProxyManager:  # one for SOCKS makes connections of its own
            beheer.pool_classes_by_scheme = _pools(self.reached_proxy)
        return beheer

    def reached(self, host: str, verbinding: socket.socket) -> bool:
        """Called for each new connection, before anything is sent over it."""
        self._open = socket.socket(fileno=os.dup(verbinding.fileno()))
        return self._grenzen.allows(host, str(verbinding.getpeername()[0]))

    def reached_proxy(self, _host: str, verbinding: socket.socket) -> bool:
        """The same, for one to the proxy of the environment: it may be anywhere."""
        self._open = socket.socket(fileno=os.dup(verbinding.fileno()))
        return True

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """The answer, read whole."""
        if not (request.url or "").startswith("https://") and not self._grenzen.is_proef:
            raise Verboden("schema")
        kwargs["stream"] = True
        self._te_laat = False
        klok = threading.Timer(self._grenzen.seconden, self._break_off)
        klok.daemon = True
        klok.start()
        try:
            antwoord = super().send(request, *args, **kwargs)
            self._read(antwoord)
        finally:
            klok.cancel()
            if self._open is not None:
                self._open.close()
                self._open = None
        if self._te_laat:  # half the headers look like all of them
            raise VerbindingFout("te traag")
        return antwoord

    def _break_off(self) -> None:
        self._te_laat = True
        verbinding = self._open
        if verbinding is not None:
            try:
                verbinding.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it had ended by itself

    def _read(self, antwoord: Response) -> None:
        if 300 <= antwoord.status_code < 400:
            antwoord.close()
            raise Verboden("doorverwijzing")
        inhoud = b""
        try:
            while stuk := antwoord.raw.read(16_384, decode_content=True):
                inhoud += stuk
                if len(inhoud) > self._grenzen.meeste_bytes:
                    raise Verboden("te groot")
        except (HTTPError, OSError) as error:
            if isinstance(error, Verboden):
                raise
            raise VerbindingFout("afgebroken") from error
        finally:
            antwoord.close()
        antwoord._content = inhoud  # noqa: SLF001 - as requests itself does it
        antwoord._content_consumed = True  # type: ignore[attr-defined]  # noqa: SLF001


def _pools(reached: Callable[[str, socket.socket], bool]) -> dict[str, Any]:
    class Gewoon(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _checked(reached, self, super()._new_conn())

    class Beveiligd(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _checked(reached, self, super()._new_conn())

    class GewonePool(HTTPConnectionPool):
        ConnectionCls = Gewoon

    class BeveiligdePool(HTTPSConnectionPool):
        ConnectionCls = Beveiligd

    return {"http": GewonePool, "https": BeveiligdePool}


def _checked(
    reached: Callable[[str, socket.socket], bool], vanaf: HTTPConnection, verbinding: socket.socket
) -> socket.socket:
    if reached(vanaf.host, verbinding):
        return verbinding
    verbinding.close()
    raise NewConnectionError(vanaf, "geen openbaar adres")
