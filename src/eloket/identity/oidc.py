"""The relying party: OpenID Connect code flow with PKCE, on Authlib (OAuth) and joserfc (tokens).

Own checks, because the usual Django packages let wrong `aud`, wrong `iss` and missing `exp` through (facts/login.md).
Nothing the provider sends is logged: only the `reden` of an error, a word of ours.
"""

import secrets
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings
from joserfc import jwt
from joserfc.errors import ExceededSizeError, JoseError
from joserfc.jwt import Token
from requests.exceptions import JSONDecodeError, RequestException

from eloket.identity import provider
from eloket.identity.errors import (
    KlokLooptScheef,
    LoginGeannuleerd,
    LoginMislukt,
    LoginNietBereikbaar,
    NiveauTeLaag,
)
from eloket.identity.middel import Middel
from eloket.identity.niveaus import Niveau
from eloket.identity.paden import CALLBACK
from eloket.kernel import klok

if TYPE_CHECKING:
    from collections.abc import Iterator

_ALGORITMES = ["ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512"]
_ONLEESBAAR = (JoseError, ValueError, TypeError, KeyError)
SPELING = 60  # seconds that two clocks may differ
OUDSTE = 600  # seconds: an older ID token cannot be the answer to this login
INGELOGD = 15 * 60  # seconds: as long as somebody may take to log in, and as for SAML (saml.assertie)
_EEN_DAG = 24 * 3600  # seconds: further off is no clock
NIET_OPNIEUW = (
    "De inlogdienst heeft u niet opnieuw laten inloggen. Daarom bent u hier niet ingelogd. "
    "Sluit al uw browservensters, open deze site weer en probeer het nog een keer. Lukt het dan niet? Bel ons."
)
_GEANNULEERD = frozenset({"access_denied", "user_cancelled", "IDP-3200"})
_NIVEAU = frozenset({"unmet_authentication_requirements", "no_authn_context", "NoAuthnContext"})


@dataclass(frozen=True, slots=True)
class Poging:
    """One login under way. Lives in the server session and is used once."""

    middel: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Antwoord:
    """What a provider told about who came back: the checked claims, and the ID token that they came in."""

    claims: dict[str, Any] = field(repr=False)
    id_token: str = field(repr=False)


def callback_url() -> str:
    """Where the provider sends the person back to; from the settings, never from the Host header."""
    return f"{settings.ELOKET.base_url.rstrip('/')}{CALLBACK}"


def begin(middel: Middel, niveau: Niveau | None = None) -> tuple[str, str, Poging]:
    """The provider's page to go to, the `state`, and what to keep until the person is back. `niveau` is the level to
    ask for, when it is not the lowest of this means.

    Raises LoginNietBereikbaar when the provider's configuration cannot be fetched.
    """
    poging = Poging(middel.code, nonce=secrets.token_urlsafe(32), verifier=secrets.token_urlsafe(48))
    gevraagd = " ".join(filter(None, (middel.acr_values, niveau.waarde))) if niveau else middel.acr_values
    gevraagd = gevraagd or middel.minimum
    extra = {"acr_values": gevraagd} if gevraagd else {}
    with _client(middel) as client:
        url, state = client.create_authorization_url(
            provider.configuration(middel)["authorization_endpoint"],
            state=secrets.token_urlsafe(32),
            nonce=poging.nonce,
            code_verifier=poging.verifier,
            prompt="login",
            max_age=0,  # the browser carries both: that it was done stands in `auth_time`
            **extra,
        )
    return str(url), str(state), poging


def finish(middel: Middel, poging: Poging, antwoord: Mapping[str, str]) -> Antwoord:
    """Who came back. `antwoord` is the query of the callback.

    Raises LoginGeannuleerd, NiveauTeLaag, LoginNietBereikbaar, and LoginMislukt for everything that does not add up.
    """
    configuratie = provider.configuration(middel)
    _check_iss(middel, configuratie, antwoord)
    _check_error(middel, antwoord)
    if not antwoord.get("code"):
        raise LoginMislukt("geen-code")
    token = _exchange(middel, configuratie["token_endpoint"], antwoord["code"], poging.verifier)
    claims = _verify_id_token(middel, token.get("id_token"), poging.nonce)
    if (endpoint := configuratie.get("userinfo_endpoint")) and token.get("access_token"):
        claims = {**_userinfo(middel, str(endpoint), token, claims), **claims}
    if claims.get("demo") and not settings.ELOKET.is_demo:
        raise LoginMislukt("demo-token")
    return Antwoord(claims, str(token["id_token"]))


def _check_iss(middel: Middel, configuratie: Mapping[str, Any], antwoord: Mapping[str, str]) -> None:
    """RFC 9207: an answer that names its sender must name ours, and must name it if the provider says it does."""
    noemt_afzender = configuratie.get("authorization_response_iss_parameter_supported") is True
    if ("iss" in antwoord or noemt_afzender) and antwoord.get("iss") != middel.issuer:
        raise LoginMislukt("antwoord-iss")


def _check_error(middel: Middel, antwoord: Mapping[str, str]) -> None:
    if "error" not in antwoord:
        return
    woorden = {antwoord["error"], *antwoord.get("error_description", "").replace(":", " ").split()}
    if woorden & _NIVEAU:
        raise NiveauTeLaag("provider", middel=middel)
    if woorden & _GEANNULEERD:
        raise LoginGeannuleerd("provider")
    if antwoord["error"] in {"temporarily_unavailable", "server_error"}:
        raise LoginNietBereikbaar("provider")
    raise LoginMislukt("provider")


def _exchange(middel: Middel, endpoint: str, code: str, verifier: str) -> Mapping[str, Any]:
    """The code for tokens, once: no retry, a code is spent by the first try."""
    try:
        with _client(middel) as client:
            token = client.fetch_token(
                endpoint,
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
                timeout=provider.TIMEOUT,
                allow_redirects=False,
            )
    except (OAuthError, JSONDecodeError) as error:
        raise LoginMislukt("code-geweigerd") from error
    except RequestException as error:
        raise LoginNietBereikbaar("token") from error
    if not isinstance(token, dict):
        raise LoginMislukt("token-vorm")
    return token


def _verify_id_token(middel: Middel, id_token: object, nonce: str) -> dict[str, Any]:
    if not isinstance(id_token, str) or not id_token:
        raise LoginMislukt("geen-id-token")
    claims = verify_signature(middel, id_token).claims
    check_claims(claims, middel=middel, nonce=nonce, nu=klok.nu())
    return claims


def verify_signature(middel: Middel, token: str) -> Token:
    """A token that this provider signed: header and claims, which are not yet checked. Raises LoginMislukt,
    LoginNietBereikbaar.
    """
    try:
        return jwt.decode(token, provider.keys(middel), algorithms=_ALGORITMES)
    except ExceededSizeError as error:  # 128 kB: some 3,000 groups
        raise LoginMislukt("token-te-groot") from error
    except _ONLEESBAAR as error:
        # A new key of the provider looks like this too: fetch its keys once more, but not for every bad token.
        if not provider.may_refresh_keys(middel):
            raise LoginMislukt("handtekening") from error
    try:
        return jwt.decode(token, provider.keys(middel, refresh=True), algorithms=_ALGORITMES)
    except _ONLEESBAAR as error:
        raise LoginMislukt("handtekening") from error


def check_claims(claims: Mapping[str, Any], *, middel: Middel, nonce: str, nu: datetime) -> None:
    """OpenID Connect Core 3.1.3.7, with `iat` and `nonce` always required, and `auth_time` because we ask for `max_age`
    (2): somebody gave their password or code just now. A session at the provider alone is none: that is a click, for
    whoever sits at the keyboard. Raises LoginMislukt.
    """
    seconden = nu.timestamp()
    aud = claims.get("aud")
    ontvangers = [aud] if isinstance(aud, str) else aud
    regels = {
        "iss": claims.get("iss") == middel.issuer,
        "aud": isinstance(ontvangers, list) and middel.client_id in ontvangers,
        "azp": (claims.get("azp", middel.client_id) == middel.client_id)
        and (not isinstance(ontvangers, list) or len(ontvangers) == 1 or "azp" in claims),
        "exp": is_getal(claims.get("exp")) and claims["exp"] > seconden - SPELING,
        "iat": is_getal(claims.get("iat")) and seconden - OUDSTE < claims["iat"] < seconden + SPELING,
        "nbf": "nbf" not in claims or (is_getal(claims["nbf"]) and claims["nbf"] < seconden + SPELING),
        "nonce": isinstance(claims.get("nonce"), str)
        and secrets.compare_digest(claims["nonce"].encode(), nonce.encode()),
        "sub": isinstance(claims.get("sub"), str) and bool(claims["sub"]),
        "auth_time": _is_just_now(claims, middel, seconden),
    }
    fout = [naam for naam, klopt in regels.items() if not klopt]
    if fout and _is_clock(fout, claims, seconden):
        raise KlokLooptScheef(f"verschil {round(claims['iat'] - seconden)} seconden")
    if fout:
        raise LoginMislukt(f"claim-{fout[0]}", NIET_OPNIEUW if fout == ["auth_time"] else None)


def _is_just_now(claims: Mapping[str, Any], middel: Middel, seconden: float) -> bool:
    """Whether the person logged in at the provider now. What is sent always counts; only of a means that an
    administrator says never sends it (`zonder_auth_time`) may it be missing."""
    if "auth_time" not in claims:
        return not middel.has_auth_time
    moment = claims["auth_time"]
    return is_getal(moment) and seconden - INGELOGD < moment < seconden + SPELING


def _is_clock(fout: list[str], claims: Mapping[str, Any], seconden: float) -> bool:
    """Everything else is right, our fresh nonce too, so the token was made just now: only our clocks differ."""
    if not {*fout} <= {"exp", "iat", "nbf", "auth_time"} or not is_getal(claims.get("iat")):
        return False
    is_ours = is_getal(claims.get("exp")) and claims["iat"] < claims["exp"]
    return is_ours and SPELING <= abs(claims["iat"] - seconden) < _EEN_DAG


def is_getal(waarde: object) -> bool:
    return isinstance(waarde, int | float) and not isinstance(waarde, bool)


def _userinfo(
    middel: Middel, endpoint: str, token: Mapping[str, Any], claims: Mapping[str, Any]
) -> dict[str, Any]:
    """What the provider tells about the same person only (OpenID Connect Core 5.3.2)."""
    gegevens = provider.get_json(middel, endpoint, bearer=str(token["access_token"]))
    if gegevens.get("sub") != claims["sub"]:
        raise LoginMislukt("userinfo-sub")
    return gegevens


@contextmanager
def _client(middel: Middel) -> "Iterator[OAuth2Session]":
    with OAuth2Session(
        client_id=middel.client_id,
        client_secret=middel.client_secret,
        scope=middel.scope,
        redirect_uri=callback_url(),
        code_challenge_method="S256",
    ) as client:
        provider.prepare(client, middel)
        yield client
