"""The root of every error we raise on purpose: a stable code and a Dutch text for the reader.

Each code has a row in docs/errors.md; tests/architecture checks that.
"""


class EloketFout(Exception):
    """An expected failure. `code` is stable, `tekst` is what the person reads (B1 Dutch)."""

    code = "fout"
    tekst = "Er ging iets mis. Probeer het over een paar minuten opnieuw."

    def __init__(self, tekst: str | None = None) -> None:
        super().__init__(self.code)
        if tekst is not None:
            self.tekst = tekst


class OngeldigeInvoer(EloketFout):
    """The person can mend this: shown beside the field, HTTP 400/422."""

    code = "invoer-ongeldig"
    tekst = "Controleer wat u heeft ingevuld."


class NietGevonden(EloketFout):
    """Does not exist, or is not for this actor: deliberately the same thing (HTTP 404)."""

    code = "niet-gevonden"
    tekst = "Deze pagina bestaat niet, of is niet voor u."


class NietToegestaan(EloketFout):
    """The step is impossible in this state: refused with a reason (HTTP 409)."""

    code = "niet-toegestaan"
    tekst = "Dit kan nu niet."


class Storing(EloketFout):
    """It is on our side, and not a choice of the person: something that we need does not answer (HTTP 503)."""

    code = "storing"
    tekst = "Er is een storing. Probeer het over een paar minuten opnieuw."


class BronOnbereikbaar(Storing):
    """A source did not answer. Never turned into an empty list; `bron` names it for the reader."""

    code = "bron-onbereikbaar"
    tekst = (
        "Wij kunnen uw zaken nu niet ophalen. Dat ligt aan ons. Probeer het over een paar minuten opnieuw."
    )

    def __init__(self, bron: str) -> None:
        super().__init__()
        self.bron = bron
