"""Levels of assurance: how sure it is that somebody is who they say (facts/login.md; eIDAS, article 8).

Every means has a ladder of its own; `Zekerheid` is what they have in common, so that a zaaktype or a form can ask for a
level without naming a means.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class MiddelSoort(StrEnum):
    """Whom a login means lets in, and which ladder it has."""

    DIGID = "digid"
    EHERKENNING = "eherkenning"
    EIDAS = "eidas"
    MEDEWERKER = "medewerker"


class Zekerheid(StrEnum):
    """Low to high. DigiD Basis is below what eIDAS calls low."""

    BASIS = "basis"
    LAAG = "laag"
    SUBSTANTIEEL = "substantieel"
    HOOG = "hoog"

    @property
    def rang(self) -> int:
        return list(Zekerheid).index(self)


def is_sure_enough(zekerheid: Zekerheid | None, nodig: Zekerheid | None) -> bool:
    """Whether somebody who logged in like this may come where `nodig` is asked. None asks for nothing."""
    return nodig is None or (zekerheid is not None and zekerheid.rang >= nodig.rang)


def highest(niveaus: Iterable[Zekerheid | None]) -> Zekerheid | None:
    """What asks for most of these; None when nothing asks for any."""
    return max((een for een in niveaus if een is not None), key=lambda een: een.rang, default=None)


@dataclass(frozen=True, slots=True)
class Niveau:
    """One rung. `waarde` is how the provider spells it, `naam` how a person knows it, `hoe` how to log in with it."""

    code: str
    naam: str
    zekerheid: Zekerheid
    waarde: str
    hoe: str = field(default="", repr=False)


_DIGID = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
_EH = "urn:etoegang:core:assurance-class:"
_EIDAS = "http://eidas.europa.eu/LoA/"
_APP = "Log in met de DigiD-app, of met een sms-controle."
_ID_CHECK = (
    "Doe eerst een ID-check in de DigiD-app: scan daarvoor uw paspoort, identiteitskaart of rijbewijs. "
    "Log daarna in met de DigiD-app."
)
_KAART = "Log in met de DigiD-app en uw identiteitskaart of rijbewijs."
_EH_HOE = "Vraag uw leverancier van eHerkenning om niveau {}."
_EIDAS_HOE = "Log in met een inlogmiddel van uw land van niveau {}."

LADDERS: dict[MiddelSoort, tuple[Niveau, ...]] = {
    MiddelSoort.DIGID: (
        Niveau("basis", "DigiD Basis", Zekerheid.BASIS, _DIGID + "PasswordProtectedTransport"),
        Niveau("midden", "DigiD Midden", Zekerheid.LAAG, _DIGID + "MobileTwoFactorContract", _APP),
        Niveau("substantieel", "DigiD Substantieel", Zekerheid.SUBSTANTIEEL, _DIGID + "Smartcard", _ID_CHECK),
        Niveau("hoog", "DigiD Hoog", Zekerheid.HOOG, _DIGID + "SmartcardPKI", _KAART),
    ),
    MiddelSoort.EHERKENNING: (
        Niveau("eh2", "EH2", Zekerheid.BASIS, _EH + "loa2"),
        Niveau("eh2plus", "EH2+", Zekerheid.LAAG, _EH + "loa2plus", _EH_HOE.format("EH2+")),
        Niveau("eh3", "EH3", Zekerheid.SUBSTANTIEEL, _EH + "loa3", _EH_HOE.format("EH3")),
        Niveau("eh4", "EH4", Zekerheid.HOOG, _EH + "loa4", _EH_HOE.format("EH4")),
    ),
    MiddelSoort.EIDAS: (
        Niveau("low", "eIDAS Laag", Zekerheid.LAAG, _EIDAS + "low"),
        Niveau(
            "substantial",
            "eIDAS Substantieel",
            Zekerheid.SUBSTANTIEEL,
            _EIDAS + "substantial",
            _EIDAS_HOE.format("substantieel (substantial) of hoger"),
        ),
        Niveau("high", "eIDAS Hoog", Zekerheid.HOOG, _EIDAS + "high", _EIDAS_HOE.format("hoog (high)")),
    ),
    MiddelSoort.MEDEWERKER: (),
}
# Nobody can be let in below these, whatever is configured (Logius, Norm DigiD; Wdo for what businesses do).
ONDERGRENS: dict[MiddelSoort, str] = {
    MiddelSoort.DIGID: "midden",
    MiddelSoort.EHERKENNING: "eh3",
    MiddelSoort.EIDAS: "substantial",
    MiddelSoort.MEDEWERKER: "",
}


def minimum_of(code: str) -> str:
    """The lowest level that may log in with this kind of means, as the standards spell it; "" without levels."""
    soort = MiddelSoort(code)
    return next((een.waarde for een in LADDERS[soort] if een.code == ONDERGRENS[soort]), "")
