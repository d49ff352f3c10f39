"""Changing contact details: what is kept, what waits for a link, and who is told."""

from datetime import timedelta

import pytest

from eloket.audit.models import AuditRegel
from eloket.identity.testing import inwoner, medewerker, onderneming
from eloket.identity.types import Actor
from eloket.kernel import events, klok
from eloket.kernel.errors import NietToegestaan
from eloket.profile import queries, service
from eloket.profile.errors import BevestigingOngeldig, BevestigingTeVaak, ContactOngeldig, NietsTeBevestigen
from eloket.profile.events import AdresGewijzigd
from eloket.profile.models import Profiel
from eloket.profile.types import Bevestiging, ContactGegevens, Uitkomst
from eloket.profile.velden import EMAIL_FOUT, EMAIL_NODIG, TELEFOON_FOUT

pytestmark = pytest.mark.django_db

OUD, NIEUW = "oud@voorbeeld.nl", "nieuw@voorbeeld.nl"


@pytest.fixture
def verteld(monkeypatch):
    """The events that were published, instead of handing them to notifications."""
    lijst: list[AdresGewijzigd] = []
    monkeypatch.setattr(events, "_subscribers", type(events._subscribers)(list))
    events.subscribe(AdresGewijzigd, lijst.append)
    return lijst


@pytest.fixture
def klokje(monkeypatch):
    """Time that stands still until the test moves it."""

    class Klokje:
        nu = klok.nu().replace(hour=10, minute=0)

        def verder(self, **duur: float) -> None:
            self.nu += timedelta(**duur)

    klokje = Klokje()
    monkeypatch.setattr("django.utils.timezone.now", lambda: klokje.nu)
    return klokje


def save(actor: Actor, email: str = "", telefoon: str = "", wil_mail: bool = False) -> Uitkomst:
    return service.update_contact(actor, email=email, telefoon=telefoon, wil_mail=wil_mail)


def contact(actor: Actor) -> ContactGegevens:
    return queries.get_contact(actor)


def notified(actor: Actor) -> str | None:
    bereik = queries.get_bereikbaarheid(actor.profiel_key)
    return (bereik.email if bereik and bereik.wil_mail else "") or None


def confirmed(actor: Actor, verteld: list[AdresGewijzigd], adres: str = OUD, wil_mail: bool = True) -> None:
    save(actor, email=adres, wil_mail=wil_mail)
    assert service.confirm_email(verteld[-1].token) is Bevestiging.GELUKT
    verteld.clear()


def test_who_never_told_us_anything_gets_no_mail():
    assert contact(inwoner()) == ContactGegevens()
    assert notified(inwoner()) is None


def test_a_number_is_saved_at_once(verteld):
    assert save(inwoner(), telefoon="06-12345678").is_gewijzigd
    assert contact(inwoner()).telefoon == "+31612345678"
    assert contact(inwoner()).telefoon_getoond == "06 12 34 56 78"
    assert not verteld


def test_every_wrong_field_has_its_text_and_nothing_is_saved(verteld):
    with pytest.raises(ContactOngeldig) as fout:
        save(inwoner(), email="j.vandrouwen@voorbeeld", telefoon="06 1234 56")
    assert fout.value.velden == {"email": EMAIL_FOUT, "telefoon": TELEFOON_FOUT}
    with pytest.raises(ContactOngeldig) as fout:
        save(inwoner(), email=NIEUW, telefoon="06 1234 56")
    assert fout.value.velden == {"telefoon": TELEFOON_FOUT}
    assert contact(inwoner()) == ContactGegevens()
    assert not verteld


def test_a_new_address_gets_only_its_link_until_it_is_confirmed(verteld):
    uitkomst = save(inwoner(), email=NIEUW, wil_mail=True)
    assert uitkomst.is_bevestiging_verstuurd
    assert "Klik op de link" in uitkomst.tekst
    [event] = verteld
    assert (event.nieuw, event.oud) == (NIEUW, "")
    stand = contact(inwoner())
    assert (stand.email, stand.email_in_afwachting, stand.email_in_formulier) == ("", NIEUW, NIEUW)
    assert stand.wil_mail
    assert stand.bevestiging_verstuurd_op is not None
    assert notified(inwoner()) is None

    assert queries.get_bevestiging(event.token) is Bevestiging.OPEN
    assert contact(inwoner()).email == "", "looking at the link confirms nothing: mail scanners look too"
    assert service.confirm_email(event.token) is Bevestiging.GELUKT
    assert notified(inwoner()) == NIEUW
    assert contact(inwoner()).email_in_afwachting == ""


def test_the_old_address_is_told_and_keeps_receiving_until_the_new_one_is_confirmed(verteld):
    confirmed(inwoner(), verteld)
    save(inwoner(), email=NIEUW, wil_mail=True)
    [event] = verteld
    assert (event.oud, event.nieuw) == (OUD, NIEUW)
    assert notified(inwoner()) == OUD
    service.confirm_email(event.token)
    assert notified(inwoner()) == NIEUW


def test_the_link_works_once_and_says_for_a_day_that_all_is_well(verteld, klokje):
    save(inwoner(), email=NIEUW)
    token = verteld[0].token
    klokje.verder(hours=23)
    assert service.confirm_email(token) is Bevestiging.GELUKT
    versie = Profiel.objects.get().versie
    assert service.confirm_email(token) is Bevestiging.AL_GEDAAN
    assert queries.get_bevestiging(token) is Bevestiging.AL_GEDAAN
    assert Profiel.objects.get().versie == versie
    klokje.verder(hours=2)
    with pytest.raises(BevestigingOngeldig):
        queries.get_bevestiging(token)


@pytest.mark.parametrize("token", ["", "onzin", "\ud800", "a" * 5000])
def test_an_unknown_link_confirms_nothing(verteld, token):
    save(inwoner(), telefoon="0612345678")
    with pytest.raises(BevestigingOngeldig):
        service.confirm_email(token)


def test_a_link_older_than_a_day_confirms_nothing_and_can_be_sent_again(verteld, klokje):
    save(inwoner(), email=NIEUW)
    klokje.verder(hours=24, seconds=1)
    with pytest.raises(BevestigingOngeldig):
        service.confirm_email(verteld[0].token)
    service.resend_confirmation(inwoner())
    assert service.confirm_email(verteld[1].token) is Bevestiging.GELUKT


def test_only_the_newest_link_works(verteld, klokje):
    save(inwoner(), email=NIEUW)
    klokje.verder(minutes=2)
    service.resend_confirmation(inwoner())
    with pytest.raises(BevestigingOngeldig):
        service.confirm_email(verteld[0].token)
    assert (verteld[1].nieuw, verteld[1].oud) == (NIEUW, "")
    assert service.confirm_email(verteld[1].token) is Bevestiging.GELUKT


def test_a_link_is_sent_again_once_a_minute_and_five_times_a_day(verteld, klokje):
    save(inwoner(), email=NIEUW)
    with pytest.raises(BevestigingTeVaak, match="te-vaak") as fout:
        service.resend_confirmation(inwoner())
    assert "minuut" in fout.value.tekst
    for _ in range(4):
        klokje.verder(minutes=1)
        service.resend_confirmation(inwoner())
    klokje.verder(minutes=1)
    with pytest.raises(BevestigingTeVaak) as fout:
        service.resend_confirmation(inwoner())
    assert "morgen" in fout.value.tekst
    assert len(verteld) == 5
    klokje.verder(days=1)
    service.resend_confirmation(inwoner())
    assert len(verteld) == 6


def test_other_addresses_do_not_lift_the_limit(verteld):
    for nummer in range(5):
        save(inwoner(), email=f"vreemde{nummer}@voorbeeld.nl")
    with pytest.raises(ContactOngeldig) as fout:
        save(inwoner(), email="vreemde6@voorbeeld.nl", telefoon="0612345678")
    assert "morgen" in fout.value.velden["email"]
    assert len(verteld) == 5
    assert contact(inwoner()).email_in_afwachting == "vreemde4@voorbeeld.nl"
    assert contact(inwoner()).telefoon == ""


def test_nothing_to_confirm_is_said(verteld):
    with pytest.raises(NietsTeBevestigen):
        service.resend_confirmation(inwoner())


def test_saving_unchanged_changes_nothing_and_mails_nobody(verteld):
    save(inwoner(), email=NIEUW, telefoon="0612345678", wil_mail=True)
    regels = AuditRegel.objects.count()
    uitkomst = save(inwoner(), email=NIEUW, telefoon="+31612345678", wil_mail=True)
    assert not uitkomst.is_gewijzigd
    assert len(verteld) == 1
    assert AuditRegel.objects.count() == regels


def test_the_confirmed_address_again_withdraws_the_change(verteld):
    confirmed(inwoner(), verteld)
    save(inwoner(), email=NIEUW)
    token = verteld[-1].token
    save(inwoner(), email=OUD)
    assert contact(inwoner()).email_in_afwachting == ""
    with pytest.raises(BevestigingOngeldig):
        service.confirm_email(token)
    assert contact(inwoner()).email == OUD


def test_removing_the_address_stops_the_mail_and_tells_the_old_address(verteld):
    confirmed(inwoner(), verteld)
    uitkomst = save(inwoner(), wil_mail=True)
    assert uitkomst.is_mail_uitgezet
    assert "geen e-mail meer" in uitkomst.tekst
    assert contact(inwoner()) == ContactGegevens()
    [event] = verteld
    assert (event.oud, event.nieuw, event.token) == (OUD, "", "")


def test_removing_an_address_that_waits_makes_its_link_useless(verteld):
    save(inwoner(), email=NIEUW)
    save(inwoner())
    with pytest.raises(BevestigingOngeldig):
        service.confirm_email(verteld[0].token)
    assert contact(inwoner()).email_in_afwachting == ""


def test_mail_without_any_address_is_a_mistake_to_mend(verteld):
    with pytest.raises(ContactOngeldig) as fout:
        save(inwoner(), wil_mail=True)
    assert fout.value.velden == {"email": EMAIL_NODIG}


def test_opting_out_stops_the_mail_and_keeps_the_address(verteld):
    confirmed(inwoner(), verteld)
    save(inwoner(), email=OUD, wil_mail=False)
    assert notified(inwoner()) is None
    assert contact(inwoner()).email == OUD


def test_a_branch_has_contact_details_of_its_own(verteld):
    hoofd, tak = onderneming(), onderneming(vestigingsnummer="000038509504")
    save(tak, telefoon="0612345678")
    assert contact(hoofd).telefoon == ""
    assert contact(tak).telefoon == "+31612345678"


def test_a_civil_servant_has_no_contact_details_here():
    with pytest.raises(NietToegestaan):
        save(medewerker())
    with pytest.raises(NietToegestaan):
        service.resend_confirmation(medewerker())


def test_what_names_somebody_is_in_no_column_and_no_audit_line(verteld):
    save(inwoner(), email=NIEUW, telefoon="0612345678")
    service.confirm_email(verteld[0].token)
    kolommen = [
        str(v)
        for v in Profiel.objects.extra(select={"e": "email", "t": "telefoon"}).values_list("e", "t").get()
    ]
    assert not any(NIEUW in kolom or "612345678" in kolom for kolom in kolommen)
    assert verteld[0].token not in str(Profiel.objects.values().get())
    regels = list(AuditRegel.objects.order_by("pk").values("actie", "kenmerken", "object_ref"))
    assert [regel["actie"] for regel in regels] == ["profiel.gewijzigd", "profiel.email_bevestigd"]
    assert regels[0]["kenmerken"] == {"email": True, "telefoon": True, "wil_mail": False}
    assert NIEUW not in str(regels)
    assert NIEUW not in repr(contact(inwoner())) + repr(verteld[0])


def test_a_listener_that_fails_undoes_the_change(verteld):
    def fail(_event):
        raise RuntimeError("outbox full")

    events.subscribe(AdresGewijzigd, fail)
    with pytest.raises(RuntimeError):
        save(inwoner(), email=NIEUW)
    assert not Profiel.objects.exists()
