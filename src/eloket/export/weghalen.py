"""A zaak is not destroyed while it stands in what somebody takes along: they asked for it, and it is gone in a week."""

from eloket.export.models import ExportDeel
from eloket.kernel import events
from eloket.zaken.errors import VernietigenWacht
from eloket.zaken.events import ZaakVernietigd


def connect() -> None:
    events.subscribe(ZaakVernietigd, on_zaak_vernietigd)


def on_zaak_vernietigd(event: ZaakVernietigd) -> None:
    """Raises VernietigenWacht."""
    if ExportDeel.objects.filter(zaak_ref=str(event.ref)).exists():
        raise VernietigenWacht
