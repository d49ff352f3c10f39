"""Destroys a zaak: everything that we hold of it, in one transaction. What may be destroyed is decided in `archief`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, runtime_checkable

from eloket.documenten import weghalen
from eloket.kernel import events
from eloket.machtigingen import weghalen as machtigingen
from eloket.zaken.bronnen import alle, bron_voor
from eloket.zaken.errors import VernietigenElders, ZaakNietGevonden
from eloket.zaken.events import ZaakVernietigd
from eloket.zaken.models import Aanwezigheid, GebeurtenisRegel, NoodtoegangRegel, NotitieRegel, Taak
from eloket.zaken.types import Zaak, ZaakRef


@dataclass(frozen=True, slots=True)
class TeVernietigen:
    """A closed zaak of which the period is over. Nothing in it names somebody: no subject and no applicant."""

    ref: ZaakRef
    identificatie: str
    zaaktype: str
    zaaktype_omschrijving: str
    resultaat: str
    einddatum: date
    archiefactiedatum: date
    versie: int


@runtime_checkable
class VernietigBron(Protocol):
    """A source whose zaken are destroyed here. One over the ZGW APIs does not implement this: its zaken are destroyed
    in the system that they live in, by the list that is made there."""

    @property
    def naam(self) -> str: ...

    def list_te_vernietigen(
        self, dag: date, *, zonder: Collection[str], limit: int
    ) -> tuple[TeVernietigen, ...]:
        """Closed zaken to be destroyed on `dag` or before, the longest due first; not the ids in `zonder`, and none
        with something new that nobody has seen."""

    def destroy(self, zaak_id: str) -> None:
        """Remove the zaak with everything of it, in the caller's transaction. Raises ZaakNietGevonden."""

    def fill_archief(self, limit: int) -> int:
        """Give at most this many closed zaken of before there were terms what they miss; returns how many."""


def list_te_vernietigen(dag: date, *, zonder: Collection[ZaakRef], limit: int) -> tuple[TeVernietigen, ...]:
    """Of all sources that destroy here. Raises BronOnbereikbaar."""
    gevonden: list[TeVernietigen] = []
    for bron in alle():
        if isinstance(bron, VernietigBron):
            ids = [ref.id for ref in zonder if ref.bron == bron.naam]
            gevonden += bron.list_te_vernietigen(dag, zonder=ids, limit=limit)
    return tuple(sorted(gevonden, key=lambda een: (een.archiefactiedatum, een.identificatie))[:limit])


def list_elders() -> tuple[str, ...]:
    """What the reader calls the sources that destroy their zaken in a system of their own."""
    return tuple(bron.titel for bron in alle() if not isinstance(bron, VernietigBron))


def fill_archief(limit: int) -> int:
    """See VernietigBron.fill_archief, of all sources."""
    return sum(bron.fill_archief(limit) for bron in alle() if isinstance(bron, VernietigBron))


def get_zaak(ref: ZaakRef) -> Zaak:
    """Whoever it is for: only to decide whether it may be destroyed, and never for a page. Raises ZaakNietGevonden,
    BronOnbereikbaar."""
    return bron_voor(ref.bron).get_zaak(ref.id)


def has_happened_since(zaak: Zaak, moment: datetime) -> bool:
    """Whether anything came in, was sent, asked or noted, or waits to be read. The caller holds the zaak."""
    ref = str(zaak.ref)
    return (
        bool(zaak.aandacht)
        or GebeurtenisRegel.objects.filter(zaak_ref=ref, moment__gte=moment).exists()
        or NotitieRegel.objects.filter(zaak_ref=ref, moment__gte=moment).exists()
        or Taak.objects.filter(zaak_ref=ref, gevraagd_op__gte=moment).exists()
    )


def destroy_zaak(ref: ZaakRef, *, besloten_op: datetime) -> tuple[int, ...]:
    """Remove the zaak and everything of it, in the caller's transaction; the caller holds the zaak (lock_zaak).
    Somebody decided that at `besloten_op`.

    Returns which contents no document of it holds any more: after the commit documenten.weghalen.remove_bytes removes
    their bytes. The audit trail stays, and what is proof without its text. Raises VernietigenWacht, VernietigenElders,
    ZaakNietGevonden.
    """
    bron = bron_voor(ref.bron)
    if not isinstance(bron, VernietigBron):
        raise VernietigenElders
    events.publish(ZaakVernietigd(ref=ref, besloten_op=besloten_op))
    for model in (Aanwezigheid, GebeurtenisRegel, NoodtoegangRegel, NotitieRegel, Taak):
        model._default_manager.filter(zaak_ref=str(ref)).delete()  # noqa: SLF001 - Django documents it
    machtigingen.remove_of_zaak(str(ref))
    bestanden = weghalen.remove_documenten(str(ref))
    bron.destroy(ref.id)
    return bestanden


def exists(ref: ZaakRef) -> bool:
    """Raises BronOnbereikbaar."""
    try:
        get_zaak(ref)
    except ZaakNietGevonden:
        return False
    return True
