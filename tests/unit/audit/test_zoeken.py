"""What an officer asks of one person in the audit trail costs their lines, and never a walk along the whole trail."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from eloket.audit.queries import count_since, has_done, last_done
from eloket.audit.service import record
from eloket.audit.zoeken import AuditVraag, Plek, has_line, latest_id, search
from eloket.kernel.klok import nu

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL weegt kleine tabellen anders"),
]


def plan_of(vraag: AuditVraag, na: Plek | None) -> str:
    """How the database finds what `search` asks of it."""
    return plan_of_query(lambda: search(vraag, na=na, limit=101))


def plan_of_query(ask: Callable[[], object]) -> str:
    gevraagd = []

    def keep(execute, sql, params, many, context):
        gevraagd.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        ask()
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


@pytest.mark.parametrize("is_eerste", [True, False])
@pytest.mark.parametrize("aantal", [1, 20, 5_000])
def test_an_act_or_a_period_is_looked_for_among_the_lines_of_those_zaken_and_people(aantal, is_eerste):
    """SQLite would take the index on the act, or walk the period, and read what everybody did."""
    na = None if is_eerste else Plek(nu(), 9)
    vanaf, tot = nu() - timedelta(days=1500), nu()
    for wie, index in (
        (AuditVraag(object_refs=sleutels(aantal), zonder_ref="x"), "audit_regel_object"),
        (AuditVraag(actor_keys=sleutels(aantal), zonder_ref="x"), "audit_regel_actor"),
        (AuditVraag(object_refs=sleutels(aantal), actor_keys=sleutels(1)), "audit_regel_object"),
    ):
        for vraag in (
            replace(wie, actie="zaak.bekeken"),
            replace(wie, vanaf=vanaf, tot=tot),
            replace(wie, actie="zaak.bekeken", vanaf=vanaf, tot=tot),
        ):
            plan = plan_of(vraag, na)
            assert index in plan
            assert "SCAN" not in plan


def test_of_few_zaken_only_the_lines_of_the_period_are_read():
    plan = plan_of(AuditVraag(object_refs=sleutels(20), actie="zaak.bekeken", vanaf=nu(), tot=nu()), None)
    assert "object_ref=? AND moment>? AND moment<?" in plan


def test_an_act_of_everybody_is_read_in_order():
    plan = plan_of(AuditVraag(actie="zaak.bekeken"), None)
    assert "audit_regel_actie" in plan
    assert "SCAN" not in plan


@pytest.mark.parametrize(
    ("vraag", "index"),
    [
        (lambda: has_line(actor_key="a", actie="b", object_ref="c", vanaf=nu()), "audit_regel_object"),
        (lambda: count_since("c", actie="b", sinds=nu()), "audit_regel_object"),
        (lambda: last_done({"c"}, actor_key="a", actie="b", vanaf=nu()), "audit_regel_object"),
        (lambda: has_done("a", "b"), "audit_regel_actor"),
        (lambda: latest_id(actor_key="a", actie="b", object_ref="c"), "audit_regel_object"),
    ],
    ids=["has_line", "count_since", "last_done", "has_done", "latest_id"],
)
def test_no_question_about_one_object_or_person_reads_what_everybody_did(vraag, index):
    record(actor_soort="medewerker", actor_key="a", actie="b", object_ref="c")
    assert index in plan_of_query(vraag)
