"""What happened in a conversation, for notifications."""

from dataclasses import dataclass, field
from datetime import datetime

from eloket.documenten.types import DocumentInzage
from eloket.identity.types import Actor, Partij
from eloket.kernel.events import Event
from eloket.zaken.types import Zaak, ZaakRef


@dataclass(frozen=True, slots=True)
class BerichtVerstuurd(Event):
    """`actor` sent it at `moment`, in the conversation called `onderwerp`; `bijlagen` came with it.

    `betrokkene_key` and `vestiging_key` are the resident's side of the conversation, whoever sent it.
    """

    zaak: Zaak
    bericht_id: str
    door_gemeente: bool
    betrokkene_key: str
    vestiging_key: str
    actor: Actor
    onderwerp: str = field(repr=False)
    moment: datetime
    bijlagen: tuple[DocumentInzage, ...]


@dataclass(frozen=True, slots=True)
class BerichtenGelezen(Event):
    """A resident or business opened messages of the municipality that were unread."""

    partij: Partij
    zaak_ref: ZaakRef
    bericht_ids: tuple[str, ...]
