"""Keys, codes and tokens of the simulated provider.

The signing key is derived from the secret: every process and every start has the same one, and no file is needed.
Codes and access tokens are encrypted blobs that hold their own expiry: no table. A code works once; that is remembered
in Django's local-memory cache, which is per process: with several processes a code could be spent once in each. That
is good enough for a demo that runs as one process, and the real providers keep their own books.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from eloket.kernel import klok
from eloket.kernel.crypto import derive

CODE_GELDIG = timedelta(seconds=60)
TOKEN_GELDIG = timedelta(minutes=5)


def require_demo() -> None:
    """Raises ImproperlyConfigured outside demo and test."""
    if not settings.ELOKET.is_demo:
        raise ImproperlyConfigured("de gesimuleerde inlogdienst bestaat alleen in demo en test")


@lru_cache(maxsize=2)
def _key(geheim: str) -> ECKey:
    getal = int.from_bytes(derive(geheim, "eloket/simulatie/sleutel")) % (2**256 - 2**224) + 1
    pem = ec.derive_private_key(getal, ec.SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    return ECKey.import_key(pem, {"use": "sig", "alg": "ES256", "kid": "simulatie-1"})


def signing_key() -> ECKey:
    require_demo()
    return _key(settings.ELOKET.secrets[0])


def sign(claims: Mapping[str, Any]) -> str:
    """A signed ID token; it always says `demo: true`."""
    sleutel = signing_key()
    return jwt.encode({"alg": "ES256", "kid": sleutel.kid}, {**claims, "demo": True}, sleutel)


def is_own_token(id_token: str, client_id: str) -> bool:
    """Whether this is an ID token that was made here for this client, however old."""
    try:
        return jwt.decode(id_token, signing_key(), algorithms=["ES256"]).claims.get("aud") == client_id
    except (JoseError, ValueError):
        return False


def _fernet() -> Fernet:
    require_demo()
    return Fernet(base64.urlsafe_b64encode(derive(settings.ELOKET.secrets[0], "eloket/simulatie/blob")))


def seal(soort: str, inhoud: Mapping[str, str], geldig: timedelta) -> str:
    """An opaque text of one kind that holds `inhoud` until it expires."""
    tot = (klok.nu() + geldig).timestamp()
    return _fernet().encrypt(json.dumps({"soort": soort, "tot": tot, "inhoud": {**inhoud}}).encode()).decode()


def unseal(soort: str, tekst: str) -> dict[str, str] | None:
    """The contents, or None when it is not ours, of another kind or too old."""
    try:
        blob = json.loads(_fernet().decrypt(tekst.encode()))
    except (InvalidToken, ValueError):
        return None
    if blob["soort"] != soort or blob["tot"] < klok.nu().timestamp():
        return None
    inhoud: dict[str, str] = blob["inhoud"]
    return inhoud


def spend(code: str) -> bool:
    """Whether this is the first time that this code is used."""
    gebruikt = f"simulatie-code-{hashlib.sha256(code.encode()).hexdigest()}"
    return cache.add(gebruikt, 1, timeout=2 * int(CODE_GELDIG.total_seconds()))
