"""Questions of the trail beside the one that an index answers.

Each index of the trail begins with an object, an actor or an act, and each goes on with the moment. Whoever asks two of
them must say which one finds the lines: SQLite knows no numbers, takes the index on the act, and reads all that anybody
ever did of that kind to find the lines of one zaak. Measured with 1,000,000 lines, 600,000 of one act: that act at one
zaak in 520 ms, and so in 1; of 10 zaken in 678, and so in 1; of 1,000 zaken in 8, and so in 80; somebody who never did
it in 1,129, and so in 1. PostgreSQL counts its rows, and chose well in each (1 to 30 ms): there it is asked plainly.
"""

from collections.abc import Collection

from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.functions import Concat

from eloket.audit.models import AuditRegel


def narrow(rijen: "QuerySet[AuditRegel]", **gevraagd: Collection[str]) -> "QuerySet[AuditRegel]":
    """Of these lines those whose columns (by name) hold one of these values; on SQLite as an expression that no
    index has."""
    if connection.vendor != "sqlite":
        return rijen.filter(**{f"{veld}__in": sorted(waarden) for veld, waarden in gevraagd.items()})
    for veld, waarden in gevraagd.items():
        rijen = rijen.alias(**{f"van_{veld}": Concat(veld, Value(""))})
        rijen = rijen.filter(**{f"van_{veld}__in": sorted(waarden)})
    return rijen
