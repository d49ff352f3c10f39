"""Counting, in the database: the same for every process and machine, and one statement per counted request.

django-ratelimit counts in Django's cache, which is per process here; limits wants Redis, Memcached or MongoDB. A
database is there already, and what is counted writes anyway. A row is a keyed hash of what, who and which window: it
names nobody, and is gone soon after its window.
"""

from datetime import UTC, datetime, timedelta

from django.db import connection

from eloket.identity.limieten.types import Limiet, Maat
from eloket.identity.models import Limietteller
from eloket.kernel.crypto import vault

_TEL = """
INSERT INTO identity_limietteller (sleutel, aantal, verloopt) VALUES (%s, 1, %s)
ON CONFLICT (sleutel) DO UPDATE SET aantal = identity_limietteller.aantal + 1
RETURNING aantal
"""


def count(limiet: Limiet, soort: str, wie: str, maat: Maat, now: datetime) -> int:
    """One more for `wie`; the seconds to wait when that is too many, else 0. Raises django.db.Error.

    Atomic: of many at once exactly `maat.keren` pass.
    """
    venster = int(now.timestamp()) // maat.seconden
    einde = datetime.fromtimestamp((venster + 1) * maat.seconden, tz=UTC)
    sleutel = vault().keyed_hash("limiet", f"{limiet.naam}:{soort}:{venster}:{wie}")
    verloopt = connection.ops.adapt_datetimefield_value(einde)
    with connection.cursor() as cursor:
        cursor.execute(_TEL, [sleutel, verloopt])
        (aantal,) = cursor.fetchone()
    if aantal <= maat.keren:
        return 0
    return max(1, -int((now - einde) // timedelta(seconds=1)))


def purge(now: datetime) -> int:
    """Remove what is over; returns how many. For the worker."""
    return Limietteller.objects.filter(verloopt__lt=now).delete()[0]
