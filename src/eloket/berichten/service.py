"""Writes: send a message, mark messages read."""

import hashlib
import uuid
from datetime import datetime

from django.db import transaction

from eloket.audit import service as audit
from eloket.berichten.errors import BerichtLeeg, BerichtTeLang
from eloket.berichten.events import BerichtVerstuurd
from eloket.berichten.models import Bericht
from eloket.berichten.queries import van
from eloket.berichten.types import MAX_TEKENS
from eloket.identity.types import Actor
from eloket.kernel import events
from eloket.kernel.errors import NietToegestaan
from eloket.kernel.klok import nu
from eloket.zaken import service as zaken
from eloket.zaken.access import get_zaak_for
from eloket.zaken.bronnen import bron_voor
from eloket.zaken.types import Aandacht, GebeurtenisSoort, Zaak, ZaakRef


def clean_tekst(tekst: str) -> str:
    """The text as it will be stored: CRLF made LF, outer white space gone. Raises BerichtLeeg, BerichtTeLang.

    The length is that of the cleaned text, so that a browser's CRLF never costs anybody characters.
    """
    schoon = tekst.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    if not schoon:
        raise BerichtLeeg
    if len(schoon) > MAX_TEKENS:
        raise BerichtTeLang(
            f"Uw bericht is te lang: {len(schoon)} tekens. Gebruik hoogstens 5.000 tekens."
            " U kunt ook een document toevoegen of twee berichten sturen."
        )
    return schoon


def send_bericht(actor: Actor, ref: ZaakRef, *, tekst: str, sleutel: str) -> str:
    """Send a message about a zaak; returns its id.

    A resident's message goes to the behandelaar, or to the afdeling when nobody has the zaak yet; a civil servant's
    to the initiator. `sleutel` comes from the form: the same text sent twice from it is still one message. Another
    text is another message, also when the browser went back to the same form: what was typed is never dropped.
    Raises ZaakNietGevonden, BerichtLeeg, BerichtTeLang, BronOnbereikbaar.
    """
    schoon = clean_tekst(tekst)
    moment = nu()
    with transaction.atomic():
        zaak = get_zaak_for(actor, ref)
        betrokkene_key, vestiging_key = _resident_side(actor, zaak)
        bericht, is_nieuw = Bericht.objects.get_or_create(
            sleutel=_eenmalig(actor, ref, sleutel, schoon) if sleutel else uuid.uuid4().hex,
            defaults={
                "zaak_ref": str(ref),
                "betrokkene_key": betrokkene_key,
                "vestiging_key": vestiging_key,
                "is_van_gemeente": actor.is_medewerker,
                "afzender_key": actor.key,
                "afzender_naam": actor.naam,
                "afdeling": zaak.afdeling,
                "behandelaar_id": zaak.behandelaar_id,
                "tekst": schoon,
                "verzonden_op": moment,
            },
        )
        if is_nieuw:
            _after_sending(actor, zaak, bericht)
    return str(bericht.id)


def _eenmalig(actor: Actor, ref: ZaakRef, sleutel: str, tekst: str) -> str:
    """64 hex digits: the same for the same text from the same form, by the same person, about the same zaak."""
    return hashlib.sha256("\n".join((actor.key, str(ref), sleutel, tekst)).encode()).hexdigest()


def _resident_side(actor: Actor, zaak: Zaak) -> tuple[str, str]:
    if (partij := actor.partij) is not None:
        eigen = [b for b in zaak.betrokkenen if b.key == partij.key]
        # Who is limited to a branch writes as that branch, also when another branch has a part in the zaak.
        return partij.key, partij.vestiging_key or next((b.vestiging_key for b in eigen), "")
    if zaak.initiator is None:
        raise NietToegestaan("Deze zaak heeft geen aanvrager. U kunt daarom geen bericht sturen.")
    return zaak.initiator.key, zaak.initiator.vestiging_key


def _after_sending(actor: Actor, zaak: Zaak, bericht: Bericht) -> None:
    if actor.is_medewerker:
        soort, tekst = GebeurtenisSoort.BERICHT_VERSTUURD, "Wij hebben u een bericht gestuurd"
    else:
        soort, tekst = GebeurtenisSoort.BERICHT_ONTVANGEN, "Wij hebben uw bericht ontvangen"
        bron_voor(zaak.ref.bron).set_aandacht(zaak.ref.id, Aandacht.BERICHT, bericht.verzonden_op)
    zaken.record(zaak.ref, soort, tekst, bericht.verzonden_op)
    audit.record(
        actor_soort=actor.soort, actor_key=actor.key, actie="bericht.verstuurd", object_ref=str(zaak.ref)
    )
    events.publish(BerichtVerstuurd(zaak=zaak, bericht_id=str(bericht.id), door_gemeente=actor.is_medewerker))


def mark_read(actor: Actor, ref: ZaakRef, *, tot: datetime | None = None) -> int:
    """The actor has opened the conversation: what the other side sent is read now. Returns how many were unread.

    `tot` is the moment of the newest message on the page; one that came in meanwhile stays unread.

    Writes nothing when everything had been read. Raises ZaakNietGevonden.
    """
    zaak = get_zaak_for(actor, ref)
    ongelezen = Bericht.objects.filter(
        zaak_ref=str(ref), is_van_gemeente=not actor.is_medewerker, gelezen_op=None
    )
    if actor.partij is not None:
        ongelezen = ongelezen.filter(**van(actor.partij))
    nieuwer = ongelezen.filter(verzonden_op__gt=tot) if tot else ongelezen.none()
    if tot:
        ongelezen = ongelezen.filter(verzonden_op__lte=tot)
    if not ongelezen.exists():
        return 0
    with transaction.atomic():
        aantal = ongelezen.update(gelezen_op=nu())
        if actor.is_medewerker and not nieuwer.exists():
            zaken.clear_aandacht(actor, zaak.ref, Aandacht.BERICHT)
        audit.record(
            actor_soort=actor.soort,
            actor_key=actor.key,
            actie="bericht.gelezen",
            object_ref=str(ref),
            aantal=aantal,
        )
    return aantal
