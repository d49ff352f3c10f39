"""The verdict of the scanner at the moment that a civil servant decides about the document, or moves it: both finish.

All of them hold the zaak first (docs/architecture.md, "In which order rows are held"). The verdict begins when the
other holds the zaak and nothing of the document, and waits: in another order, each would wait for the other.
"""

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from django.db import transaction

from eloket.documenten import service as documenten
from eloket.documenten.queries import get_document
from eloket.documenten.types import Beoordeling, Controle
from eloket.kernel.klok import nu
from eloket.zaken import queries
from eloket.zaken import service as zaken
from eloket.zaken.access import lock_zaak, lock_zaken
from eloket.zaken.types import GebeurtenisSoort, Zaak
from tests.faults.samen import alone, wait_for_waiter, while_held
from tests.faults.scanner import Scanner, find_something
from tests.web.werkplek import Stadhuis, build_stadhuis

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
BESMET = GebeurtenisSoort.DOCUMENT_BESMET
TEKST = b"wat Jeroen stuurde, voordat de scanner er was"


@pytest.fixture
def huis() -> Iterator[Stadhuis]:
    """The scanner is away when something comes in."""
    documenten.configure_scanner(Scanner())
    yield build_stadhuis()
    documenten.configure_scanner(None)


def sent(huis: Stadhuis, zaak: Zaak) -> str:
    """A document that waits for the scanner, which is back and will find something."""
    document = huis.deliver(zaak.ref, "kenteken.txt", TEKST).toegevoegd[0].id
    find_something()
    return document


def scan() -> int:
    return documenten.scan_wachtend(nu())


def told(zaak: Zaak) -> int:
    """How often the timeline says that something was found."""
    return [een.soort for een in queries.list_gebeurtenissen(zaak, partij=None)].count(BESMET)


def refuse(huis: Stadhuis, zaak: Zaak, document: str) -> None:
    zaken.refuse_document(huis.mila, zaak.ref, document, reden="Onleesbaar.", deadline=None)


def test_a_verdict_and_a_refusal_at_once_both_finish(huis: Stadhuis):
    zaak = huis.start("Eerste")
    document = sent(huis, zaak)
    gescand = while_held(lambda: lock_zaak(zaak.ref), scan, lambda: refuse(huis, zaak, document))
    assert gescand == 1
    daarna = get_document(document)
    assert (daarna.controle, daarna.beoordeling) == (Controle.BESMET, Beoordeling.AFGEKEURD)
    assert told(zaak) == 1


@pytest.mark.parametrize("is_eerste", [True, False])
def test_a_verdict_and_a_move_at_once_both_finish_and_the_new_zaak_is_told(huis: Stadhuis, is_eerste: bool):
    op_volgorde = sorted((huis.start("Eerste"), huis.start("Tweede")), key=lambda een: str(een.ref))
    van, naar = op_volgorde if is_eerste else reversed(op_volgorde)
    document = sent(huis, van)
    verplaats = partial(zaken.move_document, huis.mila, van.ref, document, naar=naar.identificatie)
    assert while_held(lambda: lock_zaken({van.ref, naar.ref}), scan, verplaats) == 1
    daarna = get_document(document)
    assert (daarna.controle, daarna.zaak_ref) == (Controle.BESMET, str(naar.ref))
    assert (told(van), told(naar)) == (0, 1)


def test_a_refusal_that_comes_during_the_verdict_waits_for_it(
    huis: Stadhuis, monkeypatch: pytest.MonkeyPatch
):
    """The other way round: the verdict holds everything it needs before anybody else can hold half of it."""
    zaak = huis.start("Eerste")
    document = sent(huis, zaak)
    uitkomst: list[object] = []
    weiger = partial(refuse, huis, zaak, document)
    draad = threading.Thread(target=lambda: uitkomst.extend(alone(weiger)))
    with transaction.atomic():
        scan()
        draad.start()
        wait_for_waiter()
    draad.join(60)
    assert uitkomst == [None]
    daarna = get_document(document)
    assert (daarna.controle, daarna.beoordeling) == (Controle.BESMET, Beoordeling.AFGEKEURD)


def test_content_that_stands_in_two_zaken_is_told_in_both_while_one_is_decided_about(huis: Stadhuis):
    eerste, tweede = huis.start("Eerste"), huis.start("Tweede")
    document = sent(huis, eerste)
    documenten.configure_scanner(Scanner())
    sent(huis, tweede)
    weiger = partial(refuse, huis, eerste, document)
    assert while_held(lambda: lock_zaak(eerste.ref), scan, weiger) == 1
    assert (told(eerste), told(tweede)) == (1, 1)
