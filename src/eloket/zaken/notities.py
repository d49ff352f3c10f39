"""Internal notes: for civil servants only, written once."""

import hashlib
import uuid

from django.db import transaction

from eloket.identity.types import Actor
from eloket.kernel.klok import nu
from eloket.zaken.errors import NotitieLeeg
from eloket.zaken.models import NotitieRegel
from eloket.zaken.mogelijkheden import Handeling, must_be_possible
from eloket.zaken.types import ZaakRef
from eloket.zaken.vastleggen import lock_as_medewerker, note
from eloket.zaken.werk import Notitie

MEESTE_TEKENS = 5_000  # a reason and the text of a status fit in it


def add_notitie(actor: Actor, ref: ZaakRef, *, tekst: str, sleutel: str) -> None:
    """Add a note. The same text twice from the same form is one note. Raises NotitieLeeg, ZaakNietGevonden."""
    with transaction.atomic():
        zaak = lock_as_medewerker(actor, ref)
        must_be_possible(actor, zaak, Handeling.NOTITIE)
        write_notitie(actor, ref, tekst, sleutel=sleutel)


def write_notitie(actor: Actor, ref: ZaakRef, tekst: str, *, sleutel: str) -> None:
    """The row and its audit line, in the caller's transaction; the caller has passed `access`. Raises NotitieLeeg."""
    schoon = tekst.replace("\r\n", "\n").replace("\x00", "").strip()
    if not schoon or len(schoon) > MEESTE_TEKENS:
        raise NotitieLeeg
    eigen = "\n".join((actor.key, str(ref), sleutel, schoon))
    _, is_nieuw = NotitieRegel.objects.get_or_create(
        sleutel=hashlib.sha256(eigen.encode()).hexdigest() if sleutel else uuid.uuid4().hex,
        defaults={
            "zaak_ref": str(ref),
            "auteur_key": actor.key,
            "auteur_naam": actor.naam,
            "tekst": schoon,
            "moment": nu(),
        },
    )
    if is_nieuw:
        note(actor, "notitie.geschreven", ref)


def list_notities(ref: ZaakRef) -> tuple[Notitie, ...]:
    """Newest first. The caller has passed `access`, as a civil servant."""
    return tuple(
        Notitie(id=str(rij.id), auteur_naam=rij.auteur_naam, tekst=rij.tekst, moment=rij.moment)
        for rij in NotitieRegel.objects.filter(zaak_ref=str(ref)).order_by("-moment", "id")[:500]
    )
