"""Messages as plain values."""

from dataclasses import dataclass, field
from datetime import datetime

from eloket.zaken.types import ZaakRef

MAX_TEKENS = 5_000


@dataclass(frozen=True, slots=True)
class BerichtInzage:
    """One message. `is_gelezen` tells whether the side it was sent to has opened it."""

    id: str
    zaak_ref: ZaakRef
    is_van_gemeente: bool
    afzender_naam: str = field(repr=False)
    tekst: str = field(repr=False)
    verzonden_op: datetime
    is_gelezen: bool


@dataclass(frozen=True, slots=True)
class Gesprek:
    """All messages of one zaak, as a line under Berichten."""

    zaak_ref: ZaakRef
    zaak_omschrijving: str
    zaak_identificatie: str
    laatste: BerichtInzage
    aantal: int
    ongelezen: int
