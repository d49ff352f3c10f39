"""The audit trail goes when its own retention period is over: whole seals, noted, and the chain still holds."""

from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from pydantic import ValidationError

from eloket.audit import controle, opruimen, verzegelen
from eloket.audit.models import AuditRegel, Opruiming, Zegel
from eloket.audit.opruimen import remove_expired
from eloket.config.omgeving import Omgeving, Settings
from eloket.kernel.duur import Duur
from eloket.kernel.klok import nu, op_moment
from tests.unit.audit.keten import add, check, found, seal

pytestmark = pytest.mark.django_db
VIJF_JAAR = Duur.parse("P5Y")
NU = datetime(2026, 11, 28, 9, tzinfo=UTC)


def seal_on(moment: datetime, aantal: int = 3) -> None:
    with op_moment(moment):
        add(aantal)
        seal()


def test_what_is_old_enough_goes_and_what_is_not_stays():
    seal_on(datetime(2021, 11, 26, 12, tzinfo=UTC))
    seal_on(datetime(2021, 11, 27, 22, 59, tzinfo=UTC))  # the last minute of that day in Amsterdam
    seal_on(datetime(2021, 11, 27, 23, tzinfo=UTC))
    assert remove_expired(VIJF_JAAR, NU) == 6
    assert (check().opgeruimd_tot, AuditRegel.objects.filter(zegel=3).count(), found()) == (2, 3, [])


def test_nothing_goes_while_it_is_too_young_and_nothing_is_noted():
    seal_on(datetime(2022, 1, 1, tzinfo=UTC))
    assert remove_expired(VIJF_JAAR, NU) == 0
    assert not Opruiming.objects.exists()
    assert AuditRegel.objects.count() == 3


def test_what_is_not_sealed_never_goes():
    with op_moment(datetime(2015, 1, 1, tzinfo=UTC)):
        add(2)
    assert remove_expired(VIJF_JAAR, NU) == 0
    assert AuditRegel.objects.count() == 2


def test_a_removal_is_noted_in_the_trail_once():
    seal_on(datetime(2020, 1, 1, tzinfo=UTC))
    for _ in range(3):
        remove_expired(VIJF_JAAR, NU)
    regel = AuditRegel.objects.get(actie="audit.opgeruimd")
    assert (regel.actor_soort, regel.object_ref) == ("systeem", "audit")
    assert regel.kenmerken == {"keten": "audit_regel", "tot": 1, "voor": "2021-11-28"}
    seal()
    assert found() == []


def test_a_large_removal_is_done_in_parts_and_the_chain_holds_after_each(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(opruimen, "PER_RONDE", 2)
    seal_on(datetime(2020, 1, 1, tzinfo=UTC), 15)
    weg = []
    for _ in range(4):
        weg.append(remove_expired(VIJF_JAAR, NU))
        assert found() == []
    assert weg == [6, 6, 3, 0]
    assert list(Opruiming.objects.order_by("tot").values_list("tot", flat=True)) == [
        2,
        4,
        5,
    ]  # what it looked at


def test_a_check_that_a_removal_overtakes_finds_nothing_wrong():
    """The check read where the chain begins, then a worker removed the first seals."""
    seal_on(datetime(2020, 1, 1, tzinfo=UTC), 9)
    echt = controle._Controle._read_opruimingen
    ingehaald: list[bool] = []

    def overtaken(zelf: controle._Controle) -> None:
        echt(zelf)
        if not ingehaald:
            ingehaald.append(True)
            remove_expired(VIJF_JAAR, NU)

    with patch.object(controle._Controle, "_read_opruimingen", overtaken):
        assert found() == []
    assert not Zegel.objects.exists()


def test_a_check_still_finds_what_was_removed_by_hand_beside_a_removal():
    seal_on(datetime(2020, 1, 1, tzinfo=UTC))
    remove_expired(VIJF_JAAR, NU)
    add(4)
    assert verzegelen.seal_batch(AuditRegel, nu()) == 5
    from tests.bewaking import zonder_bewaking  # noqa: PLC0415 - only here somebody tampers

    with zonder_bewaking():
        AuditRegel.objects.filter(zegel=2).order_by("pk").first().delete()  # type: ignore[union-attr]
    assert [soort for soort, *_ in found()] == ["REGEL_VERDWENEN"]


@pytest.mark.parametrize("termijn", ["P5M", "P30D", "vijf jaar", ""])
def test_a_term_that_is_too_short_or_unreadable_stops_the_start(termijn: str):
    with pytest.raises(ValidationError, match="logboek_termijn"):
        Settings(omgeving=Omgeving.TEST, logboek_termijn=termijn)
