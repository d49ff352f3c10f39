"""How a means is connected by SAML: entity ids, keys and endpoints. Read without lxml; checked at the start."""

import ssl
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import Certificate, load_pem_x509_certificate
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

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


def check_koppeling(koppeling: SamlKoppeling, naam: str) -> None:
    """Raises ImproperlyConfigured when this cannot work: no extra, unreadable keys, or metadata that make no sense.

    `naam` says where it stands. What only makes it unsafe tomorrow is for `eloket check-production`.
    """
    if not has_extra():
        raise ImproperlyConfigured(
            f"{naam}: inloggen met SAML vraagt het extra [saml]. Installeer requirements/saml.txt (lxml, xmlsec)."
        )
    for paar in koppeling.paren:
        _check_paar(paar, naam)
    if koppeling.tls_ca is not None:
        try:
            ssl.create_default_context(cafile=str(koppeling.tls_ca))
        except (OSError, ssl.SSLError) as error:
            raise ImproperlyConfigured(
                f"{naam}: tls_ca kan niet worden gelezen ({type(error).__name__})"
            ) from error
    # Here and not above: it needs the extra.
    from eloket.identity.saml.idp import load_idp  # noqa: PLC0415

    idp = load_idp(koppeling.idp_metadata, koppeling.idp_entity_id)
    if koppeling.binding is Binding.ARTIFACT and not idp.artifact:
        raise ImproperlyConfigured(f"{naam}: idp_metadata heeft geen ArtifactResolutionService (SOAP)")
    if not settings.ELOKET.is_demo and (onveilig := [url for url in idp.adressen if not _is_https(url)]):
        raise ImproperlyConfigured(f"{naam}: idp_metadata heeft {len(onveilig)} adressen zonder https://")


def _is_https(url: str) -> bool:
    return url.startswith("https://")


def _check_paar(paar: Sleutelpaar, naam: str) -> None:
    try:
        sleutel, certificaat = paar.load_key(), paar.load_certificate()
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ImproperlyConfigured(
            f"{naam}: {paar.sleutel.name} of {paar.certificaat.name} kan niet worden gelezen ({type(error).__name__})"
        ) from None
    openbaar = certificaat.public_key()
    if not isinstance(openbaar, RSAPublicKey) or openbaar != sleutel.public_key():
        raise ImproperlyConfigured(
            f"{naam}: {paar.sleutel.name} hoort niet bij {paar.certificaat.name}, of is geen RSA-sleutel"
        )
    if sleutel.key_size < KORTSTE_SLEUTEL:
        raise ImproperlyConfigured(f"{naam}: {paar.sleutel.name} is korter dan {KORTSTE_SLEUTEL} bits")
