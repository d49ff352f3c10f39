"""Reads of lists: the zaken of a resident, and the names of some. Each is one query, written in SQL: page and totals
come in one round trip, in the same words on SQLite and PostgreSQL.
"""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q

from eloket.identity.niveaus import Zekerheid
from eloket.identity.types import Partij
from eloket.sources.register.models import Rol, Toegang, Zaak, ZaakType
from eloket.sources.register.zoeken import like_patterns
from eloket.zaken.errors import BetrokkeneNietGevonden, ZaakNietGevonden, ZaakTypeOnbekend
from eloket.zaken.types import Aandacht, Badge, ZaakFilter, ZaakNaam, ZaakRef, ZaakSamenvatting, ZakenDeel
from eloket.zaken.werk import Afgeschermd, WerkFilter, ZaakTypeInzage
from eloket.zaken.zaaknummer import spellings

NAAM = "register"
_ZAAKTYPE = ("identificatie", "omschrijving", "afdeling__code", "verwijder_locatie", "zekerheid")

_LIST_ZAKEN = """
WITH mijn AS (
    SELECT z.id, z.identificatie, z.omschrijving, z.startdatum, z.einddatum, z.uiterlijke_einddatum,
           z.zaaktype_id, z.statustype_id, z.zoektekst
    FROM register_zaak z
    WHERE z.id IN (
        SELECT r.zaak_id FROM register_rol r
        WHERE r.betrokkene_key = %(key)s AND (%(vestiging)s = '' OR r.vestiging_key = %(vestiging)s)
    )
), gevraagd AS (
    SELECT * FROM mijn
    WHERE (einddatum IS NULL) = %(is_open)s {zoek}
)
SELECT (SELECT count(*) FROM gevraagd), (SELECT count(*) FROM mijn WHERE einddatum IS NULL),
       (SELECT count(*) FROM mijn), p.*
FROM (SELECT 1 AS altijd) een LEFT JOIN (
    SELECT g.id, g.identificatie, g.omschrijving, g.startdatum, g.einddatum, g.uiterlijke_einddatum,
           s.volgnummer, s.badge, t.stappen
    FROM gevraagd g
    JOIN register_statustype s ON s.id = g.statustype_id
    JOIN register_zaaktype t ON t.id = g.zaaktype_id
    ORDER BY g.startdatum DESC, g.identificatie DESC
    LIMIT %(limit)s OFFSET %(offset)s
) p ON een.altijd = 1
ORDER BY p.startdatum DESC, p.identificatie DESC
"""
_WOORD = r"AND zoektekst LIKE %({naam})s ESCAPE '\'"


def list_zaken(partij: Partij, filter: ZaakFilter) -> ZakenDeel:
    """One query: the page, how many match, and the totals of both tabs."""
    waarden: dict[str, str | int] = {
        "key": partij.key,
        "vestiging": partij.vestiging_key,
        "is_open": filter.is_open,
        "limit": filter.limit,
        "offset": filter.offset,
    }
    woorden = {f"zoek{nummer}": patroon for nummer, patroon in enumerate(like_patterns(filter.zoek))}
    waarden |= woorden
    sql = _LIST_ZAKEN.format(zoek=" ".join(_WOORD.format(naam=naam) for naam in woorden))
    with connection.cursor() as cursor:
        cursor.execute(sql, waarden)
        rijen = cursor.fetchall()
    aantal, lopend, alle = rijen[0][:3]
    zaken = tuple(_samenvatting(rij[3:]) for rij in rijen if rij[3] is not None)
    return ZakenDeel(zaken=zaken, aantal=aantal, lopend=lopend, afgerond=alle - lopend)


def find_zaak(identificatie: str) -> ZaakRef:
    """By zaaknummer, in capitals or not. Raises ZaakNietGevonden."""
    gezocht = spellings(identificatie.replace("\x00", ""))
    gevonden = dict(Zaak.objects.filter(identificatie__in=gezocht).values_list("identificatie", "pk"))
    for nummer in gezocht:
        if nummer in gevonden:
            return ref_of(gevonden[nummer])
    raise ZaakNietGevonden


def get_partij(zaak_id: str, profiel_key: str) -> Partij:
    """The betrokkene with this key, or (for that of a business of which it is a branch) the business.

    Raises BetrokkeneNietGevonden, ZaakNietGevonden.
    """
    sleutel = parse_id(zaak_id)
    van = Q(betrokkene_key=profiel_key) | Q(vestiging_key=profiel_key)
    rol = Rol.objects.filter(van, zaak=sleutel).order_by("pk").first() if profiel_key else None
    if rol is None:
        if not Zaak.objects.filter(pk=sleutel).exists():
            raise ZaakNietGevonden
        raise BetrokkeneNietGevonden
    if not rol.is_onderneming:
        return Partij.inwoner(rol.nummer)
    is_vestiging = rol.vestiging_key == profiel_key
    return Partij.onderneming(rol.nummer, rol.vestigingsnummer if is_vestiging else "")


def list_rollen(profiel_key: str, *, limit: int) -> tuple[tuple[ZaakRef, str], ...]:
    """By the key of the betrokkene or of their branch: an index for each. The id of a zaak is in the order of time."""
    if not profiel_key:
        return ()
    van = Q(betrokkene_key=profiel_key) | Q(vestiging_key=profiel_key)
    rijen = Rol.objects.filter(van).order_by("-zaak_id", "-pk").values_list("zaak_id", "vestiging_key")
    return tuple((ref_of(zaak_id), vestiging_key) for zaak_id, vestiging_key in rijen[:limit])


def list_zaaktypen(afdelingen: frozenset[str]) -> tuple[ZaakTypeInzage, ...]:
    """What can be started now, by omschrijving."""
    rijen = ZaakType.objects.filter(einde_geldigheid=None, afdeling__code__in=afdelingen)
    kolommen = rijen.order_by("omschrijving").values_list(*_ZAAKTYPE)
    return tuple(_zaaktype(*kolom) for kolom in kolommen)


def get_zaaktype(identificatie: str) -> ZaakTypeInzage:
    """What counts today. Raises ZaakTypeOnbekend."""
    rij = (
        ZaakType.objects.filter(einde_geldigheid=None, identificatie=identificatie)
        .values_list(*_ZAAKTYPE)
        .first()
    )
    if rij is None:
        raise ZaakTypeOnbekend
    return _zaaktype(*rij)


def _samenvatting(rij: Sequence[Any]) -> ZaakSamenvatting:
    zaak_id, identificatie, omschrijving, startdatum, einddatum, uiterlijk, volgnummer, badge, stappen = rij
    return ZaakSamenvatting(
        ref=ref_of(zaak_id),
        identificatie=identificatie,
        omschrijving=omschrijving,
        startdatum=as_date(startdatum),
        einddatum=as_date(einddatum) if einddatum else None,
        stap=volgnummer,
        stappen=stappen,
        badge=Badge(badge),
        uiterlijke_einddatum=as_date(uiterlijk),
    )


def ref_of(zaak_id: uuid.UUID | str) -> ZaakRef:
    """The reference of a row; SQLite hands ids out as 32 hex digits, PostgreSQL as UUID."""
    return ZaakRef(bron=NAAM, id=str(zaak_id if isinstance(zaak_id, uuid.UUID) else uuid.UUID(zaak_id)))


def as_date(waarde: date | str) -> date:
    """A date column of plain SQL; SQLite keeps it as text."""
    return waarde if isinstance(waarde, date) else date.fromisoformat(waarde)


def parse_id(zaak_id: str) -> uuid.UUID:
    """The key of the row, from the only spelling that we give out. Raises ZaakNietGevonden."""
    try:
        sleutel = uuid.UUID(zaak_id)
    except ValueError:
        raise ZaakNietGevonden from None
    if str(sleutel) != zaak_id:
        raise ZaakNietGevonden
    return sleutel


AANDACHT_VELDEN = {Aandacht.BERICHT: "nieuw_bericht_sinds", Aandacht.DOCUMENT: "nieuw_document_sinds"}


def _zaaktype(
    identificatie: str, omschrijving: str, afdeling: str, verwijder_locatie: bool, zekerheid: str
) -> ZaakTypeInzage:
    return ZaakTypeInzage(identificatie, omschrijving, afdeling, verwijder_locatie, _zekerheid(zekerheid))


def _zekerheid(waarde: str) -> Zekerheid | None:
    return Zekerheid(waarde) if waarde else None


def samenvat(refs: tuple[ZaakRef, ...]) -> dict[ZaakRef, ZaakNaam]:
    """What the refs that exist here are called; no query when there are none to look up."""
    sleutels = _keys(refs)
    if not sleutels:
        return {}
    rijen = Zaak.objects.filter(pk__in=sleutels)
    return {
        ref_of(sleutel): ZaakNaam(omschrijving, identificatie, _zekerheid(zekerheid))
        for sleutel, omschrijving, identificatie, zekerheid in rijen.values_list(
            "id", "omschrijving", "identificatie", "zaaktype__zekerheid"
        )
    }


def find_behandelaars(refs: tuple[ZaakRef, ...], filter: WerkFilter) -> dict[ZaakRef, int | None]:
    """Who handles each of these, of what the filter lets through; no query when there are none to look up."""
    sleutels = _keys(refs)
    if not sleutels:
        return {}
    rijen = Zaak.objects.filter(pk__in=sleutels, afdeling__code__in=filter.afdelingen)
    if filter.zaaktypen:
        rijen = rijen.filter(zaaktype__identificatie__in=filter.zaaktypen)
    eigen = Toegang.objects.filter(medewerker_id=filter.medewerker_id or 0, zaak__in=sleutels)
    rijen = rijen.filter(Q(is_afgeschermd=False) | Q(pk__in=eigen.values("zaak")))
    return {ref_of(sleutel): wie for sleutel, wie in rijen.values_list("id", "behandelaar_id")}


def list_afgeschermd(afdelingen: frozenset[str]) -> tuple[Afgeschermd, ...]:
    """One query that walks the index of the need-to-know zaken, and one more when there are any."""
    if not afdelingen:
        return ()
    rijen = Zaak.objects.filter(is_afgeschermd=True, afdeling__code__in=afdelingen)
    rijen = rijen.filter(Q(einddatum=None) | Q(heeft_aandacht=True)).order_by("identificatie")
    zaken = list(rijen.values_list("id", "identificatie", "afdeling__code", "zaaktype__identificatie"))
    toegang: dict[uuid.UUID, set[int]] = {zaak[0]: set() for zaak in zaken}
    if zaken:
        for zaak_id, wie in Toegang.objects.filter(zaak__in=rijen.order_by()).values_list(
            "zaak_id", "medewerker_id"
        ):
            toegang[zaak_id].add(wie)
    return tuple(
        Afgeschermd(ref_of(zaak_id), identificatie, afdeling, zaaktype, frozenset(toegang[zaak_id]))
        for zaak_id, identificatie, afdeling, zaaktype in zaken
    )


def _keys(refs: tuple[ZaakRef, ...]) -> list[uuid.UUID]:
    sleutels: list[uuid.UUID] = []
    for ref in refs:
        try:
            sleutels.append(parse_id(ref.id))
        except ZaakNietGevonden:
            continue  # not a number of ours, so not a zaak of ours: the port asks for the known ones only
    return sleutels
