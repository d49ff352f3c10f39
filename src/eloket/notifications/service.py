"""Puts a notification in the outbox."""

import logging
from datetime import date, datetime

from eloket.kernel.klok import nu
from eloket.notifications.mails import ONDERWERPEN
from eloket.notifications.models import Notificatie
from eloket.notifications.types import NotificatieSoort

log = logging.getLogger(__name__)


def enqueue(
    soort: NotificatieSoort,
    *,
    aan: str,
    betrokkene_key: str,
    zaak_ref: str = "",
    deadline: date | None = None,
    ontvangen_op: datetime | None = None,
    token: str = "",
) -> str:
    """Store one mail, in the caller's transaction; returns its id.

    `aan` is a confirmed address, or the one that must be confirmed. `deadline` is the last day to react.
    """
    moment = nu()
    context = {
        naam: waarde.isoformat()
        for naam, waarde in (("deadline", deadline), ("ontvangen_op", ontvangen_op))
        if waarde is not None
    }
    rij = Notificatie.objects.create(
        soort=soort,
        aan=aan,
        onderwerp=ONDERWERPEN[soort],
        context=context,
        payload=token,
        betrokkene_key=betrokkene_key,
        zaak_ref=zaak_ref,
        gemaakt_op=moment,
        volgende_poging_op=moment,
    )
    log.info("notificatie %s klaargezet: %s", rij.pk, soort)
    return str(rij.pk)
