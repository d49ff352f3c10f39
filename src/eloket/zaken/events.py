"""What happened to a zaak, for the rooms above (notifications)."""

from dataclasses import dataclass
from datetime import date

from eloket.kernel.events import Event
from eloket.zaken.types import Zaak


@dataclass(frozen=True, slots=True)
class ZaakGestart(Event):
    zaak: Zaak


@dataclass(frozen=True, slots=True)
class StatusGezet(Event):
    """`informeren` of the statustype says whether the resident is told."""

    zaak: Zaak
    volgnummer: int
    informeren: bool


@dataclass(frozen=True, slots=True)
class DocumentGevraagd(Event):
    zaak: Zaak
    taak_id: str
    deadline: date


@dataclass(frozen=True, slots=True)
class DocumentToegevoegd(Event):
    """One or more documents were added in one go, by the resident or (door_gemeente) by the municipality."""

    zaak: Zaak
    document_ids: tuple[str, ...]
    door_gemeente: bool
