"""Files for a dossier, made by hand."""

import hashlib
from collections.abc import Generator
from datetime import UTC, datetime

from hypothesis import HealthCheck, settings

from eloket.afschriften.inpakken import measure
from eloket.afschriften.types import Dossier, Stuk
from eloket.identity.types import Partij
from eloket.zaken.testing import FakeZaakBron, nieuwe_zaak
from eloket.zaken.types import Zaak

# The first text in a process makes a table of all characters, which takes a second on a busy machine.
TRAAG = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
MOMENT = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


def zaak() -> Zaak:
    return FakeZaakBron().start_zaak(nieuwe_zaak(Partij.inwoner("999990019")), MOMENT)[0]


def stuk(naam: str, inhoud: bytes = b"hallo", *, brok: int = 1000, moment: datetime = MOMENT) -> Stuk:
    return Stuk(
        naam=naam,
        titel=naam,
        omvang=len(inhoud),
        sha256=hashlib.sha256(inhoud).hexdigest(),
        moment=moment,
        brokken=(inhoud[begin : begin + brok] for begin in range(0, len(inhoud), brok)),
    )


def nullen(naam: str, omvang: int, sha256: str) -> Stuk:
    """A large file of zeros, of which only one chunk is ever in memory."""
    return Stuk(naam=naam, titel=naam, omvang=omvang, sha256=sha256, moment=MOMENT, brokken=zeros(omvang))


def zeros(omvang: int) -> Generator[bytes, None, None]:
    brok = bytes(256 * 1024)
    for begin in range(0, omvang, len(brok)):
        yield brok[: omvang - begin]


def dossier(*stukken: Stuk) -> Dossier:
    return Dossier(zaak=zaak(), stukken=stukken, omvang=measure(stukken))
