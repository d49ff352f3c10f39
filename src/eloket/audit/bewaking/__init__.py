"""The database itself refuses to change what is proof: triggers on SQLite and on PostgreSQL.

- A row of a sealed table comes in without a seal, gets one once, and never changes otherwise. Once it is sealed, the
  ciphertext of its encrypted columns may be made anew: the seal is over the text.
- A row or a seal only goes when an `Opruiming` says that its part of the chain was removed (audit.opruimen).
- An `Opruiming` never changes and never goes; a `Wissing` never changes, and goes with the seal of its row.

They are set after every `migrate`, for every model that inherits VerzegeldeRegel: on SQLite a migration that alters
a table makes it anew, and would lose them. Who owns the database can take them away. Then `eloket controleer-bewijs`
says so, and the chain shows what was done meanwhile.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from eloket.audit.bewaking import postgresql, sqlite
from eloket.audit.bewaking.wachter import OPRUIMINGEN, WISSINGEN, ZEGELS, Wachter
from eloket.audit.verzegeld import VerzegeldeRegel, ketens


def plaats(*, using: str, **_signaal: Any) -> None:
    """Receiver of `post_migrate`: guard every table that is not guarded as it should be, and leave the others alone."""
    verbinding = connections[using]
    ontbrekend = _ontbrekend(verbinding)
    if not ontbrekend:
        return
    with transaction.atomic(using=using), verbinding.cursor() as cursor:
        for wachter in ontbrekend.values():
            for opdracht in wachter.plaatsen:
                cursor.execute(opdracht)


def list_onbewaakt(verbinding: BaseDatabaseWrapper) -> tuple[str, ...]:
    """The guards that are gone or were replaced, as `table: name`. Empty when the database guards everything."""
    return tuple(f"{wachter.tabel}: {naam}" for naam, wachter in _ontbrekend(verbinding).items())


def _ontbrekend(verbinding: BaseDatabaseWrapper) -> Mapping[str, Wachter]:
    """Only of tables that are there: halfway the migrations some are not yet."""
    aanwezig = set(verbinding.introspection.table_names())
    if not {ZEGELS, OPRUIMINGEN, WISSINGEN} <= aanwezig:
        return {}
    rijen = [model for tabel, model in ketens().items() if tabel in aanwezig and _is_whole(verbinding, model)]
    kant = postgresql if verbinding.vendor == "postgresql" else sqlite
    geplaatst = kant.placed(verbinding)
    return {
        naam: wachter
        for naam, wachter in kant.wachters(rijen).items()
        if geplaatst.get(naam) != wachter.kenmerk
    }


def _is_whole(verbinding: BaseDatabaseWrapper, model: type[VerzegeldeRegel]) -> bool:
    """Whether the table is far enough in the migrations to have every column of its model."""
    with verbinding.cursor() as cursor:
        beschrijving = verbinding.introspection.get_table_description(cursor, model.keten())
    return {*model.kolommen(), "zegel"} <= {kolom.name for kolom in beschrijving}
