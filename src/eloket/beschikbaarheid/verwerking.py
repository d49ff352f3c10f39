"""Extending terms in small steps: each step is one transaction that also says how far it came, so that a worker that is
killed halfway goes on where it was, and two workers never do the same step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from eloket.beschikbaarheid.models import Onderbreking, Verwerking
from eloket.beschikbaarheid.queries import inzage
from eloket.beschikbaarheid.types import OnderbrekingInzage
from eloket.kernel.klok import nu

PER_STAP = 25
OPNIEUW_NA = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Stap:
    """What one step did. `na` is the last id that it looked at; None: there was nothing left. `is_gemist`: something
    could not be looked at now, so that all of it must be gone through once more."""

    na: str | None
    is_gemist: bool = False


def plan(onderbreking_id: str, deel: str) -> None:
    """This outage must be gone through (again), in the caller's transaction."""
    Verwerking.objects.update_or_create(
        onderbreking_id=onderbreking_id,
        deel=deel,
        defaults={"na": "", "is_gemist": False, "klaar_op": None, "volgende_op": nu()},
    )


def is_bezig(deel: str) -> bool:
    """Whether terms of this kind must still be looked at."""
    return Verwerking.objects.filter(deel=deel, klaar_op=None).exists()


def do_step(deel: str, now: datetime, doe: Callable[[OnderbrekingInzage, str], Stap]) -> bool:
    """One step of one outage. True when there may be more. `doe` gets the outage and the id to go on after, and writes
    in the transaction of this step."""
    wacht = Verwerking.objects.filter(deel=deel, klaar_op=None, volgende_op__lte=now)
    if not wacht.exists():  # on SQLite a transaction is a write lock: not one every second for nothing
        return False
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            wacht = wacht.select_for_update(skip_locked=True, of=("self",))
        rij = wacht.select_related("onderbreking").order_by("volgende_op", "pk").first()
        if rij is None:
            return False
        # One that turned out to go on is planned again when it ends; one that went up in another, with that one; and
        # one that was withdrawn was no outage: whoever was not told yet hears nothing of it.
        stap = doe(inzage(rij.onderbreking), rij.na) if _counts(rij.onderbreking) else Stap(None)
        rij.is_gemist = rij.is_gemist or stap.is_gemist
        if stap.na is not None:
            rij.na = stap.na
        elif rij.is_gemist:
            rij.na, rij.is_gemist, rij.volgende_op = "", False, now + OPNIEUW_NA
        else:
            rij.klaar_op = now
        rij.save()
    return True


def _counts(rij: Onderbreking) -> bool:
    return rij.eind is not None and rij.ingetrokken_op is None and rij.opgegaan_in_id is None
