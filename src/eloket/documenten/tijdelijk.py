"""Files on their way in: encrypted from the first byte, with a key that only this process knows.

What a crash leaves behind can be read by nobody, also not by us.
"""

import io
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal, Protocol, cast

from eloket.documenten.versleuteling import KOP, Ontsleuteld, Versleutelaar, nieuwe_sleutel


class Leesbaar(Protocol):
    """What inspection needs of a file: a pathlib.Path has it, and so has a Tijdelijk."""

    def open(self, mode: Literal["rb"], /) -> BinaryIO: ...


@dataclass(frozen=True, slots=True)
class Tijdelijk:
    """A temporary file: where it stands, and the key that opens it."""

    pad: Path
    sleutel: bytes = field(repr=False)

    def open(self, mode: Literal["rb"] = "rb", /) -> BinaryIO:  # noqa: ARG002 - as pathlib.Path
        """Its content. Raises OSError."""
        bron = self.pad.open("rb")
        try:
            lezer = io.BufferedReader(Ontsleuteld(bron, self.sleutel))
        except OSError:
            bron.close()
            raise
        return cast("BinaryIO", lezer)

    def read_bytes(self) -> bytes:
        """All of it: for what is known to be small. Raises OSError."""
        with self.open("rb") as bestand:
            return bestand.read()


class Schrijver:
    """A new temporary file, for its owner only. Its head stays empty until it is stored. Raises OSError."""

    def __init__(self, pad: Path) -> None:
        self.bestand = Tijdelijk(pad, nieuwe_sleutel())
        self.fd = os.open(pad, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        self._versleutelaar = Versleutelaar(self.bestand.sleutel)
        self._is_begonnen = False

    def schrijf(self, brok: bytes) -> None:
        self._schrijf_alles(self._versleutelaar.verwerk(brok))

    def rond_af(self) -> None:
        """Write the last chunk and close; a full network disk may only say so here."""
        try:
            self._schrijf_alles(self._versleutelaar.rond_af())
        finally:
            os.close(self.fd)

    def _schrijf_alles(self, inhoud: bytes) -> None:
        rest = memoryview(inhoud if self._is_begonnen else bytes(KOP) + inhoud)
        self._is_begonnen = True
        while rest:
            rest = rest[os.write(self.fd, rest) :]
