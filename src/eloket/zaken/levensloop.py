"""The life of a zaak: who handles it, which status it has, and its end."""

from django.db import transaction

from eloket.identity.types import Actor
from eloket.kernel import events
from eloket.kernel.klok import nu
from eloket.zaken.bronnen import bron_voor
from eloket.zaken.errors import StatusNietToegestaan
from eloket.zaken.events import StatusGezet
from eloket.zaken.models import Taak
from eloket.zaken.types import Aandacht, Zaak, ZaakRef
from eloket.zaken.vastleggen import get_as_medewerker, must_be_open, note


def set_status(
    actor: Actor, ref: ZaakRef, *, volgnummer: int, toelichting: str, resultaat: str, versie: int
) -> Zaak:
    """Set a later status, or the eindstatus with its result. Raises StatusNietToegestaan, ZaakGewijzigd."""
    moment = nu()
    with transaction.atomic():
        zaak = get_as_medewerker(actor, ref)
        must_be_open(zaak)
        statustype = next((s for s in zaak.statustypen if s.volgnummer == volgnummer), None)
        if statustype is None or volgnummer <= zaak.stap:
            raise StatusNietToegestaan
        if statustype.is_eindstatus and not resultaat.strip():
            raise StatusNietToegestaan("Vul in wat het resultaat is. De zaak wordt met deze status afgerond.")
        if statustype.is_eindstatus and Taak.objects.filter(zaak_ref=str(ref), vervuld_op=None).exists():
            raise StatusNietToegestaan(
                "Er staat nog een vraag om een document open. Trek de vraag in, of wacht op het document."
            )
        bron = bron_voor(ref.bron)
        if statustype.is_eindstatus:
            bron.set_resultaat(ref.id, resultaat=resultaat.strip())
        nieuw = bron.set_status(
            ref.id, volgnummer=volgnummer, toelichting=toelichting.strip(), moment=moment, versie=versie
        )
        note(actor, "zaak.status_gezet", ref, volgnummer=volgnummer)
        events.publish(StatusGezet(zaak=nieuw, volgnummer=volgnummer, informeren=statustype.informeren))
    return nieuw


def take_zaak(actor: Actor, ref: ZaakRef, *, versie: int) -> Zaak:
    """The civil servant becomes the behandelaar. Raises ZaakGewijzigd when somebody was first."""
    with transaction.atomic():
        zaak = get_as_medewerker(actor, ref)
        must_be_open(zaak)
        nieuw = bron_voor(ref.bron).set_behandelaar(ref.id, medewerker_id=actor.medewerker_id, versie=versie)
        note(actor, "zaak.in_behandeling_genomen", ref)
    return nieuw


def clear_aandacht(actor: Actor, ref: ZaakRef, soort: Aandacht) -> None:
    """A civil servant has seen what was new."""
    with transaction.atomic():
        get_as_medewerker(actor, ref)
        bron_voor(ref.bron).set_aandacht(ref.id, soort, None)
