"""The documents of a zaak: what comes in, and what becomes of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from eloket.documenten import service as documenten
from eloket.documenten.errors import DocumentBestaatAl
from eloket.documenten.types import Aangeboden, DocumentInzage, Geweigerd, Herkomst, Toevoeging
from eloket.identity.types import Actor
from eloket.kernel import events
from eloket.kernel.klok import nu
from eloket.zaken.access import get_zaak_for
from eloket.zaken.bronnen import bron_voor
from eloket.zaken.events import DocumentToegevoegd
from eloket.zaken.taken import fulfil
from eloket.zaken.types import Aandacht, GebeurtenisSoort, Zaak, ZaakRef
from eloket.zaken.vastleggen import must_be_open, note, record


@dataclass(frozen=True, slots=True)
class Ontvangst:
    """What became of a post with files: what stands in the zaak now, and what was refused and why."""

    toegevoegd: tuple[DocumentInzage, ...]
    geweigerd: tuple[Geweigerd, ...]
    vervulde_taken: tuple[str, ...] = ()


def add_documenten(
    actor: Actor, ref: ZaakRef, bestanden: tuple[Aangeboden, ...], *, taak_id: str = ""
) -> Ontvangst:
    """Add files to an open zaak; the good ones are kept when others are refused.

    Delivering to a taak of the actor (`taak_id`), or to their only open taak in the zaak, fulfils it.
    Raises ZaakNietGevonden, ZaakIsGesloten, BronOnbereikbaar.
    """
    moment = nu()
    zaak = get_zaak_for(actor, ref)
    must_be_open(zaak)
    klaar = documenten.prepare(
        bestanden, zaak_ref=str(ref), moment=moment
    )  # slow part, outside the transaction
    with transaction.atomic():
        zaak = get_zaak_for(actor, ref)
        must_be_open(zaak)
        ontvangst = link(actor, zaak, klaar, moment)
        if not ontvangst.toegevoegd:
            return ontvangst
        vervuld: tuple[str, ...] = ()
        if not actor.is_medewerker:
            bron_voor(ref.bron).set_aandacht(ref.id, Aandacht.DOCUMENT, moment)
            vervuld = fulfil(actor, ref, taak_id, moment)
        note(actor, "document.toegevoegd", ref, aantal=len(ontvangst.toegevoegd))
        events.publish(
            DocumentToegevoegd(
                zaak=zaak,
                document_ids=tuple(document.id for document in ontvangst.toegevoegd),
                door_gemeente=actor.is_medewerker,
            )
        )
    return Ontvangst(toegevoegd=ontvangst.toegevoegd, geweigerd=ontvangst.geweigerd, vervulde_taken=vervuld)


def link(actor: Actor, zaak: Zaak, klaar: Toevoeging, moment: datetime) -> Ontvangst:
    toegevoegd: list[DocumentInzage] = []
    geweigerd = list(klaar.geweigerd)
    for bestand in klaar.goed:
        try:
            document = documenten.add_document(
                zaak_ref=str(zaak.ref),
                bestand=bestand,
                herkomst=Herkomst.GEMEENTE if actor.is_medewerker else Herkomst.AANVRAGER,
                auteur_key=actor.key,
                auteur_naam=actor.naam,
                moment=moment,
            )
        except DocumentBestaatAl as error:
            geweigerd.append(Geweigerd(naam=bestand.naam, code=error.code, tekst=error.tekst))
            continue
        toegevoegd.append(document)
    if toegevoegd:
        aantal = "een document" if len(toegevoegd) == 1 else f"{len(toegevoegd)} documenten"
        if actor.is_medewerker:
            record(zaak.ref, GebeurtenisSoort.DOCUMENT_TOEGEVOEGD, f"Wij hebben {aantal} toegevoegd", moment)
        else:
            record(
                zaak.ref, GebeurtenisSoort.DOCUMENT_ONTVANGEN, f"Wij hebben {aantal} van u ontvangen", moment
            )
    return Ontvangst(toegevoegd=tuple(toegevoegd), geweigerd=tuple(geweigerd))
