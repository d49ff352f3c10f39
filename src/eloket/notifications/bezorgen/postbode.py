"""Carries mails to the server over one connection, and knows when there is no use in trying.

A few mails find out that a mail server is away, and not each of a hundred thousand: after MEEST_OP_RIJ failures in a
row nothing is sent for a while, then one mail tries whether it is back. Time is measured on a clock that cannot be set.
"""

import logging
import smtplib
import time
from types import TracebackType
from typing import Self

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from eloket.notifications.bezorgen.smtpfouten import is_about_server

log = logging.getLogger(__name__)
MEEST_OP_RIJ = 3
EERSTE_RUST = 15.0  # seconds
LANGSTE_RUST = 300.0
MEEST_PER_VERBINDING = 100


class Postbode:
    """Not for use by several threads. Leaving the `with` block closes the connection."""

    def __init__(self) -> None:
        self._server: BaseEmailBackend | None = None
        self._verstuurd = 0
        self._op_rij = 0
        self._rust_tot = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _soort: type[BaseException] | None, _fout: BaseException | None, _spoor: TracebackType | None
    ) -> None:
        self.close()

    @property
    def mislukt_op_rij(self) -> int:
        """How many mails in a row failed because of the server."""
        return self._op_rij

    @property
    def is_weg(self) -> bool:
        """Whether the server is taken to be away: whoever tries, tries one mail."""
        return self._op_rij >= MEEST_OP_RIJ

    @property
    def rust(self) -> bool:
        """Whether nothing must be tried now."""
        return self.is_weg and time.monotonic() < self._rust_tot

    def send(self, mail: EmailMultiAlternatives) -> None:
        """Hand over one mail; returns when the server has taken it. Raises what smtplib or the socket raises."""
        try:
            self._hand_over(mail)
        except Exception as error:
            self.close()  # whatever state the conversation was in, the next mail begins anew
            if is_about_server(error):
                self._op_rij += 1
                te_veel = max(self._op_rij - MEEST_OP_RIJ, 0)
                self._rust_tot = time.monotonic() + min(EERSTE_RUST * 2 ** min(te_veel, 20), LANGSTE_RUST)
            raise
        self._op_rij = 0
        self._verstuurd += 1
        if self._verstuurd >= MEEST_PER_VERBINDING:
            self.close()

    def close(self) -> None:
        """Hang up. Failing to say goodbye is no failure: what was taken is known by now."""
        server, self._server, self._verstuurd = self._server, None, 0
        if server is None:
            return
        try:
            server.close()
        except OSError as error:
            log.info("de mailserver brak af bij het afsluiten: %s", type(error).__name__)

    def _hand_over(self, mail: EmailMultiAlternatives) -> None:
        if self._server is None:
            self._server = get_connection()
            self._server.open()
        if not self._server.send_messages([mail]):
            raise smtplib.SMTPException("er is niets verstuurd")
