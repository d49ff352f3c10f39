"""Signs of life: a silence of everything is an outage, a silence of one process is not."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, InterfaceError

from eloket.beschikbaarheid import levensteken
from eloket.beschikbaarheid.levensteken import give
from eloket.beschikbaarheid.models import Levensteken
from eloket.beschikbaarheid.queries import list_onderbrekingen
from eloket.beschikbaarheid.types import Herkomst, Wat
from eloket.kernel.klok import op_moment

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
MINUUT, UUR, DAG = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def leef(proces: str, moment: datetime) -> None:
    with op_moment(moment):
        give(proces, moment)


def test_the_very_first_sign_says_nothing_about_before():
    leef("worker:1", NU)
    assert list_onderbrekingen() == ()


def test_a_silence_of_everything_is_an_outage_from_the_last_sign_until_now():
    leef("worker:1", NU)
    leef("web:1", NU + MINUUT)
    leef("web:2", NU + 3 * UUR)
    leef("worker:2", NU + 3 * UUR)
    (een,) = list_onderbrekingen()
    assert (een.wat, een.begin, een.eind) == (Wat.PORTAAL, NU + MINUUT, NU + 3 * UUR)
    assert een.herkomst is Herkomst.METING


def test_a_silence_of_days_is_found_whole():
    leef("worker:1", NU)
    leef("worker:2", NU + 5 * DAG)
    (een,) = list_onderbrekingen()
    assert een.duur == 5 * DAG


def test_a_worker_that_was_down_while_the_site_was_not_is_no_outage():
    leef("worker:1", NU)
    for minuut in range(0, 180, 4):
        leef("web:1", NU + minuut * MINUUT)
    leef("worker:2", NU + 3 * UUR)
    assert list_onderbrekingen() == ()


def test_a_restart_is_no_outage():
    leef("worker:1", NU)
    leef("worker:2", NU + 5 * MINUUT)
    assert list_onderbrekingen() == ()


def test_a_process_that_waited_for_the_database_records_it_afterwards():
    leef("web:1", NU)
    leef("web:1", NU + 20 * MINUUT)
    assert [een.duur for een in list_onderbrekingen()] == [20 * MINUUT]


def test_a_clock_that_goes_back_makes_no_outage_and_blinds_us_no_longer_than_that():
    leef("worker:1", NU + 300 * DAG)
    leef("worker:1", NU)
    assert list_onderbrekingen() == ()
    leef("worker:1", NU + UUR)
    assert [een.begin for een in list_onderbrekingen()] == [NU]


def test_signs_of_long_ago_are_thrown_away():
    for nummer in range(30):
        leef(f"worker:{nummer}", NU + nummer * 2 * UUR)
    assert Levensteken.objects.count() <= 13


def test_the_demo_is_off_most_of_the_time(settings):
    settings.ELOKET = settings.ELOKET.model_copy(update={"omgeving": "demo"})
    leef("worker:1", NU)
    leef("worker:2", NU + 5 * DAG)
    assert list_onderbrekingen() == ()


@pytest.mark.parametrize("fout", [DatabaseError, InterfaceError, OSError, ValueError])
def test_whatever_goes_wrong_the_next_minute_is_tried_again_on_a_new_connection(monkeypatch, caplog, fout):
    gesloten = []

    def breek(*_: object) -> None:
        raise fout("999990019")

    def sluit() -> None:
        gesloten.append(fout)
        raise InterfaceError("connection already closed")

    monkeypatch.setattr(levensteken, "give", breek)
    monkeypatch.setattr(levensteken, "connection", SimpleNamespace(close=sluit))
    levensteken._try_to_give("web:1")
    assert gesloten == [fout]
    assert caplog.messages == [f"geen levensteken: {fout.__name__}"]
