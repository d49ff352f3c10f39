"""The PDF of a sent form: for who sent it, and as a document in the zaak. Made afterwards, in a lane of its own.

A form whose PDF is not in its zaak yet is a row without `bewijs_op`: whatever happens, the next round finds it. The
PDF of a form is the same bytes whenever it is made, so that twice is once.
"""

import logging
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Q

from eloket.design_system.pdf import render_pdf
from eloket.documenten import service as documenten
from eloket.documenten.errors import DocumentBestaatAl
from eloket.documenten.types import Herkomst, Klaar
from eloket.documenten.upload import bied_aan
from eloket.kernel.errors import Storing
from eloket.kernel.klok import nu, schrijf_moment
from eloket.loket.concepten import inzage
from eloket.loket.models import Concept
from eloket.loket.types import ConceptInzage
from eloket.loket.versies import definitie_of
from eloket.notifications.ontvangst.queries import find_kenmerk
from eloket.notifications.ontvangst.types import VERSTUURD_DOOR, OntvangstSoort
from eloket.zaken.access import lock_zaak
from eloket.zaken.types import ZaakRef
from eloket.zaken.vastleggen import note_by_system

log = logging.getLogger(__name__)
PER_RONDE = 50
UITSTEL = timedelta(minutes=10)


def ontvangst_van(concept: ConceptInzage) -> tuple[OntvangstSoort, str]:
    """The kind of the receipt of this sent form, and what it is about: its zaak, or the taak that asked for it."""
    if concept.aanvulling is not None:
        return OntvangstSoort.FORMULIER, concept.aanvulling[1]
    return OntvangstSoort.AANVRAAG, str(concept.zaak_ref)


def make_bewijs(concept: ConceptInzage, *, code: str = "") -> bytes:
    """Everything that was filled in and declared, and who sent it for whom, as PDF/UA-1, dated when it was received
    (afschrift, Wmebv).

    `code` is that of who did not log in, for their own copy only.
    """
    definitie = definitie_of(concept.formulier, concept.versie)
    assert concept.verstuurd_op is not None  # the caller saw to that
    kenmerk = find_kenmerk(*ontvangst_van(concept))
    regels = [
        ("Zaaknummer", concept.zaaknummer),
        ("Ontvangen op", schrijf_moment(concept.verstuurd_op)),
        *([(VERSTUURD_DOOR, concept.verstuurd_door)] if concept.verstuurd_door else []),
        *([("Kenmerk van ontvangst", kenmerk)] if kenmerk else []),
        *([("Code om uw melding te volgen", code)] if code else []),
    ]
    gegevens = {
        "gemeente": settings.ELOKET.gemeente,
        "zaaknummer": concept.zaaknummer,
        "regels": regels,
        "blokken": [
            {
                "titel": blok.titel,
                "regels": [(een.vraag, een.antwoord or "Niet ingevuld") for een in blok.regels],
            }
            for blok in concept.overzicht
        ],
        "verklaringen": [een.tekst for een in definitie.verklaringen],
    }
    return render_pdf("aanvraag", gegevens, titel=definitie.titel, moment=concept.verstuurd_op)


def add_bewijzen(now: datetime) -> int:
    """Put the PDF of each sent form in its zaak; says how many. For every round of the worker.

    One that fails waits ten minutes and stops no other. Raises django.db.Error.
    """
    wachtend = Concept.objects.filter(verstuurd_op__isnull=False, bewijs_op=None)
    nu_aan_de_beurt = wachtend.filter(Q(bewijs_na=None) | Q(bewijs_na__lte=now)).order_by("verstuurd_op")
    return sum(_try(pk, now) for pk in list(nu_aan_de_beurt.values_list("pk", flat=True)[:PER_RONDE]))


def _try(pk: UUID, now: datetime) -> bool:
    try:
        return _add(pk, now)
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever is wrong with this one, the others go on; it is logged
        # The message may hold what somebody typed: only the kind of error is told.
        log.warning("bewijs van %s uitgesteld: %s", pk, type(error).__name__)
        Concept.objects.filter(pk=pk).update(bewijs_na=now + UITSTEL)
        return False


def _add(pk: UUID, now: datetime) -> bool:
    rij = Concept.objects.filter(pk=pk, bewijs_op=None).first()
    if rij is None:
        return False
    klaar = _prepare(rij, now)
    with transaction.atomic():
        rij = Concept.objects.select_for_update().filter(pk=pk, bewijs_op=None).first()
        if rij is None:
            return False
        lock_zaak(ZaakRef.parse(rij.zaak_ref))  # before its documents, as everybody
        with suppress(DocumentBestaatAl):  # a round before this one got this far
            document = documenten.add_document(
                zaak_ref=rij.zaak_ref,
                bestand=klaar,
                herkomst=Herkomst.GEMEENTE,  # made by us, of what they sent: there is nothing to judge
                auteur_key=rij.profiel_key,  # whose answers are in it, "" of who did not log in
                auteur_naam=settings.ELOKET.gemeente,
                moment=now,
            )
            note_by_system("document.toegevoegd", ZaakRef.parse(rij.zaak_ref), document=document.id)
        rij.bewijs_op = nu()
        rij.save(update_fields=["bewijs_op"])
    return True


def _prepare(rij: Concept, now: datetime) -> Klaar:
    """Raises Storing when the PDF cannot be kept now."""
    concept = inzage(rij)
    naam = f"{definitie_of(concept.formulier, concept.versie).titel} {concept.zaaknummer}.pdf"
    toevoeging = documenten.prepare((bied_aan(naam, (make_bewijs(concept),)),), zaak_ref="", moment=now)
    if not toevoeging.goed:  # the disk is full, the scanner sees a ghost: it is not in the zaak, so it waits
        raise Storing
    return toevoeging.goed[0]
