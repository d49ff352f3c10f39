"""Who looks for a person in the log leaves a line about that person, also who clicks and types no number."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from eloket.audit import service as audit
from eloket.audit.models import AuditRegel
from eloket.identity.testing import onderneming
from eloket.identity.types import Recht, partij_ref
from eloket.inzage.toezicht import PER_PAGINA
from eloket.kernel.klok import op_moment
from eloket.profile.models import Profiel
from eloket.zaken.service import record_view
from tests.huis import partij_van
from tests.web.portaal import bron_van, tekst_van, zaak_van
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of

pytestmark = pytest.mark.django_db
LOGBOEK, OPZOEKEN, BESTAND = "/werkplek/logboek/", "/werkplek/logboek/persoon/", "/werkplek/logboek/bestand/"
BSN = "999990019"  # of Jeroen
DAG = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
LAATST = "9999999999999999-999999"  # a place that nobody's page ends at: all lines come after it


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def officer(huis):
    return client_of(replace(huis.bo, rechten=frozenset({Recht.INZIEN})))


@pytest.fixture
def over_jeroen(huis) -> str:
    return partij_ref(partij_van(huis.jeroen).profiel_key)


def note(actor, actie: str, object_ref: str, **kenmerken: str) -> int:
    audit.record(
        actor_soort=actor.soort, actor_key=actor.key, actie=actie, object_ref=object_ref, **kenmerken
    )
    return AuditRegel.objects.order_by("-pk")[0].pk


def seen_line(huis) -> int:
    """A civil servant looked at a zaak of Jeroen."""
    zaak = huis.start()
    record_view(huis.mila, zaak.ref)
    return AuditRegel.objects.filter(actie="zaak.bekeken", object_ref=str(zaak.ref)).latest("pk").pk


def sought() -> list[tuple[str, str]]:
    regels = AuditRegel.objects.filter(actie="audit.persoon_gezocht").order_by("pk")
    return list(regels.values_list("actor_key", "object_ref"))


@pytest.mark.parametrize("pad", [LOGBOEK, BESTAND])
def test_who_clicks_on_a_line_leaves_the_line_of_who_types_the_number(huis, officer, over_jeroen, pad):
    regel = seen_line(huis)
    assert officer.get(pad, {"regel": regel, "kant": "over"}).status_code == 200
    assert sought() == [(huis.bo.key, over_jeroen)]
    zaak = AuditRegel.objects.get(pk=regel).object_ref
    assert AuditRegel.objects.get(actie="audit.persoon_gezocht").kenmerken == {
        "soort": "inwoner",
        "zaak": zaak,
    }
    eigen = tekst_van(client_of(huis.jeroen).get("/mijn/gegevens/inzage/"))
    assert "heeft opgezocht wie uw gegevens heeft bekeken, om toezicht te houden" in eigen


def test_every_way_to_all_that_a_resident_did_leaves_it(huis, officer, over_jeroen):
    regel = note(huis.jeroen, "gegevens.bekeken", over_jeroen)
    for kant, moment in (("zelf", DAG), ("door", DAG + timedelta(days=1))):
        with op_moment(moment):
            assert officer.get(LOGBOEK, {"regel": regel, "kant": kant}).status_code == 200
    assert sought() == [(huis.bo.key, over_jeroen)] * 2


def test_it_is_one_line_a_day_whatever_page_filter_or_file_comes_next(huis, officer, over_jeroen):
    regel = seen_line(huis)
    for _ in range(PER_PAGINA):
        note(huis.mila, "gegevens.bekeken", over_jeroen)
    vraag = {"regel": regel, "kant": "over"}
    with op_moment(DAG):
        pagina = officer.get(LOGBOEK, vraag)
        assert "na=" in bron_van(pagina)
        officer.get(LOGBOEK, vraag | {"actie": "zaak.bekeken"})
        b"".join(officer.get(BESTAND, vraag))
        officer.get(LOGBOEK, vraag | {"kant": "zelf"})
    assert len(sought()) == 1
    officer.get(LOGBOEK, vraag)
    assert len(sought()) == 2, "een andere dag"


def test_who_begins_with_a_later_page_leaves_it_too(huis, officer, over_jeroen):
    officer.get(LOGBOEK, {"regel": seen_line(huis), "kant": "over", "na": LAATST})
    assert sought() == [(huis.bo.key, over_jeroen)]


def test_who_typed_the_number_leaves_no_second_line_and_a_colleague_leaves_their_own(
    huis, officer, over_jeroen
):
    antwoord = officer.post(OPZOEKEN, {"wie": "inwoner", "bsn": BSN})
    officer.get(antwoord["Location"])
    assert sought() == [(huis.bo.key, over_jeroen)]
    client_of(replace(huis.omar, rechten=frozenset({Recht.INZIEN}))).get(antwoord["Location"])
    assert sought() == [(huis.bo.key, over_jeroen), (huis.omar.key, over_jeroen)]


def test_of_who_acts_for_a_business_it_stands_where_they_read_it(huis, officer):
    bakker = onderneming()
    rij = Profiel.objects.create(
        profiel_key=bakker.profiel_key,
        partij_key=partij_van(bakker).profiel_key,
        onderneming_key=partij_van(bakker).key,
        contactpersoon_key=bakker.key,
    )
    regel = note(huis.omar, "profiel.adres_kapot", f"profiel-{rij.pk}")
    officer.get(LOGBOEK, {"regel": regel, "kant": "over"})
    assert sought() == [(huis.bo.key, f"profiel-{rij.pk}")]
    assert "om toezicht te houden" in tekst_van(client_of(bakker).get("/mijn/gegevens/inzage/"))


def test_looking_at_what_a_civil_servant_did_is_not_about_a_resident(huis, officer):
    assert officer.get(LOGBOEK, {"regel": seen_line(huis), "kant": "door"}).status_code == 200
    assert sought() == []


def test_a_question_that_is_wrong_leaves_nothing(huis, officer):
    vraag = {"regel": seen_line(huis), "kant": "over", "zaaknummer": "Z-1900-000001"}
    assert officer.get(LOGBOEK, vraag).status_code == 422
    assert officer.get(BESTAND, vraag).status_code == 302
    assert sought() == []


def test_who_clicks_on_very_many_people_is_stopped_as_who_types_them_is(huis, officer, settings):
    settings.ELOKET = settings.ELOKET.model_copy(update={"limieten": True})
    regels = [note(huis.mila, "gegevens.bekeken", f"partij-{een:064d}") for een in range(61)]
    zaak = zaak_van(onderneming())
    record_view(huis.mila, zaak.ref)
    laatste = AuditRegel.objects.latest("pk").pk
    with op_moment(DAG):
        assert officer.post(OPZOEKEN, {"wie": "inwoner", "bsn": BSN}).status_code == 303
        for regel in regels[:59]:
            assert officer.get(LOGBOEK, {"regel": regel, "kant": "over"}).status_code == 200
        antwoord = officer.get(LOGBOEK, {"regel": laatste, "kant": "over"})
        assert antwoord.status_code == 422
        assert "heel vaak iemand opgezocht" in tekst_van(antwoord)
        assert zaak.identificatie not in bron_van(antwoord).partition("<tbody")[2]
        assert officer.get(BESTAND, {"regel": laatste, "kant": "over"}).status_code == 302
        assert officer.post(OPZOEKEN, {"wie": "inwoner", "bsn": BSN}).status_code == 429
        assert officer.get(LOGBOEK, {"regel": regels[0], "kant": "over"}).status_code == 200, "al genoteerd"
    assert len(sought()) == 60
