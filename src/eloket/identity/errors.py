"""What can go wrong while logging in. The reason for the log is `reden`; it never holds what the provider sent."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from eloket.kernel.errors import EloketFout, NietToegestaan, OngeldigeInvoer

if TYPE_CHECKING:
    from eloket.identity.middel import Middel
    from eloket.identity.niveaus import Niveau, Zekerheid


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
    """Of a known means the text names the level that is needed, and how to get it."""

    code = "login-niveau-te-laag"
    tekst = (
        "Uw manier van inloggen is niet veilig genoeg voor deze site. Log in met de DigiD-app of met een sms-controle. "
        "Logt u in met eHerkenning? Dan heeft u minimaal niveau EH3 nodig."
    )

    def __init__(
        self, reden: str = "", *, middel: "Middel | None" = None, nodig: "Niveau | None" = None
    ) -> None:
        niveau = nodig or (middel.minimumniveau if middel else None)
        tekst = None
        if niveau is not None:
            tekst = (
                f"Uw manier van inloggen is niet veilig genoeg voor deze {'pagina' if nodig else 'site'}. "
                f"U heeft minimaal {niveau.naam} nodig. {niveau.hoe}".strip()
            )
        super().__init__(reden, tekst)


class NiveauNodig(EloketFout):
    """What is asked for wants a login at a higher level than this one. The person is sent to log in again, and comes
    back where they were (identity.hoger).
    """

    code = "niveau-nodig"
    tekst = "Voor deze pagina moet u op een veiligere manier inloggen."

    def __init__(self, zekerheid: "Zekerheid") -> None:
        super().__init__()
        self.zekerheid = zekerheid


class GeenBsn(LoginFout):
    code = "login-geen-bsn"
    tekst = (
        "Uw inlogmiddel is goed, maar wij hebben er geen burgerservicenummer (BSN) bij gekregen. "
        "Zonder BSN kunnen wij uw gegevens niet vinden. U bent niet ingelogd. Bel ons of kom langs. "
        "Wij helpen u verder."
    )
    soort = "info"


class KlokLooptScheef(LoginFout):
    """The moments in a token that is right otherwise do not fit our clock: for the operator, not the person."""

    code = "login-klok"
    tekst = (
        "Inloggen lukt nu niet, omdat de tijd op onze computer en die van de inlogdienst niet gelijk zijn. "
        "Dat ligt niet aan u. Probeer het over een paar minuten opnieuw. Lukt het dan nog niet? Bel ons."
    )


class AccountOnbekend(LoginMislukt):
    code = "login-account-onbekend"
    tekst = "Uw account is niet bekend in de werkplek, of is niet meer actief. Vraag uw beheerder om u toe te voegen."


class GeenGroep(AccountOnbekend):
    """None of the groups of this civil servant gives anything here, or none any more."""

    code = "login-geen-groep"
    tekst = (
        "Uw account zit niet in een groep die de werkplek mag gebruiken. U bent niet ingelogd. "
        "Heeft u de werkplek nodig? Vraag uw beheerder om u in de goede groep te zetten. Log daarna opnieuw in."
    )


class GroepenOverschot(LoginMislukt):
    """The provider left the groups out because there are too many: what somebody may do is then unknown."""

    code = "login-groepen-overschot"
    tekst = (
        "Uw account zit in zo veel groepen, dat de inlogdienst ze niet meer meestuurt. "
        "Daarom weten wij niet wat u mag. U bent niet ingelogd. Geef dit door aan uw beheerder: "
        "de inlogdienst moet alleen de groepen sturen die bij deze toepassing horen."
    )


class TweedeFactorNodig(LoginMislukt):
    code = "login-tweede-factor"
    tekst = (
        "U heeft ingelogd zonder tweede stap, zoals een code of een app op uw telefoon. "
        "Voor de werkplek is die stap nodig. U bent niet ingelogd. Zet de tweede stap aan bij uw account, "
        "en log opnieuw in. Lukt dat niet? Vraag uw beheerder."
    )


class AfdelingOnbekend(OngeldigeInvoer):
    """A civil servant can only work for an afdeling that the zaaktypen brought in."""

    code = "afdeling-onbekend"
    tekst = "Deze afdeling bestaat niet. Lees eerst de zaaktypen in."


class BeheerGewijzigd(NietToegestaan):
    """Two functional managers had the same thing open: the second never overwrites the first unseen."""

    code = "beheer-gewijzigd"
    tekst = (
        "Iemand anders heeft dit net gewijzigd. Uw wijziging is niet bewaard. "
        "Hieronder staat wat u heeft ingevuld. Vergelijk het met wat er nu staat, en bewaar het dan opnieuw."
    )


class BeheerOngeldig(OngeldigeInvoer):
    """What a functional manager typed cannot be kept. `fouten`: name of the field -> what to do about it."""

    code = "beheer-ongeldig"

    def __init__(self, fouten: Mapping[str, str]) -> None:
        super().__init__(" ".join(fouten.values()))
        self.fouten = dict(fouten)


class AfdelingInGebruik(NietToegestaan):
    code = "afdeling-in-gebruik"
    tekst = (
        "Deze afdeling heeft nog zaken, zaaktypen of medewerkers. U kunt de afdeling daarom niet verwijderen."
    )


class LaatsteBeheerder(NietToegestaan):
    """Without anybody who may manage, nobody could ever give that right again."""

    code = "laatste-beheerder"
    tekst = "Dit is de laatste beheerder. Geef eerst iemand anders het recht Beheren."


class EigenRechtenVerlies(NietToegestaan):
    """A functional manager takes the right to manage away from themselves, and did not say that they know it."""

    code = "eigen-rechten"
    tekst = (
        "U haalt uw eigen recht Beheren weg. Daarna kunt u deze pagina's niet meer openen. "
        "Weet u dat zeker? Kruis dat dan aan."
    )
