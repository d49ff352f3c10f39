"""What somebody types as the text of a mail stays text: in the mail, in its headers, and on the pages that show it."""

import re
from email import message_from_bytes, policy

import pytest
from django.core import mail as postvak
from django.core.mail import get_connection

from eloket.identity.testing import medewerker
from eloket.identity.types import Recht
from eloket.notifications.mail import mailteksten
from eloket.notifications.mail.mailsoorten import MailTekst
from eloket.notifications.mail.maken import build, compose
from eloket.notifications.mail.tekstcontrole import parse_mailtekst
from eloket.notifications.models import MailTekstRegel
from eloket.notifications.types import Melding, NotificatieSoort
from tests.unit.notifications.brieven import brief
from tests.web.werkplek import client_of, text_of

pytestmark = pytest.mark.django_db
SOORT = NotificatieSoort.STATUS_GEWIJZIGD
PAD = "/werkplek/beheer/mailteksten/status_gewijzigd/nl/"
AANVAL = "</style></title><script>alert(1)</script><img src=x onerror=alert(1)>'\"&{reactie}"
KAAL = AANVAL.replace("{reactie}", "")
MILA = medewerker(rechten=tuple(Recht))


def is_inert(html: str) -> bool:
    """Nothing of the attack became an element or an attribute."""
    return not re.search(r"<script>alert|<img\b|onerror=alert\(1\)>(?!&)", html) and "&lt;script&gt;" in html


@pytest.fixture
def opgeslagen() -> None:
    """Around the service, as a hostile import or somebody in the database would."""
    MailTekstRegel.objects.create(soort=SOORT, taal="nl", onderwerp=KAAL[:100], tekst=AANVAL, knop=KAAL[:40])


def test_html_in_a_text_is_text_in_the_mail():
    mailteksten.save_tekst(MILA, SOORT, "nl", parse_mailtekst("<b>Let op</b>", AANVAL, "<i>Ga</i>"))
    mail = build(brief(SOORT))
    html = str(mail.alternatives[0][0])
    assert is_inert(html)
    assert "&lt;b&gt;Let op&lt;/b&gt;" in html
    assert html.count("<style>") == html.count("</style>") == 1
    assert KAAL in str(mail.body)  # the text version is text: nothing is escaped in it


@pytest.mark.usefixtures("opgeslagen")
@pytest.mark.parametrize("deel", ["", "opmaak/"])
def test_html_in_a_stored_text_is_text_on_every_page_that_shows_it(deel: str):
    html = text_of(client_of(MILA).get(PAD + deel))
    assert is_inert(html)


@pytest.mark.usefixtures("opgeslagen")
def test_html_in_a_subject_is_text_in_the_list():
    assert is_inert(text_of(client_of(MILA).get("/werkplek/beheer/mailteksten/")))


def test_html_in_what_is_only_looked_at_is_text_too():
    velden = {
        "onderwerp": KAAL[:90],
        "tekst": AANVAL,
        "knop_tekst": KAAL[:40],
        "merk": "",
        "knop": "voorbeeld",
    }
    antwoord = client_of(MILA).post(PAD, velden)
    html = text_of(antwoord)
    assert antwoord.status_code == 200
    assert 'id="voorbeeld"' in html
    assert is_inert(html)


@pytest.mark.parametrize(
    "onderwerp",
    [
        "Hallo\r\nBcc: boef@voorbeeld.example",
        "Hallo\nContent-Type: text/html\n\n<h1>Boef</h1>",
        "Hallo\rX: y",
        "Hallo\x0b\x0cX: y",
        "Hallo\u2028Bcc: boef@voorbeeld.example",
        "Hallo\x85Bcc: boef@voorbeeld.example",
        "Hallo\x00X: y",
    ],
)
def test_a_subject_is_one_header_whatever_stands_in_it(onderwerp: str):
    """Also when it got past every check: through the database, straight into the mail."""
    mail = compose(brief(SOORT), {SOORT: MailTekst(onderwerp, ("Kijk.",), "Ga")})
    assert get_connection().send_messages([mail]) == 1
    [verstuurd] = postvak.outbox
    gelezen = message_from_bytes(verstuurd.message().as_bytes(), policy=policy.default)
    assert len(gelezen.get_all("Subject", [])) == 1
    assert str(gelezen["Subject"]).startswith("Hallo")
    assert gelezen["Bcc"] is None
    assert gelezen["X"] is None
    assert gelezen.get_content_type() == "multipart/alternative"


def test_a_reference_is_one_line_and_cannot_run_on():
    lang = {"ontvangen_op": "2026-11-03T09:12:00+00:00", "kenmerk": "A\r\n\r\nKlik hier: boef" + "x" * 500}
    soort = NotificatieSoort.ONTVANGST
    tekst = str(build(brief(Melding(soort, lang, "r-1"))).body)
    assert "Het kenmerk is A Klik hier: boef" in tekst
    assert "x" * 60 not in tekst


def test_only_who_manages_reaches_these_pages():
    ander = client_of(medewerker(2, subject="m-2"))
    for methode, pad in (
        ("get", PAD),
        ("post", PAD),
        ("get", f"{PAD}opmaak/"),
        ("post", f"{PAD}terugzetten/"),
    ):
        assert getattr(ander, methode)(pad, {"knop": "voorbeeld"}).status_code == 404
