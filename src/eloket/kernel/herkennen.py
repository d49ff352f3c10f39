"""Codes in the database that this release may not know: during an update the next one runs beside it, and writes."""

from enum import StrEnum
from typing import TypeVar

Soort = TypeVar("Soort", bound=StrEnum)


def recognise(soorten: type[Soort], code: str) -> Soort | str:
    """The member of this code, or the code itself when a later release wrote it. Who shows it says that it is there;
    who cannot act on it leaves it to the release that can."""
    return soorten(code) if code in set(soorten) else code
