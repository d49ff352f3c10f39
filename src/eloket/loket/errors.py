"""What can go wrong at the E-loket."""

from eloket.kernel.errors import NietGevonden, NietToegestaan, OngeldigeInvoer
from eloket.kernel.yamlbestand import BestandOngeldig


class ProductenOngeldig(BestandOngeldig):
    """`fouten`: a line per mistake, as `kapvergunning.yaml, regel 4, thema: kies uit ...`. Stops the start."""

    code = "producten-ongeldig"
    aanhef = "De producten van het E-loket kloppen niet:"


class ProductNietGevonden(NietGevonden):
    """No product with this name, or none that has this form."""

    code = "product-niet-gevonden"


class ConceptNietGevonden(NietGevonden):
    """No such concept, or not of this actor: deliberately the same thing."""

    code = "concept-niet-gevonden"


class ConceptGewijzigd(NietToegestaan):
    """The concept is not the one that was on the screen."""

    code = "concept-gewijzigd"
    tekst = (
        "U heeft deze melding in een ander venster gewijzigd. "
        "Controleer uw gegevens nog een keer en verstuur de melding daarna."
    )


class ConceptVerstuurd(NietToegestaan):
    code = "concept-verstuurd"
    tekst = "U heeft deze melding al verstuurd. U kunt de melding niet meer aanpassen."


class MeldingOngeldig(OngeldigeInvoer):
    """`fouten`: the name of a field and what to do about it, in the order of the form."""

    code = "melding-ongeldig"

    def __init__(self, fouten: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.fouten = fouten
