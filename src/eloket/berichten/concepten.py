"""What somebody is still typing: kept for them alone, on any device, until it is sent or thirty days old."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from eloket.audit import service as audit
from eloket.berichten.access import get_gesprek_for
from eloket.berichten.errors import BerichtTeLang, OnderwerpOngeldig
from eloket.berichten.models import Bericht, BerichtConcept
from eloket.berichten.tekst import clean_regel, eenmalig, schoon
from eloket.berichten.types import MAX_ONDERWERP, MAX_TEKENS, NIEUW, Concept
from eloket.identity.access import namen_van
from eloket.identity.types import Actor, partij_ref
from eloket.kernel.klok import datum_van, nu
from eloket.zaken.access import get_zaak_for
from eloket.zaken.mogelijkheden import Handeling, must_be_possible
from eloket.zaken.types import ZaakRef

BEWAARTIJD = timedelta(days=30)
PER_RONDE = 200


def get_concept(actor: Actor, ref: ZaakRef, gesprek_id: str = "") -> Concept | None:
    """The actor's own draft in this box. The caller has passed zaken.access."""
    rij = _of(actor, ref, gesprek_id).first()
    return Concept(onderwerp=rij.onderwerp, tekst=rij.tekst, bewaard_op=rij.bewaard_op) if rij else None


def list_concepten(actor: Actor) -> tuple[Concept, ...]:
    """All that the actor is still typing for this party, in any box, the last in front. One query."""
    rijen = BerichtConcept.objects.filter(actor_key=actor.handelt_key).order_by("-bewaard_op", "pk")
    return tuple(
        Concept(onderwerp=een.onderwerp, tekst=een.tekst, bewaard_op=een.bewaard_op, zaak_ref=een.zaak_ref)
        for een in rijen
    )


def save_concept(
    actor: Actor, ref: ZaakRef, *, tekst: str, gesprek_id: str = "", onderwerp: str = "", sleutel: str = ""
) -> datetime | None:
    """Keep what is typed in this box; returns when, or None when nothing is kept: it is empty, or has been sent.

    Leaves a line: that it was kept, once a day (in Amsterdam) because a script keeps it every few seconds and nobody
    else can write in it; and that it was thrown away, when it was made empty.
    Raises ZaakNietGevonden, GesprekNietGevonden, BerichtTeLang, OnderwerpOngeldig, and NietToegestaan for a civil
    servant who may not send it.
    """
    gesprek_id = _get_box(actor, ref, gesprek_id)
    tekst, regel = schoon(tekst), clean_regel(onderwerp)
    if len(tekst) > MAX_TEKENS:
        raise BerichtTeLang
    if len(regel) > MAX_ONDERWERP:
        raise OnderwerpOngeldig
    moment = nu()
    with transaction.atomic():
        eerder = _of(actor, ref, gesprek_id).select_for_update().values_list("bewaard_op", flat=True).first()
        # A script may save just after the form was sent: what has been sent is no draft.
        if Bericht.objects.filter(sleutel=eenmalig(actor, ref, sleutel, tekst)).exists():
            delete_concept(actor, ref, gesprek_id)
            return None
        if not (tekst or regel):
            if delete_concept(actor, ref, gesprek_id):
                _note(actor, "bericht.concept_weggegooid", ref, gesprek_id)
            return None
        _, is_begonnen = BerichtConcept.objects.update_or_create(
            actor_key=actor.handelt_key,
            zaak_ref=str(ref),
            gesprek=gesprek_id,
            defaults={
                "partij_key": actor.partij.profiel_key if actor.partij else "",
                "tekst": tekst,
                "onderwerp": regel,
                "bewaard_op": moment,
            },
        )
        # When another tab began it at this moment, that one noted it.
        if is_begonnen or (eerder and datum_van(eerder) != datum_van(moment)):
            _note(actor, "bericht.concept_bewaard", ref, gesprek_id)
    return moment


def delete_concept(actor: Actor, ref: ZaakRef, gesprek_id: str) -> int:
    """It was sent, which says more than that it is gone; how many there were."""
    return _of(actor, ref, gesprek_id).delete()[0]


def ruim_op(now: datetime) -> int:
    """Drop the drafts that nobody touched for thirty days; how many. For the worker.

    Each leaves a line, or stays: of a resident or business about the party that it was typed for, as when it was kept,
    and of a civil servant about the zaak. Nothing is decrypted: what cannot be any more goes too.
    """
    te_oud = BerichtConcept.objects.filter(bewaard_op__lt=now - BEWAARTIJD).defer("onderwerp", "tekst")
    with transaction.atomic():
        rijen = list(te_oud.select_for_update().order_by("bewaard_op", "pk")[:PER_RONDE])
        medewerkers = namen_van({rij.actor_key for rij in rijen}) if rijen else {}
        for rij in rijen:
            is_medewerker = rij.actor_key in medewerkers
            audit.record(
                actor_soort=audit.SYSTEEM,
                actor_key="",
                actie="bericht.concept_verlopen" if is_medewerker else "concept.verlopen",
                object_ref=rij.zaak_ref if is_medewerker else partij_ref(rij.partij_key or rij.actor_key),
                **({} if is_medewerker else {"zaak": rij.zaak_ref}),
            )
            rij.delete()
    return len(rijen)


def _get_box(actor: Actor, ref: ZaakRef, gesprek_id: str) -> str:
    """The id of its conversation, however the request wrote it; as it is, for what is to begin one."""
    if gesprek_id in ("", NIEUW):
        zaak = get_zaak_for(actor, ref)
    else:
        zaak, gesprek = get_gesprek_for(actor, ref, gesprek_id)
        gesprek_id = str(gesprek.pk)
    if actor.is_medewerker:
        must_be_possible(actor, zaak, Handeling.BERICHT)
    return gesprek_id


def _note(actor: Actor, actie: str, ref: ZaakRef, gesprek_id: str) -> None:
    """Of a civil servant in the trail of the zaak; else in that of the party that it is typed for, because nobody else
    of the zaak is to know that somebody began to write. In the caller's transaction."""
    audit.record(
        actor_soort=actor.hoedanigheid,
        actor_key=actor.key,
        actie=actie,
        object_ref=partij_ref(actor.partij.profiel_key) if actor.partij else str(ref),
        gesprek=gesprek_id,
        **({"zaak": str(ref)} if actor.partij else {}),
        **actor.sporen,
    )


def _of(actor: Actor, ref: ZaakRef, gesprek_id: str) -> "QuerySet[BerichtConcept]":
    return BerichtConcept.objects.filter(actor_key=actor.handelt_key, zaak_ref=str(ref), gesprek=gesprek_id)
