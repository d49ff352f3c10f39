"""A dossier to take along, as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from eloket.zaken.types import Zaak

Regels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Stuk:
    """One file of the dossier. `naam` is its path in it; the zip puts all of it in one folder. The content is read
    once, when its turn comes. `titel` and `regels` are what the index tells of it; what is sent must be `omvang` bytes
    with this `sha256`.
    """

    naam: str = field(repr=False)
    titel: str = field(repr=False)
    omvang: int
    sha256: str
    moment: datetime
    brokken: Iterable[bytes] = field(repr=False)
    regels: Regels = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Weggelaten:
    """What belongs to the zaak and is not in the dossier, with the reason (B1 Dutch)."""

    titel: str = field(repr=False)
    waarom: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that goes into the zip, in order; `omvang` is that of the whole zip, in bytes."""

    zaak: Zaak
    stukken: tuple[Stuk, ...]
    omvang: int
