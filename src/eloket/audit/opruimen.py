"""Removes the oldest part of a chain when its retention period is over: whole seals with all their rows.

The only way in which proof goes. It leaves a signed `Opruiming` that never goes: what was removed, when, why, and
the hash that the chain goes on from. The guards of the database let exactly that part go (audit.bewaking), so there
is no moment at which something else could go along.

What goes is held against its seals first: else who can write the database makes a seal look old, and we ourselves
would remove the trace of what they did, and sign for it. What does not hold stays, until a person has looked.
"""

import logging
from datetime import datetime

from django.db import transaction

from eloket.audit import alarm, controle, service, vingerafdruk
from eloket.audit.bevindingen import Bevinding, BewijsKloptNiet, Soort, Uitslag
from eloket.audit.kop import Kop
from eloket.audit.models import AuditRegel, Opruiming, Wissing, Zegel
from eloket.audit.verzegeld import VerzegeldeRegel
from eloket.audit.verzegelen import take_lock
from eloket.kernel.crypto import vault
from eloket.kernel.duur import Duur
from eloket.kernel.klok import begin_van, datum_van

log = logging.getLogger(__name__)
PER_RONDE = 200  # seals: some 100,000 lines, each seal in a transaction of its own


def remove_expired(termijn: Duur, now: datetime) -> int:
    """The audit trail when its own retention period is over; returns how many lines went, in this round.

    A seal goes when it was made before the day that lies `termijn` back, so no line goes too early. Raises
    BewijsKloptNiet, which is noted in the trail too, django.db.Error.
    """
    voor = begin_van(termijn.voor(datum_van(now)))
    try:
        return remove_oldest(
            AuditRegel, voor=voor, reden=f"termijn {termijn.tekst}", now=now, zegels=PER_RONDE
        )
    except BewijsKloptNiet as error:
        alarm.raise_alarm(error, now)
        raise


def remove_oldest(
    model: type[VerzegeldeRegel], *, voor: datetime, reden: str, now: datetime, zegels: int | None = None
) -> int:
    """Remove every seal from the oldest on that was made before `voor`, with its rows; returns how many rows went.

    `reden` is a code or a short text without personal data, for example the article of the selection list. At most
    `zegels` at once; killed halfway, or with more to do, the next call first finishes what was begun. What goes is
    noted in the audit trail, in the transaction that decides it. Raises BewijsKloptNiet when something of it, or what
    was removed before, is not as it was sealed: then nothing goes from there on. So it does, when there is nothing
    (more) to remove, for the seal that is too young to go: its date may have been changed. Raises django.db.Error.
    """
    begonnen, aantal = _remove(model, _verified(model.keten()), zegels)
    over = None if zegels is None else zegels - begonnen
    if over == 0 or not _note(model, voor, reden, now, over):
        return aantal
    return aantal + _remove(model, _verified(model.keten()), over)[1]


def _verified(keten: str) -> int:
    """Up to where we removed; 0 when we never did. Raises BewijsKloptNiet for a removal that is not ours."""
    tot = 0
    for opruiming in Opruiming.objects.filter(keten=keten).order_by("tot").iterator(chunk_size=100):
        if vingerafdruk.of_opruiming(opruiming) != opruiming.hash:
            raise BewijsKloptNiet(keten, Bevinding(Soort.OPRUIMING_VERVALST, opruiming.tot))
        tot = opruiming.tot
    return tot


def _remove(model: type[VerzegeldeRegel], tot: int, zegels: int | None) -> tuple[int, int]:
    """How many seals and rows went, of what we signed for. Raises BewijsKloptNiet at the first that is no seal of ours:
    another one may have been given its number."""
    oud = Zegel.objects.filter(keten=model.keten(), volgnummer__lte=tot).order_by("volgnummer")
    aantal = gedaan = 0
    while (zegels is None or gedaan < zegels) and (zegel := oud.first()) is not None:
        if mis := controle.judge_zegel(zegel):
            raise BewijsKloptNiet(model.keten(), Bevinding(mis, zegel.volgnummer))
        gedaan += 1
        with transaction.atomic():
            ids = [pk for pk, _ in vingerafdruk.unpack(bytes(zegel.regels))]
            aantal += model.rijen().filter(pk__in=ids, zegel=zegel.volgnummer).delete()[0]
            zegel.delete()
            Wissing.objects.filter(keten=model.keten(), zegel=zegel.volgnummer).delete()
    return gedaan, aantal


def _note(
    model: type[VerzegeldeRegel], voor: datetime, reden: str, now: datetime, hoogstens: int | None
) -> bool:
    """Say what will go; False when nothing is old enough or another process is at this chain.

    Checked outside the transaction: on SQLite nobody else writes while one is open, and this may take seconds.
    """
    uitslag = controle.check_oldest(model, voor=voor, now=now, hoogstens=hoogstens)
    if controle.last_noted(model) != uitslag.opgeruimd_tot:
        return False  # another worker removed meanwhile what we were looking at
    if uitslag.bevindingen:
        raise BewijsKloptNiet(model.keten(), uitslag.bevindingen[0])
    if not uitslag.zegels or uitslag.kop is None:
        _tell_why(uitslag)
        return False
    with transaction.atomic():
        if not take_lock(model.keten()) or controle.last_noted(model) != uitslag.opgeruimd_tot:
            return False
        _sign(uitslag.kop, voor, reden, now)
    log.info("opgeruimd: %s tot en met zegel %s", model.keten(), uitslag.kop.volgnummer)
    return True


def _tell_why(uitslag: Uitslag) -> None:
    """Why nothing goes, when that is not for its age. Raises BewijsKloptNiet for a seal that was changed; one of a
    clock of ours that was wrong is proof as good as any, and only waits too long."""
    if uitslag.gestopt_bij:
        raise BewijsKloptNiet(uitslag.keten, uitslag.gestopt_bij)
    if uitslag.klok_liep_voor:
        log.warning(
            "opruimen wacht: de klok liep voor bij zegel %s van %s", uitslag.klok_liep_voor, uitslag.keten
        )


def _sign(kop: Kop, voor: datetime, reden: str, now: datetime) -> None:
    opruiming = Opruiming(
        keten=kop.keten,
        tot=kop.volgnummer,
        kop=kop.hash,
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
        object_ref=service.LOGBOEK,
        keten=kop.keten,
        tot=kop.volgnummer,
        voor=datum_van(voor).isoformat(),
    )
