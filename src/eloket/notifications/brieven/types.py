"""Letters as plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class BriefStand(StrEnum):
    """How far the letter is that says what the mail would have said."""

    GEEN = "geen"  # nothing to say by letter
    WACHT_OP_ADRES = "wacht_op_adres"  # the register does not answer (yet)
    GEEN_ADRES = "geen_adres"  # the register knows no postal address
    KLAAR = "klaar"  # waits to be printed
    OP_POST = "op_post"


@dataclass(frozen=True, slots=True)
class LaatsteBrief:
    """The last letter to a party: made and posted when."""

    stand: BriefStand
    gemaakt_op: datetime | None = None
    gepost_op: date | None = None
    kenmerk: str = ""


def kenmerk_van(van: UUID) -> str:
    """What somebody who calls about a letter can read out: the beginning of its id (or that of its bundle)."""
    return van.hex[:8].upper()


GEEN_BRIEF = LaatsteBrief(BriefStand.GEEN)


@dataclass(frozen=True, slots=True)
class WachtendeBrief:
    """A letter that waits to be printed. Never to whom: that stands on the letter."""

    kenmerk: str
    gemaakt_op: datetime
    aantal: int  # things that it says: 0 when all of them were opened since, and then it is not printed


@dataclass(frozen=True, slots=True)
class GeposteBrief:
    """A letter that went to the post; `inhoud` is what `inhoud.make_pdf` makes the page of, with an address in it."""

    kenmerk: str
    geprint_op: datetime
    gepost_op: date
    inhoud: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BundelInzage:
    """Letters that one civil servant took to print, together. `gepost_op` is the day that they were posted."""

    id: UUID
    gemaakt_op: datetime
    door: str = field(repr=False)
    aantal: int
    gepost_op: date | None


@dataclass(frozen=True, slots=True)
class BundelPdf:
    """The letters of a bundle that was made at this moment, in one PDF."""

    gemaakt_op: datetime
    inhoud: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wachtrij:
    """The print queue: what is ready (the first few, and how many), and what waits for the register of persons."""

    klaar: tuple[WachtendeBrief, ...]
    aantal: int
    zonder_adres: int
    bundels: tuple[BundelInzage, ...]
