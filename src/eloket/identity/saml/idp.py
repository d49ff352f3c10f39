"""The provider, as its metadata file tells: who it is, where it is, and with which keys it signs."""

import base64
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate, load_der_x509_certificate
from django.core.exceptions import ImproperlyConfigured

from eloket.identity.errors import LoginMislukt
from eloket.identity.saml.koppeling import KORTSTE_SLEUTEL
from eloket.identity.saml.tijd import moment
from eloket.identity.saml.xml import MD, Element, children, parse_trusted

_BINDINGS = "urn:oasis:names:tc:SAML:2.0:bindings:"
POST, SOAP = f"{_BINDINGS}HTTP-POST", f"{_BINDINGS}SOAP"
ARTIFACT = f"{_BINDINGS}HTTP-Artifact"
_VARIABELE = "ELOKET_MIDDELEN_BESTAND"


@dataclass(frozen=True, slots=True)
class Idp:
    """`artifact`: index -> address. `uitloggen`: where a form asks to log somebody out; "" when none does."""

    entity_id: str
    sso: str
    artifact: dict[int, str]
    uitloggen: str
    certificaten: tuple[bytes, ...]  # PEM
    geldig_tot: datetime | None

    @property
    def adressen(self) -> tuple[str, ...]:
        alle = (self.sso, *self.artifact.values(), self.uitloggen)
        return tuple(dict.fromkeys(filter(None, alle)))


@lru_cache(maxsize=8)
def load_idp(pad: Path, entity_id: str = "") -> Idp:
    """The provider in this file, read once per process. Raises ImproperlyConfigured."""
    try:
        return _read(parse_trusted(pad.read_bytes()), entity_id)
    except (OSError, LoginMislukt, ValueError) as error:
        reden = (
            error.reden
            if isinstance(error, LoginMislukt)
            else str(error)
            if type(error) is ValueError
            else type(error).__name__
        )
        raise ImproperlyConfigured(f"{_VARIABELE}: idp_metadata {pad.name} klopt niet ({reden})") from error


def _read(wortel: Element, entity_id: str) -> Idp:
    """Raises ValueError with what is missing."""
    eigenaar, rol = _choose(wortel, entity_id)
    sso = _endpoint(rol, "SingleSignOnService", POST)
    if not sso:
        raise ValueError("geen SingleSignOnService met HTTP-POST")
    certificaten = tuple(_certificates(rol))
    if not certificaten:
        raise ValueError("geen certificaat om mee te ondertekenen")
    return Idp(
        entity_id=str(eigenaar.get("entityID")),
        sso=sso,
        artifact={
            int(een.get("index", "0")): str(een.get("Location"))
            for een in _endpoints(rol, "ArtifactResolutionService", SOAP)
        },
        uitloggen=_endpoint(rol, "SingleLogoutService", POST),
        certificaten=certificaten,
        geldig_tot=moment(tot) if (tot := eigenaar.get("validUntil") or wortel.get("validUntil")) else None,
    )


def _choose(wortel: Element, entity_id: str) -> tuple[Element, Element]:
    alle = [
        (een, rollen[0])
        for een in wortel.iter(f"{{{MD}}}EntityDescriptor")
        if (rollen := children(een, "md:IDPSSODescriptor"))
    ]
    passend = [paar for paar in alle if not entity_id or paar[0].get("entityID") == entity_id]
    if len(passend) != 1 or not passend[0][0].get("entityID"):
        raise ValueError(f"{len(passend)} inlogdiensten gevonden; zet idp_entity_id")
    return passend[0]


def _endpoints(rol: Element, naam: str, binding: str) -> list[Element]:
    return [
        een for een in children(rol, f"md:{naam}") if een.get("Binding") == binding and een.get("Location")
    ]


def _endpoint(rol: Element, naam: str, binding: str) -> str:
    gevonden = _endpoints(rol, naam, binding)
    return str(gevonden[0].get("Location")) if gevonden else ""


def _certificates(rol: Element) -> list[bytes]:
    """Of every key to sign with: during a change of keys there are two."""
    gevonden = []
    for sleutel in children(rol, "md:KeyDescriptor"):
        if sleutel.get("use", "signing") == "signing":
            for een in sleutel.iter("{http://www.w3.org/2000/09/xmldsig#}X509Certificate"):
                certificaat = load_der_x509_certificate(base64.b64decode("".join((een.text or "").split())))
                gevonden.append(_checked(certificaat).public_bytes(Encoding.PEM))
    return gevonden


def _checked(certificaat: Certificate) -> Certificate:
    openbaar = certificaat.public_key()
    if not isinstance(openbaar, RSAPublicKey) or openbaar.key_size < KORTSTE_SLEUTEL:
        raise ValueError(f"een sleutel is geen RSA, of korter dan {KORTSTE_SLEUTEL} bits")
    return certificaat
