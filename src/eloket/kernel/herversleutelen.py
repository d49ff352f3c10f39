"""Brings encrypted columns under the newest secret, table by table, in short transactions.

Safe beside running web processes and workers. On PostgreSQL a row that somebody else holds is passed over, so this
never waits for a lock and cannot be part of a deadlock; on SQLite a transaction is alone. A row is only written when it
still holds the ciphertext that was read. A crash costs at most the batch at hand; starting again skips what is done.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import ExpressionWrapper, F, Q, TextField

from eloket.kernel.crypto import EncryptedTextField, OntsleutelenMislukt, vault

_GROEP = 200
_RONDES = 3  # over what somebody else held


@dataclass(frozen=True, slots=True)
class Tabel:
    """A table and its encrypted columns. `renew`: see crypto.Vault.renew. Rows outside `mag` are counted, and left."""

    naam: str
    rijen: "models.Manager[Any]"
    velden: tuple[str, ...]
    renew: Callable[[str], str | None]
    mag: Q = field(default_factory=Q)


@dataclass(frozen=True, slots=True)
class Stand:
    """Of one table, in rows. `over` still have something under an older secret; of those, `onleesbaar` have something
    under a secret that we do not have."""

    rijen: int = 0
    gedaan: int = 0
    over: int = 0
    onleesbaar: int = 0


def list_tabellen() -> tuple[Tabel, ...]:
    """Every table with an EncryptedTextField, by name: a new one is found by itself."""
    gevonden = []
    for model in apps.get_models(include_auto_created=True):
        opties = model._meta  # noqa: SLF001 - Django documents it
        rijen = model._default_manager  # noqa: SLF001 - this too
        velden = tuple(v.attname for v in opties.local_concrete_fields if isinstance(v, EncryptedTextField))
        if velden and opties.managed and not opties.proxy:
            gevonden.append(Tabel(opties.db_table, rijen, velden, lambda token: vault().renew(token)))
    return tuple(sorted(gevonden, key=lambda tabel: tabel.naam))


def count_over(tabel: Tabel) -> Stand:
    """Read all of it and change nothing."""
    stand = Stand()
    for rijen in _groepen(tabel):
        for rij in rijen:
            nieuw, is_leesbaar = _renew(tabel, rij)
            stand = _tel(stand, gedaan=False, over=bool(nieuw) or not is_leesbaar, is_leesbaar=is_leesbaar)
    return stand


def rewrite(tabel: Tabel) -> Stand:
    """Rewrite what can be; says what is left."""
    stand = _rewrite_once(tabel)
    for _ in range(_RONDES - 1):
        if stand.over == stand.onleesbaar:
            break
        stand = replace(opnieuw := _rewrite_once(tabel), gedaan=stand.gedaan + opnieuw.gedaan)
    return stand


def _rewrite_once(tabel: Tabel) -> Stand:
    stand = Stand()
    for rijen in _groepen(tabel):
        werk = {}
        for rij in rijen:
            nieuw, is_leesbaar = _renew(tabel, rij)
            if nieuw:
                werk[rij["pk"]] = (nieuw, is_leesbaar)
            else:
                stand = _tel(stand, gedaan=False, over=not is_leesbaar, is_leesbaar=is_leesbaar)
        gedaan = _write(tabel, rijen, {pk: nieuw for pk, (nieuw, _) in werk.items()})
        for pk, (_, is_leesbaar) in werk.items():
            over = pk not in gedaan or not is_leesbaar
            stand = _tel(stand, gedaan=pk in gedaan, over=over, is_leesbaar=is_leesbaar)
    return stand


def _tel(stand: Stand, *, gedaan: bool, over: bool, is_leesbaar: bool) -> Stand:
    return Stand(
        stand.rijen + 1, stand.gedaan + gedaan, stand.over + over, stand.onleesbaar + (not is_leesbaar)
    )


def _renew(tabel: Tabel, rij: dict[str, Any]) -> tuple[dict[str, str], bool]:
    """(new ciphertext by column, whether all of it could be read)."""
    nieuw: dict[str, str] = {}
    is_leesbaar = True
    for veld in tabel.velden:
        if not rij[f"ruw_{veld}"]:
            continue  # an empty text is stored as it is
        try:
            token = tabel.renew(rij[f"ruw_{veld}"])
        except OntsleutelenMislukt:
            is_leesbaar = False
        else:
            if token:
                nieuw[veld] = token
    return nieuw, is_leesbaar


def _write(tabel: Tabel, rijen: list[dict[str, Any]], werk: dict[Any, dict[str, str]]) -> set[Any]:
    """The keys of the rows that were written."""
    if not werk:
        return set()
    oud = {rij["pk"]: rij for rij in rijen}
    with transaction.atomic():
        vrij = tabel.rijen.filter(tabel.mag, pk__in=list(werk)).order_by("pk")
        vast = set(vrij.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True))
        return {pk for pk in sorted(vast) if _write_one(tabel, oud[pk], werk[pk])}


def _write_one(tabel: Tabel, oud: dict[str, Any], nieuw: dict[str, str]) -> bool:
    """Only over the ciphertext that we read. By hand: the ORM takes ten times as long over a million of these."""
    naam = connection.ops.quote_name
    opties = tabel.rijen.model._meta  # noqa: SLF001 - Django documents it
    kolommen = {veld: naam(opties.get_field(veld).column) for veld in nieuw}
    wordt = ", ".join(f"{kolom} = %s" for kolom in kolommen.values())
    was = " AND ".join(f"{kolom} = %s" for kolom in kolommen.values())
    sleutel = opties.pk.get_db_prep_value(oud["pk"], connection)
    opdracht = f"UPDATE {naam(tabel.naam)} SET {wordt} WHERE {naam(opties.pk.column)} = %s AND {was}"  # noqa: S608 - names of our models
    with connection.cursor() as cursor:
        cursor.execute(opdracht, [*nieuw.values(), sleutel, *(oud[f"ruw_{veld}"] for veld in nieuw)])
        return bool(cursor.rowcount)


def _groepen(tabel: Tabel) -> Iterator[list[dict[str, Any]]]:
    """All rows with their ciphertext, a few hundred at a time, by key."""
    rijen = _ruw(tabel).order_by("pk").values("pk", *(f"ruw_{veld}" for veld in tabel.velden))
    groep = list(rijen[:_GROEP])
    while groep:
        yield groep
        groep = list(rijen.filter(pk__gt=groep[-1]["pk"])[:_GROEP])


def _ruw(tabel: Tabel) -> "models.QuerySet[Any, Any]":
    """With the columns as they stand there."""
    ruw = {f"ruw_{veld}": ExpressionWrapper(F(veld), output_field=TextField()) for veld in tabel.velden}
    rijen: models.QuerySet[Any, Any] = tabel.rijen.annotate(**ruw)
    return rijen
