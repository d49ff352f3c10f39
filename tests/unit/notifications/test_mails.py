"""What a mail about one thing says: enough to act on, in two languages, nothing that names somebody."""

import re
from email import message_from_bytes, policy

import pytest
from django.conf import settings
from django.template import engines
from django.template.backends.jinja2 import Jinja2

from eloket.notifications.mail.mailsoorten import MailTekst, Reactie, Waarom, mailsoort
from eloket.notifications.mail.maken import build, compose
from eloket.notifications.rubrieken import rubriek_van
from eloket.notifications.types import NotificatieSoort
from eloket.profile.types import Taal
from tests.unit.notifications.brieven import BASIS, CONTEXT, brief, melding, parts
from tests.unit.notifications.zaken import GEHEIM, MOMENT

pytestmark = pytest.mark.django_db

ALLE = [(soort, taal) for soort in NotificatieSoort for taal in Taal]
LINKS = {
    NotificatieSoort.ADRES_BEVESTIGEN: "/bevestigen/geheim-token_1/",
    NotificatieSoort.ADRES_GEWIJZIGD: "/mijn/gegevens/",
    NotificatieSoort.MAIL_GESTOPT: "/mijn/gegevens/",
    NotificatieSoort.FORMULIER_HERINNERING: "/mijn/zaken/",
    NotificatieSoort.MELDING_ONTVANGEN: "/loket/volgen/",
    NotificatieSoort.MACHTIGING_AANVAARD: "/mijn/machtigingen/",
    NotificatieSoort.MACHTIGING_GEEINDIGD: "/mijn/machtigingen/",
    NotificatieSoort.EXPORT_KLAAR: "/mijn/gegevens/meenemen/",
}
MET_KEUZE = [een for een in ALLE if rubriek_van(een[0])]
GEVRAAGD = [een for een in ALLE if mailsoort(een[0]).reactie is Reactie.GEVRAAGD]


@pytest.mark.parametrize(("soort", "taal"), ALLE)
def test_every_kind_has_a_subject_a_text_and_html_with_the_same_link(soort, taal):
    onderwerp, tekst, html = parts(brief(soort, taal=taal))
    assert onderwerp == mailsoort(soort).deel(taal).onderwerp
    assert f"<h1>{onderwerp}</h1>" in html.replace("&#39;", "'")
    assert settings.ELOKET.gemeente in tekst
    assert settings.ELOKET.gemeente in html
    link = BASIS + LINKS.get(soort, "/mijn/zaken/register-a1b2/")
    assert link in tekst.splitlines()
    assert f'href="{link}"' in html
    assert f'<html lang="{taal.value}">' in html
    assert " style=" not in html
    assert "\n\n\n" not in tekst
    assert not re.search(r"[{}]", tekst + onderwerp + re.sub(r"<style>.*</style>", "", html, flags=re.DOTALL))


# These come also to who chose for no mail at all: they did not ask for it.
ONTVANGEN = {NotificatieSoort.ONTVANGST, NotificatieSoort.ZAAK_ONTVANGEN}


@pytest.mark.parametrize(("soort", "taal"), MET_KEUZE)
def test_a_mail_that_somebody_chose_says_where_to_stop_it(soort, taal):
    _, tekst, html = parts(brief(soort, taal=taal))
    assert f"{BASIS}/mijn/gegevens/" in tekst.splitlines()
    assert f'href="{BASIS}/mijn/gegevens/"' in html
    nl, en = ("ons iets stuurde", "sent us something") if soort in ONTVANGEN else ("uitzetten", "turn it off")
    for deel in (tekst, html):
        assert (nl if taal is Taal.NL else en) in deel


@pytest.mark.parametrize(("soort", "taal"), ALLE)
def test_no_mail_names_anybody_or_anything(soort, taal):
    for deel in parts(brief(soort, taal=taal)):
        assert not [
            woord for woord in (*GEHEIM, "j@voorbeeld.nl", "zaaknummer") if woord.lower() in deel.lower()
        ]
    onderwerp, tekst, html = parts(brief(soort, taal=taal))
    assert "geheim-token_1" not in onderwerp
    for deel in (tekst, html):
        assert ("geheim-token_1" in deel) == (soort is NotificatieSoort.ADRES_BEVESTIGEN)


@pytest.mark.parametrize(
    ("soort", "taal"), [een for een in ALLE if mailsoort(een[0]).waarom is not Waarom.ADRES]
)
def test_a_mail_says_whether_a_reaction_is_expected(soort, taal):
    """Awb 2:10 lid 2."""
    _, tekst, html = parts(brief(soort, taal=taal))
    assert mailsoort(soort).deel(taal).reactie in tekst
    for deel in (tekst, html):
        assert re.search("reageren|reactie|reageert" if taal is Taal.NL else "reply", deel)


@pytest.mark.parametrize(("soort", "taal"), GEVRAAGD)
def test_who_must_react_reads_the_last_day(soort, taal):
    _, *delen = parts(brief(soort, taal=taal))
    for deel in delen:
        assert (
            "tot en met 1 december 2026" if taal is Taal.NL else "until 1 December 2026, that day"
        ) in deel


@pytest.mark.parametrize("soort", [s for s in NotificatieSoort if "ontvangen_op" in mailsoort(s).verplicht])
def test_a_confirmation_of_receipt_names_the_moment(soort):
    for taal, moment in ((Taal.NL, "3 november 2026, 10.12 uur"), (Taal.EN, "3 November 2026, 10:12")):
        _, *delen = parts(brief(soort, taal=taal))
        for deel in delen:
            assert moment in deel


def test_a_receipt_names_its_reference_and_leaves_the_sentence_out_when_there_is_none():
    _, *met = parts(brief(NotificatieSoort.ONTVANGST))
    _, *zonder = parts(
        brief(melding(NotificatieSoort.ONTVANGST, context={"ontvangen_op": MOMENT.isoformat()}))
    )
    for deel in met:
        assert "Het kenmerk is O-7F3A." in deel
    for deel in zonder:
        assert "kenmerk" not in deel.lower()
        assert "3 november 2026" in deel


def test_a_receipt_that_is_about_no_zaak_leads_to_the_own_details():
    _, tekst, _ = parts(brief(melding(NotificatieSoort.ONTVANGST, zaak_ref="")))
    assert f"{BASIS}/mijn/gegevens/" in tekst.splitlines()
    assert "/mijn/zaken/" not in tekst


def test_the_reminder_of_a_form_names_the_day_that_it_goes():
    _, *delen = parts(brief(NotificatieSoort.FORMULIER_HERINNERING))
    for deel in delen:
        assert "tot 1 december 2026" in deel


def test_the_receipt_without_a_login_says_why_it_came_and_asks_for_no_login():
    _, *delen = parts(brief(NotificatieSoort.MELDING_ONTVANGEN))
    for deel in delen:
        assert "omdat iemand dit e-mailadres heeft ingevuld" in deel
        assert "/mijn/" not in deel


def test_the_english_mail_has_no_dutch_opening_hours():
    assert settings.ELOKET.openingstijden in parts(brief(NotificatieSoort.STATUS_GEWIJZIGD))[1]
    tekst = parts(brief(NotificatieSoort.STATUS_GEWIJZIGD, taal=Taal.EN))[1]
    assert settings.ELOKET.openingstijden not in tekst
    assert settings.ELOKET.telefoon in tekst


def test_a_mail_without_what_its_text_must_say_is_never_half_a_sentence():
    with pytest.raises(ValueError, match="document_gevraagd mist 'termijn'"):
        build(brief(melding(NotificatieSoort.DOCUMENT_GEVRAAGD, context={})))


def test_sending_again_gives_the_same_message_id():
    eerste, tweede = (build(brief(NotificatieSoort.STATUS_GEWIJZIGD)).message() for _ in range(2))
    assert eerste["Message-ID"] == "<0b6f7d58-0000-4000-8000-000000000000@loket.gemeente.example>"
    assert tweede["Message-ID"] == eerste["Message-ID"]
    assert eerste["Auto-Submitted"] == "auto-generated"


def test_a_mail_that_can_be_stopped_without_a_login_says_so_to_people_and_to_mail_programs():
    """RFC 8058."""
    url = f"{BASIS}/afmelden/{'a' * 200}/"
    bericht = build(brief(NotificatieSoort.STATUS_GEWIJZIGD, afmeld_url=url))
    gelezen = message_from_bytes(bericht.message().as_bytes(), policy=policy.default)
    assert str(gelezen["List-Unsubscribe"]).replace(" ", "") == f"<{url}>"
    assert gelezen["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    _, tekst, html = parts(brief(NotificatieSoort.STATUS_GEWIJZIGD, afmeld_url=url))
    assert url in tekst.splitlines()
    assert f'<a href="{url}">Meld u af voor deze e-mails</a>' in html


def test_without_that_address_there_is_nothing_about_it():
    bericht = build(brief(NotificatieSoort.STATUS_GEWIJZIGD))
    assert "List-Unsubscribe" not in bericht.message()
    assert "Meld u af" not in str(bericht.body)


def test_the_text_is_text_and_not_escaped_for_html(monkeypatch):
    motor = engines["jinja2"]
    assert isinstance(motor, Jinja2)
    monkeypatch.setitem(motor.env.globals, "gemeente", "Gemeente 's-Hertogenbosch & co")
    _, tekst, html = parts(brief(NotificatieSoort.STATUS_GEWIJZIGD))
    assert "Gemeente 's-Hertogenbosch & co" in tekst
    assert "&amp; co" in html


def test_a_subject_with_other_letters_arrives_as_it_was_written():
    soort = NotificatieSoort.STATUS_GEWIJZIGD
    tekst = MailTekst("Één wijziging voor u: çáï 🙂", ("Kijk.",), "Bekijk")
    ruw = compose(brief(soort), {soort: tekst}).message().as_bytes()
    assert ruw.partition(b"\n\n")[0].isascii()
    assert message_from_bytes(ruw, policy=policy.default)["Subject"] == tekst.onderwerp


def test_what_is_filled_in_is_not_read_again():
    context = {**CONTEXT, "kenmerk": "{termijn} <b>"}
    _, tekst, html = parts(brief(melding(NotificatieSoort.ONTVANGST, context=context)))
    assert "Het kenmerk is {termijn} <b>." in tekst
    assert "Het kenmerk is {termijn} &lt;b&gt;." in html


def test_a_brief_shows_no_address_and_no_token_in_a_log():
    getoond = repr(brief(NotificatieSoort.ADRES_BEVESTIGEN, afmeld_url=f"{BASIS}/afmelden/geheim/"))
    assert "j@voorbeeld.nl" not in getoond
    assert "geheim" not in getoond
