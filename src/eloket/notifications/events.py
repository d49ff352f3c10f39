"""What became of a mail, for those who look for another way."""

from dataclasses import dataclass
from uuid import UUID

from eloket.kernel.events import Event


@dataclass(frozen=True, slots=True)
class ZendingMislukt(Event):
    """A mail will not be tried any more. `is_adres`: the server refused the recipient for good, with this SMTP code."""

    zending_id: UUID
    is_adres: bool
    code: str
