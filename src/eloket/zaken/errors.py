"""What can go wrong with a zaak."""

from eloket.kernel.errors import NietGevonden, NietToegestaan, OngeldigeInvoer


class ZaakNietGevonden(NietGevonden):
    """Also when it exists but is not for this actor."""

    code = "zaak-niet-gevonden"


class ZaakIsGesloten(NietToegestaan):
    code = "zaak-gesloten"
    tekst = "Deze zaak is afgerond. U kunt er niets meer aan toevoegen."


class ZaakGewijzigd(NietToegestaan):
    code = "zaak-gewijzigd"
    tekst = (
        "Iemand anders heeft deze zaak net gewijzigd. Bekijk de zaak opnieuw en probeer het dan nog een keer."
    )


class StatusNietToegestaan(NietToegestaan):
    code = "status-niet-toegestaan"
    tekst = "Deze status kan nu niet. U kunt alleen naar een volgende stap."


class AanvraagOngeldig(OngeldigeInvoer):
    code = "taak-ongeldig"
    tekst = "Vul in wat u vraagt en kies een datum in de toekomst."


class ZaakTypeOnbekend(NietGevonden):
    code = "zaaktype-onbekend"
    tekst = "Dit soort zaak kennen wij niet."
