"""Fingerprints of rows and seals: HMAC-SHA256 with a key that does not stand in the database (kernel.crypto).

What goes in is one canonical text: JSON of the values as they are read back, which is the same on SQLite and on
PostgreSQL. Keys of JSON columns are sorted, moments are in UTC with six decimals, and "nothing" (null) is something
else than empty text. Who changes a row cannot make the fingerprint that goes with it.
"""

import hashlib
import struct
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from json import JSONEncoder
from uuid import UUID

from eloket.audit.models import Opruiming, Wissing, Zegel
from eloket.kernel.crypto import vault

_REGEL = struct.Struct(">q32s")


class _Canoniek(JSONEncoder):
    def default(self, o: object) -> object:
        if isinstance(o, datetime):
            return o.astimezone(UTC).isoformat(timespec="microseconds")
        if isinstance(o, date):
            return o.isoformat()
        if isinstance(o, UUID | Decimal):
            return str(o)
        return super().default(o)


_schrijf = _Canoniek(sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def of_regel(keten: str, kolommen: Sequence[str], waarden: Sequence[object]) -> bytes:
    """The fingerprint of one row; `waarden` are those of `kolommen`. Raises TypeError for a type it does not know."""
    return vault().seal(_schrijf(["regel", keten, kolommen, waarden]).encode())


def of_zegel(zegel: Zegel) -> str:
    """What `zegel.hash` must be: over all its other columns, so over the hash of the one before it too."""
    inhoud = [
        zegel.keten, zegel.volgnummer, zegel.moment, zegel.aantal, zegel.kolommen, zegel.vorige_hash, zegel.sleutel,
        hashlib.sha256(zegel.regels).hexdigest(),
    ]  # fmt: skip
    return vault().seal(_schrijf(["zegel", *inhoud]).encode()).hex()


def of_opruiming(opruiming: Opruiming) -> str:
    """What `opruiming.hash` must be."""
    inhoud = [
        opruiming.keten, opruiming.tot, opruiming.kop, opruiming.moment, opruiming.reden, opruiming.sleutel,
    ]  # fmt: skip
    return vault().seal(_schrijf(["opruiming", *inhoud]).encode()).hex()


def of_wissing(wissing: Wissing) -> str:
    """What `wissing.hash` must be."""
    inhoud = [
        wissing.keten, wissing.regel, wissing.zegel, wissing.afdruk.hex(), wissing.moment, wissing.reden,
        wissing.sleutel,
    ]  # fmt: skip
    return vault().seal(_schrijf(["wissing", *inhoud]).encode()).hex()


def pack(regels: Sequence[tuple[int, bytes]]) -> bytes:
    """Ids and fingerprints as one column of a seal: 40 bytes per row."""
    return b"".join(_REGEL.pack(pk, vingerafdruk) for pk, vingerafdruk in regels)


def unpack(regels: bytes) -> Iterator[tuple[int, bytes]]:
    """The other way. Raises struct.error when somebody cut a piece off."""
    return _REGEL.iter_unpack(regels)
