"""One round of the outbox, for the worker: make the mails that are due, and send them."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from eloket.notifications.bezorgen import bezorging, samenstellen
from eloket.notifications.bezorgen.mailstoring import Mailstoring
from eloket.notifications.bezorgen.postbode import Postbode
from eloket.notifications.types import Bezorging

SAMEN = 200  # notifications that are made into mails in one round
AANTAL = 50  # mails that are sent in one round


class Bezorger:
    """One per worker: its name in the leases, its connection, and what it knows of the mail server."""

    def __init__(self, worker_id: str, is_stopped: Callable[[], bool]) -> None:
        self._id = worker_id
        self._is_stopped = is_stopped
        self._postbode = Postbode()
        self._storing = Mailstoring()

    def run_round(self, now: datetime) -> bool:
        """True when something was done, and so more may be waiting. Raises django.db.Error."""
        if self._postbode.rust:
            return False
        gemaakt = samenstellen.compose(now, SAMEN)
        ids = bezorging.claim(now, self._id, 1 if self._postbode.is_weg else AANTAL)
        with self._postbode:
            verstuurd = self._deliver(ids)
        self._storing.watch(self._postbode, now, is_verstuurd=verstuurd > 0)
        return bool(gemaakt or verstuurd)

    def _deliver(self, ids: list[UUID]) -> int:
        gelukt = 0
        for plek, zending_id in enumerate(ids):
            if self._is_stopped() or self._postbode.rust:
                bezorging.release(ids[plek:], self._id)
                break
            gelukt += bezorging.deliver(zending_id, self._id, self._postbode) is Bezorging.VERZONDEN
        return gelukt
