"""Real SMTP servers on loopback, each with its own way of being difficult."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailserver:
    """Accepts everything; subclasses do not. `ontvangen` holds what was taken, in order."""

    def __init__(self) -> None:
        self.ontvangen: list[tuple[str, EmailMessage]] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        bericht = message_from_bytes(envelope.content, policy=policy.default)
        self.ontvangen.append((envelope.rcpt_tos[0], bericht))
        return "250 aangenomen"


class Weigert(Mailserver):
    """Answers one command (`MAIL`, `RCPT` or `DATA`) with this reply."""

    def __init__(self, opdracht: str, antwoord: str) -> None:
        super().__init__()

        async def refuse(*_: Any) -> str:
            return antwoord

        setattr(self, f"handle_{opdracht}", refuse)


class Hangt(Mailserver):
    """Takes the text of a mail, and does not answer any more."""

    is_begonnen = False

    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        self.is_begonnen = True
        await asyncio.sleep(30)
        return "451 te laat"


class Valt(Mailserver):
    """Breaks the connection while a mail is being given."""

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, _envelope: Envelope, _adres: str, _opties: list[str]
    ) -> str:
        assert server.transport is not None
        server.transport.close()
        return "250 weg"


class ValtNaAannemen(Mailserver):
    """Takes the mail, and breaks the connection at the goodbye."""

    async def handle_QUIT(self, server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(server.transport, asyncio.Transport)
        server.transport.abort()
        return "221 dag"


@contextmanager
def draaiend(server: Mailserver) -> Iterator[int]:
    """The port on which it listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])  # aiosmtpd wants to know beforehand
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop(no_assert=True)
