"""The one way to write the audit trail."""

import json
from collections.abc import Iterable

from django.db import connection

from eloket.kernel.klok import nu

SYSTEEM = "systeem"  # the kind of actor of what nobody did, but a rule
LOGBOEK = "audit"  # the object of the lines about the audit trail itself
# Every page of a zaak writes a line. Through the ORM that costs ten times what the database takes.
_INSERT = """
INSERT INTO audit_regel (moment, actor_soort, actor_key, actie, object_ref, kenmerken)
VALUES (%s, %s, %s, %s, %s, %s)
"""


def record(
    *, actor_soort: str, actor_key: str, actie: str, object_ref: str, **kenmerken: str | int | bool
) -> None:
    """Append one line, in the caller's transaction.

    `actie` is `onderwerp.werkwoord` (`zaak.bekeken`); `kenmerken` hold codes and counts, never names or content.
    """
    moment = connection.ops.adapt_datetimefield_value(nu())
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT, [moment, str(actor_soort), actor_key, actie, object_ref, json.dumps(kenmerken)]
        )


def record_each(
    object_refs: Iterable[str], *, actor_soort: str, actor_key: str, actie: str, **kenmerken: str | int | bool
) -> None:
    """The same act with several objects: a line for each, in the caller's transaction, in one go."""
    moment = connection.ops.adapt_datetimefield_value(nu())
    inhoud = json.dumps(kenmerken)
    rijen = [[moment, str(actor_soort), actor_key, actie, ref, inhoud] for ref in object_refs]
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, rijen)
