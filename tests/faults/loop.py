"""The worker of the product on a clock that the test sets, mailing to real servers, in the process of the test.

kernel.klok is the only clock that it reads; the pause of the postman after failures is on one that cannot be set back.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from pytest_django.fixtures import Settings

from eloket.kernel import klok
from eloket.notifications.bezorgen.ronde import Bezorger
from eloket.notifications.bezorgen.smtp import SmtpBackend
from eloket.ops.management.commands.worker import Worker
from tests.faults import boek
from tests.unit.notifications.mailservers import Mailserver, draaiend

NIEMAND = 9  # a port on which nobody listens


class Gedood(BaseException):
    """The process is gone, between the answer of the server and what was to be noted."""


class SterftNaVersturen(SmtpBackend):
    """kill -9 at the worst moment: the mail is taken, and nothing after it happens."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        super().send_messages(email_messages)
        raise Gedood


class Loop:
    """`moment` is what the clock says, `gelopen` how long it really has been."""

    def __init__(self, settings: Settings, begin: datetime) -> None:
        self.moment = begin
        self.gelopen = timedelta()
        self.gedood = 0
        self._settings = settings
        self.start()

    def start(self) -> None:
        """A new worker: the one before it is forgotten, with what it held."""
        self._worker = Worker(threading.Event())
        self.bezorger = Bezorger("proef", lambda: False)

    @contextmanager
    def to(self, server: Mailserver) -> Iterator[None]:
        with draaiend(server) as port:
            self._settings.EMAIL_PORT = port
            try:
                yield
            finally:
                self._settings.EMAIL_PORT = NIEMAND

    @contextmanager
    def now(self) -> Iterator[datetime]:
        """Inside, this is what time it is."""
        with klok.op_moment(self.moment):
            yield self.moment

    def wait(self, duur: timedelta) -> None:
        self.moment += duur
        self.gelopen += duur

    def run(self, duur: timedelta, stap: timedelta = timedelta(minutes=5)) -> None:
        """The whole worker goes on for so long."""
        self._go_on(duur, stap, self._worker.run_once)

    def mail(self, duur: timedelta, stap: timedelta) -> None:
        """Only its outbox: cheap enough for every half minute of a day."""
        self._go_on(duur, stap, lambda: self.bezorger.run_round(klok.nu()))

    def _go_on(self, duur: timedelta, stap: timedelta, doe: Callable[[], bool]) -> None:
        einde = self.gelopen + duur
        while self.gelopen <= einde:
            with self.now():
                while doe():
                    pass
            self.wait(stap)

    def die_after_sending(self) -> None:
        """A round of the worker that ends in the middle of a mail, if there is one; then a new worker."""
        self._settings.EMAIL_BACKEND = f"{__name__}.{SterftNaVersturen.__name__}"
        try:
            with self.now():
                self._worker.run_once()
        except Gedood:
            self.gedood += 1
        self._settings.EMAIL_BACKEND = "eloket.notifications.bezorgen.smtp.SmtpBackend"
        self.start()


@contextmanager
def running(settings: Settings, begin: datetime) -> Iterator[Loop]:
    """Nobody listens for mail yet."""
    settings.EMAIL_BACKEND = "eloket.notifications.bezorgen.smtp.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT, settings.EMAIL_PORT = "127.0.0.1", 2, NIEMAND
    loop, echt = Loop(settings, begin), time.monotonic
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "eloket.notifications.bezorgen.postbode.time.monotonic",
            lambda: echt() + loop.gelopen.total_seconds(),
        )
        yield loop


def sql(opdracht: str) -> list[tuple[object, ...]]:
    """From the database of this test."""
    with connection.cursor() as cursor:
        cursor.execute(opdracht)
        return list(cursor.fetchall())


def assert_all_once(*servers: Mailserver) -> boek.Boek:
    """Everything was mailed, arrived once, and in order."""
    gelezen = boek.read(sql)
    assert boek.assert_accounted_for(gelezen, *servers).alle == 0
    boek.assert_in_order(gelezen, servers)
    assert all(een.is_verzonden for een in gelezen.zendingen.values())
    assert all(een.zending for een in gelezen.notificaties)
    return gelezen
