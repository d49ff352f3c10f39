"""What the demo asks of a source of zaken besides zaken.ports: it makes a past, which no request ever does."""

from datetime import datetime
from typing import Protocol, runtime_checkable

from eloket.zaken.ports import ZaakBron
from eloket.zaken.types import Zaak


@runtime_checkable
class DemoBron(ZaakBron, Protocol):
    """The embedded register."""

    def import_zaaktypen(self) -> object:
        """The zaaktypen that come with the product, and their afdelingen."""

    def continue_numbering(self, jaar: int, laatste: int) -> None:
        """The next zaaknummer of `jaar` comes after `laatste`."""

    def suspend(self, zaak_id: str, *, reden: str, moment: datetime, versie: int) -> Zaak:
        """The term of the zaak stands still."""
