"""After an outage a form that was not sent is kept longer, and it is never thrown away while nobody can reach it."""

from datetime import UTC, datetime, timedelta

import pytest

from eloket.audit.models import AuditRegel
from eloket.audit.service import SYSTEEM
from eloket.beschikbaarheid import service as storingen
from eloket.beschikbaarheid.types import Wat
from eloket.identity.types import partij_ref
from eloket.kernel.klok import op_moment
from eloket.loket.bewaartijd import remind_concepten, ruim_op
from eloket.loket.models import Concept, ConceptVerlenging
from eloket.loket.queries import list_concepten
from eloket.loket.verlengen import extend_concepten
from eloket.notifications.models import Notificatie
from tests.huis import inwoner, partij_van
from tests.unit.loket.melding import anoniem, fill
from tests.unit.loket.test_bewaartijd import mail_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loket")]
DINSDAG = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
UUR, DAG = timedelta(hours=1), timedelta(days=1)


def vul(weg_op: datetime, *, zonder_login: bool = False) -> str:
    """A form that goes at this moment."""
    with op_moment(weg_op - 30 * DAG):
        return fill(anoniem() if zonder_login else inwoner()).id


def storing(wat: Wat = Wat.PORTAAL, begin: datetime = DINSDAG, eind: datetime = DINSDAG + 3 * UUR) -> str:
    with op_moment(eind):
        gemaakt = storingen.record_gemeten(wat, begin, eind)
        assert gemaakt
        return gemaakt.id


def werk(now: datetime) -> None:
    with op_moment(now):
        while extend_concepten(now):
            pass


def ruim(now: datetime) -> int:
    with op_moment(now):
        return ruim_op(now)


def test_it_is_kept_a_working_day_longer_and_says_why():
    vul(DINSDAG + UUR)
    storing(Wat.INLOGGEN)
    werk(DINSDAG + 4 * UUR)
    assert ruim(DINSDAG + 5 * UUR) == 0
    with op_moment(DINSDAG + 5 * UUR):
        (regel,) = list_concepten(inwoner())
    assert regel.bewaard_tot == datetime(2026, 11, 4, 23, 0, tzinfo=UTC), "midnight in Amsterdam"
    assert regel.waarom_langer == "Op 3 november 2026 kon u niet inloggen."
    assert ruim(DINSDAG + 2 * DAG) == 1
    regels = AuditRegel.objects.filter(actor_soort=SYSTEEM).order_by("pk")
    assert [een.actie for een in regels] == ["formulier.langer_bewaard", "formulier.verlopen"]
    assert {een.object_ref for een in regels} == {partij_ref(partij_van(inwoner()).profiel_key)}


def test_it_is_not_thrown_away_in_the_outage_nor_before_that_is_worked_out():
    vul(DINSDAG + UUR)
    with op_moment(DINSDAG):
        storingen.start(None, wat=Wat.PORTAAL)
    assert ruim(DINSDAG + 2 * UUR) == 0
    with op_moment(DINSDAG + 3 * UUR):
        storingen.einde(None, wat=Wat.PORTAAL)
    assert ruim(DINSDAG + 4 * UUR) == 0
    werk(DINSDAG + 4 * UUR)
    assert ruim(DINSDAG + 4 * UUR) == 0
    assert Concept.objects.exists()


def test_a_form_that_goes_on_another_day_and_one_without_a_login_stay_as_they_are():
    vul(DINSDAG + 2 * DAG)
    vul(DINSDAG + UUR, zonder_login=True)
    storing()
    werk(DINSDAG + 4 * UUR)
    assert not ConceptVerlenging.objects.exists()


def test_documents_alone_keep_nobody_from_a_form():
    vul(DINSDAG + UUR)
    storing(Wat.DOCUMENTEN)
    werk(DINSDAG + 4 * UUR)
    assert not ConceptVerlenging.objects.exists()


def test_once_per_outage_further_when_it_was_longer_and_never_back():
    concept = vul(DINSDAG + UUR)
    storing_id = storing()
    werk(DINSDAG + 4 * UUR)
    for eind, dag in ((DINSDAG + DAG, 6), (DINSDAG + 2 * UUR, 6)):
        with op_moment(DINSDAG + 2 * DAG):
            storingen.correct(None, storing_id, begin=DINSDAG, eind=eind, reden="")
        werk(DINSDAG + 2 * DAG)
        tot = Concept.objects.get(pk=concept).verlengd_tot
        assert tot == datetime(2026, 11, dag - 1, 23, 0, tzinfo=UTC)
    assert ConceptVerlenging.objects.count() == 1


def test_the_reminder_names_the_new_date():
    mail_to(inwoner())
    vul(DINSDAG + UUR)
    storing()
    werk(DINSDAG + 4 * UUR)
    with op_moment(DINSDAG + 5 * UUR):
        assert remind_concepten(DINSDAG + 5 * UUR) == 1
    assert Notificatie.objects.get().context["deadline"] == "2026-11-05"
