"""What somebody takes along, and a zaak in it that is destroyed.

An export holds a zaak when it was asked before somebody approved that the zaak goes, and for two weeks at most: the
person asked in time, and what they were promised stays whole. One that was asked later holds nothing: asking again and
again would keep a zaak for ever, beyond the term of the law (AVG 5(1)(e), Archiefwet 5). It is made again without the
zaak. Who wants to keep a copy reads on the zaak until when it is kept.
"""

from eloket.export.models import Export, ExportDeel
from eloket.export.types import VASTHOUDEN
from eloket.kernel import events
from eloket.kernel.klok import nu
from eloket.zaken.errors import VernietigenWacht
from eloket.zaken.events import ZaakVernietigd


def connect() -> None:
    events.subscribe(ZaakVernietigd, on_zaak_vernietigd)


def on_zaak_vernietigd(event: ZaakVernietigd) -> None:
    """Raises VernietigenWacht."""
    delen = ExportDeel.objects.filter(zaak_ref=str(event.ref))
    # Held: the first page of one is finished before this, and made again, or after this, and looks again.
    exports = list(Export.objects.select_for_update().filter(pk__in=delen.values("export")).order_by("pk"))
    moment = nu()
    if any(
        een.gevraagd_op < event.besloten_op
        and een.verloopt_op > moment
        and een.gevraagd_op > moment - VASTHOUDEN
        for een in exports
    ):
        raise VernietigenWacht
    delen.delete()
    klaar = Export.objects.filter(pk__in=[een.pk for een in exports], verloopt_op__gt=moment)
    klaar.exclude(klaar_op=None).update(klaar_op=None, volgende_op=moment, pogingen=0)
