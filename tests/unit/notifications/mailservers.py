"""Real SMTP servers on loopback, each with its own way of being difficult."""

import asyncio
import socket
import threading
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


class Gesloten(Mailserver):
    """Says at the greeting that it does not work today."""

    async def handle_EHLO(  # noqa: N802
        self, _server: SMTP, _session: Session, _envelope: Envelope, _naam: str, _antwoorden: list[str]
    ) -> list[str]:
        return ["421 gesloten"]

    async def handle_HELO(  # noqa: N802
        self, _server: SMTP, _session: Session, _envelope: Envelope, _naam: str
    ) -> str:
        return "421 gesloten"


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


class ValtInData(Mailserver):
    """Breaks the connection in DATA: with `neemt_aan` after it has taken the mail, so that the sender cannot know. Only
    the first `keer` times."""

    def __init__(self, *, neemt_aan: bool, keer: int = 1) -> None:
        super().__init__()
        self._neemt_aan = neemt_aan
        self._nog = keer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self._nog <= 0:
            return await super().handle_DATA(server, session, envelope)
        self._nog -= 1
        if self._neemt_aan:
            await super().handle_DATA(server, session, envelope)
        assert isinstance(server.transport, asyncio.Transport)
        server.transport.abort()
        return "250 weg"


class Traag(Mailserver):
    """Takes every mail, after this many seconds of thinking."""

    def __init__(self, seconden: float) -> None:
        super().__init__()
        self._seconden = seconden
        self.is_begonnen = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.is_begonnen = True
        await asyncio.sleep(self._seconden)
        return await super().handle_DATA(server, session, envelope)


class Bedenkt(Mailserver):
    """Takes every mail, but thinks until `mag` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.mag = threading.Event()
        self.is_begonnen = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.is_begonnen = True
        while not self.mag.is_set():
            await asyncio.sleep(0.02)
        return await super().handle_DATA(server, session, envelope)


class WeigertEen(Mailserver):
    """Refuses one address with this reply, as long as `is_dicht`; takes all others."""

    def __init__(self, adres: str, antwoord: str) -> None:
        super().__init__()
        self.is_dicht = True
        self._adres = adres
        self._antwoord = antwoord

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, adres: str, _opties: list[str]
    ) -> str:
        if adres == self._adres and self.is_dicht:
            return self._antwoord
        envelope.rcpt_tos.append(adres)
        return "250 goed"


class Grijslijst(Mailserver):
    """Sends who it does not know away the first time (RFC 6647), and takes the mail when they come back."""

    def __init__(self) -> None:
        super().__init__()
        self._bekend: set[str] = set()

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, adres: str, _opties: list[str]
    ) -> str:
        if adres not in self._bekend:
            self._bekend.add(adres)
            return "451 kom later terug"
        envelope.rcpt_tos.append(adres)
        return "250 goed"


class SluitNa(Mailserver):
    """Takes this many mails over one connection, and then closes it (RFC 5321, 421)."""

    def __init__(self, aantal: int) -> None:
        super().__init__()
        self._aantal = aantal
        self.gesloten = 0

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, adres: str, opties: list[str]
    ) -> str:
        gehad = getattr(session, "gehad", 0)
        if gehad >= self._aantal:
            self.gesloten += 1
            assert server.transport is not None
            server.transport.close()
            return "421 genoeg"
        session.gehad = gehad + 1  # type: ignore[attr-defined]
        envelope.mail_from = adres
        envelope.mail_options.extend(opties)
        return "250 goed"


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
