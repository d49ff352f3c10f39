"""The files that come with a message: into the zaak through the one intake, and tied to the message."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from eloket.berichten.errors import BijlagenGeweigerd
from eloket.berichten.models import Bericht, BerichtBijlage
from eloket.berichten.types import Bijlage, BijlageStand
from eloket.documenten.queries import list_documenten
from eloket.documenten.types import Controle, DocumentInzage, Toevoeging
from eloket.identity.types import Actor
from eloket.kernel.errors import BronOnbereikbaar
from eloket.zaken.bronnen import bron_voor
from eloket.zaken.dossier import link
from eloket.zaken.types import Aandacht, Zaak, ZaakRef


def attach(
    actor: Actor, zaak: Zaak, bericht: Bericht, klaar: Toevoeging, moment: datetime
) -> tuple[DocumentInzage, ...]:
    """Put the prepared files in the zaak and tie them to the message, in the caller's transaction. Returns them.

    Raises BijlagenGeweigerd when one of them cannot be taken after all: then nothing of it may be kept.
    """
    ontvangst = link(actor, zaak, klaar, moment)
    if ontvangst.geweigerd:
        raise BijlagenGeweigerd(ontvangst.geweigerd)
    BerichtBijlage.objects.bulk_create(
        BerichtBijlage(bericht=bericht, document_id=document.id, naam=document.titel)
        for document in ontvangst.toegevoegd
    )
    if not actor.is_medewerker:
        bron_voor(zaak.ref.bron).set_aandacht(zaak.ref.id, Aandacht.DOCUMENT, moment)
    return ontvangst.toegevoegd


def list_bijlagen(ref: ZaakRef, rijen: Iterable[Bericht]) -> dict[str, tuple[Bijlage, ...]]:
    """Per message its attachments; no query when no message has any, else one and the documents of the zaak."""
    ids = [rij.pk for rij in rijen if rij.aantal_bijlagen]
    if not ids:
        return {}
    documenten = _documenten(ref)
    gevonden: defaultdict[str, tuple[Bijlage, ...]] = defaultdict(tuple)
    for rij in BerichtBijlage.objects.filter(bericht__in=ids).order_by("pk"):
        document = documenten.get(rij.document_id) if documenten is not None else None
        stand = BijlageStand.ONBEKEND if documenten is None else _stand(document)
        gevonden[str(rij.bericht_id)] += (
            Bijlage(
                document_id=rij.document_id,
                naam=rij.naam,
                stand=stand,
                is_toonbaar=document is not None and document.is_toonbaar,
            ),
        )
    return gevonden


def _documenten(ref: ZaakRef) -> dict[str, DocumentInzage] | None:
    try:
        return {document.id: document for document in list_documenten(str(ref))}
    except BronOnbereikbaar:
        return None  # the page says so beside the attachment; the messages are still of use


def _stand(document: DocumentInzage | None) -> BijlageStand:
    if document is None:
        return BijlageStand.WEG
    if document.controle is Controle.BESMET:
        return BijlageStand.BESMET
    return BijlageStand.BESCHIKBAAR if document.is_beschikbaar else BijlageStand.WACHT
