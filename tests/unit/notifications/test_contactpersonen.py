"""A business is told through its people: each by their own choices, and the business as a whole is what was reached."""

from datetime import timedelta

import pytest

from eloket.identity.events import Ingelogd
from eloket.identity.testing import onderneming
from eloket.identity.types import Actor
from eloket.kernel import events
from eloket.kernel.klok import nu, op_moment
from eloket.notifications.ander_kanaal import write_who_opens_nothing
from eloket.notifications.bezorgen import samenstellen
from eloket.notifications.contact.models import Contactherstel
from eloket.notifications.contact.queries import list_onbereikbaar
from eloket.notifications.herinneren import remind_ongelezen
from eloket.notifications.models import Notificatie, Zending
from eloket.notifications.openen import mark_opened, mark_zaak_opened
from eloket.notifications.retour.verwerken import verwerk
from eloket.notifications.types import Kanaal
from eloket.notifications.types import NotificatieSoort as S
from eloket.notifications.verantwoorden.verzending import get_verzending
from eloket.profile import service as profile
from eloket.profile.contactpersonen import list_collegas, on_ingelogd, stop_collega
from eloket.profile.events import AdresGewijzigd
from eloket.profile.models import Profiel
from eloket.profile.testing import FakePersonenBron, give_contact
from eloket.zaken import service as zaken
from eloket.zaken.herinneringen import save_regel
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import Zaak
from tests.huis import bestand, partij_van
from tests.uitwijken import bounce, send_all
from tests.web.werkplek import Stadhuis, build_stadhuis

pytestmark = pytest.mark.django_db

MARKT, HAVEN = "000038509504", "000038509512"
ANNE, BO = onderneming(persoon="anne"), onderneming(persoon="bo")
CAS = onderneming("69599084", MARKT, persoon="cas")
BO_MARKT = onderneming("69599084", MARKT, persoon="bo")


@pytest.fixture
def huis() -> Stadhuis:
    profile.configure(FakePersonenBron())
    return build_stadhuis()


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    """Of the whole business, sent by Anne; what was said of that is forgotten."""
    return start(ANNE)


def start(actor: Actor, sleutel: str = "s1") -> Zaak:
    opdracht = nieuwe_zaak(partij_van(actor), sleutel=sleutel, zaaktype="PARKEERVERGUNNING")
    zaak = zaken.start_zaak(actor, opdracht)[0]
    Notificatie.objects.all().delete()
    return zaak


def add(huis: Stadhuis, zaak: Zaak) -> str:
    """A document of the municipality; its id."""
    zaken.add_documenten(huis.mila, zaak.ref, (bestand("besluit.pdf"),))
    return Notificatie.objects.filter(soort=S.DOCUMENT_TOEGEVOEGD).latest("id").onderwerp_id


def mailed() -> list[str]:
    """To whom something waits to be mailed, by address."""
    keys = Notificatie.objects.filter(zending=None, uitkomst="").values_list("betrokkene_key", flat=True)
    adressen = dict(Profiel.objects.values_list("profiel_key", "pk"))
    return sorted(Profiel.objects.get(pk=adressen[key]).email for key in keys)


def address(*actoren: Actor) -> None:
    for actor in actoren:
        give_contact(actor, f"{'abc'[(ANNE, BO, CAS).index(actor)]}@korenaar.nl")


def test_each_of_them_is_mailed_by_their_own_choices(huis, zaak):
    address(ANNE, BO)
    give_contact(onderneming(persoon="dirk"), "dirk@korenaar.nl", wil_mail=False)
    add(huis, zaak)
    assert mailed() == ["a@korenaar.nl", "b@korenaar.nl"]
    assert set(Notificatie.objects.values_list("partij_key", flat=True)) == {partij_van(ANNE).profiel_key}


def test_a_mail_box_that_two_of_them_share_gets_it_once(huis, zaak):
    give_contact(ANNE, "info@korenaar.nl")
    give_contact(BO, "Info@korenaar.nl")
    add(huis, zaak)
    assert len(mailed()) == 1
    assert Notificatie.objects.filter(uitkomst="zelfde_adres").count() == 1


def test_of_a_branch_the_whole_business_is_told_and_another_branch_is_not(huis):
    zaak = start(CAS)
    address(ANNE, CAS)
    give_contact(onderneming("69599084", HAVEN, persoon="dirk"), "haven@korenaar.nl")
    add(huis, zaak)
    assert mailed() == ["a@korenaar.nl", "c@korenaar.nl"]
    Notificatie.objects.all().delete()
    add(huis, start(ANNE, "s2"))
    assert mailed() == ["a@korenaar.nl"]


def test_a_receipt_is_for_who_sent_it_and_for_who_wants_all_mail(huis):
    give_contact(ANNE, "a@korenaar.nl", wil_mail=False)
    give_contact(BO, "b@korenaar.nl", wil_mail=False)
    give_contact(onderneming(persoon="dirk"), "d@korenaar.nl")
    zaken.start_zaak(ANNE, nieuwe_zaak(partij_van(ANNE), sleutel="s1", zaaktype="PARKEERVERGUNNING"))
    assert mailed() == ["a@korenaar.nl", "d@korenaar.nl"]


def test_a_receipt_of_documents_is_for_who_sent_them_alone(huis, zaak):
    address(ANNE, BO)
    zaken.add_documenten(BO, zaak.ref, (bestand("offerte.pdf"),))
    assert mailed() == ["b@korenaar.nl"]


def test_what_nobody_can_be_mailed_about_is_told_to_the_business_once_with_the_reason(huis, zaak):
    give_contact(ANNE, "a@korenaar.nl", wil_mail=False)
    give_contact(BO, "b@korenaar.nl", email_kapot_op=nu())
    add(huis, zaak)
    rij = Notificatie.objects.get()
    assert {rij.betrokkene_key, rij.partij_key} == {partij_van(ANNE).profiel_key}
    assert rij.uitkomst == "adres_kapot"


@pytest.mark.parametrize("hoe", ["branch", "stopped", "a year"])
def test_a_mail_that_waits_does_not_go_to_who_is_not_of_it_any_more(huis, zaak, hoe):
    address(BO)
    add(huis, zaak)
    later = nu() + timedelta(days=370 if hoe == "a year" else 0)
    if hoe == "branch":
        on_ingelogd(Ingelogd(BO_MARKT))
    elif hoe == "stopped":
        stop_collega(ANNE, list_collegas(ANNE)[0].nummer)
    with op_moment(later):
        samenstellen.compose(nu(), 100)
    assert not Notificatie.objects.filter(soort=S.DOCUMENT_TOEGEVOEGD, uitkomst="").exists()
    assert set(Zending.objects.values_list("notificaties__soort", flat=True)) <= {S.MAIL_GESTOPT}


def test_a_receipt_that_waits_does_not_go_to_who_was_stopped_meanwhile(huis):
    """A receipt is the one mail that goes to who wants no mail."""
    address(BO)
    zaken.start_zaak(ANNE, nieuwe_zaak(partij_van(ANNE), sleutel="s1", zaaktype="PARKEERVERGUNNING"))
    assert mailed() == ["b@korenaar.nl"]
    stop_collega(ANNE, list_collegas(ANNE)[0].nummer)
    samenstellen.compose(nu(), 100)
    assert list(Zending.objects.values_list("notificaties__soort", flat=True)) == [S.MAIL_GESTOPT]


def test_who_is_stopped_is_told_at_their_address(huis):
    address(BO)
    stop_collega(ANNE, list_collegas(ANNE)[0].nummer)
    rij = Notificatie.objects.get(soort=S.MAIL_GESTOPT)
    assert (rij.aan, rij.betrokkene_key) == ("b@korenaar.nl", BO.profiel_key)


def test_what_one_opens_the_business_has_opened(huis, zaak):
    address(ANNE, BO)
    document = add(huis, zaak)
    mark_zaak_opened(partij_van(BO), zaak.ref)
    assert Notificatie.objects.filter(geopend_op=None).count() == 2
    mark_opened(partij_van(BO), zaak.ref, [document])
    assert not Notificatie.objects.filter(geopend_op=None).exists()
    samenstellen.compose(nu(), 100)
    assert set(Notificatie.objects.values_list("uitkomst", flat=True)) == {"ingehaald"}


def test_the_proof_says_of_each_mail_that_it_was_for_one_contactpersoon(huis, zaak):
    address(ANNE, BO)
    add(huis, zaak)
    stukken = get_verzending(zaak, partij_van(ANNE)).stukken
    meldingen = [een for stuk in stukken for een in stuk.meldingen]
    assert len(meldingen) == 2
    assert all("contactpersoon" in een.uitleg for een in meldingen)


def test_one_address_that_dies_costs_a_letter_to_the_business_and_nobody_has_to_call(huis, zaak):
    address(ANNE, BO)
    add(huis, zaak)
    eerste = send_all()[0]
    verwerk(bounce(eerste))
    brief = Zending.objects.get(kanaal=Kanaal.BRIEF)
    assert brief.betrokkene_key == partij_van(ANNE).profiel_key
    assert not Contactherstel.objects.exists()
    assert list_onbereikbaar(zaak) == ()


def test_when_the_last_address_dies_contact_must_be_restored_until_one_of_them_mends_theirs(
    huis, zaak, monkeypatch
):
    address(ANNE, BO)
    add(huis, zaak)
    for zending_id in send_all():
        verwerk(bounce(zending_id))
    assert Zending.objects.filter(kanaal=Kanaal.BRIEF).count() == 1
    assert Contactherstel.objects.get().profiel_key == partij_van(ANNE).profiel_key
    (wie,) = list_onbereikbaar(zaak)
    assert wie.is_adres
    tokens: list[str] = []
    with monkeypatch.context() as m:
        m.setitem(events._subscribers, AdresGewijzigd, [lambda event: tokens.append(event.token)])
        profile.reconfirm_address(BO)
        profile.confirm_email(tokens[0])
    assert list_onbereikbaar(zaak) == ()
    assert Contactherstel.objects.get().hersteld_op is not None


def test_each_is_reminded_of_what_nobody_opened_and_nobody_of_what_one_opened(huis, zaak):
    save_regel(None, "ongelezen", is_aan=True, dagen=3)
    address(ANNE, BO)
    document = add(huis, zaak)
    send_all()
    with op_moment(nu() + timedelta(days=4)):
        assert remind_ongelezen(nu()) == 2
        assert mailed() == ["a@korenaar.nl", "b@korenaar.nl"]
        Notificatie.objects.filter(soort=S.ONGELEZEN_HERINNERING).delete()
        mark_opened(partij_van(ANNE), zaak.ref, [document])
        assert remind_ongelezen(nu()) == 0


def test_a_business_that_opens_nothing_gets_one_letter_and_none_when_one_of_them_looks(huis, zaak):
    save_regel(None, "ander_kanaal", is_aan=True, dagen=7)
    address(ANNE, BO)
    document = add(huis, zaak)
    ander = start_keeping(huis)
    send_all()
    with op_moment(nu() + timedelta(days=8)):
        assert write_who_opens_nothing(nu()) == 2
        brief = Zending.objects.get(kanaal=Kanaal.BRIEF)
        assert brief.betrokkene_key == partij_van(ANNE).profiel_key
        assert sorted(brief.notificaties.values_list("onderwerp_id", flat=True)) == sorted([document, ander])
        assert write_who_opens_nothing(nu()) == 0


def test_no_letter_when_a_colleague_opened_something_since(huis, zaak):
    save_regel(None, "ander_kanaal", is_aan=True, dagen=7)
    address(ANNE)
    add(huis, zaak)
    address(BO)
    ander = start_keeping(huis)
    Notificatie.objects.filter(onderwerp_id=ander, betrokkene_key=ANNE.profiel_key).delete()
    send_all()
    with op_moment(nu() + timedelta(days=8)):
        refs = Notificatie.objects.filter(onderwerp_id=ander).values_list("zaak_ref", flat=True)
        mark_opened(partij_van(BO), zaak.ref.parse(refs[0]), [ander])
        assert write_who_opens_nothing(nu()) == 0


def start_keeping(huis: Stadhuis) -> str:
    """Another zaak with a document, beside what there is; the id of the document."""
    opdracht = nieuwe_zaak(partij_van(ANNE), sleutel="s2", zaaktype="PARKEERVERGUNNING")
    return add(huis, zaken.start_zaak(huis.mila, opdracht)[0])
