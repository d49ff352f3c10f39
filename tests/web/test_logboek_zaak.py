"""Who looks for a zaak in the log leaves a line about that zaak: its applicant reads it, who works on it does not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from eloket.audit.models import AuditRegel
from eloket.identity.types import Recht, Soort, partij_ref
from eloket.inzage.opvallend.tellen import count_dag
from eloket.inzage.opvallend.types import Maat
from eloket.kernel.klok import datum_van, op_moment
from eloket.zaken import service as zaken
from eloket.zaken.service import record_view
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import Zaak
from tests.huis import partij_van
from tests.unit.loket.melding import anoniem
from tests.web.portaal import tekst_van
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, zaak_pad

pytestmark = pytest.mark.django_db
LOGBOEK, BESTAND, OPZOEKEN = "/werkplek/logboek/", "/werkplek/logboek/bestand/", "/werkplek/logboek/persoon/"
GEZOCHT = "audit.zaak_gezocht"
DAG = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def officer(huis):
    return client_of(replace(huis.bo, rechten=frozenset({Recht.INZIEN})))


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    return huis.start("Vergunning Lindelaan")


def sought() -> list[tuple[str, str]]:
    return [*AuditRegel.objects.filter(actie=GEZOCHT).order_by("pk").values_list("actor_key", "object_ref")]


@pytest.mark.parametrize("pad", [LOGBOEK, BESTAND])
def test_who_searches_by_zaaknummer_leaves_a_line_about_the_zaak(huis, officer, zaak, pad):
    b"".join(officer.get(pad, {"zaaknummer": zaak.identificatie}))
    assert sought() == [(huis.bo.key, str(zaak.ref))]
    eigen = tekst_van(client_of(huis.jeroen).get(f"/mijn/zaken/{zaak.ref}/inzage/"))
    assert "heeft opgezocht wie uw zaak heeft bekeken, om toezicht te houden" in eigen
    assert "heeft de zaak opgezocht in het logboek" in tekst_van(
        officer.get(LOGBOEK, {"zaaknummer": zaak.identificatie})
    )


def test_once_a_day_for_each_officer_and_zaak(huis, officer, zaak):
    ander = client_of(replace(huis.omar, rechten=frozenset({Recht.INZIEN})))
    for dag, client in ((0, officer), (0, officer), (0, ander), (0, officer), (1, officer)):
        with op_moment(DAG + timedelta(days=dag)):
            client.get(LOGBOEK, {"zaaknummer": zaak.identificatie})
    assert [wie for wie, _ in sought()] == [huis.bo.key, huis.omar.key, huis.bo.key]


def test_a_search_that_finds_no_zaak_or_asks_for_none_leaves_none(officer, zaak):
    officer.get(LOGBOEK, {"zaaknummer": "Z-1900-000001"})
    officer.get(LOGBOEK)
    assert sought() == []


def test_who_looks_up_the_applicant_of_a_zaak_leaves_a_line_about_the_zaak_too(huis, officer, zaak):
    invoer = {"wie": "zaak", "zaaknummer": zaak.identificatie}
    assert officer.post(OPZOEKEN, invoer).status_code == 303
    assert sought() == [(huis.bo.key, str(zaak.ref))]
    regel = AuditRegel.objects.get(actie="audit.persoon_gezocht")
    assert regel.object_ref == partij_ref(partij_van(huis.jeroen).profiel_key)
    assert regel.kenmerken == {"soort": "inwoner", "zaak": str(zaak.ref)}
    tekst = tekst_van(officer.get(LOGBOEK, {"actie": "audit.persoon_gezocht"}))
    assert f"Zaak: {zaak.identificatie}" in tekst


def test_a_zaak_of_nobody_was_read_all_the_same(huis, officer):
    opdracht = replace(nieuwe_zaak(partij_van(huis.jeroen)), initiator_soort=Soort.ANONIEM.value)
    zaak, _ = zaken.start_zaak(anoniem(), opdracht)
    assert officer.post(OPZOEKEN, {"wie": "zaak", "zaaknummer": zaak.identificatie}).status_code == 422
    assert sought() == [(huis.bo.key, str(zaak.ref))]


def test_who_goes_from_a_line_of_a_zaak_to_its_applicant_leaves_it_too(huis, officer, zaak):
    record_view(huis.mila, zaak.ref)
    regel = AuditRegel.objects.get(actie="zaak.bekeken").pk
    for kant in ("door", "over", "zelf"):
        officer.get(LOGBOEK, {"regel": regel, "kant": kant})
        assert sought() == ([] if kant == "door" else [(huis.bo.key, str(zaak.ref))])
    assert AuditRegel.objects.get(actie="audit.persoon_gezocht").kenmerken["zaak"] == str(zaak.ref)


def test_who_works_on_the_zaak_does_not_read_that_it_is_looked_into(huis, officer, zaak):
    officer.get(LOGBOEK, {"zaaknummer": zaak.identificatie})
    historie = tekst_van(client_of(huis.mila).get(zaak_pad(zaak.ref, "?deel=historie")))
    assert "heeft de zaak gestart" in historie
    assert "logboek" not in historie.partition("Wie heeft de zaak bekeken?")[2]
    assert "heeft de zaak opgezocht" not in historie


def test_to_search_the_log_makes_no_zaak_ones_own(huis, zaak):
    """Else an officer could look at what they like afterwards, without being flagged."""
    bo = replace(huis.bo, rechten=frozenset({Recht.INZIEN}))
    with op_moment(DAG):
        client_of(bo).get(LOGBOEK, {"zaaknummer": zaak.identificatie})
        record_view(bo, zaak.ref)
    cijfers = count_dag(datum_van(DAG), (7, 19), {})
    assert cijfers[bo.key][Maat.VREEMD] == 1
    assert cijfers[bo.key][Maat.ZAKEN] == 1
