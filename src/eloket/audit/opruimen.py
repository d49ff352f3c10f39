"""Removes the oldest part of a chain when its retention period is over: whole seals with all their rows.

The only way in which proof goes. It leaves a signed `Opruiming` that never goes: what was removed, when, why, and
the hash that the chain goes on from. The guards of the database let exactly that part go (audit.bewaking), so there
is no moment at which something else could go along.
"""

import logging
from datetime import datetime

from django.db import transaction

from eloket.audit import service, vingerafdruk
from eloket.audit.models import AuditRegel, Opruiming, Wissing, Zegel
from eloket.audit.verzegeld import VerzegeldeRegel
from eloket.audit.verzegelen import take_lock
from eloket.kernel.crypto import vault
from eloket.kernel.duur import Duur
from eloket.kernel.klok import begin_van, datum_van

log = logging.getLogger(__name__)
LOGBOEK = "audit"  # the object of the lines about the audit trail itself
PER_RONDE = 200  # seals: some 100,000 lines, each seal in a transaction of its own


def remove_expired(termijn: Duur, now: datetime) -> int:
    """The audit trail when its own retention period is over; returns how many lines went, in this round.

    A seal goes when it was made before the day that lies `termijn` back, so no line goes too early. Raises
    django.db.Error.
    """
    voor = begin_van(termijn.voor(datum_van(now)))
    return remove_oldest(AuditRegel, voor=voor, reden=f"termijn {termijn.tekst}", now=now, zegels=PER_RONDE)


def remove_oldest(
    model: type[VerzegeldeRegel], *, voor: datetime, reden: str, now: datetime, zegels: int | None = None
) -> int:
    """Remove every seal from the oldest on that was made before `voor`, with its rows; returns how many rows went.

    `reden` is a code or a short text without personal data, for example the article of the selection list. At most
    `zegels` at once; killed halfway, or with more to do, the next call first finishes what was begun. What goes is
    noted in the audit trail, in the transaction that decides it. Raises django.db.Error.
    """
    _note(model.keten(), voor, reden, now)
    laatste = Opruiming.objects.filter(keten=model.keten()).order_by("-tot").first()
    if laatste is None:
        return 0
    oud = Zegel.objects.filter(keten=model.keten(), volgnummer__lte=laatste.tot).order_by("volgnummer")
    aantal = gedaan = 0
    while (zegels is None or gedaan < zegels) and (zegel := oud.first()) is not None:
        gedaan += 1
        with transaction.atomic():
            ids = [pk for pk, _ in vingerafdruk.unpack(bytes(zegel.regels))]
            aantal += model.rijen().filter(pk__in=ids, zegel=zegel.volgnummer).delete()[0]
            zegel.delete()
            Wissing.objects.filter(keten=model.keten(), zegel=zegel.volgnummer).delete()
    return aantal


def _note(keten: str, voor: datetime, reden: str, now: datetime) -> None:
    """Say what will go, unless nothing is old enough or another process is at this chain."""
    with transaction.atomic():
        if not take_lock(keten):
            return
        zegels = Zegel.objects.filter(keten=keten).order_by("volgnummer").defer("regels")
        jong = zegels.filter(moment__gte=voor).first()
        oud = zegels.filter(moment__lt=voor)
        tot = (oud if jong is None else oud.filter(volgnummer__lt=jong.volgnummer)).last()
        if tot is None or Opruiming.objects.filter(keten=keten, tot__gte=tot.volgnummer).exists():
            return
        opruiming = Opruiming(
            keten=keten,
            tot=tot.volgnummer,
            kop=tot.hash,
            moment=now,
            reden=reden,
            sleutel=vault().zegel_sleutel,
        )
        opruiming.hash = vingerafdruk.of_opruiming(opruiming)
        opruiming.save(force_insert=True)
        service.record(
            actor_soort=service.SYSTEEM,
            actor_key="",
            actie="audit.opgeruimd",
            object_ref=LOGBOEK,
            keten=keten,
            tot=tot.volgnummer,
            voor=datum_van(voor).isoformat(),
        )
    log.info("opgeruimd: %s tot en met zegel %s", keten, tot.volgnummer)
