"""Puts a notification in the outbox."""

import logging
from datetime import date, datetime

from eloket.kernel.klok import nu
from eloket.notifications.mailsoorten import mailsoort, missing_context
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
    kenmerk: str = "",
    token: str = "",
) -> str:
    """Store one mail, in the caller's transaction; returns its id.

    `aan` is a confirmed address, or the one that must be confirmed. `deadline` is the last day to react.
    Raises ValueError without what the text of this kind must say: its mail could never be sent.
    """
    moment = nu()
    context = {
        naam: waarde.isoformat()
        for naam, waarde in (("deadline", deadline), ("ontvangen_op", ontvangen_op))
        if waarde is not None
    }
    if kenmerk:
        context["kenmerk"] = kenmerk
    if mist := missing_context(soort, context):
        raise ValueError(f"een notificatie van de soort {soort} heeft nodig: {', '.join(mist)}")
    rij = Notificatie.objects.create(
        soort=soort,
        aan=aan,
        onderwerp=mailsoort(soort).nl.onderwerp,
        context=context,
        payload=token,
        betrokkene_key=betrokkene_key,
        zaak_ref=zaak_ref,
        gemaakt_op=moment,
        volgende_poging_op=moment,
    )
    log.info("notificatie %s klaargezet: %s", rij.pk, soort)
    return str(rij.pk)
