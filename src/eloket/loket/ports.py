"""The port for addresses: the embedded set, and later the BAG."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Adres:
    straat: str
    woonplaats: str


class AdresBron(Protocol):
    def find_adres(self, postcode: str, huisnummer: str) -> Adres | None:
        """The street and town of `1234AB` and a house number; None when there is no such address.

        Raises BronOnbereikbaar.
        """
