"""The keys of files at rest: three for each of ELOKET_SECRETS, which never stand in the database or on the disk.

A file stands in a folder that is named after its secret, so that one look at the folder says whether a secret is still
needed. Within it, its name is a keyed hash of its content: who reads the disk cannot look up whether a certain file,
of which they have a copy, is there.
"""

import hmac
import re
from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings

from eloket.kernel.crypto import derive

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Bestandssleutel:
    """Of one secret. `naam` tells which, and nothing about it."""

    naam: str
    kek: bytes = field(repr=False)
    namen: bytes = field(repr=False)

    def opslagnaam(self, sha256: str) -> str:
        """Where content with this hash stands. Raises ValueError."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError("not a sha256")
        naam = hmac.digest(self.namen, bytes.fromhex(sha256), "sha256").hex()
        return f"{self.naam}/{naam[:2]}/{naam[2:4]}/{naam}"


def alle() -> tuple[Bestandssleutel, ...]:
    """Newest first: the first is what we write with."""
    return _van(settings.ELOKET.secrets)


@lru_cache(maxsize=4)
def _van(geheimen: tuple[str, ...]) -> tuple[Bestandssleutel, ...]:
    return tuple(
        Bestandssleutel(
            naam=derive(geheim, "eloket/bestand/sleutelnaam").hex()[:16],
            kek=derive(geheim, "eloket/bestand"),
            namen=derive(geheim, "eloket/bestand/naam"),
        )
        for geheim in geheimen
    )
