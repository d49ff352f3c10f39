"""What one party was told, whoever of it was mailed.

Who is told stands in every row, also of a previous release that runs beside this one during an upgrade. That one leaves
`partij_key` empty. Nothing is lost by it: the mail goes as always, and a letter is for who would have been mailed
(Notificatie.partij). Who looks at it before the worker has filled it, has it opened when they look again.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import F, QuerySet

from eloket.notifications.models import Notificatie
from eloket.notifications.types import NotificatieSoort


def about_same(rij: Notificatie) -> "QuerySet[Notificatie]":
    """All that the party of this one was told about the same thing."""
    return Notificatie.objects.filter(
        partij_key=rij.partij_key, zaak_ref=rij.zaak_ref, onderwerp_id=rij.onderwerp_id
    )


def hold_unopened(pk: int, soorten: Collection[NotificatieSoort]) -> Notificatie | None:
    """This notification, held in the caller's transaction; None when it was opened meanwhile, or is gone.

    All of these kinds about the same thing are held, in one order: two contactpersonen have a row each, and two workers
    may have one of those each.
    """
    rij = Notificatie.objects.filter(pk=pk).first()
    if rij is None:
        return None
    over = about_same(rij).filter(soort__in=soorten).select_for_update(of=("self",)).order_by("pk")
    return next((een for een in list(over) if een.pk == pk and een.geopend_op is None), None)


def fill_partij(_now: datetime) -> int:
    """Fill it where it is empty: who is mailed is told. For the worker; says of how many notifications."""
    return Notificatie.objects.filter(partij_key="").update(partij_key=F("betrokkene_key"))
