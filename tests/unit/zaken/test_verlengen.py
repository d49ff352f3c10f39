"""After an outage who could not send what we asked for has longer: visibly, once, and never less."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from eloket.audit.models import AuditRegel
from eloket.beschikbaarheid import service as storingen
from eloket.beschikbaarheid.models import Verwerking
from eloket.beschikbaarheid.types import OnderbrekingInzage, Wat
from eloket.kernel import events
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import op_moment
from eloket.notifications.models import Notificatie
from eloket.notifications.types import NotificatieSoort
from eloket.zaken import bronnen
from eloket.zaken import service as zaken
from eloket.zaken.bronnen import bron_voor
from eloket.zaken.events import TermijnVerlengd
from eloket.zaken.historie import list_historie
from eloket.zaken.models import Taak, TermijnVerlenging
from eloket.zaken.queries import list_gebeurtenissen, list_open_taken
from eloket.zaken.types import GebeurtenisSoort, Zaak
from tests.web.werkplek import Stadhuis, build_stadhuis

pytestmark = pytest.mark.django_db
DINSDAG = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
UUR, DAG = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def huis() -> Stadhuis:
    with op_moment(DINSDAG - 20 * DAG):
        return build_stadhuis()


@pytest.fixture
def verteld() -> Iterator[list[TermijnVerlengd]]:
    lijst: list[TermijnVerlengd] = []
    events.subscribe(TermijnVerlengd, lijst.append)
    yield lijst
    events._subscribers[TermijnVerlengd].remove(lijst.append)  # type: ignore[arg-type]


def vraag(huis: Stadhuis, deadline: date, *, antwoord: bool = False, zaak: Zaak | None = None) -> str:
    """Asked two weeks before; the day before `deadline` is the last one."""
    with op_moment(DINSDAG - 14 * DAG):
        zaak = zaak or huis.start()
        doe = zaken.ask_answer if antwoord else zaken.ask_document
        return doe(huis.mila, zaak.ref, titel="Kopie", toelichting="", deadline=deadline)


def storing(
    begin: datetime = DINSDAG, eind: datetime = DINSDAG + 3 * UUR, wat: Wat = Wat.PORTAAL
) -> OnderbrekingInzage:
    with op_moment(eind):
        gemaakt = storingen.record_gemeten(wat, begin, eind)
        assert gemaakt
        return gemaakt


def werk(now: datetime = DINSDAG + 4 * UUR) -> None:
    with op_moment(now):
        while zaken.extend_taken(now):
            pass


def deadline(taak_id: str) -> date:
    return Taak.objects.get(pk=taak_id).deadline


def test_the_last_day_was_in_the_outage_so_there_is_another(huis, verteld):
    taak = vraag(huis, date(2026, 11, 4))
    storing()
    werk()
    assert deadline(taak) == date(2026, 11, 5)
    assert [(een.taak_id, een.deadline) for een in verteld] == [(taak, date(2026, 11, 5))]


def test_they_are_told_by_when_it_is_now(huis):
    taak = vraag(huis, date(2026, 11, 4))
    storing()
    werk()
    verteld = Notificatie.objects.get(soort=NotificatieSoort.STORING_VERLENGD)
    assert (verteld.onderwerp_id, verteld.context["deadline"]) == (taak, "2026-11-04")


def test_everybody_can_see_why(huis):
    taak = vraag(huis, date(2026, 11, 4))
    storing()
    werk()
    with op_moment(DINSDAG + 5 * UUR):
        (open_taak,) = list_open_taken(huis.jeroen)
    assert open_taak.verlengd_om == "Op 3 november 2026 werkte deze site niet."
    assert open_taak.laatste_dag == date(2026, 11, 4)
    ref = open_taak.ref
    regel = next(
        een
        for een in list_gebeurtenissen(bron_voor(ref.bron).get_zaak(ref.id), partij=None)
        if een.soort is GebeurtenisSoort.TERMIJN_VERLENGD
    )
    assert regel.tekst == (
        "U heeft langer de tijd, tot en met 4 november 2026. Op 3 november 2026 werkte deze site niet: Kopie"
    )
    assert list_historie(bron_voor(ref.bron).get_zaak(ref.id))[0].wie == "E-loket zelf"
    kenmerken = AuditRegel.objects.get(actie="taak.verlengd").kenmerken
    assert (kenmerken["taak"], kenmerken["betrokkene"]) == (taak, huis.jeroen.key)
    rij = TermijnVerlenging.objects.get(taak_id=taak)
    assert (rij.van, rij.tot) == (date(2026, 11, 4), date(2026, 11, 5))


@pytest.mark.parametrize("dag", [date(2026, 11, 3), date(2026, 11, 5)])
def test_a_term_that_was_over_or_goes_on_stays_as_it_is(huis, verteld, dag):
    taak = vraag(huis, dag)
    storing()
    werk()
    assert deadline(taak) == dag
    assert verteld == []


def test_what_was_delivered_or_asked_afterwards_stays_as_it_is(huis):
    zaak = huis.start()
    geleverd = vraag(huis, date(2026, 11, 4), zaak=zaak)
    with op_moment(DINSDAG - DAG):
        huis.deliver(zaak.ref)
    storing()
    with op_moment(DINSDAG + 4 * UUR):
        daarna = zaken.ask_answer(
            huis.mila, zaak.ref, titel="Nog iets", toelichting="", deadline=date(2026, 11, 4)
        )
    werk()
    assert deadline(geleverd) == deadline(daarna) == date(2026, 11, 4)


def test_of_documents_only_who_must_send_one_has_longer(huis):
    document, antwoord = vraag(huis, date(2026, 11, 4)), vraag(huis, date(2026, 11, 4), antwoord=True)
    storing(wat=Wat.DOCUMENTEN)
    werk()
    assert (deadline(document), deadline(antwoord)) == (date(2026, 11, 5), date(2026, 11, 4))


def test_of_mail_nobody_has_longer(huis):
    taak = vraag(huis, date(2026, 11, 4))
    storing(wat=Wat.EMAIL)
    werk()
    assert deadline(taak) == date(2026, 11, 4)


def test_in_a_closed_zaak_nothing_is_asked_any_more(huis, verteld):
    zaak = huis.start()
    taak = vraag(huis, date(2026, 11, 4), zaak=zaak)
    Taak.objects.filter(pk=taak).update(vervuld_op=DINSDAG, oordeel="goedgekeurd")
    with op_moment(DINSDAG - DAG):
        huis.close(zaak.ref)
    Taak.objects.filter(pk=taak).update(vervuld_op=None, oordeel="")
    storing()
    werk()
    assert verteld == []


def test_the_same_outage_gives_time_once(huis, verteld):
    taak = vraag(huis, date(2026, 11, 4))
    een = storing()
    werk()
    Verwerking.objects.update(klaar_op=None, na="")
    werk()
    with op_moment(DINSDAG + 5 * UUR):
        storingen.correct(None, een.id, begin=een.begin, eind=een.eind, reden="Stroom.")
    werk(DINSDAG + 6 * UUR)
    assert deadline(taak) == date(2026, 11, 5)
    assert len(verteld) == TermijnVerlenging.objects.count() == 1


def test_what_was_withdrawn_before_it_was_worked_out_changes_nothing(huis, verteld):
    taak = vraag(huis, date(2026, 11, 4))
    een = storing()
    with op_moment(DINSDAG + 3 * UUR):
        storingen.withdraw(None, een.id)
    werk()
    assert deadline(taak) == date(2026, 11, 4)
    assert verteld == []
    assert not Verwerking.objects.filter(deel="taken", klaar_op=None).exists()


def test_what_went_up_in_another_outage_is_worked_out_with_that_one(huis, verteld):
    taak = vraag(huis, date(2026, 11, 4))
    eerste = storing(DINSDAG - 2 * UUR, DINSDAG - UUR)
    storing(DINSDAG, DINSDAG + 2 * UUR)
    with op_moment(DINSDAG + 3 * UUR):
        assert storingen.start(None, wat=Wat.PORTAAL, vanaf=DINSDAG - UUR).id == eerste.id
    werk()
    assert (deadline(taak), verteld) == (date(2026, 11, 4), []), "it goes on"
    with op_moment(DINSDAG + DAG):
        storingen.einde(None, wat=Wat.PORTAAL)
    werk(DINSDAG + DAG + UUR)
    assert deadline(taak) == date(2026, 11, 6)
    assert len(verteld) == TermijnVerlenging.objects.count() == 1


def test_an_end_that_was_later_gives_more_time_and_one_that_was_earlier_takes_none(huis, verteld):
    taak = vraag(huis, date(2026, 11, 4))
    een = storing()
    werk()
    for eind, verwacht in ((DINSDAG + DAG, date(2026, 11, 6)), (DINSDAG + UUR, date(2026, 11, 6))):
        with op_moment(DINSDAG + 2 * DAG):
            storingen.correct(None, een.id, begin=een.begin, eind=eind, reden="")
        werk(DINSDAG + 2 * DAG + UUR)
        assert deadline(taak) == verwacht
    rij = TermijnVerlenging.objects.get()
    assert (rij.van, rij.tot) == (date(2026, 11, 4), date(2026, 11, 6))
    assert len(verteld) == 2


def test_an_outage_found_out_long_afterwards_mails_nobody_about_a_day_that_is_past(huis, verteld):
    taak = vraag(huis, date(2026, 11, 4))
    storing()
    werk(DINSDAG + 30 * DAG)
    assert deadline(taak) == date(2026, 11, 5)
    assert verteld == []


class Weg:
    """A source that does not answer."""

    naam, titel = "register", "het register"

    def __getattr__(self, naam: str) -> object:
        raise BronOnbereikbaar("register")


def test_a_source_that_does_not_answer_is_asked_again(huis, verteld):
    taak = vraag(huis, date(2026, 11, 4))
    storing()
    echt = bronnen.alle()
    bronnen.configure(Weg())  # type: ignore[arg-type]
    werk()
    assert deadline(taak) == date(2026, 11, 4)
    bronnen.configure(*echt)
    werk()
    assert deadline(taak) == date(2026, 11, 4), "not at once"
    werk(DINSDAG + 5 * UUR)
    assert deadline(taak) == date(2026, 11, 5)
    assert len(verteld) == 1


def test_a_hundred_are_done_in_steps_each_exactly_once(huis, verteld):
    zaak = huis.start()
    for nummer in range(60):
        with op_moment(DINSDAG - 14 * DAG):
            zaken.ask_answer(
                huis.mila, zaak.ref, titel=f"Vraag {nummer}", toelichting="", deadline=date(2026, 11, 4)
            )
    storing()
    with op_moment(DINSDAG + 4 * UUR):
        assert zaken.extend_taken(DINSDAG + 4 * UUR)
    assert TermijnVerlenging.objects.count() == 25
    werk()
    assert TermijnVerlenging.objects.count() == len(verteld) == 60
    assert set(Taak.objects.values_list("deadline", flat=True)) == {date(2026, 11, 5)}


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_two_workers_give_everybody_one_extension(huis, verteld):
    zaak = huis.start()
    for nummer in range(60):
        with op_moment(DINSDAG - 14 * DAG):
            zaken.ask_answer(
                huis.mila, zaak.ref, titel=f"Vraag {nummer}", toelichting="", deadline=date(2026, 11, 4)
            )
    storing()
    fouten: list[BaseException] = []

    def loop() -> None:
        try:
            werk()
        except BaseException as fout:  # noqa: BLE001 - told by the test
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=loop) for _ in range(3)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    werk()
    assert fouten == []
    assert TermijnVerlenging.objects.count() == len(verteld) == 60
