"""One round of the mailbox for returned mail, for the worker."""

import logging
from datetime import datetime, timedelta

from django.db import Error as DatabaseError

from eloket.notifications.retour.errors import MailboxOnbereikbaar
from eloket.notifications.retour.mailbox import Toegang, empty_mailbox
from eloket.notifications.retour.parser import lees_retour
from eloket.notifications.retour.verwerken import Verwerking, verwerk

log = logging.getLogger(__name__)
ELKE = timedelta(minutes=3)


class Ophaler:
    """One per worker. Without a url it does nothing. Several workers may look into the same mailbox."""

    def __init__(self, url: str) -> None:
        self._toegang = Toegang.parse(url) if url else None
        self._volgende: datetime | None = None
        self._is_weg = False

    def run_round(self, now: datetime) -> bool:
        """Every three minutes, and at once again when there was more than one round takes: then True.

        A mailbox that does not answer is said once, and tried again. Raises django.db.Error.
        """
        if self._toegang is None or (self._volgende and now < self._volgende <= now + ELKE):
            return False
        self._volgende = now + ELKE
        try:
            ronde = empty_mailbox(self._toegang, take_in, now)
        except MailboxOnbereikbaar as error:
            self._note_away(error.oorzaak)
            return False
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a mailbox does, the mail of everybody goes on
            self._note_away(type(error).__name__)
            return False
        if self._is_weg:
            log.warning("de mailbox voor retourmail antwoordt weer")
        self._is_weg = False
        if ronde.gebruikt or ronde.onbruikbaar:
            log.info("retourmail: %s verwerkt, %s onbruikbaar", ronde.gebruikt, ronde.onbruikbaar)
        if ronde.is_vol:
            self._volgende = None
        return ronde.is_vol

    def _note_away(self, oorzaak: str) -> None:
        if not self._is_weg:
            log.warning("de mailbox voor retourmail antwoordt niet: %s", oorzaak)
        self._is_weg = True


def take_in(inhoud: bytes) -> bool:
    """Whether it was about a mail of ours; then what it says is done. Raises django.db.Error."""
    retour = lees_retour(inhoud)
    return retour is not None and verwerk(retour) is not Verwerking.ONBEKEND
