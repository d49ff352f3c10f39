"""Reads: lists of zaken, taken, and the timeline. No method here writes."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db.models import Count, QuerySet

from eloket.identity.actor import partij_of
from eloket.identity.niveaus import Zekerheid, is_sure_enough
from eloket.identity.types import Actor, Partij
from eloket.kernel.compiled import CompiledQuery
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import vandaag
from eloket.zaken.betrokkenen import is_van
from eloket.zaken.bronnen import alle, bron_voor
from eloket.zaken.errors import ZaakNietGevonden
from eloket.zaken.models import GebeurtenisRegel, Taak
from eloket.zaken.tijdlijn import Vastgelegd, text_for
from eloket.zaken.types import (
    Gebeurtenis,
    GebeurtenisSoort,
    TaakInzage,
    TaakSoort,
    TaakStand,
    Zaak,
    ZaakFilter,
    ZaakNaam,
    ZaakRef,
    ZaakSamenvatting,
    ZakenDeel,
    ZakenOverzicht,
)
from eloket.zaken.werk import WerkFilter, WerkTellingen, Werkvoorraad, ZaakTypeInzage
from eloket.zaken.zaaknummer import is_ours, may_be_zaaknummer

_NAAMLOOS = ZaakNaam("", "")


def list_zaken(partij: Partij, filter: ZaakFilter) -> ZakenOverzicht:
    """The zaken of a party over all sources, newest first.

    A source that fails is named in `onbereikbaar`, so that the page can say so. Raises BronOnbereikbaar only when
    every source failed.
    """
    bronnen = alle()
    if len(bronnen) == 1:
        return _overzicht([bronnen[0].list_zaken(partij, filter)], filter, offset=0, onbereikbaar=())
    ruim = ZaakFilter(is_open=filter.is_open, zoek=filter.zoek, offset=0, limit=filter.offset + filter.limit)
    delen: list[ZakenDeel] = []
    gemist: list[BronOnbereikbaar] = []
    for bron in bronnen:
        try:
            delen.append(bron.list_zaken(partij, ruim))
        except BronOnbereikbaar as error:
            gemist.append(error)
    if gemist and not delen:
        raise gemist[0]
    return _overzicht(delen, filter, offset=filter.offset, onbereikbaar=tuple(error.bron for error in gemist))


def _overzicht(
    delen: list[ZakenDeel], filter: ZaakFilter, *, offset: int, onbereikbaar: tuple[str, ...]
) -> ZakenOverzicht:
    zaken: list[ZaakSamenvatting] = list(chain.from_iterable(deel.zaken for deel in delen))
    if len(delen) > 1:
        zaken.sort(key=lambda zaak: (zaak.startdatum, zaak.identificatie), reverse=True)
    return ZakenOverzicht(
        zaken=tuple(zaken[offset : offset + filter.limit]),
        aantal=sum(deel.aantal for deel in delen),
        lopend=sum(deel.lopend for deel in delen),
        afgerond=sum(deel.afgerond for deel in delen),
        onbereikbaar=onbereikbaar,
    )


def list_werkvoorraad(actor: Actor, filter: WerkFilter) -> Werkvoorraad:
    """The work list, never beyond the actor's own afdelingen. A whole zaaknummer finds its zaak whatever else was
    asked, open or closed, of the actor's zaaktypen. Raises BronOnbereikbaar.
    """
    if may_be_zaaknummer(filter.zoek):
        op_nummer = WerkFilter(
            filter.afdelingen, nummer=filter.zoek, offset=filter.offset, limit=filter.limit, is_open=None
        )
        gevonden = _list_own(actor, op_nummer)
        if gevonden.items or is_ours(filter.zoek):
            return gevonden
    return _list_own(actor, filter)


def _list_own(actor: Actor, filter: WerkFilter) -> Werkvoorraad:
    eigen = replace(
        filter,
        afdelingen=filter.afdelingen & actor.afdelingen,
        zaaktypen=_own_zaaktypen(actor, filter.zaaktypen),
        medewerker_id=actor.medewerker_id,
    )
    return alle()[0].list_werkvoorraad(eigen)


def _own_zaaktypen(actor: Actor, gevraagd: frozenset[str]) -> frozenset[str]:
    """What was asked, within what the actor may see; to ask only for what they may not see gives nothing."""
    if not actor.zaaktypen:
        return gevraagd
    return (gevraagd & actor.zaaktypen or frozenset({""})) if gevraagd else actor.zaaktypen


def count_werk(actor: Actor) -> WerkTellingen:
    """How much stands in each of the actor's lists. Raises BronOnbereikbaar."""
    if actor.medewerker_id is None:
        return WerkTellingen(mijn=0, afdeling=0, niet_toegewezen=0)
    return alle()[0].count_werk(actor.afdelingen, actor.medewerker_id, actor.zaaktypen)


def list_zaaktypen(actor: Actor) -> tuple[ZaakTypeInzage, ...]:
    """What this civil servant can start for somebody. Raises BronOnbereikbaar."""
    gevonden = alle()[0].list_zaaktypen(actor.afdelingen)
    return tuple(een for een in gevonden if not actor.zaaktypen or een.identificatie in actor.zaaktypen)


def gevraagd_van(partij: Partij) -> dict[str, str]:
    """The filter for what was asked of this party; of its branch only, when the login is limited to one."""
    return {"betrokkene_key": partij.key} | (
        {"vestiging_key": partij.vestiging_key} if partij.vestiging_key else {}
    )


def is_gevraagd_van(partij: Partij | None, taak: Taak) -> bool:
    """Whether this was asked of the party (its branch, when the login is limited to one); None is staff: always."""
    return is_van(partij, taak.betrokkene_key, taak.vestiging_key)


def _count_open(**wie: str) -> "QuerySet[Taak, Any]":
    # Grouped, because that is how a count is a row of a queryset; no row means none.
    open_taken = Taak.objects.filter(**wie, vervuld_op=None).values("betrokkene_key").order_by()
    return open_taken.annotate(aantal=Count("id")).values_list("aantal")


_OPEN_TAKEN = CompiledQuery(lambda key: _count_open(betrokkene_key=key), arguments=1)
_OPEN_TAKEN_VESTIGING = CompiledQuery(
    lambda key, vestiging: _count_open(betrokkene_key=key, vestiging_key=vestiging), arguments=2
)
_TAKEN_VAN_ZAAK = CompiledQuery(lambda ref: Taak.objects.filter(zaak_ref=ref).values_list(), arguments=1)
_GEBEURTENISSEN = CompiledQuery(
    lambda ref: (
        GebeurtenisRegel.objects.filter(zaak_ref=ref)
        .order_by("moment", "id")
        .values_list(
            "soort", "moment", "tekst", "onderwerp", "voor_anderen", "betrokkene_key", "vestiging_key"
        )
    ),
    arguments=1,
)


def count_open_taken(partij: Partij) -> int:
    rijen = (
        _OPEN_TAKEN_VESTIGING(partij.key, partij.vestiging_key)
        if partij.vestiging_key
        else _OPEN_TAKEN(partij.key)
    )
    return sum(rij[0] for rij in rijen)


def list_open_taken(actor: Actor, *, limit: int = 100) -> tuple[TaakInzage, ...]:
    """What is asked of the party that this actor acts for, most urgent first; of a zaak that is for a higher level only
    that something is asked, and until when.
    """
    partij = partij_of(actor)
    rows = list(
        Taak.objects.filter(**gevraagd_van(partij), vervuld_op=None).order_by("deadline", "gevraagd_op")[
            :limit
        ]
    )
    return _protect(actor, _taken(rows))


def list_vervulde_taken(actor: Actor, *, limit: int = 20) -> tuple[TaakInzage, ...]:
    """What was delivered, the last first; protected as above."""
    partij = partij_of(actor)
    rows = (
        Taak.objects.filter(**gevraagd_van(partij)).exclude(vervuld_op=None).order_by("-vervuld_op")[:limit]
    )
    return _protect(actor, _taken(list(rows)))


def _protect(actor: Actor, taken: tuple[tuple[TaakInzage, Zekerheid | None], ...]) -> tuple[TaakInzage, ...]:
    return tuple(
        taak
        if is_sure_enough(actor.zekerheid, nodig)
        else replace(
            taak,
            titel="Een taak bij deze zaak",
            toelichting="",
            antwoord="",
            afkeurreden="",
            is_beschermd=True,
        )
        for taak, nodig in taken
    )


def list_taken_van_zaak(ref: ZaakRef, *, partij: Partij | None) -> tuple[TaakInzage, ...]:
    """The taken of one zaak, open ones first, most urgent first: those of this party, or (None, for staff) all.

    The caller has passed `access`. Another betrokkene of the same zaak never sees what was asked of somebody else.
    """
    alle = (Taak(*rij) for rij in _TAKEN_VAN_ZAAK(str(ref)))  # type: ignore[misc]  # a row has every field, in order
    rows = [taak for taak in alle if is_gevraagd_van(partij, taak)]
    rows.sort(key=lambda t: (t.vervuld_op is not None, t.deadline))
    return tuple(taak for taak, _ in _taken(rows, {ref: _NAAMLOOS}))


def find_wachtende_taken(ids: Collection[str]) -> frozenset[str]:
    """Those of these requests that still wait for an answer: not withdrawn, not delivered, in a zaak that is open. A
    call of the source per zaak. Raises BronOnbereikbaar."""
    if not ids:
        return frozenset()
    rijen = list(Taak.objects.filter(pk__in=ids, vervuld_op=None).values_list("pk", "zaak_ref"))
    is_open = {ref: _is_open(ZaakRef.parse(ref)) for _, ref in rijen}
    return frozenset(str(pk) for pk, ref in rijen if is_open[ref])


def _is_open(ref: ZaakRef) -> bool:
    try:
        return bron_voor(ref.bron).get_zaak(ref.id).is_open
    except ZaakNietGevonden:
        return False


def list_gevraagd_ids(van: datetime, tot: datetime) -> Iterator[str]:
    """The ids of what was asked of residents in this period, one at a time: there may be very many."""
    rijen = Taak.objects.filter(gevraagd_op__gte=van, gevraagd_op__lt=tot)
    return map(str, rijen.values_list("pk", flat=True).iterator())


def refs_met_open_taak(refs: tuple[ZaakRef, ...], partij: Partij) -> frozenset[ZaakRef]:
    """Which of these zaken wait for this party."""
    wachtend = Taak.objects.filter(**gevraagd_van(partij), vervuld_op=None)
    gevonden = wachtend.filter(zaak_ref__in=[str(ref) for ref in refs])
    return frozenset(ZaakRef.parse(ref) for ref in gevonden.values_list("zaak_ref", flat=True))


def _taken(
    rows: list[Taak], bekend: dict[ZaakRef, ZaakNaam] | None = None
) -> tuple[tuple[TaakInzage, Zekerheid | None], ...]:
    """Each with the level that its zaak is for."""
    refs = tuple({ZaakRef.parse(row.zaak_ref) for row in rows})
    namen = bekend if bekend is not None else samenvat(refs)
    dag = vandaag()
    zaken = [namen.get(ZaakRef.parse(row.zaak_ref), _NAAMLOOS) for row in rows]
    return tuple((_taak(row, zaak, dag), zaak.zekerheid) for row, zaak in zip(rows, zaken, strict=True))


def _taak(row: Taak, zaak: ZaakNaam, dag: date) -> TaakInzage:
    return TaakInzage(
        id=str(row.id),
        ref=ZaakRef.parse(row.zaak_ref),
        zaak_omschrijving=zaak.omschrijving,
        zaak_identificatie=zaak.identificatie,
        titel=row.titel,
        toelichting=row.toelichting,
        deadline=row.deadline,
        gevraagd_op=row.gevraagd_op,
        vervuld_op=row.vervuld_op,
        dagen_over=(row.deadline - dag).days,
        soort=TaakSoort(row.soort),
        stand=_stand(row),
        antwoord=row.antwoord,
        afkeurreden=row.afkeurreden,
        vervolg_van=str(row.vervolg_van_id or ""),
        formulier=row.formulier,
        verlengd_om=row.verlengd_om,
        betrokkene_key=row.betrokkene_key,
        vestiging_key=row.vestiging_key,
    )


def _stand(row: Taak) -> TaakStand:
    if row.oordeel:
        return TaakStand(row.oordeel)
    return TaakStand.ONTVANGEN if row.vervuld_op else TaakStand.GEVRAAGD


def samenvat(refs: tuple[ZaakRef, ...]) -> dict[ZaakRef, ZaakNaam]:
    """What each zaak is called, a call per source. Raises BronOnbereikbaar."""
    antwoord: dict[ZaakRef, ZaakNaam] = {}
    for naam in {ref.bron for ref in refs}:
        antwoord |= bron_voor(naam).samenvat(tuple(ref for ref in refs if ref.bron == naam))
    return antwoord


def find_behandelaars(actor: Actor, refs: tuple[ZaakRef, ...]) -> dict[ZaakRef, int | None]:
    """Who handles each of these zaken, open or closed; only those that this civil servant may see. A call per source.

    Raises BronOnbereikbaar.
    """
    binnen = WerkFilter(
        afdelingen=actor.afdelingen, zaaktypen=actor.zaaktypen, medewerker_id=actor.medewerker_id
    )
    antwoord: dict[ZaakRef, int | None] = {}
    for naam in {ref.bron for ref in refs}:
        antwoord |= bron_voor(naam).find_behandelaars(tuple(r for r in refs if r.bron == naam), binnen)
    return antwoord


def list_gebeurtenissen(zaak: Zaak, *, partij: Partij | None) -> tuple[Gebeurtenis, ...]:
    """The events of a zaak besides its statuses, oldest first, as this party, or (None) staff, reads them.

    The caller has passed `access`. Of another betrokkene of the same zaak: that a document came or went, and no more.
    """
    regels = []
    for naam, moment, tekst, onderwerp, voor_anderen, *van in _GEBEURTENISSEN(str(zaak.ref)):
        een = Vastgelegd(GebeurtenisSoort(naam), tekst, onderwerp, voor_anderen, (van[0], van[1]))
        if gelezen := text_for(partij, zaak, een):
            regels.append(Gebeurtenis(soort=een.soort, moment=moment, tekst=gelezen))
    return tuple(regels)
