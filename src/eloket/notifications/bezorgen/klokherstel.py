"""Mends what a clock that was wrong has left behind: moments so far ahead that what waits for them would be stuck.

A server whose clock was hours ahead, or is set back, has rows that wait for a moment that our own rules never choose.
Those are brought forward; what was planned by somebody's choice stays where it is. Nothing is sent twice by it.
"""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from eloket.notifications.bezorgen.bezorging import LANGSTE_UITSTEL, delay
from eloket.notifications.bezorgen.samenstellen import OPNIEUW_NA
from eloket.notifications.models import ONDERWEG, TE_MAILEN, BewijsRegel, Notificatie, Zending
from eloket.notifications.service import adresseer
from eloket.notifications.types import NotificatieSoort
from eloket.profile.queries import get_bereikbaarheid

TE_VER = timedelta(days=3)  # nothing is planned further ahead
SPELING = timedelta(minutes=5)  # so much may the clocks of two machines differ
_RECENTE_FEITEN = 1000


def repair_clock(now: datetime) -> int:
    """Bring forward what waits for a moment that a clock that was ahead has set; says how many. For the upkeep."""
    is_terug = is_set_back(now)
    ver = Q(gemaakt_op__gt=now + SPELING) | Q(gepland_op__gt=now + TE_VER)
    if is_terug:  # put off for a moment (a burst, the mail before it) that has become hours
        ver |= Q(gepland_op__gt=now + OPNIEUW_NA + SPELING)
    aantal = _plan_again(Notificatie.objects.filter(TE_MAILEN, ver, gepland_op__gt=now), now)
    # What holds nothing up may wait for the end of quiet hours: that is looked at again when its turn comes.
    uitgesteld = _later_than_any_delay(now) & (Q() if is_terug else Q(houdt_op=True))
    te_laat = uitgesteld | Q(gemaakt_op__gt=now + SPELING, volgende_poging_op__gt=now)
    aantal += Zending.objects.filter(ONDERWEG, te_laat).update(volgende_poging_op=now)
    return aantal + Zending.objects.filter(ONDERWEG, lease_tot__gt=now + SPELING).update(lease_tot=None)


def is_set_back(now: datetime) -> bool:
    """Whether something was noted, not long ago, at a moment that still has to come."""
    laatste = BewijsRegel.objects.order_by("-id").values_list("moment", flat=True)[:_RECENTE_FEITEN]
    return any(moment > now + SPELING for moment in laatste)


def _later_than_any_delay(now: datetime) -> Q:
    """After so many attempts no mail waits this long."""
    stappen = [0]
    while delay(stappen[-1]) < LANGSTE_UITSTEL:
        stappen.append(stappen[-1] + 1)
    delen = [Q(pogingen=n, volgende_poging_op__gt=now + delay(n) + SPELING) for n in stappen[:-1]]
    return reduce(or_, delen, Q(volgende_poging_op__gt=now + LANGSTE_UITSTEL + SPELING))


def _plan_again(rijen: "QuerySet[Notificatie]", now: datetime) -> int:
    """As if it happened now: at once, or by what its receiver chose; never later than it was."""
    aantal = rijen.exclude(aan="").update(gepland_op=now)
    eigen = rijen.filter(aan="")
    for key, soort in eigen.values_list("betrokkene_key", "soort").order_by().distinct():
        keuze = adresseer(NotificatieSoort(soort), get_bereikbaarheid(key), now)
        anders = eigen.filter(betrokkene_key=key, soort=soort, gepland_op__gt=keuze.gepland_op)
        aantal += anders.update(gepland_op=keuze.gepland_op)
    return aantal
