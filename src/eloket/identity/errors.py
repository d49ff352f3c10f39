"""What can go wrong while logging in. The reason for the log is `reden`; it never holds what the provider sent."""

from eloket.kernel.errors import EloketFout, OngeldigeInvoer


class LoginFout(EloketFout):
    """Base of all: the login page shows `tekst` and offers to try again."""

    code = "login-fout"
    tekst = "Inloggen is niet gelukt. Probeer het opnieuw."
    soort = "error"  # of the alert

    def __init__(self, reden: str = "", tekst: str | None = None) -> None:
        super().__init__(tekst)
        self.reden = reden


class LoginGeannuleerd(LoginFout):
    code = "login-geannuleerd"
    tekst = (
        "U heeft het inloggen gestopt. U bent niet ingelogd. Wilt u toch inloggen? Kies dan hieronder hoe."
    )
    soort = "info"


class LoginMislukt(LoginFout):
    code = "login-mislukt"
    tekst = "Inloggen is niet gelukt. U bent niet ingelogd. Probeer het opnieuw."


class LoginNietBereikbaar(LoginFout):
    code = "login-niet-bereikbaar"
    tekst = (
        "De inlogdienst werkt nu niet. U kunt daarom even niet inloggen. Dat ligt niet aan u. "
        "Probeer het over een paar minuten opnieuw."
    )


class NiveauTeLaag(LoginFout):
    code = "login-niveau-te-laag"
    tekst = (
        "Uw manier van inloggen is niet veilig genoeg voor deze site. Log in met de DigiD-app of met een sms-controle. "
        "Logt u in met eHerkenning? Dan heeft u minimaal niveau EH3 nodig."
    )


class AccountOnbekend(LoginMislukt):
    code = "login-account-onbekend"
    tekst = "Uw account is niet bekend in de werkplek, of is niet meer actief. Vraag uw beheerder om u toe te voegen."


class AfdelingOnbekend(OngeldigeInvoer):
    """A civil servant can only work for an afdeling that the zaaktypen brought in."""

    code = "afdeling-onbekend"
    tekst = "Deze afdeling bestaat niet. Lees eerst de zaaktypen in."
