"""The one way to write the audit trail."""

import json
from collections.abc import Iterable, Mapping

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
    record_all(
        ((ref, kenmerken) for ref in object_refs), actor_soort=actor_soort, actor_key=actor_key, actie=actie
    )


def record_all(
    regels: Iterable[tuple[str, Mapping[str, str | int | bool]]],
    *,
    actor_soort: str,
    actor_key: str,
    actie: str,
) -> None:
    """As `record_each`, where each (object_ref, kenmerken) says something of its own."""
    moment = connection.ops.adapt_datetimefield_value(nu())
    rijen = [
        [moment, str(actor_soort), actor_key, actie, ref, json.dumps(dict(kenmerken))]
        for ref, kenmerken in regels
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, rijen)
