"""Removes the oldest part of a chain when its retention period is over: whole seals with all their rows.

The only way in which proof goes. It leaves a signed `Opruiming` that never goes: what was removed, when, why, and
the hash that the chain goes on from. The guards of the database let exactly that part go (audit.bewaking), so there
is no moment at which something else could go along.
"""

import logging
from datetime import datetime

from django.db import transaction

from eloket.audit import vingerafdruk
from eloket.audit.models import Opruiming, Zegel
from eloket.audit.verzegeld import VerzegeldeRegel
from eloket.audit.verzegelen import take_lock
from eloket.kernel.crypto import vault

log = logging.getLogger(__name__)


def remove_oldest(model: type[VerzegeldeRegel], *, voor: datetime, reden: str, now: datetime) -> int:
    """Remove every seal from the oldest on that was made before `voor`, with its rows; returns how many rows went.

    `reden` is a code or a short text without personal data, for example the article of the selection list. Killed
    halfway, the next call first finishes what was begun. Raises django.db.Error.
    """
    _note(model.keten(), voor, reden, now)
    laatste = Opruiming.objects.filter(keten=model.keten()).order_by("-tot").first()
    if laatste is None:
        return 0
    oud = Zegel.objects.filter(keten=model.keten(), volgnummer__lte=laatste.tot).order_by("volgnummer")
    aantal = 0
    while (zegel := oud.first()) is not None:
        with transaction.atomic():
            ids = [pk for pk, _ in vingerafdruk.unpack(bytes(zegel.regels))]
            aantal += model.rijen().filter(pk__in=ids, zegel=zegel.volgnummer).delete()[0]
            zegel.delete()
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
    log.info("opgeruimd: %s tot en met zegel %s", keten, tot.volgnummer)
