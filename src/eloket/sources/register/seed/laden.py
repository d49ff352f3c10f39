"""Writes the rows of a seed as fast as the database takes them: COPY on PostgreSQL, executemany on SQLite."""

import random
from collections.abc import Callable
from itertools import islice

from django.db import connection, transaction

from eloket.documenten import service as documenten
from eloket.documenten import voorbeelden
from eloket.documenten.models import Bestand
from eloket.documenten.upload import bied_aan
from eloket.identity.models import Medewerker
from eloket.kernel.klok import nu
from eloket.sources.register.models import NaamSleutel, Rol, Volgnummer
from eloket.sources.register.seed.bevolking import Bevolking
from eloket.sources.register.seed.rijen import TABELLEN, Maker, Rij, load_soorten
from eloket.sources.register.zaaktypen import MEEGELEVERD, import_zaaktypen

Voortgang = Callable[[int], object]
_INDEXEN = [(model, index) for model in (Rol, NaamSleutel) for index in model._meta.indexes]  # noqa: SLF001 - Django's own API


def load_seed(*, zaken: int, personen: int, seed: int, voortgang: Voortgang) -> None:
    """Add this many zaken of this many residents. Every 10,000 are one transaction, their zaaknummers included.

    `voortgang` gets the number of zaken that were added since it was called last.
    """
    import_zaaktypen(MEEGELEVERD)
    maker = _maker(personen, random.Random(seed))  # noqa: S311 - reproducible rows, no secrets
    _tune()
    # The keys of people come in no order: an index made afterwards is sorted once instead of a million times.
    editor = connection.schema_editor(collect_sql=True)
    create = [str(index.create_sql(model, editor)) for model, index in _INDEXEN]
    with connection.cursor() as cursor:
        for _, index in _INDEXEN:
            cursor.execute(f"DROP INDEX IF EXISTS {index.name}")
    try:
        for groep in maker.make(zaken):
            with transaction.atomic():
                _write(groep, maker.nummers)
            voortgang(len(groep["register_zaak"]))
    finally:
        with connection.cursor() as cursor:
            for opdracht in create:
                cursor.execute(opdracht)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _maker(personen: int, kans: random.Random) -> Maker:
    medewerkers: dict[int, list[int]] = {}
    for pk, afdeling_id in Medewerker.objects.values_list("pk", "afdelingen").order_by("pk"):
        medewerkers.setdefault(afdeling_id, []).append(pk)
    return Maker(
        soorten=load_soorten(),
        bevolking=Bevolking(personen, kans),
        kans=kans,
        uur="+00" if connection.vendor == "postgresql" else "",
        nu=nu(),
        nummers=dict(Volgnummer.objects.values_list("jaar", "laatste")),
        medewerkers=medewerkers,
        bestanden=_bestanden(),
    )


def _bestanden() -> list[int]:
    """Some real files: many documents share them, as the storage allows."""
    klaar = documenten.prepare(
        tuple(
            bied_aan(f"Bijlage {nummer}.pdf", [voorbeelden.pdf(f"Bijlage {nummer}")]) for nummer in range(10)
        ),
        zaak_ref="",
        moment=nu(),
    )
    hashes = [bestand.sha256 for bestand in klaar.goed]
    return list(Bestand.objects.filter(sha256__in=hashes).order_by("sha256").values_list("pk", flat=True))


def _tune() -> None:
    """For this connection only. Foreign keys hold by construction, and checking them costs more than writing."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA cache_size=-262144")
            cursor.execute("PRAGMA foreign_keys=OFF")
            return
        cursor.execute("SHOW is_superuser")
        if cursor.fetchone()[0] == "on":
            cursor.execute("SET session_replication_role = replica")


def _write(groep: dict[str, list[Rij]], nummers: dict[int, int]) -> None:
    for tabel, rijen in groep.items():
        if rijen:
            (_copy if connection.vendor == "postgresql" else _insert)(tabel, rijen)
    Volgnummer.objects.bulk_create(
        [Volgnummer(jaar=jaar, laatste=laatste) for jaar, laatste in nummers.items()],
        update_conflicts=True,
        unique_fields=["jaar"],
        update_fields=["laatste"],
    )


def _insert(tabel: str, rijen: list[Rij]) -> None:
    kolommen = TABELLEN[tabel]
    plekken = ", ".join(["%s"] * len(kolommen))
    with connection.cursor() as cursor:
        # Only names of our own tables and columns stand in the text.
        cursor.executemany(f"INSERT INTO {tabel} ({', '.join(kolommen)}) VALUES ({plekken})", rijen)  # noqa: S608


def _copy(tabel: str, rijen: list[Rij]) -> None:
    """COPY in text format. None of our texts holds a tab, a line end or a backslash."""
    opdracht = f"COPY {tabel} ({', '.join(TABELLEN[tabel])}) FROM STDIN"
    regels = iter(rijen)
    with connection.cursor() as cursor, cursor.copy(opdracht) as copy:
        while deel := list(islice(regels, 2_000)):
            copy.write("".join("\t".join("\\N" if w is None else str(w) for w in rij) + "\n" for rij in deel))
