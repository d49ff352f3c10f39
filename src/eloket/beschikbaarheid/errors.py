"""What can be wrong with what somebody records about an outage."""

from eloket.kernel.errors import NietGevonden, NietToegestaan, OngeldigeInvoer


class TijdOngeldig(OngeldigeInvoer):
    code = "tijd-ongeldig"
    tekst = "Deze tijd kunnen wij niet lezen. Schrijf de tijd als 3-11-2026 14:30."


class GeenOnderbreking(NietToegestaan):
    """Nothing goes on that could be ended."""

    code = "geen-onderbreking"
    tekst = "Hiervan is nu geen storing bekend. Er is niets veranderd."


class OnderbrekingNietGevonden(NietGevonden):
    code = "onderbreking-niet-gevonden"
