"""Whether a SAML connection can work: the extra, the keys and the metadata. Asked at the start."""

import ssl

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from eloket.identity.saml.koppeling import (
    KORTSTE_SLEUTEL,
    Binding,
    SamlKoppeling,
    Sleutelpaar,
    has_extra,
)


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
