"""What can go wrong when somebody looks into who looked."""

from collections.abc import Mapping

from eloket.kernel.errors import NietToegestaan, OngeldigeInvoer


class ZoekvraagOngeldig(OngeldigeInvoer):
    """What a privacy officer asks cannot be searched. `fouten`: name of the field -> what to do about it."""

    code = "zoekvraag-ongeldig"

    def __init__(self, fouten: Mapping[str, str]) -> None:
        super().__init__(" ".join(fouten.values()))
        self.fouten = dict(fouten)


class SignaalnotitieOngeldig(OngeldigeInvoer):
    """What an officer writes with a signal is empty or too long; the text says which."""

    code = "signaalnotitie-ongeldig"


class SignaalAlGezien(NietToegestaan):
    """Somebody else looked into this signal meanwhile."""

    code = "signaal-al-gezien"
    tekst = "Een collega heeft dit signaal net al afgehandeld. Uw notitie is niet bewaard."
