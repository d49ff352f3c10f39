"""Opens and closes contact to restore."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from eloket.audit import service as audit
from eloket.identity.types import Actor
from eloket.kernel.errors import NietGevonden, OngeldigeInvoer
from eloket.kernel.klok import nu
from eloket.notifications.contact.models import Contactherstel
from eloket.notifications.contact.queries import list_onbereikbaar
from eloket.notifications.contact.types import KEUZES, Hersteld
from eloket.profile.events import AdresHersteld
from eloket.profile.queries import list_partijcontact
from eloket.zaken.access import get_zaak_for, lock_zaak
from eloket.zaken.mogelijkheden import Handeling, must_be_possible
from eloket.zaken.types import ZaakRef

NIET_GEKOZEN = "Kies wat u heeft gedaan."


def open_herstel(profiel_key: str, zaak_refs: Iterable[str], now: datetime) -> None:
    """Contact with this party (Partij.profiel_key) is to be restored, for these zaken; in the caller's transaction.

    Not again for a zaak in which somebody did so since the address stopped working: a letter goes each time.
    """
    refs = {ref for ref in zaak_refs if ref}
    sinds = _kapot_sinds(profiel_key) or now
    gedaan = Contactherstel.objects.filter(profiel_key=profiel_key, zaak_ref__in=refs, hersteld_op__gte=sinds)
    refs -= set(gedaan.values_list("zaak_ref", flat=True))
    is_open = Contactherstel.objects.filter(profiel_key=profiel_key, zaak_ref__in=refs, hersteld_op=None)
    refs -= set(is_open.values_list("zaak_ref", flat=True))
    Contactherstel.objects.bulk_create(
        (Contactherstel(profiel_key=profiel_key, zaak_ref=ref, ontstaan_op=now) for ref in sorted(refs)),
        ignore_conflicts=True,  # opened at this very moment
    )
    _note_by_system("contact.verloren", refs, profiel_key)


def open_when_unreachable(profiel_key: str, zaak_refs: Iterable[str], now: datetime) -> None:
    """As `open_herstel`, when no address of this party works: a business may have another contactpersoon."""
    if _kapot_sinds(profiel_key):
        open_herstel(profiel_key, zaak_refs, now)


def on_adres_hersteld(event: AdresHersteld) -> None:
    """The person mended it: nobody has to do anything any more."""
    open_ = Contactherstel.objects.select_for_update().filter(profiel_key=event.partij_key, hersteld_op=None)
    rijen = dict(open_.values_list("pk", "zaak_ref"))
    Contactherstel.objects.filter(pk__in=rijen).update(hersteld_op=nu(), hoe=Hersteld.ADRES_WERKT)
    _note_by_system("contact.niet_meer_nodig", rijen.values(), event.partij_key)


def mark_hersteld(actor: Actor, ref: ZaakRef, *, nummer: int, hoe: str) -> None:
    """A civil servant did something about a party of this zaak that could not be reached (Onbereikbaar.nummer).

    Twice is once. Raises ZaakNietGevonden, NietToegestaan, OngeldigeInvoer without a choice, NietGevonden for a party
    that can be reached.
    """
    with transaction.atomic():
        lock_zaak(ref)
        zaak = get_zaak_for(actor, ref)
        must_be_possible(actor, zaak, Handeling.CONTACT)
        if hoe not in {een.value for een in KEUZES}:
            raise OngeldigeInvoer(NIET_GEKOZEN)
        wie = next((een for een in list_onbereikbaar(zaak) if een.nummer == nummer), None)
        if wie is None:
            raise NietGevonden
        if wie.hersteld_op is not None:
            return
        _close(wie.profiel_key, str(ref), Hersteld(hoe))
        audit.record(
            actor_soort=actor.hoedanigheid,
            actor_key=actor.key,
            actie="contact.hersteld",
            object_ref=str(ref),
            hoe=hoe,
            betrokkene=wie.profiel_key,
        )


def _note_by_system(actie: str, zaak_refs: Iterable[str], profiel_key: str) -> None:
    audit.record_each(
        sorted(zaak_refs), actor_soort=audit.SYSTEEM, actor_key="", actie=actie, betrokkene=profiel_key
    )


def _kapot_sinds(profiel_key: str) -> datetime | None:
    contact = list_partijcontact([profiel_key]).get(profiel_key)
    return contact.kapot_sinds if contact else None


def _close(profiel_key: str, zaak_ref: str, hoe: Hersteld) -> None:
    moment = nu()
    open_ = Contactherstel.objects.filter(profiel_key=profiel_key, zaak_ref=zaak_ref, hersteld_op=None)
    if not open_.update(hersteld_op=moment, hoe=hoe):  # the address broke down over another zaak
        Contactherstel.objects.create(
            profiel_key=profiel_key, zaak_ref=zaak_ref, ontstaan_op=moment, hersteld_op=moment, hoe=hoe
        )
