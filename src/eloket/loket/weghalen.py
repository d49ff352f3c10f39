"""A zaak that is destroyed takes along the form that it began with, and every form that added to it."""

from django.db.models import Q

from eloket.documenten import vasthouden
from eloket.kernel import events
from eloket.loket.concepten import houder_of
from eloket.loket.models import Concept
from eloket.zaken.errors import VernietigenWacht
from eloket.zaken.events import ZaakVernietigd


def connect() -> None:
    events.subscribe(ZaakVernietigd, on_zaak_vernietigd)


def on_zaak_vernietigd(event: ZaakVernietigd) -> None:
    """Raises VernietigenWacht while the PDF of a sent form must still be put in the zaak, and while somebody sends or
    changes a form: who sends it holds the form first and then the zaak, which is held here, so nobody waits for it."""
    ref = str(event.ref)
    concepten = Concept.objects.filter(Q(zaak_ref=ref) | Q(aanvulling_ref=ref))
    vast = concepten.select_for_update(skip_locked=True).only("pk", "verstuurd_op", "bewijs_op")
    rijen = list(vast.order_by("pk"))
    if len(rijen) != concepten.count():
        raise VernietigenWacht
    for rij in rijen:
        if rij.verstuurd_op is not None and rij.bewijs_op is None:
            raise VernietigenWacht
        vasthouden.release(houder_of(rij.pk))
        rij.delete()
