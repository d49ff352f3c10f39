"""Keeps the lease of the mail at hand while a slow server takes its time, so that no second worker sends it as well."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.db import Error as DatabaseFout
from django.db import connection

from eloket.kernel.klok import nu
from eloket.notifications.models import Zending

log = logging.getLogger(__name__)


@contextmanager
def lease_kept(zending_id: UUID, worker_id: str, lease: timedelta) -> Iterator[None]:
    """Inside the block the lease is renewed three times in its length, while it is still of this worker.

    By a thread: the one that sends waits for the server. A process that dies, or that is stopped, renews nothing.
    """
    klaar = threading.Event()
    draad = threading.Thread(target=_renew_until, args=(klaar, zending_id, worker_id, lease), daemon=True)
    draad.start()
    try:
        yield
    finally:
        klaar.set()
        draad.join()


def _renew_until(klaar: threading.Event, zending_id: UUID, worker_id: str, lease: timedelta) -> None:
    is_gebruikt = False
    while not klaar.wait(lease.total_seconds() / 3):
        is_gebruikt = True
        try:
            Zending.objects.filter(pk=zending_id, lease_door=worker_id, verzonden_op=None).update(
                lease_tot=nu() + lease
            )
        except DatabaseFout as error:
            log.warning("de lease van zending %s is niet verlengd: %s", zending_id, type(error).__name__)
    if is_gebruikt:
        connection.close()
