"""What somebody wants to be mailed about, when and in which language; and the links that switch mail off."""

from datetime import time

import pytest

from eloket.audit.models import AuditRegel
from eloket.identity.testing import inwoner, medewerker
from eloket.kernel.errors import NietToegestaan
from eloket.profile import queries
from eloket.profile.afmelden import stop_alles, stop_rubrieken, undo_stop
from eloket.profile.errors import VoorkeurenGewijzigd, VoorkeurenOngeldig
from eloket.profile.models import Profiel
from eloket.profile.tijden import TIJD_FOUT, parse_tijd, schrijf_kloktijd
from eloket.profile.types import Bereikbaarheid, Rubriek, Taal, Voorkeuren, VoorkeurenWens, Wanneer
from eloket.profile.velden import VeldFout
from eloket.profile.voorkeuren import (
    KIES_TAAL,
    KIES_WANNEER,
    TIJDEN_GELIJK,
    TOT_ONTBREEKT,
    VAN_ONTBREEKT,
    save_voorkeuren,
)
from tests.unit.profile.adres import OUD, bereik, confirm, key_van, save

pytestmark = pytest.mark.django_db
JEROEN = inwoner()
ALLES_DIRECT = {str(rubriek): "direct" for rubriek in Rubriek}


def wens(*, van: str = "", tot: str = "", taal: str = "nl", **anders: str) -> VoorkeurenWens:
    return VoorkeurenWens(ALLES_DIRECT | anders, stil_van=van, stil_tot=tot, taal=taal)


def voorkeuren() -> Voorkeuren:
    assert JEROEN.partij is not None
    return queries.get_voorkeuren(JEROEN)


def choose(keuzes: VoorkeurenWens) -> str:
    return save_voorkeuren(JEROEN, keuzes, versie=voorkeuren().versie)


def uit() -> set[Rubriek]:
    return {rubriek for rubriek in Rubriek if bereik(JEROEN).wanneer_voor(rubriek) is Wanneer.NOOIT}


def acties() -> list[str]:
    return list(AuditRegel.objects.order_by("pk").values_list("actie", flat=True))


def test_before_the_first_choice_everything_is_at_once():
    assert voorkeuren() == Voorkeuren(Bereikbaarheid())


def test_choices_are_kept(gevangen, django_assert_num_queries):
    confirm(JEROEN, gevangen)
    assert choose(wens(van="22.00", tot="7", taal="en", status="dagelijks", berichten="nooit"))
    with django_assert_num_queries(1):
        gekozen = voorkeuren()
    assert gekozen.versie == 1
    assert gekozen.bereik == Bereikbaarheid(
        email=OUD,
        wil_mail=True,
        wanneer={Rubriek.STATUS: Wanneer.DAGELIJKS, Rubriek.BERICHTEN: Wanneer.NOOIT},
        stil_van=time(22),
        stil_tot=time(7),
        taal=Taal.EN,
    )
    assert gekozen.bereik == bereik(JEROEN)
    assert gekozen.bereik.wanneer_voor(Rubriek.DOCUMENTEN) is Wanneer.DIRECT


def test_what_is_at_once_takes_no_room_and_the_trail_holds_codes_only():
    choose(wens(status="nooit", van="22:00", tot="7:00"))
    assert Profiel.objects.get().meldingen == {"status": "nooit"}
    regel = AuditRegel.objects.get(actie="profiel.voorkeuren_gewijzigd")
    assert regel.kenmerken == {"status": "nooit", "stil": True, "taal": "nl"}
    choose(wens())
    assert Profiel.objects.get().meldingen == {}
    assert Profiel.objects.get().stil_van is None


def test_an_address_that_waits_is_said():
    save(JEROEN, email=OUD, wil_mail=True)
    assert voorkeuren().is_adres_in_afwachting


def test_the_same_choices_again_change_nothing_also_from_an_old_window():
    """A double click: the second one comes with the versie that the first one ended."""
    assert choose(wens(status="nooit"))
    assert not save_voorkeuren(JEROEN, wens(status="nooit"), versie=0)
    assert voorkeuren().versie == 1
    assert acties() == ["profiel.voorkeuren_gewijzigd"]


def test_two_windows_do_not_overwrite_each_other():
    choose(wens(status="nooit"))
    with pytest.raises(VoorkeurenGewijzigd):
        save_voorkeuren(JEROEN, wens(berichten="nooit"), versie=0)
    assert voorkeuren().bereik.wanneer == {Rubriek.STATUS: Wanneer.NOOIT}
    assert save_voorkeuren(JEROEN, wens(berichten="nooit"), versie=1)


def test_a_new_address_in_between_does_not_stop_who_is_choosing(gevangen):
    choose(wens(status="nooit"))
    versie = voorkeuren().versie
    confirm(JEROEN, gevangen)
    assert save_voorkeuren(JEROEN, wens(), versie=versie)


@pytest.mark.parametrize(
    ("velden", "fouten"),
    [
        ({"van": "22.00"}, {"stil_tot": TOT_ONTBREEKT}),
        ({"tot": "7.00"}, {"stil_van": VAN_ONTBREEKT}),
        ({"van": "laat", "tot": "25.00"}, {"stil_van": TIJD_FOUT, "stil_tot": TIJD_FOUT}),
        ({"van": "laat"}, {"stil_van": TIJD_FOUT, "stil_tot": TOT_ONTBREEKT}),
        ({"van": "7.00", "tot": "07:00"}, {"stil_tot": TIJDEN_GELIJK}),
        ({"van": "24.00", "tot": "0.00"}, {"stil_tot": TIJDEN_GELIJK}),
        ({"taal": "fr"}, {"taal": KIES_TAAL}),
        ({"status": "soms"}, {"status": KIES_WANNEER}),
        ({"status": "", "taal": ""}, {"status": KIES_WANNEER, "taal": KIES_TAAL}),
    ],
)
def test_every_wrong_field_has_its_text_and_nothing_is_saved(velden, fouten):
    with pytest.raises(VoorkeurenOngeldig) as fout:
        save_voorkeuren(JEROEN, wens(**{"berichten": "nooit", **velden}), versie=0)
    assert fout.value.velden == fouten
    assert voorkeuren() == Voorkeuren(Bereikbaarheid())


@pytest.mark.parametrize(
    ("invoer", "tijd"),
    [
        ("22.00", time(22)),
        ("22:30", time(22, 30)),
        (" 7 ", time(7)),
        ("07", time(7)),
        ("7u", time(7)),
        ("7.15 uur", time(7, 15)),
        ("0.00", time()),
        ("24:00", time()),
        ("23.59", time(23, 59)),
    ],
)
def test_a_time_is_read_as_people_type_it(invoer, tijd):
    assert parse_tijd(invoer) == tijd
    assert parse_tijd(schrijf_kloktijd(tijd)) == tijd


@pytest.mark.parametrize("invoer", ["", "24.01", "25", "7.5", "7.60", "-1", "22.00.00", "٢٢", "tien", "7 am"])
def test_what_is_no_time_is_refused_with_an_example(invoer):
    with pytest.raises(VeldFout, match=r"22\.00"):
        parse_tijd(invoer)


def test_a_civil_servant_has_no_preferences_here():
    with pytest.raises(NietToegestaan):
        save_voorkeuren(medewerker(), wens(), versie=0)


def test_a_link_stops_its_kinds_and_takes_that_back(gevangen):
    confirm(JEROEN, gevangen)
    choose(wens(status="dagelijks"))
    for _ in range(2):
        stop_rubrieken(key_van(JEROEN), (Rubriek.STATUS, Rubriek.BERICHTEN), link="a")
        assert uit() == {Rubriek.STATUS, Rubriek.BERICHTEN}
    assert acties().count("profiel.afgemeld") == 1, "the second time nothing happened"
    assert queries.get_afmeldstand(key_van(JEROEN), link="a").kan_terug
    assert not queries.get_afmeldstand(key_van(JEROEN), link="b").kan_terug
    for _ in range(2):
        undo_stop(key_van(JEROEN), link="a")
        assert bereik(JEROEN).wanneer == {Rubriek.STATUS: Wanneer.DAGELIJKS}
    assert acties().count("profiel.afmelden_teruggedraaid") == 1
    regel = AuditRegel.objects.get(actie="profiel.afgemeld")
    assert (regel.actor_soort, regel.actor_key) == ("link", key_van(JEROEN))


def test_a_link_stops_everything_and_takes_that_back(gevangen):
    confirm(JEROEN, gevangen)
    choose(wens(berichten="nooit"))
    stop_alles(key_van(JEROEN), link="a")
    stop_alles(key_van(JEROEN), link="a")
    assert uit() == set(Rubriek)
    assert queries.get_afmeldstand(key_van(JEROEN), link="a").is_alles_uit
    assert acties().count("profiel.afgemeld_van_alles") == 1
    undo_stop(key_van(JEROEN), link="a")
    assert uit() == {Rubriek.BERICHTEN}, "what the person chose stays as it was"


def test_a_link_takes_back_only_what_a_link_did(gevangen):
    """Somebody to whom an old mail was forwarded cannot switch on what the person switched off themselves."""
    confirm(JEROEN, gevangen, wil_mail=False)
    choose(wens(ontvangst="nooit", status="nooit"))
    stop_rubrieken(key_van(JEROEN), (Rubriek.STATUS,), link="a")
    stop_alles(key_van(JEROEN), link="a")
    undo_stop(key_van(JEROEN), link="a")
    assert uit() == set(Rubriek)
    assert not bereik(JEROEN).wil_mail
    assert Profiel.objects.get().afgemeld == {}


def test_the_last_link_that_stopped_it_takes_it_back(gevangen):
    confirm(JEROEN, gevangen)
    choose(wens(status="dagelijks"))
    for link in ("a", "b"):
        stop_rubrieken(key_van(JEROEN), (Rubriek.STATUS,), link=link)
    undo_stop(key_van(JEROEN), link="a")
    assert uit() == {Rubriek.STATUS}
    undo_stop(key_van(JEROEN), link="b")
    assert bereik(JEROEN).wanneer_voor(Rubriek.STATUS) is Wanneer.DAGELIJKS


def test_after_a_choice_of_their_own_no_link_takes_anything_back(gevangen):
    confirm(JEROEN, gevangen)
    stop_rubrieken(key_van(JEROEN), (Rubriek.STATUS,), link="a")
    choose(wens(status="nooit", berichten="dagelijks"))
    undo_stop(key_van(JEROEN), link="a")
    assert uit() == {Rubriek.STATUS}


def test_saving_what_a_link_did_makes_it_their_own_choice(gevangen):
    confirm(JEROEN, gevangen)
    stop_rubrieken(key_van(JEROEN), (Rubriek.STATUS,), link="a")
    assert not choose(wens(status="nooit"))
    undo_stop(key_van(JEROEN), link="a")
    assert uit() == {Rubriek.STATUS}
    assert not queries.get_afmeldstand(key_van(JEROEN), link="a").kan_terug


def test_to_make_what_a_link_did_ones_own_choice_leaves_a_line(gevangen):
    """The row changes: a link can no longer take it back."""
    confirm(JEROEN, gevangen)
    stop_rubrieken(key_van(JEROEN), (Rubriek.STATUS,), link="a")
    assert Profiel.objects.get().afgemeld
    for verwacht in (1, 1):  # the second time nothing changes
        choose(wens(status="nooit"))
        assert not Profiel.objects.get().afgemeld
        assert acties().count("profiel.voorkeuren_gewijzigd") == verwacht


def test_to_save_contact_details_over_what_a_link_did_leaves_a_line(gevangen):
    confirm(JEROEN, gevangen)
    stop_alles(key_van(JEROEN), link="a")
    voor = acties().count("profiel.gewijzigd")
    for verwacht in (1, 1):
        save(JEROEN, email=OUD, wil_mail=False)
        assert not Profiel.objects.get().afgemeld
        assert acties().count("profiel.gewijzigd") == voor + verwacht
    laatste = AuditRegel.objects.filter(actie="profiel.gewijzigd").latest("pk")
    assert laatste.kenmerken == {"email": False, "telefoon": False, "wil_mail": False}


@pytest.mark.parametrize("adres", [OUD, ""], ids=["unticked", "without address"])
def test_who_wants_no_mail_while_logged_in_gets_none_by_a_link(gevangen, adres: str):
    confirm(JEROEN, gevangen)
    stop_alles(key_van(JEROEN), link="a")
    save(JEROEN, email=adres, wil_mail=False)
    undo_stop(key_van(JEROEN), link="a")
    assert not bereik(JEROEN).wil_mail
    assert uit() == set(Rubriek)


def test_a_link_switches_nothing_on_for_who_has_no_address(gevangen):
    """A row from before the link lost its say when the address went."""
    confirm(JEROEN, gevangen)
    stop_alles(key_van(JEROEN), link="a")
    Profiel.objects.update(email="", email_bevestigd_op=None)
    undo_stop(key_van(JEROEN), link="a")
    assert not Profiel.objects.get().wil_mail


def test_a_link_that_stops_mail_is_noticed_by_who_is_choosing(gevangen):
    confirm(JEROEN, gevangen)
    versie = voorkeuren().versie
    stop_rubrieken(key_van(JEROEN), (Rubriek.STATUS,), link="a")
    with pytest.raises(VoorkeurenGewijzigd):
        save_voorkeuren(JEROEN, wens(berichten="nooit"), versie=versie)


def test_who_wants_mail_again_gets_receipts_again(gevangen):
    confirm(JEROEN, gevangen)
    stop_alles(key_van(JEROEN), link="a")
    save(JEROEN, email=OUD, wil_mail=True)
    assert uit() == set()
    save(JEROEN, email=OUD, wil_mail=False)
    undo_stop(key_van(JEROEN), link="a")
    assert not bereik(JEROEN).wil_mail, "the last word is that of the person"


def test_receipts_that_were_refused_before_stay_refused(gevangen):
    confirm(JEROEN, gevangen)
    choose(wens(ontvangst="nooit"))
    stop_alles(key_van(JEROEN), link="a")
    save(JEROEN, email=OUD, wil_mail=True)
    assert uit() == {Rubriek.ONTVANGST}


@pytest.mark.parametrize("key", ["", "0" * 64])
def test_a_link_for_nobody_changes_nothing(key):
    for _ in range(2):
        stop_rubrieken(key, (Rubriek.STATUS,), link="a")
        stop_alles(key, link="a")
        undo_stop(key, link="a")
    assert not Profiel.objects.exists()
    assert not AuditRegel.objects.exists()
    assert queries.get_afmeldstand(key, link="a").is_alles_uit
