"""What can be wrong with a message."""

from eloket.kernel.errors import OngeldigeInvoer


class BerichtLeeg(OngeldigeInvoer):
    code = "bericht-leeg"
    tekst = "Typ eerst uw bericht. Klik daarna op Verstuur."


class BerichtTeLang(OngeldigeInvoer):
    code = "bericht-te-lang"
    tekst = "Uw bericht is te lang. Gebruik hoogstens 5.000 tekens."
