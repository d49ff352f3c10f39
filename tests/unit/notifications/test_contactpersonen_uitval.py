"""What happens to the mail of a business when one of its people cannot be mailed any more, between event and mail."""

import json
from datetime import timedelta

import pytest

from eloket.identity.testing import onderneming
from eloket.kernel.klok import nu, op_moment
from eloket.notifications.ander_kanaal import write_who_opens_nothing
from eloket.notifications.bezorgen import bezorging, samenstellen
from eloket.notifications.brieven.adressen import find_adressen
from eloket.notifications.brieven.bundels import make_bundel
from eloket.notifications.brieven.models import BriefInhoud
from eloket.notifications.brieven.overnemen import take_over_waiting
from eloket.notifications.contact.models import Contactherstel
from eloket.notifications.contact.queries import list_onbereikbaar
from eloket.notifications.herinneren import remind_ongelezen
from eloket.notifications.models import Notificatie, Zending
from eloket.notifications.retour.types import Klasse
from eloket.notifications.retour.verwerken import verwerk
from eloket.notifications.types import Kanaal
from eloket.notifications.types import NotificatieSoort as S
from eloket.notifications.verantwoorden.levensloop import Levensloop, Stand, list_levenslopen
from eloket.profile import service as profile
from eloket.profile.contactpersonen import list_collegas, stop_collega
from eloket.profile.models import Profiel
from eloket.profile.queries import get_contact
from eloket.profile.service import mark_dead_address
from eloket.profile.testing import FakePersonenBron, give_contact
from eloket.zaken import service as zaken
from eloket.zaken.herinneringen import save_regel
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import Zaak
from tests.huis import PDF, bestand, partij_van
from tests.uitwijken import bounce, send_all
from tests.web.werkplek import Stadhuis, build_stadhuis

pytestmark = pytest.mark.django_db

ANNE, BO, CAS, DIRK = (onderneming(persoon=een) for een in ("anne", "bo", "cas", "dirk"))
BEDRIJF = partij_van(ANNE).profiel_key


@pytest.fixture
def huis() -> Stadhuis:
    profile.configure(FakePersonenBron())
    return build_stadhuis()


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    """Of the whole business; what was said of that is forgotten."""
    opdracht = nieuwe_zaak(partij_van(ANNE), sleutel="s1", zaaktype="PARKEERVERGUNNING")
    zaak = zaken.start_zaak(ANNE, opdracht)[0]
    Notificatie.objects.all().delete()
    return zaak


def add(huis: Stadhuis, zaak: Zaak) -> None:
    zaken.add_documenten(huis.mila, zaak.ref, (bestand("besluit.pdf"),))


def test_what_waits_for_an_address_that_dies_meanwhile_goes_in_a_letter_to_the_business(huis, zaak):
    give_contact(ANNE, "a@korenaar.nl")
    add(huis, zaak)
    mark_dead_address(ANNE.profiel_key, "a@korenaar.nl", "5.1.1")
    send_all()
    assert take_over_waiting(nu()) == 1
    assert Zending.objects.get(kanaal=Kanaal.BRIEF).betrokkene_key == BEDRIJF
    assert Contactherstel.objects.get().profiel_key == BEDRIJF
    (wie,) = list_onbereikbaar(zaak)
    assert wie.is_adres


def test_nobody_has_to_call_for_what_waited_when_another_of_them_is_mailed(huis, zaak):
    give_contact(ANNE, "a@korenaar.nl")
    give_contact(BO, "b@korenaar.nl")
    add(huis, zaak)
    mark_dead_address(ANNE.profiel_key, "a@korenaar.nl", "5.1.1")
    send_all()
    assert take_over_waiting(nu()) == 1
    assert not Contactherstel.objects.exists()


def test_nobody_has_to_call_when_another_of_them_has_an_address_that_works_and_chose_no_mail_of_this(
    huis, zaak
):
    give_contact(ANNE, "a@korenaar.nl", email_kapot_op=nu())
    give_contact(BO, "b@korenaar.nl", meldingen={"documenten": "nooit"})
    add(huis, zaak)
    assert take_over_waiting(nu()) == 1
    assert not Contactherstel.objects.exists()


def test_somebody_has_to_call_when_the_letter_cannot_go_either(huis, zaak):
    give_contact(ANNE, "a@korenaar.nl", email_kapot_op=nu())
    give_contact(BO, "b@korenaar.nl", meldingen={"documenten": "nooit"})
    add(huis, zaak)
    take_over_waiting(nu())
    profile.configure(FakePersonenBron(ondernemingen=()))
    find_adressen(nu())
    assert Contactherstel.objects.get(hersteld_op=None).profiel_key == BEDRIJF


def test_a_mail_that_a_letter_took_over_already_can_come_back_once_more(huis, zaak):
    give_contact(ANNE, "a@korenaar.nl")
    add(huis, zaak)
    (zending_id,) = send_all()
    verwerk(bounce(zending_id, Klasse.OPGEGEVEN))
    verwerk(bounce(zending_id))
    assert Notificatie.objects.filter(soort=S.DOCUMENT_TOEGEVOEGD, zending__kanaal=Kanaal.BRIEF).exists()
    assert get_contact(ANNE).email_kapot_op is not None


def advance(huis: Stadhuis, zaak: Zaak, volgnummer: int) -> None:
    """To this status."""
    versie = huis.now(zaak.ref).versie
    zaken.set_status(huis.mila, zaak.ref, volgnummer=volgnummer, toelichting="", resultaat="", versie=versie)


def letter_lines(huis: Stadhuis) -> list[str]:
    """What the one letter that is printed now tells."""
    find_adressen(nu())
    make_bundel(huis.mila)
    return [tekst for tekst, _ in json.loads(BriefInhoud.objects.get().inhoud)["regels"]]


def test_what_two_of_them_could_not_be_mailed_stands_in_the_letter_once(huis, zaak):
    give_contact(ANNE, "a@korenaar.nl")
    give_contact(BO, "b@korenaar.nl")
    add(huis, zaak)
    for zending_id in send_all():
        verwerk(bounce(zending_id))
    assert Notificatie.objects.filter(zending__kanaal=Kanaal.BRIEF).count() == 2
    assert letter_lines(huis) == ["1 nieuw document"]


def test_what_happened_more_often_is_counted_by_who_was_told_of_it_most(huis, zaak):
    give_contact(ANNE, "a@korenaar.nl")
    advance(huis, zaak, 2)
    give_contact(BO, "b@korenaar.nl")
    advance(huis, zaak, 3)
    for zending_id in send_all():
        verwerk(bounce(zending_id))
    assert Notificatie.objects.filter(zending__kanaal=Kanaal.BRIEF).count() == 3
    assert letter_lines(huis) == ["2 wijzigingen van de status van een zaak"]


def test_what_is_about_to_be_mailed_to_a_shared_box_goes_when_the_first_of_them_wants_it(huis, zaak):
    give_contact(ANNE, "info@korenaar.nl", meldingen={"documenten": "dagelijks"})
    give_contact(BO, "info@korenaar.nl")
    add(huis, zaak)
    assert Notificatie.objects.get(uitkomst="").betrokkene_key == BO.profiel_key


def test_a_letter_about_it_is_not_written_twice_when_no_colleague_opens_it_either(huis, zaak):
    save_regel(None, "ander_kanaal", is_aan=True, dagen=7)
    give_contact(ANNE, "a@korenaar.nl")
    give_contact(BO, "b@korenaar.nl")
    add(huis, zaak)
    verwerk(bounce(send_all()[0]))
    with op_moment(nu() + timedelta(days=8)):
        assert write_who_opens_nothing(nu()) == 0


def test_who_came_after_nobody_could_be_mailed_is_reminded(huis, zaak):
    save_regel(None, "ongelezen", is_aan=True, dagen=3)
    add(huis, zaak)
    give_contact(BO, "b@korenaar.nl")
    with op_moment(nu() + timedelta(days=4)):
        remind_ongelezen(nu())
        rij = Notificatie.objects.get(soort=S.ONGELEZEN_HERINNERING, uitkomst="")
        assert (rij.betrokkene_key, rij.partij_key) == (BO.profiel_key, BEDRIJF)
        assert remind_ongelezen(nu()) == 0


def test_who_shares_a_mail_box_is_reminded_there_once(huis, zaak):
    save_regel(None, "ongelezen", is_aan=True, dagen=3)
    give_contact(ANNE, "info@korenaar.nl")
    give_contact(BO, "info@korenaar.nl")
    add(huis, zaak)
    with op_moment(nu() + timedelta(days=4)):
        remind_ongelezen(nu())
        assert Notificatie.objects.filter(soort=S.ONGELEZEN_HERINNERING, uitkomst="").count() == 1


def test_who_shares_a_mail_box_is_mailed_there_when_the_other_is_not_any_more(huis, zaak):
    give_contact(ANNE, "info@korenaar.nl")
    give_contact(BO, "info@korenaar.nl")
    add(huis, zaak)
    wachtend = Notificatie.objects.get(uitkomst="").betrokkene_key
    stopper = BO if wachtend == ANNE.profiel_key else ANNE
    stop_collega(stopper, list_collegas(stopper)[0].nummer)
    send_all()
    send_all()
    verzonden = Notificatie.objects.filter(soort=S.DOCUMENT_TOEGEVOEGD).exclude(zending=None)
    assert [rij.betrokkene_key for rij in verzonden] == [stopper.profiel_key]


def test_who_shares_a_mail_box_gets_it_too_when_the_other_is_stopped_while_the_mail_is_on_its_way(huis, zaak):
    give_contact(ANNE, "info@korenaar.nl")
    give_contact(BO, "info@korenaar.nl")
    give_contact(CAS, "c@korenaar.nl")
    give_contact(DIRK, "c@korenaar.nl")
    add(huis, zaak)
    samenstellen.compose(nu(), 100)
    Profiel.objects.filter(profiel_key=ANNE.profiel_key).update(wil_mail=False)
    for zending_id in bezorging.claim(nu(), "test", 100):
        bezorging.deliver(zending_id, "test")
    send_all()
    verzonden = Notificatie.objects.filter(zending__verzonden_op__isnull=False)
    assert {rij.betrokkene_key for rij in verzonden} == {BO.profiel_key, CAS.profiel_key}


def sent_to() -> list[str]:
    """The addresses that were mailed."""
    return sorted(een.aan for een in Zending.objects.exclude(verzonden_op=None))


@pytest.mark.parametrize("is_made", [False, True])
def test_a_shared_box_is_mailed_once_when_the_first_of_them_changes_address_meanwhile(huis, zaak, is_made):
    for een in (ANNE, BO, CAS):
        give_contact(een, "info@korenaar.nl")
    add(huis, zaak)
    if is_made:
        samenstellen.compose(nu(), 100)
    eerste = Notificatie.objects.get(uitkomst="").betrokkene_key
    Profiel.objects.filter(profiel_key=eerste).update(email="nieuw@korenaar.nl")
    for _ in range(3):
        send_all()
    assert sent_to() == ["info@korenaar.nl", "nieuw@korenaar.nl"]
    assert Notificatie.objects.filter(uitkomst="zelfde_adres").count() == 1


def test_a_box_that_is_mailed_by_another_already_is_not_mailed_again_when_the_first_changes_address(
    huis, zaak
):
    give_contact(ANNE, "info@korenaar.nl")
    give_contact(BO, "info@korenaar.nl")
    give_contact(CAS, "c@korenaar.nl")
    add(huis, zaak)
    eerste = Notificatie.objects.exclude(betrokkene_key=CAS.profiel_key).get(uitkomst="").betrokkene_key
    Profiel.objects.filter(profiel_key=eerste).update(email="c@korenaar.nl")
    Profiel.objects.filter(profiel_key=CAS.profiel_key).update(email="INFO@korenaar.nl")
    send_all(), send_all()
    assert sent_to() == ["INFO@korenaar.nl", "c@korenaar.nl"]


def test_a_box_that_was_mailed_before_another_of_them_changed_address_is_not_mailed_again(huis, zaak):
    for een in (ANNE, BO):
        give_contact(een, "info@korenaar.nl")
    add(huis, zaak)
    send_all()
    Profiel.objects.update(email="nieuw@korenaar.nl")
    send_all(), send_all()
    assert sent_to() == ["info@korenaar.nl"]


def test_the_same_box_in_other_capitals_is_no_other_address(huis, zaak):
    give_contact(ANNE, "info@korenaar.nl")
    give_contact(BO, "info@korenaar.nl")
    add(huis, zaak)
    Profiel.objects.update(email="Info@korenaar.nl")
    send_all(), send_all()
    assert sent_to() == ["Info@korenaar.nl"]


def test_the_proof_says_that_who_waited_behind_another_is_mailed_after_all(huis, zaak):
    give_contact(ANNE, "info@korenaar.nl")
    give_contact(BO, "info@korenaar.nl")
    add(huis, zaak)
    wacht = Notificatie.objects.get(uitkomst="zelfde_adres")

    def life() -> Levensloop:
        return next(een for een in list_levenslopen(zaak.ref).meldingen if een.id == wacht.pk)

    assert life().stappen[-1].tekst == (
        "Geen aparte e-mail: deze melding staat al klaar voor hetzelfde e-mailadres."
    )
    assert (life().stand, life().wacht_tot) == (Stand.GEEN_MAIL, None)
    assert life().uitleg == "Deze melding is voor één contactpersoon van het bedrijf."
    Profiel.objects.exclude(profiel_key=wacht.betrokkene_key).update(email="nieuw@korenaar.nl")
    send_all()
    assert life().stappen[-1].tekst == "Toch een eigen e-mail: de andere ging niet naar dit adres."
    assert life().stand is Stand.WACHT
    assert life().wacht_tot is not None
    send_all()
    assert life().stand is Stand.VERSTUURD


def test_a_receipt_for_who_has_no_details_of_their_own_goes_where_it_went_before(huis, zaak):
    Profiel.objects.create(
        profiel_key=BEDRIJF, email="info@korenaar.nl", email_bevestigd_op=nu(), wil_mail=True
    )
    zaken.add_documenten(ANNE, zaak.ref, (bestand("offerte.pdf"),))
    assert Notificatie.objects.get(uitkomst="").betrokkene_key == BEDRIJF
    stop_collega(ANNE, list_collegas(ANNE)[0].nummer)
    zaken.add_documenten(ANNE, zaak.ref, (bestand("schets.pdf", PDF + b"2"),))
    laatste = Notificatie.objects.filter(soort=S.ONTVANGST).latest("pk")
    assert (laatste.betrokkene_key, laatste.uitkomst) == (ANNE.profiel_key, "geen_adres")


def test_what_somebody_changes_of_their_own_details_is_not_told_at_the_address_of_all(huis):
    Profiel.objects.create(
        profiel_key=BEDRIJF, email="info@korenaar.nl", email_bevestigd_op=nu(), wil_mail=True
    )
    profile.update_contact(ANNE, email="", telefoon="0612345678", wil_mail=False)
    assert Notificatie.objects.get(soort=S.ONTVANGST).betrokkene_key == ANNE.profiel_key


def test_a_resident_is_no_contactpersoon_of_anybody(huis):
    zaak = huis.start("Dakkapel")
    zaken.add_documenten(huis.jeroen, zaak.ref, (bestand("tekening.pdf"),))
    assert not any(een.is_contactpersoon for een in list_levenslopen(zaak.ref).meldingen)
    assert Notificatie.objects.filter(soort=S.ONTVANGST).exists()
