"""One line of the check."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Uitkomst(StrEnum):
    OK = "OK"
    LET_OP = "LET OP"  # safe enough, or for somebody to look at: what the software cannot know
    FOUT = "FOUT"  # not with real people


@dataclass(frozen=True, slots=True)
class Regel:
    """`code` is stable; `norm` is the number in the DigiD norm or the BIO; `herstel` says how to mend it.

    `tekst` and `herstel` name settings and counts, never a value of a secret, and nobody.
    """

    code: str
    norm: str
    uitkomst: Uitkomst
    tekst: str
    herstel: str = ""


@dataclass(frozen=True, slots=True)
class Onderdeel:
    """What is looked at together. `netwerk`: it asks others over the network."""

    code: str
    norm: str
    kijk: Callable[[], Iterable[Regel]]
    netwerk: bool = False


def ok(code: str, norm: str, tekst: str) -> Regel:
    return Regel(code, norm, Uitkomst.OK, tekst)


def let_op(code: str, norm: str, tekst: str, herstel: str) -> Regel:
    return Regel(code, norm, Uitkomst.LET_OP, tekst, herstel)


def fout(code: str, norm: str, tekst: str, herstel: str) -> Regel:
    return Regel(code, norm, Uitkomst.FOUT, tekst, herstel)
