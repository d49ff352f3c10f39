"""The link in a mail is the only key to stopping mail: nobody can make or change one, and it says nothing."""

import re
import uuid

import pytest
from django.test import Client

from eloket.audit.models import AuditRegel
from eloket.identity.testing import force_actor
from eloket.kernel import events
from eloket.kernel.klok import nu
from eloket.notifications.afmelden import make_afmeld_url, read_afmelding
from eloket.notifications.bezorgen.samenstellen import compose
from eloket.notifications.errors import AfmeldlinkOngeldig
from eloket.notifications.models import Notificatie
from eloket.notifications.service import enqueue
from eloket.notifications.types import NotificatieSoort
from eloket.profile import service
from eloket.profile.events import AdresGewijzigd
from eloket.profile.models import Profiel
from eloket.profile.queries import get_bereikbaarheid
from tests.huis import inwoner
from tests.web.portaal import ANDER, bron_van, partij_van

pytestmark = pytest.mark.django_db
ADRESSEN = {"999990019": "jeroen@voorbeeld.nl", ANDER: "fatima@voorbeeld.nl"}
POGINGEN: list[dict[str, str]] = [
    {"List-Unsubscribe": "One-Click"},
    {"knop": "deze"},
    {"knop": "alles"},
    {"knop": "toch"},
]


@pytest.fixture(autouse=True)
def bevestigd(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two residents with an address that works."""
    gevangen: list[str] = []

    def vang(event: AdresGewijzigd) -> None:
        gevangen.append(event.token)

    monkeypatch.setitem(events._subscribers, AdresGewijzigd, [vang])
    for bsn, adres in ADRESSEN.items():
        service.update_contact(inwoner(bsn), email=adres, telefoon="", wil_mail=True)
        service.confirm_email(gevangen[-1])


def key_of(bsn: str) -> str:
    return partij_van(inwoner(bsn)).profiel_key


def token_of(bsn: str) -> str:
    """The link in a new mail to this resident."""
    mail = enqueue(NotificatieSoort.STATUS_GEWIJZIGD, betrokkene_key=key_of(bsn), zaak_ref="register-1")
    assert compose(nu(), 100) == 1
    return make_afmeld_url(str(Notificatie.objects.get(pk=mail).zending_id)).rstrip("/").rpartition("/")[2]


def state() -> list[object]:
    return [*Profiel.objects.order_by("pk").values(), AuditRegel.objects.count()]


def forgeries(token: str) -> list[str]:
    naam, _, mac = token.partition(".")
    ander = uuid.uuid4().hex
    return [
        f"{ander}.{mac}",
        f"{naam}.{'0' * len(mac)}",
        f"{naam}.{mac[:-1]}{'0' if mac[-1] != '0' else '1'}",
        f"{naam}.{mac}0",
        f"{naam}.{mac[:-1]}",
        f"{naam}.",
        f".{mac}",
        naam,
        mac,
        token.upper(),
        f"{uuid.UUID(naam)}.{mac}",
        f"{token}.{mac}",
        f" {token}",
        f"{token}%0A",
        "%ED%A0%80." + mac,
        "x" * 4000,
        "onbekend",
    ]


@pytest.mark.parametrize("nummer", range(17))
def test_a_link_that_we_did_not_make_changes_nothing_and_looks_like_any_other(nummer):
    token = token_of("999990019")
    vals, onbekend = forgeries(token)[nummer], make_afmeld_url(uuid.uuid4()).rstrip("/").rpartition("/")[2]
    client, voor = Client(enforce_csrf_checks=True), state()
    antwoorden = [client.get(f"/afmelden/{een}/") for een in (vals, onbekend)]
    for velden in POGINGEN:
        antwoorden += [client.post(f"/afmelden/{een}/", velden) for een in (vals, onbekend)]
    assert {antwoord.status_code for antwoord in antwoorden} == {404}
    assert len({bron_van(antwoord) for antwoord in antwoorden}) == 1
    assert len({str(sorted(antwoord.headers.items())) for antwoord in antwoorden}) == 1
    assert state() == voor


def test_the_forgeries_are_all_tried():
    assert len(forgeries(token_of("999990019"))) == 17


@pytest.mark.parametrize("velden", POGINGEN)
def test_the_link_of_one_never_touches_another(velden):
    voor = Profiel.objects.filter(profiel_key=key_of(ANDER)).values().get()
    client = Client()
    force_actor(client, inwoner(ANDER))  # who is logged in does not matter
    client.post(f"/afmelden/{token_of('999990019')}/", velden)
    assert Profiel.objects.filter(profiel_key=key_of(ANDER)).values().get() == voor


@pytest.mark.parametrize("velden", POGINGEN)
def test_without_its_token_the_route_does_nothing_for_who_is_logged_in(velden):
    """No CSRF token is asked: but the cookie of somebody who is logged in opens nothing here either."""
    client = Client(enforce_csrf_checks=True)
    force_actor(client, inwoner())
    voor = state()
    for pad in ("/afmelden/onbekend/", "/afmelden/", "/mijn/gegevens/e-mails/", "/mijn/gegevens/"):
        assert client.post(pad, velden).status_code in {403, 404}
    assert state() == voor


def test_the_link_says_nothing_about_anybody():
    token = token_of("999990019")
    assert re.fullmatch(r"[0-9a-f]{32}\.[0-9a-f]{32}", token)
    assert token_of(ANDER) != token
    for geheim in ("999990019", key_of("999990019")[:12], "jeroen"):
        assert geheim not in token
    assert key_of("999990019") not in repr(read_afmelding(token))


def test_the_page_names_nobody_and_gives_no_way_in():
    client, pad = Client(), f"/afmelden/{token_of('999990019')}/"
    for velden in POGINGEN:
        client.post(pad, velden)
        antwoord = client.get(pad)
        html = bron_van(antwoord)
        for geheim in (
            "jeroen",
            "Drouwen",
            "voorbeeld.nl",
            "999990019",
            "register-1",
            key_of("999990019")[:12],
        ):
            assert geheim not in html
        assert "csrfmiddlewaretoken" not in html
    assert not client.cookies, "no session, no CSRF cookie"
    assert client.get("/mijn/").status_code == 302


def test_a_link_does_not_switch_on_what_the_person_switched_off():
    token = token_of("999990019")
    service.update_contact(inwoner(), email=ADRESSEN["999990019"], telefoon="", wil_mail=False)
    for velden in POGINGEN:
        Client().post(f"/afmelden/{token}/", velden)
    bereik = get_bereikbaarheid(key_of("999990019"))
    assert bereik is not None
    assert not bereik.wil_mail


@pytest.mark.parametrize("token", ["", "\ud800." + "0" * 32, "\x00", "0" * 32 + "." + "٠" * 32])
def test_what_is_no_token_is_no_crash(token):
    with pytest.raises(AfmeldlinkOngeldig):
        read_afmelding(token)
