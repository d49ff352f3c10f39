"""A functional manager words the mails: sees them first, loses nothing typed, overwrites nobody."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from eloket.identity.models import Medewerker
from eloket.identity.testing import log_in
from eloket.identity.types import Actor, Recht
from eloket.notifications.mail import mailteksten
from eloket.notifications.mail.mailsoorten import MailTekst, mailsoort
from eloket.notifications.models import MailTekstRegel
from eloket.notifications.types import NotificatieSoort
from tests.unit.identity.klokken import Klok
from tests.web.test_beheer_paginas import fields
from tests.web.werkplek import build_stadhuis, client_of, text_of

pytestmark = pytest.mark.django_db
LIJST = "/werkplek/beheer/mailteksten/"
PAD = f"{LIJST}document_gevraagd/nl/"
EIGEN = {
    "onderwerp": "Stuur ons nog iets",
    "tekst": "Stuur het document.\r\n\r\n{reactie} Dat kan tot en met {termijn}.",
    "knop_tekst": "Stuur het document",
}
BEWAARD = MailTekst(
    "Stuur ons nog iets",
    ("Stuur het document.", "{reactie} Dat kan tot en met {termijn}."),
    "Stuur het document",
)


@pytest.fixture
def mila() -> Actor:
    huis = build_stadhuis()
    Medewerker.objects.filter(subject="m-1").update(rechten=[recht.value for recht in Recht])
    return replace(huis.mila, rechten=frozenset(Recht))


@pytest.fixture
def client(mila: Actor) -> Client:
    return client_of(mila)


def form(client: Client, pad: str = PAD) -> dict[str, str | list[str]]:
    return fields(text_of(client.get(pad)))


def voorbeeld(html: str) -> str:
    """The part of the page that shows the mail."""
    return html.partition('id="voorbeeld"')[2].partition("</section>")[0]


def own() -> MailTekst | None:
    return mailteksten.get_tekst("document_gevraagd", "nl").eigen


def test_every_kind_stands_in_the_list_in_both_languages_with_which_ones_are_own(client: Client):
    html = text_of(client.get(LIJST))
    for soort in NotificatieSoort:
        for taal in ("nl", "en"):
            assert f'href="{LIJST}{soort.value}/{taal}/"' in html
    assert 'lang="en">We need a document from you<' in html
    assert "Eigen tekst" not in html
    client.post(PAD, {**form(client), **EIGEN})
    assert text_of(client.get(LIJST)).count(">Eigen tekst<") == 1


def test_a_text_is_worded_seen_and_taken_back(client: Client):
    product = form(client)
    assert product["onderwerp"] == "Wij hebben een document van u nodig"
    antwoord = client.post(PAD, {**product, **EIGEN})
    assert (antwoord.status_code, antwoord["Location"]) == (303, PAD)
    assert own() == BEWAARD
    html = text_of(client.get(PAD))
    assert "Dit is de e-mail die wij nu versturen" in html
    assert "Stuur het document." in voorbeeld(html)
    terug = client.post(f"{PAD}terugzetten/", {"merk": fields(html)["merk"]})
    assert terug.status_code == 303
    assert own() is None
    assert form(client)["tekst"] == product["tekst"]
    assert "terugzetten" not in text_of(client.get(PAD))


def test_the_mail_is_seen_before_it_is_kept_and_nothing_is_kept(client: Client):
    antwoord = client.post(PAD, {**form(client), **EIGEN, "knop": "voorbeeld"})
    html = text_of(antwoord)
    assert antwoord.status_code == 200
    assert "Het is nog niet bewaard." in html
    mail = voorbeeld(html)
    assert "Stuur ons nog iets" in mail
    assert re.search(r"Wij verwachten dat u reageert\. Dat kan tot en met \d+ \w+ \d{4}\.", mail)
    assert "{termijn}" not in mail
    assert "/mijn/zaken/voorbeeld/" in mail
    assert not MailTekstRegel.objects.exists()
    assert fields(html)["tekst"] == EIGEN["tekst"].replace("\r\n", "\n")


def test_what_was_looked_at_can_be_kept_after_that(client: Client):
    gezien = fields(text_of(client.post(PAD, {**form(client), **EIGEN, "knop": "voorbeeld"})))
    assert client.post(PAD, gezien).status_code == 303
    assert own() == BEWAARD


@pytest.mark.parametrize("knop", ["", "voorbeeld"])
def test_a_text_that_may_not_be_sent_says_why_keeps_what_was_typed_and_shows_no_mail(
    client: Client, knop: str
):
    fout = {"onderwerp": "", "tekst": "Ga naar www.voorbeeld.nl", "knop_tekst": "Bel 0612345678"}
    antwoord = client.post(PAD, {**form(client), **fout, **({"knop": knop} if knop else {})})
    html = text_of(antwoord)
    assert antwoord.status_code == 422
    for zin in ("Vul een onderwerp in.", "In de tekst moet nog staan: {reactie}", "Zet geen lang nummer"):
        assert zin in html
    assert "Ga naar www.voorbeeld.nl" in html
    assert 'href="#knop_tekst"' in html
    assert own() is None
    assert ("Zo ziet de e-mail eruit" in html) == (not knop)


def test_two_managers_who_word_the_same_mail(client: Client, mila: Actor):
    velden = form(client)
    mailteksten.save_tekst(mila, "document_gevraagd", "nl", BEWAARD)
    antwoord = client.post(PAD, {**velden, "knop_tekst": "Van mij"})
    html = text_of(antwoord)
    assert antwoord.status_code == 409
    assert "Van mij" in html
    assert "Stuur ons nog iets" in html
    assert own() == BEWAARD
    assert client.post(f"{PAD}terugzetten/", {"merk": velden["merk"]}).status_code == 303
    assert own() == BEWAARD
    assert "Er is niets teruggezet" in text_of(client.get(PAD))


def test_looking_at_it_does_not_hide_that_a_colleague_changed_it(client: Client, mila: Actor):
    velden = form(client)
    mailteksten.save_tekst(mila, "document_gevraagd", "nl", BEWAARD)
    gezien = fields(text_of(client.post(PAD, {**velden, "knop": "voorbeeld"})))
    assert client.post(PAD, gezien).status_code == 409


@pytest.mark.parametrize("knop", ["", "voorbeeld"])
def test_what_was_typed_survives_an_ended_session(client: Client, monkeypatch: pytest.MonkeyPatch, knop: str):
    velden = form(client)
    Klok(monkeypatch).ga_verder(minutes=16)
    client.post(PAD, {**velden, "terug": PAD, **EIGEN, "knop": knop})
    assert log_in(client, medewerker="m-1") == PAD
    assert form(client)["onderwerp"] == EIGEN["onderwerp"]
    assert own() is None


def test_a_text_that_the_product_has_outgrown_says_so(client: Client):
    MailTekstRegel.objects.create(
        soort="document_gevraagd", taal="nl", onderwerp="Oud", tekst="Zonder de wet.", knop="Ga"
    )
    html = text_of(client.get(PAD))
    assert "mag zo niet meer verstuurd worden" in html
    assert "Zonder de wet." in html
    assert "Zonder de wet." not in voorbeeld(html)
    lijst = text_of(client.get(LIJST))
    assert "Eigen tekst klopt niet meer" in lijst
    assert mailsoort(NotificatieSoort.DOCUMENT_GEVRAAGD).nl.onderwerp in lijst


def test_the_mail_itself_is_shown_with_only_its_own_style(client: Client):
    antwoord = client.get(f"{PAD}opmaak/")
    html = text_of(antwoord)
    assert html.startswith("<!doctype html>")
    assert "Wij hebben een document van u nodig" in html
    beleid = antwoord["Content-Security-Policy"]
    assert "default-src 'none'" in beleid
    assert "sandbox" in beleid
    assert "unsafe" not in beleid
    assert re.search(r"style-src 'sha256-[\w+/=]+';", beleid)


@pytest.mark.parametrize("pad", ["status/nl/", "document_gevraagd/fr/", "document_gevraagd/nl-NL/"])
@pytest.mark.parametrize("deel", ["", "opmaak/", "terugzetten/"])
def test_what_is_no_mail_is_404(client: Client, pad: str, deel: str):
    antwoord = client.post(LIJST + pad + deel) if deel == "terugzetten/" else client.get(LIJST + pad + deel)
    assert antwoord.status_code == 404
