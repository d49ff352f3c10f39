"""How a means is connected by SAML: entity ids, keys and endpoints. Read without lxml (saml.koppelcontrole)."""

from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import Certificate, load_pem_x509_certificate
from django.conf import settings

KORTSTE_SLEUTEL = 2048  # bits (NCSC; PKIoverheid)


class Binding(StrEnum):
    """How the answer comes back: by a reference that we exchange ourselves, or through the browser."""

    ARTIFACT = "artifact"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Sleutelpaar:
    """PEM files: a private key without a password, and its certificate."""

    sleutel: Path
    certificaat: Path

    def load_certificate(self) -> Certificate:
        """Raises OSError, ValueError."""
        return load_pem_x509_certificate(self.certificaat.read_bytes())

    def load_key(self) -> RSAPrivateKey:
        """Raises OSError, ValueError, TypeError (a password)."""
        sleutel = load_pem_private_key(self.sleutel.read_bytes(), password=None)
        if not isinstance(sleutel, RSAPrivateKey):
            raise ValueError("geen RSA-sleutel")  # noqa: TRY004 - a wrong file, no wrong argument
        return sleutel


@dataclass(frozen=True, slots=True)
class SamlKoppeling:
    """Ours and theirs. `dienst_*` are of eHerkenning: the service in its catalogue."""

    entity_id: str
    idp_metadata: Path
    ondertekenen: Sleutelpaar
    tls: Sleutelpaar  # what we show as a client when we fetch an answer
    ontsleutelen: tuple[Sleutelpaar, ...] = ()  # newest first; the first is in our metadata
    idp_entity_id: str = ""  # which one, when the metadata hold several
    tls_ca: Path | None = (
        None  # who signed the certificate of the back channel, when that is no public authority
    )
    binding: Binding = Binding.ARTIFACT
    dienst_index: int | None = None
    dienst_id: str = ""
    dienst_naam: str = ""

    @property
    def paren(self) -> tuple[Sleutelpaar, ...]:
        return tuple(dict.fromkeys((self.ondertekenen, self.tls, *self.ontsleutelen)))


def acs_url(code: str) -> str:
    """Where the answer of the means `code` comes back to; from the settings, never from the Host header."""
    return f"{settings.ELOKET.base_url.rstrip('/')}/inloggen/saml/{code}/terug/"


def slo_url(code: str) -> str:
    """Where the provider of the means `code` says that somebody logged out there."""
    return f"{settings.ELOKET.base_url.rstrip('/')}/inloggen/saml/{code}/uitloggen/"


def uitgelogd_url(code: str) -> str:
    """Where a person comes back who logged out at the provider of the means `code`."""
    return f"{settings.ELOKET.base_url.rstrip('/')}/inloggen/saml/{code}/uitgelogd/"


def metadata_url(code: str) -> str:
    return f"{settings.ELOKET.base_url.rstrip('/')}/inloggen/saml/{code}/metadata/"


def has_extra() -> bool:
    """Whether the extra `[saml]` is installed."""
    try:
        return all(find_spec(naam) is not None for naam in ("lxml", "xmlsec"))
    except ValueError:  # it was blocked
        return False
