"""The database: which one, how we reach it, as whom, and whether it is up to date (U/WA.05, U/PW.05, C.08)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from eloket.audit import bewaking
from eloket.ops.productie.instellingen import is_local
from eloket.ops.productie.types import Regel, Uitkomst, fout, let_op, ok


@dataclass(frozen=True, slots=True)
class Verbinding:
    """What is known of the connection that we have now. `sslmode` is how the other side was checked (libpq)."""

    is_postgresql: bool
    host: str = ""
    heeft_tls: bool = False
    sslmode: str = ""
    is_superuser: bool = False


def check_database() -> Iterator[Regel]:
    verbinding = read_verbinding()
    yield judge_kind(verbinding)
    yield judge_tls(verbinding)
    yield judge_role(verbinding)
    bij = _migrations()
    yield bij
    if bij.uitkomst is Uitkomst.OK:  # tables that are not there yet guard nothing, and miss nothing either
        yield _guards()


def read_verbinding() -> Verbinding:
    """Asks the connection itself, not the settings. Raises django.db.Error."""
    if connection.vendor != "postgresql":
        return Verbinding(is_postgresql=False)
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        rij = cursor.fetchone()
    psycopg = connection.connection
    return Verbinding(
        is_postgresql=True,
        host=psycopg.info.host,
        heeft_tls=bool(psycopg.pgconn.ssl_in_use),
        sslmode=psycopg.info.get_parameters().get("sslmode", "prefer"),
        is_superuser=bool(rij and rij[0]),
    )


def judge_kind(verbinding: Verbinding) -> Regel:
    if verbinding.is_postgresql:
        return ok("database", "U/PW.07", "De database is PostgreSQL.")
    return let_op(
        "database",
        "U/PW.07",
        "De database is SQLite: één machine, en één schrijver tegelijk.",
        "Gebruik PostgreSQL: zet ELOKET_DATABASE_URL.",
    )


def judge_tls(verbinding: Verbinding) -> Regel:
    """On this machine nothing goes over a network; elsewhere it is encrypted, and with whom is checked."""
    code, norm = "database-tls", "U/WA.05, BIO 13.2.1"
    if not verbinding.is_postgresql or is_local(verbinding.host):
        return ok(code, norm, "De database staat op deze machine: er gaat niets over het netwerk.")
    if not verbinding.heeft_tls:
        return fout(
            code,
            norm,
            "Het verkeer met de database is niet versleuteld.",
            "Zet ?sslmode=verify-full&sslrootcert=... achter ELOKET_DATABASE_URL.",
        )
    if verbinding.sslmode != "verify-full":
        return let_op(
            code,
            norm,
            "Het verkeer met de database is versleuteld, maar E-loket kijkt niet na met wie.",
            "Zet ?sslmode=verify-full&sslrootcert=... achter ELOKET_DATABASE_URL.",
        )
    return ok(code, norm, "Het verkeer met de database is versleuteld, en E-loket kijkt na met wie.")


def judge_role(verbinding: Verbinding) -> Regel:
    if verbinding.is_superuser:
        return fout(
            "database-rol",
            "U/TV.01, U/PW.05",
            "E-loket werkt in de database als beheerder (superuser).",
            "Maak een eigen rol voor E-loket, die alleen deze database heeft.",
        )
    return ok("database-rol", "U/TV.01, U/PW.05", "E-loket heeft in de database niet meer rechten dan nodig.")


def _migrations() -> Regel:
    uitvoerder = MigrationExecutor(connection)
    if wacht := uitvoerder.migration_plan(uitvoerder.loader.graph.leaf_nodes()):
        return fout(
            "migraties",
            "C.08",
            f"De database loopt {len(wacht)} stappen achter op deze versie.",
            "Draai: eloket prepare",
        )
    return ok("migraties", "C.08", "De database hoort bij deze versie.")


def _guards() -> Regel:
    if weg := bewaking.list_onbewaakt(connection):
        return fout(
            "bewaking",
            "C.06, BIO 12.4.2",
            f"De database bewaakt het bewijs niet: {len(weg)} bewakers ontbreken.",
            "Draai: eloket prepare. Daarna: eloket controleer-bewijs. Zoek uit wat er intussen is gedaan.",
        )
    return ok("bewaking", "C.06, BIO 12.4.2", "De database bewaakt wat als bewijs is bewaard.")
