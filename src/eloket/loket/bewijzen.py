"""The PDF of a sent form: for who sent it, and as a document in the zaak. Made afterwards, in a lane of its own.

A form whose PDF is not in its zaak yet is a row without `bewijs_op`: whatever happens, the next round finds it. The
PDF of a form is the same bytes whenever it is made, so that twice is once.
"""

import logging
from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.db import transaction

from eloket.design_system.pdf import render_pdf
from eloket.documenten import service as documenten
from eloket.documenten.errors import DocumentBestaatAl
from eloket.documenten.types import Herkomst
from eloket.documenten.upload import bied_aan
from eloket.kernel.errors import EloketFout
from eloket.kernel.klok import nu, schrijf_moment
from eloket.loket.concepten import inzage
from eloket.loket.models import Concept
from eloket.loket.types import ConceptInzage
from eloket.loket.versies import definitie_of

log = logging.getLogger(__name__)
PER_RONDE = 50


def make_bewijs(concept: ConceptInzage) -> bytes:
    """Everything that was filled in and declared, as PDF/UA-1, dated when it was received (afschrift, Wmebv)."""
    definitie = definitie_of(concept.formulier, concept.versie)
    assert concept.verstuurd_op is not None  # the caller saw to that
    gegevens = {
        "gemeente": settings.ELOKET.gemeente,
        "zaaknummer": concept.zaaknummer,
        "regels": [
            ("Zaaknummer", concept.zaaknummer),
            ("Ontvangen op", schrijf_moment(concept.verstuurd_op)),
        ],
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
    """Put the PDF of each sent form in its zaak; says how many. For the worker; one that fails waits for the next
    round and stops no other."""
    wachtend = Concept.objects.filter(verstuurd_op__isnull=False, bewijs_op=None).order_by("verstuurd_op")
    gedaan = 0
    for pk in list(wachtend.values_list("pk", flat=True)[:PER_RONDE]):
        try:
            gedaan += _add(str(pk), now)
        except EloketFout as error:
            log.warning("bewijs uitgesteld: %s", error.code)
    return gedaan


def _add(concept_id: str, now: datetime) -> bool:
    rij = Concept.objects.filter(pk=concept_id).first()
    if rij is None or rij.bewijs_op is not None:
        return False
    pdf = make_bewijs(inzage(rij))
    toevoeging = documenten.prepare(
        (bied_aan(f"{rij.zaaknummer} aanvraag.pdf", (pdf,)),), zaak_ref="", moment=now
    )
    with transaction.atomic():
        rij = Concept.objects.select_for_update().get(pk=concept_id)
        if rij.bewijs_op is not None:
            return False
        for bestand in toevoeging.goed:
            with suppress(DocumentBestaatAl):  # a round before this one got this far
                documenten.add_document(
                    zaak_ref=rij.zaak_ref,
                    bestand=bestand,
                    herkomst=Herkomst.GEMEENTE,
                    auteur_key="",
                    auteur_naam=settings.ELOKET.gemeente,
                    moment=now,
                )
        rij.bewijs_op = nu()
        rij.save(update_fields=["bewijs_op"])
    return True
