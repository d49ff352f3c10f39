"""The people of a business each have contact details of their own, and are mailed for as long as they are of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from eloket.audit.models import AuditRegel
from eloket.identity.events import Ingelogd
from eloket.identity.testing import gemachtigde, inwoner, onderneming
from eloket.identity.types import Actor, Machtiging, Partij, Soort, partij_ref
from eloket.kernel import events
from eloket.kernel.errors import NietGevonden
from eloket.kernel.klok import nu, op_moment
from eloket.profile import queries
from eloket.profile.contactpersonen import list_collegas, on_ingelogd, ruim_op, stop_collega
from eloket.profile.errors import ContactVanAnder
from eloket.profile.events import MailGestopt
from eloket.profile.models import Profiel
from eloket.profile.testing import give_contact
from eloket.profile.types import ContactGegevens
from tests.huis import partij_van
from tests.unit.profile.adres import save

pytestmark = pytest.mark.django_db


@pytest.fixture
def gestopt(monkeypatch: pytest.MonkeyPatch) -> list[MailGestopt]:
    """Who is told that they were stopped."""
    lijst: list[MailGestopt] = []
    monkeypatch.setitem(events._subscribers, MailGestopt, [lijst.append])
    return lijst


MARKT, HAVEN = "000038509504", "000038509512"
ANNE, BO = onderneming(persoon="anne"), onderneming(persoon="bo")
BO_MARKT, CAS_MARKT = (
    onderneming("69599084", MARKT, persoon="bo"),
    onderneming("69599084", MARKT, persoon="cas"),
)
CAS_HAVEN = onderneming("69599084", HAVEN, persoon="cas")
ANDER_BEDRIJF = onderneming("12345678", persoon="anne")


def mailed(*partijen: Actor) -> list[str]:
    """The addresses that are mailed for these parties."""
    ontvangers = queries.list_ontvangers(partij_van(een).profiel_key for een in partijen)
    return [een.bereik.email for een in ontvangers if een.bereik and een.bereik.email]


def shared(actor: Actor, adres: str = "info@korenaar.nl") -> Profiel:
    """What a business told us before its people had details of their own."""
    return Profiel.objects.create(
        profiel_key=partij_van(actor).profiel_key, email=adres, email_bevestigd_op=nu(), wil_mail=True
    )


def test_what_one_changes_a_colleague_neither_sees_nor_loses():
    save(ANNE, email="anne@korenaar.nl", telefoon="06 12345678")
    assert queries.get_contact(BO) == ContactGegevens()
    save(BO, telefoon="06 87654321")
    assert queries.get_contact(ANNE).telefoon_getoond == "06 12 34 56 78"
    assert queries.get_contact(ANNE).email_in_afwachting == "anne@korenaar.nl"


def test_who_works_for_two_businesses_or_branches_has_details_for_each():
    for actor in (ANNE, ANDER_BEDRIJF, CAS_MARKT, CAS_HAVEN):
        give_contact(actor, f"{len(Profiel.objects.all())}@korenaar.nl")
    assert Profiel.objects.count() == 4
    assert len(set(Profiel.objects.values_list("profiel_key", flat=True))) == 4


def test_a_bewindvoerder_changes_those_of_the_person_and_not_their_own():
    bsn = "999990019"
    save(
        replace(ANNE, soort=Soort.INWONER, partij=Partij.inwoner(bsn), machtiging=Machtiging.BEWIND),
        telefoon="06 12345678",
    )
    assert queries.get_contact(inwoner(bsn)).telefoon_getoond == "06 12 34 56 78"
    assert Profiel.objects.get().partij_key == ""


def test_everybody_of_the_business_is_mailed_and_of_a_branch_only_about_the_branch():
    give_contact(ANNE, "anne@korenaar.nl")
    give_contact(BO, "bo@korenaar.nl")
    give_contact(CAS_MARKT, "cas@korenaar.nl")
    shared(ANNE)
    assert mailed(ANNE) == ["info@korenaar.nl", "anne@korenaar.nl", "bo@korenaar.nl"]
    assert mailed(CAS_MARKT) == ["cas@korenaar.nl"]
    assert mailed(ANDER_BEDRIJF) == []


def test_who_did_not_log_in_for_a_year_may_have_left_and_comes_back_by_logging_in():
    give_contact(ANNE, "anne@korenaar.nl")
    with op_moment(nu() + timedelta(days=364)):
        assert mailed(ANNE) == ["anne@korenaar.nl"]
        assert queries.get_bereikbaarheid(ANNE.profiel_key) is not None
    with op_moment(nu() + timedelta(days=366)):
        assert mailed(ANNE) == []
        assert queries.get_bereikbaarheid(ANNE.profiel_key) is None
        assert list_collegas(BO) == ()
        on_ingelogd(Ingelogd(ANNE))
        assert mailed(ANNE) == ["anne@korenaar.nl"]


def test_a_resident_is_mailed_however_long_ago_they_logged_in():
    give_contact(inwoner(), "jeroen@voorbeeld.nl")
    with op_moment(nu() + timedelta(days=4_000)):
        assert mailed(inwoner()) == ["jeroen@voorbeeld.nl"]


def test_who_may_only_see_one_branch_from_now_on_is_not_mailed_about_the_rest():
    give_contact(BO, "bo@korenaar.nl")
    on_ingelogd(Ingelogd(BO_MARKT))
    assert mailed(BO) == []
    assert queries.get_bereikbaarheid(BO.profiel_key) is None
    on_ingelogd(Ingelogd(BO))
    assert mailed(BO) == ["bo@korenaar.nl"]


def test_the_login_of_a_colleague_or_for_another_business_changes_nothing_for_others():
    give_contact(BO, "bo@korenaar.nl")
    for ander in (CAS_MARKT, onderneming("12345678", MARKT, persoon="bo"), inwoner()):
        on_ingelogd(Ingelogd(ander))
    assert mailed(BO) == ["bo@korenaar.nl"]


@pytest.mark.django_db(transaction=False)
@settings(deadline=None)  # it writes: on a machine that is busy, one of them may take long
@given(stappen=st.lists(st.tuples(st.sampled_from((BO, BO_MARKT)), st.integers(0, 500)), max_size=8))
def test_whatever_the_logins_were_the_last_one_says_what_somebody_is_mailed_about(stappen):
    Profiel.objects.all().delete()
    moment = nu()
    with op_moment(moment):
        give_contact(BO, "bo@korenaar.nl")
        give_contact(BO_MARKT, "markt@korenaar.nl")
    gezien, is_heel = {BO: moment, BO_MARKT: moment}, True
    for actor, dagen in stappen:
        moment += timedelta(days=dagen)
        with op_moment(moment):
            on_ingelogd(Ingelogd(actor))
        gezien[actor], is_heel = moment, actor is BO
    jaar = timedelta(days=365)
    with op_moment(moment):
        assert mailed(BO) == (["bo@korenaar.nl"] if is_heel and moment - gezien[BO] < jaar else [])
        assert mailed(BO_MARKT) == (["markt@korenaar.nl"] if moment - gezien[BO_MARKT] < jaar else [])


def test_colleagues_who_are_mailed_are_named_by_an_address_that_only_they_know():
    give_contact(ANNE, "anne@korenaar.nl")
    give_contact(BO, "bo@korenaar.nl")
    give_contact(onderneming(persoon="dirk"), "dirk@korenaar.nl", wil_mail=False)
    give_contact(ANDER_BEDRIJF, "elders@bedrijf.nl")
    give_contact(CAS_MARKT, "casper@korenaar.nl")
    shared(ANNE)
    gezien = [(een.adres, een.is_vestiging, een.gezien_op is None) for een in list_collegas(ANNE)]
    assert sorted(gezien) == [
        ("b***@korenaar.nl", False, False),
        ("ca***@korenaar.nl", True, False),
        ("in***@korenaar.nl", False, True),
    ]
    assert list_collegas(CAS_MARKT) == ()
    assert list_collegas(inwoner()) == list_collegas(gemachtigde()) == ()


def test_a_colleague_who_left_is_stopped_told_so_and_can_disagree(gestopt):
    give_contact(BO, "bo@korenaar.nl")
    (bo,) = list_collegas(ANNE)
    stop_collega(ANNE, bo.nummer)
    stop_collega(ANNE, bo.nummer)
    assert [een.adres for een in gestopt] == ["bo@korenaar.nl"]
    assert list_collegas(ANNE) == ()
    assert not queries.get_contact(BO).wil_mail
    regel = AuditRegel.objects.get(actie="profiel.collega_gestopt")
    assert (regel.actor_key, regel.object_ref) == (ANNE.key, *queries.profiel_ref(BO))
    save(BO, email="bo@korenaar.nl", wil_mail=True)
    assert mailed(BO) == ["bo@korenaar.nl"]


def test_what_a_business_had_before_can_be_stopped_too(gestopt):
    shared(ANNE)
    stop_collega(ANNE, list_collegas(ANNE)[0].nummer)
    assert list_collegas(ANNE) == ()
    assert len(gestopt) == 1


@pytest.mark.parametrize(
    ("wie", "doel"),
    [
        (ANDER_BEDRIJF, BO),
        (CAS_MARKT, BO),
        (CAS_HAVEN, BO_MARKT),
        (BO, BO),
        (inwoner(), BO),
        (BO, inwoner()),
    ],
    ids=("other business", "branch the whole", "other branch", "oneself", "resident", "a resident"),
)
def test_nobody_stops_who_is_not_their_colleague(wie, doel):
    rij = give_contact(doel, "bo@korenaar.nl")
    with pytest.raises(NietGevonden):
        stop_collega(wie, rij.pk)
    assert Profiel.objects.get(pk=rij.pk).wil_mail


def test_the_details_of_before_are_emptied_when_they_are_stopped(gestopt):
    rij = shared(ANNE)
    stop_collega(ANNE, rij.pk)
    stop_collega(ANNE, rij.pk)
    rij.refresh_from_db()
    assert (rij.email, rij.telefoon, rij.wil_mail) == ("", "", False)
    assert [een.adres for een in gestopt] == ["info@korenaar.nl"]


def test_the_whole_business_finds_the_old_address_of_a_branch_once_somebody_of_that_branch_came():
    rij = shared(CAS_MARKT)
    assert list_collegas(ANNE) == ()
    on_ingelogd(Ingelogd(CAS_MARKT))
    assert [een.nummer for een in list_collegas(ANNE)] == [rij.pk]
    assert [een.nummer for een in list_collegas(CAS_MARKT)] == [rij.pk]


def test_who_was_stopped_counts_for_nothing_until_they_save_their_details_themselves(gestopt):
    key = partij_van(BO).profiel_key
    rij = give_contact(BO, "bo@korenaar.nl", telefoon="+31612345678")
    stop_collega(ANNE, rij.pk)
    on_ingelogd(Ingelogd(BO))
    assert queries.get_bereikbaarheid(BO.profiel_key) is None
    assert queries.list_partijcontact([key]) == {}, "nobody calls who left about the business"
    assert save(BO, email="bo@korenaar.nl", telefoon="06 12345678").is_gewijzigd
    assert queries.get_bereikbaarheid(BO.profiel_key) is not None


def test_the_whole_business_can_stop_who_left_a_branch():
    rij = give_contact(CAS_MARKT, "cas@korenaar.nl")
    stop_collega(ANNE, rij.pk)
    assert not Profiel.objects.get(pk=rij.pk).wil_mail


def test_a_gemachtigde_stops_nobody():
    rij = give_contact(BO, "bo@korenaar.nl")
    with pytest.raises(ContactVanAnder):
        stop_collega(gemachtigde(), rij.pk)


def test_a_business_is_reached_as_long_as_one_of_its_people_is():
    key = partij_van(ANNE).profiel_key
    give_contact(ANNE, "anne@korenaar.nl", email_kapot_op=nu() - timedelta(days=9))
    assert queries.list_partijcontact([key])[key].kapot_sinds is not None
    give_contact(BO, "bo@korenaar.nl", telefoon="+31612345678")
    assert queries.list_partijcontact([key])[key].kapot_sinds is None
    assert queries.list_partijcontact([key])[key].telefoon == "06 12 34 56 78"


def test_since_when_nothing_works_is_since_the_last_address_broke():
    eerst, laatst = nu() - timedelta(days=9), nu() - timedelta(days=2)
    give_contact(ANNE, "anne@korenaar.nl", email_kapot_op=eerst)
    give_contact(BO, "bo@korenaar.nl", email_kapot_op=laatst)
    key = partij_van(ANNE).profiel_key
    assert queries.list_partijcontact([key])[key].kapot_sinds == laatst


def test_after_two_years_without_a_login_the_details_are_forgotten_and_those_of_a_resident_after_five():
    give_contact(ANNE, "anne@korenaar.nl")
    give_contact(inwoner(), "jeroen@voorbeeld.nl")
    shared(ANNE)
    assert ruim_op(nu() + timedelta(days=729)) == 0
    assert ruim_op(nu() + timedelta(days=731)) == 1
    assert queries.get_contact(ANNE) == ContactGegevens()
    assert queries.get_contact(inwoner()).email == "jeroen@voorbeeld.nl"
    assert ruim_op(nu() + timedelta(days=5 * 365 - 1)) == 0
    assert ruim_op(nu() + timedelta(days=5 * 365 + 1)) == 1
    assert queries.get_contact(inwoner()) == ContactGegevens()
    assert Profiel.objects.count() == 1, "of the business itself, from before its people had their own"
    regels = AuditRegel.objects.filter(actie="profiel.verlopen").order_by("pk")
    anne, jeroen = (partij_ref(partij_van(een).profiel_key) for een in (ANNE, inwoner()))
    refs = [een.object_ref for een in regels]
    assert refs == [refs[0], anne, f"contactpersoon-{ANNE.key}", refs[3], jeroen], (
        "each name they are found by"
    )
    assert [een.kenmerken["profiel"] for een in regels] == [refs[0]] * 3 + [refs[3]] * 2
    assert {een.actor_soort for een in regels} == {"systeem"}


@pytest.mark.parametrize(
    "wie",
    [inwoner(), replace(gemachtigde("999990019", "999990044"), machtiging=Machtiging.BEWIND)],
    ids=["the resident", "who acts for them"],
)
def test_who_logs_in_keeps_the_details(wie):
    rij = give_contact(inwoner(), "jeroen@voorbeeld.nl", gezien_op=nu() - timedelta(days=5 * 365 + 1))
    events.publish(Ingelogd(wie))
    assert ruim_op(nu()) == 0
    assert Profiel.objects.filter(pk=rij.pk).exists()


def test_who_logs_in_while_the_old_details_are_removed_keeps_theirs():
    rij = give_contact(BO, "b@korenaar.nl", gezien_op=nu() - timedelta(days=800))

    def log_in_just_before(execute, sql, params, many, context):
        if sql.startswith("DELETE"):
            Profiel.objects.filter(pk=rij.pk).update(gezien_op=nu())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(log_in_just_before):
        assert ruim_op(nu()) == 0
    assert Profiel.objects.filter(pk=rij.pk).exists()
    assert not AuditRegel.objects.exists()


def test_details_that_cannot_be_decrypted_are_forgotten_and_hold_up_nobody():
    """A key that was lost would else keep these, and all behind them, for ever."""
    oud = give_contact(BO, "b@korenaar.nl", gezien_op=nu() - timedelta(days=900))
    give_contact(ANNE, "anne@korenaar.nl", gezien_op=nu() - timedelta(days=800))
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Profiel._meta.db_table} SET email = 'kapot' WHERE id = %s", [oud.pk])
    assert ruim_op(nu()) == 2
    assert not Profiel.objects.exists()
    assert AuditRegel.objects.filter(actie="profiel.verlopen", object_ref=f"profiel-{oud.pk}").exists()
