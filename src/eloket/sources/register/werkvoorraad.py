"""The work list of a civil servant: open zaken of some afdelingen, in one query that walks an index.

An index can only keep the order within one afdeling, so each afdeling gives its own first lines, and the database
merges those few. One line more than asked tells whether there is a next page; nothing is counted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from eloket.kernel.crypto import vault
from eloket.sources.register.queries import as_date, ref_of
from eloket.sources.register.zoeken import like_pattern
from eloket.zaken.types import Badge
from eloket.zaken.werk import WerkFilter, Werkitem, Werkvoorraad

_PER_AFDELING = r"""
SELECT * FROM (
    SELECT z.id, z.identificatie, z.omschrijving, z.startdatum, z.uiterlijke_einddatum, z.heeft_aandacht,
           z.nieuw_bericht_sinds, z.nieuw_document_sinds, z.zaaktype_id, z.statustype_id, z.behandelaar_id
    FROM register_zaak z
    WHERE z.einddatum IS NULL AND z.afdeling_id = (SELECT a.id FROM identity_afdeling a WHERE a.code = {code})
      {wie} {zoek}
    ORDER BY z.heeft_aandacht DESC, z.uiterlijke_einddatum, z.identificatie
    LIMIT %(genoeg)s
) {alias}
"""

_WERKVOORRAAD = r"""
WITH gekozen AS (
    SELECT * FROM ({delen}) samen
    ORDER BY heeft_aandacht DESC, uiterlijke_einddatum, identificatie
    LIMIT %(limit)s OFFSET %(offset)s
)
SELECT g.id, g.identificatie, g.omschrijving, t.omschrijving, r.naam, g.behandelaar_id, m.naam, s.badge,
       g.startdatum, g.uiterlijke_einddatum, g.nieuw_bericht_sinds IS NOT NULL, g.nieuw_document_sinds IS NOT NULL
FROM gekozen g
JOIN register_zaaktype t ON t.id = g.zaaktype_id
JOIN register_statustype s ON s.id = g.statustype_id
LEFT JOIN register_rol r ON r.zaak_id = g.id AND r.omschrijving_generiek = 'initiator'
LEFT JOIN identity_medewerker m ON m.id = g.behandelaar_id
ORDER BY g.heeft_aandacht DESC, g.uiterlijke_einddatum, g.identificatie
"""


_ZAAKNUMMER = re.compile(r"[zZ]-[0-9]{4}-[0-9]{6,}")


@dataclass(frozen=True, slots=True)
class _Vraag:
    sql: str
    waarden: dict[str, Any]


def list_werkvoorraad(filter: WerkFilter) -> Werkvoorraad:
    """One query; none when no afdeling is asked for."""
    if not filter.afdelingen:
        return Werkvoorraad(items=(), heeft_meer=False)
    vraag = _vraag(filter)
    with connection.cursor() as cursor:
        cursor.execute(vraag.sql, vraag.waarden)
        rijen = cursor.fetchall()
    return Werkvoorraad(
        items=tuple(_item(rij) for rij in rijen[: filter.limit]), heeft_meer=len(rijen) > filter.limit
    )


def _vraag(filter: WerkFilter) -> _Vraag:
    """Only fixed pieces of text are joined here; every value travels as a parameter."""
    waarden: dict[str, Any] = {
        "limit": filter.limit + 1,
        "offset": filter.offset,
        "genoeg": filter.offset + filter.limit + 1,
    }
    wie = zoek = ""
    if filter.behandelaar_id is not None:
        wie = "AND z.behandelaar_id = %(behandelaar)s"
        waarden["behandelaar"] = filter.behandelaar_id
    elif filter.niet_toegewezen:
        wie = "AND z.behandelaar_id IS NULL"
    if _ZAAKNUMMER.fullmatch(filter.zoek.strip()):
        # A whole number is found by its index; the pattern below has to look at every open zaak.
        zoek = "AND z.identificatie = %(zoek)s"
        waarden["zoek"] = filter.zoek.strip().upper()
    elif patroon := like_pattern(filter.zoek):
        zoek = r"AND z.zoektekst LIKE %(zoek)s ESCAPE '\'"
        waarden["zoek"] = patroon
    delen = []
    for nummer, code in enumerate(sorted(filter.afdelingen)):
        waarden[f"code{nummer}"] = code
        delen.append(_PER_AFDELING.format(code=f"%(code{nummer})s", alias=f"d{nummer}", wie=wie, zoek=zoek))
    return _Vraag(sql=_WERKVOORRAAD.format(delen=" UNION ALL ".join(delen)), waarden=waarden)


def _item(rij: Sequence[Any]) -> Werkitem:
    (
        zaak_id, identificatie, omschrijving, zaaktype_omschrijving, aanvrager, behandelaar_id, behandelaar_naam,
        badge, startdatum, uiterlijk, nieuw_bericht, nieuw_document,
    ) = rij  # fmt: skip
    return Werkitem(
        ref=ref_of(zaak_id),
        identificatie=identificatie,
        omschrijving=omschrijving,
        zaaktype_omschrijving=zaaktype_omschrijving,
        aanvrager=vault().decrypt(aanvrager) if aanvrager else "",
        behandelaar_id=behandelaar_id,
        behandelaar_naam=behandelaar_naam or "",
        badge=Badge(badge),
        startdatum=as_date(startdatum),
        uiterlijke_einddatum=as_date(uiterlijk),
        nieuw_bericht=bool(nieuw_bericht),
        nieuw_document=bool(nieuw_document),
    )
