"""What comes in while a civil servant reads stays in the work list: on a database with real concurrency."""

import uuid

import pytest

from eloket.berichten import service as berichten
from eloket.berichten.queries import list_gesprekken_van_zaak
from eloket.berichten.types import NIEUW
from eloket.zaken.types import Aandacht, Zaak
from tests.faults.samen import before_commit
from tests.web.werkplek import Stadhuis, build_stadhuis

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    """With a message of Jeroen that nobody has read."""
    zaak = huis.start()
    send(huis, zaak, "Hoe lang nog?")
    return zaak


def send(huis: Stadhuis, zaak: Zaak, tekst: str, gesprek: str = "") -> None:
    onderwerp = tekst if gesprek == NIEUW else ""
    berichten.send_bericht(
        huis.jeroen, zaak.ref, tekst=tekst, sleutel=uuid.uuid4().hex, gesprek_id=gesprek, onderwerp=onderwerp
    )


@pytest.mark.parametrize("gesprek", ["", NIEUW])
def test_a_message_that_is_being_sent_stays_in_the_work_list(huis: Stadhuis, zaak: Zaak, gesprek: str):
    (open_,) = list_gesprekken_van_zaak(zaak.ref, partij=None)
    gelezen = before_commit(
        lambda: send(huis, zaak, "En nog iets", gesprek),
        lambda: berichten.mark_read(
            huis.mila, zaak.ref, tot=open_.berichten[0].verzonden_op, gesprek_id=open_.id
        ),
    )
    assert gelezen == 1
    assert sum(een.ongelezen for een in list_gesprekken_van_zaak(zaak.ref, partij=None)) == 1
    assert huis.now(zaak.ref).aandacht == {Aandacht.BERICHT}


def test_so_does_one_that_a_colleague_marks_as_unread(huis: Stadhuis, zaak: Zaak):
    (eerste,) = list_gesprekken_van_zaak(zaak.ref, partij=None)
    berichten.mark_read(huis.omar, zaak.ref)
    send(huis, zaak, "Iets anders", NIEUW)
    tweede = list_gesprekken_van_zaak(zaak.ref, partij=None)[0]
    gelezen = before_commit(
        lambda: berichten.mark_unread(huis.omar, zaak.ref, eerste.id),
        lambda: berichten.mark_read(huis.mila, zaak.ref, gesprek_id=tweede.id),
    )
    assert gelezen == 1
    assert huis.now(zaak.ref).aandacht == {Aandacht.BERICHT}


def test_when_nothing_is_left_it_goes_from_the_work_list(huis: Stadhuis, zaak: Zaak):
    assert berichten.mark_read(huis.mila, zaak.ref) == 1
    assert not huis.now(zaak.ref).aandacht
