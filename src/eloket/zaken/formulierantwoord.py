"""A form that answers a request: its files become documents of the zaak, or are said to have been there already."""

from dataclasses import dataclass, replace

from django.db import transaction

from eloket.documenten import service as documenten
from eloket.documenten.queries import list_alle_versies
from eloket.documenten.types import Beoordeling, DocumentInzage, Klaar, Toevoeging
from eloket.identity.types import Actor
from eloket.kernel import events
from eloket.kernel.klok import datum_van, nu, schrijf_datum
from eloket.zaken.access import get_zaak_for, lock_zaak
from eloket.zaken.betrokkenen import keys_of_actor
from eloket.zaken.bronnen import bron_voor
from eloket.zaken.dossier import Ontvangst, link
from eloket.zaken.events import TaakBeantwoord
from eloket.zaken.taken import get_form_taak
from eloket.zaken.types import Aandacht, GebeurtenisSoort, Zaak, ZaakRef
from eloket.zaken.vastleggen import about_taak, must_be_open, note, record_taak


def answer_with_form(
    actor: Actor, ref: ZaakRef, taak_id: str, *, antwoord: str, klaar: tuple[Klaar, ...]
) -> Zaak:
    """A form answers the request that asked for it: its answers as text, and its prepared files as documents. What
    stands in the zaak already is one of them: when it was refused, or answers nothing yet, it is judged as this answer;
    else the answer says that it was there, for who judges and for who sent it.

    Raises ZaakNietGevonden, ZaakIsGesloten, TaakNietGevonden (also when it was asked of somebody else), TaakAlVervuld.
    """
    moment = nu()
    with transaction.atomic():
        lock_zaak(ref)
        zaak = get_zaak_for(actor, ref)
        must_be_open(zaak)
        taak = get_form_taak(actor, ref, taak_id)
        ontvangst = link(actor, zaak, Toevoeging(goed=klaar, geweigerd=()), moment, taak_id=str(taak.id))
        bekend = _offer_known(actor, zaak, str(taak.id), klaar, ontvangst)
        gezegd = (_say_known(een) for een in bekend if not een.is_aangeboden)
        taak.antwoord, taak.vervuld_op = "\n".join(filter(None, (antwoord, *gezegd))), moment
        taak.save(update_fields=["antwoord", "vervuld_op"])
        ontvangen = "Wij hebben uw formulier ontvangen"
        record_taak(taak, GebeurtenisSoort.TAAK_VERVULD, ontvangen, moment, noemt=False)
        bron_voor(ref.bron).set_aandacht(ref.id, Aandacht.DOCUMENT, moment)
        note(actor, "formulier.beantwoord", ref, **about_taak(taak))
        events.publish(
            TaakBeantwoord(
                zaak=zaak,
                taak_id=str(taak.id),
                titel=taak.titel,
                is_formulier=True,
                actor=actor,
                moment=moment,
                documenten=(*ontvangst.toegevoegd, *(een.document for een in bekend)),
            )
        )
    return zaak


@dataclass(frozen=True, slots=True)
class _Bekend:
    """A document that stood in the zaak already, called as its content was sent now; `is_aangeboden`: it waits for a
    decision, as this answer."""

    document: DocumentInzage
    is_aangeboden: bool


def _offer_known(
    actor: Actor, zaak: Zaak, taak_id: str, klaar: tuple[Klaar, ...], ontvangst: Ontvangst
) -> tuple[_Bekend, ...]:
    """Of an answer, the files that stand in the zaak already. What somebody else sent, or the municipality, stays as it
    is; so does what was accepted, what has a next version, and what waits for a decision as the answer to another
    request."""
    over = {een.sha256: een for een in klaar}
    for een in ontvangst.toegevoegd:
        over.pop(een.sha256, None)
    if not over:
        return ()
    van = keys_of_actor(actor, zaak)
    gevonden = []
    for document in list_alle_versies(str(zaak.ref)):
        if (bestand := over.get(document.sha256)) is None:
            continue
        is_eigen = document.is_van_aanvrager and (document.betrokkene_key, document.vestiging_key) == van
        is_los = document.is_onbehandeld and not document.taak_id
        is_aangeboden = (
            is_eigen
            and not document.vervangen_door
            and (document.beoordeling is Beoordeling.AFGEKEURD or is_los)
        )
        if is_aangeboden:
            documenten.offer_again(document.id, zaak_ref=str(zaak.ref), bestand=bestand, taak_id=taak_id)
            note(actor, "document.opnieuw_gestuurd", zaak.ref, document=document.id, taak=taak_id)
        zo_gestuurd = replace(document, bestandsnaam=bestand.naam, titel=bestand.titel)
        gevonden.append(_Bekend(zo_gestuurd, is_aangeboden))
    return tuple(gevonden)


def _say_known(bekend: _Bekend) -> str:
    """That it was there: nobody sees it come in, and it may not be in any list (it has a next version)."""
    document = bekend.document
    dag = schrijf_datum(datum_van(document.ontvangen_op))
    tekst = f"‘{document.bestandsnaam}’ stond al bij deze zaak (toegevoegd op {dag})."
    return f"{tekst} Er is een nieuwere versie van." if document.vervangen_door else tekst
