"""Reports of browsers: what comes in is counted and names nobody; what is made up or sent without end fills nothing."""

import json
import logging
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from eloket.identity.headers import MELDPUNT
from eloket.identity.limieten import tabel
from eloket.identity.models import Sessie
from eloket.identity.testing import force_actor, inwoner
from eloket.kernel.klok import op_moment
from eloket.ops.csp import tellen
from eloket.ops.csp.lezen import MEESTE_BYTES, MEESTE_MELDINGEN, NIEUW, OUD
from eloket.ops.models import CspMelding

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 3, 12, 1, tzinfo=UTC)
SITE = "http://testserver"
ZAAK = f"{SITE}/mijn/zaken/register-0192aaaa-0000-7000-8000-000000000000/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


def old(pagina: str = ZAAK, **meer: Any) -> bytes:
    """As Firefox and Safari send it, and Chromium without TLS."""
    return json.dumps(
        {
            "csp-report": {
                "document-uri": pagina,
                "referrer": f"{SITE}/mijn/?q=geheim",
                "effective-directive": "script-src-elem",
                "violated-directive": "script-src-elem",
                "original-policy": "default-src 'none'",
                "blocked-uri": "inline",
                "script-sample": "const naam = 'geheim'",
                **meer,
            }
        }
    ).encode()


def new(*bodies: dict[str, Any], soort: str = "csp-violation") -> bytes:
    """As the Reporting API sends it: a few at once."""
    leeg = {
        "documentURL": ZAAK,
        "effectiveDirective": "script-src-elem",
        "blockedURL": "inline",
        "sample": "geheim",
    }
    return json.dumps(
        [
            {"type": soort, "age": 1, "url": ZAAK, "user_agent": "geheim", "body": leeg | body}
            for body in bodies
        ]
    ).encode()


def post(inhoud: bytes, soort: str = OUD, *, client: Client | None = None, op: datetime = NU) -> HttpResponse:
    client = client or Client(enforce_csrf_checks=True)
    with op_moment(op):
        return client.post(MELDPUNT, inhoud, content_type=soort, headers={"user-agent": FIREFOX})  # type: ignore[return-value]


def kinds() -> list[tuple[str, str, str, str, str, int]]:
    velden = ("route", "richtlijn", "geblokkeerd", "bron", "browser", "aantal")
    return list(CspMelding.objects.order_by("aantal", "pk").values_list(*velden))


def blocked(adres: str) -> str:
    CspMelding.objects.all().delete()
    assert post(old(**{"blocked-uri": adres})).status_code == 204
    return CspMelding.objects.get().geblokkeerd


def test_the_address_in_the_policy_is_that_of_the_route():
    assert reverse("csp-melding") == MELDPUNT


def test_the_policy_of_every_answer_says_where_to_report_and_over_tls_in_both_ways():
    for pad in ("/", "/bestaat/niet/", "/static/niets.css"):
        zonder, met = Client().get(pad), Client().get(pad, secure=True)
        assert zonder["Content-Security-Policy"].endswith("; report-uri /csp-melding/")
        assert met["Content-Security-Policy"].endswith("; report-uri /csp-melding/; report-to csp")
        assert met["Reporting-Endpoints"] == 'csp="/csp-melding/"'


def test_both_forms_give_the_same_kind_and_are_counted_together():
    assert post(old()).status_code == 204
    assert post(new({}, {}), NIEUW).status_code == 204
    assert kinds() == [("mijn-zaak", "script-src-elem", "inline", "", "Firefox", 3)]


def test_nothing_of_who_looked_is_kept_or_logged(caplog):
    with caplog.at_level(logging.DEBUG):
        post(
            old(f"{ZAAK}?token=geheim#geheim", **{"blocked-uri": "https://geheim.volg.example/geheim?geheim"})
        )
        post(new({"sourceFile": "https://geheim:geheim@jan.cdn.example:8443/geheim.js"}), NIEUW)
        post(old(f"{SITE}/geheim/pad/"))
        post(old(**{"effective-directive": "geheim"}))
    rijen = str(list(CspMelding.objects.values()))
    for tekst in (rijen, caplog.text):
        assert "geheim" not in tekst
        assert "0192aaaa" not in tekst
        assert "145.0" not in tekst, "of a browser only its family"
        assert "jan." not in tekst
    assert {("volg.example"), ("inline")} == {rij[2] for rij in kinds()}


@pytest.mark.parametrize(
    ("adres", "gezien"),
    [
        ("inline", "inline"),
        ("eval", "eval"),
        ("data", "data"),
        ("data:image/png;base64,AAAA", "data"),
        ("", ""),
        ("about", "about"),
        (f"{SITE}/mijn/zaken/", "eigen"),
        ("https://www.jan.tracker.example/pixel", "tracker.example"),
        ("https://u999990019.example/", "u#.example"),
        ("http://192.168.1.20/", "ip-adres"),
        ("http://[fe80::1]/", "ip-adres"),
        ("http://[", "anders"),
        ("https://exämple.nl/", "anders"),
        ("javascript:alert(1)", "anders"),
        ("chrome-extension://abcdef/x.js", "uitbreiding"),
        ("moz-extension", "uitbreiding"),
        ("https://" + "a" * 250 + ".nl/", ("a" * 250 + ".nl")[-60:]),
    ],
)
def test_of_what_was_blocked_only_the_kind_or_the_end_of_the_host_is_kept(adres, gezien):
    assert blocked(adres) == gezien


def test_what_extensions_do_is_counted_apart_and_not_logged(caplog):
    post(old(**{"source-file": "moz-extension://0192/content.js"}))
    post(old(**{"blocked-uri": "chrome-extension"}))
    post(old())
    assert [een.aantal for een in tellen.list_meldingen(uitbreidingen=False)] == [1]
    assert len(tellen.list_meldingen(uitbreidingen=True)) == 2
    assert caplog.text.count("csp-melding: ") == 1


@pytest.mark.parametrize(
    "inhoud",
    [old("https://ander.example/mijn/"), old("http://["), new({}, soort="deprecation")],
    ids=["another site", "no address", "another kind of report"],
)
def test_what_is_not_about_us_is_not_counted(inhoud):
    assert post(inhoud, NIEUW if inhoud.startswith(b"[") else OUD).status_code == 204
    assert kinds() == []


@pytest.mark.parametrize(
    ("inhoud", "soort", "status"),
    [
        (b"", OUD, 415),  # no browser leaves out the body
        (b"{", OUD, 400),
        (b"[]", OUD, 400),
        (b'{"csp-report": "x"}', OUD, 400),
        (b'["x"]', NIEUW, 400),
        (b'[{"type": "csp-violation", "body": 5}]', NIEUW, 400),
        (b"[" * 60_000, NIEUW, 400),
        (b"\xff\xfe", OUD, 400),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (old(), "text/plain", 415),
        (b" " * (MEESTE_BYTES + 1), OUD, 413),
        (b'{"csp-report": {"document-uri": 5, "blocked-uri": ["x"]}}', OUD, 204),
        (b"[]", NIEUW, 204),
    ],
)
def test_what_no_browser_sends_is_refused_and_never_breaks(inhoud, soort, status):
    assert post(inhoud, soort).status_code == status
    assert all(rij[0] == "" for rij in kinds())


def test_nobody_can_read_it():
    assert Client().get(MELDPUNT).status_code == 405


def test_a_flood_of_made_up_kinds_leaves_a_bounded_table_and_log(caplog):
    post(old(**{"blocked-uri": "chrome-extension"}))
    per_keer = MEESTE_MELDINGEN
    for keer in range(7):
        hosts = [
            f"https://{chr(97 + keer)}{chr(97 + n // 26)}{chr(97 + n % 26)}.example/"
            for n in range(per_keer + 5)
        ]
        bodies = [{"blockedURL": host} for host in hosts]
        assert post(new(*bodies), NIEUW, op=NU + timedelta(minutes=keer)).status_code == 204
    assert CspMelding.objects.count() == tellen.MEESTE_RIJEN
    assert not CspMelding.objects.filter(is_uitbreiding=True).exists(), "noise goes first"
    assert CspMelding.objects.order_by("laatst")[0].laatst >= NU + timedelta(minutes=2), "the oldest went"
    assert caplog.text.count("csp-melding: ") == tellen.LOG_MEESTE.keren


def test_the_log_tells_of_a_kind_once_an_hour(caplog):
    for minuten in (0, 1, 59, 60, 61):
        post(old(), op=NU + timedelta(minutes=minuten))
    assert caplog.text.count("pagina mijn-zaak richtlijn script-src-elem geblokkeerd inline") == 2
    post(old(), op=NU - timedelta(days=1))  # the clock was ahead
    assert caplog.text.count("csp-melding: ") == 3


def test_the_worker_removes_what_was_not_seen_for_thirty_days():
    post(old())
    post(old(**{"blocked-uri": "eval"}), op=NU + timedelta(days=2))
    assert tellen.purge(NU + timedelta(days=31)) == 1
    assert [rij[2] for rij in kinds()] == ["eval"]


def test_from_one_address_only_so_many_are_taken_and_the_refusal_is_no_page(settings):
    settings.ELOKET = settings.ELOKET.model_copy(update={"limieten": True})
    assert tabel.CSP.per_adres is not None
    for _ in range(tabel.CSP.per_adres.keren):
        assert post(old()).status_code == 204
    antwoord = post(old())
    assert antwoord.status_code == 429
    assert b"<html" not in antwoord.content
    assert kinds()[0][-1] == tabel.CSP.per_adres.keren


@pytest.mark.parametrize("soort", [OUD, "text/plain"])
def test_a_page_that_goes_on_reporting_keeps_nobody_logged_in(settings, soort):
    """Also not when it is refused: a session ends 15 minutes after the last thing that the person did."""
    settings.ELOKET = settings.ELOKET.model_copy(update={"limieten": True})
    client = Client()
    with op_moment(NU):
        force_actor(client, inwoner("999990019", "Jeroen"))
    einde = Sessie.objects.get().verloopt
    assert tabel.CSP.per_adres is not None
    antwoorden = [
        post(old(), soort, client=client, op=NU + timedelta(minutes=5))
        for _ in range(tabel.CSP.per_adres.keren + 1)
    ]
    assert not any(een.cookies for een in antwoorden)
    assert antwoorden[-1].status_code == 429
    assert Sessie.objects.get().verloopt == einde


def test_a_database_that_is_away_breaks_nothing():
    with patch("eloket.ops.csp.tellen.transaction.atomic", side_effect=OperationalError("weg")):
        assert post(old()).status_code == 503


def test_the_command_shows_the_most_frequent_first_and_extensions_in_one_line():
    for _ in range(3):
        post(old())
    post(
        old(
            f"{SITE}/",
            **{"blocked-uri": "https://cdn.volg.example/x.js", "source-file": f"{SITE}/static/a.js"},
        )
    )
    post(old(**{"blocked-uri": "chrome-extension"}))
    uit = StringIO()
    call_command("csp-meldingen", stdout=uit)
    eerste, tweede, ruis = uit.getvalue().splitlines()
    assert "3x  script-src-elem  geblokkeerd: inline  bron: -  pagina: mijn-zaak  browser: Firefox" in eerste
    assert "1x  script-src-elem  geblokkeerd: volg.example  bron: eigen  pagina: home" in tweede
    assert "1x  door extensies" in ruis


def test_without_reports_the_command_says_so():
    uit = StringIO()
    call_command("csp-meldingen", stdout=uit)
    assert uit.getvalue() == "Geen meldingen over onze pagina's.\n"
