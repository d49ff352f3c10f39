"""Reminders of what was sent and not opened: by the rule, once, and never of what was opened or went away meanwhile."""

import uuid
from datetime import timedelta

import pytest

from eloket.berichten.service import send_bericht
from eloket.documenten.models import Document
from eloket.documenten.upload import bied_aan
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import nu, op_moment
from eloket.notifications import herinneren as module
from eloket.notifications import nog_daar
from eloket.notifications.herinneren import PER_RONDE, remind_ongelezen
from eloket.notifications.models import Notificatie
from eloket.notifications.types import NotificatieSoort, Uitkomst
from eloket.zaken import service as zaken
from eloket.zaken.herinneringen import save_regel
from eloket.zaken.types import Zaak
from tests.web.werkplek import PDF, Stadhuis, build_stadhuis, client_of

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


@pytest.fixture
def huis() -> Stadhuis:
    save_regel(None, "ongelezen", is_aan=True, dagen=7)
    return build_stadhuis()


def bericht(huis: Stadhuis, dagen: int = 8) -> Zaak:
    with op_moment(nu() - dagen * DAG):
        zaak = huis.start()
        send_bericht(huis.mila, zaak.ref, tekst="Hallo", sleutel=uuid.uuid4().hex)
    return zaak


def herinneringen() -> int:
    return Notificatie.objects.filter(soort=NotificatieSoort.ONGELEZEN_HERINNERING).count()


def test_a_message_that_nobody_opened_is_reminded_of_once(huis):
    zaak = bericht(huis)
    assert remind_ongelezen(nu()) == 1
    assert remind_ongelezen(nu()) == remind_ongelezen(nu() - DAG) == remind_ongelezen(nu() + 9 * DAG) == 0
    rij = Notificatie.objects.get(soort=NotificatieSoort.ONGELEZEN_HERINNERING)
    assert (rij.zaak_ref, rij.uitkomst) == (str(zaak.ref), Uitkomst.GEEN_ADRES), (
        "also who gets no mail is accounted for"
    )


def test_a_document_that_nobody_opened_too(huis):
    with op_moment(nu() - 8 * DAG):
        zaak = huis.start()
        zaken.add_documenten(huis.mila, zaak.ref, (bied_aan("brief.pdf", [PDF]),))
    assert remind_ongelezen(nu()) == 1


def test_not_before_its_day_and_not_when_it_is_off(huis):
    bericht(huis, dagen=6)
    assert remind_ongelezen(nu()) == 0
    save_regel(None, "ongelezen", is_aan=False, dagen=1)
    assert remind_ongelezen(nu()) == 0


def test_not_of_what_was_opened(huis):
    zaak = bericht(huis)
    client_of(huis.jeroen).get(f"/mijn/berichten/{zaak.ref}/")
    assert remind_ongelezen(nu()) == 0


def test_not_of_a_document_that_went_to_another_zaak(huis):
    with op_moment(nu() - 8 * DAG):
        zaak, ander = huis.start(), huis.start()
        document = zaken.add_documenten(huis.mila, zaak.ref, (bied_aan("brief.pdf", [PDF]),)).toegevoegd[0]
        # As it could be until a document that was decided about stayed where it is; ours are from the start.
        Document.objects.filter(pk=document.id).update(zaak_ref=str(ander.ref))
    remind_ongelezen(nu())
    assert not Notificatie.objects.filter(
        soort=NotificatieSoort.ONGELEZEN_HERINNERING, zaak_ref=str(zaak.ref)
    ).exists()


def test_what_is_not_there_any_more_does_not_keep_what_waits(huis, monkeypatch):
    """An old version of a document stays unread for ever: the oldest of a round must not be those each time."""
    monkeypatch.setattr(nog_daar, "_TEGELIJK", 50)
    weg = Notificatie(
        soort=NotificatieSoort.DOCUMENT_TOEGEVOEGD,
        betrokkene_key="k",
        partij_key="k",
        zaak_ref="register-a1b2",
        gemaakt_op=nu() - 9 * DAG,
        gepland_op=nu() - 9 * DAG,
        uitkomst=Uitkomst.GEEN_ADRES,
    )
    for _ in range(PER_RONDE + 1):
        weg.pk, weg.onderwerp_id = None, str(uuid.uuid4())
        weg.save(force_insert=True)
    bericht(huis)
    with op_moment(nu() - 8 * DAG):
        zaak = huis.start()
        zaken.add_documenten(huis.mila, zaak.ref, (bied_aan("brief.pdf", [PDF]),))
    assert remind_ongelezen(nu()) == 2


def test_a_round_reminds_of_no_more_than_its_number(huis, monkeypatch):
    monkeypatch.setattr(module, "PER_RONDE", 2)
    for _ in range(3):
        bericht(huis)
    assert [remind_ongelezen(nu()) for _ in range(3)] == [2, 1, 0]


def test_when_the_documents_cannot_be_read_messages_are_reminded_of_and_documents_later(huis, monkeypatch):
    with op_moment(nu() - 8 * DAG):
        zaken.add_documenten(huis.mila, huis.start().ref, (bied_aan("brief.pdf", [PDF]),))
    bericht(huis)
    with monkeypatch.context() as even:
        even.setattr(nog_daar, "find_documenten", _unreachable)
        assert remind_ongelezen(nu()) == 1
    assert remind_ongelezen(nu()) == 1


def _unreachable(_ids: object) -> None:
    raise BronOnbereikbaar("documenten")


def test_what_lay_there_for_months_is_not_brought_up(huis):
    bericht(huis, dagen=60)
    assert remind_ongelezen(nu()) == 0
    assert herinneringen() == 0
