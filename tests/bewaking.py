"""Takes the guards of the append-only tables away for a moment, as only who owns the database can.

For tests that tamper, and for the flush between tests that commit.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from eloket.audit.models import Opruiming, Wissing, Zegel
from eloket.audit.verzegeld import ketens


def off_and_on() -> tuple[list[str], list[str]]:
    """The statements that take every guard away, and those that put exactly them back."""
    if connection.vendor == "postgresql":
        tabellen = [*ketens(), *(model._meta.db_table for model in (Zegel, Opruiming, Wissing))]
        off, on = (
            [f'ALTER TABLE "{tabel}" {wat} TRIGGER USER' for tabel in tabellen]
            for wat in ("DISABLE", "ENABLE")
        )
        return off, on
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'wacht_%%'")
        wachters = cursor.fetchall()
    return [f'DROP TRIGGER "{naam}"' for naam, _ in wachters], [tekst for _, tekst in wachters]


@contextmanager
def zonder_bewaking() -> Iterator[None]:
    """Within the block every row can be changed and removed."""
    off, on = off_and_on()
    _run(off)
    try:
        yield
    finally:
        _run(on)


def _run(opdrachten: list[str]) -> None:
    with connection.cursor() as cursor:
        for opdracht in opdrachten:
            cursor.execute(opdracht)
