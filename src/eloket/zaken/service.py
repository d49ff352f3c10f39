"""Writes: everything that happens to a zaak. Each verb is one transaction with its audit line and its events."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from eloket.audit import service as audit
from eloket.documenten import service as documenten
from eloket.documenten.errors import DocumentBestaatAl
from eloket.documenten.types import Aangeboden, DocumentInzage, Geweigerd, Herkomst, Toevoeging
from eloket.identity.types import Actor
from eloket.kernel import events
from eloket.kernel.errors import NietToegestaan
from eloket.kernel.klok import nu, schrijf_datum, vandaag
from eloket.zaken import queries
from eloket.zaken.access import get_zaak_for
from eloket.zaken.bronnen import bron_voor, bron_voor_nieuwe_zaken
from eloket.zaken.errors import AanvraagOngeldig, StatusNietToegestaan, ZaakIsGesloten
from eloket.zaken.events import DocumentGevraagd, DocumentToegevoegd, StatusGezet, ZaakGestart
from eloket.zaken.models import GebeurtenisRegel, Taak
from eloket.zaken.types import Aandacht, GebeurtenisSoort, NieuweZaak, Zaak, ZaakRef

_TAKEN = uuid.UUID("5f0c6a3e-6d3b-4c58-9a58-0d4f1c1b7e11")  # name space: the same question has the same id


@dataclass(frozen=True, slots=True)
class Ontvangst:
    """What became of a post with files: what stands in the zaak now, and what was refused and why."""

    toegevoegd: tuple[DocumentInzage, ...]
    geweigerd: tuple[Geweigerd, ...]
    vervulde_taken: tuple[str, ...] = ()


def start_zaak(
    actor: Actor, opdracht: NieuweZaak, bestanden: tuple[Aangeboden, ...] = ()
) -> tuple[Zaak, Ontvangst]:
    """Start a zaak for the actor's own party, with its documents, all or nothing. Idempotent on `opdracht.sleutel`."""
    moment = nu()
    bron = bron_voor_nieuwe_zaken()
    klaar = documenten.prepare(bestanden, zaak_ref="", moment=moment)
    with transaction.atomic():
        zaak, is_nieuw = bron.start_zaak(opdracht, moment)
        if not is_nieuw:
            return zaak, Ontvangst(toegevoegd=(), geweigerd=())
        ontvangst = _link(actor, zaak, klaar, moment)
        _audit(actor, "zaak.gestart", zaak.ref, zaaktype=zaak.zaaktype)
        events.publish(ZaakGestart(zaak=zaak))
    return zaak, ontvangst


def add_documenten(
    actor: Actor, ref: ZaakRef, bestanden: tuple[Aangeboden, ...], *, taak_id: str = ""
) -> Ontvangst:
    """Add files to an open zaak; the good ones are kept when others are refused.

    Delivering to a taak of the actor (`taak_id`), or to their only open taak in the zaak, fulfils it.
    Raises ZaakNietGevonden, ZaakIsGesloten, BronOnbereikbaar.
    """
    moment = nu()
    zaak = get_zaak_for(actor, ref)
    _must_be_open(zaak)
    klaar = documenten.prepare(
        bestanden, zaak_ref=str(ref), moment=moment
    )  # slow part, outside the transaction
    with transaction.atomic():
        zaak = get_zaak_for(actor, ref)
        _must_be_open(zaak)
        ontvangst = _link(actor, zaak, klaar, moment)
        if not ontvangst.toegevoegd:
            return ontvangst
        vervuld: tuple[str, ...] = ()
        if not actor.is_medewerker:
            bron_voor(ref.bron).set_aandacht(ref.id, Aandacht.DOCUMENT, moment)
            vervuld = _fulfil(actor, ref, taak_id, moment)
        _audit(actor, "document.toegevoegd", ref, aantal=len(ontvangst.toegevoegd))
        events.publish(
            DocumentToegevoegd(
                zaak=zaak,
                document_ids=tuple(document.id for document in ontvangst.toegevoegd),
                door_gemeente=actor.is_medewerker,
            )
        )
    return Ontvangst(toegevoegd=ontvangst.toegevoegd, geweigerd=ontvangst.geweigerd, vervulde_taken=vervuld)


def _link(actor: Actor, zaak: Zaak, klaar: Toevoeging, moment: datetime) -> Ontvangst:
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


def _fulfil(actor: Actor, ref: ZaakRef, taak_id: str, moment: datetime) -> tuple[str, ...]:
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


def set_status(
    actor: Actor, ref: ZaakRef, *, volgnummer: int, toelichting: str, resultaat: str, versie: int
) -> Zaak:
    """Set a later status, or the eindstatus with its result. Raises StatusNietToegestaan, ZaakGewijzigd."""
    moment = nu()
    with transaction.atomic():
        zaak = _get_as_medewerker(actor, ref)
        _must_be_open(zaak)
        statustype = next((s for s in zaak.statustypen if s.volgnummer == volgnummer), None)
        if statustype is None or volgnummer <= zaak.stap:
            raise StatusNietToegestaan
        if statustype.is_eindstatus and not resultaat.strip():
            raise StatusNietToegestaan("Vul in wat het resultaat is. De zaak wordt met deze status afgerond.")
        if statustype.is_eindstatus and Taak.objects.filter(zaak_ref=str(ref), vervuld_op=None).exists():
            raise StatusNietToegestaan(
                "Er staat nog een vraag om een document open. Trek de vraag in, of wacht op het document."
            )
        bron = bron_voor(ref.bron)
        if statustype.is_eindstatus:
            bron.set_resultaat(ref.id, resultaat=resultaat.strip())
        nieuw = bron.set_status(
            ref.id, volgnummer=volgnummer, toelichting=toelichting.strip(), moment=moment, versie=versie
        )
        _audit(actor, "zaak.status_gezet", ref, volgnummer=volgnummer)
        events.publish(StatusGezet(zaak=nieuw, volgnummer=volgnummer, informeren=statustype.informeren))
    return nieuw


def take_zaak(actor: Actor, ref: ZaakRef, *, versie: int) -> Zaak:
    """The civil servant becomes the behandelaar. Raises ZaakGewijzigd when somebody was first."""
    with transaction.atomic():
        zaak = _get_as_medewerker(actor, ref)
        _must_be_open(zaak)
        nieuw = bron_voor(ref.bron).set_behandelaar(ref.id, medewerker_id=actor.medewerker_id, versie=versie)
        _audit(actor, "zaak.in_behandeling_genomen", ref)
    return nieuw


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
        zaak = _get_as_medewerker(actor, ref)
        _must_be_open(zaak)
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
        _audit(actor, "document.gevraagd", ref)
        events.publish(DocumentGevraagd(zaak=zaak, taak_id=str(taak.id), deadline=deadline))
    return str(taak.id)


def withdraw_taak(actor: Actor, ref: ZaakRef, taak_id: str) -> bool:
    """The municipality no longer needs the document. False (nothing changed) when it was delivered meanwhile."""
    with transaction.atomic():
        _get_as_medewerker(actor, ref)
        aantal, _ = Taak.objects.filter(zaak_ref=str(ref), id=taak_id, vervuld_op=None).delete()
        if aantal:
            _audit(actor, "document.vraag_ingetrokken", ref)
    return aantal > 0


def clear_aandacht(actor: Actor, ref: ZaakRef, soort: Aandacht) -> None:
    """A civil servant has seen what was new."""
    with transaction.atomic():
        _get_as_medewerker(actor, ref)
        bron_voor(ref.bron).set_aandacht(ref.id, soort, None)


def record_view(actor: Actor, ref: ZaakRef, actie: str = "zaak.bekeken", *, document_id: str = "") -> None:
    """Note that this actor read the zaak, or one of its documents (AVG: who looked at what)."""
    _audit(actor, actie, ref, **({"document": document_id} if document_id else {}))


def record(ref: ZaakRef, soort: GebeurtenisSoort, tekst: str, moment: datetime) -> None:
    """Add an event to the timeline, in the caller's transaction. `tekst` holds no names."""
    GebeurtenisRegel.objects.create(zaak_ref=str(ref), soort=soort, tekst=tekst[:200], moment=moment)


def _get_as_medewerker(actor: Actor, ref: ZaakRef) -> Zaak:
    zaak = get_zaak_for(actor, ref)
    if not actor.is_medewerker:
        raise NietToegestaan
    return zaak


def _must_be_open(zaak: Zaak) -> None:
    if not zaak.is_open:
        raise ZaakIsGesloten


def _audit(actor: Actor, actie: str, ref: ZaakRef, **kenmerken: str | int | bool) -> None:
    audit.record(actor_soort=actor.soort, actor_key=actor.key, actie=actie, object_ref=str(ref), **kenmerken)
