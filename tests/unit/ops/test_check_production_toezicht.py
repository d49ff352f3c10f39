"""`eloket check-production` says when nobody guards: nobody who looks, nothing that is counted, nobody who approves."""

from datetime import timedelta

import pytest

from eloket.audit.alarm import raise_alarm
from eloket.audit.bevindingen import Bevinding, BewijsKloptNiet, Soort
from eloket.config.omgeving import Settings
from eloket.identity.models import Medewerker
from eloket.identity.types import Recht
from eloket.kernel.klok import nu, op_moment
from eloket.ops.productie.toezicht import check_toezicht
from eloket.ops.productie.types import Uitkomst
from eloket.zaken import bronnen
from tests.unit.ops.productieomgeving import outcome, put

pytestmark = pytest.mark.django_db
OK, LET_OP, FOUT = Uitkomst.OK, Uitkomst.LET_OP, Uitkomst.FOUT
# Every measure that the settings know, also one that comes later.
MATEN = [een for een in Settings.model_fields if een.startswith("opvallend_") and een != "opvallend_factor"]


def add(naam: str, *rechten: Recht, is_actief: bool = True) -> None:
    Medewerker.objects.create(
        subject=naam, naam=naam, rechten=[een.value for een in rechten], is_actief=is_actief
    )


def test_nobody_looks_one_looks_two_look():
    add("anders", Recht.BEHEREN, Recht.NOODTOEGANG)
    add("weg", Recht.INZIEN, is_actief=False)
    assert outcome(check_toezicht, "toezicht") is FOUT
    add("een", Recht.INZIEN)
    assert outcome(check_toezicht, "toezicht") is LET_OP
    add("twee", Recht.INZIEN, Recht.BEHANDELEN)
    assert outcome(check_toezicht, "toezicht") is OK


def test_nothing_is_counted(settings):
    nul = dict.fromkeys(MATEN, 0)
    put(settings, **nul)
    assert outcome(check_toezicht, "opvallend") is LET_OP
    for maat in MATEN:
        put(settings, **{**nul, maat: 3})
        assert outcome(check_toezicht, "opvallend") is OK


def test_nobody_can_approve_a_list_that_somebody_else_made():
    assert outcome(check_toezicht, "vernietigen") is LET_OP
    add("een", Recht.VERNIETIGEN)
    add("weg", Recht.VERNIETIGEN, is_actief=False)
    assert outcome(check_toezicht, "vernietigen") is LET_OP
    add("twee", Recht.VERNIETIGEN)
    assert outcome(check_toezicht, "vernietigen") is OK


def test_where_zaken_are_destroyed_elsewhere_nobody_has_to(monkeypatch: pytest.MonkeyPatch):
    class Elders:
        naam, titel = "elders", "Elders"

    monkeypatch.setattr(bronnen, "_bronnen", {"elders": Elders()})
    assert outcome(check_toezicht, "vernietigen") is OK


def test_proof_that_was_changed_is_a_fault_for_as_long_as_the_worker_says_so():
    assert outcome(check_toezicht, "bewijs") is OK
    raise_alarm(BewijsKloptNiet("audit_regel", Bevinding(Soort.REGEL_GEWIJZIGD, 1, 2)), nu())
    assert outcome(check_toezicht, "bewijs") is FOUT
    with op_moment(nu() + timedelta(days=3)):
        assert outcome(check_toezicht, "bewijs") is OK
