"""A mail server that stays away is an outage: recorded, shown to everybody, and ended by the first mail that goes."""

from datetime import datetime, timedelta

from eloket.beschikbaarheid import service as beschikbaarheid
from eloket.beschikbaarheid.types import Wat
from eloket.notifications.bezorgen.postbode import Postbode

PAS_NA = timedelta(minutes=15)  # shorter than this nobody notices: every mail still goes


class Mailstoring:
    """What one worker sees of it. Several may say the same: they are one outage."""

    def __init__(self) -> None:
        self._sinds: datetime | None = None
        self._is_gemeld = False

    def watch(self, postbode: Postbode, now: datetime, *, is_verstuurd: bool) -> None:
        """Call it after every round. Raises django.db.Error."""
        if postbode.mislukt_op_rij == 0:
            self._sinds = None
            if is_verstuurd:  # whoever said so: another worker, or one that has died
                beschikbaarheid.einde_gemeten(Wat.EMAIL, now)
                self._is_gemeld = False
            return
        if self._sinds is None or self._sinds > now:  # a clock that went back
            self._sinds = now
        if postbode.is_weg and now - self._sinds >= PAS_NA and not self._is_gemeld:
            beschikbaarheid.begin_gemeten(Wat.EMAIL, self._sinds)
            self._is_gemeld = True
