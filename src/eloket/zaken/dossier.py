"""The documents of a zaak: what comes in, and what becomes of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from eloket.documenten import service as documenten
from eloket.documenten.bron import must_be_available
from eloket.documenten.errors import DocumentBestaatAl, DocumentOnbeoordeeld
from eloket.documenten.queries import list_documenten, list_versies
from eloket.documenten.types import (
    Aangeboden,
    Beoordeling,
    DocumentInzage,
    Geweigerd,
    Herkomst,
    Toevoeging,
)
from eloket.identity.types import Actor
from eloket.kernel import events
from eloket.kernel.klok import nu
from eloket.zaken.access import find_zaak_for, get_document_for, get_zaak_for, lock_zaak, lock_zaken
from eloket.zaken.betrokkenen import find_same, find_sender, has_other_readers, keys_of_actor
from eloket.zaken.bronnen import bron_voor
from eloket.zaken.errors import AanvraagOngeldig, AndereAanvrager
from eloket.zaken.events import (
    DocumentBeoordeeld,
    DocumentToegevoegd,
    DocumentVerplaatst,
)
from eloket.zaken.levensloop import clean_reden
from eloket.zaken.models import Taak
from eloket.zaken.mogelijkheden import Handeling, must_be_possible
from eloket.zaken.taken import (
    ask_document,
    find_open_taak,
    fulfil,
    get_locked,
    judge,
    unfulfil,
)
from eloket.zaken.tijdlijn import ontvangen_tekst, verplaatst_teksten
from eloket.zaken.types import Aandacht, Betrokkene, GebeurtenisSoort, TaakStand, Zaak, ZaakRef
from eloket.zaken.vastleggen import must_be_open, note, note_each, record

_NIEMAND_OM_TE_VRAGEN = (
    "Wie dit document stuurde, hoort niet bij deze zaak. U kunt het daarom niet opnieuw vragen. "
    "Keur het document af zonder datum."
)


@dataclass(frozen=True, slots=True)
class Ontvangst:
    """What became of a post with files: what stands in the zaak now, and what was refused and why."""

    toegevoegd: tuple[DocumentInzage, ...]
    geweigerd: tuple[Geweigerd, ...]
    vervulde_taken: tuple[str, ...] = ()
    is_nieuw: bool = True  # False: the zaak that this post would start was there before (zaken.starten)


def add_documenten(
    actor: Actor, ref: ZaakRef, bestanden: tuple[Aangeboden, ...], *, taak_id: str = "", vervangt: str = ""
) -> Ontvangst:
    """Add files to an open zaak; the good ones are kept when others are refused.

    Delivering to a taak of the actor (`taak_id`), or to their only open taak in the zaak, fulfils it. `vervangt` is a
    document of the zaak of which the (one) file is the next version; one that waits for a decision has none.
    Raises ZaakNietGevonden, ZaakIsGesloten, DocumentVervangen, DocumentOnbeoordeeld, BronOnbereikbaar.
    """
    moment = nu()
    zaak = get_zaak_for(actor, ref)
    must_be_open(zaak)
    if actor.is_medewerker:
        must_be_possible(actor, zaak, Handeling.DOCUMENT_TOEVOEGEN)
    _must_be_judged(actor, ref, vervangt)
    klaar = documenten.prepare(  # the slow part, outside the transaction
        bestanden, zaak_ref=str(ref), moment=moment, verwijder_locatie=zaak.verwijder_locatie
    )
    with transaction.atomic():
        lock_zaak(ref)
        zaak = get_zaak_for(actor, ref)
        must_be_open(zaak)
        _must_be_judged(actor, ref, vervangt)
        taak = None if actor.is_medewerker else find_open_taak(actor, ref, taak_id)
        ontvangst = link(actor, zaak, klaar, moment, taak_id=str(taak.id) if taak else "", vervangt=vervangt)
        if not ontvangst.toegevoegd:
            return ontvangst
        if not actor.is_medewerker:
            bron_voor(ref.bron).set_aandacht(ref.id, Aandacht.DOCUMENT, moment)
        if taak is not None:
            fulfil(taak, moment)
        events.publish(
            DocumentToegevoegd(
                zaak=zaak,
                document_ids=tuple(document.id for document in ontvangst.toegevoegd),
                door_gemeente=actor.is_medewerker,
                actor=actor,
                documenten=ontvangst.toegevoegd,
            )
        )
    return Ontvangst(
        toegevoegd=ontvangst.toegevoegd,
        geweigerd=ontvangst.geweigerd,
        vervulde_taken=(taak.titel,) if taak else (),
    )


def _must_be_judged(actor: Actor, ref: ZaakRef, vervangt: str) -> None:
    """What somebody sent does not disappear behind a next version before there is a decision about it."""
    if not vervangt:
        return
    _, document = get_document_for(actor, ref, vervangt)
    if document.is_onbehandeld and not document.vervangen_door:
        raise DocumentOnbeoordeeld


def link(
    actor: Actor, zaak: Zaak, klaar: Toevoeging, moment: datetime, *, taak_id: str = "", vervangt: str = ""
) -> Ontvangst:
    """Put prepared files in the zaak, in the caller's transaction, with a line in the timeline, and one in the audit
    trail for each document: who added which one, as the answer to what, and over which earlier version."""
    toegevoegd: list[DocumentInzage] = []
    sporen: list[dict[str, str]] = []
    geweigerd = list(klaar.geweigerd)
    betrokkene_key, vestiging_key = keys_of_actor(actor, zaak)
    for bestand in klaar.goed:
        oud = "" if toegevoegd else vervangt
        try:
            document = documenten.add_document(
                zaak_ref=str(zaak.ref),
                bestand=bestand,
                herkomst=Herkomst.GEMEENTE if actor.is_medewerker else Herkomst.AANVRAGER,
                auteur_key=actor.key,
                auteur_naam=actor.afzender,
                betrokkene_key=betrokkene_key,
                vestiging_key=vestiging_key,
                moment=moment,
                taak_id=taak_id,
                vervangt=oud,
            )
        except DocumentBestaatAl as error:
            geweigerd.append(Geweigerd(naam=bestand.naam, code=error.code, tekst=error.tekst))
            continue
        toegevoegd.append(document)
        spoor = {"document": document.id, "taak": document.taak_id, "vervangt": oud}
        sporen.append({naam: waarde for naam, waarde in spoor.items() if waarde})
    if toegevoegd:
        note_each(actor, "document.toegevoegd", zaak.ref, sporen)
        _record_added(actor, zaak, len(toegevoegd), moment, van=(betrokkene_key, vestiging_key))
    return Ontvangst(toegevoegd=tuple(toegevoegd), geweigerd=tuple(geweigerd))


def _record_added(actor: Actor, zaak: Zaak, aantal: int, moment: datetime, *, van: tuple[str, str]) -> None:
    if actor.is_medewerker:
        wat = "een document" if aantal == 1 else f"{aantal} documenten"
        record(zaak.ref, GebeurtenisSoort.DOCUMENT_TOEGEVOEGD, f"Wij hebben {wat} toegevoegd", moment)
        return
    teksten = ontvangen_tekst(aantal)
    soort, anderen = GebeurtenisSoort.DOCUMENT_ONTVANGEN, teksten.voor_anderen
    record(zaak.ref, soort, teksten.tekst, moment, van=van, voor_anderen=anderen)


def accept_document(
    actor: Actor, ref: ZaakRef, document_id: str, *, documenttype: str, vertrouwelijkheid: str
) -> None:
    """Into the dossier. The last undecided document of a request approves the request.

    Raises DocumentNietGevonden, DocumentAlBeoordeeld, DocumentWacht, DocumentIsBesmet, ZaakIsGesloten.
    """
    with transaction.atomic():
        zaak, document = _get_to_judge(actor, ref, document_id)
        must_be_available(document)
        if document.beoordeling is Beoordeling.GEACCEPTEERD:
            return
        document = documenten.judge_document(
            document_id,
            zaak_ref=str(ref),
            beoordeling=Beoordeling.GEACCEPTEERD,
            documenttype=documenttype.strip()[:80],
            vertrouwelijkheid=vertrouwelijkheid,
            moment=nu(),
        )
        note(actor, "document.geaccepteerd", ref, document=document_id)
        if taak := _open_for_judgement(ref, document):
            rest = [een for een in list_documenten(str(ref)) if een.taak_id == document.taak_id]
            if not any(een.is_onbehandeld for een in rest):
                judge(actor, zaak, taak, TaakStand.GOEDGEKEURD)
            return
        van = find_sender(zaak, document)
        record(ref, GebeurtenisSoort.DOCUMENT_GOEDGEKEURD, "Wij hebben een document goedgekeurd", nu())
        events.publish(DocumentBeoordeeld(zaak=zaak, document_id=document_id, van=van, is_geaccepteerd=True))


def refuse_document(
    actor: Actor, ref: ZaakRef, document_id: str, *, reden: str, deadline: date | None
) -> str:
    """Not good: who sent it reads why. With a `deadline` they are asked for it again; returns that taak's id, or ''.

    A document that answered a request refuses the request too. Raises as `accept_document`, RedenOntbreekt,
    AanvraagOngeldig (also when nobody can be asked again: who sent it is not in the zaak).
    """
    tekst = clean_reden(reden)
    with transaction.atomic():
        zaak, document = _get_to_judge(actor, ref, document_id)
        if document.beoordeling is Beoordeling.AFGEKEURD:
            return ""
        documenten.judge_document(
            document_id, zaak_ref=str(ref), beoordeling=Beoordeling.AFGEKEURD, reden=tekst, moment=nu()
        )
        note(actor, "document.geweigerd", ref, document=document_id)
        if taak := _open_for_judgement(ref, document):
            return judge(actor, zaak, taak, TaakStand.AFGEKEURD, reden=tekst, opnieuw_voor=deadline)
        van = find_sender(zaak, document)
        if deadline is not None and van is None:
            raise AanvraagOngeldig(_NIEMAND_OM_TE_VRAGEN)
        record(ref, GebeurtenisSoort.DOCUMENT_AFGEKEURD, "Wij konden een document niet gebruiken", nu())
        events.publish(DocumentBeoordeeld(zaak=zaak, document_id=document_id, van=van, is_geaccepteerd=False))
        if deadline is None:
            return ""
        return ask_document(
            actor,
            ref,
            titel=f"Opnieuw: {document.titel}"[:120],
            toelichting=tekst,
            deadline=deadline,
            van=van,
        )


def move_document(
    actor: Actor, ref: ZaakRef, document_id: str, *, naar: str, ook_andere_aanvrager: bool = False
) -> Zaak:
    """To another zaak, by zaaknummer; it waits for a decision there. Returns that zaak. What a colleague decided about
    it meanwhile stands: then it does not move.

    In both timelines who sent it reads which document it was, and where it went when they have a part in both zaken;
    others read that one went, or came. A request that has nothing left to judge is open again.
    Raises ZaakNietGevonden, ZaakIsGesloten, DocumentNietGevonden (it moved before), DocumentAlBeoordeeld,
    DocumentVervangen, DocumentBestaatAl, and AndereAanvrager unless that was confirmed: somebody in the other zaak who
    has no part in this one will be able to read the document.
    """
    with transaction.atomic():
        doel_ref = find_zaak_for(actor, naar).ref
        zaak, document = _get_to_judge(actor, ref, document_id, doel_ref)
        doel = get_zaak_for(actor, doel_ref)
        must_be_open(doel)
        must_be_possible(actor, doel, Handeling.DOCUMENT_BEOORDELEN)
        if doel.ref == zaak.ref:
            raise AanvraagOngeldig(
                "Dit document staat al bij deze zaak. Vul het nummer van een andere zaak in."
            )
        if has_other_readers(doel, zaak) and not ook_andere_aanvrager:
            raise AndereAanvrager
        moment = nu()
        taak = _open_for_judgement(ref, document)
        eerder = " ".join(een.id for een in list_versies(document_id)[1:])
        welke = {"document": document_id} | ({"eerdere_versies": eerder} if eerder else {})
        documenten.move_document(document_id, van=str(ref), naar=str(doel.ref))
        van = find_sender(zaak, document)
        _record_move(zaak, doel, document, van, moment)
        if taak and not any(een.taak_id == document.taak_id for een in list_documenten(str(ref))):
            unfulfil(taak, moment)
        note(actor, "document.verplaatst", ref, naar=str(doel.ref), **welke)
        note(actor, "document.ontvangen_van_andere_zaak", doel.ref, van=str(ref), **welke)
        bron_voor(doel.ref.bron).set_aandacht(doel.ref.id, Aandacht.DOCUMENT, document.ontvangen_op)
        events.publish(
            DocumentVerplaatst(
                zaak=zaak,
                doel=doel,
                document_id=document_id,
                van=van,
                is_ook_daar=find_same(doel, van) is not None,
            )
        )
    return doel


def _record_move(
    zaak: Zaak, doel: Zaak, document: DocumentInzage, van: Betrokkene | None, moment: datetime
) -> None:
    """Its title is for who sent it; it has none where nobody knows who that was, so that no other reads it."""
    keys = (van.key, van.vestiging_key) if van else (document.betrokkene_key, document.vestiging_key)
    is_ook_daar = find_same(doel, van) is not None
    nummers = (zaak.identificatie, doel.identificatie) if is_ook_daar else ("", "")
    for waar, teksten in zip((zaak, doel), verplaatst_teksten(*nummers), strict=True):
        record(
            waar.ref,
            GebeurtenisSoort.DOCUMENT_VERPLAATST,
            teksten.tekst,
            moment,
            onderwerp=document.titel if keys[0] else "",
            van=keys,
            voor_anderen=teksten.voor_anderen,
        )


def _get_to_judge(actor: Actor, ref: ZaakRef, document_id: str, *ook: ZaakRef) -> tuple[Zaak, DocumentInzage]:
    """A document that this civil servant may decide about, as it is now: until the transaction ends nobody else changes
    what hangs on its zaak, nor on those of `ook`. All of them are held in one order, so that nobody waits for who waits
    for them. Whom it is not for waits for nobody, and nobody for them.
    """
    _find_to_judge(actor, ref, document_id)
    lock_zaken((ref, *ook))
    return _find_to_judge(actor, ref, document_id)


def _find_to_judge(actor: Actor, ref: ZaakRef, document_id: str) -> tuple[Zaak, DocumentInzage]:
    zaak, document = get_document_for(actor, ref, document_id)
    must_be_open(zaak)
    must_be_possible(actor, zaak, Handeling.DOCUMENT_BEOORDELEN)
    return zaak, document


def _open_for_judgement(ref: ZaakRef, document: DocumentInzage) -> Taak | None:
    """The request that the document answers, locked, unless it has been judged before."""
    taak = get_locked(ref, document.taak_id) if document.taak_id else None
    return taak if taak is not None and not taak.oordeel else None
