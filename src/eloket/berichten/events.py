"""What happened in a conversation, for notifications."""

from dataclasses import dataclass

from eloket.kernel.events import Event
from eloket.zaken.types import Zaak


@dataclass(frozen=True, slots=True)
class BerichtVerstuurd(Event):
    zaak: Zaak
    bericht_id: str
    door_gemeente: bool
