"""What identity tells the rooms above it."""

from dataclasses import dataclass

from eloket.identity.types import Actor
from eloket.kernel.events import Event


@dataclass(frozen=True, slots=True)
class Ingelogd(Event):
    """Somebody logged in, just now, as this actor; published in the transaction that gives them their session."""

    actor: Actor
