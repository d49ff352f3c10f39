"""A list of zaken to destroy: what comes on it, who may do what with it, and what is kept of it."""

import uuid
from datetime import UTC, datetime, time, timedelta

import pytest

from eloket.archief import service, stoppen
from eloket.archief.errors import EigenLijst, LijstGewijzigd, LijstLeeg, NietsTeVernietigen, StopOngeldig
from eloket.archief.models import LijstRegel, Vernietigingslijst, Vernietigingsstop
from eloket.archief.types import LijstStand, RegelStand
from eloket.audit.models import AuditRegel
from eloket.berichten.service import send_bericht
from eloket.kernel.errors import NietGevonden
from eloket.kernel.klok import AMSTERDAM, op_moment
from eloket.zaken import service as zaken
from eloket.zaken.errors import RedenOntbreekt
from eloket.zaken.types import Zaak
from tests.unit.archief.gemeente import Gemeente, build_gemeente
from tests.web.werkplek import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def stad() -> Gemeente:
    return build_gemeente()


def test_what_is_due_comes_on_it_and_nothing_else(stad: Gemeente):
    oud = stad.old_zaak("Oud")
    ouder = stad.old_zaak("Ouder", moment=datetime(2018, 1, 1, tzinfo=UTC))
    stad.huis.start("Open")
    recent = stad.huis.start("Net klaar")
    stad.huis.close(recent.ref)
    heropend = stad.old_zaak("Heropend")
    zaken.reopen_zaak(stad.huis.mila, heropend.ref, reden="Fout", versie=stad.huis.now(heropend.ref).versie)
    ongelezen = stad.old_zaak("Met een nieuw bericht")
    send_bericht(stad.huis.jeroen, ongelezen.ref, tekst="Nog een vraag", sleutel=uuid.uuid4().hex)
    regels = stad.now(stad.make()).regels
    assert [regel.zaaknummer for regel in regels] == [ouder.identificatie, oud.identificatie]


def test_a_zaak_is_due_from_its_day_on_and_not_before(stad: Gemeente):
    zaak = stad.old_zaak()
    datum = zaak.archiefactiedatum
    assert datum is not None
    middernacht = datetime.combine(datum, time.min, tzinfo=AMSTERDAM)
    with op_moment(middernacht - timedelta(minutes=1)), pytest.raises(NietsTeVernietigen):
        stad.make()
    with op_moment(middernacht):
        assert len(stad.now(stad.make()).regels) == 1


def test_a_zaak_stands_on_one_list_at_a_time(stad: Gemeente):
    stad.old_zaak()
    eerste = stad.make()
    with pytest.raises(NietsTeVernietigen):
        stad.make()
    service.withdraw(stad.ria, eerste, versie=stad.now(eerste).versie)
    assert stad.stands(stad.make()) == [RegelStand.OP_LIJST]
    assert stad.stands(eerste) == [RegelStand.INGETROKKEN]


def test_the_same_form_sent_twice_is_one_list(stad: Gemeente):
    stad.old_zaak()
    assert service.make_lijst(stad.ria, sleutel="s") == service.make_lijst(stad.ria, sleutel="s")
    assert Vernietigingslijst.objects.count() == 1


def test_a_long_backlog_comes_in_lists_of_a_bearable_length(stad: Gemeente, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(service, "MEESTE_ZAKEN", 2)
    for nummer in range(3):
        stad.old_zaak(str(nummer))
    assert [len(stad.now(stad.make()).regels) for _ in range(2)] == [2, 1]


def test_a_zaak_that_is_taken_off_stays_and_the_reason_is_encrypted(stad: Gemeente):
    zaak = stad.old_zaak()
    lijst = stad.make()
    regel = stad.regel(lijst, zaak)
    service.take_off(stad.ria, lijst, [regel.pk], reden="Loopt nog een beroep van mevrouw De Vries")
    nu = stad.now(lijst).regels[0]
    assert (nu.stand, nu.reden) == (RegelStand.ERAF, "Loopt nog een beroep van mevrouw De Vries")
    ruw = LijstRegel.objects.filter(pk=regel.pk).extra(select={"ruw": "reden"}).values_list("ruw", flat=True)
    assert "Vries" not in str(ruw[0])
    with pytest.raises(LijstLeeg):
        service.offer(stad.ria, lijst, versie=stad.now(lijst).versie)


@pytest.mark.parametrize("reden", ["", "  \n ", "x" * 2001])
def test_taking_off_and_sending_back_need_a_reason(stad: Gemeente, reden: str):
    zaak = stad.old_zaak()
    lijst = stad.make()
    with pytest.raises(RedenOntbreekt):
        service.take_off(stad.ria, lijst, [stad.regel(lijst, zaak).pk], reden=reden)
    with pytest.raises(RedenOntbreekt):
        service.send_back(stad.karel, lijst, reden=reden, versie=1)


def test_who_made_or_changed_a_list_does_not_approve_it(stad: Gemeente):
    stad.old_zaak()
    zaak = stad.old_zaak()
    lijst = stad.make()
    service.take_off(
        stad.karel, lijst, [stad.regel(lijst, zaak).pk], reden="Nee"
    )  # so Karel worked on it too
    service.offer(stad.ria, lijst, versie=stad.now(lijst).versie)
    for wie in (stad.ria, stad.karel):
        with pytest.raises(EigenLijst):
            service.approve(wie, lijst, versie=stad.now(lijst).versie, is_nagekeken=True)
    assert stad.now(lijst).samenvatting.stand is LijstStand.AANGEBODEN


def test_who_offers_the_list_of_another_does_not_approve_it(stad: Gemeente):
    stad.old_zaak()
    lijst = stad.make()
    service.offer(stad.karel, lijst, versie=stad.now(lijst).versie)
    with pytest.raises(EigenLijst):
        service.approve(stad.karel, lijst, versie=stad.now(lijst).versie, is_nagekeken=True)


def test_a_list_that_is_sent_back_says_why_and_can_be_offered_again(stad: Gemeente):
    stad.old_zaak()
    lijst = stad.make()
    service.offer(stad.ria, lijst, versie=stad.now(lijst).versie)
    service.send_back(stad.karel, lijst, reden="Kijk nog naar 2019", versie=stad.now(lijst).versie)
    nu = stad.now(lijst)
    assert (nu.samenvatting.stand, nu.terug_reden) == (LijstStand.CONCEPT, "Kijk nog naar 2019")
    service.offer(stad.ria, lijst, versie=nu.versie)
    service.approve(stad.karel, lijst, versie=stad.now(lijst).versie, is_nagekeken=True)
    assert stad.now(lijst).terug_reden == ""


def test_one_approves_what_one_saw(stad: Gemeente):
    """Ria takes it back and offers another list, in another tab, while Karel looks."""
    stad.old_zaak()
    zaak = stad.old_zaak()
    lijst = stad.make()
    service.offer(stad.ria, lijst, versie=stad.now(lijst).versie)
    gezien = stad.now(lijst).versie
    service.send_back(stad.ria, lijst, reden="Nog even", versie=gezien)
    service.take_off(stad.ria, lijst, [stad.regel(lijst, zaak).pk], reden="Nee")
    service.offer(stad.ria, lijst, versie=stad.now(lijst).versie)
    with pytest.raises(LijstGewijzigd):
        service.approve(stad.karel, lijst, versie=gezien, is_nagekeken=True)


def test_what_was_decided_is_decided(stad: Gemeente):
    zaak = stad.old_zaak()
    lijst = stad.approved()
    versie = stad.now(lijst).versie
    for verb in (
        lambda: service.approve(stad.karel, lijst, versie=versie, is_nagekeken=True),
        lambda: service.send_back(stad.karel, lijst, reden="Nee", versie=versie),
        lambda: service.withdraw(stad.ria, lijst, versie=versie),
        lambda: service.offer(stad.ria, lijst, versie=versie),
        lambda: service.take_off(stad.ria, lijst, [stad.regel(lijst, zaak).pk], reden="Nee"),
    ):
        with pytest.raises(LijstGewijzigd):
            verb()


def test_without_the_right_there_is_no_such_thing(stad: Gemeente):
    zaak = stad.old_zaak()
    lijst = stad.make()
    regel = stad.regel(lijst, zaak).pk
    for wie in (stad.huis.mila, stad.huis.jeroen):
        for verb in (
            lambda wie=wie: service.make_lijst(wie, sleutel="x"),
            lambda wie=wie: service.take_off(wie, lijst, [regel], reden="x"),
            lambda wie=wie: service.offer(wie, lijst, versie=1),
            lambda wie=wie: service.approve(wie, lijst, versie=1, is_nagekeken=True),
            lambda wie=wie: service.send_back(wie, lijst, reden="x", versie=1),
            lambda wie=wie: service.withdraw(wie, lijst, versie=1),
            lambda wie=wie: stoppen.set_stop(wie, zaaknummer=zaak.identificatie, reden="x"),
            lambda wie=wie: stoppen.lift_stop(wie, uuid.uuid4(), reden="x"),
        ):
            with pytest.raises(NietGevonden):
                verb()


def test_every_step_leaves_a_line_without_a_reason_in_it(stad: Gemeente):
    stad.old_zaak()
    zaak = stad.old_zaak()
    lijst = stad.make()
    service.take_off(stad.ria, lijst, [stad.regel(lijst, zaak).pk], reden="Geheim")
    service.offer(stad.ria, lijst, versie=stad.now(lijst).versie)
    service.approve(stad.karel, lijst, versie=stad.now(lijst).versie, is_nagekeken=True)
    regels = list(AuditRegel.objects.filter(actie__startswith="vernietiging.").order_by("pk"))
    assert [(een.actie.partition(".")[2], een.actor_key == stad.karel.key) for een in regels] == [
        ("lijst_gemaakt", False), ("zaak_op_lijst", False), ("zaak_op_lijst", False),
        ("zaak_van_lijst", False), ("lijst_aangeboden", False),
        ("lijst_goedgekeurd", True), ("zaak_goedgekeurd", True),
    ]  # fmt: skip
    assert not any("Geheim" in str(een.kenmerken) for een in regels)


def lines_of(zaak: Zaak) -> list[tuple[str, str]]:
    """What was done with this zaak about destroying it, and by whom; each names the list."""
    regels = AuditRegel.objects.filter(object_ref=str(zaak.ref), actie__startswith="vernietiging.").order_by(
        "pk"
    )
    assert all(een.kenmerken["lijst"] == 1 for een in regels)
    return [(een.actie, een.actor_key) for een in regels]


def test_what_is_decided_about_a_list_stands_at_each_zaak_on_it(stad: Gemeente):
    """Who reads the trail of one zaak does not know on which list it stood."""
    eraf, erop = stad.old_zaak(), stad.old_zaak(inhoud=PDF.replace(b"/Count 1", b"/Count 1 "))
    lijst = stad.make()
    service.take_off(stad.ria, lijst, [stad.regel(lijst, eraf).pk], reden="Beroep")
    service.offer(stad.ria, lijst, versie=stad.now(lijst).versie)
    service.approve(stad.karel, lijst, versie=stad.now(lijst).versie, is_nagekeken=True)
    op_lijst = ("vernietiging.zaak_op_lijst", stad.ria.key)
    assert lines_of(eraf) == [op_lijst, ("vernietiging.zaak_van_lijst", stad.ria.key)]
    assert lines_of(erop) == [op_lijst, ("vernietiging.zaak_goedgekeurd", stad.karel.key)]


def test_a_list_that_is_withdrawn_stands_at_each_zaak_that_was_still_on_it(stad: Gemeente):
    eraf, erop = stad.old_zaak(), stad.old_zaak(inhoud=PDF.replace(b"/Count 1", b"/Count 1 "))
    lijst = stad.make()
    service.take_off(stad.ria, lijst, [stad.regel(lijst, eraf).pk], reden="Beroep")
    service.withdraw(stad.ria, lijst, versie=stad.now(lijst).versie)
    assert [actie for actie, _ in lines_of(eraf)] == [
        "vernietiging.zaak_op_lijst",
        "vernietiging.zaak_van_lijst",
    ]
    assert lines_of(erop)[-1] == ("vernietiging.zaak_lijst_weg", stad.ria.key)


# --- Stops -----------------------------------------------------------------------------------------------


def test_a_zaak_with_a_stop_comes_on_no_list_until_it_is_lifted(stad: Gemeente):
    zaak = stad.old_zaak()
    stoppen.set_stop(stad.ria, zaaknummer=f" {zaak.identificatie} ", reden="Beroep")
    with pytest.raises(NietsTeVernietigen):
        stad.make()
    [stop] = stoppen.list_stoppen()
    assert (stop.zaaknummer, stop.reden) == (zaak.identificatie, "Beroep")
    for _ in range(2):
        stoppen.lift_stop(stad.karel, stop.id, reden="Ingetrokken")
    assert stoppen.list_stoppen() == ()
    assert stad.stands(stad.make()) == [RegelStand.OP_LIJST]


def test_a_stop_says_what_is_wrong_with_it(stad: Gemeente):
    zaak = stad.old_zaak()
    with pytest.raises(StopOngeldig) as fout:
        stoppen.set_stop(stad.ria, zaaknummer="Z-1900-000001", reden=" ")
    assert set(fout.value.fouten) == {"zaaknummer", "reden"}
    stoppen.set_stop(stad.ria, zaaknummer=zaak.identificatie, reden="Beroep")
    with pytest.raises(StopOngeldig, match="vernietigingsstop"):
        stoppen.set_stop(stad.karel, zaaknummer=zaak.identificatie, reden="Ook")
    assert Vernietigingsstop.objects.count() == 1
