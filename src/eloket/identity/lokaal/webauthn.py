"""Passkeys and security keys (WebAuthn level 3): what we ask of a browser, and whether its answer is right.

Nothing is stored here. `Site` is who asks: a browser only answers for its own site, and so an answer that was fished on
another one is refused twice, by the browser and by us.
"""

import base64
import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from fido2.cose import ES256, RS256, EdDSA
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    CollectedClientData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from eloket.identity.lokaal.errors import PasskeyGeweigerd

_LANGSTE = 20_000  # characters of an answer
_ALGORITMEN = (ES256.ALGORITHM, EdDSA.ALGORITHM, RS256.ALGORITHM)
# What fido2 raises on an answer that makes no sense; its asserts among them.
_ONZIN = (ValueError, KeyError, TypeError, IndexError, AssertionError, AttributeError, struct.error,
          NotImplementedError, UnsupportedAlgorithm, RecursionError, OverflowError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Site:
    """`host` is the RP ID, `origin` how the browser writes where it is (https://mijn.gemeente.example)."""

    host: str
    origin: str
    naam: str


@dataclass(frozen=True, slots=True)
class Sleutel:
    """What a passkey gave: its public key as it is kept, and its signature counter."""

    credential_id: bytes
    gegevens: str
    teller: int


@dataclass(frozen=True, slots=True)
class Vraag:
    """`opties` go to the browser as JSON; `uitdaging` stays in the session until the answer comes, and is used once."""

    opties: str
    uitdaging: dict[str, Any]


def ask_new(site: Site, *, handle: bytes, inlognaam: str, naam: str, bekend: Sequence[str]) -> Vraag:
    """Ask for a new passkey, of somebody who has `bekend` already: a device is not registered twice."""
    opties, uitdaging = _server(site).register_begin(
        PublicKeyCredentialUserEntity(id=handle, name=inlognaam, display_name=naam),
        credentials=[_unpack(een) for een in bekend],
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return Vraag(_json(opties), uitdaging)


def read_new(site: Site, uitdaging: Mapping[str, Any], antwoord: str) -> Sleutel:
    """Raises PasskeyGeweigerd."""
    try:
        gelezen = RegistrationResponse.from_dict(_parse(antwoord))
        _check_frame(gelezen.response.client_data)
        gegevens = _server(site).register_complete(dict(uitdaging), gelezen)
        sleutel = gegevens.credential_data
        if sleutel is None or sleutel.public_key.ALGORITHM not in _ALGORITMEN:
            raise PasskeyGeweigerd("algoritme")
        if sleutel.credential_id != gelezen.raw_id:
            raise PasskeyGeweigerd("id")
    except _ONZIN as error:
        raise PasskeyGeweigerd("nieuw") from error
    return Sleutel(sleutel.credential_id, base64.b64encode(bytes(sleutel)).decode(), gegevens.counter)


def ask(site: Site, bekend: Sequence[str]) -> Vraag:
    """Ask for one of these."""
    opties, uitdaging = _server(site).authenticate_begin(
        [_unpack(een) for een in bekend], user_verification=UserVerificationRequirement.PREFERRED
    )
    return Vraag(_json(opties), uitdaging)


def read(site: Site, uitdaging: Mapping[str, Any], bekend: Sequence[str], antwoord: str) -> Sleutel:
    """Which of `bekend` signed, and the counter it gave. Whether that went up is for who keeps it. Raises
    PasskeyGeweigerd."""
    try:
        gelezen = AuthenticationResponse.from_dict(_parse(antwoord))
        _check_frame(gelezen.response.client_data)
        sleutel = _server(site).authenticate_complete(
            dict(uitdaging), [_unpack(een) for een in bekend], gelezen
        )
        teller = gelezen.response.authenticator_data.counter
    except _ONZIN as error:
        raise PasskeyGeweigerd("antwoord") from error
    return Sleutel(sleutel.credential_id, base64.b64encode(bytes(sleutel)).decode(), teller)


def _server(site: Site) -> Fido2Server:
    rp = PublicKeyCredentialRpEntity(id=site.host, name=site.naam)
    server = Fido2Server(rp, verify_origin=lambda origin: origin == site.origin)
    server.allowed_algorithms = [een for een in server.allowed_algorithms if een.alg in _ALGORITMEN]
    return server


def _check_frame(client: CollectedClientData) -> None:
    """Raises PasskeyGeweigerd: nobody asks for us inside a page of their own."""
    if client.cross_origin:
        raise PasskeyGeweigerd("kader")


def _parse(antwoord: str) -> Mapping[str, Any]:
    gelezen = json.loads(antwoord[:_LANGSTE])
    if not isinstance(gelezen, dict):
        raise TypeError
    return gelezen


def _unpack(gegevens: str) -> AttestedCredentialData:
    return AttestedCredentialData(base64.b64decode(gegevens))


def _json(opties: Any) -> str:
    return json.dumps(dict(opties)["publicKey"])
