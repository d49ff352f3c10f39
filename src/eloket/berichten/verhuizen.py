"""A zaak that goes to another afdeling takes its conversations along: what waits, waits there."""

from eloket.berichten.models import Bericht, GesprekRegel
from eloket.kernel import events
from eloket.zaken.events import ZaakOvergedragen


def connect() -> None:
    events.subscribe(ZaakOvergedragen, _move)


def _move(event: ZaakOvergedragen) -> None:
    ref, afdeling = str(event.zaak.ref), event.zaak.afdeling
    GesprekRegel.objects.filter(zaak_ref=ref).exclude(afdeling=afdeling).update(afdeling=afdeling)
    wacht = Bericht.objects.filter(zaak_ref=ref, is_van_gemeente=False, gelezen_op=None)
    # To nobody in particular: to whom it went works elsewhere.
    wacht.exclude(afdeling=afdeling).update(afdeling=afdeling, behandelaar_id=None)
