"""The login means: which provider, which client, which claims and which level at least (facts: DigiD, eHerkenning)."""

from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from eloket.kernel.crypto import vault

_DIGID = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
_EHERKENNING = "urn:etoegang:core:assurance-class:"
# Low to high, as the providers name them.
NIVEAUS = {
    "digid": tuple(
        _DIGID + n
        for n in ("PasswordProtectedTransport", "MobileTwoFactorContract", "Smartcard", "SmartcardPKI")
    ),
    "eherkenning": tuple(_EHERKENNING + n for n in ("loa2", "loa2plus", "loa3", "loa4")),
    "medewerker": (),
}
MINIMUM = {"digid": NIVEAUS["digid"][1], "eherkenning": NIVEAUS["eherkenning"][2], "medewerker": ""}
NAMEN = {"digid": "DigiD", "eherkenning": "eHerkenning", "medewerker": "het account van de gemeente"}


@dataclass(frozen=True, slots=True)
class Middel:
    """One way to log in, at one OpenID Connect provider."""

    code: str  # digid | eherkenning | medewerker
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    is_simulatie: bool = False
    bsn_claim: str = "bsn"

    @property
    def naam(self) -> str:
        return NAMEN[self.code]

    @property
    def minimum(self) -> str:
        """The lowest level that may log in; "" when the means has no levels."""
        return MINIMUM[self.code]

    def is_hoog_genoeg(self, niveau: str) -> bool:
        """Whether `niveau` is known and not below the minimum."""
        ladder = NIVEAUS[self.code]
        return not ladder or (niveau in ladder and ladder.index(niveau) >= ladder.index(self.minimum))


def get_middel(code: str) -> Middel | None:
    """The means with this code, or None when it does not exist or is not offered here.

    Without an issuer a means is simulated in demo and test, and not offered in production.
    Raises ImproperlyConfigured for a production issuer that is not https.
    """
    if code not in NIVEAUS:
        return None
    eloket = settings.ELOKET
    issuer: str = getattr(eloket, f"{code}_issuer")
    if issuer:
        if not eloket.is_demo and not issuer.startswith("https://"):
            raise ImproperlyConfigured(f"ELOKET_{code.upper()}_ISSUER moet met https:// beginnen")
        return Middel(
            code=code,
            issuer=issuer,
            client_id=getattr(eloket, f"{code}_client_id"),
            client_secret=getattr(eloket, f"{code}_client_secret"),
            bsn_claim=eloket.digid_bsn_claim,
        )
    if not eloket.is_demo:
        return None
    return Middel(
        code=code,
        issuer=f"{eloket.base_url.rstrip('/')}/simulatie/{code}",
        client_id=f"eloket-{code}",
        client_secret=vault().keyed_hash("simulatie", code),
        is_simulatie=True,
    )
