"""Taken: what is asked of a resident or business, what they delivered, and what the civil servant thought of it."""

import logging
import uuid
from datetime import date, datetime

from django.db import transaction

from eloket.identity.types import Actor, Partij
from eloket.kernel import events
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import datum_van, nu, schrijf_datum, vandaag
from eloket.zaken import queries
from eloket.zaken.access import get_zaak_for, lock_zaak
from eloket.zaken.bronnen import bron_voor
from eloket.zaken.errors import (
    AanvraagOngeldig,
    AntwoordLeeg,
    TaakAlBeoordeeld,
    TaakAlVervuld,
    TaakNietGevonden,
)
from eloket.zaken.events import (
    AntwoordGevraagd,
    DocumentGevraagd,
    TaakBeantwoord,
    TaakBeoordeeld,
    TaakHerinnering,
    TaakIngetrokken,
)
from eloket.zaken.herinneringen import Herinnering, get_regel
from eloket.zaken.levensloop import clean_reden
from eloket.zaken.models import Taak
from eloket.zaken.mogelijkheden import Handeling, must_be_possible
from eloket.zaken.types import Aandacht, Betrokkene, GebeurtenisSoort, TaakSoort, TaakStand, Zaak, ZaakRef
from eloket.zaken.vastleggen import (
    about_taak,
    lock_as_medewerker,
    must_be_open,
    note,
    note_by_system,
    record_taak,
)

log = logging.getLogger(__name__)
_TAKEN = uuid.UUID("5f0c6a3e-6d3b-4c58-9a58-0d4f1c1b7e11")  # name space: the same question has the same id
MEESTE_TEKENS = 5_000
PER_RONDE = 100


def ask_document(
    actor: Actor,
    ref: ZaakRef,
    *,
    titel: str,
    toelichting: str,
    deadline: date,
    van: Betrokkene | None = None,
) -> str:
    """Ask the initiator, or another betrokkene (`van`), for a document, to be delivered before `deadline`. Returns the
    id of the taak.

    The same question that is still open is not asked again: a double click is one question.
    Raises AanvraagOngeldig (nothing asked, or a date that is not in the future), ZaakIsGesloten.
    """
    with transaction.atomic():
        zaak = _get_to_ask(actor, ref)
        return str(_ask(actor, zaak, TaakSoort.DOCUMENT, titel, toelichting, deadline, van=_keys(van)).id)


def ask_answer(actor: Actor, ref: ZaakRef, *, titel: str, toelichting: str, deadline: date) -> str:
    """Ask the initiator a question that they answer in words. As `ask_document`."""
    with transaction.atomic():
        zaak = _get_to_ask(actor, ref)
        return str(_ask(actor, zaak, TaakSoort.ANTWOORD, titel, toelichting, deadline).id)


def ask_form(
    actor: Actor, ref: ZaakRef, *, titel: str, toelichting: str, deadline: date, formulier: str
) -> str:
    """Ask the initiator to add to the running zaak with a form of the E-loket. As `ask_document`; the caller has seen
    that the form is there."""
    with transaction.atomic():
        zaak = _get_to_ask(actor, ref)
        taak = _ask(actor, zaak, TaakSoort.FORMULIER, titel, toelichting, deadline, formulier=formulier)
        return str(taak.id)


def _get_to_ask(actor: Actor, ref: ZaakRef) -> Zaak:
    zaak = lock_as_medewerker(actor, ref)
    must_be_open(zaak)
    must_be_possible(actor, zaak, Handeling.VRAGEN)
    return zaak


def _keys(van: Betrokkene | None) -> tuple[str, str] | None:
    return (van.key, van.vestiging_key) if van else None


def _ask(  # noqa: PLR0917 - what a question is made of, passed on by the two verbs above
    actor: Actor,
    zaak: Zaak,
    soort: TaakSoort,
    titel: str,
    toelichting: str,
    deadline: date,
    vervolg_van: Taak | None = None,
    formulier: str = "",
    van: tuple[str, str] | None = None,
) -> Taak:
    titel, toelichting = titel.strip(), toelichting.strip()
    if not titel or len(titel) > 120 or len(toelichting) > 2000:
        wat = "welk document u vraagt" if soort is TaakSoort.DOCUMENT else "uw vraag"
        raise AanvraagOngeldig(f"Vul in {wat}. Gebruik daarvoor hoogstens 120 tekens.")
    if deadline <= vandaag():
        raise AanvraagOngeldig("Kies een datum na vandaag.")
    assert zaak.initiator is not None  # must_be_possible saw to that
    aanvrager = (zaak.initiator.key, zaak.initiator.vestiging_key)
    betrokkene_key, vestiging_key = van or aanvrager
    velden = {
        "zaak_ref": str(zaak.ref),
        "betrokkene_key": betrokkene_key,
        "vestiging_key": vestiging_key,
        "soort": soort.value,
        "titel": titel,
        "toelichting": toelichting,
        "deadline": deadline,
        "gevraagd_op": nu(),
        "gevraagd_door_key": actor.key,
        "vervolg_van": vervolg_van,
        "formulier": formulier,
    }
    onderdelen = (
        str(zaak.ref),
        titel,
        deadline.isoformat(),
        toelichting,
        *([formulier] if formulier else ()),
        *((betrokkene_key, vestiging_key) if (betrokkene_key, vestiging_key) != aanvrager else ()),
    )
    vraag = "\n".join(onderdelen if soort is TaakSoort.DOCUMENT else (soort.value, *onderdelen))
    taak, is_nieuw = Taak.objects.get_or_create(id=uuid.uuid5(_TAKEN, vraag), defaults=velden)
    if not is_nieuw and taak.vervuld_op is None:
        return taak
    if not is_nieuw:  # delivered before: this is a new question in the same words
        taak = Taak.objects.create(id=uuid.uuid4(), **velden)
    _tell_asked(actor, zaak, taak, is_opnieuw=vervolg_van is not None)
    return taak


def _about(taak: Taak) -> dict[str, str]:
    """Which request an event is about, and of whom it was asked."""
    return {
        "taak_id": str(taak.id),
        "betrokkene_key": taak.betrokkene_key,
        "vestiging_key": taak.vestiging_key,
    }


def _tell_asked(actor: Actor, zaak: Zaak, taak: Taak, *, is_opnieuw: bool) -> None:
    dag = schrijf_datum(taak.deadline)
    if taak.soort == TaakSoort.DOCUMENT:
        tekst = f"Wij hebben u {'opnieuw ' if is_opnieuw else ''}om een document gevraagd, vóór {dag}"
        record_taak(taak, GebeurtenisSoort.DOCUMENT_GEVRAAGD, tekst, taak.gevraagd_op, noemt=False)
        note(actor, "document.gevraagd", zaak.ref, **about_taak(taak))
        events.publish(DocumentGevraagd(zaak=zaak, **_about(taak), deadline=taak.deadline))
        return
    tekst = f"Wij hebben u {'opnieuw ' if is_opnieuw else ''}een vraag gesteld, antwoord graag vóór {dag}"
    record_taak(taak, GebeurtenisSoort.ANTWOORD_GEVRAAGD, tekst, taak.gevraagd_op, noemt=False)
    note(actor, "antwoord.gevraagd", zaak.ref, **about_taak(taak))
    events.publish(AntwoordGevraagd(zaak=zaak, **_about(taak), deadline=taak.deadline))


def withdraw_taak(actor: Actor, ref: ZaakRef, taak_id: str) -> bool:
    """The municipality no longer needs what it asked; who was asked is told. False (nothing changed) when it was
    delivered meanwhile, or does not stand open in this zaak.
    """
    with transaction.atomic():
        zaak = lock_as_medewerker(actor, ref)
        must_be_possible(actor, zaak, Handeling.VRAGEN)
        taken = Taak.objects.select_for_update(of=("self",))
        taak = taken.filter(zaak_ref=str(ref), id=taak_id, vervuld_op=None).first()
        if taak is None:
            return False
        wat, spoor = _about(taak), about_taak(taak)  # after this the trail alone says what it was
        taak.delete()
        record_taak(taak, GebeurtenisSoort.TAAK_INGETROKKEN, "Wij hebben dit niet meer van u nodig", nu())
        is_document = taak.soort == TaakSoort.DOCUMENT
        note(
            actor, "document.vraag_ingetrokken" if is_document else "antwoord.vraag_ingetrokken", ref, **spoor
        )
        events.publish(TaakIngetrokken(zaak=zaak, **wat))
    return True


def answer_taak(actor: Actor, ref: ZaakRef, taak_id: str, *, antwoord: str) -> None:
    """The resident answers in words. The same answer twice is one answer; late is taken too.

    Raises TaakNietGevonden (also when it was asked of somebody else), TaakAlVervuld, AntwoordLeeg, ZaakIsGesloten.
    """
    tekst, moment = antwoord.replace("\r\n", "\n").replace("\x00", "").strip(), nu()
    with transaction.atomic():
        get_zaak_for(actor, ref)  # whom it is not for waits for nobody
        lock_zaak(ref)
        zaak = get_zaak_for(actor, ref)
        must_be_open(zaak)
        if actor.partij is None:
            raise TaakNietGevonden
        taak = _get_locked(ref, taak_id, actor.partij)
        if taak.soort != TaakSoort.ANTWOORD:
            raise TaakNietGevonden
        if not tekst or len(tekst) > MEESTE_TEKENS:
            raise AntwoordLeeg
        if taak.vervuld_op is not None:
            if taak.antwoord == tekst:
                return
            raise TaakAlVervuld
        taak.antwoord, taak.vervuld_op = tekst, moment
        taak.save(update_fields=["antwoord", "vervuld_op"])
        ontvangen = "Wij hebben uw antwoord ontvangen"
        record_taak(taak, GebeurtenisSoort.TAAK_VERVULD, ontvangen, moment, noemt=False)
        bron_voor(ref.bron).set_aandacht(ref.id, Aandacht.BERICHT, moment)
        note(actor, "antwoord.gegeven", ref, **about_taak(taak))
        events.publish(
            TaakBeantwoord(
                zaak=zaak,
                taak_id=str(taak.id),
                titel=taak.titel,
                is_formulier=False,
                actor=actor,
                moment=moment,
                documenten=(),
            )
        )


def get_form_taak(actor: Actor, ref: ZaakRef, taak_id: str) -> Taak:
    """The request for a form that was asked of this party, locked. Raises TaakNietGevonden, TaakAlVervuld."""
    taak = _get_locked(ref, taak_id, actor.partij)
    if taak.soort != TaakSoort.FORMULIER:
        raise TaakNietGevonden
    if taak.vervuld_op is not None:
        raise TaakAlVervuld
    return taak


def find_open_taak(actor: Actor, ref: ZaakRef, taak_id: str) -> Taak | None:
    """The open request for a document that a delivery of this party answers, locked: the one that was named, or their
    only one. A file of one betrokkene never ticks off what was asked of another.
    """
    alle = Taak.objects.select_for_update().filter(
        zaak_ref=str(ref), vervuld_op=None, soort=TaakSoort.DOCUMENT
    )
    openstaand = [taak for taak in alle if queries.is_gevraagd_van(actor.partij, taak)]
    genoemd = [taak for taak in openstaand if str(taak.id) == taak_id]
    gekozen = genoemd or (openstaand if len(openstaand) == 1 else [])
    return gekozen[0] if gekozen else None


def fulfil(taak: Taak, moment: datetime) -> None:
    """The document came in; it waits for a decision now."""
    taak.vervuld_op = moment
    taak.save(update_fields=["vervuld_op"])
    tekst = "Wij hebben het document dat wij vroegen ontvangen"
    record_taak(taak, GebeurtenisSoort.TAAK_VERVULD, tekst, moment, noemt=False)


def unfulfil(taak: Taak, moment: datetime) -> None:
    """Nothing is left of what came in: a locked request that was not judged is open again, and may be reminded of."""
    taak.vervuld_op = taak.herinnerd_op = None
    taak.save(update_fields=["vervuld_op", "herinnerd_op"])
    record_taak(taak, GebeurtenisSoort.TAAK_HEROPEND, "Wij wachten weer op wat wij u vroegen", moment)


def approve_taak(actor: Actor, ref: ZaakRef, taak_id: str) -> None:
    """What was delivered is good. Raises TaakNietGevonden, TaakAlBeoordeeld (refused before, or not delivered)."""
    with transaction.atomic():
        zaak = lock_as_medewerker(actor, ref)
        must_be_possible(actor, zaak, Handeling.DOCUMENT_BEOORDELEN)
        judge(actor, zaak, _get_locked(ref, taak_id), TaakStand.GOEDGEKEURD)


def reject_taak(actor: Actor, ref: ZaakRef, taak_id: str, *, reden: str, deadline: date | None) -> str:
    """What was delivered is not good: the resident reads why. With a `deadline` the same is asked again.

    Returns the id of the new request, '' without one. Raises RedenOntbreekt, AanvraagOngeldig, TaakAlBeoordeeld.
    """
    with transaction.atomic():
        zaak = lock_as_medewerker(actor, ref)
        must_be_possible(actor, zaak, Handeling.DOCUMENT_BEOORDELEN)
        taak = _get_locked(ref, taak_id)
        return judge(actor, zaak, taak, TaakStand.AFGEKEURD, reden=clean_reden(reden), opnieuw_voor=deadline)


def judge(
    actor: Actor,
    zaak: Zaak,
    taak: Taak,
    stand: TaakStand,
    *,
    reden: str = "",
    opnieuw_voor: date | None = None,
) -> str:
    """The judgement on a locked request, in the caller's transaction. Judging it the same again changes nothing."""
    if taak.oordeel == stand:
        return ""
    if taak.oordeel or taak.vervuld_op is None:
        raise TaakAlBeoordeeld
    moment = nu()
    taak.oordeel, taak.beoordeeld_op, taak.afkeurreden = stand.value, moment, reden
    taak.save(update_fields=["oordeel", "beoordeeld_op", "afkeurreden"])
    is_goed = stand is TaakStand.GOEDGEKEURD
    wat = "uw antwoord" if taak.soort == TaakSoort.ANTWOORD else "wat u stuurde"
    record_taak(
        taak,
        GebeurtenisSoort.TAAK_GOEDGEKEURD if is_goed else GebeurtenisSoort.TAAK_AFGEKEURD,
        f"Wij hebben {wat} goedgekeurd" if is_goed else f"Wij konden {wat} niet gebruiken",
        moment,
        noemt=False,
    )
    note(actor, f"taak.{stand.value}", zaak.ref, **about_taak(taak))
    nieuw = ""
    if opnieuw_voor is not None:
        soort = TaakSoort(taak.soort)
        nieuw = str(
            _ask(
                actor,
                zaak,
                soort,
                taak.titel,
                taak.toelichting,
                opnieuw_voor,
                vervolg_van=taak,
                formulier=taak.formulier,
                van=(taak.betrokkene_key, taak.vestiging_key),
            ).id
        )
    events.publish(TaakBeoordeeld(zaak=zaak, **_about(taak), is_goedgekeurd=is_goed, deadline=opnieuw_voor))
    return nieuw


def get_locked(ref: ZaakRef, taak_id: str) -> Taak | None:
    """The request, locked for the rest of the transaction."""
    try:
        return _get_locked(ref, taak_id)
    except TaakNietGevonden:
        return None


def _get_locked(ref: ZaakRef, taak_id: str, partij: Partij | None = None) -> Taak:
    """What was asked of another than this party (None: staff) is not read, and not locked: it costs what one costs that
    is not there."""
    try:
        sleutel = uuid.UUID(taak_id)
    except ValueError:
        raise TaakNietGevonden from None
    van = queries.gevraagd_van(partij) if partij is not None else {}
    taak = Taak.objects.select_for_update(of=("self",)).filter(zaak_ref=str(ref), id=sleutel, **van).first()
    if taak is None:
        raise TaakNietGevonden
    return taak


def remind_taken(now: datetime) -> int:
    """Remind of what must come in within as many days as the rule says (herinneringen); once per request. What was
    asked later than that is not reminded of. For the worker; returns how many.

    A source that does not answer is asked again next time.
    """
    regel = get_regel(Herinnering.TAAK)
    if not regel.is_aan:
        return 0
    dag = datum_van(now)
    bijna = Taak.objects.filter(
        vervuld_op=None,
        herinnerd_op=None,
        deadline__gt=dag,
        deadline__lte=dag + regel.termijn,
        gevraagd_op__lt=now - regel.termijn,
    )
    return sum(_remind(taak, now) for taak in list(bijna.order_by("deadline")[:PER_RONDE]))


def _remind(taak: Taak, now: datetime) -> bool:
    ref = ZaakRef.parse(taak.zaak_ref)
    with transaction.atomic():
        if not Taak.objects.filter(id=taak.id, vervuld_op=None, herinnerd_op=None).update(herinnerd_op=now):
            return False  # another worker was first, or it was delivered
        try:
            zaak = bron_voor(ref.bron).get_zaak(ref.id)
        except BronOnbereikbaar:
            transaction.set_rollback(True)
            return False
        if not zaak.is_open:
            return False
        note_by_system("taak.herinnerd", ref, **about_taak(taak))
        events.publish(TaakHerinnering(zaak=zaak, **_about(taak), deadline=taak.deadline))
    return True
