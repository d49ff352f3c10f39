"""Mijn Gegevens: contact details, their confirmation, and what the registers know."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from eloket.identity.testing import log_in, onderneming
from eloket.kernel import events
from eloket.kernel.klok import nu, op_moment
from eloket.profile import service
from eloket.profile.bron import personen_bron
from eloket.profile.events import AdresGewijzigd
from eloket.profile.queries import get_contact
from eloket.profile.testing import FakePersonenBron
from eloket.profile.types import ContactGegevens
from tests.huis import inwoner
from tests.unit.identity.klokken import Klok
from tests.web.portaal import ANDER, bron_van, client_van, tekst_van, titel_van

pytestmark = pytest.mark.django_db
GEGEVENS = "/mijn/gegevens/"
OPNIEUW = "/mijn/gegevens/opnieuw-bevestigen/"
GOED = {"email": "jeroen@voorbeeld.nl", "telefoon": "06 12345678", "wil_mail": "ja"}


@pytest.fixture(autouse=True)
def register():
    bron, vorige = FakePersonenBron(), personen_bron()
    service.configure(bron)
    yield bron
    service.configure(vorige)


@pytest.fixture
def tokens(monkeypatch: pytest.MonkeyPatch):
    """The tokens of the links that were mailed."""
    gevangen: list[str] = []

    def vang(event: AdresGewijzigd) -> None:
        gevangen.append(event.token)

    monkeypatch.setitem(events._subscribers, AdresGewijzigd, [vang])
    return gevangen


def contact() -> ContactGegevens:
    return get_contact(inwoner())


def test_the_form_has_the_words_of_the_explanation(register):
    html = bron_van(client_van().get(GEGEVENS))
    assert re.search(
        r'<label[^>]* for="wil_mail">Stuur mij een e-mail bij wijzigingen in mijn zaken</label>', html
    )
    assert re.search(r'<button[^>]*type="submit"><span class="nl-button__label">Opslaan</span>', html)
    assert html.count('type="checkbox"') == 1


def test_saved_details_stand_in_the_form(tokens):
    client = client_van()
    antwoord = client.post(GEGEVENS, GOED)
    assert (antwoord.status_code, antwoord["Location"]) == (303, GEGEVENS)
    pagina = client.get(GEGEVENS)
    html = bron_van(pagina)
    assert "Uw gegevens zijn opgeslagen." in html
    assert 'value="jeroen@voorbeeld.nl"' in html
    assert 'value="06 12 34 56 78"' in html
    assert re.search(r'id="wil_mail"[^>]* checked', html)
    assert contact().wil_mail


def test_both_errors_at_once_and_the_typed_text_stays(register):
    antwoord = client_van().post(
        GEGEVENS, {"email": 'j.vandrouwen@"voorbeeld', "telefoon": "06 1234 56", "wil_mail": "ja"}
    )
    html = bron_van(antwoord)
    assert antwoord.status_code == 422
    assert titel_van(antwoord).startswith("Fout: Mijn Gegevens")
    assert "Er zijn 2 fouten. Uw wijzigingen zijn nog niet opgeslagen." in html
    for veld, tekst in (
        ("email", "Vul een volledig e-mailadres in, bijvoorbeeld naam@voorbeeld.nl"),
        ("telefoon", "Vul een telefoonnummer in van 10 cijfers"),
    ):
        assert f'<a href="#{veld}">{tekst}</a>' in html
        assert html.count(tekst) == 2
        assert re.search(rf'id="{veld}"[^>]*aria-describedby="[^"]*{veld}-f" aria-invalid="true"', html)
    assert 'value="j.vandrouwen@&#34;voorbeeld"' in html
    assert 'value="06 1234 56"' in html
    assert re.search(r'id="wil_mail"[^>]* checked', html)
    assert "data-focus" in html
    assert contact().telefoon == ""


def test_one_error_is_one():
    html = bron_van(client_van().post(GEGEVENS, {"email": "", "telefoon": "1"}))
    assert "Er is 1 fout. Uw wijzigingen zijn nog niet opgeslagen." in html


def test_mail_without_an_address_asks_for_one_first():
    antwoord = client_van().post(GEGEVENS, {"email": "", "telefoon": "", "wil_mail": "ja"})
    assert antwoord.status_code == 422
    assert "Vul eerst een e-mailadres in." in tekst_van(antwoord)


def test_a_new_address_waits_for_its_link(tokens):
    client = client_van()
    client.post(GEGEVENS, GOED)
    assert "Bevestig nog uw e-mailadres jeroen@voorbeeld.nl." in tekst_van(client.get(GEGEVENS))
    client.post(OPNIEUW)
    assert "Wij hebben u net een e-mail gestuurd." in tekst_van(client.get(GEGEVENS))
    with op_moment(nu() + timedelta(minutes=2)):
        client.post(OPNIEUW)
        assert "Wij hebben de link opnieuw gestuurd." in tekst_van(client.get(GEGEVENS))
    assert len(tokens) == 2


def test_the_link_confirms_after_a_press_of_the_button(tokens):
    client_van().post(GEGEVENS, GOED)
    link, vreemde = f"/bevestigen/{tokens[0]}/", Client()
    assert "Bevestig mijn e-mailadres" in tekst_van(vreemde.get(link))
    assert contact().email == ""  # opening changes nothing
    antwoord = vreemde.post(link)
    assert antwoord.status_code == 303
    assert "Uw e-mailadres is bevestigd." in tekst_van(vreemde.get(antwoord["Location"]))
    assert "was al bevestigd" in tekst_van(vreemde.get(link))
    assert contact().email == "jeroen@voorbeeld.nl"
    assert "Bevestig nog" not in tekst_van(client_van().get(GEGEVENS))


@pytest.mark.parametrize("methode", ["get", "post"])
def test_a_link_that_does_not_work_says_what_to_do(methode):
    antwoord = getattr(Client(), methode)("/bevestigen/nooit-verstuurd/")
    assert antwoord.status_code == 404
    assert "Deze link werkt niet meer." in tekst_van(antwoord)
    assert "Daar kunt u een nieuwe link vragen." in tekst_van(antwoord)


def test_the_register_data_of_a_resident():
    tekst = tekst_van(client_van().get(GEGEVENS))
    assert (
        "Deze gegevens komen uit de Basisregistratie Personen (BRP). U kunt ze hier niet wijzigen." in tekst
    )
    assert "Voornamen Jeroen Pieter Achternaam van Drouwen Geboortedatum 1 april 1979" in tekst
    assert "Burgerservicenummer 9999 90 019" in tekst
    assert "Straat en huisnummer Lindelaan 12 Postcode en woonplaats 1234 AB Voorbeeld" in tekst


def test_the_register_data_of_a_business_and_its_branch():
    heel = tekst_van(client_van(onderneming()).get(GEGEVENS))
    assert "Handelsnaam Bakkerij De Korenaar B.V. KvK-nummer 69599084" in heel
    assert "Vestiging" not in heel
    markt = tekst_van(client_van(onderneming(vestigingsnummer="000038509504")).get(GEGEVENS))
    assert "Vestiging De Korenaar Markt Vestigingsnummer 000038509504" in markt
    assert "Burgerservicenummer" not in markt


def test_a_failing_register_costs_only_its_own_part(register, tokens):
    register.is_onbereikbaar = True
    client = client_van()
    antwoord = client.get(GEGEVENS)
    assert antwoord.status_code == 200
    assert "Wij kunnen deze gegevens nu niet ophalen. Dat ligt aan ons." in tekst_van(antwoord)
    assert client.post(GEGEVENS, GOED).status_code == 303


def test_somebody_the_register_does_not_know():
    assert "Wij kunnen uw gegevens niet vinden in het register." in tekst_van(
        client_van(inwoner(ANDER)).get(GEGEVENS)
    )


def test_the_bsn_is_on_this_page_only():
    client = client_van()
    for pad in ("/mijn/", "/mijn/zaken/", "/mijn/taken/", "/mijn/berichten/"):
        assert not re.search(r"9999 ?90 ?019", bron_van(client.get(pad)))


def test_what_was_typed_survives_an_ended_session(monkeypatch):
    client, klok = client_van(), Klok(monkeypatch)
    klok.ga_verder(minutes=16)
    client.post(GEGEVENS, {**GOED, "terug": GEGEVENS})
    assert log_in(client, bsn="999990019") == GEGEVENS
    html = bron_van(client.get(GEGEVENS))
    assert 'value="jeroen@voorbeeld.nl"' in html
    assert 'value="06 12345678"' in html
    assert re.search(r'id="wil_mail"[^>]* checked', html)
    assert contact().email_in_formulier == ""


def test_another_does_not_see_or_change_mine(tokens):
    client_van().post(GEGEVENS, GOED)
    ander = client_van(inwoner(ANDER))
    assert "jeroen@voorbeeld.nl" not in bron_van(ander.get(GEGEVENS))
    ander.post(GEGEVENS, {"email": "", "telefoon": ""})
    assert contact().email_in_formulier == "jeroen@voorbeeld.nl"
