"""What the mails say: enough to act on, nothing that names somebody."""

from datetime import date

import pytest
from django.conf import settings
from django.template import engines
from django.template.backends.jinja2 import Jinja2

from eloket.notifications.mails import ONDERWERPEN, Brief, build
from eloket.notifications.types import NotificatieSoort
from tests.unit.notifications.zaken import GEHEIM, MOMENT

ALLE = list(NotificatieSoort)
BASIS = "https://loket.gemeente.example"
LINKS = {
    NotificatieSoort.ADRES_BEVESTIGEN: "/bevestigen/geheim-token_1/",
    NotificatieSoort.ADRES_GEWIJZIGD: "/mijn/gegevens/",
    NotificatieSoort.FORMULIER_HERINNERING: "/mijn/zaken/",
    NotificatieSoort.MELDING_ONTVANGEN: "/loket/volgen/",
}
OVER_ZAAK = [s for s in ALLE if s not in LINKS]
GEEN_VRAAG_OVER_ADRES = [s for s in ALLE if not s.name.startswith("ADRES")]


def brief(soort: NotificatieSoort) -> Brief:
    return Brief(
        id="0b6f7d58-0000-4000-8000-000000000000",
        soort=soort,
        aan="j@voorbeeld.nl",
        onderwerp=ONDERWERPEN[soort],
        context={"deadline": date(2026, 12, 1).isoformat(), "ontvangen_op": MOMENT.isoformat()},
        zaak_ref="register-a1b2",
        token="geheim-token_1",
        basis=BASIS,
    )


def parts(soort: NotificatieSoort) -> tuple[str, str]:
    mail = build(brief(soort))
    html = mail.alternatives[0][0]
    assert isinstance(html, str)
    return str(mail.body), html


@pytest.mark.parametrize("soort", ALLE)
def test_every_kind_has_a_subject_a_text_and_html_with_the_same_link(soort):
    tekst, html = parts(soort)
    assert ONDERWERPEN[soort] in html
    assert settings.ELOKET.gemeente in tekst
    assert settings.ELOKET.gemeente in html
    link = BASIS + LINKS.get(soort, "/mijn/zaken/register-a1b2/")
    assert link in tekst.splitlines()
    assert f'href="{link}"' in html
    assert '<html lang="nl">' in html
    assert " style=" not in html
    assert "\n\n\n" not in tekst


@pytest.mark.parametrize("soort", OVER_ZAAK)
def test_a_mail_about_a_zaak_links_to_it_and_says_how_to_stop(soort):
    tekst, html = parts(soort)
    for deel in (tekst, html):
        assert "https://loket.gemeente.example/mijn/zaken/register-a1b2/" in deel
        assert "https://loket.gemeente.example/mijn/gegevens/" in deel
        assert "uitzetten" in deel


@pytest.mark.parametrize("soort", ALLE)
def test_no_mail_names_anybody_or_anything(soort):
    mail = build(brief(soort))
    for deel in (*parts(soort), str(mail.subject)):
        assert not [
            woord for woord in (*GEHEIM, "j@voorbeeld.nl", "zaaknummer") if woord.lower() in deel.lower()
        ]
        assert ("geheim-token_1" in deel) == (
            soort is NotificatieSoort.ADRES_BEVESTIGEN and deel != mail.subject
        )


@pytest.mark.parametrize("soort", GEEN_VRAAG_OVER_ADRES)
def test_a_mail_says_whether_a_reaction_is_expected(soort):
    """Awb 2:10 lid 2."""
    for deel in parts(soort):
        assert "reageren" in deel or "reactie" in deel or "reageert" in deel


def test_asking_for_a_document_names_the_last_day():
    for deel in parts(NotificatieSoort.DOCUMENT_GEVRAAGD):
        assert "tot en met 1 december 2026" in deel


@pytest.mark.parametrize("soort", [NotificatieSoort.ZAAK_ONTVANGEN, NotificatieSoort.MELDING_ONTVANGEN])
def test_the_confirmation_of_receipt_names_the_moment(soort):
    for deel in parts(soort):
        assert "3 november 2026, 10.12 uur" in deel


def test_the_reminder_of_a_form_names_the_day_that_it_goes_and_how_to_stop_the_mails():
    for deel in parts(NotificatieSoort.FORMULIER_HERINNERING):
        assert "tot 1 december 2026" in deel
        assert "/mijn/gegevens/" in deel


def test_the_receipt_without_a_login_says_why_it_came_and_asks_for_no_login():
    for deel in parts(NotificatieSoort.MELDING_ONTVANGEN):
        assert "omdat iemand dit e-mailadres heeft ingevuld" in deel
        assert "/mijn/" not in deel


def test_sending_again_gives_the_same_message_id():
    eerste, tweede = (build(brief(NotificatieSoort.STATUS_GEWIJZIGD)).message() for _ in range(2))
    assert eerste["Message-ID"] == "<0b6f7d58-0000-4000-8000-000000000000@loket.gemeente.example>"
    assert tweede["Message-ID"] == eerste["Message-ID"]
    assert eerste["Auto-Submitted"] == "auto-generated"


def test_the_text_is_text_and_not_escaped_for_html(monkeypatch):
    motor = engines["jinja2"]
    assert isinstance(motor, Jinja2)
    monkeypatch.setitem(motor.env.globals, "gemeente", "Gemeente 's-Hertogenbosch & co")
    tekst, html = parts(NotificatieSoort.STATUS_GEWIJZIGD)
    assert "Gemeente 's-Hertogenbosch & co" in tekst
    assert "&amp; co" in html
