"""Where and when somebody may be mailed, and an address that does not work any more."""

from datetime import timedelta

import pytest

from eloket.audit.models import AuditRegel
from eloket.identity.testing import inwoner, medewerker
from eloket.identity.types import Actor
from eloket.kernel import events, klok
from eloket.kernel.errors import NietToegestaan
from eloket.profile import queries, service
from eloket.profile.errors import BevestigingTeVaak, NietsTeBevestigen
from eloket.profile.events import AdresKapot
from eloket.profile.models import Profiel
from eloket.profile.types import Bereikbaarheid, ContactGegevens, Rubriek, Taal, Wanneer
from tests.unit.profile.adres import NIEUW, OUD, bereik, confirm, key_van, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def kapot(monkeypatch):
    """The events about dead addresses."""
    lijst: list[AdresKapot] = []
    monkeypatch.setitem(events._subscribers, AdresKapot, [lijst.append])
    return lijst


def mark(adres: str = OUD, reden: str = "5.1.1", actor: Actor | None = None) -> bool:
    return service.mark_dead_address(key_van(actor or inwoner()), adres, reden)


def contact() -> ContactGegevens:
    return queries.get_contact(inwoner())


def later(**duur: float):
    return klok.op_moment(klok.nu() + timedelta(**duur))


def test_who_never_told_us_anything_cannot_be_reached():
    assert queries.get_bereikbaarheid("") is None
    assert queries.get_bereikbaarheid(key_van(inwoner())) is None


def test_without_a_choice_everything_comes_at_once_in_dutch(gevangen, django_assert_num_queries):
    confirm(inwoner(), gevangen)
    with django_assert_num_queries(1):
        bereikbaar = queries.get_bereikbaarheid(key_van(inwoner()))
    assert bereikbaar == Bereikbaarheid(email=OUD, wil_mail=True, werkt=True, taal=Taal.NL)
    assert {bereikbaar.wanneer_voor(rubriek) for rubriek in Rubriek} == {Wanneer.DIRECT}
    assert OUD not in repr(bereikbaar)


def test_an_address_that_waits_for_its_link_is_no_address(gevangen):
    save(inwoner(), email=NIEUW, wil_mail=True)
    assert bereik(inwoner()).email == ""


def test_who_wants_no_mail_still_gets_receipts_until_they_refuse_those(gevangen):
    confirm(inwoner(), gevangen, wil_mail=False)
    bereikbaar = bereik(inwoner())
    assert bereikbaar.wanneer_voor(Rubriek.ONTVANGST) is Wanneer.DIRECT
    assert {bereikbaar.wanneer_voor(r) for r in Rubriek if r is not Rubriek.ONTVANGST} == {Wanneer.NOOIT}
    geweigerd = Bereikbaarheid(email=OUD, wil_mail=True, wanneer={Rubriek.ONTVANGST: Wanneer.NOOIT})
    assert geweigerd.wanneer_voor(Rubriek.ONTVANGST) is Wanneer.NOOIT


def test_every_choice_explains_itself():
    assert len({rubriek.tekst for rubriek in Rubriek}) == len(Rubriek)
    assert all(rubriek.uitleg.endswith(".") for rubriek in Rubriek)
    assert "datum verandert niet" in Rubriek.VRAGEN.uitleg
    assert len({keuze.tekst for keuze in Wanneer}) == len(Wanneer)
    assert [taal.tekst for taal in Taal] == ["Nederlands", "English"]


def test_a_dead_address_is_told_once_and_is_kept(gevangen, kapot):
    confirm(inwoner(), gevangen)
    assert mark()
    assert not mark(reden="5.7.1"), "known already"
    assert [event.profiel_key for event in kapot] == [key_van(inwoner())]
    assert (bereik(inwoner()).email, bereik(inwoner()).werkt) == (OUD, False)
    assert contact().email_kapot_op is not None
    assert Profiel.objects.get().email_kapot_reden == "5.1.1"
    regel = AuditRegel.objects.order_by("pk").last()
    assert regel is not None
    assert (regel.actie, regel.kenmerken) == ("profiel.adres_kapot", {"reden": "5.1.1"})


@pytest.mark.parametrize("geschreven", ["OUD@Voorbeeld.NL", " oud@voorbeeld.nl ", "oud@voorbeeld.nl"])
def test_servers_write_an_address_back_in_their_own_way(gevangen, kapot, geschreven):
    confirm(inwoner(), gevangen)
    assert mark(geschreven)


def test_an_international_domain_comes_back_as_punycode(gevangen, kapot):
    confirm(inwoner(), gevangen, adres="jan@café.nl")
    assert mark("jan@xn--caf-dma.nl")


@pytest.mark.parametrize("adres", ["", "ander@voorbeeld.nl", "oud@voorbeeld.com", "oud@" + "a" * 70 + ".nl"])
def test_another_address_says_nothing_about_this_one(gevangen, kapot, adres):
    confirm(inwoner(), gevangen)
    assert not mark(adres)
    assert bereik(inwoner()).werkt
    assert not kapot


def test_an_older_address_says_nothing_about_the_present_one(gevangen, kapot):
    confirm(inwoner(), gevangen)
    confirm(inwoner(), gevangen, adres=NIEUW)
    assert not mark(OUD)
    assert bereik(inwoner()).werkt


def test_nobody_without_an_address_has_a_dead_one(gevangen, kapot):
    assert not mark("")
    save(inwoner(), email=NIEUW)
    assert not mark(NIEUW), "it was never confirmed"
    assert not mark("")
    assert not kapot


def test_mail_from_before_the_link_was_opened_comes_back_too_late(gevangen, kapot):
    confirm(inwoner(), gevangen)
    bevestigd_op = Profiel.objects.get().email_bevestigd_op
    assert bevestigd_op is not None
    key = key_van(inwoner())
    eerder, daarna = bevestigd_op - timedelta(days=1), bevestigd_op + timedelta(seconds=1)
    assert not service.mark_dead_address(key, OUD, "5.1.1", verzonden_op=eerder)
    assert service.mark_dead_address(key, OUD, "5.1.1", verzonden_op=daarna)


@pytest.mark.parametrize("reden", ["", "550 no such user oud@voorbeeld.nl", "a" * 41, "5.1.1\n"])
def test_what_a_server_said_is_no_code(gevangen, kapot, reden):
    confirm(inwoner(), gevangen)
    with pytest.raises(ValueError, match="code"):
        mark(reden=reden)
    assert bereik(inwoner()).werkt


def test_the_address_works_again_when_its_own_link_is_opened(gevangen, kapot):
    confirm(inwoner(), gevangen)
    mark()
    with later(hours=1):
        service.reconfirm_address(inwoner())
        assert (gevangen[-1].nieuw, gevangen[-1].oud) == (OUD, "")
        assert not bereik(inwoner()).werkt, "asking for a link proves nothing"
        service.confirm_email(gevangen[-1].token)
    assert bereik(inwoner()) == Bereikbaarheid(email=OUD, wil_mail=True)
    assert contact().email_in_afwachting == ""
    assert Profiel.objects.get().email_kapot_reden == ""
    assert mark(), "and it can break again"
    assert len(kapot) == 2


def test_another_confirmed_address_replaces_the_dead_one(gevangen, kapot):
    confirm(inwoner(), gevangen)
    mark()
    save(inwoner(), email=NIEUW, wil_mail=True)
    assert not bereik(inwoner()).werkt
    with pytest.raises(NietsTeBevestigen):
        service.reconfirm_address(inwoner())
    service.confirm_email(gevangen[-1].token)
    assert bereik(inwoner()) == Bereikbaarheid(email=NIEUW, wil_mail=True)


def test_removing_the_dead_address_leaves_nothing_broken(gevangen, kapot):
    confirm(inwoner(), gevangen)
    mark()
    save(inwoner())
    assert contact().email_kapot_op is None
    assert bereik(inwoner()).werkt


def test_saving_the_form_unchanged_keeps_the_link_to_the_dead_address(gevangen, kapot):
    confirm(inwoner(), gevangen)
    mark()
    with later(hours=1):
        service.reconfirm_address(inwoner())
        assert not save(inwoner(), email=OUD, wil_mail=True).is_gewijzigd
        service.confirm_email(gevangen[-1].token)
    assert bereik(inwoner()).werkt


def test_the_link_to_a_dead_address_has_the_limits_of_any_link(gevangen, kapot):
    middag = klok.begin_van(klok.vandaag()) + timedelta(hours=12)  # the limit is of a day
    with klok.op_moment(middag):
        confirm(inwoner(), gevangen)
        mark()
        with pytest.raises(BevestigingTeVaak):
            service.reconfirm_address(inwoner())
    for keer in range(4):
        with klok.op_moment(middag + timedelta(minutes=2 * keer + 2)):
            service.reconfirm_address(inwoner())
    with klok.op_moment(middag + timedelta(minutes=20)), pytest.raises(BevestigingTeVaak) as fout:
        service.reconfirm_address(inwoner())
    assert "morgen" in fout.value.tekst


def test_an_address_that_works_needs_no_other_link(gevangen):
    with pytest.raises(NietsTeBevestigen):
        service.reconfirm_address(inwoner())
    confirm(inwoner(), gevangen)
    with pytest.raises(NietsTeBevestigen):
        service.reconfirm_address(inwoner())
    with pytest.raises(NietToegestaan):
        service.reconfirm_address(medewerker())


def test_a_listener_that_fails_leaves_the_address_as_it_was(gevangen, monkeypatch):
    confirm(inwoner(), gevangen)

    def fail(_event: AdresKapot) -> None:
        raise RuntimeError("no room")

    monkeypatch.setitem(events._subscribers, AdresKapot, [fail])
    with pytest.raises(RuntimeError):
        mark()
    assert bereik(inwoner()).werkt
