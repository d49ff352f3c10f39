"""What can go wrong with a list of zaken to destroy."""

from eloket.kernel.errors import NietToegestaan, OngeldigeInvoer


class NietsTeVernietigen(NietToegestaan):
    """No zaak is due, or each of them stands on another list or has a stop."""

    code = "niets-te-vernietigen"
    tekst = "Er zijn nu geen zaken om te vernietigen."


class LijstGewijzigd(NietToegestaan):
    """Somebody else changed the list, or decided about it, since the page was made."""

    code = "vernietigingslijst-gewijzigd"
    tekst = "Iemand anders heeft deze lijst net gewijzigd. Bekijk de lijst opnieuw."


class LijstLeeg(NietToegestaan):
    """Every zaak was taken off."""

    code = "vernietigingslijst-leeg"
    tekst = "Er staat geen zaak meer op deze lijst. Trek de lijst in."


class NietsGekozen(OngeldigeInvoer):
    """No zaak was chosen to take off."""

    code = "niets-gekozen"
    tekst = "Kies eerst welke zaken van de lijst moeten."


class NietNagekeken(OngeldigeInvoer):
    """Who approves did not say that they looked at the zaken: it cannot be undone."""

    code = "lijst-niet-nagekeken"
    tekst = "Kruis aan dat u de zaken hebt nagekeken."


class EigenLijst(NietToegestaan):
    """Four eyes: who made or changed a list, or lifted the stop of a zaak on it, does not approve it."""

    code = "eigen-vernietigingslijst"
    tekst = (
        "U heeft zelf aan deze lijst gewerkt, of u hief een vernietigingsstop op van een zaak op deze lijst. "
        "Een collega moet de lijst goedkeuren."
    )


class StopOngeldig(OngeldigeInvoer):
    """No zaak has this number, there is no reason, or the zaak has a stop already; says per field why."""

    code = "vernietigingsstop-ongeldig"

    def __init__(self, fouten: dict[str, str]) -> None:
        super().__init__(next(iter(fouten.values())))
        self.fouten = fouten
