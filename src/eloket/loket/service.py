"""Writes: beginning a form, keeping a step, throwing it away. Sending stands in versturen.py, what time does to a
concept in bewaartijd.py, versions in beheer.py.

What was typed is kept as it was typed, also when it is wrong: nothing is lost by an error, by another window, or by
going away and coming back. Files wait in the storage under the name of the concept.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import replace

from django.db import transaction

from eloket.documenten import service as documenten
from eloket.documenten import vasthouden
from eloket.documenten.types import Aangeboden, Geweigerd, Klaar
from eloket.identity.hoger import must_be_sure
from eloket.identity.types import Actor
from eloket.kernel.klok import nu, vandaag
from eloket.loket import meten
from eloket.loket.aantekenen import is_first_today, note, note_register
from eloket.loket.aanvullen import earlier_answer, get_vraag_for
from eloket.loket.access import eigenaar_key, get_concept_for, lock_concept_for
from eloket.loket.bewaartijd import remove_row
from eloket.loket.concepten import digest, houder_of, invoer_of, inzage, to_json
from eloket.loket.errors import ConceptNietGevonden, ConceptVerstuurd, StapNietGevonden
from eloket.loket.formulier.basis import Invoer, Omgeving
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.doorloop import Doorloop, StapStand, doorloop, inputs_of, may_appear
from eloket.loket.formulier.samengesteld import BestandVeld
from eloket.loket.models import Concept
from eloket.loket.queries import get_formulier_for, work_out_now
from eloket.loket.stapinvoer import StapPost, put_in, read_typed
from eloket.loket.types import Bewaard, ConceptInzage, Formulier, Moment, Versie
from eloket.loket.versies import definitie_of
from eloket.loket.vullen import (
    about_zaak,
    carry_over,
    get_voor,
    is_from_register,
    known_before,
    mark_of,
    prefill,
    wie_of,
)
from eloket.zaken.access import get_zaak_for
from eloket.zaken.service import wants_no_location
from eloket.zaken.types import ZaakRef


def start_concept(
    actor: Actor,
    formulier: str,
    *,
    sleutel: str,
    eerder: str = "",
    check: str = "",
    aanvulling: tuple[ZaakRef, str] | None = None,
    over: ZaakRef | None = None,
) -> ConceptInzage:
    """Begin the form, filled in with what is known. The same `sleutel` (32 to 64 letters and digits) begins it once.

    `eerder` is an application of the actor that was sent; `check` a finished check of anybody, whose id only who made
    it knows: their answers go along. Raises FormulierNietGevonden (also when it cannot be filled in as this actor),
    ConceptNietGevonden, NiveauNodig.

    `aanvulling` is the zaak and the taak that this form answers: it is begun once, whatever the `sleutel`, with what
    was sent before when it is asked again. Raises as aanvullen.get_vraag_for.

    `over` is the zaak from which it was begun: its number is filled in. Raises ZaakNietGevonden, BronOnbereikbaar.
    """
    if aanvulling is not None:
        _, taak = get_vraag_for(actor, *aanvulling, formulier)
        sleutel, eerder, check = uuid.UUID(taak.id).hex, earlier_answer(actor, taak), ""
    versie = get_voor(actor, formulier)
    must_be_sure(actor, versie.definitie.nodig)
    vooraf = prefill(actor, versie.definitie)
    invoer = vooraf | _carried(actor, versie.definitie, eerder, check)
    if over is not None:
        invoer |= about_zaak(versie.definitie, get_zaak_for(actor, over).identificatie)
    with transaction.atomic():
        rij, is_nieuw = _get_or_begin(actor, versie, _clean_sleutel(sleutel), invoer, aanvulling)
        # Back to the page that began it, after sending: they want another one.
        if rij.verstuurd_op is not None:
            rij, is_nieuw = _get_or_begin(actor, versie, uuid.uuid4().hex, invoer, aanvulling)
        if is_nieuw:
            note(actor, "formulier.begonnen", rij)
            if is_from_register(versie.definitie, vooraf):
                note(actor, "register.gelezen", rij)
                rij.register_merk = mark_of(versie.definitie, known_before(versie.definitie, vooraf))
                rij.save(update_fields=["register_merk"])
    return inzage(rij)


def open_formulier(actor: Actor, concept_id: str) -> Formulier:
    """As queries.get_formulier_for, for a page that shows it: what a register says and did not say before, leaves a
    line. When it says the same it costs no query more. Raises the same."""
    return _note_answer(actor, get_formulier_for(actor, concept_id))


def _note_answer(actor: Actor, formulier: Formulier) -> Formulier:
    merk = mark_of(formulier.definitie, formulier.omgeving.vast) if formulier.is_nagevraagd else ""
    if merk and merk != formulier.concept.register_merk and not formulier.concept.is_verstuurd:
        with transaction.atomic():
            note_register(actor, lock_concept_for(actor, formulier.concept.id), formulier)
    return formulier


def _clean_sleutel(sleutel: str) -> str:
    return sleutel if 32 <= len(sleutel) <= 64 and sleutel.isalnum() else uuid.uuid4().hex


def _get_or_begin(
    actor: Actor, versie: Versie, sleutel: str, invoer: Invoer, aanvulling: tuple[ZaakRef, str] | None
) -> tuple[Concept, bool]:
    """The concept, and whether it was begun now. In the caller's transaction."""
    moment, partij = nu(), actor.partij
    begin = doorloop(versie.definitie, invoer, Omgeving(wie_of(actor), vandaag()))
    rij, is_nieuw = Concept.objects.get_or_create(
        eigenaar_key=eigenaar_key(actor),
        sleutel=sleutel,
        defaults={
            "profiel_key": partij.profiel_key if partij else "",
            "contact_key": actor.profiel_key,
            "wie": wie_of(actor).value,
            "formulier": versie.slug,
            "versie": versie.versie,
            "invoer": to_json(invoer),
            "stap": _stands_at(begin, ()),
            "begonnen_op": moment,
            "gewijzigd_op": moment,
            "aanvulling_ref": str(aanvulling[0]) if aanvulling else "",
            "aanvulling_taak": aanvulling[1] if aanvulling else "",
        },
    )
    if is_nieuw:
        meten.count(versie.slug, versie.versie, Moment.GESTART, moment)
    return rij, is_nieuw


def _carried(actor: Actor, definitie: Definitie, eerder: str, check: str) -> dict[str, list[str]]:
    if eerder:
        bron = get_concept_for(actor, eerder)
        must_be_sure(actor, definitie_of(bron.formulier, bron.versie).nodig)
    elif check:
        rij = _find_check(check)
        bron = inzage(rij)
    else:
        return {}
    return carry_over(definitie_of(bron.formulier, bron.versie), bron.invoer, definitie)


def _find_check(concept_id: str) -> Concept:
    """A check holds nothing of a person (formulier.samenhang): its random id is enough. Raises as start_concept."""
    try:
        rijen = Concept.objects.filter(pk=uuid.UUID(concept_id))
    except ValueError as error:
        raise ConceptNietGevonden from error
    # What somebody filled in another form is not decrypted to find out that it is no check.
    van = rijen.values_list("formulier", "versie").first()
    rij = rijen.first() if van is not None and definitie_of(*van).is_check else None
    if rij is None:
        raise ConceptNietGevonden
    return rij


def save_stap(actor: Actor, concept_id: str, post: StapPost) -> Bewaard:
    """Keep what was typed in a step, right or wrong; the good files are kept when others are refused.

    Inputs that are not of this step are dropped, and so is what is only for reading. When another window changed the
    step since this page was made, nothing but the files is kept and the answer says so.
    A register that is away costs nothing: only reading on needs it.
    Raises ConceptNietGevonden, StapNietGevonden, ConceptVerstuurd.
    """
    vooraf = work_out_now(actor, get_concept_for(actor, concept_id))
    stap = vooraf.loop.get(post.stap_id)
    if stap is None:
        raise StapNietGevonden
    klaar, geweigerd = _take_files(vooraf.definitie, stap, post.bestanden)
    eigen = read_typed(stap, post.invoer, vooraf.concept.invoer, post.knop)
    with transaction.atomic():
        rij = lock_concept_for(actor, concept_id)
        if rij.verstuurd_op is not None:
            raise ConceptVerstuurd
        oud = invoer_of(rij)
        samen = put_in(stap, oud, eigen)
        was = digest(oud, inputs_of(stap, oud))
        is_achter = _is_behind(rij, post, was, digest(eigen, inputs_of(stap, post.invoer)))
        if (klaar or not is_achter) and is_first_today(rij, nu()):
            note(actor, "formulier.bewaard", rij)
        _hold(rij, klaar, "" if is_achter else post.knop.plek if post.knop.wat == "bestand-weg" else "")
        if not is_achter:
            _write(rij, post, samen, doorloop(vooraf.definitie, samen, vooraf.omgeving))
        elif klaar:
            _touch(rij)
    concept = replace(inzage(rij), invoer=samen) if is_achter else inzage(rij)
    return _outcome(actor, concept, post.stap_id, stap, geweigerd, achter_op=was if is_achter else "")


def _outcome(
    actor: Actor,
    concept: ConceptInzage,
    stap_id: str,
    stap: StapStand,
    geweigerd: tuple[Geweigerd, ...],
    *,
    achter_op: str = "",
) -> Bewaard:
    formulier = _note_answer(actor, work_out_now(actor, concept))
    stand = formulier.loop.get(stap_id) or stap
    return Bewaard(formulier, stand, geweigerd, is_achter=bool(achter_op), gezien=achter_op)


def _is_behind(rij: Concept, post: StapPost, was: str, wordt: str) -> bool:
    """Whether another page wrote this step after this page was made. The same page again (Back, a double click) and
    the same text again never are; nor is anything when nothing stands there yet."""
    return (
        was not in {digest({}, frozenset()), post.gezien, wordt}
        and rij.vensters.get(post.stap_id) != post.venster
    )


def _write(rij: Concept, post: StapPost, samen: dict[str, list[str]], loop: Doorloop) -> None:
    moment, tekst = nu(), to_json(samen)
    if post.knop.is_klaar and post.stap_id not in rij.bezocht:
        rij.bezocht = [*rij.bezocht, post.stap_id]
        meten.count(rij.formulier, rij.versie, Moment.STAP, moment, stap=post.stap_id)
    stond, rij.stap = rij.stap, _stands_at(loop, rij.bezocht)
    if loop.definitie.is_check and stond and not rij.stap:  # nobody sends a check: its outcome is its end
        duur = moment - (rij.begonnen_op or moment)
        meten.count(rij.formulier, rij.versie, Moment.VERSTUURD, moment, duur=duur)
    if len(post.venster) <= 64 and post.venster.isascii() and post.venster.isalnum():
        rij.vensters = {**rij.vensters, post.stap_id: post.venster}
    rij.invoer, rij.gewijzigd_op, rij.herinnerd_op = tekst, moment, None
    rij.revisie += 1
    rij.save(
        update_fields=["invoer", "bezocht", "stap", "vensters", "gewijzigd_op", "herinnerd_op", "revisie"]
    )


def _stands_at(loop: Doorloop, bezocht: Collection[str]) -> str:
    """The first step that is shown and was not done; '' when all were."""
    return next((een.stap.id for een in loop.zichtbaar if een.stap.id not in bezocht), "")


def _touch(rij: Concept) -> None:
    """A file came with it: what was reviewed is not what there is now."""
    rij.gewijzigd_op, rij.herinnerd_op = nu(), None
    rij.revisie += 1
    rij.save(update_fields=["gewijzigd_op", "herinnerd_op", "revisie"])


def _take_files(
    definitie: Definitie, stap: StapStand, bestanden: Mapping[str, tuple[Aangeboden, ...]]
) -> tuple[dict[str, tuple[Klaar, ...]], tuple[Geweigerd, ...]]:
    """Per field what was taken in, and what was refused. Fields that are not on the page of this step take nothing; one
    that an answer of the same page brings up does, also when that answer is still wrong: sending leaves out what is not
    shown then.
    """
    klaar: dict[str, tuple[Klaar, ...]] = {}
    geweigerd: list[Geweigerd] = []
    hier = {een.veld.id for een in stap.velden}
    weg = wants_no_location(definitie.zaak.zaaktype) if definitie.zaak and any(bestanden.values()) else False
    for stand in stap.velden:
        veld = stand.veld
        if not isinstance(veld, BestandVeld) or not bestanden.get(veld.id) or not may_appear(stand, hier):
            continue
        toevoeging = documenten.prepare(bestanden[veld.id], zaak_ref="", moment=nu(), verwijder_locatie=weg)
        klaar[veld.id] = tuple(een for een in toevoeging.goed if een.formaat.code in veld.formaten)
        geweigerd += toevoeging.geweigerd
        geweigerd += (_weiger(een, veld) for een in toevoeging.goed if een.formaat.code not in veld.formaten)
    return klaar, tuple(geweigerd)


def _weiger(bestand: Klaar, veld: BestandVeld) -> Geweigerd:
    soorten = ", ".join(veld.formaten[:-1]) + (" of " if len(veld.formaten) > 1 else "") + veld.formaten[-1]
    tekst = f"‘{bestand.naam}’ is niet toegevoegd. Kies hier een bestand in {soorten}."
    return Geweigerd(naam=bestand.naam, code="formaat-niet-hier", tekst=tekst)


def _hold(rij: Concept, klaar: Mapping[str, tuple[Klaar, ...]], weg: str) -> None:
    """Keep these files, and give up the one with the id `weg`."""
    houder = houder_of(rij.pk)
    for plek, bestanden in klaar.items():
        vasthouden.hold(houder, plek, bestanden, nu())
    if weg:
        vasthouden.release(houder, weg)


def remove_concept(actor: Actor, concept_id: str) -> None:
    """Throw away what was not sent, with its files; at the level that the form asks, as all that is done with it.

    Raises ConceptNietGevonden, ConceptVerstuurd, NiveauNodig.
    """
    with transaction.atomic():
        rij = lock_concept_for(actor, concept_id)
        if rij.verstuurd_op is not None:
            raise ConceptVerstuurd
        must_be_sure(actor, definitie_of(rij.formulier, rij.versie).nodig)
        note(actor, "formulier.weggegooid", rij)
        remove_row(rij, nu())
