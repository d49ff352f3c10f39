"""What a provider posts when somebody logged out there: a signed logout token (OIDC Back-Channel Logout 1.0)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from eloket.identity import oidc
from eloket.identity.errors import LoginMislukt
from eloket.identity.middel import Middel
from eloket.kernel import klok

MEESTE_TEKENS = 20_000
_GEBEURTENIS = "http://schemas.openid.net/event/backchannel-logout"
_SOORTEN = frozenset(
    {"logout+jwt", "application/logout+jwt", "jwt"}
)  # the last of providers from before 2022


@dataclass(frozen=True, slots=True)
class Uitlogmelding:
    """Who logged out at the provider: the session there, or else the person; and when."""

    sid: str = field(repr=False)
    sub: str = field(repr=False)
    moment: datetime


def read_melding(middel: Middel, token: str) -> Uitlogmelding:
    """Raises LoginMislukt for what is not a fresh logout token of this provider for us, LoginNietBereikbaar when its
    keys cannot be fetched.
    """
    if not token or len(token) > MEESTE_TEKENS:
        raise LoginMislukt("uitlogtoken-vorm")
    gelezen = oidc.verify_signature(middel, token)
    soort = gelezen.header.get("typ", "jwt")
    if not isinstance(soort, str) or soort.casefold() not in _SOORTEN:
        raise LoginMislukt("uitlogtoken-typ")
    claims = gelezen.claims
    check_melding(claims, middel=middel, nu=klok.nu())
    return Uitlogmelding(
        sid=claims.get("sid", ""),
        sub=claims.get("sub", ""),
        moment=datetime.fromtimestamp(claims["iat"], UTC),
    )


def check_melding(claims: Mapping[str, Any], *, middel: Middel, nu: datetime) -> None:
    """Section 2.6 of the norm. Raises LoginMislukt. That an ID token can never pass for a logout token is what `events`
    and the absence of `nonce` are for.
    """
    seconden = nu.timestamp()
    aud, events = claims.get("aud"), claims.get("events")
    ontvangers = [aud] if isinstance(aud, str) else aud
    namen = [claims[naam] for naam in ("sid", "sub") if naam in claims]
    regels = {
        "iss": claims.get("iss") == middel.issuer,
        "aud": isinstance(ontvangers, list) and middel.client_id in ontvangers,
        "exp": oidc.is_getal(claims.get("exp")) and claims["exp"] > seconden - oidc.SPELING,
        "iat": oidc.is_getal(claims.get("iat"))
        and seconden - oidc.OUDSTE < claims["iat"] < seconden + oidc.SPELING,
        "jti": isinstance(claims.get("jti"), str) and bool(claims["jti"]),
        "events": isinstance(events, dict) and isinstance(events.get(_GEBEURTENIS), dict),
        "nonce": "nonce" not in claims,
        "sid-sub": bool(namen) and all(isinstance(naam, str) and naam for naam in namen),
    }
    if fout := [naam for naam, klopt in regels.items() if not klopt]:
        raise LoginMislukt(f"uitlogtoken-{fout[0]}")
