"""What is counted of a civil servant on one day, and what makes it unusual."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


def ref_of(medewerker_key: str) -> str:
    """How the audit trail names a signal about this civil servant, so that it can be kept from them."""
    return f"opvallend-{medewerker_key}"


class Maat(StrEnum):
    """What is counted; the value is the reason code of a signal."""

    ZAKEN = "zaken"  # different zaken of which something was read
    BUITEN = "buiten"  # of those, read outside of working hours
    VREEMD = "vreemd"  # of those, in which they never did anything and that were not given to them
    AFGESCHERMD = "afgeschermd"  # of the strange ones, need-to-know
    LIJST = "lijst"  # different zaken that a list told something of: a message, or that it is of whom was searched for
    WERKLIJST = "werklijst"  # different zaken on any other list: a work list, what is to be destroyed
    BRIEVEN = "brieven"  # different people in the files with letters that were downloaded to print
    OPGEZOCHT = "opgezocht"  # different people, looked up at the counter


@dataclass(frozen=True, slots=True)
class Drempels:
    """From how many on something can be unusual, per kind (0: never), and how many times the usual spread (`factor`)
    above the usual it must be. `werktijd` are hours in Amsterdam on a working day, the last not included."""

    vanaf: Mapping[Maat, int]
    factor: int
    werktijd: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reden:
    """Why a day is unusual. What is usual for themselves and for their colleagues; None: too little to say."""

    maat: Maat
    aantal: int
    zelf: int | None
    collegas: int | None


@dataclass(frozen=True, slots=True)
class SignaalInzage:
    """A signal as an officer reads it."""

    id: str
    dag: date
    medewerker_id: int | None
    naam: str = field(repr=False)
    redenen: tuple[Reden, ...]
    gezien_op: datetime | None
    gezien_door: str = field(repr=False)
    notitie: str = field(repr=False)
