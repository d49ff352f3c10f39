"""The lines for which others are asked: real servers on this machine, and the database that the tests run on."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from requests import PreparedRequest, Response

from eloket.identity.testing import DjangoAdapter, in_process_provider
from eloket.kernel import klok
from eloket.ops.productie.database import (
    Verbinding,
    check_database,
    judge_kind,
    judge_role,
    judge_tls,
    read_verbinding,
)
from eloket.ops.productie.diensten import (
    check_mail,
    check_mailserver,
    check_scanner,
    check_scanner_antwoord,
    signatures_of,
)
from eloket.ops.productie.inloggen import check_bereik
from eloket.ops.productie.types import Uitkomst
from tests.bewaking import zonder_bewaking
from tests.clamd import running_clamd
from tests.unit.ops.productieomgeving import lines, outcome, put

OK, LET_OP, FOUT = Uitkomst.OK, Uitkomst.LET_OP, Uitkomst.FOUT
NU = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _productie(settings):
    put(settings)


# --- The database


@pytest.mark.parametrize(
    ("oordeel", "verbinding", "uitkomst"),
    [
        (judge_kind, Verbinding(is_postgresql=True), OK),
        (judge_kind, Verbinding(is_postgresql=False), LET_OP),
        (judge_tls, Verbinding(is_postgresql=False), OK),
        (judge_tls, Verbinding(is_postgresql=True, host="/run/postgresql"), OK),
        (judge_tls, Verbinding(is_postgresql=True, host="127.0.0.1"), OK),
        (judge_tls, Verbinding(is_postgresql=True, host="db.test"), FOUT),
        (
            judge_tls,
            Verbinding(is_postgresql=True, host="db.test", heeft_tls=True, sslmode="require"),
            LET_OP,
        ),
        (
            judge_tls,
            Verbinding(is_postgresql=True, host="db.test", heeft_tls=True, sslmode="verify-full"),
            OK,
        ),
        (judge_role, Verbinding(is_postgresql=True), OK),
        (judge_role, Verbinding(is_postgresql=True, is_superuser=True), FOUT),
    ],
)
def test_how_the_database_is_reached(oordeel, verbinding, uitkomst):
    assert oordeel(verbinding).uitkomst is uitkomst


@pytest.mark.django_db
def test_the_connection_itself_is_asked():
    verbinding = read_verbinding()
    assert verbinding.is_postgresql is (connection.vendor == "postgresql")
    if verbinding.is_postgresql:  # that of scripts/with-postgres: a socket, as its owner
        assert (verbinding.host[:1], verbinding.heeft_tls, verbinding.is_superuser) == ("/", False, True)


@pytest.mark.django_db
def test_a_database_that_lags_behind_is_a_fault():
    assert outcome(check_database, "migraties") is OK
    laatste = MigrationRecorder.Migration.objects.filter(app="identity").order_by("-name").first()
    assert laatste is not None
    laatste.delete()
    assert outcome(check_database, "migraties") is FOUT
    assert "bewaking" not in lines(check_database)  # of tables that may not be there nothing is said


@pytest.mark.django_db
def test_guards_that_are_gone_are_a_fault():
    assert outcome(check_database, "bewaking") is OK
    with zonder_bewaking():
        assert outcome(check_database, "bewaking") is FOUT


# --- The mail server


@pytest.mark.parametrize(
    ("anders", "uitkomst"),
    [
        ({}, OK),
        ({"EMAIL_USE_TLS": False}, FOUT),
        ({"EMAIL_USE_TLS": False, "EMAIL_HOST": "127.0.0.1"}, LET_OP),
        ({"smtp_url": ""}, FOUT),
    ],
)
def test_mail_goes_over_tls(settings, anders, uitkomst):
    put(settings, **anders)
    assert outcome(check_mail, "smtp-tls") is uitkomst


@pytest.fixture
def mailserver(settings) -> Iterator[None]:
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    server = Controller(Sink(), hostname="127.0.0.1", port=poort)
    server.start()
    put(settings, EMAIL_HOST="127.0.0.1", EMAIL_PORT=poort, EMAIL_USE_TLS=False)
    yield
    server.stop()


@pytest.mark.usefixtures("mailserver")
def test_the_mail_server_is_greeted(settings):
    assert outcome(check_mailserver, "smtp-antwoord") is OK
    settings.EMAIL_USE_TLS = True
    assert "biedt geen STARTTLS" in lines(check_mailserver)["smtp-antwoord"].tekst
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = False, "naam"
    assert outcome(check_mailserver, "smtp-antwoord") is FOUT


def test_a_mail_server_that_is_away_is_a_fault(settings):
    with socket.socket() as dicht:
        dicht.bind(("127.0.0.1", 0))
        put(settings, EMAIL_HOST="127.0.0.1", EMAIL_PORT=dicht.getsockname()[1])
        assert "antwoordt niet" in lines(check_mailserver)["smtp-antwoord"].tekst


# --- The virus scanner


@contextmanager
def scanner(settings, versie: str, uitslag: str) -> Iterator[None]:
    """Something that speaks as clamd does."""
    luistert = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                verbinding, _ = luistert.accept()
            except OSError:
                return
            with verbinding:
                vraag = verbinding.recv(4_096)
                verbinding.sendall((versie if b"VERSION" in vraag else uitslag).encode() + b"\0")

    draad = threading.Thread(target=serve, daemon=True)
    draad.start()
    put(settings, clamd_url=f"tcp://127.0.0.1:{luistert.getsockname()[1]}")
    try:
        yield
    finally:
        luistert.shutdown(socket.SHUT_RDWR)
        luistert.close()
        draad.join(5)


def version(dagen: int) -> str:
    return f"ClamAV 1.4.1/27459/{(NU - timedelta(days=dagen)).strftime('%a %b %d %H:%M:%S %Y')}"


@pytest.mark.parametrize(
    ("versie", "uitkomst"),
    [(version(0), OK), (version(3), LET_OP), (version(8), FOUT), ("ClamAV 1.4.1", FOUT)],
)
def test_the_scanner_knows_what_was_found_lately(settings, versie, uitkomst):
    with scanner(settings, versie, "stream: Eicar FOUND"), klok.op_moment(NU):
        assert outcome(check_scanner_antwoord, "scanner-lijst") is uitkomst
        assert outcome(check_scanner_antwoord, "scanner-antwoord") is OK


def test_a_scanner_that_lets_the_test_string_through_is_a_fault(settings):
    with scanner(settings, version(0), "stream: OK"):
        assert outcome(check_scanner_antwoord, "scanner-antwoord") is FOUT


@pytest.mark.parametrize(
    ("adres", "uitkomst"),
    [
        ("unix:/run/clamav/clamd.ctl", OK),
        ("tcp://127.0.0.1:3310", OK),
        ("tcp://localhost:3310", OK),
        ("tcp://clamd.gemeente.test:3310", LET_OP),
        ("tcp://192.0.2.7", LET_OP),
    ],
)
def test_what_residents_send_should_not_go_over_a_network_in_plain_text(settings, adres, uitkomst):
    put(settings, clamd_url=adres)
    assert outcome(check_scanner, "scanner-verbinding") is uitkomst


def test_no_scanner_is_a_choice_and_one_that_is_away_a_fault(settings):
    assert outcome(check_scanner, "scanner") is OK
    with socket.socket() as dicht:
        dicht.bind(("127.0.0.1", 0))
        put(settings, clamd_url=f"tcp://127.0.0.1:{dicht.getsockname()[1]}")
        assert outcome(check_scanner_antwoord, "scanner-antwoord") is FOUT
    put(settings, clamd_url="")
    assert outcome(check_scanner, "scanner") is LET_OP
    assert lines(check_scanner_antwoord) == {}


@pytest.mark.clamav
def test_a_real_clamd_finds_it_and_tells_its_version(settings, tmp_path: Path):
    """It has one signature, of ours, so it knows no day."""
    with running_clamd(tmp_path) as url:
        put(settings, clamd_url=url)
        assert outcome(check_scanner_antwoord, "scanner-antwoord") is OK
        assert outcome(check_scanner_antwoord, "scanner-lijst") is FOUT


@pytest.mark.parametrize(
    ("versie", "moment"),
    [
        ("ClamAV 1.4.1/27459/Mon Nov 23 10:02:01 2026", datetime(2026, 11, 23, 10, 2, 1, tzinfo=UTC)),
        ("ClamAV 0.103.12/27459/Mon Nov  2 10:02:01 2026", datetime(2026, 11, 2, 10, 2, 1, tzinfo=UTC)),
        ("ClamAV 1.4.1", None),
        ("ClamAV 1.4.1/27459/Mon Nov 31 10:02:01 2026", None),
        ("UNKNOWN COMMAND", None),
    ],
)
def test_the_day_of_the_signatures(versie, moment):
    assert signatures_of(versie) == moment


# --- The login providers


class _Provider(DjangoAdapter):
    """Our simulated provider, with a clock of its own and answers that a test spoils."""

    def __init__(self, *, scheef: float | None = 0.0, anders: tuple[bytes, bytes] = (b"", b"")) -> None:
        super().__init__()
        self.scheef, self.anders = scheef, anders

    def send(self, request: PreparedRequest, **opties) -> Response:  # type: ignore[override]  # as of DjangoAdapter
        antwoord = super().send(request, **opties)
        antwoord._content = (
            antwoord.raw.read().replace(*self.anders) if self.anders[0] else antwoord.raw.read()
        )
        if self.scheef is not None:
            antwoord.headers["Date"] = format_datetime(
                klok.nu() + timedelta(seconds=self.scheef), usegmt=True
            )
        return antwoord


@pytest.fixture
def _simulatie(settings):
    """Login means that are this application, as in the demo."""
    put(
        settings,
        omgeving="demo",
        base_url="http://testserver",
        digid_issuer="",
        medewerker_issuer="",
        ALLOWED_HOSTS=["testserver"],
        SECURE_SSL_REDIRECT=False,
    )


@pytest.mark.usefixtures("_simulatie")
@pytest.mark.parametrize(
    ("scheef", "uitkomst"), [(0, OK), (30, LET_OP), (-30, LET_OP), (90, FOUT), (-90, FOUT), (None, LET_OP)]
)
def test_the_clock_is_held_against_that_of_the_provider(scheef, uitkomst):
    with in_process_provider(_Provider(scheef=scheef)):
        assert outcome(check_bereik, "klok-digid") is uitkomst
        assert outcome(check_bereik, "inlogdienst-digid") is OK


@pytest.mark.usefixtures("_simulatie")
@pytest.mark.parametrize("anders", [(b"/simulatie/digid", b"/simulatie/anders"), (b'"keys"', b'"geen"')])
def test_a_provider_without_a_good_configuration_or_keys_is_a_fault(anders):
    with in_process_provider(_Provider(anders=anders)):
        assert outcome(check_bereik, "inlogdienst-digid") is FOUT


def test_a_provider_that_is_away_is_a_fault(settings):
    with socket.socket() as dicht:
        dicht.bind(("127.0.0.1", 0))
        put(settings, digid_issuer=f"https://127.0.0.1:{dicht.getsockname()[1]}", medewerker_issuer="")
        assert outcome(check_bereik, "inlogdienst-digid") is FOUT
