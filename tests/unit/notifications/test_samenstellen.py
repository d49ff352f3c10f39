"""Making mails of notifications: bundled, in order, to the address and by the choices of that moment, none dropped."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from eloket.identity.types import Partij
from eloket.kernel import klok
from eloket.notifications.bezorgen import bezorging
from eloket.notifications.bezorgen.samenstellen import MEESTE_LOS, RUST, compose
from eloket.notifications.models import BewijsRegel, Notificatie, Zending
from eloket.notifications.openen import mark_zaak_opened
from eloket.notifications.service import enqueue
from eloket.notifications.types import BewijsSoort, Bezorging, NotificatieSoort, Uitkomst
from eloket.notifications.verantwoorden.levensloop import Stand, list_levenslopen
from eloket.notifications.verantwoorden.verantwoording import make_verantwoording
from eloket.profile import service as profile
from eloket.profile.models import Profiel
from eloket.zaken.types import ZaakRef
from tests.unit.notifications.feiten import list_feiten
from tests.unit.notifications.zaken import profiel

pytestmark = pytest.mark.django_db

JEROEN = Partij.inwoner("999990019")
REF = ZaakRef("register", "a1b2")
S = NotificatieSoort


@pytest.fixture(autouse=True)
def _jeroen() -> None:
    profiel(JEROEN, "j@voorbeeld.nl")


def tell(soort: NotificatieSoort = S.STATUS_GEWIJZIGD, onderwerp_id: str = "") -> int:
    nu = klok.nu()
    return enqueue(
        soort,
        betrokkene_key=JEROEN.profiel_key,
        zaak_ref=str(REF),
        onderwerp_id=onderwerp_id,
        deadline=nu.date() + timedelta(days=9) if soort is S.DOCUMENT_GEVRAAGD else None,
        ontvangen_op=nu if soort is S.ONTVANGST else None,
        kenmerk="OB-2026-AAAA-BBBB" if soort is S.ONTVANGST else "",
    )


def mails() -> list[list[int]]:
    """The notifications in each mail, in the order of the mails."""
    return [
        list(een.notificaties.order_by("id").values_list("pk", flat=True))
        for een in Zending.objects.order_by("volgorde")
    ]


def send_all(now: datetime) -> int:
    """Send what is due, over the outbox of the test; says how many mails."""
    aantal = 0
    while ids := bezorging.claim(now, "w", 50):
        aantal += sum(bezorging.deliver(pk, "w") is Bezorging.VERZONDEN for pk in ids)
    return aantal


def test_a_burst_is_one_mail():
    nummers = [tell(), tell(S.DOCUMENT_GEVRAAGD), tell()]
    assert compose(klok.nu(), 100) == 1
    assert mails() == [nummers]
    assert compose(klok.nu(), 100) == 0


def test_a_receipt_travels_alone_and_does_not_cut_the_rest_in_two():
    een, twee, ontvangst, drie = tell(), tell(), tell(S.ONTVANGST), tell()
    compose(klok.nu(), 100)
    assert mails() == [[een, twee, drie], [ontvangst]]


def test_mails_of_one_party_go_in_order_also_when_the_first_is_late(mailoutbox):
    tell(S.ONTVANGST), tell(S.ONTVANGST)
    nu = klok.nu()
    compose(nu, 100)
    eerste, tweede = Zending.objects.order_by("volgorde")
    Zending.objects.filter(pk=eerste.pk).update(volgende_poging_op=nu + timedelta(minutes=4))
    assert bezorging.claim(nu, "w", 10) == []
    assert bezorging.claim(nu + timedelta(minutes=5), "w", 10) == [eerste.pk]
    bezorging.deliver(eerste.pk, "w")
    assert bezorging.claim(klok.nu(), "w", 10) == [tweede.pk]


def test_what_happens_while_a_mail_waits_goes_in_the_next_one(mailoutbox):
    eerste = tell()
    compose(klok.nu(), 100)
    rest = [tell() for _ in range(5)]
    assert compose(klok.nu(), 100) == 0
    assert send_all(klok.nu()) == 1
    compose(klok.nu() + timedelta(minutes=1), 100)
    assert mails() == [[eerste], rest]


def test_what_was_put_off_is_not_overtaken_by_what_came_later(mailoutbox):
    een = tell(S.ONTVANGST)
    compose(klok.nu(), 100)
    twee = tell(S.ONTVANGST)
    assert compose(klok.nu(), 100) == 0, "it waits for the one before it"
    send_all(klok.nu())
    drie = tell(S.ONTVANGST)
    assert compose(klok.nu(), 100) == 2
    assert mails() == [[een], [twee], [drie]]


def test_what_was_put_off_for_a_burst_goes_along_with_what_came_later_about_something_else():
    een = tell()
    Notificatie.objects.update(gepland_op=klok.nu() + timedelta(minutes=8))
    twee = tell(S.DOCUMENT_GEVRAAGD)
    assert compose(klok.nu(), 100) == 1
    assert mails() == [[een, twee]]


def test_what_waits_for_the_daily_mail_does_not_go_along():
    Profiel.objects.update(meldingen={"status": "dagelijks"})
    tell()
    vraag = tell(S.DOCUMENT_GEVRAAGD)
    assert compose(klok.nu(), 100) == 1
    assert mails() == [[vraag]]


def test_after_a_few_mails_the_rest_of_a_burst_is_bundled(mailoutbox):
    for _ in range(MEESTE_LOS):
        tell()
        compose(klok.nu(), 100)
        send_all(klok.nu())
    rest = [tell(), tell()]
    assert compose(klok.nu(), 100) == 0
    ontvangst = tell(S.ONTVANGST)
    assert compose(klok.nu(), 100) == 1, "a receipt does not wait"
    send_all(klok.nu())
    assert compose(klok.nu() + RUST + timedelta(seconds=1), 100) == 1
    assert sorted(mails()[-2:]) == sorted([[ontvangst], rest])


def test_receipts_keep_no_other_mail_waiting(mailoutbox):
    for _ in range(MEESTE_LOS + 1):
        tell(S.ONTVANGST)
    compose(klok.nu(), 100)
    send_all(klok.nu())
    tell()
    assert compose(klok.nu(), 100) == 1


def test_who_chose_once_a_day_gets_one_mail_in_the_morning():
    Profiel.objects.update(meldingen={"status": "dagelijks"})
    middag = datetime(2026, 11, 3, 14, 0, tzinfo=klok.AMSTERDAM)
    with klok.op_moment(middag):
        nummers = [tell(), tell()]
    assert compose(middag + timedelta(hours=17), 100) == 0
    with klok.op_moment(middag + timedelta(hours=18, minutes=1)):
        assert compose(klok.nu(), 100) == 1
    assert mails() == [nummers]


def test_the_mail_of_the_morning_is_one_also_when_receipts_came_in_between():
    Profiel.objects.update(meldingen={"status": "dagelijks", "ontvangst": "dagelijks"})
    middag = datetime(2026, 11, 3, 14, 0, tzinfo=klok.AMSTERDAM)
    with klok.op_moment(middag):
        een, ontvangst, twee, tweede, drie = tell(), tell(S.ONTVANGST), tell(), tell(S.ONTVANGST), tell()
    with klok.op_moment(middag + timedelta(hours=18, minutes=1)):
        assert compose(klok.nu(), 100) == 3
    assert mails() == [[een, twee, drie], [ontvangst], [tweede]]


def test_what_was_opened_before_the_mail_had_to_go_is_not_mailed():
    Profiel.objects.update(meldingen={"status": "dagelijks"})
    middag = datetime(2026, 11, 3, 14, 0, tzinfo=klok.AMSTERDAM)
    with klok.op_moment(middag):
        tell()
        mark_zaak_opened(JEROEN, REF)
    with klok.op_moment(middag + timedelta(hours=19)):
        assert compose(klok.nu(), 100) == 0
    assert Notificatie.objects.get().uitkomst == Uitkomst.INGEHAALD


def test_a_receipt_is_mailed_although_the_next_page_has_shown_it():
    """The page that opens after sending is that of the zaak: faster than any worker."""
    ontvangst = tell(S.ONTVANGST)
    mark_zaak_opened(JEROEN, REF)
    assert compose(klok.nu(), 100) == 1
    assert mails() == [[ontvangst]]


def test_a_choice_made_in_between_counts():
    tell()
    ontvangst = tell(S.ONTVANGST)
    Profiel.objects.update(wil_mail=False)
    compose(klok.nu(), 100)
    assert mails() == [[ontvangst]]
    assert Notificatie.objects.exclude(uitkomst="").get().uitkomst == Uitkomst.NIET_GEKOZEN


def test_a_mail_that_waited_goes_to_the_address_of_now(mailoutbox):
    tell()
    compose(klok.nu(), 100)
    Profiel.objects.update(email="nieuw@voorbeeld.nl")
    assert send_all(klok.nu()) == 1
    assert [mail.to for mail in mailoutbox] == [["nieuw@voorbeeld.nl"]]
    assert Zending.objects.get().aan == "nieuw@voorbeeld.nl"


def test_a_mail_that_waited_for_who_has_no_address_any_more_ends_with_the_reason(mailoutbox):
    tell()
    compose(klok.nu(), 100)
    profile.mark_dead_address(JEROEN.profiel_key, "j@voorbeeld.nl", "5.1.1")
    assert send_all(klok.nu()) == 0
    assert mailoutbox == []
    assert Notificatie.objects.get().uitkomst == Uitkomst.ADRES_KAPOT
    assert BewijsRegel.objects.filter(soort=BewijsSoort.VERVALLEN).count() == 1
    nummer = Notificatie.objects.get().pk
    assert BewijsRegel.objects.filter(soort=BewijsSoort.GEEN_MAIL, notificatie_id=nummer).count() == 1
    assert Zending.objects.get().mislukt_op is not None


def test_a_bundle_that_waited_goes_without_what_its_receiver_stopped_meanwhile(mailoutbox):
    gestopt, blijft = tell(), tell(S.DOCUMENT_GEVRAAGD)
    compose(klok.nu(), 100)
    zending = Zending.objects.get()
    Profiel.objects.update(meldingen={"status": "nooit"})
    assert send_all(klok.nu()) == 1
    [mail] = mailoutbox
    assert mail.subject == "Wij hebben een document van u nodig"
    assert mails() == [[blijft]]
    rij = Notificatie.objects.get(pk=gestopt)
    assert (rij.uitkomst, rij.zending) == (Uitkomst.NIET_GEKOZEN, None)
    regel = BewijsRegel.objects.get(soort=BewijsSoort.GEEN_MAIL)
    assert (regel.notificatie_id, regel.zending_id) == (gestopt, zending.pk)
    assert regel.kenmerken == {"reden": "niet_gekozen"}
    eerste, tweede = list_levenslopen(REF).meldingen
    assert (eerste.stand, tweede.stand) == (Stand.GEEN_MAIL, Stand.VERSTUURD)
    assert [stap.tekst for stap in eerste.stappen][2:] == [
        "Geen e-mail: de ontvanger heeft gekozen om hierover geen e-mail te krijgen."
    ]
    assert make_verantwoording(klok.nu() - timedelta(hours=1), klok.nu() + timedelta(hours=1)).gaten == ()


def test_an_address_that_cannot_be_read_does_not_stop_the_others():
    tell()
    fatima = Partij.inwoner("999993653")
    profiel(fatima, "f@voorbeeld.nl")
    enqueue(S.STATUS_GEWIJZIGD, betrokkene_key=fatima.profiel_key, zaak_ref="r-1")
    Profiel.objects.filter(profiel_key=JEROEN.profiel_key).extra(where=["1=1"]).update(taal="xx")
    assert compose(klok.nu(), 100) == 1
    assert Zending.objects.get().aan == "f@voorbeeld.nl"
    assert Notificatie.objects.filter(zending=None, uitkomst="").count() == 1


def test_the_proof_tells_the_whole_life(mailoutbox):
    nummer = tell()
    compose(klok.nu(), 100)
    zending = Zending.objects.get()
    send_all(klok.nu())
    mark_zaak_opened(JEROEN, REF)
    feiten = list_feiten(notificatie_id=nummer, zending_id=zending.pk)
    assert [feit.soort for feit in feiten] == [
        BewijsSoort.GEMAAKT,
        BewijsSoort.IN_ZENDING,
        BewijsSoort.POGING,
        BewijsSoort.VERZONDEN,
        BewijsSoort.GEOPEND,
    ]


def link(adres: str = "nieuw@voorbeeld.nl") -> int:
    """Jeroen gives a new address; it gets its link."""
    return enqueue(S.ADRES_BEVESTIGEN, betrokkene_key=JEROEN.profiel_key, aan=adres, token="geheim")


def test_the_link_for_a_new_address_does_not_wait_for_mail_to_the_old_one():
    """Whose old address is full for a week must be able to mend it."""
    tell()
    compose(klok.nu(), 100)
    Zending.objects.update(pogingen=9, volgende_poging_op=klok.nu() + timedelta(hours=4))
    nummer = link()
    assert compose(klok.nu(), 100) == 1
    [zending_id] = bezorging.claim(klok.nu(), "w", 10)
    assert mails()[-1] == [nummer]
    assert Zending.objects.get(pk=zending_id).aan == "nieuw@voorbeeld.nl"


def test_mail_to_the_confirmed_address_does_not_wait_for_a_link_that_cannot_be_delivered(settings):
    link()
    compose(klok.nu(), 100)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = (
        "eloket.notifications.bezorgen.smtp.SmtpBackend",
        "127.0.0.1",
    )
    settings.EMAIL_PORT = 9  # nobody listens there
    [zending_id] = bezorging.claim(klok.nu(), "w", 10)
    assert bezorging.deliver(zending_id, "w") is Bezorging.UITGESTELD
    nummer = tell()
    assert compose(klok.nu(), 100) == 1
    assert bezorging.claim(klok.nu(), "w", 10) == [Zending.objects.get(volgorde=nummer).pk]


def test_a_mail_that_cannot_be_made_does_not_keep_what_comes_after_it_waiting():
    tell()
    compose(klok.nu(), 100)
    Zending.objects.update(houdt_op=False, volgende_poging_op=klok.nu() + timedelta(hours=4))
    nummer = tell()
    assert compose(klok.nu(), 100) == 1
    assert mails()[-1] == [nummer]


@settings(max_examples=25, deadline=None)
@given(
    gebeurtenissen=st.lists(
        st.sampled_from(["status", "vraag", "ontvangst", "maak", "stuur", "uit", "aan", "dag"]), max_size=25
    )
)
def test_whatever_happens_every_notification_is_accounted_for(gebeurtenissen):
    """In a mail once, with the reason why not, or still waiting; and never two mails for one notification."""
    Notificatie.objects.filter(zending=None, uitkomst="").update(uitkomst=Uitkomst.GEEN_ADRES)
    nu, nieuw = klok.nu(), []
    for gebeurtenis in gebeurtenissen:
        with klok.op_moment(nu):
            match gebeurtenis:
                case "status":
                    nieuw.append(tell())
                case "vraag":
                    nieuw.append(tell(S.DOCUMENT_GEVRAAGD))
                case "ontvangst":
                    nieuw.append(tell(S.ONTVANGST))
                case "maak":
                    compose(nu, 3)
                case "stuur":
                    send_all(nu)
                case "uit" | "aan":
                    Profiel.objects.update(wil_mail=gebeurtenis == "aan")
                case "dag":
                    nu += timedelta(days=1)
    with klok.op_moment(nu + timedelta(days=2)):
        for ronde in range(30):
            compose(klok.nu() + ronde * timedelta(minutes=11), 3)
            send_all(klok.nu() + ronde * timedelta(minutes=11))
    rijen = Notificatie.objects.filter(pk__in=nieuw)
    assert set(rijen.values_list("pk", flat=True)) == set(nieuw)
    assert not rijen.filter(zending=None, uitkomst="").exists(), "nothing is left waiting"
    assert not rijen.filter(zending__verzonden_op=None, uitkomst="").exists(), "what is in a mail was sent"
    gemaakt = BewijsRegel.objects.filter(soort=BewijsSoort.IN_ZENDING, notificatie_id__in=nieuw)
    assert gemaakt.count() == rijen.exclude(zending=None).count(), "each in one mail only"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses by what is in the table")
def test_looking_for_what_is_due_does_not_walk_all_that_never_gets_a_mail():
    """Every second, of a table that keeps for years what went into no mail."""
    with CaptureQueriesContext(connection) as gevraagd:
        compose(klok.nu(), 100)
    [vraag] = gevraagd.captured_queries
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + vraag["sql"])
        plan = " ".join(str(rij) for rij in cursor.fetchall())
    assert "INDEX notificatie_te_mailen " in plan
