"""How a zaak begins."""

from django.db import transaction

from eloket.documenten import service as documenten
from eloket.documenten.types import Aangeboden
from eloket.identity.types import Actor
from eloket.kernel import events
from eloket.kernel.klok import nu
from eloket.zaken.bronnen import bron_voor_nieuwe_zaken
from eloket.zaken.dossier import Ontvangst, link
from eloket.zaken.events import ZaakGestart
from eloket.zaken.types import NieuweZaak, Zaak
from eloket.zaken.vastleggen import note


def start_zaak(
    actor: Actor, opdracht: NieuweZaak, bestanden: tuple[Aangeboden, ...] = ()
) -> tuple[Zaak, Ontvangst]:
    """Start a zaak for the actor's own party, with its documents, all or nothing. Idempotent on `opdracht.sleutel`."""
    moment = nu()
    bron = bron_voor_nieuwe_zaken()
    klaar = documenten.prepare(bestanden, zaak_ref="", moment=moment)
    with transaction.atomic():
        zaak, is_nieuw = bron.start_zaak(opdracht, moment)
        if not is_nieuw:
            return zaak, Ontvangst(toegevoegd=(), geweigerd=())
        ontvangst = link(actor, zaak, klaar, moment)
        note(actor, "zaak.gestart", zaak.ref, zaaktype=zaak.zaaktype)
        events.publish(ZaakGestart(zaak=zaak))
    return zaak, ontvangst
