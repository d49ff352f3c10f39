"""Tells people that proof is not what was sealed, when something found that by the way: without a check being run."""

import logging
from datetime import datetime, timedelta

from eloket.audit import service
from eloket.audit.bevindingen import BewijsKloptNiet
from eloket.audit.models import AuditRegel
from eloket.kernel.klok import begin_van, datum_van

log = logging.getLogger(__name__)
KLOPT_NIET = "audit.klopt_niet"
_DAGEN = timedelta(days=2)  # it is told each day for as long as it lasts


def raise_alarm(error: BewijsKloptNiet, now: datetime) -> None:
    """An error line in the log each time, and once a day and chain a line in the trail, for `is_raised`.

    After the transaction that was refused, not in it. Raises django.db.Error.
    """
    log.error("het bewijs klopt niet: %s", error)  # the text holds numbers only
    vandaag = AuditRegel.objects.filter(actie=KLOPT_NIET, moment__gte=begin_van(datum_van(now)))
    if not vandaag.filter(kenmerken__keten=error.keten).exists():
        service.record(
            actor_soort=service.SYSTEEM,
            actor_key="",
            actie="audit.klopt_niet",
            object_ref=service.LOGBOEK,
            keten=error.keten,
            zegel=error.bevinding.zegel,
            soort=error.bevinding.soort.name,
        )


def is_raised(now: datetime) -> bool:
    """Whether the worker says of any chain, today or yesterday, that it is not what was sealed."""
    return AuditRegel.objects.filter(actie=KLOPT_NIET, moment__gte=now - _DAGEN).exists()
