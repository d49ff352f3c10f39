"""A notification about a mail of ours, as plain values: never an address, never a text of a server."""

from dataclasses import dataclass
from enum import StrEnum


class Actie(StrEnum):
    """What a server says that it did with the mail (RFC 3464, 2.3.3)."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    RELAYED = "relayed"
    EXPANDED = "expanded"


class Klasse(StrEnum):
    """What that means for us.

    OPGEGEVEN: the servers stopped trying, and nothing says that the address is wrong (a full mailbox, a filter, a
    server that was away for days). DOORGEGEVEN: passed on to where nobody will tell how it ended; no proof of delivery.
    """

    PERMANENT = "permanent"
    OPGEGEVEN = "opgegeven"
    TIJDELIJK = "tijdelijk"
    DOORGEGEVEN = "doorgegeven"
    BEZORGD = "bezorgd"

    @property
    def is_verloren(self) -> bool:
        """The mail will not arrive any more: what it said has to go another way."""
        return self in {Klasse.PERMANENT, Klasse.OPGEGEVEN}


@dataclass(frozen=True, slots=True)
class Retour:
    """One notification. `zending_id` is the uuid of our mail, `status` the code of RFC 3463 ("" when there is none)."""

    zending_id: str
    actie: Actie
    klasse: Klasse
    status: str
