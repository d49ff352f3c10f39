"""The account of a period finds everything that is not explained, and nothing that is."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from eloket.identity.types import Partij
from eloket.kernel import klok
from eloket.notifications.bezorgen import bezorging
from eloket.notifications.bezorgen.samenstellen import compose
from eloket.notifications.models import BewijsRegel, Notificatie, Zending
from eloket.notifications.openen import mark_zaak_opened
from eloket.notifications.service import enqueue
from eloket.notifications.types import BewijsSoort, NotificatieSoort, Uitkomst
from eloket.notifications.verantwoorden.verantwoording import Verantwoording, make_verantwoording
from eloket.profile.models import Profiel
from eloket.zaken.models import Taak
from eloket.zaken.types import ZaakRef
from tests.unit.notifications.zaken import profiel

pytestmark = pytest.mark.django_db

JEROEN, FATIMA = Partij.inwoner("999990019"), Partij.inwoner("999993653")
S = NotificatieSoort


@pytest.fixture
def dagen(mailoutbox) -> None:
    """One mail sent and opened, one on its way, one without a mail."""
    profiel(JEROEN, "j@voorbeeld.nl")
    tell(JEROEN)
    compose(klok.nu(), 10)
    send()
    mark_zaak_opened(JEROEN, ZaakRef("register", "a1b2"))
    tell(JEROEN)
    tell(FATIMA)


def tell(partij: Partij) -> int:
    return enqueue(S.STATUS_GEWIJZIGD, betrokkene_key=partij.profiel_key, zaak_ref="register-a1b2")


def send() -> None:
    for pk in bezorging.claim(klok.nu(), "w", 50):
        bezorging.deliver(pk, "w")


def account(later: timedelta = timedelta(seconds=1)) -> Verantwoording:
    nu = klok.nu()
    with klok.op_moment(nu + later):
        return make_verantwoording(nu - timedelta(days=2), klok.nu())


@pytest.mark.usefixtures("dagen")
def test_everything_that_went_as_it_should_is_accounted_for():
    verslag = account()
    assert verslag.is_volledig, verslag.gaten
    assert (verslag.notificaties, verslag.mails, verslag.verzonden, verslag.geopend) == (3, 1, 1, 1)
    assert verslag.zonder_mail == {Uitkomst.GEEN_ADRES: 1}
    assert (verslag.wachtend, verslag.pogingen, verslag.zonder_eind) == (1, 1, 0)


@pytest.mark.usefixtures("dagen")
def test_what_no_worker_took_for_an_hour_is_not_accounted_for():
    assert account(timedelta(minutes=59)).is_volledig
    [gat] = account(timedelta(minutes=61)).gaten
    assert (gat.aantal, gat.wat) == (1, "notificaties waar na een uur nog geen e-mail van is gemaakt")
    compose(klok.nu(), 10)
    [gat] = account(timedelta(minutes=61)).gaten
    assert gat.wat == "e-mails die een uur over tijd zijn"


@pytest.mark.usefixtures("dagen")
@pytest.mark.parametrize(
    "bederf",
    [
        lambda: Notificatie.objects.filter(geopend_op=None).update(geopend_op=klok.nu()),
        lambda: Zending.objects.update(verzonden_op=None, mislukt_op=klok.nu()),
        lambda: Notificatie.objects.filter(zending=None).update(uitkomst="niet_gekozen"),
        lambda: Notificatie.objects.bulk_create(
            [
                Notificatie(
                    soort=S.ZAAK_HEROPEND,
                    betrokkene_key="k",
                    partij_key="k",
                    gemaakt_op=klok.nu(),
                    gepland_op=klok.nu(),
                )
            ]
        ),
    ],
)
def test_a_row_that_the_proof_does_not_know_is_found(bederf):
    assert account().is_volledig
    bederf()
    assert not account().is_volledig


def test_a_question_that_nobody_heard_of_is_found():
    Taak.objects.create(
        zaak_ref="register-a1b2",
        betrokkene_key=JEROEN.key,
        titel="Paspoort",
        deadline=klok.vandaag(),
        gevraagd_op=klok.nu(),
        gevraagd_door_key="m",
    )
    [gat] = account().gaten
    assert (gat.aantal, gat.wat) == (1, "vragen van ons waar niemand iets van hoorde")


@pytest.mark.usefixtures("dagen")
def test_an_attempt_without_an_end_is_counted_as_a_possible_double():
    compose(klok.nu(), 10)
    [pk] = bezorging.claim(klok.nu(), "sterft", 10)
    assert bezorging._renew(pk, "sterft")  # and there it dies
    assert account().zonder_eind == 0, "it may still be at it"
    assert account(timedelta(minutes=2)).zonder_eind == 1
    Zending.objects.update(lease_tot=None)
    send()
    verslag = account()
    assert (verslag.zonder_eind, verslag.pogingen, verslag.verzonden) == (1, 3, 2)
    assert verslag.is_volledig


@pytest.mark.usefixtures("dagen")
def test_the_command_prints_the_account_and_fails_when_something_is_missing():
    uit = StringIO()
    call_command("verantwoording", stdout=uit)
    assert "Alles is verklaard." in uit.getvalue()
    assert "j@voorbeeld.nl" not in uit.getvalue()
    Notificatie.objects.filter(geopend_op=None).update(geopend_op=klok.nu())
    with pytest.raises(CommandError, match="Niet alles is verklaard"):
        call_command("verantwoording", stdout=uit)
    assert "NIET VERKLAARD  2 notificaties die geopend zijn zonder bewijs" in uit.getvalue()
    with pytest.raises(CommandError, match="geen datum"):
        call_command("verantwoording", "--vanaf", "3 november")
    with pytest.raises(CommandError, match="ligt voor"):
        call_command("verantwoording", "--vanaf", "2026-11-04", "--tot-en-met", "2026-11-03")


def test_nothing_happened_is_accounted_for_too():
    assert account().is_volledig
    assert not BewijsRegel.objects.filter(soort=BewijsSoort.GEMAAKT).exists()
    assert not Profiel.objects.exists()
