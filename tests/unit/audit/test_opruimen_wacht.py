"""A seal whose date was put into the future keeps all that came after it, for ever: that is told, not waited for."""

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from eloket.audit.alarm import is_raised
from eloket.audit.bevindingen import BewijsKloptNiet, Soort
from eloket.audit.models import AuditRegel, Opruiming, Zegel
from eloket.audit.opruimen import remove_expired
from eloket.kernel.duur import Duur
from eloket.kernel.klok import op_moment
from eloket.ops.management.commands.worker import Worker
from tests.bewaking import zonder_bewaking
from tests.unit.audit.keten import add, found, seal

pytestmark = pytest.mark.django_db
VIJF_JAAR = Duur.parse("P5Y")
VROEGER = datetime(2020, 1, 1, tzinfo=UTC)
NU = datetime(2026, 11, 28, 9, tzinfo=UTC)
JONG = NU - timedelta(days=30)
WACHT = "opruimen wacht: de klok liep voor bij zegel"


@pytest.fixture(autouse=True)
def _dag():
    with op_moment(NU):
        yield


def seal_on(moment: datetime, aantal: int = 3) -> None:
    with op_moment(moment):
        add(aantal)
        seal()


def forge(volgnummer: int, moment: datetime) -> None:
    """What who owns the database can do, without the secret."""
    waarde = connection.ops.adapt_datetimefield_value(moment)
    with zonder_bewaking(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_zegel SET moment = %s WHERE volgnummer = %s", [waarde, volgnummer])


def upkeep() -> Soort:
    """A round of the worker that must tell; what it found."""
    with pytest.raises(BewijsKloptNiet) as gevonden:
        remove_expired(VIJF_JAAR, NU)
    return gevonden.value.bevinding.soort


def waiting(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [een.getMessage() for een in caplog.records if een.getMessage().startswith(WACHT)]


@pytest.mark.parametrize(
    "tot", [datetime(9000, 1, 1, tzinfo=UTC), NU + timedelta(minutes=30), JONG], ids=["far", "soon", "past"]
)
def test_an_old_seal_that_was_made_to_look_young_is_told(tot: datetime):
    """Also when the date is in the past already: it is not the one that was sealed."""
    seal_on(VROEGER, 6)
    forge(1, tot)
    assert upkeep() is Soort.ZEGEL_GEWIJZIGD
    assert is_raised(NU)
    regel = AuditRegel.objects.get(actie="audit.klopt_niet")
    assert (regel.kenmerken["zegel"], regel.kenmerken["soort"]) == (1, "ZEGEL_GEWIJZIGD")
    assert (Zegel.objects.count(), Opruiming.objects.count()) == (2, 0)


def test_what_is_older_goes_first_and_then_it_is_told():
    seal_on(VROEGER, 9)
    forge(3, datetime(9000, 1, 1, tzinfo=UTC))
    assert remove_expired(VIJF_JAAR, NU) == 6
    assert not is_raised(NU)
    assert upkeep() is Soort.ZEGEL_GEWIJZIGD
    assert Zegel.objects.filter(volgnummer=3).exists()


def test_the_worker_tells_it_and_the_rest_of_the_upkeep_goes_on(caplog: pytest.LogCaptureFixture):
    seal_on(VROEGER, 3)
    forge(1, datetime(9000, 1, 1, tzinfo=UTC))
    with caplog.at_level(logging.INFO):
        Worker(threading.Event()).run_once()
    teksten = [een.getMessage() for een in caplog.records]
    assert "het bewijs klopt niet: audit_regel: zegel 1 is veranderd of van plaats verwisseld" in teksten
    assert "onderhoud mislukt: logboek opgeruimd BewijsKloptNiet" in teksten
    assert any(tekst.startswith("onderhoud: opvallend inzien") for tekst in teksten)


def test_seals_that_are_missing_before_the_first_young_one_are_told():
    seal_on(VROEGER, 6)
    seal_on(JONG, 3)
    with zonder_bewaking():
        Zegel.objects.filter(volgnummer__lte=2).delete()
        AuditRegel.objects.filter(zegel__lte=2).delete()
    assert upkeep() is Soort.ZEGEL_VERDWENEN


def test_a_young_seal_that_does_not_follow_what_was_removed_is_told():
    seal_on(VROEGER, 3)
    seal_on(JONG, 3)
    assert remove_expired(VIJF_JAAR, NU) == 3
    zegel = Zegel.objects.get(volgnummer=2)
    with zonder_bewaking():
        Opruiming.objects.all().delete()
        Zegel.objects.all().delete()
        AuditRegel.objects.all().delete()
    seal_on(VROEGER, 3)
    remove_expired(VIJF_JAAR, NU)
    zegel.save(force_insert=True)
    assert upkeep() is Soort.ZEGEL_SLUIT_NIET_AAN


def test_a_seal_of_a_clock_that_was_ahead_is_ours_and_says_so_in_the_log(caplog: pytest.LogCaptureFixture):
    """What it holds is proof as good as any, so there is no alarm: it is kept too long, and somebody can know why."""
    seal_on(NU + timedelta(days=400))
    assert remove_expired(VIJF_JAAR, NU) == 0
    assert waiting(caplog) == [f"{WACHT} 1 van audit_regel"]
    assert not is_raised(NU)
    assert found() == []


def test_a_seal_dated_after_the_next_one_says_so_too(caplog: pytest.LogCaptureFixture):
    seal_on(JONG + timedelta(days=10))
    seal_on(JONG)
    assert remove_expired(VIJF_JAAR, NU) == 0
    assert waiting(caplog) == [f"{WACHT} 1 van audit_regel"]


def test_clocks_of_two_workers_that_differ_a_little_are_no_news(caplog: pytest.LogCaptureFixture):
    seal_on(NU + timedelta(minutes=1))
    seal_on(NU - timedelta(minutes=1))
    assert remove_expired(VIJF_JAAR, NU) == 0
    assert waiting(caplog) == []


def test_a_chain_that_is_young_and_right_says_nothing(caplog: pytest.LogCaptureFixture):
    seal_on(JONG, 6)
    assert remove_expired(VIJF_JAAR, NU) == 0
    assert (waiting(caplog), is_raised(NU)) == ([], False)
