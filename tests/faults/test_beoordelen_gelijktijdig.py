"""Two civil servants who decide about one document at once, on a database with real concurrency: one of them does, and
what they decided is about the document in the zaak where they saw it.
"""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from eloket.documenten.errors import DocumentAlBeoordeeld, DocumentNietGevonden
from eloket.documenten.queries import get_document
from eloket.documenten.types import Beoordeling
from eloket.kernel.klok import vandaag
from eloket.zaken import queries
from eloket.zaken import service as zaken
from eloket.zaken.access import lock_zaak
from eloket.zaken.types import TaakStand, Zaak
from tests.faults.samen import alone, before_commit
from tests.web.werkplek import Stadhuis, build_stadhuis

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
_ACCEPTEER = {"documenttype": "Foto", "vertrouwelijkheid": "intern"}


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


def asked_and_sent(huis: Stadhuis) -> tuple[Zaak, str]:
    """A zaak in which Jeroen sent the document that was asked."""
    zaak = huis.start("Eerste aanvraag")
    zaken.ask_document(
        huis.mila, zaak.ref, titel="Kopie", toelichting="", deadline=vandaag() + timedelta(days=9)
    )
    return zaak, huis.deliver(zaak.ref).toegevoegd[0].id


def stand_of(zaak: Zaak) -> TaakStand:
    return queries.list_taken_van_zaak(zaak.ref, partij=None)[0].stand


def test_of_two_who_move_a_document_one_does(huis: Stadhuis):
    zaak, document = asked_and_sent(huis)
    een, ander = huis.start("Tweede"), huis.start("Derde")
    verplaats = partial(zaken.move_document, huis.mila, zaak.ref, document)
    tweede = before_commit(
        lambda: verplaats(naar=een.identificatie), lambda: verplaats(naar=ander.identificatie)
    )
    assert isinstance(tweede, DocumentNietGevonden)
    assert get_document(document).zaak_ref == str(een.ref)
    assert not huis.now(ander.ref).aandacht


@pytest.mark.parametrize("oordeel", ["goed", "fout"])
def test_a_decision_does_not_land_on_a_document_that_is_being_moved(huis: Stadhuis, oordeel: str):
    zaak, document = asked_and_sent(huis)
    naar = huis.start("Tweede")
    oordelen: dict[str, Callable[[], object]] = {
        "goed": lambda: zaken.accept_document(huis.omar, zaak.ref, document, **_ACCEPTEER),
        "fout": lambda: zaken.refuse_document(huis.omar, zaak.ref, document, reden="x", deadline=None),
    }
    tweede = before_commit(
        lambda: zaken.move_document(huis.mila, zaak.ref, document, naar=naar.identificatie),
        oordelen[oordeel],
    )
    assert isinstance(tweede, DocumentNietGevonden)
    daar = get_document(document)
    assert (daar.zaak_ref, daar.beoordeling, daar.afkeurreden) == (str(naar.ref), Beoordeling.NIEUW, "")
    assert stand_of(zaak) is TaakStand.GEVRAAGD


def test_a_document_that_is_being_accepted_does_not_move(huis: Stadhuis):
    zaak, document = asked_and_sent(huis)
    naar = huis.start("Tweede")
    tweede = before_commit(
        lambda: zaken.accept_document(huis.omar, zaak.ref, document, **_ACCEPTEER),
        lambda: zaken.move_document(huis.mila, zaak.ref, document, naar=naar.identificatie),
    )
    assert isinstance(tweede, DocumentAlBeoordeeld)
    hier = get_document(document)
    assert (hier.zaak_ref, hier.beoordeling) == (str(zaak.ref), Beoordeling.GEACCEPTEERD)
    assert stand_of(zaak) is TaakStand.GOEDGEKEURD


@pytest.mark.parametrize("is_eerste", [True, False])
def test_who_moves_holds_both_zaken_in_one_order_so_that_two_never_wait_for_each_other(
    huis: Stadhuis, is_eerste: bool
):
    refs = sorted((huis.start("Eerste").ref, huis.start("Tweede").ref), key=str)
    van, naar = refs if is_eerste else reversed(refs)
    document = huis.deliver(van).toegevoegd[0].id
    nummer = huis.now(naar).identificatie
    uitkomst: list[object] = []
    verplaats = partial(zaken.move_document, huis.mila, van, document, naar=nummer)
    draad = threading.Thread(target=lambda: uitkomst.extend(alone(verplaats)))
    with transaction.atomic():
        lock_zaak(refs[0])
        draad.start()
        draad.join(1)
        lock_zaak(refs[1])  # not held by who waits for the first
    draad.join(60)
    assert isinstance(uitkomst[0], Zaak)
    assert get_document(document).zaak_ref == str(naar)
