"""Queries that are compiled once per process.

Django builds the SQL of a query anew every time, which takes five times as long as the database needs to answer a
small one (docs/bench.md). A page that asks a dozen of those waits mostly for that. For the queries of the busiest
pages the SQL is built the first time and kept; the columns still come from the models.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler


class _Place(str):
    """Stands for an argument while the query is compiled."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _Sql:
    """`plekken`: per parameter the number of the argument, or None when the query has a value of its own there."""

    tekst: str
    waarden: tuple[Any, ...]
    plekken: tuple[int | None, ...]
    compiler: SQLCompiler
    converters: dict[int, Any]


class CompiledQuery:
    """Call it with its text arguments, get the rows as tuples, converted as the ORM does.

    `build` gets as many placeholders as `arguments` and returns a queryset of `values_list()`. It may use them only to
    compare with text columns, each as it stands. Every argument must be a str.
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, Any]"], *, arguments: int) -> None:
        self._build = build
        self._arguments = arguments
        self._per_database: dict[str, _Sql] = {}

    def __call__(self, *arguments: str) -> list[tuple[Any, ...]]:
        if len(arguments) != self._arguments or not all(isinstance(a, str) for a in arguments):
            raise TypeError(f"give {self._arguments} text arguments")
        sql = self._per_database.get(connection.vendor) or self._compile()
        waarden = [
            waarde if plek is None else arguments[plek]
            for waarde, plek in zip(sql.waarden, sql.plekken, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql.tekst, waarden)
            rijen: Sequence[Any] = cursor.fetchall()
        return list(map(tuple, sql.compiler.apply_converters(rijen, sql.converters)))

    def _compile(self) -> _Sql:
        places = [_Place(f"\x00argument-{nummer}") for nummer in range(self._arguments)]
        compiler = self._build(*places).query.get_compiler(DEFAULT_DB_ALIAS)
        tekst, waarden = compiler.as_sql()
        plekken = tuple(places.index(w) if isinstance(w, _Place) else None for w in waarden)
        if {plek for plek in plekken if plek is not None} != set(range(self._arguments)):
            raise TypeError("an argument of this query got lost on the way to its SQL")
        converters = compiler.get_converters([kolom[0] for kolom in compiler.select])
        sql = _Sql(tekst, tuple(waarden), plekken, compiler, converters)
        self._per_database[connection.vendor] = sql
        return sql
