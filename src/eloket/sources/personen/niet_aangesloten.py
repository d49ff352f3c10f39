"""No register of persons and businesses is connected: said aloud, and never taken for nobody being there."""

from typing import NoReturn

from eloket.kernel.errors import BronOnbereikbaar
from eloket.sources.personen.embedded import TITEL


class NietAangesloten:
    """Answers every question with BronOnbereikbaar: pages name the part that they cannot show."""

    def get_persoon(self, bsn: str) -> NoReturn:  # noqa: ARG002 - the port's signature
        raise BronOnbereikbaar(TITEL)

    def get_onderneming(self, kvk_nummer: str, vestigingsnummer: str = "") -> NoReturn:  # noqa: ARG002 - idem
        raise BronOnbereikbaar(TITEL)
