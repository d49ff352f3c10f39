"""A zaak that must not be destroyed for now, whatever its period says: a vernietigingsstop, with its reason.

Who may destroy can lift one, also of somebody else: who set it may have left, and asking a second person for each would
add nothing, because a zaak never goes by one person anyway. What four eyes need is that the second pair knows. So
lifting takes a reason; both stay readable, also for who set it; the zaak only goes by a list that was made after it; on
that list stands that there was a stop, who lifted it and why; and who lifted it does not approve that list
(archief.service). Who lifts and makes the list needs another, who read that.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction

from eloket.archief.errors import StopOngeldig
from eloket.archief.models import Vernietigingsstop
from eloket.archief.toegang import must_destroy, note
from eloket.archief.types import StopInzage
from eloket.identity.types import Actor
from eloket.kernel.errors import NietGevonden
from eloket.kernel.klok import nu
from eloket.zaken.access import find_ref, lock_zaak
from eloket.zaken.errors import RedenOntbreekt, ZaakNietGevonden
from eloket.zaken.levensloop import clean_reden
from eloket.zaken.vernietigen import exists


def set_stop(actor: Actor, *, zaaknummer: str, reden: str) -> None:
    """Open or closed, on a list or not: the worker looks at it last. Waits for a destruction that is going on.

    Raises NietGevonden, StopOngeldig (fields zaaknummer and reden), BronOnbereikbaar.
    """
    must_destroy(actor)
    fouten: dict[str, str] = {}
    tekst, ref = "", None
    try:
        tekst = clean_reden(reden)
    except RedenOntbreekt as fout:
        fouten["reden"] = fout.tekst
    try:
        ref = find_ref(zaaknummer.strip())
    except ZaakNietGevonden:
        fouten["zaaknummer"] = "Er is geen zaak met dit zaaknummer. Controleer het nummer."
    if fouten or ref is None:
        raise StopOngeldig(fouten)
    try:
        with transaction.atomic():
            lock_zaak(ref)
            if not exists(ref):
                raise StopOngeldig({"zaaknummer": "Deze zaak is net vernietigd."})
            Vernietigingsstop.objects.create(
                zaak_ref=str(ref), zaaknummer=zaaknummer.strip(), reden=tekst, sinds=nu(), door_key=actor.key
            )
            note(actor, "vernietiging.stop_gezet", str(ref))
    except IntegrityError:
        raise StopOngeldig({"zaaknummer": "Voor deze zaak geldt al een vernietigingsstop."}) from None


def lift_stop(actor: Actor, stop_id: UUID, *, reden: str) -> None:
    """The zaak can come on a next list; a list that was made before this does not take it. Twice is once: the first
    reason stands. Raises NietGevonden, RedenOntbreekt."""
    must_destroy(actor)
    tekst = clean_reden(reden)
    with transaction.atomic():
        stop = Vernietigingsstop.objects.select_for_update().filter(pk=stop_id).first()
        if stop is None:
            raise NietGevonden
        if stop.opgeheven_op is None:
            stop.opgeheven_op, stop.opgeheven_door, stop.opgeheven_reden = nu(), actor.key, tekst
            stop.save(update_fields=["opgeheven_op", "opgeheven_door", "opgeheven_reden"])
            note(actor, "vernietiging.stop_opgeheven", stop.zaak_ref)


def list_stoppen() -> tuple[StopInzage, ...]:
    """Those that count now, the newest first; at most 500."""
    rijen = Vernietigingsstop.objects.filter(opgeheven_op=None).order_by("-sinds", "zaaknummer")[:500]
    return tuple(map(_inzage, rijen))


def list_opgeheven() -> tuple[StopInzage, ...]:
    """Those that were lifted, of zaken that are still there; the last one first, at most 20. One query."""
    rijen = Vernietigingsstop.objects.exclude(opgeheven_op=None).order_by("-opgeheven_op", "zaaknummer")
    return tuple(map(_inzage, rijen[:20]))


def opgeheven_van(zaak_refs: Collection[str]) -> dict[str, StopInzage]:
    """By zaak the stop that was lifted last. One query; none without references."""
    if not zaak_refs:
        return {}
    rijen = Vernietigingsstop.objects.filter(zaak_ref__in=list(zaak_refs)).exclude(opgeheven_op=None)
    return {rij.zaak_ref: _inzage(rij) for rij in rijen.order_by("opgeheven_op")}


def _inzage(rij: Vernietigingsstop) -> StopInzage:
    return StopInzage(
        id=rij.pk,
        zaak_ref=rij.zaak_ref,
        zaaknummer=rij.zaaknummer,
        reden=rij.reden,
        sinds=rij.sinds,
        door=rij.door_key,
        opgeheven_op=rij.opgeheven_op,
        opgeheven_door=rij.opgeheven_door,
        opgeheven_reden=rij.opgeheven_reden,
    )
