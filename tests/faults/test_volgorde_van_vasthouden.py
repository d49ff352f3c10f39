"""Rows are held in one order (docs/architecture.md), so that two never wait for each other: what the others do."""

from datetime import timedelta

import pytest
from django.db import transaction

from eloket.kernel import events
from eloket.kernel.klok import nu, vandaag
from eloket.loket.models import Concept
from eloket.zaken import service as zaken
from eloket.zaken.access import lock_zaak
from eloket.zaken.errors import TaakNietGevonden, VernietigenWacht
from eloket.zaken.events import ZaakVernietigd
from eloket.zaken.types import Zaak
from tests.faults.samen import before_commit, while_held
from tests.web.werkplek import Stadhuis, build_stadhuis

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


def test_an_answer_waits_for_the_zaak_before_it_holds_the_request(huis: Stadhuis):
    zaak = huis.start("Eerste")
    vraag = zaken.ask_answer(
        huis.mila, zaak.ref, titel="Welke auto?", toelichting="", deadline=vandaag() + timedelta(days=9)
    )
    antwoord = while_held(
        lambda: lock_zaak(zaak.ref),
        lambda: zaken.answer_taak(huis.jeroen, zaak.ref, vraag, antwoord="De blauwe."),
        lambda: zaken.withdraw_taak(huis.mila, zaak.ref, vraag),
    )
    assert isinstance(antwoord, TaakNietGevonden)


def test_a_zaak_is_not_destroyed_while_somebody_sends_a_form_that_adds_to_it(huis: Stadhuis):
    zaak = huis.start("Eerste")
    rij = Concept.objects.create(
        formulier="parkeervergunning",
        versie=1,
        wie="inwoner",
        eigenaar_key="e",
        sleutel="s",
        aanvulling_ref=str(zaak.ref),
        gewijzigd_op=nu(),
    )
    vernietigd = before_commit(
        lambda: Concept.objects.select_for_update().get(pk=rij.pk), lambda: destroy(zaak)
    )
    assert isinstance(vernietigd, VernietigenWacht)
    assert Concept.objects.filter(pk=rij.pk).exists()


def destroy(zaak: Zaak) -> None:
    with transaction.atomic():
        lock_zaak(zaak.ref)
        events.publish(ZaakVernietigd(ref=zaak.ref, besloten_op=nu()))
