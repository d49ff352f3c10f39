"""Destroys what stands on approved lists, a zaak at a time, in the upkeep of the worker.

Two steps per zaak. First, in one transaction that holds the zaak: look again whether it may go, remove everything of
it, and write on the list that it went and of which content the bytes must still go. After the commit: the bytes, and
only then the line says that it was destroyed. Killed at any point nothing is half and nothing is done twice: it says
where to go on. Several workers may run beside each other: one that holds a line is passed over.
"""

import logging
from datetime import datetime
from uuid import UUID

from django.db import Error as DatabaseFout
from django.db import transaction
from django.db.models import Q

from eloket.archief.models import LijstRegel, Vernietigingslijst, Vernietigingsstop
from eloket.archief.toegang import lijst_ref
from eloket.archief.types import Beletsel, LijstStand, RegelStand
from eloket.audit import alarm
from eloket.audit import service as audit
from eloket.audit.bevindingen import BewijsKloptNiet
from eloket.documenten.weghalen import remove_bytes
from eloket.identity.types import Soort
from eloket.kernel.errors import EloketFout
from eloket.kernel.klok import datum_van
from eloket.zaken.access import lock_zaak
from eloket.zaken.errors import ZaakNietGevonden
from eloket.zaken.types import Archiefnominatie, Zaak, ZaakRef
from eloket.zaken.vernietigen import destroy_zaak, get_zaak, has_happened_since

log = logging.getLogger(__name__)
PER_RONDE = 100  # zaken: some seconds, so that other upkeep is not kept waiting
_TE_DOEN = (RegelStand.OP_LIJST, RegelStand.BEZIG)


def destroy_approved(now: datetime) -> int:
    """Go on with every approved list; returns how many zaken were destroyed now. Raises django.db.Error.

    A zaak that cannot go yet, or bytes that cannot be removed, wait for a next round and stop no other.
    """
    lijsten = Vernietigingslijst.objects.filter(stand=LijstStand.GOEDGEKEURD).order_by("besloten_op")
    gedaan = 0
    for lijst in list(lijsten):
        regels = lijst.regels.filter(stand__in=_TE_DOEN).order_by("pogingen", "archiefactiedatum", "pk")
        for regel_id in list(regels.values_list("pk", flat=True)[:PER_RONDE]):
            gedaan += _destroy_one(regel_id, lijst, now)
        _finish(lijst, now)
    return gedaan


def _destroy_one(regel_id: UUID, lijst: Vernietigingslijst, now: datetime) -> bool:
    """Whether this zaak is gone now, with its bytes."""
    try:
        with transaction.atomic():
            regel = _claim(regel_id, RegelStand.OP_LIJST)
            if regel is not None:
                _decide(regel, lijst, now)
        return _remove_files(regel_id, now)
    except DatabaseFout:
        raise
    except (EloketFout, OSError) as error:
        # What is still on its way, a source or a disk that does not answer: again in the next round.
        # Proof that is not what was sealed waits for a person, and every round says so.
        if isinstance(error.__cause__, BewijsKloptNiet):
            alarm.raise_alarm(error.__cause__, now)
        reden = error.code if isinstance(error, EloketFout) else type(error).__name__
        log.warning("vernietigen wacht: lijst %s, regel %s: %s", lijst.nummer, regel_id, reden)
        LijstRegel.objects.filter(pk=regel_id).update(pogingen=_again(regel_id))
        return False


def _again(regel_id: UUID) -> int:
    pogingen = LijstRegel.objects.values_list("pogingen", flat=True).get(pk=regel_id)
    return min(pogingen + 1, 1_000_000)


def _claim(regel_id: UUID, stand: RegelStand) -> LijstRegel | None:
    """The line, held until the transaction ends; None when another worker has it, or it is further by now."""
    rijen = LijstRegel.objects.select_for_update(skip_locked=True).filter(pk=regel_id, stand=stand)
    return rijen.first()


def _decide(regel: LijstRegel, lijst: Vernietigingslijst, now: datetime) -> None:
    ref = ZaakRef.parse(regel.zaak_ref)
    lock_zaak(ref)
    if beletsel := _find_beletsel(ref, regel, lijst, now):
        regel.stand, regel.beletsel = RegelStand.BEHOUDEN, beletsel
        regel.save(update_fields=["stand", "beletsel"])
        audit.record(
            actor_soort=audit.SYSTEEM,
            actor_key="",
            actie="vernietiging.zaak_behouden",
            object_ref=regel.zaak_ref,
            zaaknummer=regel.zaaknummer,
            lijst=lijst.nummer,
            beletsel=str(beletsel),
        )
        return
    regel.bestanden = list(destroy_zaak(ref, besloten_op=lijst.besloten_op or now))
    regel.stand = RegelStand.BEZIG
    regel.save(update_fields=["stand", "bestanden"])
    _forget(regel.zaak_ref)
    audit.record(
        actor_soort=Soort.MEDEWERKER,  # it is done in the name of who approved it
        actor_key=lijst.besloten_door,
        actie="zaak.vernietigd",
        object_ref=regel.zaak_ref,
        zaaknummer=regel.zaaknummer,
        lijst=lijst.nummer,
    )


def _forget(zaak_ref: str) -> None:
    """What colleagues typed about it on earlier lists, and stops that were lifted."""
    LijstRegel.objects.filter(zaak_ref=zaak_ref).exclude(reden="").update(reden="")
    Vernietigingsstop.objects.filter(zaak_ref=zaak_ref).delete()


def _find_beletsel(
    ref: ZaakRef, regel: LijstRegel, lijst: Vernietigingslijst, now: datetime
) -> Beletsel | None:
    """What came in between: the zaak is held, so nothing comes after this. Raises BronOnbereikbaar."""
    try:
        zaak = get_zaak(ref)
    except ZaakNietGevonden:
        return Beletsel.WEG
    if zaak.is_open:
        return Beletsel.HEROPEND
    if not _is_over(zaak, now):
        return Beletsel.TERMIJN
    stoppen = Vernietigingsstop.objects.filter(zaak_ref=str(ref))
    # Lifted since the list was made: who approved it may have counted on the stop.
    if stoppen.filter(Q(opgeheven_op=None) | Q(opgeheven_op__gte=lijst.gemaakt_op)).exists():
        return Beletsel.STOP
    if has_happened_since(zaak, lijst.gemaakt_op):
        return Beletsel.NIEUW
    return Beletsel.GEWIJZIGD if zaak.versie != regel.zaak_versie else None


def _is_over(zaak: Zaak, now: datetime) -> bool:
    return (
        zaak.archiefnominatie is Archiefnominatie.VERNIETIGEN
        and zaak.archiefactiedatum is not None
        and zaak.archiefactiedatum <= datum_van(now)
    )


def _remove_files(regel_id: UUID, now: datetime) -> bool:
    """The bytes of a zaak that is gone, and then its line. Raises OSError: then the line still says what must go."""
    bezig = LijstRegel.objects.filter(pk=regel_id, stand=RegelStand.BEZIG)
    bestanden = bezig.values_list("bestanden", flat=True).first()
    if bestanden is None:
        return False
    remove_bytes(bestanden)
    klaar = {"stand": RegelStand.VERNIETIGD, "bestanden": [], "vernietigd_op": now}
    return bool(bezig.update(**klaar))


def _finish(lijst: Vernietigingslijst, now: datetime) -> None:
    """When nothing is left to do; one of two workers at once."""
    with transaction.atomic():
        vast = Vernietigingslijst.objects.select_for_update().filter(
            pk=lijst.pk, stand=LijstStand.GOEDGEKEURD
        )
        if vast.first() is None or lijst.regels.filter(stand__in=_TE_DOEN).exists():
            return
        vast.update(stand=LijstStand.UITGEVOERD, klaar_op=now)
        aantal = lijst.regels.filter(stand=RegelStand.VERNIETIGD).count()
        audit.record(
            actor_soort=audit.SYSTEEM,
            actor_key="",
            actie="vernietiging.uitgevoerd",
            object_ref=lijst_ref(lijst.pk),
            nummer=lijst.nummer,
            zaken=aantal,
        )
    log.info("vernietigingslijst %s is uitgevoerd: %s zaken", lijst.nummer, aantal)
