"""What came back is noted once, kills an address only when it is to blame, and goes another way."""

from datetime import timedelta
from uuid import uuid4

import pytest

from eloket.kernel import events
from eloket.kernel.klok import nu
from eloket.notifications.bezorgen import bezorging
from eloket.notifications.brieven.overnemen import take_over_waiting
from eloket.notifications.contact.models import Contactherstel
from eloket.notifications.events import ZendingMislukt
from eloket.notifications.models import Notificatie, Zending
from eloket.notifications.retour.types import Klasse
from eloket.notifications.retour.verwerken import Verwerking, verwerk
from eloket.notifications.service import enqueue
from eloket.notifications.types import BewijsSoort, Kanaal, NotificatieSoort
from eloket.profile.models import Profiel
from tests.uitwijken import ADRES, bounce, give_address, key_of, mail, send_all, tell, works
from tests.unit.notifications.feiten import list_feiten
from tests.web.werkplek import Stadhuis, build_stadhuis

pytestmark = pytest.mark.django_db


@pytest.fixture
def huis() -> Stadhuis:
    huis = build_stadhuis()
    give_address(huis.jeroen)
    return huis


def proof(zending_id) -> list[BewijsSoort]:
    return [BewijsSoort(een.soort) for een in list_feiten(zending_id=zending_id)]


def letters() -> list[Zending]:
    return list(Zending.objects.filter(kanaal=Kanaal.BRIEF))


@pytest.mark.parametrize(
    ("klasse", "status", "soort", "gevolg"),
    [
        (Klasse.PERMANENT, "5.1.1", BewijsSoort.TERUGGEKOMEN, (True, True)),
        (Klasse.OPGEGEVEN, "5.2.2", BewijsSoort.TERUGGEKOMEN, (False, True)),
        (Klasse.TIJDELIJK, "4.4.1", BewijsSoort.VERTRAAGD, (False, False)),
        (Klasse.DOORGEGEVEN, "2.0.0", BewijsSoort.DOORGEGEVEN, (False, False)),
        (Klasse.BEZORGD, "2.0.0", BewijsSoort.BEZORGD, (False, False)),
    ],
)
def test_each_class_is_proof_and_only_what_is_lost_goes_another_way(huis, klasse, status, soort, gevolg):
    is_dood, wordt_brief = gevolg
    zending_id = mail(huis.jeroen, huis.start().ref)
    assert verwerk(bounce(zending_id, klasse, status)) is Verwerking.VERWERKT
    feiten = list_feiten(zending_id=zending_id)
    assert feiten[-1].soort == soort
    assert feiten[-1].kenmerken["status"] == status
    assert works(huis.jeroen) is not is_dood
    assert len(letters()) == wordt_brief
    assert Contactherstel.objects.filter(hersteld_op=None).count() == is_dood


def test_the_same_notification_twice_is_once(huis):
    zending_id = mail(huis.jeroen, huis.start().ref)
    verwerk(bounce(zending_id))
    voor = len(list_feiten(zending_id=zending_id))
    assert verwerk(bounce(zending_id)) is Verwerking.AL_BEKEND
    assert len(list_feiten(zending_id=zending_id)) == voor
    assert len(letters()) == 1


def test_late_and_then_lost_is_both(huis):
    zending_id = mail(huis.jeroen, huis.start().ref)
    verwerk(bounce(zending_id, Klasse.TIJDELIJK, "4.4.1"))
    verwerk(bounce(zending_id))
    assert proof(zending_id)[-2:] == [BewijsSoort.VERTRAAGD, BewijsSoort.TERUGGEKOMEN]
    assert not works(huis.jeroen)


def test_a_mail_that_is_not_ours_or_is_a_letter_changes_nothing(huis):
    zending_id = mail(huis.jeroen, huis.start().ref)
    assert verwerk(bounce(uuid4())) is Verwerking.ONBEKEND
    verwerk(bounce(zending_id))
    [brief] = letters()
    assert verwerk(bounce(brief.pk)) is Verwerking.ONBEKEND


def test_the_notifications_travel_on_in_the_letter_and_their_proof_says_so(huis):
    zaak = huis.start()
    zending_id = mail(huis.jeroen, zaak.ref)
    [rij] = Notificatie.objects.filter(zending=zending_id)
    verwerk(bounce(zending_id))
    [brief] = letters()
    rij.refresh_from_db()
    assert (rij.zending, rij.uitkomst) == (brief, "")
    soorten = [een.soort for een in list_feiten(notificatie_id=rij.pk)]
    assert soorten[-1] == BewijsSoort.BRIEF_GEMAAKT
    assert (brief.aan, brief.verzonden_op) == ("", None)


def test_a_letter_is_never_mailed(huis):
    verwerk(bounce(mail(huis.jeroen, huis.start().ref)))
    assert bezorging.claim(nu() + timedelta(days=1), "w", 10) == []


def test_two_mails_that_come_back_are_one_letter(huis):
    zaak = huis.start()
    eerste, tweede = (
        mail(huis.jeroen, zaak.ref),
        mail(huis.jeroen, zaak.ref, NotificatieSoort.BERICHT_BEANTWOORD),
    )
    verwerk(bounce(eerste))
    verwerk(bounce(tweede))
    [brief] = letters()
    assert brief.notificaties.count() == 2


def test_an_address_that_was_changed_since_is_not_blamed(huis):
    zending_id = mail(huis.jeroen, huis.start().ref)
    Profiel.objects.filter(profiel_key=key_of(huis.jeroen)).delete()
    give_address(huis.jeroen, "nieuw@voorbeeld.nl")
    verwerk(bounce(zending_id))
    assert works(huis.jeroen)
    assert not Contactherstel.objects.exists()
    assert len(letters()) == 1  # what it said was still not read


def test_an_address_that_was_confirmed_after_the_mail_is_not_blamed(huis):
    zending_id = mail(huis.jeroen, huis.start().ref)
    Profiel.objects.update(email_bevestigd_op=nu() + timedelta(seconds=1))
    verwerk(bounce(zending_id))
    assert works(huis.jeroen)


def test_a_mail_to_confirm_an_address_says_nothing_about_the_confirmed_one(huis):
    enqueue(NotificatieSoort.ADRES_BEVESTIGEN, betrokkene_key=key_of(huis.jeroen), aan=ADRES, token="geheim")
    [zending_id] = send_all()
    verwerk(bounce(zending_id))
    assert works(huis.jeroen)
    assert letters() == []
    assert proof(zending_id)[-1] is BewijsSoort.TERUGGEKOMEN


@pytest.mark.parametrize("hoe", ["geopend", "ontvangst", "zonder zaak"])
def test_what_needs_no_letter_gets_none(huis, hoe):
    zaak = huis.start()
    soort = NotificatieSoort.ZAAK_ONTVANGEN if hoe == "ontvangst" else NotificatieSoort.STATUS_GEWIJZIGD
    zending_id = mail(huis.jeroen, zaak.ref, soort)
    if hoe == "geopend":
        Notificatie.objects.update(geopend_op=nu())
    if hoe == "zonder zaak":
        Notificatie.objects.update(zaak_ref="")
    verwerk(bounce(zending_id))
    assert letters() == []
    assert not works(huis.jeroen)


def test_a_mail_that_came_back_before_it_was_noted_as_sent_is_not_sent_again(huis):
    zending_id = mail(huis.jeroen, huis.start().ref)
    Zending.objects.filter(pk=zending_id).update(verzonden_op=None)
    verwerk(bounce(zending_id))
    assert bezorging.claim(nu() + timedelta(days=1), "w", 10) == []
    assert len(letters()) == 1


@pytest.mark.parametrize("is_adres", [True, False])
def test_a_mail_server_that_refuses_for_good_is_the_same_as_coming_back(huis, is_adres):
    zending_id = mail(huis.jeroen, huis.start().ref)
    Zending.objects.filter(pk=zending_id).update(verzonden_op=None, mislukt_op=nu())
    events.publish(ZendingMislukt(zending_id=zending_id, is_adres=is_adres, code="550"))
    assert works(huis.jeroen) is not is_adres
    assert len(letters()) == 1


def test_nothing_of_a_person_stands_in_the_log(huis, caplog):
    verwerk(bounce(mail(huis.jeroen, huis.start().ref)))
    for geheim in (ADRES, "Jeroen", "999990019", "Lindelaan"):
        assert geheim not in caplog.text
    assert "permanent 5.1.1" in caplog.text


def test_who_is_told_more_while_the_address_does_not_work_gets_it_in_the_letter(huis):
    zaak, ander = huis.start(), huis.start()
    verwerk(bounce(mail(huis.jeroen, zaak.ref)))
    tell(huis.jeroen, ander.ref, NotificatieSoort.BERICHT_BEANTWOORD)
    tell(huis.jeroen, ander.ref, NotificatieSoort.ZAAK_ONTVANGEN)
    assert take_over_waiting(nu()) >= 1
    assert take_over_waiting(nu()) == 0
    [brief] = letters()
    refs = set(brief.notificaties.values_list("zaak_ref", flat=True))
    assert refs == {str(zaak.ref), str(ander.ref)}
    assert Contactherstel.objects.filter(hersteld_op=None).count() == 2
