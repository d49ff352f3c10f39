"""The fake of ports.AdresBron, held to the same contract suite as the real ones."""

from collections.abc import Mapping

from eloket.kernel.errors import BronOnbereikbaar
from eloket.loket.ports import Adres

LINDELAAN = Adres(straat="Lindelaan", woonplaats="Voorbeeld")


class FakeAdresBron:
    """Knows what it was given, by postcode and house number; `is_onbereikbaar` makes every call fail."""

    def __init__(self, adressen: Mapping[tuple[str, str], Adres] | None = None) -> None:
        self.adressen = dict({("1234AB", "12"): LINDELAAN} if adressen is None else adressen)
        self.is_onbereikbaar = False

    def find_adres(self, postcode: str, huisnummer: str) -> Adres | None:
        if self.is_onbereikbaar:
            raise BronOnbereikbaar("het register van adressen")
        return self.adressen.get((postcode, huisnummer))
