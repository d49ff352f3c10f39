"""A zaak that must not be destroyed for now, whatever its period says: a vernietigingsstop, with its reason."""

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


def lift_stop(actor: Actor, stop_id: UUID) -> None:
    """The zaak can come on a next list. Twice is once. Raises NietGevonden."""
    must_destroy(actor)
    with transaction.atomic():
        stop = Vernietigingsstop.objects.select_for_update().filter(pk=stop_id).first()
        if stop is None:
            raise NietGevonden
        if stop.opgeheven_op is None:
            stop.opgeheven_op = nu()
            stop.save(update_fields=["opgeheven_op"])
            note(actor, "vernietiging.stop_opgeheven", stop.zaak_ref)


def list_stoppen() -> tuple[StopInzage, ...]:
    """Those that count now, the newest first; at most 500."""
    rijen = Vernietigingsstop.objects.filter(opgeheven_op=None).order_by("-sinds", "zaaknummer")[:500]
    return tuple(StopInzage(rij.pk, rij.zaaknummer, rij.reden, rij.sinds, rij.door_key) for rij in rijen)
