"""The worker destroys what was approved: all of it, once, and nothing that something came in between for."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest

from eloket.archief import service as lijsten
from eloket.archief import stoppen, uitvoeren
from eloket.archief.models import LijstRegel, Vernietigingsstop
from eloket.archief.types import Beletsel, LijstStand, RegelStand
from eloket.audit.controle import controleer
from eloket.audit.models import AuditRegel
from eloket.audit.verzegeld import ketens
from eloket.audit.verzegelen import seal_waiting
from eloket.berichten.models import Bericht, BerichtConcept, GesprekRegel
from eloket.berichten.service import send_bericht
from eloket.documenten import opslag, service
from eloket.documenten.models import Bestand, Document
from eloket.documenten.types import Herkomst
from eloket.documenten.upload import bied_aan
from eloket.kernel.klok import nu, op_moment
from eloket.notifications.errors import OntvangstNietGevonden
from eloket.notifications.models import BewijsRegel, Notificatie, Ontvangstbewijs, Zending
from eloket.notifications.ontvangst.queries import get_ontvangst
from eloket.notifications.verantwoorden.verantwoording import make_verantwoording
from eloket.zaken import service as zaken
from eloket.zaken.access import get_zaak_for
from eloket.zaken.errors import ZaakNietGevonden
from eloket.zaken.models import GebeurtenisRegel, NotitieRegel, Taak
from eloket.zaken.types import Zaak
from tests.bewaking import zonder_bewaking
from tests.uitwijken import give_address, send_all
from tests.unit.archief.gemeente import LANG_GELEDEN, Gemeente, build_gemeente, destroy
from tests.web.werkplek import PDF

pytestmark = pytest.mark.django_db
ANDERS = PDF.replace(b"/Count 1", b"/Count 1 ")


@pytest.fixture
def stad() -> Gemeente:
    return build_gemeente()


def test_everything_of_the_zaak_goes(stad: Gemeente):
    zaak = stad.old_zaak()
    [document] = Document.objects.filter(zaak_ref=str(zaak.ref)).select_related("bestand")
    sha256 = document.bestand.sha256
    assert opslag.exists(sha256)
    lijst = stad.approved()
    assert destroy() == 1
    for model in (
        Bericht,
        GesprekRegel,
        BerichtConcept,
        Document,
        Notificatie,
        Taak,
        GebeurtenisRegel,
        NotitieRegel,
    ):
        assert not model.objects.filter(zaak_ref=str(zaak.ref)).exists(), model
    assert not Zending.objects.exists()
    assert not Bestand.objects.filter(sha256=sha256).exists()
    assert not opslag.exists(sha256)
    with pytest.raises(ZaakNietGevonden):
        get_zaak_for(stad.huis.mila, zaak.ref)
    nu_lijst = stad.now(lijst)
    assert (nu_lijst.samenvatting.stand, stad.stands(lijst)) == (
        LijstStand.UITGEVOERD,
        [RegelStand.VERNIETIGD],
    )
    assert nu_lijst.regels[0].zaaknummer == zaak.identificatie


def test_what_is_left_of_it_names_nobody_and_holds(stad: Gemeente):
    zaak = stad.old_zaak()
    bewijzen = Ontvangstbewijs.objects.filter(zaak_ref=str(zaak.ref))
    assert all(bewijs.wat for bewijs in bewijzen)
    feiten = BewijsRegel.objects.filter(zaak_ref=str(zaak.ref)).count()
    stad.approved()
    destroy()
    assert bewijzen.count() > 2
    assert set(bewijzen.values_list("wat", flat=True)) == {""}
    for bewijs in bewijzen:  # who kept its address finds what is not there
        with pytest.raises(OntvangstNietGevonden):
            get_ontvangst(str(bewijs.bewijs_id), actor=stad.huis.jeroen)
    assert BewijsRegel.objects.filter(zaak_ref=str(zaak.ref)).count() == feiten
    destroy()  # seals what was written meanwhile
    assert [controleer(model).bevindingen for model in ketens().values()] == [[], [], []]
    with op_moment(nu() + timedelta(days=1)):
        assert make_verantwoording(LANG_GELEDEN - timedelta(days=9), nu()).gaten == ()


def test_it_is_noted_who_let_it_be_destroyed_and_under_which_list(stad: Gemeente):
    zaak = stad.old_zaak()
    stad.approved()
    for _ in range(3):
        destroy()
    [regel] = AuditRegel.objects.filter(actie="zaak.vernietigd")
    assert (regel.actor_key, regel.object_ref) == (stad.karel.key, str(zaak.ref))
    assert regel.kenmerken == {"zaaknummer": zaak.identificatie, "lijst": 1}
    assert AuditRegel.objects.get(actie="vernietiging.uitgevoerd").kenmerken == {"nummer": 1, "zaken": 1}
    assert AuditRegel.objects.filter(actie="bericht.verstuurd", object_ref=str(zaak.ref)).count() == 2


def test_other_zaken_stay_with_the_content_that_they_share(stad: Gemeente):
    zaak = stad.old_zaak()
    ander = stad.huis.start("Nieuw")
    stad.huis.deliver(ander.ref)  # the same file
    stad.approved()
    assert destroy() == 1
    document = Document.objects.select_related("bestand").get(zaak_ref=str(ander.ref))
    assert opslag.exists(document.bestand.sha256)
    assert not Document.objects.filter(zaak_ref=str(zaak.ref)).exists()
    assert stad.huis.now(ander.ref).identificatie == ander.identificatie


def test_without_approval_nothing_goes(stad: Gemeente):
    stad.old_zaak()
    lijst = stad.make()
    assert destroy() == 0
    lijsten.offer(stad.ria, lijst, versie=stad.now(lijst).versie)
    assert destroy() == 0
    assert stad.stands(lijst) == [RegelStand.OP_LIJST]


def _message(stad: Gemeente, zaak: Zaak) -> None:
    send_bericht(stad.huis.jeroen, zaak.ref, tekst="Wacht", sleutel=uuid.uuid4().hex)


def _message_that_was_read(stad: Gemeente, zaak: Zaak) -> None:
    _message(stad, zaak)
    for soort in stad.huis.now(zaak.ref).aandacht:
        zaken.clear_aandacht(stad.huis.mila, zaak.ref, soort)


def _message_of_ours(stad: Gemeente, zaak: Zaak) -> None:
    send_bericht(stad.huis.mila, zaak.ref, tekst="Wacht", sleutel=uuid.uuid4().hex)


def _note(stad: Gemeente, zaak: Zaak) -> None:
    zaken.add_notitie(stad.huis.mila, zaak.ref, tekst="Er komt een beroep", sleutel="")


def _reopen(stad: Gemeente, zaak: Zaak) -> None:
    zaken.reopen_zaak(stad.huis.mila, zaak.ref, reden="Fout", versie=stad.huis.now(zaak.ref).versie)


def _close_again(stad: Gemeente, zaak: Zaak) -> None:
    _reopen(stad, zaak)
    stad.huis.close(zaak.ref)


def _stop(stad: Gemeente, zaak: Zaak) -> None:
    stoppen.set_stop(stad.karel, zaaknummer=zaak.identificatie, reden="Beroep")


def _shield(stad: Gemeente, zaak: Zaak) -> None:
    versie = stad.huis.now(zaak.ref).versie
    zaken.set_toegang(stad.huis.mila, zaak.ref, medewerkers=frozenset(), versie=versie)


@pytest.mark.parametrize(
    ("gebeurt", "beletsel"),
    [
        (_message, Beletsel.NIEUW),
        (_message_that_was_read, Beletsel.NIEUW),
        (_message_of_ours, Beletsel.NIEUW),
        (_note, Beletsel.NIEUW),
        (_reopen, Beletsel.HEROPEND),
        (_close_again, Beletsel.TERMIJN),
        (_stop, Beletsel.STOP),
        (_shield, Beletsel.GEWIJZIGD),
    ],
)
def test_a_zaak_for_which_something_came_in_between_stays_and_the_list_says_why(
    stad: Gemeente, gebeurt: Callable[[Gemeente, Zaak], None], beletsel: Beletsel
):
    zaak, ander = stad.old_zaak(), stad.old_zaak("Ander", inhoud=ANDERS)
    lijst = stad.approved()
    gebeurt(stad, zaak)
    assert destroy() == 1
    assert stad.huis.now(zaak.ref).identificatie == zaak.identificatie
    regel = stad.regel(lijst, zaak)
    assert (regel.stand, regel.beletsel) == (RegelStand.BEHOUDEN, beletsel)
    [spoor] = AuditRegel.objects.filter(actie="vernietiging.zaak_behouden")
    assert (spoor.actor_soort, spoor.actor_key, spoor.object_ref) == ("systeem", "", str(zaak.ref))
    assert spoor.kenmerken == {"zaaknummer": zaak.identificatie, "lijst": 1, "beletsel": str(beletsel)}
    assert stad.regel(lijst, ander).stand == RegelStand.VERNIETIGD
    assert stad.now(lijst).samenvatting.stand is LijstStand.UITGEVOERD
    assert Document.objects.filter(zaak_ref=str(zaak.ref)).count() == 1


def test_a_zaak_of_which_the_receipt_has_no_seal_yet_waits(stad: Gemeente):
    zaak = stad.old_zaak()
    lijst = stad.approved()
    assert uitvoeren.destroy_approved(nu()) == 0
    assert stad.regel(lijst, zaak).stand == RegelStand.OP_LIJST
    assert Bericht.objects.filter(zaak_ref=str(zaak.ref)).count() == 2  # all or nothing
    assert destroy() == 1


def test_a_zaak_of_which_a_receipt_was_changed_waits_for_a_person_and_stops_no_other(
    stad: Gemeente, caplog: pytest.LogCaptureFixture
):
    zaak, ander = stad.old_zaak(), stad.old_zaak("Ander", inhoud=ANDERS)
    lijst = stad.approved()
    seal_waiting(nu())
    bewijs = Ontvangstbewijs.objects.filter(zaak_ref=str(zaak.ref)).order_by("pk")[0]
    with zonder_bewaking():
        Ontvangstbewijs.objects.filter(pk=bewijs.pk).update(ontvangen_op=nu())
    voor = controleer(Ontvangstbewijs).bevindingen
    assert destroy() == 1
    assert stad.regel(lijst, ander).stand == RegelStand.VERNIETIGD
    assert stad.regel(lijst, zaak).stand == RegelStand.OP_LIJST
    assert Bericht.objects.filter(zaak_ref=str(zaak.ref)).count() == 2  # all or nothing
    destroy()
    assert controleer(Ontvangstbewijs).bevindingen == voor
    assert f"regel {bewijs.pk} is veranderd nadat hij verzegeld was" in caplog.text
    assert "vernietigen-klopt-niet" in caplog.text
    alarm = AuditRegel.objects.get(actie="audit.klopt_niet")  # once a day
    assert alarm.kenmerken["keten"] == Ontvangstbewijs.keten()
    with zonder_bewaking():
        Ontvangstbewijs.objects.filter(pk=bewijs.pk).update(ontvangen_op=bewijs.ontvangen_op)
    assert destroy() == 1


def test_a_zaak_of_which_a_mail_is_on_its_way_waits_and_stops_no_other(stad: Gemeente):
    ander = stad.old_zaak("Ander", inhoud=ANDERS)
    give_address(stad.huis.jeroen)
    zaak = stad.old_zaak()
    lijst = stad.approved()
    assert destroy() == 1
    assert stad.regel(lijst, zaak).stand == RegelStand.OP_LIJST
    assert stad.regel(lijst, ander).stand == RegelStand.VERNIETIGD
    assert stad.now(lijst).samenvatting.stand is LijstStand.GOEDGEKEURD
    while send_all():
        pass
    assert destroy() == 1
    assert not Zending.objects.exists()


def test_a_mail_that_tells_of_another_zaak_too_stays(stad: Gemeente):
    zaak = stad.old_zaak()
    blijft = stad.huis.start("Nieuw")
    melding = Notificatie.objects.filter(zaak_ref=str(zaak.ref)).first()
    assert melding is not None
    zending = Zending.objects.create(
        aan="jeroen@voorbeeld.nl", betrokkene_key=melding.betrokkene_key, volgorde=1, gemaakt_op=nu(),
        volgende_poging_op=nu(), verzonden_op=nu(),
    )  # fmt: skip
    Notificatie.objects.filter(pk=melding.pk).update(zending=zending)
    Notificatie.objects.filter(zaak_ref=str(blijft.ref)).update(zending=zending)
    stad.approved()
    assert destroy() == 1
    assert list(zending.notificaties.values_list("zaak_ref", flat=True).distinct()) == [str(blijft.ref)]


def test_a_disk_that_is_away_keeps_the_line_open_until_the_bytes_are_gone(
    stad: Gemeente, monkeypatch: pytest.MonkeyPatch
):
    zaak = stad.old_zaak()
    sha256 = Document.objects.select_related("bestand").get(zaak_ref=str(zaak.ref)).bestand.sha256
    lijst = stad.approved()

    def fails(_sha256: str) -> None:
        raise OSError("weg")

    with monkeypatch.context() as patch:
        patch.setattr(opslag, "delete", fails)
        assert destroy() == 0
    assert stad.regel(lijst, zaak).stand == RegelStand.BEZIG
    assert not Document.objects.filter(zaak_ref=str(zaak.ref)).exists()
    assert stad.now(lijst).samenvatting.stand is LijstStand.GOEDGEKEURD
    assert opslag.exists(sha256)
    assert destroy() == 1
    assert not opslag.exists(sha256)
    assert AuditRegel.objects.filter(actie="zaak.vernietigd").count() == 1


def test_the_upkeep_of_files_may_be_first(stad: Gemeente, monkeypatch: pytest.MonkeyPatch):
    """What a crash left without documents is removed by service.ruim_op too; then there is nothing left to do."""
    zaak = stad.old_zaak()
    lijst = stad.approved()
    with monkeypatch.context() as patch:
        patch.setattr(uitvoeren, "_remove_files", lambda *_: False)
        destroy()
    Bestand.objects.update(aangeraakt=LANG_GELEDEN)
    service.ruim_op(nu())
    assert destroy() == 1
    assert stad.regel(lijst, zaak).stand == RegelStand.VERNIETIGD


def test_what_colleagues_typed_about_it_goes_too(stad: Gemeente):
    zaak = stad.old_zaak()
    eerste = stad.make()
    lijsten.take_off(stad.ria, eerste, [stad.regel(eerste, zaak).pk], reden="Mevrouw De Vries belde")
    stoppen.set_stop(stad.ria, zaaknummer=zaak.identificatie, reden="Mevrouw De Vries")
    stoppen.lift_stop(stad.ria, stoppen.list_stoppen()[0].id, reden="Ze trok het in")
    stad.approved()
    assert destroy() == 1
    assert set(LijstRegel.objects.values_list("reden", flat=True)) == {""}
    assert Vernietigingsstop.objects.count() == 0


def test_a_round_ends_and_the_next_goes_on(stad: Gemeente, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(uitvoeren, "PER_RONDE", 2)
    for nummer in range(3):
        stad.old_zaak(str(nummer))
    lijst = stad.approved()
    assert [destroy() for _ in range(3)] == [2, 1, 0]
    assert stad.now(lijst).samenvatting.stand is LijstStand.UITGEVOERD


def test_the_same_file_that_somebody_is_sending_at_this_moment_is_not_taken_from_them(stad: Gemeente):
    """Prepared, and not in a zaak yet: the row is all that says so."""
    stad.old_zaak()
    ander = stad.huis.start("Nieuw")
    lijst = stad.approved()
    klaar = service.prepare((bied_aan("zelfde.pdf", [PDF]),), zaak_ref=str(ander.ref), moment=nu())
    assert destroy() == 1
    assert stad.stands(lijst) == [RegelStand.VERNIETIGD]
    service.add_document(
        zaak_ref=str(ander.ref), bestand=klaar.goed[0], herkomst=Herkomst.AANVRAGER, auteur_key="a", auteur_naam="b",
        moment=nu(),
    )  # fmt: skip
    assert opslag.exists(Document.objects.select_related("bestand").get().bestand.sha256)
