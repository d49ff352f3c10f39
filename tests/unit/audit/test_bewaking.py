"""The database itself refuses to change what is proof, on SQLite and on PostgreSQL."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from eloket.audit import bewaking
from eloket.audit.models import AuditRegel, Opruiming, Zegel
from eloket.audit.service import record
from eloket.audit.verzegeld import VerzegeldeRegel, ketens
from eloket.kernel.klok import nu
from tests.bewaking import zonder_bewaking

pytestmark = pytest.mark.django_db


@pytest.fixture
def regel() -> AuditRegel:
    record(actor_soort="inwoner", actor_key="a" * 64, actie="zaak.bekeken", object_ref="register-1", aantal=1)
    return AuditRegel.objects.get()


@pytest.fixture
def zegel() -> Zegel:
    return Zegel.objects.create(
        keten="audit_regel", volgnummer=1, moment=nu(), aantal=0, kolommen="id", regels=b"",
        vorige_hash="", hash="a" * 64, sleutel="b",
    )  # fmt: skip


def opgeruimd(tot: int) -> Opruiming:
    return Opruiming.objects.create(
        keten="audit_regel", tot=tot, kop="a" * 64, moment=nu(), reden="proef", hash="h", sleutel="s"
    )


def is_refused(daad: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            daad()
    except DatabaseError:
        return True
    return False


def sql(opdracht: str) -> Callable[[], object]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(opdracht)

    return run


def test_every_guard_is_there_after_the_migrations():
    assert bewaking.list_onbewaakt(connection) == ()


def test_a_row_never_goes_and_never_changes(regel):
    alle = AuditRegel.objects.all()
    assert is_refused(alle.delete)
    assert is_refused(lambda: alle.update(actie="zaak.x"))
    assert is_refused(lambda: alle.update(kenmerken={"aantal": 2}))
    assert is_refused(lambda: alle.update(zegel=1, actie="zaak.x"))
    assert is_refused(lambda: alle.update(zegel=1, kenmerken={"aantal": 1, "x": None}))
    assert is_refused(lambda: alle.update(id=regel.pk + 1))
    assert AuditRegel.objects.get() == regel


def test_a_row_gets_its_seal_once(regel):
    alle = AuditRegel.objects.all()
    assert alle.update(zegel=1) == 1
    assert is_refused(lambda: alle.update(zegel=2))
    assert is_refused(lambda: alle.update(zegel=None))
    assert is_refused(alle.delete)


def test_a_row_comes_in_without_a_seal(regel):
    regel.pk = None
    regel.zegel = 1
    assert is_refused(lambda: regel.save(force_insert=True))


def test_a_row_is_not_replaced_by_another_one(regel, zegel):
    """On SQLite `INSERT OR REPLACE` removes the old row without asking a trigger for DELETE."""
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL kent geen INSERT OR REPLACE")
    rij = "SELECT id, NULL, moment, actor_soort, actor_key, 'zaak.x', object_ref, kenmerken FROM audit_regel"
    kolommen = "id, zegel, moment, actor_soort, actor_key, actie, object_ref, kenmerken"
    assert is_refused(sql(f"INSERT OR REPLACE INTO audit_regel ({kolommen}) {rij}"))
    namen = "keten, volgnummer, moment, aantal, kolommen, regels, vorige_hash, hash, sleutel"
    anders = namen.replace("vorige_hash", "hash")
    assert is_refused(sql(f"INSERT OR REPLACE INTO audit_zegel ({namen}) SELECT {anders} FROM audit_zegel"))


@pytest.mark.postgres
def test_a_table_is_not_emptied_at_once(regel, zegel):
    for tabel in ("audit_regel", "audit_zegel", "audit_opruiming"):
        assert is_refused(sql(f"TRUNCATE {tabel}"))


def test_a_seal_never_goes_and_never_changes(zegel):
    alle = Zegel.objects.all()
    assert is_refused(alle.delete)
    assert is_refused(lambda: alle.update(hash="b" * 64))
    assert is_refused(lambda: alle.update(volgnummer=2))


def test_what_was_removed_on_purpose_may_go_and_nothing_else(regel, zegel):
    AuditRegel.objects.update(zegel=2)
    opgeruimd(1)
    assert is_refused(AuditRegel.objects.all().delete)
    assert Zegel.objects.all().delete()[0] == 1
    opgeruimd(2)
    assert AuditRegel.objects.all().delete()[0] == 1
    assert is_refused(Opruiming.objects.all().delete)
    assert is_refused(lambda: Opruiming.objects.update(tot=9))


def test_a_row_that_waits_for_its_seal_does_not_go_with_what_was_removed(regel):
    opgeruimd(5)
    assert is_refused(AuditRegel.objects.all().delete)


def test_guards_that_were_taken_away_are_missed_and_put_back(regel):
    with zonder_bewaking():
        weg = bewaking.list_onbewaakt(connection)
        assert "audit_regel: wacht_audit_regel_insert" in weg
        assert any(naam.startswith("audit_zegel:") for naam in weg)
        bewaking.plaats(using="default")
        assert bewaking.list_onbewaakt(connection) == ()
        assert is_refused(AuditRegel.objects.all().delete)
        with connection.cursor() as cursor:  # what the end of the block puts back
            if connection.vendor == "sqlite":
                for naam in weg:
                    cursor.execute(f'DROP TRIGGER "{naam.split(": ")[1]}"')
    assert bewaking.list_onbewaakt(connection) == ()


def test_a_guard_that_was_weakened_is_missed():
    if connection.vendor == "postgresql":
        sql(
            "CREATE OR REPLACE FUNCTION audit_wacht_zegel() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'"
        )()
    else:
        sql("DROP TRIGGER wacht_audit_zegel_update")()
        sql(
            "CREATE TRIGGER wacht_audit_zegel_update BEFORE UPDATE ON audit_zegel WHEN 0 BEGIN SELECT 1; END"
        )()
    assert [naam.split(":")[0] for naam in bewaking.list_onbewaakt(connection)] == ["audit_zegel"]
    bewaking.plaats(using="default")
    assert bewaking.list_onbewaakt(connection) == ()


def test_every_sealed_table_finds_what_waits_through_an_index_of_its_own():
    """A model with indexes of its own must keep that of the base."""
    for model in ketens().values():
        namen = [index.name for index in model._meta.indexes]
        assert f"{model._meta.model_name}_onverzegeld" in namen
        assert issubclass(model, VerzegeldeRegel)
