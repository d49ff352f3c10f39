"""Encryption and keyed hashes for what names a person.

A leaked database must name nobody: numbers, names, addresses and messages are stored encrypted
(Fernet: AES-128-CBC with HMAC-SHA256), and people are looked up by a keyed hash (HMAC-SHA256).
Every key is derived (HKDF-SHA256) from the secrets in the environment, newest first: the first encrypts,
all decrypt, so that a secret can be rotated. The hash key has a secret of its own, because rotating it
means rewriting every row that refers to a person. The seals of what is proof are made with a key from that
same secret: it never rotates, and a seal must be checked for as long as its rows are kept.
"""

import base64
import hmac
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from collections.abc import Sequence

    _TextField = models.TextField[str, str]
else:
    _TextField = models.TextField


class OntsleutelenMislukt(Exception):
    """Stored text was not made with any of our keys, or was changed."""


def derive(secret: str, purpose: str) -> bytes:
    """32 bytes for one purpose, from one secret."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode()).derive(
        secret.encode()
    )


def keten(secrets: "Sequence[str]", purpose: str) -> MultiFernet:
    """Encrypts with the first of these secrets, decrypts with each."""
    return MultiFernet([Fernet(base64.urlsafe_b64encode(derive(s, purpose))) for s in secrets])


def renew(token: str, alle: MultiFernet, nieuwste: MultiFernet) -> str | None:
    """As Vault.renew. A token does not name its secret: the newest one is tried first, some 6 microseconds of work."""
    try:
        nieuwste.decrypt(token.encode())
    except InvalidToken:
        try:
            return alle.rotate(token.encode()).decode("ascii")
        except InvalidToken as error:
            raise OntsleutelenMislukt from error
    return None


class Vault:
    """Encrypts, decrypts and hashes with the secrets it was given (newest first)."""

    def __init__(self, *, secrets: "Sequence[str]", hash_secret: str) -> None:
        self._fernet = keten(secrets, "eloket/veld")
        self._nieuwste = keten(secrets[:1], "eloket/veld")
        self._hash_key = derive(hash_secret, "eloket/persoon")
        self._zegel_key = derive(hash_secret, "eloket/zegel")
        # Tells which key a seal was made with, and nothing about that key.
        self.zegel_sleutel = derive(hash_secret, "eloket/zegel/naam").hex()[:16]

    def encrypt(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode("ascii")

    def decrypt(self, token: str) -> str:
        """Raises OntsleutelenMislukt."""
        try:
            return self._fernet.decrypt(token.encode("ascii")).decode()
        except (InvalidToken, UnicodeEncodeError) as error:
            raise OntsleutelenMislukt from error

    def renew(self, token: str) -> str | None:
        """The same text under the newest secret; None when it is under that already. Raises OntsleutelenMislukt."""
        return renew(token, self._fernet, self._nieuwste)

    def keyed_hash(self, soort: str, waarde: str) -> str:
        """64 hex digits that stand for `waarde` of this kind (`bsn`, `kvk`, `vestiging`, ...)."""
        return hmac.new(self._hash_key, f"{soort}:{waarde}".encode(), "sha256").hexdigest()

    def seal(self, data: bytes) -> bytes:
        """32 bytes that only who has the secret can make for `data` (HMAC-SHA256); `zegel_sleutel` names the key."""
        return hmac.digest(self._zegel_key, data, "sha256")


def vault() -> Vault:
    """The vault of the secrets in the settings."""
    return _vault(settings.ELOKET.secrets, settings.ELOKET.hash_secret)


@lru_cache(maxsize=4)
def _vault(secrets: tuple[str, ...], hash_secret: str) -> Vault:
    return Vault(secrets=secrets, hash_secret=hash_secret)


class EncryptedTextField(_TextField):
    """A text column that holds ciphertext; the attribute holds plain text. It cannot be searched.

    An empty string is stored as an empty string, so that `default=""` needs no key.
    """

    def get_prep_value(self, value: Any) -> Any:
        return vault().encrypt(value) if value else value

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        return vault().decrypt(value) if value else value
