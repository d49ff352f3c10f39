"""Which messages have been opened by the side that they were sent to."""

from collections import Counter
from datetime import datetime

from django.db import transaction

from eloket.audit import service as audit
from eloket.berichten.access import get_gesprek_for, parse_gesprek, van
from eloket.berichten.events import BerichtenGelezen
from eloket.berichten.models import Bericht
from eloket.identity.types import Actor
from eloket.kernel import events
from eloket.kernel.klok import nu
from eloket.zaken import service as zaken
from eloket.zaken.access import get_zaak_for, lock_zaak
from eloket.zaken.bronnen import bron_voor
from eloket.zaken.mogelijkheden import Handeling, must_be_possible
from eloket.zaken.types import Aandacht, ZaakRef


def mark_read(
    actor: Actor,
    ref: ZaakRef,
    *,
    tot: datetime | None = None,
    gesprek_id: str = "",
    gezien: datetime | None = None,
) -> int:
    """The actor has opened the conversations of a zaak, or one of them: what the other side sent is read now.

    `tot` is the moment of the newest message on the page; one that came in meanwhile stays unread. `gezien` is
    since when the page called the zaak new for its civil servants: an answer that came after that stays new in the work
    list. Returns how many were unread. Writes nothing when everything had been read.

    Raises ZaakNietGevonden, GesprekNietGevonden, and NietToegestaan for a civil servant who may only look.
    """
    zaak = get_zaak_for(actor, ref)
    if actor.is_medewerker:
        must_be_possible(actor, zaak, Handeling.GELEZEN)
    binnen = Bericht.objects.filter(
        zaak_ref=str(ref), is_van_gemeente=not actor.is_medewerker, gelezen_op=None
    )
    if actor.partij is not None:
        binnen = binnen.filter(**van(actor.partij))
    ongelezen = binnen
    if gesprek_id:
        ongelezen = ongelezen.filter(gesprek=parse_gesprek(gesprek_id))
    if tot:
        ongelezen = ongelezen.filter(verzonden_op__lte=tot)
    if not ongelezen.exists():
        return 0
    with transaction.atomic():
        if actor.is_medewerker:
            lock_zaak(ref)  # what is being sent is there before it is asked whether anything is left
        # In one order: two who read the same for a business never wait for each other.
        rijen = ongelezen.select_for_update().order_by("pk").values_list("pk", "gesprek_id")
        gesprek_van = {pk: str(gesprek) for pk, gesprek in rijen}
        ids = tuple(gesprek_van)
        aantal = Bericht.objects.filter(pk__in=ids).update(gelezen_op=nu())
        if actor.partij is not None and ids:
            events.publish(BerichtenGelezen(actor.partij, ref, tuple(map(str, ids))))
        if actor.is_medewerker and not binnen.exists():
            zaken.clear_aandacht(actor, zaak.ref, Aandacht.BERICHT, gezien=gezien)
        for gesprek, gelezen in sorted(Counter(gesprek_van.values()).items()):
            _note(actor, "bericht.gelezen", ref, gelezen, gesprek)
    return aantal


def mark_unread(actor: Actor, ref: ZaakRef, gesprek_id: str) -> bool:
    """The last message that the other side sent in this conversation is new again; the work list follows.

    False when the other side never sent anything. Doing it twice changes nothing more.
    Raises ZaakNietGevonden, GesprekNietGevonden, NietToegestaan as `mark_read`.
    """
    with transaction.atomic():
        zaak, gesprek = get_gesprek_for(actor, ref, gesprek_id)
        if actor.is_medewerker:
            must_be_possible(actor, zaak, Handeling.GELEZEN)
            lock_zaak(ref)  # as `mark_read`
        laatste = (
            Bericht.objects.filter(gesprek=gesprek, is_van_gemeente=not actor.is_medewerker)
            .order_by("-verzonden_op", "-id")
            .values_list("pk", "gelezen_op", "verzonden_op")
            .first()
        )
        if laatste is None:
            return False
        pk, gelezen_op, verzonden_op = laatste
        if gelezen_op is not None:
            Bericht.objects.filter(pk=pk).update(gelezen_op=None)
            if actor.is_medewerker:
                bron_voor(ref.bron).set_aandacht(zaak.ref.id, Aandacht.BERICHT, verzonden_op)
            _note(actor, "bericht.ongelezen", ref, 1, str(gesprek.pk))
    return True


def _note(actor: Actor, actie: str, ref: ZaakRef, aantal: int, gesprek: str) -> None:
    audit.record(
        actor_soort=actor.hoedanigheid,
        actor_key=actor.key,
        actie=actie,
        object_ref=str(ref),
        aantal=aantal,
        gesprek=gesprek,
        **actor.sporen,
    )
