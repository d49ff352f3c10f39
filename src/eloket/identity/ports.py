"""What identity needs from the rooms above it; config/wiring.py says who answers."""

from typing import Protocol

from eloket.identity.types import Partij


class NaamBron(Protocol):
    """Gives the name to greet somebody with, when the login provider sends none."""

    def naam_van(self, partij: Partij) -> str:
        """The name, or "" when the source does not know it. May raise EloketFout: the login goes on without."""
        ...
