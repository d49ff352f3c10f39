"""Counting who looked at how much, from what the real services leave in the audit trail."""

import logging
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eloket.audit.models import AuditRegel
from eloket.audit.service import record_each
from eloket.identity.access import medewerkers_per_key
from eloket.identity.types import Actor, Recht, Soort
from eloket.inzage.models import Kijkcijfer, Kijkdag, Signaal
from eloket.inzage.opvallend import bepalen
from eloket.inzage.opvallend.bepalen import PER_RONDE, purge, run_round
from eloket.inzage.opvallend.tellen import count_dag
from eloket.inzage.opvallend.types import Drempels, Maat, ref_of
from eloket.kernel.klok import op_moment
from eloket.notifications.brieven.bundels import get_pdf
from eloket.ops.opvallend import read_drempels
from eloket.workbench.aantekenen import Werklijst, record_list, record_lookup
from eloket.zaken import service as zaken
from eloket.zaken.historie import OP_VERNIETIGINGSLIJST
from eloket.zaken.service import record_view
from tests.uitwijken import make_bundel_of_one
from tests.web.werkplek import Stadhuis, build_stadhuis

pytestmark = pytest.mark.django_db
DAG = date(2026, 11, 3)  # a tuesday
OVERDAG = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
DAARNA = datetime(2026, 11, 4, 4, 0, tzinfo=UTC)
LAAG = Drempels(vanaf=dict.fromkeys(Maat, 3) | {Maat.BUITEN: 0}, factor=2, werktijd=(7, 19))


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


def look(actor: Actor, *refs: object, op: datetime = OVERDAG) -> None:
    """At zaken that exist only in the trail."""
    with op_moment(op):
        record_each(
            [str(ref) for ref in refs], actor_soort=actor.soort, actor_key=actor.key, actie="zaak.bekeken"
        )


def counted(actor: Actor, dag: date = DAG) -> dict[str, int]:
    cijfers = count_dag(dag, (7, 19), medewerkers_per_key()).get(actor.key, {})
    return {maat.value: aantal for maat, aantal in cijfers.items() if aantal}


def test_different_zaken_are_counted_once_and_residents_never(huis):
    zaak, ander = huis.start(), huis.start()
    with op_moment(OVERDAG):
        for een in (zaak, zaak, ander):
            record_view(huis.omar, een.ref)
        record_view(huis.jeroen, zaak.ref)
    assert counted(huis.omar) == {"zaken": 2, "vreemd": 2}
    assert counted(huis.jeroen) == {}


@pytest.mark.parametrize(
    ("moment", "buiten"),
    [
        (datetime(2026, 11, 3, 6, 0, tzinfo=UTC), 0),  # 7.00 in Amsterdam
        (datetime(2026, 11, 3, 5, 59, tzinfo=UTC), 1),
        (datetime(2026, 11, 3, 17, 59, tzinfo=UTC), 0),
        (datetime(2026, 11, 3, 18, 0, tzinfo=UTC), 1),
        (datetime(2026, 11, 7, 9, 0, tzinfo=UTC), 1),  # a saturday
        (datetime(2026, 12, 25, 9, 0, tzinfo=UTC), 1),  # a holiday
        (datetime(2026, 7, 1, 5, 0, tzinfo=UTC), 0),  # summer time: 7.00
        (datetime(2026, 10, 25, 9, 0, tzinfo=UTC), 1),  # the sunday on which the clock goes back
    ],
)
def test_what_lies_outside_of_working_hours_in_amsterdam_is_counted(huis, moment, buiten):
    look(huis.omar, "register-a", op=moment)
    assert counted(huis.omar, moment.date()).get("buiten", 0) == buiten


def test_a_zaak_is_strange_until_something_is_done_with_it_before_or_after(huis):
    eigen, gelezen, gegeven = huis.start(), huis.start(), huis.start()
    with op_moment(OVERDAG - timedelta(days=9)):
        zaken.take_zaak(huis.omar, eigen.ref, versie=eigen.versie)
        zaken.hand_over(
            huis.mila,
            gegeven.ref,
            medewerker_id=huis.omar.medewerker_id,
            afdeling="",
            notitie="",
            versie=gegeven.versie,
        )
    with op_moment(OVERDAG):
        for een in (eigen, gelezen, gegeven):
            record_view(huis.omar, een.ref)
    assert counted(huis.omar) == {"zaken": 3, "vreemd": 1}
    with op_moment(OVERDAG + timedelta(hours=2)):
        zaken.add_notitie(huis.omar, gelezen.ref, tekst="Gebeld.", sleutel="")
    assert counted(huis.omar) == {"zaken": 3}


def test_what_a_colleague_does_makes_a_zaak_no_less_strange(huis):
    zaak = huis.start()
    with op_moment(OVERDAG):
        record_view(huis.omar, zaak.ref)
        zaken.add_notitie(huis.mila, zaak.ref, tekst="Gebeld.", sleutel="")
    assert counted(huis.omar)["vreemd"] == 1


@pytest.mark.parametrize(
    "actie",
    [
        "bericht.ongelezen",
        "bericht.concept_bewaard",
        "bericht.concept_weggegooid",
        "noodtoegang.geopend",
        "noodtoegang.beeindigd",
    ],
)
def test_marking_as_unread_typing_a_draft_or_breaking_the_glass_is_no_work(huis, actie):
    zaak = huis.start()
    look(huis.omar, zaak.ref)
    with op_moment(OVERDAG):
        record_each([str(zaak.ref)], actor_soort="medewerker", actor_key=huis.omar.key, actie=actie)
    assert counted(huis.omar)["vreemd"] == 1


@pytest.mark.parametrize("actie", sorted(OP_VERNIETIGINGSLIJST))
def test_a_list_of_what_is_due_makes_no_zaak_on_it_ones_own(huis, actie):
    """Nobody chose those zaken: else who makes a list, and takes it back, may look at all of them unseen."""
    zaak = huis.start()
    with op_moment(OVERDAG):
        record_view(huis.omar, zaak.ref)
        record_each([str(zaak.ref)], actor_soort="medewerker", actor_key=huis.omar.key, actie=actie)
    assert counted(huis.omar) == {"zaken": 1, "vreemd": 1}


def test_need_to_know_is_what_it_was_last(huis):
    dicht, weer_open, altijd_open = huis.start(), huis.start(), huis.start()
    wie = frozenset({huis.mila.medewerker_id or 0, huis.omar.medewerker_id or 0})
    with op_moment(OVERDAG - timedelta(days=2)):
        zaken.set_toegang(huis.mila, dicht.ref, medewerkers=wie, versie=dicht.versie)
        ander = zaken.set_toegang(huis.mila, weer_open.ref, medewerkers=wie, versie=weer_open.versie)
        zaken.set_toegang(huis.mila, weer_open.ref, medewerkers=None, versie=ander.versie)
    with op_moment(OVERDAG):
        for een in (dicht, weer_open, altijd_open):
            record_view(huis.omar, een.ref)
    assert counted(huis.omar) == {"zaken": 3, "vreemd": 3, "afgeschermd": 1}


def test_different_people_at_the_counter_are_counted(huis):
    assert huis.jeroen.partij is not None
    with op_moment(OVERDAG):
        for _ in range(3):
            record_lookup(huis.mila, huis.jeroen.partij)
    assert counted(huis.mila) == {"opgezocht": 1}


def take_letters(actor: Actor, aantal: int, op: datetime = OVERDAG) -> None:
    """One file with letters to as many people, who exist only in the trail."""
    with op_moment(op):
        record_each(
            [f"partij-{nummer}" for nummer in range(aantal)],
            actor_soort=actor.soort,
            actor_key=actor.key,
            actie="brief.opgeslagen",
        )


def test_different_people_in_files_with_letters_are_counted(huis):
    verdeler = replace(huis.mila, rechten=frozenset({Recht.VERDELEN}))
    with op_moment(OVERDAG):
        bundel = make_bundel_of_one(verdeler)
        for _ in range(2):
            get_pdf(verdeler, bundel)
    assert counted(huis.mila) == {"brieven": 1}
    take_letters(huis.mila, 100)
    assert counted(huis.mila) == {"brieven": 101}


def test_one_file_with_a_hundred_names_is_flagged(huis):
    """Of somebody who never did that, and to whom nobody can be compared."""
    take_letters(huis.omar, 100)
    assert run_round(DAARNA, read_drempels(), dagen=90) == 1
    assert [reden["maat"] for reden in Signaal.objects.get().redenen] == ["brieven"]


def test_who_posts_letters_every_week_is_compared_with_those_days(huis):
    """A day without letters is none of them: else each round of letters would be unusual."""
    for terug in range(7, 85, 7):
        take_letters(huis.omar, 60, OVERDAG - timedelta(days=terug))
    for terug in range(1, 85):
        look(huis.omar, "register-a", op=OVERDAG - timedelta(days=terug))
    take_letters(huis.omar, 60)
    run_round(OVERDAG, LAAG, dagen=90)
    assert run_round(DAARNA, read_drempels(), dagen=90) == 0


@pytest.mark.parametrize("actie", ["bericht.in_lijst_gezien", "zaak.in_lijst_gezien"])
def test_what_was_seen_in_a_list_has_a_number_of_its_own_and_makes_no_zaak_ones_own(huis, actie):
    """Who searches first, and opens what they found, is a stranger to it all the same."""
    gelezen, gezien = huis.start(), huis.start()
    with op_moment(OVERDAG):
        record_each(
            [str(gelezen.ref), str(gezien.ref)] * 2,
            actor_soort="medewerker",
            actor_key=huis.omar.key,
            actie=actie,
        )
    assert counted(huis.omar) == {"lijst": 2}
    look(huis.omar, gelezen.ref)
    assert counted(huis.omar) == {"zaken": 1, "vreemd": 1, "lijst": 2}


@pytest.mark.parametrize("wie", ["omar", "mila"])
def test_days_of_before_lists_were_counted_are_not_days_without_them(huis, wie):
    """Otherwise the first day after an update flags everybody: beside their own days, or those of a colleague."""
    for terug in range(1, 15):
        look(getattr(huis, wie), "register-a", op=OVERDAG - timedelta(days=terug))
    run_round(OVERDAG, LAAG, dagen=90)
    for rij in Kijkcijfer.objects.all():
        rij.aantallen.pop("lijst")
        rij.save()
    refs = [f"register-{n}" for n in range(5)]
    with op_moment(OVERDAG):
        record_each(refs, actor_soort="medewerker", actor_key=huis.omar.key, actie="bericht.in_lijst_gezien")
    assert run_round(DAARNA, LAAG, dagen=90) == 0
    with op_moment(OVERDAG + timedelta(days=1)):
        record_each(
            [*refs, "register-b"],
            actor_soort="medewerker",
            actor_key=huis.omar.key,
            actie="zaak.in_lijst_gezien",
        )
    run_round(DAARNA + timedelta(days=1), LAAG, dagen=90)
    assert [een["maat"] for een in Signaal.objects.get().redenen] == ["lijst"], "twice the threshold"


def have_on_a_list(wie: Actor, *refs: str, op: datetime = OVERDAG) -> None:
    with op_moment(op):
        record_list(wie, Werklijst.WERKVOORRAAD, refs)


def test_what_stood_on_a_work_list_has_another_number_and_makes_no_zaak_ones_own(huis):
    """Who pages through all zaken of an afdeling; not mixed with who reads messages, or searches."""
    gelezen, gezien = huis.start(), huis.start()
    have_on_a_list(huis.omar, str(gelezen.ref), str(gezien.ref))
    have_on_a_list(huis.omar, str(gezien.ref))
    assert counted(huis.omar) == {"werklijst": 2}
    look(huis.omar, gelezen.ref)
    assert counted(huis.omar) == {"zaken": 1, "vreemd": 1, "werklijst": 2}


def test_a_day_with_only_a_work_list_is_no_day_of_reading_nothing(huis):
    """Everybody has one of those every day. Such days beside which anything is much would flag who reads as always."""
    have_on_a_list(huis.omar, "register-a")
    look(huis.mila, "register-b")
    cijfers = count_dag(DAG, (7, 19), medewerkers_per_key())
    assert cijfers[huis.omar.key] == {Maat.WERKLIJST: 1}
    assert cijfers[huis.mila.key][Maat.WERKLIJST] == 0, "she had none before her, on a day that others had"
    assert counted(huis.mila) == {"zaken": 1, "vreemd": 1}


def test_a_day_of_before_work_lists_were_noted_is_not_a_day_without_them(huis):
    for terug in range(1, 15):
        for wie in (huis.omar, huis.mila):
            look(wie, "register-a", op=OVERDAG - timedelta(days=terug))
    have_on_a_list(huis.omar, *(f"register-{n}" for n in range(5)))
    assert run_round(DAARNA, LAAG, dagen=90) == 0, "more than the threshold, and nothing to compare with"
    eerder = Kijkcijfer.objects.filter(dag__lt=DAG)
    assert eerder.count() == 28
    assert not any("werklijst" in een.aantallen for een in eerder)
    have_on_a_list(huis.omar, *(f"register-{n}" for n in range(6)), op=OVERDAG + timedelta(days=1))
    run_round(DAARNA + timedelta(days=1), LAAG, dagen=90)
    assert [een["maat"] for een in Signaal.objects.get().redenen] == ["werklijst"], "twice the threshold"


def test_much_more_on_work_lists_than_always_is_flagged(huis):
    for terug in range(14, 0, -1):
        for wie in (huis.omar, huis.mila):
            have_on_a_list(wie, *(f"register-{n}" for n in range(25)), op=OVERDAG - timedelta(days=terug))
    have_on_a_list(huis.omar, *(f"register-{n}" for n in range(90)))
    have_on_a_list(huis.mila, *(f"register-{n}" for n in range(26)))
    run_round(DAARNA, LAAG, dagen=90)
    signaal = Signaal.objects.get(dag=DAG)
    assert signaal.medewerker_key == huis.omar.key
    assert [(een["maat"], een["aantal"], een["zelf"], een["collegas"]) for een in signaal.redenen] == [
        ("werklijst", 90, 25, 25)
    ]


def usual_days(huis: Stadhuis, aantal: int = 3, dagen: int = 14) -> None:
    for terug in range(1, dagen + 1):
        for wie in (huis.omar, huis.mila):
            moment = OVERDAG - timedelta(days=terug)
            look(wie, *(f"register-{wie.medewerker_id}-{terug}-{n}" for n in range(aantal)), op=moment)


def test_a_day_that_is_unusual_gives_one_signal_without_a_zaak_or_a_resident(huis, caplog):
    usual_days(huis)
    look(huis.omar, *(f"register-{n}" for n in range(30)))
    look(huis.mila, *(f"register-{n}" for n in range(4)))
    assert run_round(DAARNA, LAAG, dagen=90) == 1
    signaal = Signaal.objects.get()
    assert (signaal.dag, signaal.medewerker_key) == (DAG, huis.omar.key)
    assert [(een["maat"], een["aantal"], een["zelf"], een["collegas"]) for een in signaal.redenen] == [
        ("zaken", 30, 3, 3),
        ("vreemd", 30, 3, 3),
    ]
    assert "register" not in str(signaal.redenen)
    regel = AuditRegel.objects.get(actie="opvallend.gevonden")
    assert (regel.actor_soort, regel.object_ref) == ("systeem", ref_of(huis.omar.key))
    assert "1 nieuwe signalen" in caplog.text
    assert "Omar" not in caplog.text
    assert run_round(DAARNA, LAAG, dagen=90) == 0, "a day is counted once"
    assert Signaal.objects.count() == 1


def test_colleagues_are_those_of_the_same_afdeling(huis):
    """Bo looks at very much every day: that makes it no less unusual for Omar."""
    usual_days(huis)
    for terug in range(1, 15):
        refs = [f"register-bo-{terug}-{n}" for n in range(40)]
        look(huis.bo, *refs, op=OVERDAG - timedelta(days=terug))
    look(huis.omar, *(f"register-{n}" for n in range(30)))
    run_round(DAARNA, LAAG, dagen=90)
    omar = Signaal.objects.get(dag=DAG)
    assert omar.medewerker_key == huis.omar.key
    assert omar.redenen[0]["collegas"] == 3


def test_a_few_days_at_a_time_and_today_only_when_it_is_over(huis):
    look(huis.omar, "register-a")
    assert run_round(DAARNA, LAAG) == 0
    assert Kijkdag.objects.count() == PER_RONDE
    run_round(OVERDAG + timedelta(hours=1), LAAG, dagen=90)
    assert not Kijkdag.objects.filter(dag=DAG).exists()
    net_na_twaalf = datetime(
        2026, 11, 3, 23, 30, tzinfo=UTC
    )  # half past midnight: somebody may still be writing
    run_round(net_na_twaalf, LAAG, dagen=90)
    assert not Kijkdag.objects.filter(dag=DAG).exists()
    run_round(DAARNA, LAAG, dagen=90)
    assert Kijkcijfer.objects.get(dag=DAG).aantallen["zaken"] == 1


def test_what_is_long_ago_is_counted_and_gives_no_signal(huis):
    look(huis.omar, *(f"register-{n}" for n in range(50)), op=OVERDAG - timedelta(days=15))
    assert run_round(DAARNA, LAAG, dagen=90) == 0
    assert Kijkcijfer.objects.get().aantallen["zaken"] == 50


def test_when_another_worker_counted_the_day_nothing_is_counted_again(huis, monkeypatch):
    look(huis.omar, *(f"register-{n}" for n in range(50)))
    run_round(DAARNA, LAAG, dagen=90)
    monkeypatch.setattr(
        bepalen, "_days_to_count", lambda _vandaag: [DAG]
    )  # what it read before the other wrote
    assert run_round(DAARNA, LAAG) == 0
    assert Kijkcijfer.objects.filter(dag=DAG).count() == Signaal.objects.count() == 1


def test_a_crash_while_a_day_is_counted_leaves_it_to_be_counted(huis, monkeypatch):
    look(huis.omar, *(f"register-{n}" for n in range(50)))
    with monkeypatch.context() as patch:
        patch.setattr("eloket.audit.service.record", lambda **_: (_ for _ in ()).throw(RuntimeError))
        with pytest.raises(RuntimeError):
            run_round(DAARNA, LAAG, dagen=90)
    assert not Kijkdag.objects.filter(dag=DAG).exists()
    assert not Kijkcijfer.objects.exists()
    assert run_round(DAARNA, LAAG, dagen=90) == 1


def test_numbers_go_after_90_days_and_signals_a_year_after_they_were_dealt_with(huis):
    look(huis.omar, *(f"register-{n}" for n in range(50)))
    run_round(DAARNA, LAAG, dagen=90)
    assert purge(DAARNA + timedelta(days=80)) == 0
    assert purge(DAARNA + timedelta(days=92)) == 1
    assert not Kijkdag.objects.filter(dag__lte=DAG).exists()
    Signaal.objects.update(gezien_op=DAARNA)
    assert Signaal.objects.count() == 1
    purge(DAARNA + timedelta(days=364))
    assert Signaal.objects.count() == 1
    purge(DAARNA + timedelta(days=366))
    assert not Signaal.objects.exists()


def test_a_day_is_counted_in_a_handful_of_queries_that_walk_an_index(huis):
    """Whatever the number of civil servants and zaken; and each walks the one index that does not grow with the trail.

    With the one on the actor, or on the act without a moment, 1,000,000 rows took minutes.
    """
    for wie in (huis.omar, huis.mila, huis.bo):
        look(wie, *(f"register-{wie.medewerker_id}-{n}" for n in range(300)))
        with op_moment(OVERDAG):
            record_each(
                ["register-a"],
                actor_soort=wie.soort,
                actor_key=wie.key,
                actie="bericht.in_lijst_gezien",
            )
    medewerkers = medewerkers_per_key()
    with CaptureQueriesContext(
        connection,
    ) as vragen:
        count_dag(DAG, (7, 19), medewerkers)
    assert len(vragen) <= 8
    if connection.vendor == "sqlite":
        for vraag in vragen.captured_queries:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {vraag['sql']}")
                plan = [rij[3] for rij in cursor.fetchall()]
            leest = [stap for stap in plan if "audit_regel" in stap]
            op_dag = "SEARCH audit_regel USING INDEX audit_regel_actie (actie=? AND moment>? AND moment<?)"
            op_zaak = "SEARCH audit_regel USING INDEX audit_regel_object (object_ref=?)"
            assert leest in ([op_dag], [op_zaak]), plan


def test_the_log_of_the_day_names_nobody(huis, caplog):
    with caplog.at_level(logging.DEBUG):
        look(huis.omar, *(f"register-{n}" for n in range(50)))
        run_round(DAARNA, LAAG, dagen=90)
    assert huis.omar.key not in caplog.text
    assert Soort.MEDEWERKER not in caplog.text.replace("medewerkers", "")
