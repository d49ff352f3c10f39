"""Reminds of what was sent and not opened, when the rule for it is on (zaken.herinneringen).

Once per party and thing: the rows of what they were told are held while the reminder is made. It stands beside them
under the same `onderwerp_id`, so a second worker, a later round or a clock that went back finds it there.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from eloket.notifications.models import Notificatie
from eloket.notifications.nog_daar import in_pages, still_waiting
from eloket.notifications.ontvangers import tell_again
from eloket.notifications.partij import about_same, hold_unopened
from eloket.notifications.types import NotificatieSoort
from eloket.zaken.herinneringen import Herinnering, get_regel

PER_RONDE = 200  # that are reminded
# What lay unread for longer than this when the rule was switched on, is not brought up any more.
TE_LANG_GELEDEN = timedelta(days=30)
_TE_LEZEN = (NotificatieSoort.BERICHT_BEANTWOORD, NotificatieSoort.DOCUMENT_TOEGEVOEGD)


def remind_ongelezen(now: datetime) -> int:
    """Remind who has not opened a message or document some days after it was sent. For the worker; says how many.

    Not of a document that went to another zaak or has a next version. When the documents cannot be read now, again in
    the next round.
    """
    regel = get_regel(Herinnering.ONGELEZEN)
    if not regel.is_aan:
        return 0
    herinnerd = 0
    for rijen in in_pages(_unread(now - regel.termijn)):
        for pk in still_waiting(rijen, als_onbekend=False):
            herinnerd += _remind(pk)
            if herinnerd >= PER_RONDE:
                return herinnerd
    return herinnerd


def _unread(tot: datetime) -> "QuerySet[Notificatie]":
    """What was told before then, and is neither opened nor reminded of: of a business, through anybody of it."""
    herinnerd = Notificatie.objects.filter(
        soort=NotificatieSoort.ONGELEZEN_HERINNERING,
        zaak_ref=OuterRef("zaak_ref"),
        onderwerp_id=OuterRef("onderwerp_id"),
        partij_key=OuterRef("partij_key"),
    )
    return Notificatie.objects.filter(
        ~Exists(herinnerd),
        soort__in=_TE_LEZEN,
        geopend_op=None,
        gemaakt_op__lte=tot,
        gemaakt_op__gt=tot - TE_LANG_GELEDEN,
    ).exclude(onderwerp_id="")


def _remind(pk: int) -> int:
    """How many notifications; none when it was opened or reminded of meanwhile."""
    with transaction.atomic():
        rij = hold_unopened(pk, _TE_LEZEN)
        if rij is None or about_same(rij).filter(soort=NotificatieSoort.ONGELEZEN_HERINNERING).exists():
            return 0
        return tell_again(
            NotificatieSoort.ONGELEZEN_HERINNERING,
            rij.partij_key,
            zaak_ref=rij.zaak_ref,
            onderwerp_id=rij.onderwerp_id,
        )
