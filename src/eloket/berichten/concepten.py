"""What somebody is still typing: kept for them alone, on any device, until it is sent or thirty days old."""

from datetime import datetime, timedelta

from django.db import transaction

from eloket.audit import service as audit
from eloket.berichten.access import get_gesprek_for
from eloket.berichten.errors import BerichtTeLang, OnderwerpOngeldig
from eloket.berichten.models import Bericht, BerichtConcept
from eloket.berichten.tekst import clean_regel, eenmalig, schoon
from eloket.berichten.types import MAX_ONDERWERP, MAX_TEKENS, NIEUW, Concept
from eloket.identity.access import namen_van
from eloket.identity.types import Actor, partij_ref
from eloket.kernel.klok import nu
from eloket.zaken.access import get_zaak_for
from eloket.zaken.mogelijkheden import Handeling, must_be_possible
from eloket.zaken.types import ZaakRef

BEWAARTIJD = timedelta(days=30)
PER_RONDE = 200


def get_concept(actor: Actor, ref: ZaakRef, gesprek_id: str = "") -> Concept | None:
    """The actor's own draft in this box. The caller has passed zaken.access."""
    rij = BerichtConcept.objects.filter(
        actor_key=actor.handelt_key, zaak_ref=str(ref), gesprek=gesprek_id
    ).first()
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

    Raises ZaakNietGevonden, GesprekNietGevonden, BerichtTeLang, OnderwerpOngeldig, and NietToegestaan for a civil
    servant who may not send it.
    """
    is_nieuw = gesprek_id in ("", NIEUW)
    zaak = get_zaak_for(actor, ref) if is_nieuw else get_gesprek_for(actor, ref, gesprek_id)[0]
    if actor.is_medewerker:
        must_be_possible(actor, zaak, Handeling.BERICHT)
    tekst, regel = schoon(tekst), clean_regel(onderwerp)
    if len(tekst) > MAX_TEKENS:
        raise BerichtTeLang
    if len(regel) > MAX_ONDERWERP:
        raise OnderwerpOngeldig
    # A script may save just after the form was sent: what has been sent is no draft.
    is_verstuurd = Bericht.objects.filter(sleutel=eenmalig(actor, ref, sleutel, tekst)).exists()
    if is_verstuurd or not (tekst or regel):
        delete_concept(actor, ref, gesprek_id)
        return None
    moment = nu()
    BerichtConcept.objects.update_or_create(
        actor_key=actor.handelt_key,
        zaak_ref=str(ref),
        gesprek=gesprek_id,
        defaults={"tekst": tekst, "onderwerp": regel, "bewaard_op": moment},
    )
    return moment


def delete_concept(actor: Actor, ref: ZaakRef, gesprek_id: str) -> None:
    """It was sent, or made empty."""
    BerichtConcept.objects.filter(actor_key=actor.handelt_key, zaak_ref=str(ref), gesprek=gesprek_id).delete()


def ruim_op(now: datetime) -> int:
    """Drop the drafts that nobody touched for thirty days; how many. For the worker.

    Each of a resident or business leaves a line about who typed it, and none in the zaak: nobody there is to know that
    they began. That of a civil servant is no more than what they did not say: it leaves none.
    """
    te_oud = BerichtConcept.objects.filter(bewaard_op__lt=now - BEWAARTIJD)
    with transaction.atomic():
        rijen = list(te_oud.select_for_update().order_by("bewaard_op", "pk")[:PER_RONDE])
        medewerkers = namen_van({rij.actor_key for rij in rijen}) if rijen else {}
        for rij in rijen:
            if rij.actor_key not in medewerkers:
                audit.record(
                    actor_soort=audit.SYSTEEM,
                    actor_key="",
                    actie="concept.verlopen",
                    object_ref=partij_ref(rij.actor_key),
                    zaak=rij.zaak_ref,
                )
            rij.delete()
    return len(rijen)
