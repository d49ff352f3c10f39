"""What can go wrong when somebody takes something along."""

from eloket.kernel.errors import NietToegestaan, Storing


class DossierOnvolledig(Storing):
    """A document that should be in it cannot be opened. A dossier that lacks something is not handed out as a whole."""

    code = "dossier-onvolledig"
    tekst = (
        "Wij kunnen het dossier nu niet compleet maken, omdat wij een van de documenten niet kunnen openen. "
        "Dat ligt aan ons. Probeer het later opnieuw, of neem contact op met de gemeente. "
        "De andere documenten kunt u wel los opslaan."
    )


class TermijnLooptNiet(NietToegestaan):
    """There is no day to put into a calendar: what was asked is done, the zaak is closed, or its term stands still."""

    code = "termijn-loopt-niet"
    tekst = "Deze termijn loopt nu niet. Er is daarom geen datum om in uw agenda te zetten."
