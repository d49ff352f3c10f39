"""Taken: what is asked of a resident or business, and what came of it."""

import uuid
from datetime import date, datetime

from django.db import transaction

from eloket.identity.types import Actor
from eloket.kernel import events
from eloket.kernel.errors import NietToegestaan
from eloket.kernel.klok import nu, schrijf_datum, vandaag
from eloket.zaken import queries
from eloket.zaken.errors import AanvraagOngeldig
from eloket.zaken.events import DocumentGevraagd
from eloket.zaken.models import Taak
from eloket.zaken.types import GebeurtenisSoort, ZaakRef
from eloket.zaken.vastleggen import get_as_medewerker, must_be_open, note, record

_TAKEN = uuid.UUID("5f0c6a3e-6d3b-4c58-9a58-0d4f1c1b7e11")  # name space: the same question has the same id


def ask_document(actor: Actor, ref: ZaakRef, *, titel: str, toelichting: str, deadline: date) -> str:
    """Ask the initiator for a document, to be delivered before `deadline`. Returns the id of the taak.

    The same question that is still open is not asked again: a double click is one question.

    Raises AanvraagOngeldig (nothing asked, or a date that is not in the future), ZaakIsGesloten.
    """
    titel, toelichting = titel.strip(), toelichting.strip()
    if not titel or len(titel) > 120 or len(toelichting) > 2000:
        raise AanvraagOngeldig("Vul in welk document u vraagt. Gebruik daarvoor hoogstens 120 tekens.")
    if deadline <= vandaag():
        raise AanvraagOngeldig("Kies een datum na vandaag.")
    moment = nu()
    with transaction.atomic():
        zaak = get_as_medewerker(actor, ref)
        must_be_open(zaak)
        initiator = zaak.initiator
        if initiator is None:
            raise NietToegestaan("Deze zaak heeft geen aanvrager. U kunt daarom niets vragen.")
        velden = {
            "zaak_ref": str(ref),
            "betrokkene_key": initiator.key,
            "vestiging_key": initiator.vestiging_key,
            "titel": titel,
            "toelichting": toelichting,
            "deadline": deadline,
            "gevraagd_op": moment,
            "gevraagd_door_key": actor.key,
        }
        zelfde = uuid.uuid5(_TAKEN, "\n".join((str(ref), titel, deadline.isoformat(), toelichting)))
        taak, is_nieuw = Taak.objects.get_or_create(id=zelfde, defaults=velden)
        if not is_nieuw and taak.vervuld_op is None:
            return str(taak.id)
        if not is_nieuw:  # delivered before: this is a new question in the same words
            taak = Taak.objects.create(id=uuid.uuid4(), **velden)
        tekst = f"Wij hebben u om een document gevraagd, vóór {schrijf_datum(deadline)}"
        record(ref, GebeurtenisSoort.DOCUMENT_GEVRAAGD, tekst, moment)
        note(actor, "document.gevraagd", ref)
        events.publish(DocumentGevraagd(zaak=zaak, taak_id=str(taak.id), deadline=deadline))
    return str(taak.id)


def withdraw_taak(actor: Actor, ref: ZaakRef, taak_id: str) -> bool:
    """The municipality no longer needs the document. False (nothing changed) when it was delivered meanwhile."""
    with transaction.atomic():
        get_as_medewerker(actor, ref)
        aantal, _ = Taak.objects.filter(zaak_ref=str(ref), id=taak_id, vervuld_op=None).delete()
        if aantal:
            note(actor, "document.vraag_ingetrokken", ref)
    return aantal > 0


def fulfil(actor: Actor, ref: ZaakRef, taak_id: str, moment: datetime) -> tuple[str, ...]:
    """Only what was asked of the actor's own party: a file of one betrokkene never ticks off another's taak."""
    alle = Taak.objects.select_for_update().filter(zaak_ref=str(ref), vervuld_op=None)
    openstaand = [taak for taak in alle if queries.is_gevraagd_van(actor.partij, taak)]
    gekozen = [taak for taak in openstaand if str(taak.id) == taak_id] or (
        openstaand if len(openstaand) == 1 else []
    )
    for taak in gekozen:
        taak.vervuld_op = moment
        taak.save(update_fields=["vervuld_op"])
        record(
            ref, GebeurtenisSoort.TAAK_VERVULD, "Wij hebben het document dat wij vroegen ontvangen", moment
        )
    return tuple(taak.titel for taak in gekozen)
