"""What happened to an authorisation, for who must be told."""

from dataclasses import dataclass

from eloket.kernel.events import Event


@dataclass(frozen=True, slots=True)
class MachtigingAanvaard(Event):
    """Somebody acts for the giver from now on. The giver must know."""

    machtiging_id: str
    gever_key: str


@dataclass(frozen=True, slots=True)
class MachtigingGeeindigd(Event):
    """It was refused, withdrawn or stopped by one side; `key` is the profile of the other, who must know."""

    machtiging_id: str
    key: str
