"""Stopping mail with the link in a mail, without a login: by hand, and by the mail program itself (RFC 8058)."""

import re

import pytest
from django.test import Client

from eloket.kernel import events
from eloket.kernel.klok import nu
from eloket.notifications.afmelden import make_afmeld_url
from eloket.notifications.bezorgen.bezorging import claim, deliver
from eloket.notifications.bezorgen.samenstellen import compose
from eloket.notifications.models import Zending
from eloket.notifications.service import enqueue
from eloket.notifications.types import Bezorging, NotificatieSoort
from eloket.profile import service
from eloket.profile.events import AdresGewijzigd
from eloket.profile.queries import get_bereikbaarheid
from eloket.profile.types import Rubriek, Wanneer
from tests.huis import inwoner
from tests.web.portaal import bron_van, partij_van, tekst_van, titel_van

pytestmark = pytest.mark.django_db
ADRES = "jeroen@voorbeeld.nl"


def key() -> str:
    return partij_van(inwoner()).profiel_key


@pytest.fixture(autouse=True)
def bevestigd(monkeypatch: pytest.MonkeyPatch) -> None:
    gevangen: list[str] = []

    def vang(event: AdresGewijzigd) -> None:
        gevangen.append(event.token)

    monkeypatch.setitem(events._subscribers, AdresGewijzigd, [vang])
    service.update_contact(inwoner(), email=ADRES, telefoon="", wil_mail=True)
    service.confirm_email(gevangen[-1])


@pytest.fixture
def link() -> str:
    """The path of the link in a mail to Jeroen about a new message."""
    return path_of(make_afmeld_url(mail_of(NotificatieSoort.BERICHT_BEANTWOORD).pk))


def mail_of(soort: NotificatieSoort, *, aan: str = "") -> Zending:
    """A mail about this, as the worker makes it."""
    enqueue(
        soort,
        betrokkene_key=key(),
        zaak_ref="register-1",
        aan=aan,
        token="t",
        ontvangen_op=nu(),
        kenmerk="OB-1",
    )
    assert compose(nu(), 100) == 1
    return Zending.objects.get()


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def uit() -> set[Rubriek]:
    bereik = get_bereikbaarheid(key())
    assert bereik is not None
    return {rubriek for rubriek in Rubriek if bereik.wanneer_voor(rubriek) is Wanneer.NOOIT}


def buttons(html: str) -> list[str]:
    return re.findall(r'name="knop" value="(\w+)"', html)


def test_opening_the_link_changes_nothing(link):
    assert Client().head(link).status_code == 200
    antwoord = Client().get(link)
    assert antwoord.status_code == 200
    assert antwoord["Cache-Control"] == "no-store"
    assert titel_van(antwoord).startswith("Wilt u deze e-mails niet meer?")
    assert "een e-mail over: Berichten" in tekst_van(antwoord)
    assert buttons(bron_van(antwoord)) == ["deze", "alles"]
    assert uit() == set()


def test_the_mail_program_stops_these_mails_in_one_request(link):
    for _ in range(2):
        client = Client(enforce_csrf_checks=True)
        antwoord = client.post(
            link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert antwoord.status_code == 200
        assert antwoord.content == b"OK"
        assert not antwoord.cookies
        assert uit() == {Rubriek.BERICHTEN}


def test_it_may_send_that_as_multipart_too(link):
    antwoord = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})
    assert antwoord.content == b"OK"
    assert uit() == {Rubriek.BERICHTEN}


def test_a_person_stops_these_mails_and_takes_that_back(link):
    client = Client(enforce_csrf_checks=True)
    antwoord = client.post(link, {"knop": "deze"})
    assert (antwoord.status_code, antwoord["Location"]) == (303, link)
    pagina = client.get(link)
    assert titel_van(pagina).startswith("U krijgt deze e-mails niet meer")
    assert buttons(bron_van(pagina)) == ["toch", "alles"]
    assert not pagina.cookies
    assert uit() == {Rubriek.BERICHTEN}
    client.post(link, {"knop": "toch"})
    assert buttons(bron_van(client.get(link))) == ["deze", "alles"]
    assert uit() == set()


def test_a_person_stops_everything_and_takes_that_back(link):
    client = Client(enforce_csrf_checks=True)
    client.post(link, {"knop": "alles"})
    pagina = client.get(link)
    assert titel_van(pagina).startswith("U krijgt geen e-mails meer")
    assert buttons(bron_van(pagina)) == ["toch"]
    assert uit() == set(Rubriek)
    client.post(link, {"knop": "toch"})
    assert uit() == set()


@pytest.mark.parametrize(
    "velden", [{}, {"knop": "x"}, {"List-Unsubscribe": "ja"}, {"list-unsubscribe": "One-Click"}]
)
def test_anything_else_changes_nothing(link, velden):
    assert Client().post(link, velden).status_code == 303
    assert uit() == set()


def test_what_was_off_already_needs_no_button_to_stop_it(link):
    service.update_contact(inwoner(), email=ADRES, telefoon="", wil_mail=False)
    pagina = Client().get(link)
    assert titel_van(pagina).startswith("U krijgt deze e-mails niet meer")
    assert buttons(bron_van(pagina)) == ["alles"]


def test_it_costs_little(link, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        Client().get(link)


@pytest.mark.parametrize(
    "soort",
    [NotificatieSoort.ADRES_BEVESTIGEN, NotificatieSoort.ADRES_GEWIJZIGD, NotificatieSoort.MELDING_ONTVANGEN],
)
def test_mail_about_which_nobody_chooses_has_no_link(soort, mailoutbox):
    mail = mail_of(soort, aan="ander@voorbeeld.nl")
    send()
    assert "List-Unsubscribe" not in mailoutbox[0].extra_headers
    assert "/afmelden/" not in mailoutbox[0].body
    assert Client().get(path_of(make_afmeld_url(mail.pk))).status_code == 404


def send() -> None:
    for pk in claim(nu(), "w", 10):
        assert deliver(pk, "w") is Bezorging.VERZONDEN


def test_the_link_in_a_mail_that_was_sent_stops_what_that_mail_was_about(mailoutbox):
    for soort in (NotificatieSoort.STATUS_GEWIJZIGD, NotificatieSoort.DOCUMENT_TOEGEVOEGD):
        enqueue(soort, betrokkene_key=key(), zaak_ref="register-1")
    compose(nu(), 100)
    send()
    [mail] = mailoutbox
    url = mail.extra_headers["List-Unsubscribe"].strip("<>")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert url in mail.body
    velden = dict([mail.extra_headers["List-Unsubscribe-Post"].split("=")])
    assert Client(enforce_csrf_checks=True).post(path_of(url), velden).content == b"OK"
    assert uit() == {Rubriek.STATUS, Rubriek.DOCUMENTEN}
