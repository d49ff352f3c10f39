"""The life of a notification in plain Dutch: every fact has its words, and what would surprise is explained."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from eloket.identity.types import Partij
from eloket.kernel.klok import op_moment, schrijf_moment
from eloket.notifications import bewijs
from eloket.notifications.bezorgen.samenstellen import compose
from eloket.notifications.models import Notificatie, Zending
from eloket.notifications.openen import mark_opened
from eloket.notifications.service import enqueue
from eloket.notifications.types import BewijsSoort, NotificatieSoort, Uitkomst
from eloket.notifications.verantwoorden.levensloop import _STANDEN, Levensloop, Stand, list_levenslopen
from eloket.notifications.verantwoorden.levenslooptekst import MISSCHIEN_DUBBEL, schrijf, schrijf_fout
from eloket.zaken.types import ZaakRef
from tests.unit.notifications.zaken import profiel

pytestmark = pytest.mark.django_db

JEROEN = Partij.inwoner("999990019")
REF = ZaakRef("register", "a1b2")
B, S = BewijsSoort, NotificatieSoort
LATER = "Wij proberen het later opnieuw."
NU = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


def tell(soort: NotificatieSoort = S.STATUS_GEWIJZIGD, onderwerp_id: str = "") -> int:
    return enqueue(soort, betrokkene_key=JEROEN.profiel_key, zaak_ref=str(REF), onderwerp_id=onderwerp_id)


@pytest.fixture
def zending() -> uuid.UUID:
    """One notification of a status, in a mail that was not sent yet."""
    profiel(JEROEN, "j@voorbeeld.nl")
    with op_moment(NU):
        tell()
    compose(NU + timedelta(minutes=1), 10)
    return Zending.objects.get().pk


def happen(zending: uuid.UUID, *feiten: tuple[BewijsSoort, dict[str, str]]) -> None:
    """These facts about the mail, a minute after each other."""
    for minuut, (soort, kenmerken) in enumerate(feiten, start=2):
        bewijs.note(
            soort,
            betrokkene_key=JEROEN.profiel_key,
            zending_id=zending,
            kenmerken=kenmerken,
            moment=NU + timedelta(minutes=minuut),
        )


def life() -> Levensloop:
    (een,) = list_levenslopen(REF).meldingen
    return een


def lines() -> list[str]:
    return [stap.tekst for stap in life().stappen]


def test_a_mail_that_went_at_once(zending):
    happen(zending, (B.POGING, {}), (B.VERZONDEN, {}))
    assert lines() == [
        "Melding gemaakt.",
        "In een e-mail gezet.",
        "Verstuurd: de mailserver heeft de e-mail aangenomen.",
    ]
    assert [stap.moment.minute for stap in life().stappen] == [0, 1, 3]
    assert (life().stand, life().uitleg, life().wacht_tot) == (Stand.VERSTUURD, "", None)
    assert life().titel == "Er is iets gewijzigd in uw zaak"


def test_attempts_are_counted_with_their_cause(zending):
    happen(
        zending,
        (B.POGING, {}),
        (B.UITGESTELD, {"fout": "SMTPDataError 451"}),
        (B.POGING, {}),
        (B.UITGESTELD, {"fout": "ConnectionRefusedError"}),
        (B.POGING, {}),
        (B.VERZONDEN, {}),
        (B.BEZORGD, {}),
    )
    assert lines()[2:] == [
        f"Poging 1 om te versturen mislukte: de mailserver nam de e-mail niet aan (code 451). {LATER}",
        f"Poging 2 om te versturen mislukte: de mailserver was niet bereikbaar. {LATER}",
        "Verstuurd: de mailserver heeft de e-mail aangenomen.",
        "Bezorgd: de mailserver van de ontvanger meldt dat de e-mail is aangekomen.",
    ]
    assert (life().stand, life().is_misschien_dubbel) == (Stand.BEZORGD, False)


def test_a_day_without_mail_server_is_one_step(zending):
    dag = [(B.POGING, {}), (B.UITGESTELD, {"fout": "ConnectionRefusedError"})] * 96
    happen(
        zending,
        *dag,
        (B.POGING, {}),
        (B.UITGESTELD, {"fout": "SMTPDataError 451"}),
        (B.POGING, {}),
        (B.VERZONDEN, {}),
    )
    laatste = schrijf_moment(NU + timedelta(minutes=193))
    assert lines()[2:] == [
        (
            "Poging 1 tot en met 96 om te versturen mislukten: de mailserver was niet bereikbaar."
            f" De laatste was op {laatste}. {LATER}"
        ),
        f"Poging 97 om te versturen mislukte: de mailserver nam de e-mail niet aan (code 451). {LATER}",
        "Verstuurd: de mailserver heeft de e-mail aangenomen.",
    ]


def test_an_attempt_that_was_broken_off_stands_between_those_that_failed(zending):
    fout = {"fout": "ConnectionRefusedError"}
    happen(
        zending, (B.POGING, {}), (B.UITGESTELD, fout), (B.POGING, {}), (B.POGING, {}), (B.UITGESTELD, fout)
    )
    assert [zin.partition(":")[0].partition(" om")[0] for zin in lines()[2:]] == [
        "Poging 1",
        "Poging 2 is afgebroken",
        "Poging 3",
    ]


@pytest.mark.parametrize("fout", ["SMTPServerDisconnected", "ConnectionResetError", "TimeoutError"])
def test_a_connection_that_broke_may_have_delivered_it_already(zending, fout):
    happen(zending, (B.POGING, {}), (B.UITGESTELD, {"fout": fout}), (B.POGING, {}), (B.VERZONDEN, {}))
    assert life().uitleg == MISSCHIEN_DUBBEL


def test_a_worker_that_died_while_sending_may_have_delivered_it_already(zending):
    happen(zending, (B.POGING, {}), (B.POGING, {}), (B.VERZONDEN, {}))
    assert lines()[2:] == [
        "Poging 1 is afgebroken: het programma dat verstuurt, stopte plotseling.",
        "Verstuurd: de mailserver heeft de e-mail aangenomen.",
    ]
    assert life().is_misschien_dubbel


def test_what_was_never_sent_was_not_sent_twice(zending):
    happen(
        zending,
        (B.POGING, {}),
        (B.UITGESTELD, {"fout": "TimeoutError"}),
        (B.POGING, {}),
        (B.GEWEIGERD, {"fout": "SMTPRecipientsRefused 550"}),
    )
    assert lines()[-1].startswith(
        "Niet verstuurd: de mailserver nam de e-mail voor dit adres niet aan (code 550)."
    )
    assert (life().stand, life().uitleg) == (Stand.MISLUKT, "")


def test_an_attempt_that_is_being_made(zending):
    happen(zending, (B.POGING, {}))
    assert lines()[-1] == "Poging 1 om te versturen is begonnen."
    assert life().stand is Stand.WACHT


def test_what_came_back_is_not_delivered(zending):
    happen(zending, (B.POGING, {}), (B.VERZONDEN, {}), (B.TERUGGEKOMEN, {"status": "5.1.1"}))
    assert lines()[-1] == "Teruggekomen: de e-mail kon niet worden bezorgd (code 5.1.1)."
    assert life().stand is Stand.MISLUKT


def test_a_letter_without_an_address_has_reached_nobody(zending):
    geweigerd = (B.GEWEIGERD, {"fout": "SMTPRecipientsRefused 550"})
    happen(zending, (B.POGING, {}), geweigerd, (B.BRIEF_GEMAAKT, {}))
    assert life().stand is Stand.PER_BRIEF
    happen(zending, (B.VERVALLEN, {"reden": str(Uitkomst.GEEN_POSTADRES)}))
    assert life().stand is Stand.MISLUKT


def test_what_was_opened_stays_opened_whatever_comes_back_later(zending):
    happen(zending, (B.POGING, {}), (B.VERZONDEN, {}))
    bewijs.note(
        B.GEOPEND,
        betrokkene_key=JEROEN.profiel_key,
        zaak_ref=str(REF),
        notificatie_id=Notificatie.objects.get().pk,
    )
    happen(zending, (B.TERUGGEKOMEN, {}))
    assert life().stand is Stand.GEOPEND


def test_the_order_is_that_of_writing_also_when_the_clock_went_back(zending):
    happen(zending, (B.POGING, {}), (B.VERZONDEN, {}))
    bewijs.note(B.BEZORGD, betrokkene_key="k", zending_id=zending, moment=NU - timedelta(days=30))
    assert lines()[-1].startswith("Bezorgd")
    assert life().stand is Stand.BEZORGD


def test_several_in_one_mail_say_so():
    profiel(JEROEN, "j@voorbeeld.nl")
    with op_moment(NU):
        tell(), tell(), tell()
    compose(NU + timedelta(minutes=1), 10)
    for een in list_levenslopen(REF).meldingen:
        assert een.stappen[1].tekst == "In een e-mail gezet, samen met 2 andere meldingen."


def test_who_has_no_address_is_told_why_there_was_no_mail():
    tell()
    assert lines() == ["Melding gemaakt.", "Geen e-mail: er was geen bevestigd e-mailadres bekend."]
    assert life().stand is Stand.GEEN_MAIL


def test_one_that_waits_tells_until_when():
    profiel(JEROEN, "j@voorbeeld.nl")
    tell()
    assert (life().stand, life().wacht_tot) == (Stand.WACHT, Notificatie.objects.get().gepland_op)
    Notificatie.objects.update(geopend_op=NU)
    assert life().wacht_tot is None, "no mail goes about what was read"


def test_the_first_opening_of_a_thing_is_the_proof():
    for moment in (NU, NU + timedelta(days=1)):
        with op_moment(moment):
            mark_opened(JEROEN, REF, ["b1"])
    assert list_levenslopen(REF).geopend == {("b1", JEROEN.profiel_key): NU}


def test_every_fact_and_every_reason_has_its_words():
    for soort in set(B) - {B.POGING, B.UITGESTELD}:
        assert schrijf(soort, {}).endswith(".")
    for uitkomst in Uitkomst:
        for soort in (B.GEEN_MAIL, B.VERVALLEN):
            assert str(uitkomst) not in schrijf(soort, {"reden": str(uitkomst)})
    # What changes nothing about how far it came.
    niets = {B.GEMAAKT, B.POGING, B.UITGESTELD, B.VERTRAAGD, B.DOORGEGEVEN, B.BRIEF_TERUG}
    assert set(B) - set(_STANDEN) == niets


def test_an_unknown_cause_shows_no_name_of_a_program():
    assert schrijf_fout({"fout": "TemplateSyntaxError"}) == "er ging bij ons iets mis"


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries):
    profiel(JEROEN, "j@voorbeeld.nl")
    for uur in range(12):
        with op_moment(NU + timedelta(hours=uur)):
            tell()
        compose(NU + timedelta(hours=uur, minutes=1), 10)
        Zending.objects.filter(verzonden_op=None).update(verzonden_op=NU)
    assert Zending.objects.count() == 12
    with django_assert_max_num_queries(3):
        assert len(list_levenslopen(REF).meldingen) == 12
