"""The work list of a civil servant: open zaken of some afdelingen, in one query that walks an index.

An index can only keep the order within one afdeling, so each afdeling gives its own first lines, and the database
merges those few. One line more than asked tells whether there is a next page; nothing is counted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from eloket.kernel.crypto import vault
from eloket.kernel.klok import vandaag
from eloket.sources.register.queries import as_date, ref_of
from eloket.sources.register.zoeken import like_patterns, naam_sleutel
from eloket.zaken.types import Badge
from eloket.zaken.werk import (
    DICHTBIJ_DAGEN,
    TELLEN_TOT,
    TermijnKleur,
    WerkFilter,
    Werkitem,
    WerkTellingen,
    Werkvoorraad,
)

_PER_AFDELING = r"""
SELECT * FROM (
    SELECT z.id, z.identificatie, z.omschrijving, z.startdatum, z.uiterlijke_einddatum, z.heeft_aandacht,
           z.nieuw_bericht_sinds, z.nieuw_document_sinds, z.zaaktype_id, z.statustype_id, z.behandelaar_id
    FROM register_zaak z
    WHERE z.einddatum IS NULL AND z.afdeling_id = (SELECT a.id FROM identity_afdeling a WHERE a.code = {code})
      {welke}
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


_TELLING = """(SELECT count(*) FROM (
    SELECT 1 FROM register_zaak z
    WHERE z.einddatum IS NULL
      AND z.afdeling_id IN (SELECT a.id FROM identity_afdeling a WHERE a.code IN ({codes})) {welke}
    LIMIT %(tot)s
) geteld)"""
_NEED_TO_KNOW = """AND (NOT z.is_afgeschermd OR EXISTS (
    SELECT 1 FROM register_toegang k WHERE k.zaak_id = z.id AND k.medewerker_id = %(medewerker)s
))"""
_WOORD = r"z.zoektekst LIKE %({naam})s ESCAPE '\'"
_TEKST_OF_NAAM = """AND (({tekst}) OR z.id IN (
    SELECT n.zaak_id FROM register_naam n WHERE n.sleutel = %(naam)s
))"""
_ZAAKTYPEN = """AND z.zaaktype_id IN (
    SELECT t.id FROM register_zaaktype t WHERE t.identificatie IN ({namen})
)"""
_TERMIJN = {
    TermijnKleur.ROOD: "AND z.opgeschort_sinds IS NULL AND z.uiterlijke_einddatum < %(vandaag)s",
    TermijnKleur.ORANJE: "AND z.opgeschort_sinds IS NULL"
    " AND z.uiterlijke_einddatum BETWEEN %(vandaag)s AND %(week)s",
    TermijnKleur.GROEN: "AND (z.opgeschort_sinds IS NOT NULL OR z.uiterlijke_einddatum > %(week)s)",
}
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
        "medewerker": filter.medewerker_id,
    }
    voorwaarden = [
        _NEED_TO_KNOW,
        *_wie(filter, waarden),
        *_zoek(filter.zoek, waarden),
        *_soort(filter, waarden),
    ]
    delen = []
    for nummer, code in enumerate(sorted(filter.afdelingen)):
        waarden[f"code{nummer}"] = code
        delen.append(
            _PER_AFDELING.format(code=f"%(code{nummer})s", alias=f"d{nummer}", welke=" ".join(voorwaarden))
        )
    return _Vraag(sql=_WERKVOORRAAD.format(delen=" UNION ALL ".join(delen)), waarden=waarden)


def _wie(filter: WerkFilter, waarden: dict[str, Any]) -> list[str]:
    if filter.behandelaar_id is not None:
        waarden["behandelaar"] = filter.behandelaar_id
        return ["AND z.behandelaar_id = %(behandelaar)s"]
    return ["AND z.behandelaar_id IS NULL"] if filter.niet_toegewezen else []


def _zoek(zoek: str, waarden: dict[str, Any]) -> list[str]:
    if _ZAAKNUMMER.fullmatch(zoek.strip()):
        # A whole number is found by its index; the pattern below has to look at every open zaak.
        waarden["zoek"] = zoek.strip().upper()
        return ["AND z.identificatie = %(zoek)s"]
    woorden = {f"zoek{nummer}": patroon for nummer, patroon in enumerate(like_patterns(zoek))}
    if not woorden:
        return []
    waarden |= woorden | {"naam": naam_sleutel(zoek)}
    return [_TEKST_OF_NAAM.format(tekst=" AND ".join(_WOORD.format(naam=naam) for naam in woorden))]


def _soort(filter: WerkFilter, waarden: dict[str, Any]) -> list[str]:
    """Kind of zaak, how far it is, and how its term stands."""
    delen = []
    if filter.zaaktypen:
        namen = []
        for nummer, zaaktype in enumerate(sorted(filter.zaaktypen)):
            waarden[f"zaaktype{nummer}"] = zaaktype
            namen.append(f"%(zaaktype{nummer})s")
        delen.append(_ZAAKTYPEN.format(namen=", ".join(namen)))
    if filter.badge is not None:
        waarden["badge"] = filter.badge.value
        delen.append(
            "AND z.statustype_id IN (SELECT s.id FROM register_statustype s WHERE s.badge = %(badge)s)"
        )
    if filter.termijn is not None:
        dag = vandaag()
        waarden |= {"vandaag": dag, "week": dag + timedelta(days=DICHTBIJ_DAGEN)}
        delen.append(_TERMIJN[filter.termijn])
    return delen


def count_werk(afdelingen: frozenset[str], medewerker_id: int, zaaktypen: frozenset[str]) -> WerkTellingen:
    """One query. Each count stops at werk.TELLEN_TOT, so that a large municipality does not wait for it."""
    if not afdelingen:
        return WerkTellingen(mijn=0, afdeling=0, niet_toegewezen=0)
    waarden: dict[str, Any] = {"medewerker": medewerker_id, "tot": TELLEN_TOT}
    codes = []
    for nummer, code in enumerate(sorted(afdelingen)):
        waarden[f"code{nummer}"] = code
        codes.append(f"%(code{nummer})s")
    vast = " ".join(_soort(WerkFilter(afdelingen=afdelingen, zaaktypen=zaaktypen), waarden))
    tellingen = [
        _TELLING.format(codes=", ".join(codes), welke=f"{_NEED_TO_KNOW} {vast} {wie}")
        for wie in ("AND z.behandelaar_id = %(medewerker)s", "", "AND z.behandelaar_id IS NULL")
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(tellingen)}", waarden)
        mijn, afdeling, niet_toegewezen = cursor.fetchone()
    return WerkTellingen(mijn=mijn, afdeling=afdeling, niet_toegewezen=niet_toegewezen)


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
