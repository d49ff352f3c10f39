"""What can be wrong with a message."""

from eloket.documenten.types import Geweigerd
from eloket.kernel.errors import NietGevonden, OngeldigeInvoer


class BerichtLeeg(OngeldigeInvoer):
    code = "bericht-leeg"
    tekst = "Typ eerst uw bericht. Klik daarna op Verstuur."


class BerichtTeLang(OngeldigeInvoer):
    code = "bericht-te-lang"
    tekst = "Uw bericht is te lang. Gebruik hoogstens 5.000 tekens."


class OnderwerpOngeldig(OngeldigeInvoer):
    code = "onderwerp-ongeldig"
    tekst = "Vul in waar uw bericht over gaat. Gebruik hoogstens 100 tekens."


class BijlagenGeweigerd(OngeldigeInvoer):
    """One or more of the files cannot be taken; the message was not sent."""

    code = "bijlagen-geweigerd"
    tekst = "Uw bericht is niet verstuurd. Een bijlage kan niet mee."

    def __init__(self, geweigerd: tuple[Geweigerd, ...]) -> None:
        super().__init__()
        self.geweigerd = geweigerd


class GesprekNietGevonden(NietGevonden):
    """No such conversation, or not for this actor: deliberately the same thing."""

    code = "gesprek-niet-gevonden"
