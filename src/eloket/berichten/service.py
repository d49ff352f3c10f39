"""Writes: send a message, with a subject and files; mark messages read or unread. A sent message is never changed."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from eloket.audit import service as audit
from eloket.berichten.access import get_gesprek_for
from eloket.berichten.bijlagen import attach
from eloket.berichten.concepten import delete_concept, save_concept
from eloket.berichten.errors import BijlagenGeweigerd
from eloket.berichten.events import BerichtVerstuurd
from eloket.berichten.lezen import mark_read, mark_unread
from eloket.berichten.models import Bericht, GesprekRegel
from eloket.berichten.tekst import clean_onderwerp, clean_tekst, eenmalig
from eloket.berichten.types import NIEUW, STANDAARD_ONDERWERP
from eloket.documenten import service as documenten
from eloket.documenten.types import Aangeboden, DocumentInzage, Geweigerd, Toevoeging
from eloket.identity.afwezigheid import find_waarnemer
from eloket.identity.types import Actor
from eloket.kernel import events
from eloket.kernel.errors import NietToegestaan
from eloket.kernel.klok import datum_van, nu
from eloket.zaken import service as zaken
from eloket.zaken.access import get_zaak_for, lock_zaak
from eloket.zaken.betrokkenen import keys_of_actor
from eloket.zaken.bronnen import bron_voor
from eloket.zaken.errors import ZaakIsGesloten
from eloket.zaken.mogelijkheden import Handeling, must_be_possible
from eloket.zaken.types import Aandacht, GebeurtenisSoort, Zaak, ZaakRef

__all__ = ["clean_tekst", "mark_read", "mark_unread", "save_concept", "send_bericht"]


@dataclass(frozen=True, slots=True)
class _Post:
    """A message, ready to be written. `uniek` is the same for the two clicks of a double click."""

    tekst: str = field(repr=False)
    uniek: str
    bijlagen: int
    moment: datetime


_NIETS = Toevoeging(goed=(), geweigerd=())


def send_bericht(
    actor: Actor,
    ref: ZaakRef,
    *,
    tekst: str,
    sleutel: str,
    gesprek_id: str = "",
    onderwerp: str = "",
    bestanden: tuple[Aangeboden, ...] = (),
) -> str:
    """Send a message about a zaak; returns its id.

    Without `gesprek_id` it goes into the latest conversation of that side; NIEUW or an `onderwerp` starts one. A
    resident's message goes to the behandelaar (or who stands in for them), or to the afdeling; a civil servant's to the
    resident of the conversation. Message and files are kept together, or not at all.
    `sleutel` comes from the form: the same text sent twice from it is still one message. Another text is another
    message, also when the browser went back to the same form: what was typed is never dropped.
    Raises ZaakNietGevonden, GesprekNietGevonden, BerichtLeeg, BerichtTeLang, OnderwerpOngeldig, BijlagenGeweigerd,
    ZaakIsGesloten (files only), NietToegestaan, BronOnbereikbaar.
    """
    schoon = clean_tekst(tekst)
    is_nieuw_gesprek = gesprek_id == NIEUW or bool(not gesprek_id and onderwerp.strip())
    regel = clean_onderwerp(onderwerp) if is_nieuw_gesprek else ""
    uniek = eenmalig(actor, ref, sleutel, schoon) if sleutel else uuid.uuid4().hex
    klaar = _prepare(actor, ref, bestanden, uniek)
    moment = nu()
    with transaction.atomic():
        lock_zaak(ref)  # not destroyed while something is added to it
        zaak = get_zaak_for(actor, ref)
        if actor.is_medewerker:
            must_be_possible(actor, zaak, Handeling.BERICHT)
        if eerder := Bericht.objects.filter(sleutel=uniek).values_list("pk", flat=True).first():
            return str(eerder)
        if klaar.geweigerd:
            raise BijlagenGeweigerd(klaar.geweigerd)
        gesprek = _choose_gesprek(actor, zaak, "" if is_nieuw_gesprek else gesprek_id, regel, moment)
        bericht, is_nieuw = _write(actor, zaak, gesprek, _Post(schoon, uniek, len(klaar.goed), moment))
        if is_nieuw:
            bijlagen = attach(actor, zaak, bericht, klaar, moment) if klaar.goed else ()
            _after_sending(actor, zaak, gesprek, bericht, bijlagen)
        elif not gesprek.berichten.exists():
            gesprek.delete()  # the other click of a double click was first
        delete_concept(actor, ref, gesprek_id)
    return str(bericht.id)


def _prepare(actor: Actor, ref: ZaakRef, bestanden: tuple[Aangeboden, ...], uniek: str) -> Toevoeging:
    """The slow part, outside the transaction: whom the zaak is not for does not come as far as holding it, and waits
    for nobody. Nothing for a message that was sent before: a double click."""
    zaak = get_zaak_for(actor, ref)
    if not bestanden:
        return _NIETS
    if Bericht.objects.filter(sleutel=uniek).exists():
        return _NIETS
    if not zaak.is_open:
        raise ZaakIsGesloten(
            "Deze zaak is afgerond. U kunt er geen bestanden meer bij doen. Stuur uw bericht zonder bijlage."
        )
    klaar = documenten.prepare(
        bestanden, zaak_ref=str(ref), moment=nu(), verwijder_locatie=zaak.verwijder_locatie
    )
    if klaar.geweigerd:
        rest = tuple(
            Geweigerd(naam=een.naam, code="", tekst=f"‘{een.naam}’ was goed. Kies dit bestand ook opnieuw.")
            for een in klaar.goed
        )
        return Toevoeging(goed=(), geweigerd=klaar.geweigerd + rest)
    return klaar


def _choose_gesprek(
    actor: Actor, zaak: Zaak, gesprek_id: str, onderwerp: str, moment: datetime
) -> GesprekRegel:
    """The conversation that was asked, the latest one of that side, or a new one."""
    if gesprek_id:
        return get_gesprek_for(actor, zaak.ref, gesprek_id)[1]
    betrokkene_key, vestiging_key = _resident_side(actor, zaak)
    eigen = {"zaak_ref": str(zaak.ref), "betrokkene_key": betrokkene_key, "vestiging_key": vestiging_key}
    laatste = (
        None if onderwerp else GesprekRegel.objects.filter(**eigen).order_by("-laatst_op", "-pk").first()
    )
    return laatste or GesprekRegel.objects.create(
        **eigen,
        onderwerp=onderwerp or STANDAARD_ONDERWERP,
        is_van_gemeente=actor.is_medewerker,
        starter_key=actor.key,
        begonnen_op=moment,
        laatst_op=moment,
        afdeling=zaak.afdeling,
    )


def _resident_side(actor: Actor, zaak: Zaak) -> tuple[str, str]:
    if actor.partij is not None:
        return keys_of_actor(actor, zaak)
    if zaak.initiator is None:
        raise NietToegestaan("Deze zaak heeft geen aanvrager. U kunt daarom geen bericht sturen.")
    return zaak.initiator.key, zaak.initiator.vestiging_key


def _write(actor: Actor, zaak: Zaak, gesprek: GesprekRegel, post: _Post) -> tuple[Bericht, bool]:
    bericht, is_nieuw = Bericht.objects.get_or_create(
        sleutel=post.uniek,
        defaults={
            "gesprek": gesprek,
            "zaak_ref": str(zaak.ref),
            "betrokkene_key": gesprek.betrokkene_key,
            "vestiging_key": gesprek.vestiging_key,
            "is_van_gemeente": actor.is_medewerker,
            "afzender_key": actor.key,
            "afzender_naam": actor.afzender,
            "afdeling": zaak.afdeling,
            "behandelaar_id": zaak.behandelaar_id if actor.is_medewerker else _recipient(zaak, post.moment),
            "tekst": post.tekst,
            "verzonden_op": post.moment,
            "aantal_bijlagen": post.bijlagen,
        },
    )
    if is_nieuw:
        GesprekRegel.objects.filter(pk=gesprek.pk, laatst_op__lte=post.moment).update(
            laatst_op=post.moment, afdeling=zaak.afdeling
        )
    return bericht, is_nieuw


def _recipient(zaak: Zaak, moment: datetime) -> int | None:
    """The behandelaar; while they are away who stands in for them; None is the afdeling."""
    if zaak.behandelaar_id is None:
        return None
    return find_waarnemer(
        zaak.behandelaar_id,
        dag=datum_van(moment),
        afdeling=zaak.afdeling,
        zaaktype=zaak.zaaktype,
        toegang=zaak.toegang,
    )


def _after_sending(
    actor: Actor, zaak: Zaak, gesprek: GesprekRegel, bericht: Bericht, bijlagen: tuple[DocumentInzage, ...]
) -> None:
    if actor.is_medewerker:
        soort, tekst = GebeurtenisSoort.BERICHT_VERSTUURD, "Wij hebben u een bericht gestuurd"
    else:
        soort, tekst = GebeurtenisSoort.BERICHT_ONTVANGEN, "Wij hebben uw bericht ontvangen"
        bron_voor(zaak.ref.bron).set_aandacht(zaak.ref.id, Aandacht.BERICHT, bericht.verzonden_op)
    van = bericht.betrokkene_key, bericht.vestiging_key
    zaken.record(zaak.ref, soort, tekst, bericht.verzonden_op, van=van)
    audit.record(
        actor_soort=actor.hoedanigheid,
        actor_key=actor.key,
        actie="bericht.verstuurd",
        object_ref=str(zaak.ref),
        gesprek=str(gesprek.pk),
        bericht=str(bericht.pk),
        **actor.sporen,
    )
    events.publish(
        BerichtVerstuurd(
            zaak=zaak,
            bericht_id=str(bericht.id),
            door_gemeente=actor.is_medewerker,
            betrokkene_key=bericht.betrokkene_key,
            vestiging_key=bericht.vestiging_key,
            actor=actor,
            onderwerp=gesprek.onderwerp,
            moment=bericht.verzonden_op,
            bijlagen=bijlagen,
        )
    )
