"""Who opens nothing of what we send gets a letter, when the rule for it is on (zaken.herinneringen).

Source: Wmebv: when telling somebody structurally fails, the municipality tries another channel. Once per party and
thing, as in `herinneren`: the rows of what they were told are held, and the one of the letter stands beside them.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from eloket.notifications.brieven.overnemen import take_over
from eloket.notifications.models import Notificatie
from eloket.notifications.nog_daar import in_pages, still_waiting
from eloket.notifications.partij import about_same, hold_unopened
from eloket.notifications.service import enqueue
from eloket.notifications.types import Kanaal, NotificatieSoort
from eloket.zaken.herinneringen import Herinnering, get_regel

PER_RONDE = 200
TE_LANG_GELEDEN = timedelta(days=30)
_SOORTEN = (
    NotificatieSoort.BERICHT_BEANTWOORD,
    NotificatieSoort.DOCUMENT_TOEGEVOEGD,
    NotificatieSoort.DOCUMENT_GEVRAAGD,
    NotificatieSoort.ANTWOORD_GEVRAAGD,
)


def write_who_opens_nothing(now: datetime) -> int:
    """Put in a letter what a party was told some days ago, when they have opened nothing at all since. For the worker;
    says how many notifications. Who opened anything knows the way, and is reminded by mail (`herinneren`). Not of what
    does not wait for them any more; when that cannot be looked at now, again in the next round."""
    regel = get_regel(Herinnering.ANDER_KANAAL)
    if not regel.is_aan:
        return 0
    geschreven = 0
    for rijen in in_pages(_unreached(now - regel.termijn)):
        for pk in still_waiting(rijen, als_onbekend=False):
            geschreven += _write(pk, now)
            if geschreven >= PER_RONDE:
                return geschreven
    return geschreven


def _unreached(tot: datetime) -> "QuerySet[Notificatie]":
    # Of a business that one of its people reads for, nothing is unreached.
    van_partij = Notificatie.objects.filter(partij_key=OuterRef("partij_key"))
    letters = van_partij.filter(zaak_ref=OuterRef("zaak_ref"), onderwerp_id=OuterRef("onderwerp_id"))
    return (
        Notificatie.objects.filter(
            ~Exists(van_partij.filter(geopend_op__gte=OuterRef("gemaakt_op"))),
            ~Exists(letters.filter(zending__kanaal=Kanaal.BRIEF)),
            soort__in=_SOORTEN,
            geopend_op=None,
            gemaakt_op__lte=tot,
            gemaakt_op__gt=tot - TE_LANG_GELEDEN,
        )
        .exclude(zaak_ref="")
        .exclude(onderwerp_id="")
        .exclude(zending__kanaal=Kanaal.BRIEF)
    )


def _write(pk: int, now: datetime) -> bool:
    with transaction.atomic():
        rij = hold_unopened(pk, _SOORTEN)
        # A letter tells of it already, also when it took over the mail to one contactpersoon.
        if rij is None or about_same(rij).filter(zending__kanaal=Kanaal.BRIEF).exists():
            return False
        nummer = enqueue(
            NotificatieSoort.ONGELEZEN_HERINNERING,
            betrokkene_key=rij.partij_key,  # the letter goes to the business, not to one of its people
            zaak_ref=rij.zaak_ref,
            onderwerp_id=rij.onderwerp_id,
        )
        # At once, so that no mail is made of it.
        take_over(list(Notificatie.objects.filter(pk=nummer)), now)
    return True
