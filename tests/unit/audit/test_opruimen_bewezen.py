"""The removal of old proof takes nothing along that is not what was sealed: not for who owns the database either."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from eloket.audit.bevindingen import BewijsKloptNiet, Soort
from eloket.audit.models import AuditRegel, Opruiming, Zegel
from eloket.audit.opruimen import remove_expired, remove_oldest
from eloket.kernel.duur import Duur
from eloket.kernel.klok import nu, op_moment
from tests.bewaking import zonder_bewaking
from tests.unit.audit.keten import add, check, found, seal

pytestmark = pytest.mark.django_db
VIJF_JAAR = Duur.parse("P5Y")
VROEGER = datetime(2020, 1, 1, tzinfo=UTC)
NU = datetime(2026, 11, 28, 9, tzinfo=UTC)
JONG = NU - timedelta(days=1)


@pytest.fixture(autouse=True)
def _dag():
    with op_moment(NU):
        yield


def seal_on(moment: datetime, aantal: int = 3) -> None:
    with op_moment(moment):
        add(aantal)
        seal()


def sql(opdracht: str, *waarden: str | int | None) -> None:
    """What the owner of the database can do, and who has the secret need not."""
    with zonder_bewaking(), connection.cursor() as cursor:
        cursor.execute(opdracht, waarden)


def upkeep() -> Soort:
    """A round of the worker that must be refused; what it found."""
    with pytest.raises(BewijsKloptNiet) as gevonden:
        remove_expired(VIJF_JAAR, NU)
    return gevonden.value.bevinding.soort


def daden() -> int:
    return AuditRegel.objects.filter(actie="zaak.bekeken").count()


def test_a_seal_that_was_made_to_look_old_stays_and_its_lines_too():
    seal_on(JONG, 10)
    oud = connection.ops.adapt_datetimefield_value(datetime(2010, 1, 1, tzinfo=UTC))
    sql("UPDATE audit_zegel SET moment = %s WHERE volgnummer <= 3", oud)
    assert upkeep() is Soort.ZEGEL_GEWIJZIGD
    assert (daden(), Zegel.objects.count(), Opruiming.objects.count()) == (10, 4, 0)
    assert [(soort, zegel) for soort, zegel, _ in found()] == [("ZEGEL_GEWIJZIGD", een) for een in (1, 2, 3)]


def test_a_removal_that_is_not_ours_removes_nothing_and_moves_no_seal():
    seal_on(VROEGER, 6)
    seal_on(JONG, 4)
    sql(
        "INSERT INTO audit_opruiming (keten, tot, kop, moment, reden, hash, sleutel)"
        " VALUES ('audit_regel', 1000000000, 'a', '2026-01-01 00:00:00+00', 'x', 'b', %s)",
        Zegel.objects.values_list("sleutel", flat=True)[0],
    )
    assert upkeep() is Soort.OPRUIMING_VERVALST
    assert (daden(), Zegel.objects.count()) == (10, 4)
    seal_on(NU, 1)  # the chain goes on where it was
    assert Zegel.objects.order_by("-volgnummer")[0].volgnummer == 5
    assert found() == [("OPRUIMING_VERVALST", 1_000_000_000, None)]


@pytest.mark.parametrize(
    ("opdracht", "soort"),
    [
        ("UPDATE audit_regel SET object_ref = 'anders' WHERE zegel = 2", Soort.REGEL_GEWIJZIGD),
        ("DELETE FROM audit_regel WHERE zegel = 2", Soort.REGEL_VERDWENEN),
        ("UPDATE audit_regel SET zegel = 1 WHERE zegel = 2", Soort.REGEL_ANDER_ZEGEL),
        ("DELETE FROM audit_zegel WHERE volgnummer = 2", Soort.ZEGEL_VERDWENEN),
        ("DELETE FROM audit_zegel WHERE volgnummer = 1", Soort.ZEGEL_VERDWENEN),
        ("UPDATE audit_zegel SET vorige_hash = 'a' WHERE volgnummer = 2", Soort.ZEGEL_GEWIJZIGD),
        ("UPDATE audit_zegel SET sleutel = 'a' WHERE volgnummer = 2", Soort.ANDERE_SLEUTEL),
    ],
)
def test_the_trace_of_a_change_does_not_go_because_it_is_old(opdracht: str, soort: Soort):
    seal_on(VROEGER, 9)
    sql(opdracht)
    voor, mis = AuditRegel.objects.count(), found()
    assert mis
    assert upkeep() is soort
    assert AuditRegel.objects.count() == voor + 1  # the line that says so
    assert found() == mis


def test_seals_that_do_not_follow_each_other_stay():
    """Each is ours: somebody had the first made anew, over other lines."""
    seal_on(VROEGER, 6)
    tweede = Zegel.objects.get(volgnummer=2)
    with zonder_bewaking():
        Zegel.objects.all().delete()
        AuditRegel.objects.filter(zegel=1).delete()
    seal_on(VROEGER, 3)
    tweede.save(force_insert=True)
    assert found() == [("ZEGEL_SLUIT_NIET_AAN", 2, None)]
    assert upkeep() is Soort.ZEGEL_SLUIT_NIET_AAN
    assert daden() == 6


def test_a_younger_seal_that_got_a_number_that_was_to_go_stays():
    seal_on(VROEGER, 6)
    seal_on(JONG, 3)
    assert remove_oldest(AuditRegel, voor=JONG, reden="proef", now=NU, zegels=2) == 6
    sql("UPDATE audit_zegel SET volgnummer = 1 WHERE volgnummer = 3")
    sql("UPDATE audit_regel SET zegel = 1 WHERE zegel = 3")
    assert upkeep() is Soort.ZEGEL_GEWIJZIGD
    assert daden() == 3


def test_without_the_key_of_the_seals_nothing_is_proved_and_nothing_goes(settings):
    seal_on(VROEGER, 6)
    settings.ELOKET = settings.ELOKET.model_copy(
        update={"hash_secret": "een-ander-geheim-van-deze-gemeente-0001"}
    )
    assert upkeep() is Soort.ANDERE_SLEUTEL
    assert daden() == 6


def test_what_is_wrong_after_what_goes_does_not_keep_it():
    seal_on(VROEGER, 3)
    seal_on(JONG, 3)
    sql("UPDATE audit_regel SET object_ref = 'anders' WHERE zegel = 2")
    assert remove_expired(VIJF_JAAR, NU) == 3
    assert {soort for soort, *_ in found()} == {"REGEL_GEWIJZIGD"}


def test_what_was_refused_is_told_in_the_log_each_time_and_in_the_trail_once_a_day(
    caplog: pytest.LogCaptureFixture,
):
    seal_on(VROEGER, 3)
    sql("UPDATE audit_regel SET object_ref = 'mevrouw De Vries'")
    for _ in range(3):
        upkeep()
    fouten = [een.getMessage() for een in caplog.records if een.levelno == logging.ERROR]
    pk = AuditRegel.objects.order_by("pk")[0].pk
    assert (
        fouten
        == [f"het bewijs klopt niet: audit_regel: zegel 1, regel {pk} is veranderd nadat hij verzegeld was"]
        * 3
    )
    regel = AuditRegel.objects.get(actie="audit.klopt_niet")
    assert regel.kenmerken == {"keten": "audit_regel", "zegel": 1, "soort": "REGEL_GEWIJZIGD"}
    with op_moment(NU + timedelta(days=1)), pytest.raises(BewijsKloptNiet):
        remove_expired(VIJF_JAAR, nu())
    assert AuditRegel.objects.filter(actie="audit.klopt_niet").count() == 2


def test_when_it_is_put_right_again_the_upkeep_goes_on():
    seal_on(VROEGER, 3)
    goed = AuditRegel.objects.order_by("pk").values_list("object_ref", flat=True)[0]
    pk = AuditRegel.objects.order_by("pk")[0].pk
    sql("UPDATE audit_regel SET object_ref = 'anders' WHERE id = %s", pk)
    upkeep()
    sql("UPDATE audit_regel SET object_ref = %s WHERE id = %s", goed, pk)
    assert remove_expired(VIJF_JAAR, NU) == 3
    seal()
    assert (found(), check().opgeruimd_tot) == ([], 1)
