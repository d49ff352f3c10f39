"""Reads: the conversation of a zaak, all conversations of a party, and how much is unread."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from eloket.berichten.models import Bericht
from eloket.berichten.types import BerichtInzage, Gesprek
from eloket.identity.types import Partij
from eloket.kernel.compiled import CompiledQuery
from eloket.zaken.queries import samenvat
from eloket.zaken.types import ZaakRef

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
    """The conversation of a zaak, newest first; only the party's own side of it, or (None, for staff) all of it.

    The caller has passed zaken.access.
    """
    if partij is None:
        rijen = _ALLE(str(ref))
    elif partij.vestiging_key:
        rijen = _VAN_VESTIGING(str(ref), partij.key, partij.vestiging_key)
    else:
        rijen = _VAN_PARTIJ(str(ref), partij.key)
    return tuple(_inzage(Bericht(*rij)) for rij in rijen)  # type: ignore[misc]  # a row has every field, in order


def list_gesprekken(partij: Partij, *, offset: int = 0, limit: int = 20) -> tuple[Gesprek, ...]:
    """One line per zaak with messages, the newest message first. Raises BronOnbereikbaar."""
    groepen = list(
        Bericht.objects.filter(**van(partij))
        .values("zaak_ref")
        .annotate(laatst=Max("verzonden_op"), aantal=Count("id"), ongelezen=Count("id", filter=_ONGELEZEN))
        .order_by("-laatst")[offset : offset + limit]
    )
    laatste = _newest_per_zaak(
        Bericht.objects.filter(
            **van(partij),
            zaak_ref__in=[groep["zaak_ref"] for groep in groepen],
            verzonden_op__in=[groep["laatst"] for groep in groepen],
        ).order_by("verzonden_op", "id")
    )
    refs = tuple(ZaakRef.parse(groep["zaak_ref"]) for groep in groepen)
    namen = samenvat(refs)
    return tuple(
        Gesprek(
            zaak_ref=ref,
            zaak_omschrijving=namen.get(ref, ("", ""))[0],
            zaak_identificatie=namen.get(ref, ("", ""))[1],
            laatste=laatste[str(ref)],
            aantal=groep["aantal"],
            ongelezen=groep["ongelezen"],
        )
        for ref, groep in zip(refs, groepen, strict=True)
    )


def count_gesprekken(partij: Partij) -> int:
    return Bericht.objects.filter(**van(partij)).values("zaak_ref").distinct().count()


def count_ongelezen(partij: Partij) -> int:
    """Messages from the municipality that the party has not opened yet."""
    rijen = (
        _AANTAL_VESTIGING(partij.key, partij.vestiging_key) if partij.vestiging_key else _AANTAL(partij.key)
    )
    return sum(rij[0] for rij in rijen)


def van(partij: Partij) -> dict[str, str]:
    """The filter for the messages of this party; of its branch only, when the login is limited to one."""
    return {"betrokkene_key": partij.key} | (
        {"vestiging_key": partij.vestiging_key} if partij.vestiging_key else {}
    )


def _newest_per_zaak(rows: Iterable[Bericht]) -> dict[str, BerichtInzage]:
    return {row.zaak_ref: _inzage(row) for row in rows}


def _inzage(row: Bericht) -> BerichtInzage:
    return BerichtInzage(
        id=str(row.id),
        zaak_ref=ZaakRef.parse(row.zaak_ref),
        is_van_gemeente=row.is_van_gemeente,
        afzender_naam=row.afzender_naam,
        tekst=row.tekst,
        verzonden_op=row.verzonden_op,
        is_gelezen=row.gelezen_op is not None,
    )
