"""A draft of a message that is kept, sent or removed at the same moment: on a database with real concurrency."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from eloket.audit.models import AuditRegel
from eloket.berichten import concepten
from eloket.berichten.models import BerichtConcept
from eloket.berichten.service import send_bericht
from eloket.kernel.klok import nu, op_moment
from eloket.zaken.types import Zaak
from tests.faults.samen import before_commit
from tests.web.werkplek import Stadhuis, build_stadhuis

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    return huis.start()


def keep(huis: Stadhuis, zaak: Zaak, tekst: str = "Half") -> Callable[[], object]:
    return partial(concepten.save_concept, huis.jeroen, zaak.ref, tekst=tekst, sleutel="s")


def acties() -> list[str]:
    regels = AuditRegel.objects.filter(actie__startswith="bericht.").order_by("pk")
    return [*regels.values_list("actie", flat=True)]


def test_two_tabs_that_begin_at_once_are_one_draft_and_one_line(huis: Stadhuis, zaak: Zaak):
    later = before_commit(keep(huis, zaak, "Een"), keep(huis, zaak, "Twee"))
    assert not isinstance(later, Exception), later
    assert BerichtConcept.objects.get().tekst == "Twee"
    assert acties() == ["bericht.concept_bewaard"]


def test_two_tabs_that_keep_and_empty_it_at_once_do_not_wait_for_ever(huis: Stadhuis, zaak: Zaak):
    keep(huis, zaak)()
    assert not isinstance(before_commit(keep(huis, zaak, "Meer"), keep(huis, zaak, "")), Exception)
    assert not BerichtConcept.objects.exists()
    assert not isinstance(before_commit(keep(huis, zaak, "Weer"), keep(huis, zaak, "Weer iets")), Exception)
    assert acties() == [f"bericht.concept_{een}" for een in ("bewaard", "weggegooid", "bewaard")]


def test_a_script_that_keeps_what_is_being_sent_leaves_no_draft(huis: Stadhuis, zaak: Zaak):
    keep(huis, zaak)()
    later = before_commit(
        partial(send_bericht, huis.jeroen, zaak.ref, tekst="Half", sleutel="s"), keep(huis, zaak)
    )
    assert later is None
    assert not BerichtConcept.objects.exists()
    assert acties() == ["bericht.concept_bewaard", "bericht.verstuurd"]


def test_an_old_draft_that_is_typed_in_at_this_moment_stays(huis: Stadhuis, zaak: Zaak):
    with op_moment(nu() - timedelta(days=31)):
        keep(huis, zaak)()
    assert before_commit(keep(huis, zaak, "Toch verder"), partial(concepten.ruim_op, nu())) == 0
    assert BerichtConcept.objects.get().tekst == "Toch verder"


def test_two_workers_remove_a_draft_once(huis: Stadhuis, zaak: Zaak):
    with op_moment(nu() - timedelta(days=31)):
        keep(huis, zaak)()
    assert before_commit(partial(concepten.ruim_op, nu()), partial(concepten.ruim_op, nu())) == 0
    assert AuditRegel.objects.filter(actie="concept.verlopen").count() == 1
