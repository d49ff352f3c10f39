"""An export is kept for a week, and then really gone. For the worker."""

from datetime import datetime

from django.db import transaction

from eloket.audit import service as audit
from eloket.export.models import Export
from eloket.identity.types import partij_ref

PER_RONDE = 200


def ruim_op(now: datetime) -> int:
    """Remove what is older than a week, with its parts; also what could not be made in that time. Says how many."""
    aantal = 0
    for pk in list(Export.objects.filter(verloopt_op__lte=now).values_list("pk", flat=True)[:PER_RONDE]):
        with transaction.atomic():
            rij = Export.objects.select_for_update().filter(pk=pk, verloopt_op__lte=now).first()
            if rij is None:  # its owner asked a new one meanwhile
                continue
            audit.record(
                actor_soort=audit.SYSTEEM,
                actor_key="",
                actie="export.verlopen",
                object_ref=partij_ref(rij.profiel_key),
            )
            rij.delete()
            aantal += 1
    return aantal
