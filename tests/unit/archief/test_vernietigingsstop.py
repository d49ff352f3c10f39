"""A stop that was lifted: another person knows of it before the zaak goes."""

import pytest

from eloket.archief import service, stoppen
from eloket.archief.errors import EigenLijst
from eloket.archief.models import Vernietigingsstop
from eloket.archief.types import Beletsel, RegelStand
from eloket.zaken.errors import RedenOntbreekt
from eloket.zaken.types import Zaak
from tests.unit.archief.gemeente import Gemeente, build_gemeente, destroy

pytestmark = pytest.mark.django_db


@pytest.fixture
def stad() -> Gemeente:
    return build_gemeente()


def lift(wie: object, reden: str = "Beroep ingetrokken") -> None:
    stoppen.lift_stop(wie, stoppen.list_stoppen()[0].id, reden=reden)  # type: ignore[arg-type]


def stopped(stad: Gemeente) -> Zaak:
    zaak = stad.old_zaak()
    stoppen.set_stop(stad.karel, zaaknummer=zaak.identificatie, reden="Er loopt een beroep")
    return zaak


def test_lifting_takes_a_reason_and_the_first_one_stands(stad: Gemeente):
    stopped(stad)
    [stop] = stoppen.list_stoppen()
    with pytest.raises(RedenOntbreekt):
        lift(stad.ria, "  ")
    lift(stad.ria)
    stoppen.lift_stop(stad.karel, stop.id, reden="Iets anders")
    [opgeheven] = stoppen.list_opgeheven()
    assert (opgeheven.door, opgeheven.opgeheven_door) == (stad.karel.key, stad.ria.key)
    assert (opgeheven.reden, opgeheven.opgeheven_reden) == ("Er loopt een beroep", "Beroep ingetrokken")
    assert "beroep" not in str(
        Vernietigingsstop.objects.values_list("zaak_ref", "zaaknummer", "door_key").get()
    )


def test_who_lifted_a_stop_does_not_approve_the_list_that_its_zaak_is_on(stad: Gemeente):
    stopped(stad)
    lift(stad.karel)
    lijst = stad.make()
    service.offer(stad.ria, lijst, versie=stad.now(lijst).versie)
    with pytest.raises(EigenLijst):
        service.approve(stad.karel, lijst, versie=stad.now(lijst).versie, is_nagekeken=True)
    assert stad.karel.key in stad.now(lijst).makers


def test_of_two_people_one_lifts_and_makes_the_list_and_the_other_approves(stad: Gemeente):
    """A small municipality is not stuck."""
    stopped(stad)
    lift(stad.ria)
    stad.approved()
    assert destroy() == 1
    assert not Vernietigingsstop.objects.exists()


def test_when_the_zaak_is_off_the_list_who_lifted_its_stop_may_approve(stad: Gemeente):
    zaak = stopped(stad)
    stad.old_zaak("Ander")
    lift(stad.karel)
    lijst = stad.make()
    service.take_off(stad.ria, lijst, [stad.regel(lijst, zaak).pk], reden="Toch niet")
    service.offer(stad.ria, lijst, versie=stad.now(lijst).versie)
    service.approve(stad.karel, lijst, versie=stad.now(lijst).versie, is_nagekeken=True)
    assert destroy() == 1


@pytest.mark.parametrize("wanneer", ["voor", "na"])
def test_a_stop_that_is_lifted_while_a_list_runs_keeps_the_zaak_off_that_list(stad: Gemeente, wanneer: str):
    """Who approved it may have counted on the stop; one person would have decided."""
    zaak = stad.old_zaak()
    lijst = stad.make()
    stoppen.set_stop(stad.karel, zaaknummer=zaak.identificatie, reden="Er loopt een beroep")
    service.offer(stad.ria, lijst, versie=stad.now(lijst).versie)
    if wanneer == "voor":
        lift(stad.ria)
    service.approve(stad.karel, lijst, versie=stad.now(lijst).versie, is_nagekeken=True)
    if wanneer == "na":
        lift(stad.ria)
    assert destroy() == 0
    assert (stad.regel(lijst, zaak).stand, stad.regel(lijst, zaak).beletsel) == (
        RegelStand.BEHOUDEN,
        Beletsel.STOP,
    )
    assert stad.stands(stad.make()) == [RegelStand.OP_LIJST], "it can come on a next one"
