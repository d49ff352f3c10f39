"""What can go wrong when somebody looks into who looked."""

from collections.abc import Mapping

from eloket.kernel.errors import OngeldigeInvoer


class ZoekvraagOngeldig(OngeldigeInvoer):
    """What a privacy officer asks cannot be searched. `fouten`: name of the field -> what to do about it."""

    code = "zoekvraag-ongeldig"

    def __init__(self, fouten: Mapping[str, str]) -> None:
        super().__init__(" ".join(fouten.values()))
        self.fouten = dict(fouten)
