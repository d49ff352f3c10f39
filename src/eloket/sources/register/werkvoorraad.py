"""The work list of a civil servant: zaken of some afdelingen, in a query that walks an index.

An index can only keep the order within one afdeling (and zaaktype, and group), so each gives its own first lines, and
the database merges those few. One line more than asked tells whether there is a next page; nothing is counted.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import connection

from eloket.kernel.crypto import vault
from eloket.sources.register.queries import as_date, ref_of
from eloket.sources.register.werkfilter import (
    NEED_TO_KNOW,
    Zoekvraag,
    narrow,
    search_name,
    search_number,
    search_text,
)
from eloket.zaken.types import Badge
from eloket.zaken.werk import TELLEN_TOT, WerkFilter, Werkitem, WerkTellingen, Werkvoorraad

_KOLOMMEN = """z.id, z.identificatie, z.omschrijving, z.startdatum, z.uiterlijke_einddatum, z.einddatum,
           z.rang, z.opgeschort_sinds, z.nieuw_bericht_sinds, z.nieuw_document_sinds, z.badge,
           z.zaaktype_id, z.behandelaar_id"""
_LOPEND = "{t}rang, {t}uiterlijke_einddatum, {t}identificatie"
_AFGEROND = "{t}einddatum DESC, {t}identificatie DESC"
_DEEL = """
SELECT * FROM (
    SELECT {kolommen} FROM {bron} WHERE {deel} {vast} ORDER BY {volgorde} LIMIT %(genoeg)s
) {alias}
"""
_ZAAK = "register_zaak z"
# CROSS JOIN: SQLite keeps this order, and so begins with the rows of the name.
_ZAAK_MET_NAAM = """(SELECT DISTINCT k.zaak_id FROM register_naam k WHERE k.sleutel = %(naam)s {waar}) n
    CROSS JOIN register_zaak z"""
_NAAM_OPEN = "AND k.open_bij_id IN (SELECT a.id FROM identity_afdeling a WHERE a.code IN ({codes}))"
_WERKVOORRAAD = """
WITH gekozen AS (
    SELECT * FROM ({delen}) samen ORDER BY {volgorde} LIMIT %(limit)s OFFSET %(offset)s
)
SELECT g.id, g.identificatie, g.omschrijving, t.omschrijving, r.naam, g.behandelaar_id, m.naam, g.badge, g.startdatum,
       g.uiterlijke_einddatum, g.nieuw_bericht_sinds IS NOT NULL, g.nieuw_document_sinds IS NOT NULL,
       g.opgeschort_sinds, g.einddatum
FROM gekozen g
JOIN register_zaaktype t ON t.id = g.zaaktype_id
LEFT JOIN register_rol r ON r.zaak_id = g.id AND r.omschrijving_generiek = 'initiator'
LEFT JOIN identity_medewerker m ON m.id = g.behandelaar_id
ORDER BY {volgorde_g}
"""
_TELLING = """(SELECT count(*) FROM (
    SELECT 1 FROM register_zaak z
    WHERE z.einddatum IS NULL
      AND z.afdeling_id IN (SELECT a.id FROM identity_afdeling a WHERE a.code IN ({codes})) {welke}
    LIMIT %(tot)s
) geteld)"""
_VAN_ZAAKTYPEN = """AND z.zaaktype_id IN (
    SELECT t.id FROM register_zaaktype t WHERE t.identificatie IN ({namen})
)"""


def list_werkvoorraad(filter: WerkFilter) -> Werkvoorraad:
    """One query; one more when it names zaaktypen, and one or two more to search for a name first."""
    vraag = narrow(filter) if filter.afdelingen else None
    if vraag is None:
        return Werkvoorraad(items=(), heeft_meer=False)
    if search_number(vraag, filter):
        return _fetch(vraag, filter)
    if filter.zoek.strip() and not filter.alleen_onderwerp:
        naam = search_name(vraag, filter)
        gevonden = _fetch(naam, filter, bron=_named(naam, filter))
        if gevonden.items or (filter.offset and _is_named(naam, filter)):
            return replace(gevonden, op_naam=True)
    search_text(vraag, filter.zoek)
    return _fetch(vraag, filter)


def _fetch(vraag: Zoekvraag, filter: WerkFilter, *, bron: str = _ZAAK) -> Werkvoorraad:
    waarden = vraag.waarden | {
        "limit": filter.limit + 1,
        "offset": filter.offset,
        "genoeg": filter.offset + filter.limit + 1,
    }
    volgorde = _AFGEROND if filter.is_open is False else _LOPEND
    sql = _WERKVOORRAAD.format(
        delen=" UNION ALL ".join(_parts(vraag, volgorde, bron)),
        volgorde=volgorde.format(t=""),
        volgorde_g=volgorde.format(t="g."),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, waarden)
        rijen = cursor.fetchall()
    return Werkvoorraad(
        items=tuple(_item(rij) for rij in rijen[: filter.limit]),
        heeft_meer=len(rijen) > filter.limit,
    )


def _parts(vraag: Zoekvraag, volgorde: str, bron: str) -> list[str]:
    return [
        _DEEL.format(
            kolommen=_KOLOMMEN,
            bron=bron,
            deel=deel,
            vast=" ".join(vraag.vast),
            volgorde=volgorde.format(t="z."),
            alias=f"d{nummer}",
        )
        for nummer, deel in enumerate(vraag.delen)
    ]


def _named(vraag: Zoekvraag, filter: WerkFilter) -> str:
    """The zaken of who is called so; of open ones only those of the afdelingen."""
    codes = ", ".join(f"%(code{plek})s" for plek in range(len(filter.afdelingen)))
    vraag.vast.append("AND z.id = n.zaak_id")
    return _ZAAK_MET_NAAM.format(waar=_NAAM_OPEN.format(codes=codes) if filter.is_open else "")


def _is_named(vraag: Zoekvraag, filter: WerkFilter) -> bool:
    """Whether the first page of this name holds anything: a page beyond the last one does not turn to the subjects."""
    eerste = replace(filter, limit=1, offset=0)
    return bool(_fetch(vraag, eerste, bron=_named(vraag, eerste)).items)


def count_werk(afdelingen: frozenset[str], medewerker_id: int, zaaktypen: frozenset[str]) -> WerkTellingen:
    """One query. Each count stops at werk.TELLEN_TOT, so that a large municipality does not wait for it."""
    if not afdelingen:
        return WerkTellingen(mijn=0, afdeling=0, niet_toegewezen=0)
    vraag = Zoekvraag({"medewerker": medewerker_id, "tot": TELLEN_TOT})
    codes = ", ".join(vraag.parameters("code", sorted(afdelingen)))
    namen = ", ".join(vraag.parameters("zaaktype", sorted(zaaktypen)))
    vast = NEED_TO_KNOW + (_VAN_ZAAKTYPEN.format(namen=namen) if namen else "")
    tellingen = [
        _TELLING.format(codes=codes, welke=f"{vast} {wie}")
        for wie in ("AND z.behandelaar_id = %(medewerker)s", "", "AND z.behandelaar_id IS NULL")
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(tellingen)}", vraag.waarden)
        mijn, afdeling, niet_toegewezen = cursor.fetchone()
    return WerkTellingen(mijn=mijn, afdeling=afdeling, niet_toegewezen=niet_toegewezen)


def _item(rij: Sequence[Any]) -> Werkitem:
    (
        zaak_id, identificatie, omschrijving, zaaktype_omschrijving, aanvrager, behandelaar_id, behandelaar_naam,
        badge, startdatum, uiterlijk, nieuw_bericht, nieuw_document, opgeschort_sinds, einddatum,
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
        opgeschort_sinds=as_date(opgeschort_sinds) if opgeschort_sinds else None,
        einddatum=as_date(einddatum) if einddatum else None,
    )
