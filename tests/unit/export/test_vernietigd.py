"""What somebody takes along and what is destroyed: the one does not hold up the other for longer than it takes."""

from datetime import timedelta

import pytest

from eloket.archief.types import RegelStand
from eloket.export import afmaken, service
from eloket.export.bladzijde import render_index
from eloket.export.models import Export, ExportDeel
from eloket.identity.types import Actor
from eloket.kernel.klok import nu, op_moment
from eloket.notifications.models import Notificatie
from eloket.notifications.types import NotificatieSoort
from tests.huis import inwoner
from tests.unit.archief.gemeente import Gemeente, build_gemeente, destroy
from tests.unit.export.uitpakken import index_of, make, unpack, zaken_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def stad() -> Gemeente:
    return build_gemeente()


@pytest.fixture
def jeroen(stad: Gemeente) -> Actor:
    return stad.huis.jeroen


def numbers(actor: Actor) -> set[str]:
    """The zaken that stand in what this person takes along, on its first page and by themselves."""
    bestanden = unpack(actor)
    index = {een["identificatie"] for een in index_of(bestanden)["zaken"]}
    assert {een["identificatie"] for een in zaken_of(bestanden)} == index
    assert len(bestanden["index.html"])
    return index


def test_what_was_asked_before_the_list_was_approved_is_waited_for(stad: Gemeente, jeroen: Actor):
    zaak = stad.old_zaak()
    service.request_export(jeroen)
    make()
    lijst = stad.approved()
    assert destroy() == 0
    assert stad.stands(lijst) == [RegelStand.OP_LIJST]
    assert numbers(jeroen) == {zaak.identificatie}
    service.remove_export(jeroen)
    assert destroy() == 1


def test_who_keeps_asking_does_not_keep_their_zaken(stad: Gemeente, jeroen: Actor):
    stad.old_zaak()
    service.request_export(jeroen)
    make()
    stad.approved()
    assert destroy() == 0
    service.request_export(jeroen)  # what is ready is replaced: this one was asked after the approval
    make()
    assert destroy() == 1
    assert not ExportDeel.objects.exclude(zaak_ref="").exists()


def test_what_was_ready_is_made_again_without_what_went(stad: Gemeente, jeroen: Actor):
    gaat = stad.old_zaak("Gaat weg")
    stad.approved()
    blijft = stad.huis.start("Blijft")
    service.request_export(jeroen)
    make()
    assert numbers(jeroen) == {gaat.identificatie, blijft.identificatie}
    eerst = service.get_export(jeroen)
    assert eerst is not None
    with op_moment(nu() + timedelta(days=2)):
        assert destroy() == 1
        bezig = service.get_export(jeroen)
        assert bezig is not None
        assert not bezig.is_klaar
        make()
    klaar = service.get_export(jeroen)
    assert klaar is not None
    assert klaar.verloopt_op == eerst.verloopt_op, "wat de eerste mail zei, blijft waar"
    assert Notificatie.objects.filter(soort=NotificatieSoort.EXPORT_KLAAR).count() == 1
    assert numbers(jeroen) == {blijft.identificatie}
    tekst = b"".join(unpack(jeroen).values()).decode()
    assert gaat.identificatie not in tekst
    assert "Gaat weg" not in tekst


def test_what_is_destroyed_while_the_first_page_is_made_is_not_on_it(
    stad: Gemeente, jeroen: Actor, monkeypatch: pytest.MonkeyPatch
):
    gaat = stad.old_zaak("Gaat weg")
    stad.approved()
    service.request_export(jeroen)

    def meanwhile(*delen: object, **meer: object) -> str:
        destroy()
        return render_index(*delen, **meer)  # type: ignore[arg-type]

    monkeypatch.setattr(afmaken, "render_index", meanwhile)
    make()
    assert numbers(jeroen) == set()
    assert gaat.identificatie not in unpack(jeroen)["index.html"].decode()


@pytest.mark.parametrize("dagen", [13, 15])
def test_no_export_is_waited_for_longer_than_two_weeks(stad: Gemeente, jeroen: Actor, dagen: int):
    """A week to be made at worst, and a week to be fetched."""
    stad.old_zaak()
    service.request_export(jeroen)
    stad.approved()
    Export.objects.update(verloopt_op=nu() + timedelta(days=99))
    make()
    with op_moment(nu() + timedelta(days=dagen)):
        Export.objects.update(verloopt_op=nu() + timedelta(days=99))
        assert destroy() == (dagen > 14)


def test_an_export_that_is_over_holds_nothing(stad: Gemeente, jeroen: Actor):
    stad.old_zaak()
    service.request_export(jeroen)
    make()
    stad.approved()
    with op_moment(nu() + timedelta(days=8)):  # the upkeep did not remove it yet
        assert destroy() == 1
    assert not ExportDeel.objects.exclude(zaak_ref="").exists()


def test_the_export_of_somebody_else_is_left_alone(stad: Gemeente):
    stad.old_zaak()
    ander = inwoner("999990020")
    service.request_export(ander)
    make()
    klaar = Export.objects.get().klaar_op
    lijst = stad.approved()
    assert destroy() == 1
    assert stad.stands(lijst) == [RegelStand.VERNIETIGD]
    assert Export.objects.get().klaar_op == klaar
