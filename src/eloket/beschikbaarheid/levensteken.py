"""Signs of life: while nothing of ours runs, nothing of ours can write that down. So every process says each minute
that it lives, and whoever speaks first after a silence records it."""

import logging
import os
import socket
import threading
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.models import Max

from eloket.beschikbaarheid.models import Levensteken
from eloket.beschikbaarheid.samenvoegen import hold
from eloket.beschikbaarheid.service import record_gemeten
from eloket.beschikbaarheid.types import Wat
from eloket.kernel.klok import nu

log = logging.getLogger(__name__)
ELKE = timedelta(minutes=1)
GAT = timedelta(minutes=5)  # a restart, or an update of a few minutes, is no outage
BEWAAR = timedelta(days=1)


def give(proces: str, now: datetime) -> None:
    """This process lives. A silence of everything before it, longer than GAT, is recorded as an outage of the site.

    Neither the web server nor a worker could be reached then, or the database could not. Not in the demo, which is off
    most of the time. A clock that went back makes no outage. Raises django.db.Error.
    """
    with transaction.atomic():
        hold(Wat.PORTAAL)
        Levensteken.objects.filter(moment__gt=now + GAT).delete()  # of a clock that was ahead
        Levensteken.objects.filter(moment__lt=now - BEWAAR).exclude(pk=_newest()).delete()
        laatste = Levensteken.objects.aggregate(laatste=Max("moment"))["laatste"]
        if laatste is not None and now - laatste > GAT and settings.ELOKET.omgeving != "demo":
            record_gemeten(Wat.PORTAAL, laatste, now)
            log.warning("E-loket stond stil van %s tot %s", laatste.isoformat(), now.isoformat())
        Levensteken.objects.update_or_create(proces=proces, defaults={"moment": now})


def _newest() -> str:
    """The last sign stays, however old: it says when a long silence began."""
    return Levensteken.objects.order_by("-moment").values_list("pk", flat=True).first() or ""


def name_process(soort: str) -> str:
    """`web:host:123:a1b2c3d4`: a process that is started again is another one."""
    return f"{soort}:{socket.gethostname()[:40]}:{os.getpid()}:{os.urandom(4).hex()}"


_eerste = threading.Lock()


def begin_web() -> None:
    """Begin a thread of this web process that gives a sign each minute, until the process ends. Once per process."""
    if not _eerste.acquire(blocking=False):
        return
    threading.Thread(
        target=_keep_giving, args=(name_process("web"),), name="levensteken", daemon=True
    ).start()


def _keep_giving(proces: str) -> None:
    wacht = threading.Event()
    while True:
        _try_to_give(proces)
        wacht.wait(ELKE.total_seconds())


def _try_to_give(proces: str) -> None:
    """Never raises: a thread that ended would be silent for ever, and the next process would call that an outage. Of a
    database that was away the silence is recorded as soon as it answers again."""
    try:
        give(proces, nu())
    except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again in a minute
        log.warning("geen levensteken: %s", type(error).__name__)
        with suppress(Error):  # what is broken may not even close
            connection.close()
