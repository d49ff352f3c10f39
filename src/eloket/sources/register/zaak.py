"""Reads one whole zaak, in four queries written in SQL: it is read by every page and every change, and building the
same queries with the ORM costs ten times as much as the database takes to answer them.
"""

import json
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from eloket.identity.niveaus import Zekerheid
from eloket.kernel.crypto import vault
from eloket.sources.register.queries import as_date, parse_id, ref_of
from eloket.zaken.errors import ZaakNietGevonden
from eloket.zaken.ports import IsVoor
from eloket.zaken.types import (
    DOCUMENTTYPEN,
    Aandacht,
    Archiefnominatie,
    Badge,
    Betrokkene,
    Kanaal,
    Opschorting,
    Status,
    StatusType,
    Verlenging,
    VoorWie,
    Zaak,
)

_Rij = Sequence[Any]
_Rijen = Sequence[_Rij]
_ZAAK = """
SELECT z.identificatie, z.omschrijving, z.toelichting, t.identificatie, t.omschrijving, t.doorlooptijd_dagen,
       t.resultaattypen, a.code, a.naam, z.behandelaar_id, m.naam, z.startdatum, z.registratiedatum,
       z.uiterlijke_einddatum, z.einddatum, z.resultaat, z.opgeschort_sinds, z.opgeschort_reden,
       s.volgnummer, s.badge, z.nieuw_bericht_sinds, z.nieuw_document_sinds,
       z.kanaal, z.heropend_op, z.is_afgeschermd, t.documenttypen, t.verwijder_locatie, t.zekerheid,
       z.archiefnominatie, z.archiefactiedatum, t.verlenging_maanden, z.verlengd_op, z.verlengd_reden,
       z.versie, z.zaaktype_id, n.medewerker_id
FROM register_zaak z
JOIN register_zaaktype t ON t.id = z.zaaktype_id
JOIN register_statustype s ON s.id = z.statustype_id
JOIN identity_afdeling a ON a.id = z.afdeling_id
LEFT JOIN identity_medewerker m ON m.id = z.behandelaar_id
LEFT JOIN register_toegang n ON n.zaak_id = z.id AND z.is_afgeschermd
WHERE z.id = %s
"""
_STAPPEN = """
SELECT t.volgnummer, t.omschrijving, t.statustekst, t.badge, t.is_eindstatus, t.informeren,
       s.datum_status_gezet, s.statustoelichting
FROM register_statustype t
LEFT JOIN register_status s ON s.statustype_id = t.id AND s.zaak_id = %s
WHERE t.zaaktype_id = %s
ORDER BY t.volgnummer
"""
_ROLLEN = """
SELECT omschrijving_generiek, betrokkene_key, vestiging_key, naam, is_onderneming
FROM register_rol WHERE zaak_id = %s ORDER BY id
"""
_AFGESCHERMD, _ZAAKTYPE = 24, 34  # where these stand in a row of _ZAAK
_EIGENSCHAPPEN = "SELECT naam, waarde FROM register_eigenschap WHERE zaak_id = %s ORDER BY id"


def get_zaak(zaak_id: str, is_voor: IsVoor | None = None) -> Zaak:
    """See ports.ZaakBron. Who it is for takes two queries, whether it is there or not; a need-to-know zaak comes once
    for each civil servant who may see it."""
    sleutel = parse_id(zaak_id)
    kolom = sleutel.hex if connection.vendor == "sqlite" else str(sleutel)
    with connection.cursor() as cursor:
        cursor.execute(_ZAAK, [kolom])
        rijen = cursor.fetchall()
        cursor.execute(_ROLLEN, [kolom])
        rollen = cursor.fetchall()
        if not rijen:
            raise ZaakNietGevonden
        rij, toegang = rijen[0], _toegang(rijen)
        if is_voor is not None and not is_voor(_voor_wie(sleutel, rij, toegang, rollen)):
            raise ZaakNietGevonden
        cursor.execute(_STAPPEN, [kolom, rij[_ZAAKTYPE]])
        stappen = cursor.fetchall()
        cursor.execute(_EIGENSCHAPPEN, [kolom])
        eigenschappen = cursor.fetchall()
    return _zaak(sleutel, rij, toegang, (stappen, rollen, eigenschappen))


def _voor_wie(sleutel: uuid.UUID, rij: _Rij, toegang: frozenset[int] | None, rollen: _Rijen) -> VoorWie:
    return VoorWie(
        ref=ref_of(sleutel),
        afdeling=rij[7],
        zaaktype=rij[3],
        toegang=toegang,
        rollen=tuple((rol[1], rol[2]) for rol in rollen),
    )


def _toegang(rijen: _Rijen) -> frozenset[int] | None:
    """Who may see a zaak that is_afgeschermd; nobody in particular of one that is not."""
    return frozenset(rij[-1] for rij in rijen if rij[-1] is not None) if rijen[0][_AFGESCHERMD] else None


def _zaak(
    sleutel: uuid.UUID, rij: _Rij, toegang: frozenset[int] | None, delen: tuple[_Rijen, _Rijen, _Rijen]
) -> Zaak:
    stappen, rollen, eigenschappen = delen
    (
        identificatie, omschrijving, toelichting, zaaktype, zaaktype_omschrijving, doorlooptijd, resultaattypen,
        afdeling, afdeling_naam, behandelaar_id, behandelaar_naam, startdatum, registratiedatum, uiterlijk, einddatum,
        resultaat, sinds, reden, stap, badge, nieuw_bericht, nieuw_document, kanaal, heropend_op, _,
        documenttypen, locatie, zekerheid, nominatie, actiedatum, maanden, verlengd_op, verlengd_reden, versie, _, _,
    ) = rij  # fmt: skip
    return Zaak(
        ref=ref_of(sleutel),
        identificatie=identificatie,
        omschrijving=omschrijving,
        toelichting=_plain(toelichting),
        zaaktype=zaaktype,
        zaaktype_omschrijving=zaaktype_omschrijving,
        afdeling=afdeling,
        afdeling_naam=afdeling_naam,
        behandelaar_id=behandelaar_id,
        behandelaar_naam=behandelaar_naam or "",
        startdatum=as_date(startdatum),
        registratiedatum=_as_moment(registratiedatum),
        doorlooptijd_dagen=doorlooptijd,
        uiterlijke_einddatum=as_date(uiterlijk),
        einddatum=as_date(einddatum) if einddatum else None,
        resultaat=resultaat,
        opschorting=Opschorting(reden=_plain(reden), sinds=as_date(sinds)) if sinds else None,
        stap=stap,
        badge=Badge(badge),
        statustypen=tuple(map(_statustype, stappen)),
        resultaattypen=tuple(json.loads(resultaattypen)),
        statussen=tuple(_status(deel) for deel in stappen if deel[6] is not None),
        kenmerken=tuple((naam, _plain(waarde)) for naam, waarde in eigenschappen),
        betrokkenen=tuple(map(_betrokkene, rollen)),
        aandacht=_aandacht(bericht=bool(nieuw_bericht), document=bool(nieuw_document)),
        nieuw_bericht_sinds=_as_moment(nieuw_bericht) if nieuw_bericht else None,
        nieuw_document_sinds=_as_moment(nieuw_document) if nieuw_document else None,
        versie=versie,
        toegang=toegang,
        kanaal=Kanaal(kanaal),
        heropend_op=_as_moment(heropend_op) if heropend_op else None,
        documenttypen=tuple(json.loads(documenttypen)) or DOCUMENTTYPEN,
        verwijder_locatie=bool(locatie),
        zekerheid=Zekerheid(zekerheid) if zekerheid else None,
        verlenging_maanden=maanden or 0,
        verlenging=Verlenging(_plain(verlengd_reden), as_date(verlengd_op)) if verlengd_op else None,
        archiefnominatie=Archiefnominatie(nominatie) if nominatie else None,
        archiefactiedatum=as_date(actiedatum) if actiedatum else None,
    )


def _aandacht(*, bericht: bool, document: bool) -> frozenset[Aandacht]:
    """What is new."""
    return frozenset(
        soort for soort, is_nieuw in ((Aandacht.BERICHT, bericht), (Aandacht.DOCUMENT, document)) if is_nieuw
    )


def _statustype(rij: Sequence[Any]) -> StatusType:
    volgnummer, omschrijving, statustekst, badge, is_eindstatus, informeren, _, _ = rij
    return StatusType(
        volgnummer=volgnummer,
        omschrijving=omschrijving,
        statustekst=statustekst,
        badge=Badge(badge),
        is_eindstatus=bool(is_eindstatus),
        informeren=bool(informeren),
    )


def _status(rij: Sequence[Any]) -> Status:
    return Status(
        volgnummer=rij[0],
        omschrijving=rij[1],
        datum_status_gezet=_as_moment(rij[6]),
        statustoelichting=_plain(rij[7]),
    )


def _betrokkene(rij: Sequence[Any]) -> Betrokkene:
    roltype, key, vestiging_key, naam, is_onderneming = rij
    return Betrokkene(
        roltype=roltype,
        key=key,
        vestiging_key=vestiging_key,
        naam=_plain(naam),
        is_onderneming=bool(is_onderneming),
    )


def _plain(tekst: str) -> str:
    """The text of an EncryptedTextField, which keeps an empty text as it is."""
    return vault().decrypt(tekst) if tekst else ""


def _as_moment(waarde: datetime | str) -> datetime:
    """A moment column of plain SQL, in UTC; SQLite keeps it as text without a zone."""
    moment = waarde if isinstance(waarde, datetime) else datetime.fromisoformat(waarde)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
