"""Keys and certificates for tests, made anew for each run: an authority, the municipality, and the provider."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from eloket.identity.saml.koppeling import Sleutelpaar


@dataclass(frozen=True)
class Paar:
    sleutel: rsa.RSAPrivateKey
    certificaat: x509.Certificate

    @property
    def sleutel_pem(self) -> bytes:
        return self.sleutel.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def certificaat_pem(self) -> bytes:
        return self.certificaat.public_bytes(Encoding.PEM)

    def write(self, map_: Path, naam: str) -> Sleutelpaar:
        """As files, for who reads them."""
        paar = Sleutelpaar(map_ / f"{naam}.key", map_ / f"{naam}.crt")
        paar.sleutel.write_bytes(self.sleutel_pem)
        paar.sleutel.chmod(0o600)
        paar.certificaat.write_bytes(self.certificaat_pem)
        return paar


def make(naam: str, door: Paar | None = None, *, bits: int = 2048, dagen: int = 30) -> Paar:
    """A key with a certificate: of itself, or of an authority for 127.0.0.1."""
    sleutel = rsa.generate_private_key(65537, bits)
    onderwerp = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, naam)])
    nu = datetime.now(UTC)
    bouw = (
        x509.CertificateBuilder()
        .subject_name(onderwerp)
        .issuer_name(door.certificaat.subject if door else onderwerp)
        .public_key(sleutel.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(nu - timedelta(days=1))
        .not_valid_after(nu + timedelta(days=dagen))
        .add_extension(x509.BasicConstraints(ca=door is None, path_length=None), critical=True)
    )
    if door:
        hier = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
        eigenaar = x509.AuthorityKeyIdentifier.from_issuer_public_key(door.sleutel.public_key())
        bouw = bouw.add_extension(hier, critical=False).add_extension(eigenaar, critical=False)
    else:
        eigen = x509.SubjectKeyIdentifier.from_public_key(sleutel.public_key())
        bouw = bouw.add_extension(eigen, critical=False)
    return Paar(sleutel, bouw.sign(door.sleutel if door else sleutel, hashes.SHA256()))


@cache
def gezag() -> Paar:
    return make("Proefgezag")


@cache
def gemeente() -> Paar:
    return make("gemeente", gezag())


@cache
def inlogdienst() -> Paar:
    return make("inlogdienst", gezag())


@cache
def vreemd() -> Paar:
    """Of somebody else, with the same names."""
    return make("inlogdienst", make("Proefgezag"))
