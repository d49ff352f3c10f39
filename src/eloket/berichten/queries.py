"""Reads: the conversations of a zaak, all conversations of a party, and how much is unread."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, Value, When

from eloket.berichten.access import van
from eloket.berichten.bijlagen import list_bijlagen
from eloket.berichten.concepten import get_concept
from eloket.berichten.errors import GesprekNietGevonden
from eloket.berichten.models import Bericht, GesprekRegel
from eloket.berichten.types import BerichtInzage, Bijlage, Gesprek, GesprekInzage
from eloket.identity.actor import partij_of
from eloket.identity.niveaus import is_sure_enough
from eloket.identity.types import Actor, Partij
from eloket.kernel.compiled import CompiledQuery
from eloket.zaken.queries import samenvat
from eloket.zaken.types import ZaakRef

__all__ = [
    "count_gesprekken",
    "count_ongelezen",
    "get_concept",
    "get_gesprek",
    "list_berichten",
    "list_gesprekken",
    "list_gesprekken_van_zaak",
    "list_ids_van_gemeente",
    "van",
]

_ONGELEZEN = Q(is_van_gemeente=True, gelezen_op=None)


def _list(**welke: str) -> "QuerySet[Bericht, Any]":
    return Bericht.objects.filter(**welke).order_by("-verzonden_op", "-id").values_list()


def _count_unread(**wie: str) -> "QuerySet[Bericht, Any]":
    # Grouped, because that is how a count is a row of a queryset; no row means none.
    ongelezen = Bericht.objects.filter(_ONGELEZEN, **wie).values("betrokkene_key").order_by()
    return ongelezen.annotate(aantal=Count("id")).values_list("aantal")


_ALLE = CompiledQuery(lambda ref: _list(zaak_ref=ref), arguments=1)
_VAN_PARTIJ = CompiledQuery(lambda ref, key: _list(zaak_ref=ref, betrokkene_key=key), arguments=2)
_VAN_VESTIGING = CompiledQuery(
    lambda ref, key, vestiging: _list(zaak_ref=ref, betrokkene_key=key, vestiging_key=vestiging), arguments=3
)
_AANTAL = CompiledQuery(lambda key: _count_unread(betrokkene_key=key), arguments=1)
_AANTAL_VESTIGING = CompiledQuery(
    lambda key, vestiging: _count_unread(betrokkene_key=key, vestiging_key=vestiging), arguments=2
)


def list_berichten(ref: ZaakRef, *, partij: Partij | None) -> tuple[BerichtInzage, ...]:
    """All messages of a zaak, newest first; only the party's own side of it, or (None, for staff) all of it.

    One query; with attachments two more. The caller has passed zaken.access.
    """
    if partij is None:
        rijen = _ALLE(str(ref))
    elif partij.vestiging_key:
        rijen = _VAN_VESTIGING(str(ref), partij.key, partij.vestiging_key)
    else:
        rijen = _VAN_PARTIJ(str(ref), partij.key)
    berichten = [Bericht(*rij) for rij in rijen]  # type: ignore[misc]  # a row has every field, in order
    bijlagen = list_bijlagen(ref, berichten)
    return tuple(inzage(rij, bijlagen.get(str(rij.id), ())) for rij in berichten)


def list_gesprekken_van_zaak(ref: ZaakRef, *, partij: Partij | None) -> tuple[GesprekInzage, ...]:
    """The conversations of a zaak with all their messages, the latest conversation first; of the party's own side, or
    (None, for staff) all of them. Two queries; with attachments two more. The caller has passed zaken.access.
    """
    per_gesprek: dict[str, list[BerichtInzage]] = {}
    for bericht in list_berichten(ref, partij=partij):
        per_gesprek.setdefault(bericht.gesprek_id, []).append(bericht)
    if not per_gesprek:
        return ()
    regels = {str(rij.pk): rij for rij in GesprekRegel.objects.filter(zaak_ref=str(ref), pk__in=per_gesprek)}
    # Of messages that are newest first, the first of each conversation comes in the order of the conversations.
    return tuple(
        GesprekInzage(
            id=sleutel,
            zaak_ref=ref,
            onderwerp=regels[sleutel].onderwerp,
            is_van_gemeente=regels[sleutel].is_van_gemeente,
            berichten=tuple(berichten),
            ongelezen=sum(not b.is_gelezen and b.is_van_gemeente is (partij is not None) for b in berichten),
            betrokkene_key=regels[sleutel].betrokkene_key,
            vestiging_key=regels[sleutel].vestiging_key,
        )
        for sleutel, berichten in per_gesprek.items()
    )


def get_gesprek(ref: ZaakRef, gesprek_id: str, *, partij: Partij | None) -> GesprekInzage:
    """One of `list_gesprekken_van_zaak`. Raises GesprekNietGevonden."""
    gevonden = next(
        (een for een in list_gesprekken_van_zaak(ref, partij=partij) if een.id == gesprek_id), None
    )
    if gevonden is None:
        raise GesprekNietGevonden
    return gevonden


def find_bericht_ids(ids: Collection[str]) -> frozenset[str]:
    """Those of these ids that are of a message."""
    if not ids:
        return frozenset()
    return frozenset(map(str, Bericht.objects.filter(pk__in=ids).values_list("pk", flat=True)))


def list_ids_van_gemeente(van: datetime, tot: datetime) -> Iterator[str]:
    """The ids of the messages that the municipality sent in this period, one at a time: there may be very many."""
    rijen = Bericht.objects.filter(is_van_gemeente=True, verzonden_op__gte=van, verzonden_op__lt=tot)
    return map(str, rijen.values_list("pk", flat=True).iterator())


def list_gesprekken(actor: Actor, *, offset: int = 0, limit: int = 20) -> tuple[Gesprek, ...]:
    """One line per conversation of the party that this actor acts for: those with something unread first, then the
    newest first. Of a zaak that is for a higher level only that there is a conversation. Raises BronOnbereikbaar.
    """
    partij = partij_of(actor)
    groepen = list(
        GesprekRegel.objects.filter(**van(partij))
        .annotate(
            laatst=Max("berichten__verzonden_op"),
            aantal=Count("berichten"),
            ongelezen=Count(
                "berichten", filter=Q(berichten__is_van_gemeente=True, berichten__gelezen_op=None)
            ),
        )
        .annotate(
            rang=Case(When(ongelezen__gt=0, then=Value(0)), default=Value(1), output_field=IntegerField())
        )
        .order_by("rang", "-laatst", "-pk")[offset : offset + limit]
    )
    regels = make_regels(groepen, [(rij.aantal, rij.ongelezen, False) for rij in groepen])
    return tuple(een if is_sure_enough(actor.zekerheid, een.zekerheid) else _protect(een) for een in regels)


def _protect(gesprek: Gesprek) -> Gesprek:
    return replace(
        gesprek,
        onderwerp="Een gesprek over deze zaak",
        laatste=replace(gesprek.laatste, tekst=""),
        is_beschermd=True,
    )


def make_regels(
    rijen: Sequence[GesprekRegel], tellingen: Sequence[tuple[int, int, bool]]
) -> tuple[Gesprek, ...]:
    """Lines for these conversations, each with (messages, unread, is_waarneming). Two queries. Raises
    BronOnbereikbaar."""
    refs = tuple(ZaakRef.parse(rij.zaak_ref) for rij in rijen)
    laatste = _newest(rijen)
    namen = samenvat(tuple(dict.fromkeys(refs)))
    return tuple(
        Gesprek(
            id=str(rij.pk),
            onderwerp=rij.onderwerp,
            zaak_ref=ref,
            zaak_omschrijving=namen[ref].omschrijving if ref in namen else "",
            zaak_identificatie=namen[ref].identificatie if ref in namen else "",
            zekerheid=namen[ref].zekerheid if ref in namen else None,
            laatste=laatste[rij.pk],
            aantal=aantal,
            ongelezen=ongelezen,
            is_waarneming=is_waarneming,
        )
        for rij, ref, (aantal, ongelezen, is_waarneming) in zip(rijen, refs, tellingen, strict=True)
    )


def _newest(rijen: Sequence[GesprekRegel]) -> dict[UUID, BerichtInzage]:
    """The last message of each of these conversations."""
    laatste = (
        Bericht.objects.filter(gesprek__in=[rij.pk for rij in rijen])
        .annotate(nieuwste=Max("gesprek__berichten__verzonden_op"))
        .filter(verzonden_op=F("nieuwste"))
        .order_by("verzonden_op", "id")
    )
    return {rij.gesprek_id: inzage(rij) for rij in laatste}


def count_gesprekken(partij: Partij) -> int:
    return GesprekRegel.objects.filter(**van(partij)).count()


def count_ongelezen(partij: Partij) -> int:
    """Messages from the municipality that the party has not opened yet."""
    rijen = (
        _AANTAL_VESTIGING(partij.key, partij.vestiging_key) if partij.vestiging_key else _AANTAL(partij.key)
    )
    return sum(rij[0] for rij in rijen)


def inzage(rij: Bericht, bijlagen: Iterable[Bijlage] = ()) -> BerichtInzage:
    return BerichtInzage(
        id=str(rij.id),
        zaak_ref=ZaakRef.parse(rij.zaak_ref),
        is_van_gemeente=rij.is_van_gemeente,
        afzender_naam=rij.afzender_naam,
        tekst=rij.tekst,
        verzonden_op=rij.verzonden_op,
        is_gelezen=rij.gelezen_op is not None,
        gesprek_id=str(rij.gesprek_id),
        bijlagen=tuple(bijlagen),
    )
