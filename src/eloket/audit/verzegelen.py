"""Seals what was committed: at most 500 rows per seal, each seal over the hash of the one before it.

One at a time per chain, however many workers there are; a writer never waits for it. A crash at any point leaves a
whole seal with all its rows, or nothing. The head of the chain goes to the log, which is outside the database: who
rewrites the whole chain later cannot rewrite that.
"""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from eloket.audit import vingerafdruk
from eloket.audit.kop import Kop
from eloket.audit.models import Opruiming, Zegel
from eloket.audit.verzegeld import VerzegeldeRegel, ketens
from eloket.kernel.crypto import vault

log = logging.getLogger(__name__)
PER_ZEGEL = 500  # on SQLite one transaction, in which nobody else writes: some 20 milliseconds
PER_RONDE = 10  # seals per chain per round: a backlog never keeps the worker from the mail


@dataclass(frozen=True, slots=True)
class Verzegeld:
    """How one round went. `is_bij` when nothing is left to seal but what came in meanwhile."""

    regels: int
    is_bij: bool


class RegelVerdwenen(Exception):
    """A row changed between reading and sealing, which the guards forbid. Nothing was sealed; the next round tries."""


def seal_waiting(now: datetime) -> Verzegeld:
    """Seal in every chain what waits, oldest first, at most ten seals per chain. Raises django.db.Error."""
    regels, is_bij = 0, True
    for model in ketens().values():
        for _ in range(PER_RONDE):
            aantal = seal_batch(model, now)
            regels += aantal
            if aantal < PER_ZEGEL:
                break
        else:
            is_bij = False
    return Verzegeld(regels, is_bij)


def seal_batch(model: type[VerzegeldeRegel], now: datetime) -> int:
    """Make one seal; returns how many rows it holds. 0 when nothing waits, or another worker is at this chain."""
    wachtend = model.rijen().filter(zegel__isnull=True)
    if not wachtend.exists():  # on SQLite a transaction is a write lock: not one each time for nothing
        return 0
    with transaction.atomic():
        if not take_lock(model.keten()):
            return 0
        kolommen = model.kolommen()
        rijen = list(wachtend.order_by("id").values_list(*kolommen)[:PER_ZEGEL])
        if not rijen:
            return 0
        regels = [(rij[0], vingerafdruk.of_regel(model.keten(), kolommen, rij)) for rij in rijen]
        zegel = _make(get_kop(model.keten()), kolommen, regels, now)
        nieuw = wachtend.filter(pk__in=[pk for pk, _ in regels]).update(zegel=zegel.volgnummer)
        if nieuw != len(regels):
            raise RegelVerdwenen
        zegel.save(force_insert=True)
    log.info("verzegeld: %s regels, kop %s", zegel.aantal, Kop.of(zegel))
    return zegel.aantal


def take_lock(keten: str) -> bool:
    """Whether this transaction now is the only one that adds to or removes from this chain, until it ends.

    SQLite has one writer at a time already (transaction_mode IMMEDIATE).
    """
    if connection.vendor != "postgresql":
        return True
    sleutel = int.from_bytes(hashlib.sha256(f"eloket/zegel/{keten}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [sleutel])
        return bool(cursor.fetchone()[0])


def get_kop(keten: str) -> Kop:
    """The end of the chain: its last seal, or where it goes on after a removal; number 0 when it has none yet.

    A removal that is not ours moves nothing: the next seal would not fit on the one before it.
    """
    zegel = Zegel.objects.filter(keten=keten).order_by("-volgnummer").defer("regels").first()
    verder = Opruiming.objects.filter(keten=keten, tot__gt=0 if zegel is None else zegel.volgnummer)
    for opruiming in verder.order_by("-tot").iterator(chunk_size=100):
        if vingerafdruk.of_opruiming(opruiming) == opruiming.hash:
            return Kop(keten, opruiming.tot, opruiming.kop)
    return Kop(keten, 0, "") if zegel is None else Kop.of(zegel)


def _make(kop: Kop, kolommen: tuple[str, ...], regels: list[tuple[int, bytes]], now: datetime) -> Zegel:
    """The next link, not saved yet."""
    zegel = Zegel(
        keten=kop.keten,
        volgnummer=kop.volgnummer + 1,
        moment=now,
        aantal=len(regels),
        kolommen=",".join(kolommen),
        regels=vingerafdruk.pack(regels),
        vorige_hash=kop.hash,
        sleutel=vault().zegel_sleutel,
    )
    zegel.hash = vingerafdruk.of_zegel(zegel)
    return zegel
