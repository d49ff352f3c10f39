"""The page on which somebody chooses which e-mails they get, and the alert about an address that does not work."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from eloket.identity.testing import log_in
from eloket.kernel import events
from eloket.kernel.klok import nu, op_moment
from eloket.profile import service
from eloket.profile.afmelden import stop_rubrieken
from eloket.profile.events import AdresGewijzigd
from eloket.profile.queries import get_voorkeuren
from eloket.profile.types import Bereikbaarheid, Rubriek, Wanneer
from eloket.profile.voorkeuren import TIJDEN_GELIJK, TOT_ONTBREEKT
from tests.huis import inwoner
from tests.unit.identity.klokken import Klok
from tests.web.portaal import ANDER, bron_van, client_van, partij_van, tekst_van, titel_van

pytestmark = pytest.mark.django_db
MELDINGEN = "/mijn/gegevens/e-mails/"
GEGEVENS = "/mijn/gegevens/"
KLOPT = "/mijn/gegevens/adres-klopt/"
ADRES = "jeroen@voorbeeld.nl"
GOED = {
    **{f"wanneer_{rubriek}": "direct" for rubriek in Rubriek},
    "stil_van": "",
    "stil_tot": "",
    "taal": "nl",
    "versie": "0",
}


@pytest.fixture(autouse=True)
def tokens(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tokens of the links that were mailed."""
    gevangen: list[str] = []

    def vang(event: AdresGewijzigd) -> None:
        gevangen.append(event.token)

    monkeypatch.setitem(events._subscribers, AdresGewijzigd, [vang])
    return gevangen


@pytest.fixture
def bevestigd(tokens: list[str]) -> None:
    """Jeroen has an address that works, and wants mail."""
    service.update_contact(inwoner(), email=ADRES, telefoon="", wil_mail=True)
    service.confirm_email(tokens[-1])


@pytest.fixture
def kapot(bevestigd: None) -> None:
    assert service.mark_dead_address(partij_van(inwoner()).profiel_key, ADRES, "5.1.1")


def bereik() -> Bereikbaarheid:
    return get_voorkeuren(inwoner()).bereik


def is_chosen(html: str, veld: str, waarde: str) -> bool:
    [knop] = re.findall(rf'<input[^>]* name="{veld}" value="{waarde}"[^>]*>', html)
    return "checked" in knop


def test_mijn_gegevens_leads_to_the_choices_and_keeps_its_one_checkbox(bevestigd):
    html = bron_van(client_van().get(GEGEVENS))
    assert f'<a class="nl-link" href="{MELDINGEN}">Kies welke e-mails u krijgt</a>' in html
    assert html.count('type="checkbox"') == 1


def test_before_the_first_choice_everything_is_at_once(bevestigd):
    antwoord = client_van().get(MELDINGEN)
    html = bron_van(antwoord)
    assert titel_van(antwoord).startswith("Kies welke e-mails u krijgt")
    for rubriek in Rubriek:
        assert is_chosen(html, f"wanneer_{rubriek}", "direct")
    assert is_chosen(html, "taal", "nl")
    assert "U krijgt nu" not in html
    assert "werkt niet" not in html


def test_choices_are_kept_and_stand_in_the_form(bevestigd):
    client = client_van()
    keuze = {
        **GOED,
        "wanneer_status": "dagelijks",
        "wanneer_berichten": "nooit",
        "stil_van": "22",
        "stil_tot": "7:00",
        "taal": "en",
    }
    antwoord = client.post(MELDINGEN, keuze)
    assert (antwoord.status_code, antwoord["Location"]) == (303, MELDINGEN)
    pagina = client.get(MELDINGEN)
    html = bron_van(pagina)
    assert "Uw keuzes zijn opgeslagen." in html
    assert is_chosen(html, "wanneer_status", "dagelijks")
    assert is_chosen(html, "wanneer_berichten", "nooit")
    assert is_chosen(html, "taal", "en")
    assert 'value="22.00"' in html
    assert 'value="7.00"' in html
    assert bereik().wanneer == {Rubriek.STATUS: Wanneer.DAGELIJKS, Rubriek.BERICHTEN: Wanneer.NOOIT}


def test_wrong_quiet_hours_say_how_to_mend_them_and_nothing_is_lost(bevestigd):
    antwoord = client_van().post(
        MELDINGEN, {**GOED, "stil_van": 'om "tien"', "wanneer_status": "nooit", "taal": "en"}
    )
    html = bron_van(antwoord)
    assert antwoord.status_code == 422
    assert titel_van(antwoord).startswith("Fout: Kies welke e-mails u krijgt")
    assert "Er zijn 2 fouten. Uw keuzes zijn nog niet opgeslagen." in html
    assert '<a href="#stil_van">Vul een tijd in, bijvoorbeeld 22.00</a>' in html
    assert f'<a href="#stil_tot">{TOT_ONTBREEKT}</a>' in html
    assert 'value="om &#34;tien&#34;"' in html
    assert is_chosen(html, "wanneer_status", "nooit")
    assert is_chosen(html, "taal", "en")
    assert bereik() == Bereikbaarheid(email=ADRES, wil_mail=True)


def test_the_same_time_twice_is_one_error(bevestigd):
    antwoord = client_van().post(MELDINGEN, {**GOED, "stil_van": "7", "stil_tot": "7.00"})
    assert "Er is 1 fout." in tekst_van(antwoord)
    assert TIJDEN_GELIJK.replace("'", "&#39;") in bron_van(antwoord)


def test_a_choice_that_is_missing_points_at_its_buttons(bevestigd):
    antwoord = client_van().post(MELDINGEN, {naam: w for naam, w in GOED.items() if naam != "wanneer_status"})
    html = bron_van(antwoord)
    assert antwoord.status_code == 422
    assert '<a href="#wanneer_status">Kies wanneer u deze e-mails wilt krijgen</a>' in html
    assert 'id="wanneer_status"' in html


def test_two_windows_do_not_overwrite_each_other(bevestigd):
    client = client_van()
    client.post(MELDINGEN, {**GOED, "wanneer_status": "nooit", "stil_van": "22", "stil_tot": "7"})
    antwoord = client.post(MELDINGEN, {**GOED, "wanneer_berichten": "dagelijks"})
    html, tekst = bron_van(antwoord), tekst_van(antwoord)
    assert antwoord.status_code == 409
    assert "Uw keuzes zijn intussen gewijzigd" in tekst
    assert (
        "Zo is het nu opgeslagen: Berichten Meteen Wijzigingen in uw zaak Nooit Vanaf 22.00 Tot 7.00" in tekst
    )
    assert is_chosen(html, "wanneer_berichten", "dagelijks"), "what was chosen here is still there"
    assert bereik().wanneer == {Rubriek.STATUS: Wanneer.NOOIT}
    assert (
        client.post(MELDINGEN, {**GOED, "wanneer_berichten": "dagelijks", "versie": "1"}).status_code == 303
    )
    assert bereik().wanneer == {Rubriek.BERICHTEN: Wanneer.DAGELIJKS}


def test_a_link_in_a_mail_counts_as_another_window(bevestigd):
    client = client_van()
    stop_rubrieken(partij_van(inwoner()).profiel_key, (Rubriek.STATUS,), link="a")
    assert client.post(MELDINGEN, {**GOED, "wanneer_berichten": "nooit"}).status_code == 409
    assert bereik().wanneer == {Rubriek.STATUS: Wanneer.NOOIT}


@pytest.mark.parametrize("versie", ["", "x", "-1", "²", "99", "9" * 5_000])
def test_a_versie_that_never_was_is_an_old_window(bevestigd, versie):
    antwoord = client_van().post(MELDINGEN, {**GOED, "wanneer_status": "nooit", "versie": versie})
    assert antwoord.status_code == 409


def test_what_was_chosen_survives_an_ended_session(bevestigd, monkeypatch):
    client, klok = client_van(), Klok(monkeypatch)
    klok.ga_verder(minutes=16)
    client.post(MELDINGEN, {**GOED, "wanneer_status": "nooit", "stil_van": "22", "terug": MELDINGEN})
    assert log_in(client, bsn="999990019") == MELDINGEN
    html = bron_van(client.get(MELDINGEN))
    assert is_chosen(html, "wanneer_status", "nooit")
    assert 'value="22"' in html
    assert bereik().wanneer == {}


def test_another_does_not_see_or_change_mine(bevestigd):
    client_van().post(MELDINGEN, {**GOED, "wanneer_status": "nooit"})
    ander = client_van(inwoner(ANDER))
    assert is_chosen(bron_van(ander.get(MELDINGEN)), "wanneer_status", "direct")
    ander.post(MELDINGEN, {**GOED, "wanneer_berichten": "nooit"})
    assert bereik().wanneer == {Rubriek.STATUS: Wanneer.NOOIT}


def test_who_gets_nothing_is_told_why(tokens):
    client = client_van()
    assert "want wij hebben geen e-mailadres van u." in tekst_van(client.get(MELDINGEN))
    service.update_contact(inwoner(), email=ADRES, telefoon="", wil_mail=False)
    assert "Bevestig eerst uw e-mailadres" in tekst_van(client.get(MELDINGEN))
    service.confirm_email(tokens[-1])
    assert "U krijgt nu alleen ontvangstbevestigingen." in tekst_van(client.get(MELDINGEN))
    client.post(MELDINGEN, {**GOED, "wanneer_ontvangst": "nooit"})
    tekst = tekst_van(client.get(MELDINGEN))
    assert "U krijgt nu geen e-mails. U heeft uitgezet" in tekst
    assert f'href="{GEGEVENS}">Naar Mijn Gegevens</a>' in bron_van(client.get(MELDINGEN))


@pytest.mark.parametrize("pad", ["/mijn/", GEGEVENS, MELDINGEN])
def test_an_address_that_does_not_work_is_shown_after_logging_in(kapot, pad):
    html, tekst = bron_van(client_van().get(pad)), tekst_van(client_van().get(pad))
    assert f"Uw e-mailadres werkt niet: {ADRES}" in tekst
    assert "komen onze e-mails bij u niet aan." in tekst
    assert f'action="{KLOPT}"' in html
    assert ("Wijzig uw e-mailadres</span></a>" in html) == (pad != GEGEVENS)


@pytest.mark.parametrize("pad", ["/mijn/", GEGEVENS, MELDINGEN])
def test_an_address_that_works_has_no_alert(bevestigd, pad):
    assert "werkt niet" not in tekst_van(client_van().get(pad))


def test_another_does_not_see_that_my_address_is_dead(kapot):
    assert "werkt niet" not in tekst_van(client_van(inwoner(ANDER)).get("/mijn/"))


def test_an_address_that_is_right_after_all_works_again_with_its_link(kapot, tokens):
    client = client_van()
    with op_moment(nu() + timedelta(minutes=2)):
        antwoord = client.post(KLOPT)
        assert (antwoord.status_code, antwoord["Location"]) == (303, GEGEVENS)
        tekst = tekst_van(client.get(GEGEVENS))
        assert "Wij hebben een e-mail gestuurd naar uw adres." in tekst
        assert f"Bevestig nog uw e-mailadres {ADRES}." in tekst
        assert "Tot die tijd gebruiken wij" not in tekst
        assert f'action="{KLOPT}"' not in bron_van(client.get("/mijn/")), "one link is enough"
        Client().post(f"/bevestigen/{tokens[-1]}/")
        assert "werkt niet" not in tekst_van(client.get("/mijn/"))
    assert bereik().werkt


def test_saving_the_form_with_the_same_address_keeps_that_link_waiting(kapot, tokens):
    client = client_van()
    with op_moment(nu() + timedelta(minutes=2)):
        client.post(KLOPT)
        client.post(GEGEVENS, {"email": ADRES, "telefoon": "0612345678", "wil_mail": "ja"})
        Client().post(f"/bevestigen/{tokens[-1]}/")
    assert bereik().werkt


def test_another_address_waits_for_its_own_link(kapot, tokens):
    client = client_van()
    client.post(GEGEVENS, {"email": "nieuw@voorbeeld.nl", "telefoon": "", "wil_mail": "ja"})
    html, tekst = bron_van(client.get("/mijn/")), tekst_van(client.get("/mijn/"))
    assert "die wij naar uw nieuwe adres hebben gestuurd." in tekst
    assert f'action="{KLOPT}"' not in html
    Client().post(f"/bevestigen/{tokens[-1]}/")
    assert "werkt niet" not in tekst_van(client.get("/mijn/"))


def test_asking_for_the_link_too_often_or_for_nothing_is_said(bevestigd, tokens):
    client = client_van()
    assert client.get(KLOPT)["Location"] == GEGEVENS
    client.post(KLOPT)
    assert "Er is geen e-mailadres dat u nog moet bevestigen." in tekst_van(client.get(GEGEVENS))
    service.mark_dead_address(partij_van(inwoner()).profiel_key, ADRES, "5.1.1")
    client.post(KLOPT)
    assert "Wacht een minuut" in tekst_van(client.get(GEGEVENS))
    assert len(tokens) == 1
