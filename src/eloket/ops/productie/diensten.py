"""Mail and the virus scanner: set, answering, and safe to talk to (U/WA.05, BIO 12.2)."""

import io
import re
import smtplib
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from eloket.documenten.scanner import Clamd, GeenUitslag, ScannerOnbereikbaar
from eloket.documenten.types import Controle
from eloket.kernel import klok
from eloket.ops.productie.instellingen import is_local
from eloket.ops.productie.types import Regel, fout, let_op, ok

WACHT = 10.0  # seconds
_OUD, _TE_OUD = timedelta(days=2), timedelta(days=7)
# The test string that every scanner knows (eicar.org), in pieces: so that this file itself is no find.
_PROEF = b"X5O!P%@AP[4" + b"\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


def check_mail() -> Iterator[Regel]:
    code, norm = "smtp-tls", "U/WA.05, BIO 13.2.3"
    host = getattr(settings, "EMAIL_HOST", "")
    if not settings.ELOKET.smtp_url:
        yield fout(
            "smtp-tls", norm, "ELOKET_SMTP_URL ontbreekt: e-mail gaat niet weg.", "Geef uw mailserver."
        )
    elif settings.EMAIL_USE_TLS:
        yield ok(code, norm, "E-mail gaat versleuteld naar de mailserver (STARTTLS).")
    elif is_local(host):
        yield let_op(
            code,
            norm,
            "E-mail gaat niet versleuteld naar de mailserver op deze machine.",
            "Zorg dat die mailserver zelf versleuteld verder stuurt.",
        )
    else:
        yield fout(code, norm, "E-mail gaat niet versleuteld weg.", "Zet ?tls=1 achter ELOKET_SMTP_URL.")


def check_mailserver() -> Iterator[Regel]:
    """A real conversation, up to and including the name and password; no mail is sent."""
    code, norm = "smtp-antwoord", "U/WA.05, BIO 13.2.3"
    if not settings.ELOKET.smtp_url:
        return
    try:
        _greet()
    except ssl.SSLError:
        yield fout(
            code, norm, "Het certificaat van de mailserver klopt niet.", "Kijk naam en certificaat na."
        )
    except smtplib.SMTPNotSupportedError:
        yield fout(
            code,
            norm,
            "De mailserver biedt geen STARTTLS of login aan.",
            "Gebruik een andere poort of server.",
        )
    except smtplib.SMTPAuthenticationError:
        yield fout(code, norm, "De mailserver weigert naam of wachtwoord.", "Kijk ELOKET_SMTP_URL na.")
    except (OSError, smtplib.SMTPException):
        yield fout(code, norm, "De mailserver antwoordt niet.", "Kijk ELOKET_SMTP_URL en de firewall na.")
    else:
        yield ok(code, norm, "De mailserver antwoordt, en het certificaat klopt als er een is.")


def _greet() -> None:
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=WACHT) as server:
        if settings.EMAIL_USE_TLS:
            server.starttls(context=ssl.create_default_context())
        server.ehlo_or_helo_if_needed()
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)


def check_scanner() -> Iterator[Regel]:
    code, norm = "scanner", "U/WA.03, BIO 12.2.1"
    if not settings.ELOKET.clamd_url:
        yield let_op(
            code,
            norm,
            "Er is geen virusscanner: wat inwoners sturen, wordt niet op virussen bekeken.",
            "Zet clamd neer en geef ELOKET_CLAMD_URL. Leg anders vast wie dit heeft besloten.",
        )
    else:
        yield ok(code, norm, "Er is een virusscanner ingesteld.")
        yield _scanner_network()


def _scanner_network() -> Regel:
    """What residents send goes to clamd as it is: its protocol knows no TLS."""
    code, norm = "scanner-verbinding", "U/WA.05, BIO 13.2.1"
    adres = urlsplit(settings.ELOKET.clamd_url)
    if adres.scheme == "unix" or is_local(adres.hostname or ""):
        return ok(code, norm, "De virusscanner staat op deze machine: er gaat niets over het netwerk.")
    return let_op(
        code,
        norm,
        "Wat inwoners sturen, gaat niet versleuteld naar een virusscanner op een andere machine.",
        "Zet clamd op deze machine, of leg een versleutelde verbinding aan, zoals stunnel of WireGuard.",
    )


def check_scanner_antwoord() -> Iterator[Regel]:
    """It must find the test string, and know what was found this week."""
    if not settings.ELOKET.clamd_url:
        return
    norm = "BIO 12.2.1"
    scanner = Clamd(settings.ELOKET.clamd_url, seconden=WACHT)
    try:
        versie = scanner.version()
        vindt = scanner.scan(io.BytesIO(_PROEF)) is Controle.BESMET
    except GeenUitslag:
        versie, vindt = "", False
    except ScannerOnbereikbaar:
        yield fout(
            "scanner-antwoord",
            norm,
            "De virusscanner antwoordt niet.",
            "Start clamd, of kijk ELOKET_CLAMD_URL na.",
        )
        return
    if vindt:
        yield ok("scanner-antwoord", norm, "De virusscanner antwoordt, en vindt een proefvirus.")
    else:
        yield fout(
            "scanner-antwoord",
            norm,
            "De virusscanner antwoordt, maar vindt een bekend proefvirus (EICAR) niet.",
            "Haal met freshclam de lijst van bekende virussen op.",
        )
    yield _signatures(versie, norm)


def _signatures(versie: str, norm: str) -> Regel:
    code, freshclam = "scanner-lijst", "Laat freshclam elke dag draaien."
    van = signatures_of(versie)
    if van is None:
        return fout(code, norm, "De virusscanner zegt niet hoe oud zijn lijst van virussen is.", freshclam)
    ouderdom = klok.nu() - van
    tekst = f"De lijst van virussen is van {klok.schrijf_datum(klok.datum_van(van))}."
    if ouderdom > _TE_OUD:
        return fout(code, norm, tekst, freshclam)
    return let_op(code, norm, tekst, freshclam) if ouderdom > _OUD else ok(code, norm, tekst)


def signatures_of(versie: str) -> datetime | None:
    """The day of the signatures in an answer to VERSION; None when it names none."""
    gevonden = re.fullmatch(r"ClamAV [^/]+/\d+/\w{3} (\w{3} [\d ]\d [\d:]{8} \d{4})", versie)
    try:
        moment = datetime.strptime(gevonden.group(1), "%b %d %H:%M:%S %Y") if gevonden else None  # noqa: DTZ007
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment else None
