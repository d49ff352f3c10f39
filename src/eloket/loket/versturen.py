"""Sending a form, once: it becomes a zaak, or adds to the one that asked for it.

The zaak, its documents and the mark on the concept are one transaction under the lock of the concept's row: a double
click, two tabs or thirty requests at once give one zaak. Everything is checked again inside that lock. The PDF of the
answers follows afterwards (bewijzen.py): no form waits for it, and none is without it for long.
"""

import base64
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from eloket.documenten import vasthouden
from eloket.documenten.types import Klaar
from eloket.identity.types import Actor, Soort
from eloket.kernel.crypto import vault
from eloket.kernel.klok import nu
from eloket.loket import meten
from eloket.loket.aantekenen import note_register
from eloket.loket.access import lock_concept_for
from eloket.loket.concepten import digest_antwoorden, houder_of, inzage, overzicht_to_json
from eloket.loket.errors import CodeOnbekend, ConceptGewijzigd, ConceptOnvolledig
from eloket.loket.formulier.doorloop import Doorloop, list_antwoorden
from eloket.loket.formulier.samengesteld import BestandVeld
from eloket.loket.formulier.tekstvelden import EmailVeld
from eloket.loket.models import Concept
from eloket.loket.queries import get_formulier_for
from eloket.loket.types import Formulier, Inzending, Moment
from eloket.notifications.ontvangst.queries import find_kenmerk
from eloket.notifications.ontvangst.types import OntvangstSoort
from eloket.notifications.queries import count_sent_to
from eloket.notifications.service import enqueue
from eloket.notifications.types import NotificatieSoort
from eloket.zaken import service as zaken
from eloket.zaken.access import get_followed_zaak
from eloket.zaken.types import NieuweZaak, Zaak, ZaakRef

REGISTER_GEWIJZIGD = (
    "Een gegeven dat wij voor u ophalen, is net gewijzigd. "
    "Controleer uw gegevens nog een keer en verstuur het daarna."
)


def submit(
    actor: Actor, concept_id: str, *, revisie: int, verklaringen: Collection[str] = (), gezien: str = ""
) -> Inzending:
    """Send the form. Sending it again gives the same zaak.

    Raises ConceptNietGevonden, BronOnbereikbaar, ConceptGewijzigd when `revisie` is not the one that was reviewed or
    the review showed other answers (`gezien`, concepten.digest_antwoorden: a register says something else since), and
    ConceptOnvolledig when something is missing or no longer right (a day that has passed, what a register says now).
    """
    # What is only for reading is fetched here, outside the transaction.
    vooraf = get_formulier_for(actor, concept_id)
    with transaction.atomic():
        rij = lock_concept_for(actor, concept_id)
        if rij.verstuurd_op is None:
            if not rij.revisie == revisie == vooraf.concept.revisie:
                raise ConceptGewijzigd
            _must_be_complete(vooraf, verklaringen)
            if gezien and gezien != digest_antwoorden(list_antwoorden(vooraf.loop)):
                raise ConceptGewijzigd(REGISTER_GEWIJZIGD)
            note_register(actor, rij, vooraf)
            _send(actor, rij, vooraf)
    concept = inzage(rij)
    return Inzending(concept=concept, code=code_of(concept.id) if rij.code_key else "")


def _must_be_complete(formulier: Formulier, verklaringen: Collection[str]) -> None:
    if stap := formulier.volgende:
        raise ConceptOnvolledig(stap.stap.id)
    if any(een.id not in verklaringen for een in formulier.definitie.verklaringen):
        raise ConceptOnvolledig("", "Vink aan dat u het met elke verklaring eens bent.")


def _send(actor: Actor, rij: Concept, formulier: Formulier) -> None:
    moment, houder = nu(), houder_of(rij.pk)
    klaar = _wanted(formulier, houder)
    if rij.aanvulling_ref:
        ref = ZaakRef.parse(rij.aanvulling_ref)
        zaaknummer = zaken.answer_with_form(
            actor, ref, rij.aanvulling_taak, antwoord=_as_text(formulier.loop), klaar=klaar
        ).identificatie
    else:
        zaak, _ = zaken.start_zaak(actor, _opdracht(actor, rij, formulier.loop), klaar=klaar)
        ref, zaaknummer = zaak.ref, zaak.identificatie
    vasthouden.release(houder)
    rij.zaak_ref, rij.zaaknummer, rij.verstuurd_op = str(ref), zaaknummer, moment
    rij.overzicht = overzicht_to_json(list_antwoorden(formulier.loop))
    rij.verstuurd_door = actor.verstuurd_door
    if actor.soort is Soort.ANONIEM:
        rij.code_key = _key_of(code_of(str(rij.pk)))
        _mail_receipt(formulier.loop, ref, moment)
    rij.save(
        update_fields=["zaak_ref", "zaaknummer", "verstuurd_op", "verstuurd_door", "code_key", "overzicht"]
    )
    duur = moment - (rij.begonnen_op or rij.gewijzigd_op)
    meten.count(rij.formulier, rij.versie, Moment.VERSTUURD, moment, duur=duur)


def _wanted(formulier: Formulier, houder: str) -> tuple[Klaar, ...]:
    """The files of fields that are shown, as what they were asked for: what was added before another answer hid its
    field does not go along. The same content in two fields is one document (documenten.vasthouden: by one name)."""
    standen = (stand for stap in formulier.loop.zichtbaar for stand in stap.velden if stand.is_zichtbaar)
    soorten = {s.veld.id: s.veld.documenttype for s in standen if isinstance(s.veld, BestandVeld)}
    gewenst: dict[str, Klaar] = {}
    for een in vasthouden.list_held(houder):
        if een.plek not in soorten:
            continue
        eerder = gewenst.setdefault(een.bestand.sha256, een.bestand)
        if not eerder.documenttype:
            gewenst[een.bestand.sha256] = replace(eerder, documenttype=soorten[een.plek])
    return tuple(gewenst.values())


def _opdracht(actor: Actor, rij: Concept, loop: Doorloop) -> NieuweZaak:
    zaak = loop.definitie.zaak
    assert zaak is not None  # a check has no review page that sends it
    partij = actor.partij
    return NieuweZaak(
        zaaktype=loop.zaaktype,
        omschrijving=loop.onderwerp,
        toelichting=_text_of(loop, zaak.toelichting),
        initiator_soort=actor.soort.value,
        initiator_nummer=partij.nummer if partij else "",
        initiator_vestigingsnummer=partij.vestigingsnummer if partij else "",
        initiator_naam=actor.naam,
        kenmerken=tuple(_kenmerken(loop, zonder=zaak.toelichting)),
        sleutel=rij.pk.hex,  # ours; the sleutel of the row came with the page
    )


def _text_of(loop: Doorloop, veld_id: str) -> str:
    return next(
        (s.tekst for stap in loop.zichtbaar for s in stap.velden if veld_id and s.veld.id == veld_id), ""
    )


def _kenmerken(loop: Doorloop, *, zonder: str) -> list[tuple[str, str]]:
    """Every question that was answered, with its answer: what the handler reads. The toelichting stands by itself."""
    return [
        (een.vraag, een.antwoord)
        for blok in list_antwoorden(loop, zonder=zonder)
        for een in blok.regels
        if een.antwoord
    ]


RECEIPTS_PER_DAG = 5  # to one address: nobody can be flooded with them through us


def _mail_receipt(loop: Doorloop, ref: ZaakRef, moment: datetime) -> None:
    """Confirm the receipt to the address that was filled in for it (Awb 2:14). Who logged in is told by ZaakGestart."""
    for stand in (stand for stap in loop.zichtbaar for stand in stap.velden):
        if not isinstance(stand.veld, EmailVeld) or not stand.veld.ontvangst or not stand.waarde:
            continue
        adres, soort = str(stand.waarde), NotificatieSoort.MELDING_ONTVANGEN
        wie = vault().keyed_hash("ontvangst", adres.lower())
        if count_sent_to(wie, soort, sinds=moment - timedelta(days=1)) < RECEIPTS_PER_DAG:
            enqueue(
                soort,
                aan=adres,
                betrokkene_key=wie,
                zaak_ref=str(ref),
                ontvangen_op=moment,
                kenmerk=find_kenmerk(OntvangstSoort.AANVRAAG, str(ref)),
            )


def _as_text(loop: Doorloop) -> str:
    return "\n".join(f"{naam}: {waarde}" for naam, waarde in _kenmerken(loop, zonder=""))


# --- following a report without logging in ---


def code_of(concept_id: str) -> str:
    """`ABCD-EFGH-JKLM-NPQR`: 80 bits that only who sent the report knows. Made from its id and our key, not stored."""
    ruw = bytes.fromhex(vault().keyed_hash("volgcode", concept_id))[:10]
    tekst = base64.b32encode(ruw).decode().translate(str.maketrans("IO", "89"))
    return "-".join(tekst[i : i + 4] for i in range(0, 16, 4))


def _key_of(code: str) -> str:
    kaal = "".join(teken for teken in code.upper() if teken.isalnum()).translate(str.maketrans("IO", "89"))
    return vault().keyed_hash("volgcode-sleutel", kaal)


_IEMAND = Actor(soort=Soort.ANONIEM, key="", naam="", middel="", niveau="")  # who has the code


def follow_by_code(code: str) -> Zaak:
    """The zaak of the report with this code; that somebody read it is noted, and not who: a login that happens to be
    there would name who reported without one. Raises CodeOnbekend, BronOnbereikbaar.
    """
    rij = Concept.objects.filter(code_key=_key_of(code)).exclude(code_key="").first()
    if rij is None:
        raise CodeOnbekend
    zaak = get_followed_zaak(ZaakRef.parse(rij.zaak_ref))
    zaken.record_view(_IEMAND, zaak.ref, "zaak.gevolgd")
    return zaak
