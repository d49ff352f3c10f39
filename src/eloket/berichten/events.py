"""What happened in a conversation, for notifications."""

from dataclasses import dataclass

from eloket.identity.types import Partij
from eloket.kernel.events import Event
from eloket.zaken.types import Zaak, ZaakRef


@dataclass(frozen=True, slots=True)
class BerichtVerstuurd(Event):
    zaak: Zaak
    bericht_id: str
    door_gemeente: bool


@dataclass(frozen=True, slots=True)
class BerichtenGelezen(Event):
    """A resident or business opened messages of the municipality that were unread."""

    partij: Partij
    zaak_ref: ZaakRef
    bericht_ids: tuple[str, ...]
