"""The bar on every page: what it says and when, and that it never costs a page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client

from eloket.beschikbaarheid import balk, service
from eloket.beschikbaarheid.types import Wat
from eloket.kernel.klok import op_moment

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
UUR, DAG = timedelta(hours=1), timedelta(days=1)


def lees(now: datetime) -> list[tuple[str, str]]:
    balk.keep((), seconden=0)
    with op_moment(now):
        return [(een.titel, f"{een.tekst} {een.wanneer}") for een in balk.list_berichten(now)]


def test_it_says_what_goes_on_since_when_and_what_one_can_do():
    with op_moment(NU):
        service.start(None, wat=Wat.INLOGGEN, reden="DigiD heeft een storing.")
    assert lees(NU + UUR) == [("Storing", "DigiD heeft een storing. Sinds 13.00 uur.")]
    assert lees(NU + DAG) == [("Storing", "DigiD heeft een storing. Sinds 3 november 2026, 13.00 uur.")]
    balk.keep((), seconden=0)
    with op_moment(NU):
        html = Client().get("/").content.decode()
    assert 'aria-label="Storingen en onderhoud"' in html
    assert "Kunt u niet wachten? Bel" in html


def test_maintenance_stands_there_a_week_before_and_not_afterwards():
    with op_moment(NU):
        dan = NU + 10 * DAG
        service.plan(None, wat=Wat.PORTAAL, reden="De site krijgt een update.", begin=dan, eind=dan + UUR)
    van = "De site krijgt een update. Van 13 november 2026, 13.00 uur tot 13 november 2026, 14.00 uur."
    assert lees(NU + 2 * DAG) == []
    assert lees(NU + 4 * DAG) == [("Onderhoud", van)]
    assert lees(NU + 10 * DAG) == [("Onderhoud", "De site krijgt een update. Van 13.00 uur tot 14.00 uur.")]
    assert lees(NU + 10 * DAG + 2 * UUR) == []


def test_for_some_hours_it_says_that_there_was_one():
    with op_moment(NU):
        service.record_gemeten(Wat.PORTAAL, NU - 2 * UUR, NU)
    (bericht,) = lees(NU + UUR)
    assert bericht == ("Er was een storing", "Deze site werkte toen niet goed. Van 11.00 uur tot 13.00 uur.")
    assert lees(NU + 5 * UUR) == []


def test_what_was_written_for_who_could_not_wait_is_not_said_afterwards():
    with op_moment(NU):
        service.start(None, wat=Wat.DOCUMENTEN, reden="Wij werken eraan. Probeer het straks.")
    with op_moment(NU + UUR):
        service.einde(None, wat=Wat.DOCUMENTEN)
    ((_, tekst),) = lees(NU + UUR + timedelta(minutes=5))
    assert tekst.startswith("Documenten versturen lukte toen niet goed.")


def test_the_database_is_asked_once_for_many_pages(django_assert_num_queries):
    balk.keep((), seconden=0)
    with django_assert_num_queries(2):
        for _ in range(5):
            balk.list_berichten(NU)


def test_a_database_that_is_away_leaves_what_was_known():
    with op_moment(NU):
        service.start(None, wat=Wat.PORTAAL)
    assert len(lees(NU)) == 1
    balk.keep(balk._bekend.onderbrekingen, seconden=1e-9)
    with connection.execute_wrapper(_weg):
        assert len(balk.list_berichten(NU)) == 1
        with op_moment(NU):
            antwoord = Client().get("/contact/")
    assert antwoord.status_code == 200
    assert "Deze site werkt nu niet goed." in antwoord.content.decode()


def _weg(*_: object) -> None:
    raise OperationalError("weg")


def test_what_somebody_typed_is_text_and_no_html():
    with op_moment(NU):
        service.start(None, wat=Wat.PORTAAL, reden="<b>Kapot</b> & stuk")
        balk.keep((), seconden=0)
        html = Client().get("/").content.decode()
    assert "&lt;b&gt;Kapot&lt;/b&gt; &amp; stuk" in html


def test_no_bar_without_a_reason():
    assert "pip-outage" not in Client().get("/").content.decode()
