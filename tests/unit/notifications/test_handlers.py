"""Who is told what, and that it commits or rolls back with the change."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from eloket.berichten.events import BerichtVerstuurd
from eloket.identity.testing import inwoner, medewerker
from eloket.identity.types import Partij
from eloket.kernel import events, klok
from eloket.notifications import handlers
from eloket.notifications.bezorgen.samenstellen import compose
from eloket.notifications.models import BewijsRegel, Notificatie, Zending
from eloket.notifications.types import NotificatieSoort
from eloket.profile import service as profile
from eloket.profile.models import Profiel
from eloket.zaken.events import (
    DocumentGevraagd,
    DocumentToegevoegd,
    DocumentVerplaatst,
    StatusGezet,
    TaakIngetrokken,
    ZaakGestart,
)
from tests.unit.notifications.zaken import betrokkene, profiel, zaak

pytestmark = pytest.mark.django_db

JEROEN, FATIMA = Partij.inwoner("999990019"), Partij.inwoner("999993653")
BAKKER, TAK = Partij.onderneming("69599084"), Partij.onderneming("69599084", "000038509504")
ZAAK = zaak(betrokkene(JEROEN), betrokkene(FATIMA, "belanghebbende"))


@pytest.fixture(autouse=True)
def _listening(monkeypatch):
    monkeypatch.setattr(events, "_subscribers", type(events._subscribers)(list))
    handlers.connect()


def outbox() -> set[tuple[str, str]]:
    """What will be mailed, and to which address."""
    compose(klok.nu(), 100)
    mails = Notificatie.objects.exclude(zending=None).select_related("zending")
    return {(rij.soort, rij.zending.aan) for rij in mails if rij.zending}


def zonder_mail() -> set[tuple[str, str]]:
    return set(Notificatie.objects.exclude(uitkomst="").values_list("betrokkene_key", "uitkomst"))


STATUS = StatusGezet(zaak=ZAAK, volgnummer=2, informeren=True)
DOCUMENT = DocumentToegevoegd(
    zaak=ZAAK, document_ids=("d",), door_gemeente=True, actor=medewerker(), documenten=()
)
VAN_JEROEN = {"betrokkene_key": JEROEN.key, "vestiging_key": ""}
GEVRAAGD = DocumentGevraagd(zaak=ZAAK, taak_id="t", deadline=date(2026, 12, 1), **VAN_JEROEN)
BERICHT = BerichtVerstuurd(
    zaak=ZAAK,
    bericht_id="b",
    door_gemeente=True,
    betrokkene_key=JEROEN.key,
    vestiging_key="",
    actor=medewerker(),
    onderwerp="Vraag",
    moment=klok.nu(),
    bijlagen=(),
)
GESTART = ZaakGestart(zaak=ZAAK, actor=inwoner(), documenten=())
INGETROKKEN = TaakIngetrokken(zaak=ZAAK, taak_id="t", **VAN_JEROEN)
VERPLAATST = DocumentVerplaatst(zaak=ZAAK, doel=ZAAK, document_id="d", van=ZAAK.initiator, is_ook_daar=True)


@pytest.mark.parametrize(
    ("event", "soort", "adressen"),
    [
        (STATUS, "status_gewijzigd", {"j@voorbeeld.nl", "f@voorbeeld.nl"}),
        (DOCUMENT, "document_toegevoegd", {"j@voorbeeld.nl", "f@voorbeeld.nl"}),
        (GEVRAAGD, "document_gevraagd", {"j@voorbeeld.nl"}),
        (BERICHT, "bericht_beantwoord", {"j@voorbeeld.nl"}),
        (GESTART, "zaak_ontvangen", {"j@voorbeeld.nl"}),
        (INGETROKKEN, "taak_ingetrokken", {"j@voorbeeld.nl"}),
        (VERPLAATST, "document_verplaatst", {"j@voorbeeld.nl"}),
    ],
)
def test_who_chose_to_be_mailed_is_told_of_what_they_can_see(event, soort, adressen):
    profiel(JEROEN, "j@voorbeeld.nl")
    profiel(FATIMA, "f@voorbeeld.nl")
    events.publish(event)
    assert outbox() == {(soort, adres) for adres in adressen}
    assert set(Notificatie.objects.values_list("zaak_ref", flat=True)) == {"register-a1b2"}


@pytest.mark.parametrize(
    "event",
    [
        StatusGezet(zaak=ZAAK, volgnummer=2, informeren=False),
        replace(DOCUMENT, door_gemeente=False, actor=inwoner()),
        replace(BERICHT, door_gemeente=False, actor=inwoner()),
    ],
)
def test_nobody_is_told_of_what_they_did_themselves_or_need_not_know(event):
    profiel(JEROEN, "j@voorbeeld.nl")
    events.publish(event)
    assert outbox() == set()


@pytest.mark.parametrize("event", [STATUS, DOCUMENT, GEVRAAGD, BERICHT])
def test_no_choice_or_no_confirmed_address_is_no_mail_and_the_reason_is_kept(event):
    profiel(JEROEN, "j@voorbeeld.nl", wil_mail=False)
    profiel(FATIMA, "f@voorbeeld.nl", is_bevestigd=False)
    events.publish(event)
    assert outbox() == set()
    assert (JEROEN.profiel_key, "niet_gekozen") in zonder_mail()
    assert zonder_mail() <= {(JEROEN.profiel_key, "niet_gekozen"), (FATIMA.profiel_key, "geen_adres")}


def test_a_receipt_goes_to_a_known_address_also_of_who_wants_no_mail_about_changes():
    profiel(JEROEN, "j@voorbeeld.nl", wil_mail=False)
    events.publish(GESTART)
    assert outbox() == {("zaak_ontvangen", "j@voorbeeld.nl")}


def test_who_never_told_us_an_address_is_told_without_a_mail():
    events.publish(STATUS)
    assert outbox() == set()
    assert zonder_mail() == {(JEROEN.profiel_key, "geen_adres"), (FATIMA.profiel_key, "geen_adres")}


def test_an_address_that_is_dead_gets_nothing_and_the_reason_is_kept():
    profiel(JEROEN, "j@voorbeeld.nl")
    profile.mark_dead_address(JEROEN.profiel_key, "j@voorbeeld.nl", "5.1.1")
    events.publish(GEVRAAGD)
    assert outbox() == set()
    assert zonder_mail() == {(JEROEN.profiel_key, "adres_kapot")}


def test_one_who_opted_out_does_not_silence_another():
    profiel(JEROEN, "j@voorbeeld.nl", wil_mail=False)
    profiel(FATIMA, "f@voorbeeld.nl")
    events.publish(STATUS)
    assert outbox() == {("status_gewijzigd", "f@voorbeeld.nl")}


def test_the_branch_and_the_business_are_both_told_but_each_address_once():
    profiel(BAKKER, "hoofd@voorbeeld.nl")
    profiel(TAK, "tak@voorbeeld.nl")
    events.publish(StatusGezet(zaak=zaak(betrokkene(TAK)), volgnummer=2, informeren=True))
    assert outbox() == {("status_gewijzigd", "hoofd@voorbeeld.nl"), ("status_gewijzigd", "tak@voorbeeld.nl")}
    Zending.objects.all().update(verzonden_op=klok.nu() - timedelta(hours=1))
    Profiel.objects.all().update(email="zelfde@voorbeeld.nl")
    events.publish(StatusGezet(zaak=zaak(betrokkene(TAK)), volgnummer=3, informeren=True))
    assert [uitkomst for _, uitkomst in zonder_mail()] == ["zelfde_adres"]
    assert len([een for een in outbox() if een[1] == "zelfde@voorbeeld.nl"]) == 1


@pytest.mark.parametrize("adres", ["jeroen@voorbeeld.nl", ""])
def test_who_is_in_two_roles_is_told_once(adres):
    if adres:
        profiel(JEROEN, adres)
    events.publish(
        StatusGezet(
            zaak=zaak(betrokkene(JEROEN), betrokkene(JEROEN, "belanghebbende")), volgnummer=2, informeren=True
        )
    )
    assert Notificatie.objects.count() == 1


def test_another_branch_is_not_told():
    profiel(TAK, "tak@voorbeeld.nl")
    andere = Partij.onderneming("69599084", "000099999999")
    events.publish(StatusGezet(zaak=zaak(betrokkene(andere)), volgnummer=2, informeren=True))
    assert outbox() == set()


def test_who_is_not_in_the_zaak_any_more_is_told_nothing_of_what_was_asked():
    profiel(FATIMA, "f@voorbeeld.nl")
    zonder = zaak(betrokkene(FATIMA, "belanghebbende"))
    events.publish(replace(GEVRAAGD, zaak=zonder))
    assert outbox() == set()


def test_an_answer_is_told_to_who_is_in_the_conversation_and_not_to_the_applicant():
    profiel(JEROEN, "j@voorbeeld.nl")
    profiel(FATIMA, "f@voorbeeld.nl")
    events.publish(replace(BERICHT, betrokkene_key=FATIMA.key))
    assert outbox() == {("bericht_beantwoord", "f@voorbeeld.nl")}


def test_the_notification_is_undone_with_the_change():
    profiel(JEROEN, "j@voorbeeld.nl")

    def change_that_fails() -> None:
        with transaction.atomic():
            events.publish(STATUS)
            assert outbox() == {("status_gewijzigd", "j@voorbeeld.nl")}
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_that_fails()
    assert outbox() == set()


def test_a_changed_address_is_asked_to_confirm_and_the_old_one_is_told():
    profiel(JEROEN, "oud@voorbeeld.nl")
    profile.update_contact(inwoner(), email="nieuw@voorbeeld.nl", telefoon="", wil_mail=True)
    assert outbox() == {("adres_bevestigen", "nieuw@voorbeeld.nl"), ("adres_gewijzigd", "oud@voorbeeld.nl")}
    link = Notificatie.objects.get(soort=NotificatieSoort.ADRES_BEVESTIGEN)
    profile.confirm_email(link.payload)
    assert Notificatie.objects.get(soort=NotificatieSoort.ADRES_GEWIJZIGD).payload == ""


def test_a_removed_address_is_told_and_nothing_needs_confirming():
    profiel(JEROEN, "oud@voorbeeld.nl")
    profile.update_contact(inwoner(), email="", telefoon="", wil_mail=False)
    assert outbox() == {("adres_gewijzigd", "oud@voorbeeld.nl")}


def test_the_row_names_nobody_in_a_readable_column():
    profiel(JEROEN, "j@voorbeeld.nl")
    for event in (STATUS, DOCUMENT, GEVRAAGD, BERICHT, GESTART):
        events.publish(event)
    kaal = str(list(Notificatie.objects.extra(select={"adres": "aan"}).values("adres", "context")))
    compose(klok.nu(), 100)
    kaal += str(list(Zending.objects.extra(select={"adres": "aan"}).values("adres", "laatste_fout")))
    kaal += str(list(BewijsRegel.objects.values()))
    assert "j@voorbeeld.nl" not in kaal
    assert "Drouwen" not in kaal
    assert "2026-11-30" in kaal  # asked before 1 December: the day before is the last one
