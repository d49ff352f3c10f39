"""A zaak that is destroyed takes its conversations along, and what somebody typed and did not send."""

from eloket.berichten.models import Bericht, BerichtBijlage, BerichtConcept, GesprekRegel
from eloket.kernel import events
from eloket.zaken.events import ZaakVernietigd


def connect() -> None:
    events.subscribe(ZaakVernietigd, on_zaak_vernietigd)


def on_zaak_vernietigd(event: ZaakVernietigd) -> None:
    ref = str(event.ref)
    BerichtBijlage.objects.filter(bericht__zaak_ref=ref).delete()
    Bericht.objects.filter(zaak_ref=ref).delete()
    GesprekRegel.objects.filter(zaak_ref=ref).delete()
    BerichtConcept.objects.filter(zaak_ref=ref).delete()
