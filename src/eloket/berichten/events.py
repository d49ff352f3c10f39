"""What happened in a conversation, for notifications."""

from dataclasses import dataclass

from eloket.identity.types import Partij
from eloket.kernel.events import Event
from eloket.zaken.types import Zaak, ZaakRef


@dataclass(frozen=True, slots=True)
class BerichtVerstuurd(Event):
    """`betrokkene_key` and `vestiging_key` are the resident's side of the conversation, whoever sent it."""

    zaak: Zaak
    bericht_id: str
    door_gemeente: bool
    betrokkene_key: str
    vestiging_key: str = ""


@dataclass(frozen=True, slots=True)
class BerichtenGelezen(Event):
    """A resident or business opened messages of the municipality that were unread."""

    partij: Partij
    zaak_ref: ZaakRef
    bericht_ids: tuple[str, ...]
