"""Queries that are compiled once answer as the ORM does, whatever they are asked."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eloket.kernel.compiled import CompiledQuery
from eloket.zaken.models import Taak

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 3, 29, 1, 30, 5, 123456, tzinfo=UTC)


def maak_taak(ref: str, **velden: object) -> Taak:
    basis = {
        "betrokkene_key": "jeroen",
        "titel": "Kopie",
        "toelichting": "Het staat in uw la",
        "deadline": date(2026, 4, 1),
        "gevraagd_op": MOMENT,
        "gevraagd_door_key": "mila",
    }
    return Taak.objects.create(zaak_ref=ref, **(basis | velden))


@pytest.fixture
def vraag() -> CompiledQuery:
    return CompiledQuery(
        lambda ref: Taak.objects.filter(zaak_ref=ref, vervuld_op=None).values_list(), arguments=1
    )


def test_rows_are_converted_as_the_orm_converts_them(vraag):
    taak = maak_taak("een")
    maak_taak("een", vervuld_op=MOMENT)
    [rij] = vraag("een")
    assert rij == tuple(Taak.objects.filter(pk=taak.pk).values_list()[0])
    gelezen = Taak(*rij)
    assert (gelezen.pk, gelezen.toelichting) == (taak.pk, "Het staat in uw la")
    assert (gelezen.deadline, gelezen.gevraagd_op) == (date(2026, 4, 1), MOMENT)


def test_every_call_has_its_own_arguments(vraag):
    maak_taak("een")
    maak_taak("twee")
    assert [len(vraag(ref)) for ref in ("een", "twee", "drie", "een")] == [1, 1, 0, 1]


def test_an_argument_is_a_value_and_never_sql(vraag):
    maak_taak("een")
    assert vraag("' OR 1=1 --") == vraag("%s") == []


def test_it_is_one_query_and_built_once():
    gebouwd = []

    def build(ref, key):
        gebouwd.append(ref)
        return Taak.objects.filter(betrokkene_key=key, zaak_ref=ref).values_list("titel")

    vraag = CompiledQuery(build, arguments=2)
    maak_taak("een", titel="Paspoort")
    with CaptureQueriesContext(connection) as gemeten:
        assert vraag("een", "jeroen") == vraag("een", "jeroen") == [("Paspoort",)]
        assert vraag("jeroen", "een") == []
    assert (len(gemeten), len(gebouwd)) == (3, 1)


@pytest.mark.parametrize("arguments", [(), ("een", "twee"), (1,), (None,)])
def test_other_arguments_than_it_was_made_for_are_refused(vraag, arguments):
    with pytest.raises(TypeError):
        vraag(*arguments)


def test_a_query_that_drops_an_argument_is_refused():
    vraag = CompiledQuery(lambda _ref: Taak.objects.values_list("titel"), arguments=1)
    with pytest.raises(TypeError, match="lost"):
        vraag("een")
