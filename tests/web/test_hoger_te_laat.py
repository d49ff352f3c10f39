"""Logging in at a higher level that takes longer than a session lasts: an ID-check does. Nothing typed is lost."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from eloket.identity.models import Sessie
from eloket.identity.testing import in_process_provider, log_in
from eloket.zaken.types import Zaak
from tests.saml.aansluiting import begin as begin_saml
from tests.saml.aansluiting import dienst, idp, kom_terug, probeer
from tests.saml.idp import Idp
from tests.unit.identity.klokken import Klok
from tests.web.portaal import tekst_van
from tests.web.test_hoger import FATIMA, JEROEN, bron, gestuurd_naar, hoger, pad_van, zaak

__all__ = ["bron", "dienst", "idp", "zaak"]  # the fixtures

pytestmark = pytest.mark.django_db
GETYPT = "Dit heb ik lang zitten typen."
BEWAARD = "Wat u heeft getypt, is bewaard."
MEENEMEN = "/mijn/gegevens/meenemen/"
STAAT_ER_NOG = "Uw tekst staat er nog."


@pytest.fixture
def klok(monkeypatch: pytest.MonkeyPatch) -> Klok:
    return Klok(monkeypatch)


def stuur(client: Client, zaak: Zaak) -> None:
    """Jeroen writes a message, and reads that he must log in higher first."""
    antwoord = client.post(f"{pad_van(zaak)}berichten/", {"bericht": GETYPT, "terug": pad_van(zaak)})
    assert gestuurd_naar(antwoord) == ("/inloggen/hoger/", hoger(pad_van(zaak)))
    assert BEWAARD in tekst_van(client.get(antwoord["Location"]))


def ga_naar_de_dienst(client: Client, zaak: Zaak) -> str:
    """The `state` with which an OpenID Connect provider would send him back."""
    vraag = {"terug": pad_van(zaak), "zekerheid": "substantieel"}
    with in_process_provider():
        naar = client.get("/inloggen/digid/", vraag)["Location"]
    return parse_qs(urlsplit(naar).query)["state"][0]


def hoger_in(client: Client, terug: str = "") -> str:
    return log_in(client, bsn=JEROEN, terug=terug, zekerheid="substantieel")


def check_tekst_er_nog(client: Client, zaak: Zaak, *, is_gezegd: bool = True) -> None:
    tekst = tekst_van(client.get(pad_van(zaak)))
    assert GETYPT in tekst
    assert (STAAT_ER_NOG in tekst) is is_gezegd


def test_back_from_the_provider_after_16_minutes_he_logs_in_again_and_goes_on(
    zaak: Zaak, client: Client, klok: Klok
):
    log_in(client, bsn=JEROEN)
    stuur(client, zaak)
    state = ga_naar_de_dienst(client, zaak)
    klok.ga_verder(minutes=16)
    terug = client.get("/inloggen/terug/", {"code": "abc", "state": state})
    assert terug["Location"] == "/inloggen/"
    tekst = tekst_van(client.get("/inloggen/"))
    assert "Inloggen is niet gelukt." in tekst
    assert BEWAARD in tekst
    assert hoger_in(client) == pad_van(zaak)
    check_tekst_er_nog(client, zaak)


def test_so_does_he_with_saml(zaak: Zaak, client: Client, klok: Klok, idp: Idp):
    assert probeer(client, idp) == "/mijn/"
    stuur(client, zaak)
    vraag, merk = begin_saml(client, idp, terug=pad_van(zaak), zekerheid="substantieel")
    klok.ga_verder(minutes=16)
    assert kom_terug(client, idp.answer(vraag), merk).headers["Location"] == "/inloggen/"
    assert BEWAARD in tekst_van(client.get("/inloggen/"))
    vraag, merk = begin_saml(client, idp, zekerheid="substantieel")
    assert kom_terug(client, idp.answer(vraag), merk).headers["Location"] == pad_van(zaak)
    check_tekst_er_nog(client, zaak)


def test_he_may_wait_on_the_page_that_asks_for_it(zaak: Zaak, client: Client, klok: Klok):
    log_in(client, bsn=JEROEN)
    stuur(client, zaak)
    klok.ga_verder(minutes=16)
    assert hoger_in(client, terug=pad_van(zaak)) == pad_van(zaak)
    check_tekst_er_nog(client, zaak)


def test_also_with_saml(zaak: Zaak, client: Client, klok: Klok, idp: Idp):
    probeer(client, idp)
    stuur(client, zaak)
    klok.ga_verder(minutes=16)
    vraag, merk = begin_saml(client, idp, terug=pad_van(zaak), zekerheid="substantieel")
    assert kom_terug(client, idp.answer(vraag), merk).headers["Location"] == pad_van(zaak)
    check_tekst_er_nog(client, zaak)


def test_also_when_he_loads_that_page_again_and_reads_that_he_is_logged_out(
    zaak: Zaak, client: Client, klok: Klok
):
    log_in(client, bsn=JEROEN)
    stuur(client, zaak)
    klok.ga_verder(minutes=16)
    weg = client.get("/inloggen/hoger/", {"terug": pad_van(zaak), "zekerheid": "substantieel"})
    assert weg["Location"] == "/inloggen/"
    assert BEWAARD in tekst_van(client.get("/inloggen/"))
    assert client.get(hoger_in(client))["Location"] == pad_van(zaak)
    check_tekst_er_nog(client, zaak, is_gezegd=False)


def test_who_then_logs_in_as_low_as_before_is_asked_again_and_still_has_it(
    zaak: Zaak, client: Client, klok: Klok
):
    log_in(client, bsn=JEROEN)
    stuur(client, zaak)
    klok.ga_verder(minutes=16)
    assert log_in(client, bsn=JEROEN) == pad_van(zaak)
    assert gestuurd_naar(client.get(pad_van(zaak))) == ("/inloggen/hoger/", hoger(pad_van(zaak)))
    klok.ga_verder(minutes=16)
    assert hoger_in(client, terug=pad_van(zaak)) == pad_van(zaak)
    check_tekst_er_nog(client, zaak)


@pytest.mark.parametrize("is_begonnen", [True, False], ids=["onderweg", "op-de-pagina"])
@pytest.mark.parametrize("wie", [{"bsn": FATIMA}, {"kvk": "69599084"}])
def test_another_person_in_that_browser_gets_nothing_of_it(
    zaak: Zaak, client: Client, klok: Klok, wie: dict[str, str], is_begonnen: bool
):
    log_in(client, bsn=JEROEN)
    stuur(client, zaak)
    if is_begonnen:
        state = ga_naar_de_dienst(client, zaak)
        klok.ga_verder(minutes=16)
        client.get("/inloggen/terug/", {"code": "abc", "state": state})
    else:
        klok.ga_verder(minutes=16)
    assert log_in(client, bsn=wie.get("bsn", ""), kvk=wie.get("kvk", "")) == "/mijn/"
    assert GETYPT not in str(dict(client.session))
    assert str(zaak.ref) not in str(dict(client.session))
    client.post("/uitloggen/")
    assert hoger_in(client) == "/mijn/"
    assert GETYPT not in tekst_van(client.get(pad_van(zaak)))


def test_another_person_who_comes_back_by_saml_gets_nothing_of_it(
    zaak: Zaak, client: Client, klok: Klok, idp: Idp
):
    probeer(client, idp)
    stuur(client, zaak)
    klok.ga_verder(minutes=16)
    idp.velden = {"name_id": f"s00000000:{FATIMA}"}
    vraag, merk = begin_saml(client, idp, terug=pad_van(zaak), zekerheid="substantieel")
    assert kom_terug(client, idp.answer(vraag), merk).headers["Location"] == "/mijn/"
    assert GETYPT not in str(dict(client.session))


def test_after_an_hour_it_is_gone(zaak: Zaak, client: Client, klok: Klok):
    log_in(client, bsn=JEROEN)
    stuur(client, zaak)
    klok.ga_verder(minutes=61)
    assert hoger_in(client, terug=pad_van(zaak)) == pad_van(zaak)
    assert GETYPT not in tekst_van(client.get(pad_van(zaak)))


def test_logging_out_everywhere_drops_it(zaak: Zaak, client: Client, klok: Klok):
    log_in(client, bsn=JEROEN)
    stuur(client, zaak)
    klok.ga_verder(minutes=16)
    ga_naar_de_dienst(client, zaak)
    telefoon = Client()
    log_in(telefoon, bsn=JEROEN)
    telefoon.post("/uitloggen/")
    assert not Sessie.objects.exclude(actor_key="").exists()
    assert hoger_in(client, terug=pad_van(zaak)) == pad_van(zaak)
    assert GETYPT not in tekst_van(client.get(pad_van(zaak)))


@pytest.mark.parametrize("hoe", ["begonnen", "geannuleerd"])
def test_a_login_after_one_that_never_came_leads_where_it_says(zaak: Zaak, client: Client, hoe: str):
    log_in(client, bsn=JEROEN)
    stuur(client, zaak)
    if hoe == "begonnen":
        ga_naar_de_dienst(client, zaak)
    else:
        log_in(client, bsn=JEROEN, terug=pad_van(zaak), zekerheid="substantieel", keuze="annuleren")
    assert log_in(client, bsn=JEROEN, terug=MEENEMEN) == MEENEMEN
    assert STAAT_ER_NOG not in tekst_van(client.get(MEENEMEN))
    assert hoger_in(client, terug=pad_van(zaak)) == pad_van(zaak)
    check_tekst_er_nog(client, zaak)


def test_also_without_a_place_to_go_to(zaak: Zaak, client: Client):
    log_in(client, bsn=JEROEN)
    ga_naar_de_dienst(client, zaak)
    assert log_in(client, bsn=JEROEN) == "/mijn/"


def test_also_with_saml_and_after_the_session_ended(zaak: Zaak, client: Client, klok: Klok, idp: Idp):
    probeer(client, idp)
    begin_saml(client, idp, terug=pad_van(zaak), zekerheid="substantieel")
    assert probeer(client, idp, terug=MEENEMEN) == MEENEMEN
    begin_saml(client, idp, terug=pad_van(zaak), zekerheid="substantieel")
    klok.ga_verder(minutes=16)
    assert probeer(client, idp, terug=MEENEMEN) == MEENEMEN


def test_the_place_of_a_page_that_was_opened_after_the_session_ended_stays(
    zaak: Zaak, client: Client, klok: Klok
):
    """The login page says that they go on where they were."""
    log_in(client, bsn=JEROEN)
    ga_naar_de_dienst(client, zaak)
    klok.ga_verder(minutes=16)
    client.get("/mijn/berichten/")
    assert log_in(client, bsn=JEROEN) == "/mijn/berichten/"
