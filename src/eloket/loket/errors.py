"""What can go wrong at the E-loket."""

from eloket.kernel.errors import NietGevonden, NietToegestaan
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


class StapNietGevonden(ConceptNietGevonden):
    """No such step in this concept, or none that is shown: another window may have given the answer that hides it."""

    code = "stap-niet-gevonden"


class ConceptGewijzigd(NietToegestaan):
    """The concept is not the one that was on the screen."""

    code = "concept-gewijzigd"
    tekst = (
        "U heeft dit formulier in een ander venster gewijzigd. "
        "Controleer uw gegevens nog een keer en verstuur het daarna."
    )


class ConceptVerstuurd(NietToegestaan):
    code = "concept-verstuurd"
    tekst = "U heeft dit formulier al verstuurd. U kunt het niet meer aanpassen."


class ConceptOnvolledig(NietToegestaan):
    """Something is missing or no longer right: `stap_id` is the first step to look at ('' the review itself)."""

    code = "concept-onvolledig"
    tekst = "Uw formulier is nog niet af. Vul eerst deze stap in."

    def __init__(self, stap_id: str, tekst: str | None = None) -> None:
        super().__init__(tekst)
        self.stap_id = stap_id


class FormulierNietGevonden(NietGevonden):
    """No form with this name that can be begun, or not as this visitor."""

    code = "formulier-niet-gevonden"


class FormulierNietToegestaan(NietToegestaan):
    """A version of a form cannot go where somebody wants it to."""

    code = "formulier-niet-toegestaan"


class CodeOnbekend(NietGevonden):
    """No report with this code."""

    code = "code-onbekend"
    tekst = "Wij kennen deze code niet. Controleer de code en vul hem opnieuw in."
