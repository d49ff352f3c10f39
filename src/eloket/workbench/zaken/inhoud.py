"""Everything the page of a zaak shows, fetched for an actor, and what opening the page changes."""

from dataclasses import dataclass

from django.http import HttpRequest

from eloket.berichten import queries as berichten_queries
from eloket.berichten import service as berichten
from eloket.berichten.types import BerichtInzage
from eloket.documenten import queries as documenten
from eloket.documenten.types import DocumentInzage
from eloket.identity.types import Actor
from eloket.kernel.errors import BronOnbereikbaar
from eloket.zaken import queries
from eloket.zaken import service as zaken
from eloket.zaken.access import get_zaak_for
from eloket.zaken.types import Aandacht, Gebeurtenis, TaakInzage, Zaak, ZaakRef


@dataclass(frozen=True, slots=True)
class ZaakInhoud:
    """A zaak with all that hangs on it. `documenten` is None when their source did not answer."""

    zaak: Zaak
    gebeurtenissen: tuple[Gebeurtenis, ...]
    taken: tuple[TaakInzage, ...]
    documenten: tuple[DocumentInzage, ...] | None
    berichten: tuple[BerichtInzage, ...]


def load_inhoud(actor: Actor, ref: ZaakRef) -> ZaakInhoud:
    """Fetch it, and note in the audit trail that the actor looked. Raises ZaakNietGevonden, BronOnbereikbaar."""
    zaak = get_zaak_for(actor, ref)
    inhoud = ZaakInhoud(
        zaak=zaak,
        gebeurtenissen=queries.list_gebeurtenissen(ref),
        taken=queries.list_taken_van_zaak(ref, partij=None),
        documenten=_documenten(ref),
        berichten=berichten_queries.list_berichten(ref, partij=None),
    )
    zaken.record_view(actor, ref)
    return inhoud


def _documenten(ref: ZaakRef) -> tuple[DocumentInzage, ...] | None:
    try:
        return documenten.list_documenten(str(ref))
    except BronOnbereikbaar:
        return None  # the page says so by name; the rest of the zaak is still of use


def is_opened(request: HttpRequest) -> bool:
    """Whether a person opens this page now: not a browser that fetches it in advance."""
    vooraf = request.headers.get("Sec-Purpose") or request.headers.get("Purpose") or ""
    return request.method == "GET" and "prefetch" not in vooraf


def mark_seen(actor: Actor, inhoud: ZaakInhoud) -> None:
    """The civil servant has the page open: messages are read, new documents are seen. Writes only if there are any."""
    if any(not een.is_van_gemeente and not een.is_gelezen for een in inhoud.berichten):
        berichten.mark_read(actor, inhoud.zaak.ref, tot=inhoud.berichten[0].verzonden_op)
    if inhoud.documenten and Aandacht.DOCUMENT in inhoud.zaak.aandacht:
        zaken.clear_aandacht(actor, inhoud.zaak.ref, Aandacht.DOCUMENT)
