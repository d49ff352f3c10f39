"""Writes: keeping a form while somebody fills it in, and sending it, once.

The zaak and the mark on the concept are one transaction under the lock of the concept's row: a double click, two tabs,
or thirty requests at once make one zaak. The photos follow after that transaction, because the intake must commit its
own rows before it stores bytes (documenten.service.prepare). A crash in between loses nothing that was confirmed:
sending again finds the zaak and adds what is not there yet.
"""

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from eloket.documenten.errors import DocumentBestaatAl
from eloket.documenten.namen import leesbaar
from eloket.documenten.types import Aangeboden, Geweigerd
from eloket.identity.types import Actor
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import nu
from eloket.loket.access import concepten_van, eigenaar_key
from eloket.loket.concepten import inzage, melding_of, to_json
from eloket.loket.errors import ConceptGewijzigd, ConceptNietGevonden, ConceptVerstuurd
from eloket.loket.fotos import select_fotos
from eloket.loket.melding import Melding
from eloket.loket.models import Concept
from eloket.loket.queries import get_product
from eloket.loket.types import ConceptInzage, Inzending
from eloket.zaken import service as zaken
from eloket.zaken.errors import ZaakIsGesloten
from eloket.zaken.types import NieuweZaak, ZaakRef

BEWAARTIJD = timedelta(days=30)


def save_concept(actor: Actor, *, product: str, melding: Melding, sleutel: str) -> ConceptInzage:
    """Keep what was filled in on a new form. The same `sleutel` (32 to 64 letters and digits) gives the same concept.

    Going back in the browser to that form and changing something changes the concept; after it was sent, it begins
    a new one, so that nothing that was typed is lost. Raises ProductNietGevonden.
    """
    sleutel = sleutel if 32 <= len(sleutel) <= 64 and sleutel.isalnum() else uuid.uuid4().hex
    nieuw = {"product": get_product(product).slug, "antwoorden": to_json(melding), "gewijzigd_op": nu()}
    eigenaar = eigenaar_key(actor)
    with transaction.atomic():
        rij, is_nieuw = Concept.objects.select_for_update().get_or_create(
            eigenaar_key=eigenaar, sleutel=sleutel, defaults=nieuw
        )
        if not is_nieuw and melding_of(rij) != melding:
            if rij.zaak_ref:
                rij = Concept.objects.create(eigenaar_key=eigenaar, sleutel=uuid.uuid4().hex, **nieuw)
            else:
                _write(rij, melding)
    return inzage(rij)


def update_concept(actor: Actor, concept_id: str, *, melding: Melding, revisie: int) -> ConceptInzage:
    """Change a concept. `revisie` is the one that was on the screen.

    Raises ConceptNietGevonden, ConceptVerstuurd, and ConceptGewijzigd when another window was first.
    """
    with transaction.atomic():
        rij = _lock(actor, concept_id)
        if melding_of(rij) == melding:
            return inzage(rij)  # a double click, or nothing changed
        if rij.zaak_ref:
            raise ConceptVerstuurd
        if rij.revisie != revisie:
            raise ConceptGewijzigd
        _write(rij, melding)
    return inzage(rij)


def submit_melding(
    actor: Actor, concept_id: str, *, revisie: int, bestanden: tuple[Aangeboden, ...] = ()
) -> Inzending:
    """Send the concept: it becomes a zaak of the actor's party, once. Sending it again gives the same zaak.

    Good photos are kept when others are refused. Raises ConceptNietGevonden, BronOnbereikbaar, and ConceptGewijzigd
    when `revisie` is not the one that was checked.
    """
    with transaction.atomic():
        rij = _lock(actor, concept_id)
        if not rij.zaak_ref:
            if rij.revisie != revisie:
                raise ConceptGewijzigd
            zaak, _ = zaken.start_zaak(actor, _opdracht(actor, rij))
            rij.zaak_ref, rij.zaaknummer, rij.verstuurd_op = str(zaak.ref), zaak.identificatie, nu()
            rij.save(update_fields=["zaak_ref", "zaaknummer", "verstuurd_op"])
    concept = inzage(rij)
    assert concept.zaak_ref is not None  # written above, or by an earlier request
    fotos, geweigerd = _add_fotos(actor, concept.zaak_ref, bestanden)
    return Inzending(concept=concept, fotos=fotos, geweigerd=geweigerd)


def ruim_op(now: datetime) -> int:
    """Remove concepts that nobody changed for 30 days; says how many. What was sent lives on in its zaak."""
    return Concept.objects.filter(gewijzigd_op__lt=now - BEWAARTIJD).delete()[0]


def _lock(actor: Actor, concept_id: str) -> Concept:
    rij = concepten_van(actor, concept_id).select_for_update().first()
    if rij is None:
        raise ConceptNietGevonden
    return rij


def _write(rij: Concept, melding: Melding) -> None:
    rij.antwoorden, rij.gewijzigd_op = to_json(melding), nu()
    rij.revisie += 1
    rij.save(update_fields=["antwoorden", "gewijzigd_op", "revisie"])


def _opdracht(actor: Actor, rij: Concept) -> NieuweZaak:
    assert actor.partij is not None  # _lock found a row of theirs
    melding = melding_of(rij)
    return NieuweZaak(
        zaaktype=get_product(rij.product).inhoud.zaaktype,
        omschrijving=melding.onderwerp,
        toelichting=melding.omschrijving,
        initiator_soort=actor.partij.soort.value,
        initiator_nummer=actor.partij.nummer,
        initiator_vestigingsnummer=actor.partij.vestigingsnummer,
        initiator_naam=actor.naam,
        kenmerken=melding.kenmerken,
        sleutel=rij.pk.hex,  # ours; the sleutel of the row came with the form
    )


def _add_fotos(
    actor: Actor, ref: ZaakRef, bestanden: tuple[Aangeboden, ...]
) -> tuple[int, tuple[Geweigerd, ...]]:
    """Add the photos to the zaak: how many stand there now, and what was refused. The zaak stands by now, so what goes
    wrong here is told beside its number."""
    fotos, geen_foto = select_fotos(bestanden)
    if not fotos:
        return 0, geen_foto
    try:
        ontvangst = zaken.add_documenten(actor, ref, fotos)
    except (BronOnbereikbaar, ZaakIsGesloten) as error:
        return 0, (*(_niet_toegevoegd(foto, error.code) for foto in fotos), *geen_foto)
    # Sent twice: the photo stands in the zaak already, and that is what the person wanted.
    geweigerd = tuple(g for g in ontvangst.geweigerd if g.code != DocumentBestaatAl.code)
    return len(fotos) - len(geweigerd), (*geweigerd, *geen_foto)


def _niet_toegevoegd(foto: Aangeboden, code: str) -> Geweigerd:
    naam = leesbaar(foto.naam)
    return Geweigerd(
        naam=naam, code=code, tekst=f"‘{naam}’ is niet toegevoegd. Voeg de foto later toe bij uw zaak."
    )
