"""What can go wrong with a local account. No text tells whether an account exists."""

from eloket.identity.errors import LoginFout, LoginMislukt
from eloket.kernel.errors import NietToegestaan, OngeldigeInvoer


class InloggenGeweigerd(LoginMislukt):
    """The same for a wrong password, an unknown name, and an account that is not active or not ready."""

    code = "lokaal-geweigerd"
    tekst = (
        "De inlognaam en het wachtwoord horen niet bij elkaar, of u mag hier niet inloggen. "
        "Controleer wat u heeft ingevuld en probeer het opnieuw. "
        "Wachtwoord vergeten? Vraag uw beheerder om een nieuwe link."
    )


class TeVaakGeprobeerd(LoginFout):
    """`wacht` is in seconds."""

    code = "lokaal-te-vaak"
    tekst = "Er is heel vaak geprobeerd om met deze inlognaam in te loggen. Daarom kan het nu even niet."

    def __init__(self, wacht: int) -> None:
        minuten = -(-wacht // 60)
        duur = f"{wacht} seconden" if wacht < 60 else "1 minuut" if minuten == 1 else f"{minuten} minuten"
        if minuten > 90:
            duur = f"{-(-wacht // 3600)} uur"
        super().__init__("te-vaak", f"{self.tekst} Wacht {duur} en probeer het dan opnieuw.")
        self.wacht = wacht


class StapVerlopen(LoginFout):
    """Somebody is at a step that was never begun, took too long, or was ended by a change of the account."""

    code = "lokaal-stap-verlopen"
    tekst = "Het inloggen duurde te lang, of is onderbroken. U bent niet ingelogd. Begin opnieuw."
    soort = "info"


class CodeOnjuist(LoginFout):
    code = "lokaal-code-onjuist"
    tekst = (
        "Deze code klopt niet, of is al gebruikt. Wacht tot uw app een nieuwe code laat zien en vul die in."
    )


class PasskeyGeweigerd(LoginFout):
    code = "lokaal-passkey-geweigerd"
    tekst = "Uw passkey of beveiligingssleutel is niet goed herkend. Probeer het opnieuw, of kies een andere manier."


class UitnodigingOngeldig(LoginFout):
    """The same for a link that never was, was used, was withdrawn, was ended by wrong codes, or is too old."""

    code = "lokaal-uitnodiging-ongeldig"
    tekst = "Deze link werkt niet (meer). Een link werkt 48 uur en één keer. Vraag uw beheerder om een nieuwe link."


class UitnodigingWacht(LoginFout):
    """A link to an account that begins anew, which no second person has allowed yet."""

    code = "lokaal-uitnodiging-wacht"
    tekst = (
        "Deze link werkt nog niet. Een tweede collega moet eerst goedkeuren dat uw account opnieuw begint."
    )
    soort = "info"


class CollegacodeOnjuist(LoginFout):
    """The code of who allowed that an account begins anew."""

    code = "lokaal-collegacode-onjuist"
    tekst = "Deze code klopt niet. Vul de code in die u kreeg van de collega die dit goedkeurde."


class GeenTweedePersoon(NietToegestaan):
    """Nobody but the two could allow it; it is refused before anything changes."""

    code = "lokaal-geen-tweede-persoon"
    tekst = (
        "Er is geen andere beheerder of privacyfunctionaris die dit kan goedkeuren. Er is niets gewijzigd. "
        "Laat dit op de server doen, met de opdracht: eloket uitnodigen --opnieuw"
    )


class EigenHerstart(NietToegestaan):
    """Four eyes: who asked for it, or whom it is about, does not judge it."""

    code = "eigen-herstart"
    tekst = "U vroeg dit zelf, of het gaat over uw eigen account. Een andere collega moet dit beoordelen."


class HerstartAlBesloten(NietToegestaan):
    code = "herstart-al-besloten"
    tekst = "Dit is al beoordeeld, of de link is vervangen of te oud. Kijk hieronder hoe het nu staat."


class NietGesproken(OngeldigeInvoer):
    """Who allows it did not say that they spoke with the colleague."""

    code = "herstart-niet-gesproken"
    tekst = "Kruis aan dat u deze collega zelf heeft gesproken."


class WachtwoordOngeldig(OngeldigeInvoer):
    """The password that somebody chose; the text says what to do."""

    code = "wachtwoord-ongeldig"


class WachtwoordOnjuist(OngeldigeInvoer):
    """The present password, asked before a change."""

    code = "wachtwoord-onjuist"
    tekst = "Dit is niet uw wachtwoord. Vul het wachtwoord in waarmee u inlogt."


class AuthenticatorOngeldig(OngeldigeInvoer):
    """A second factor cannot be added; the text says why."""

    code = "authenticator-ongeldig"


class LaatsteAuthenticator(NietToegestaan):
    code = "laatste-authenticator"
    tekst = "Dit is uw enige tweede stap. Voeg eerst een andere toe. Daarna kunt u deze weghalen."


class EigenAccount(NietToegestaan):
    """Who manages accounts never starts their own anew: another manager does, or a command on the server."""

    code = "eigen-account"
    tekst = "Dit is uw eigen account. Vraag een andere beheerder om dit te doen."


class AccountNietMogelijk(NietToegestaan):
    code = "lokaal-account-niet-mogelijk"
    tekst = (
        "Deze medewerker kan geen lokaal account krijgen. De medewerker is niet actief, of krijgt de rechten van "
        "groepen bij de inlogdienst en logt daar in."
    )


class InlognaamBezet(NietToegestaan):
    """Two subjects that only differ in capitals cannot both have a local account."""

    code = "lokaal-inlognaam-bezet"
    tekst = (
        "Een andere medewerker heeft al een lokaal account met deze inlognaam. Gebruik een andere inlognaam."
    )
