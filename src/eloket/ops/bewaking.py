"""What a worker does to know whether the house is open, and to make good when it was not."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from eloket.beschikbaarheid import controle, levensteken, voorbij
from eloket.identity.fouten import DATABASE_FOUTEN
from eloket.loket.verlengen import extend_concepten
from eloket.zaken.verlengen import extend_taken

log = logging.getLogger(__name__)
ELKE = timedelta(minutes=1)


def is_due(vorige: datetime | None, elke: timedelta, now: datetime) -> bool:
    """Whether it is time again. A clock that was set back counts as such: else nothing would be done for hours."""
    return vorige is None or not timedelta() <= now - vorige < elke


class Bewaking:
    """Part of one worker."""

    def __init__(self) -> None:
        self._proces = levensteken.name_process("worker")
        self._op: datetime | None = None

    def do_round(self, now: datetime) -> bool:
        """First of every round: nothing may be thrown away before it is known that nobody could reach us.

        True when there may be terms left to extend. One part that fails stops no other, nor the mail; a database that
        is away does. Raises django.db.Error.
        """
        if is_due(self._op, ELKE, now):
            self._op = now
            _try("levensteken", lambda: levensteken.give(self._proces, now))
            _try("controle", lambda: controle.check(now))
            _try("onderbrekingen voorbij", lambda: voorbij.announce_ended(now))
        taken = _try("taken verlengen", lambda: extend_taken(now))
        formulieren = _try("formulieren verlengen", lambda: extend_concepten(now))
        return bool(taken or formulieren)


def _try(wat: str, doe: Callable[[], object]) -> object:
    try:
        return doe()
    except DATABASE_FOUTEN:
        raise  # nothing else would work either: the worker waits for it
    except Exception as error:  # noqa: BLE001 - whatever it is, the mail goes on; it is tried again
        log.error("bewaking mislukt: %s %s", wat, type(error).__name__)  # noqa: TRY400
        return None
