"""Two at once with one authorisation: of a code, an acceptance and a withdrawal each has one outcome."""

import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.db import connection, transaction

from eloket.identity.testing import inwoner
from eloket.identity.types import Actor
from eloket.kernel.errors import EloketFout
from eloket.machtigingen import service
from eloket.machtigingen.access import list_actors
from eloket.machtigingen.models import MachtigingRegel
from eloket.notifications.models import Notificatie
from eloket.zaken.access import act_for, get_zaak_for
from eloket.zaken.errors import ZaakNietGevonden
from eloket.zaken.types import Zaak
from tests.huis import met_nepbronnen
from tests.machtigen import leg_voor, machtig, wens
from tests.web.portaal import zaak_van

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
JEROEN, FATIMA = inwoner("999990019"), inwoner("999990020", "Fatima el Idrissi")
SANNE = inwoner("999990032", "Sanne de Wit")


@pytest.fixture
def zaak() -> Iterator[Zaak]:
    with met_nepbronnen():
        yield zaak_van(JEROEN)


class Draad(threading.Thread):
    """Does one thing and keeps what came of it."""

    def __init__(self, doe: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self._doe = doe
        self.uitkomst: object = None
        self.start()

    def run(self) -> None:
        try:
            self.uitkomst = self._doe() or "gedaan"
        except EloketFout as fout:
            self.uitkomst = fout.code
        finally:
            connection.close()


def together(*dingen: Callable[[], object]) -> list[object]:
    """All of them from the same moment on."""
    samen = threading.Barrier(len(dingen))

    def after_start(doe: Callable[[], object]) -> object:
        samen.wait(30)
        return doe()

    draden = [Draad(partial(after_start, doe)) for doe in dingen]
    for draad in draden:
        draad.join(30)
    return [draad.uitkomst for draad in draden]


def test_of_two_who_type_one_code_at_once_one_gets_it():
    for _ in range(5):
        gegeven = service.give(JEROEN, wens(), sleutel="")
        uitkomsten = together(
            partial(service.enter_code, FATIMA, gegeven.code),
            partial(service.enter_code, SANNE, gegeven.code),
        )
        assert sorted(map(str, uitkomsten)) == sorted([gegeven.id, "machtigingscode-onbekend"])


def test_pressed_four_times_at_once_it_is_accepted_once():
    machtiging_id = leg_voor(JEROEN, FATIMA, wens())
    together(*[lambda: service.accept(FATIMA, machtiging_id)] * 4)
    assert Notificatie.objects.filter(soort="machtiging_aanvaard").count() == 1


def test_a_form_that_is_sent_four_times_at_once_is_one_authorisation():
    uitkomsten = together(*[lambda: service.give(JEROEN, wens(), sleutel="k").id] * 4)
    assert len(set(uitkomsten)) == 1
    assert MachtigingRegel.objects.count() == 1


def test_accepted_and_withdrawn_at_once_it_never_holds():
    for _ in range(5):
        machtiging_id = leg_voor(JEROEN, FATIMA, wens())
        together(
            partial(service.accept, FATIMA, machtiging_id), partial(service.withdraw, JEROEN, machtiging_id)
        )
        assert MachtigingRegel.objects.get(pk=machtiging_id).ingetrokken_op is not None
        assert list_actors(FATIMA, "register-1") == ()


def hold(namens: Actor, zaak: Zaak, binnen: threading.Event, klaar: threading.Event) -> None:
    """Pass the door to write, and stay behind it."""
    with transaction.atomic():
        get_zaak_for(namens, zaak.ref)
        binnen.set()
        assert klaar.wait(30)


def test_a_withdrawal_waits_for_what_is_being_done_and_nothing_follows(zaak: Zaak):
    machtiging_id = machtig(JEROEN, FATIMA, zaak.ref)
    namens = act_for(FATIMA, zaak.ref)
    binnen, klaar = threading.Event(), threading.Event()
    bezig = Draad(lambda: hold(namens, zaak, binnen, klaar))
    assert binnen.wait(30)
    intrekken = Draad(lambda: service.withdraw(JEROEN, machtiging_id))
    intrekken.join(1)
    assert intrekken.is_alive(), "wat begonnen is, gaat voor"
    with transaction.atomic():
        assert get_zaak_for(namens, zaak.ref).ref == zaak.ref, "twee dingen tegelijk wachten niet op elkaar"
    klaar.set()
    bezig.join(30)
    intrekken.join(30)
    assert (bezig.uitkomst, intrekken.uitkomst) == ("gedaan", "gedaan")
    with pytest.raises(ZaakNietGevonden), transaction.atomic():
        get_zaak_for(namens, zaak.ref)
