"""Removes the documents of a zaak that is destroyed: first the rows, with the zaak, and after the commit the bytes.

Content that a document of another zaak holds too, or a form that somebody fills in, stays; and what somebody is sending
at this moment, until the clean-up sees that it was not kept. What a crash leaves in
between is a Bestand without documents: `service.ruim_op` knows that too.
"""

from collections.abc import Collection

from django.db import transaction

from eloket.documenten import opslag
from eloket.documenten.models import Bestand, Document, Vasthouding
from eloket.documenten.service import BEWAARTIJD
from eloket.kernel.klok import nu


def remove_documenten(zaak_ref: str) -> tuple[int, ...]:
    """Every version of each document of the zaak, in the caller's transaction; returns which contents they held."""
    rijen = Document.objects.filter(zaak_ref=zaak_ref)
    bestanden = tuple(sorted(set(rijen.values_list("bestand_id", flat=True))))
    rijen.update(vervangen_door=None)
    rijen.delete()
    return bestanden


def remove_bytes(bestanden: Collection[int]) -> None:
    """Of content that nothing holds any more: the bytes, under every secret, and then the row. Again when a crash came
    between: removing what is gone is fine. Call it outside a transaction. Raises OSError: then the row is still there.
    """
    grens = nu() - BEWAARTIJD
    for pk in bestanden:
        with transaction.atomic():
            # Under the lock that who links it takes too: what is linked just now stays.
            bestand = Bestand.objects.select_for_update().filter(pk=pk, aangeraakt__lt=grens).first()
            if bestand is None or _is_held(pk):
                continue
            opslag.delete(bestand.sha256)
            bestand.delete()


def _is_held(pk: int) -> bool:
    """A statement of its own: only what is read after the lock was got sees a document that was linked just before."""
    return any(soort.objects.filter(bestand_id=pk).exists() for soort in (Document, Vasthouding))
