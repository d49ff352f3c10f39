"""A real browser stops a script that is not ours and tells us: without TLS by `report-uri`, with TLS by `report-to`."""

import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from playwright.sync_api import Browser, Playwright

from tests.e2e.browser import JEROEN, launch, log_in
from tests.e2e.product import Product, copy_demo, prepared_demo, shared_folder

SCRIPT = "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.anders = 1'}))"


@pytest.fixture(scope="module")
def gemeld(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of its own: in the shared one other tests may be stopped by the policy as well."""
    demo = prepared_demo(shared_folder(tmp_path_factory.getbasetemp()))
    product = Product(
        copy_demo(demo, tmp_path_factory.mktemp("csp") / "data"),
        omgeving={"ELOKET_BEHIND_PROXY": "true"},
    )
    try:
        yield product.start()
    finally:
        product.stop()


@pytest.fixture
def met_tls(gemeld: Product, tmp_path: Path) -> Iterator[str]:
    """The same product behind a proxy with TLS; gives its address."""

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._pass_on(None)

        def do_POST(self) -> None:
            self._pass_on(self.rfile.read(int(self.headers["Content-Length"])))

        def _pass_on(self, inhoud: bytes | None) -> None:
            verbinding = HTTPConnection("127.0.0.1", gemeld.port, timeout=20)
            koppen = {
                naam: waarde for naam, waarde in self.headers.items() if naam.lower() != "accept-encoding"
            }
            verbinding.request(self.command, self.path, inhoud, koppen | {"X-Forwarded-Proto": "https"})
            antwoord = verbinding.getresponse()
            tekst = antwoord.read()
            self.send_response(antwoord.status)
            for naam, waarde in antwoord.getheaders():
                if naam.lower() not in {
                    "transfer-encoding",
                    "content-length",
                    "connection",
                    "date",
                    "server",
                }:
                    self.send_header(naam, waarde)
            self.send_header("Content-Length", str(len(tekst)))
            self.end_headers()
            self.wfile.write(tekst)
            verbinding.close()

        def log_message(self, *_args: object) -> None:
            """Nothing: the product has a log of its own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(make_certificate(tmp_path / "tls.pem"))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def make_certificate(pad: Path) -> Path:
    """A key and a certificate of nobody, for an hour."""
    sleutel = ec.generate_private_key(ec.SECP256R1())
    naam = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    nu = datetime.now(UTC)
    certificaat = (
        x509.CertificateBuilder()
        .subject_name(naam)
        .issuer_name(naam)
        .public_key(sleutel.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(nu - timedelta(minutes=5))
        .not_valid_after(nu + timedelta(hours=1))
        .sign(sleutel, SHA256())
    )
    prive = sleutel.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pad.write_bytes(prive + certificaat.public_bytes(serialization.Encoding.PEM))
    return pad


def counted(product: Product, route: str) -> list[tuple[object, ...]]:
    """The kinds of report about this page; waits until there is one."""
    einde = time.monotonic() + 30
    rijen: list[tuple[object, ...]] = []
    while not rijen and time.monotonic() < einde:
        time.sleep(0.2)
        rijen = product.sql(
            "SELECT richtlijn, geblokkeerd, browser FROM ops_cspmelding WHERE route = ? AND NOT is_uitbreiding",
            route,
        )
    return rijen


def test_a_script_that_is_put_into_a_page_does_not_run_and_is_told(gemeld: Product, browser: Browser):
    context = browser.new_context(base_url=gemeld.url, locale="nl-NL")
    page = context.new_page()
    log_in(page, JEROEN)
    page.goto("/mijn/zaken/?q=geheim")
    page.evaluate(SCRIPT)
    assert page.evaluate("window.anders") is None
    assert counted(gemeld, "mijn-zaken") == [("script-src-elem", "inline", "Chrome")]
    gemeld.wait_for_log("csp-melding: pagina mijn-zaken richtlijn script-src-elem")
    assert "geheim" not in gemeld.log
    context.close()


@pytest.fixture
def snelle_browser(playwright: Playwright) -> Iterator[Browser]:
    """It takes our certificate, and does not save its reports up for a minute."""
    browser = launch(playwright, "--short-reporting-delay", "--ignore-certificate-errors")
    yield browser
    browser.close()


def test_over_tls_it_is_told_by_the_reporting_api(gemeld: Product, met_tls: str, snelle_browser: Browser):
    context = snelle_browser.new_context(base_url=met_tls, locale="nl-NL", ignore_https_errors=True)
    page = context.new_page()
    antwoord = page.goto("/contact/")
    assert antwoord is not None
    assert antwoord.header_value("reporting-endpoints") == 'csp="/csp-melding/"'
    page.evaluate(SCRIPT)
    assert page.evaluate("window.anders") is None
    assert counted(gemeld, "contact") == [("script-src-elem", "inline", "Chrome")]
    context.close()
