"""What an officer asks of one person in the audit trail costs their lines, and never a walk along the whole trail."""

import pytest
from django.db import connection

from eloket.audit.zoeken import AuditVraag, Plek, search
from eloket.kernel.klok import nu

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL weegt kleine tabellen anders"),
]


def plan_of(vraag: AuditVraag, na: Plek | None) -> str:
    """How the database finds what `search` asks of it."""
    gevraagd = []

    def keep(execute, sql, params, many, context):
        gevraagd.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        search(vraag, na=na, limit=101)
    ((sql, params),) = gevraagd
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        return "\n".join(rij[-1] for rij in cursor.fetchall())


def sleutels(aantal: int) -> frozenset[str]:
    return frozenset(f"{een:064d}" for een in range(aantal))


@pytest.mark.parametrize("is_eerste", [True, False])
@pytest.mark.parametrize("aantal", [1, 2, 5_000])
def test_the_lines_of_one_person_are_found_by_an_index_however_many_zaken_they_have(aantal, is_eerste):
    na = None if is_eerste else Plek(nu(), 9)
    for vraag, index in (
        (AuditVraag(object_refs=sleutels(aantal), zonder_ref="x"), "audit_regel_object"),
        (AuditVraag(actor_keys=sleutels(aantal), zonder_ref="x"), "audit_regel_actor"),
    ):
        plan = plan_of(vraag, na)
        assert index in plan
        assert "SCAN" not in plan


def test_what_is_asked_of_everybody_is_read_in_order_and_not_sorted():
    for na in (None, Plek(nu(), 9)):
        plan = plan_of(AuditVraag(zonder_ref="x"), na)
        assert "audit_regel_moment" in plan
        assert "B-TREE" not in plan
