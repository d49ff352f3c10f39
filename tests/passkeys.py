"""A passkey in software: what a browser and an authenticator do together, and what a bad one may try."""

import base64
import hashlib
import json
import re
import secrets
import struct
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256

_AANWEZIG, _GECONTROLEERD, _NIEUW = 0x01, 0x04, 0x40


def b64(ruw: bytes) -> str:
    return base64.urlsafe_b64encode(ruw).rstrip(b"=").decode()


def read_options(html: str) -> dict[str, Any]:
    """The question on a page."""
    gevonden = re.search(r'data-opties="([^"]*)"', html)
    assert gevonden, "er wordt geen passkey gevraagd"
    gelezen: dict[str, Any] = json.loads(unescape(gevonden.group(1)))
    return gelezen


@dataclass
class Passkey:
    """`origin` and `host` are where the browser thinks it is."""

    host: str = "testserver"
    origin: str = "http://testserver"
    teller: int = 1
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    sleutel: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def register(self, opties: dict[str, Any], **anders: Any) -> str:
        """What goes back to the site after `navigator.credentials.create`."""
        publiek = cbor.encode(dict(ES256.from_cryptography_key(self.sleutel.public_key())))  # type: ignore[no-untyped-call]  # of fido2
        bewijs = b"\0" * 16 + struct.pack(">H", len(self.id)) + self.id + publiek
        gegevens = self._authenticator_data(_NIEUW, **anders) + bewijs
        antwoord = {
            "clientDataJSON": b64(self._client("webauthn.create", opties, **anders)),
            "attestationObject": b64(cbor.encode({"fmt": "none", "attStmt": {}, "authData": gegevens})),
        }
        return self._write(antwoord)

    def sign(self, opties: dict[str, Any], **anders: Any) -> str:
        """What goes back after `navigator.credentials.get`; the counter goes up unless `teller` says otherwise."""
        self.teller = anders.get("teller", self.teller + 1)
        client = self._client(anders.get("type", "webauthn.get"), opties, **anders)
        gegevens = self._authenticator_data(0, **anders)
        handtekening = self.sleutel.sign(
            gegevens + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256())
        )
        antwoord = {
            "clientDataJSON": b64(client),
            "authenticatorData": b64(gegevens),
            "signature": b64(handtekening),
        }
        return self._write(antwoord)

    def _client(self, soort: str, opties: dict[str, Any], **anders: Any) -> bytes:
        inhoud = {
            "type": soort,
            "challenge": anders.get("challenge", opties["challenge"]),
            "origin": anders.get("origin", self.origin),
            "crossOrigin": anders.get("kader", False),
        }
        return json.dumps(inhoud).encode()

    def _authenticator_data(self, extra: int, **anders: Any) -> bytes:
        host = hashlib.sha256(anders.get("host", self.host).encode()).digest()
        vlaggen = extra | anders.get("vlaggen", _AANWEZIG | _GECONTROLEERD)
        return host + struct.pack(">BI", vlaggen, self.teller)

    def _write(self, antwoord: dict[str, str]) -> str:
        return json.dumps(
            {"id": b64(self.id), "rawId": b64(self.id), "type": "public-key", "response": antwoord}
        )
