"""Counts of zaken, in SQL that walks the index of an afdeling: in, out, and what is open."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from eloket.sources.register.queries import as_date
from eloket.zaken.werk import OpenGroep, TelFilter, Tellingen

_PER_DAG = """
SELECT z.{dag}, count(*) FROM register_zaak z
WHERE z.afdeling_id IN (SELECT a.id FROM identity_afdeling a WHERE a.code IN ({codes}))
  AND z.{dag} >= %s {soort}
GROUP BY z.{dag}
"""
_OPEN = """
SELECT a.naam, t.omschrijving, g.startdatum, g.uiterlijke_einddatum, g.stil, g.aantal
FROM (
    SELECT z.afdeling_id, z.zaaktype_id, z.startdatum, z.uiterlijke_einddatum,
           z.opgeschort_sinds IS NOT NULL AS stil, count(*) AS aantal
    FROM register_zaak z
    WHERE z.einddatum IS NULL
      AND z.afdeling_id IN (SELECT a.id FROM identity_afdeling a WHERE a.code IN ({codes})) {soort}
    GROUP BY z.afdeling_id, z.zaaktype_id, z.startdatum, z.uiterlijke_einddatum, z.opgeschort_sinds IS NOT NULL
) g
JOIN identity_afdeling a ON a.id = g.afdeling_id
JOIN register_zaaktype t ON t.id = g.zaaktype_id
"""
_SOORT = "AND z.zaaktype_id IN (SELECT t.id FROM register_zaaktype t WHERE t.identificatie IN ({namen}))"


def tel(filter: TelFilter) -> Tellingen:
    """Three queries; none without an afdeling."""
    if not filter.afdelingen:
        return Tellingen(instroom={}, uitstroom={}, open=())
    codes, soorten = sorted(filter.afdelingen), sorted(filter.zaaktypen)
    deel = {
        "codes": ", ".join(["%s"] * len(codes)),
        "soort": _SOORT.format(namen=", ".join(["%s"] * len(soorten))) if soorten else "",
    }
    per_dag = {
        dag: dict(
            _dag(rij) for rij in _fetch(_PER_DAG.format(dag=dag, **deel), [*codes, filter.vanaf, *soorten])
        )
        for dag in ("startdatum", "einddatum")
    }
    groepen = _fetch(_OPEN.format(**deel), [*codes, *soorten])
    return Tellingen(
        instroom=per_dag["startdatum"],
        uitstroom=per_dag["einddatum"],
        open=tuple(_groep(rij) for rij in groepen),
    )


def _fetch(sql: str, waarden: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, waarden)
        return list(cursor.fetchall())


def _dag(rij: tuple[Any, ...]) -> tuple[date, int]:
    return as_date(rij[0]), rij[1]


def _groep(rij: tuple[Any, ...]) -> OpenGroep:
    afdeling, zaaktype, startdatum, uiterlijk, is_stil, aantal = rij
    return OpenGroep(afdeling, zaaktype, as_date(startdatum), as_date(uiterlijk), bool(is_stil), aantal)
