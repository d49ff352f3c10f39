"""Where a request ends, asked over raw sockets of the web server that runs without nginx in front of it."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.bezoeker import Bezoeker
from tests.e2e.product import EIGEN_SERVER, Product, copy_demo, prepared_demo, shared_folder

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(180), EIGEN_SERVER]
GESMOKKELD = b"GET /gezondheid/?gesmokkeld HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
CHUNKED, LENGTE = b"Transfer-Encoding: chunked\r\n", b"Content-Length: 4\r\n"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    demo: Path = prepared_demo(shared_folder(tmp_path_factory.getbasetemp()))
    product = Product(copy_demo(demo, tmp_path_factory.mktemp("verzoekgrens") / "data"))
    try:
        yield product.start()
        assert product.fouten == []
    finally:
        product.stop()


def send(product: Product, ruw: bytes, *, wacht: float = 3) -> tuple[list[bytes], bool]:
    """Every answer on one connection, and whether the server ended it within `wacht` seconds of its last answer."""
    with socket.create_connection(("127.0.0.1", product.port), timeout=wacht) as lijn:
        lijn.sendall(ruw)
        gekregen = b""
        try:
            while deel := lijn.recv(65536):
                gekregen += deel
        except ConnectionResetError:
            is_dicht = True
        except TimeoutError:
            is_dicht = False
        else:
            is_dicht = True
    return [b"HTTP/1.1 " + een for een in gekregen.split(b"HTTP/1.1 ")[1:]], is_dicht


def post(koppen: bytes, inhoud: bytes = b"", *, versie: bytes = b"HTTP/1.1") -> bytes:
    return b"POST /csp-melding/ " + versie + b"\r\nHost: 127.0.0.1\r\n" + koppen + b"\r\n" + inhoud


@pytest.mark.parametrize(
    "ruw",
    [
        pytest.param(post(LENGTE + CHUNKED, b"0\r\n\r\n"), id="length-then-chunked"),
        pytest.param(post(CHUNKED + LENGTE, b"0\r\n\r\n"), id="chunked-then-length"),
        pytest.param(post(CHUNKED, b"3\r\nabc\r\n0\r\n\r\n"), id="chunked-alone"),
        pytest.param(post(b"Transfer-Encoding: gzip, chunked\r\n" + LENGTE, b"0\r\n\r\n"), id="two-codings"),
        pytest.param(post(b"Transfer-Encoding: xchunked\r\n" + LENGTE, b"abcd"), id="unknown-coding"),
        pytest.param(post(b"Transfer-Encoding : chunked\r\n" + LENGTE, b"abcd"), id="space-before-colon"),
        pytest.param(post(b"Transfer-Encoding:\r\n chunked\r\n" + LENGTE, b"abcd"), id="folded-coding"),
        pytest.param(post(CHUNKED + LENGTE, b"abcd", versie=b"HTTP/1.0"), id="chunked-in-1.0"),
        pytest.param(post(LENGTE + b"Content-Length: 5\r\n", b"abcde"), id="two-lengths"),
        pytest.param(post(b"Content-Length: 4, 5\r\n", b"abcde"), id="list-of-lengths"),
        pytest.param(post(b"Content-Length: +4\r\n", b"abcd"), id="signed-length"),
        pytest.param(post(b"Content-Length: 0x4\r\n", b"abcd"), id="hexadecimal-length"),
        pytest.param(post(b"Content-Length: -4\r\n", b"abcd"), id="negative-length"),
        pytest.param(post(b"Content-Length:\r\n 4\r\n", b"abcd"), id="folded-length"),
        pytest.param(post(b"X-A: a\r\n b\r\n" + LENGTE, b"abcd"), id="folded-header"),
        pytest.param(post(b"X-A: a\rX-B: b\r\n" + LENGTE, b"abcd"), id="bare-cr"),
        pytest.param(post(b"X-A: a\x00b\r\n" + LENGTE, b"abcd"), id="nul"),
        pytest.param(b"GET /gezondheid/ HTTP/1.1\r\n\r\n", id="no-host"),
    ],
)
def test_a_request_without_one_clear_end_is_refused_and_ends_the_connection(product: Product, ruw: bytes):
    antwoorden, is_dicht = send(product, ruw + GESMOKKELD)
    assert [een.partition(b"\r\n")[0] for een in antwoorden] == [b"HTTP/1.1 400 Bad Request"]
    assert is_dicht


def test_who_sends_chunks_reads_what_to_send_instead(product: Product):
    [antwoord], _ = send(product, post(CHUNKED, b"0\r\n\r\n"))
    assert "Stuur het opnieuw, met alleen Content-Length." in antwoord.decode()


@pytest.mark.parametrize("pad", [b"/mijn/", b"/bestaat-niet/", b"/static/bestaat-niet.css", b"/csp-melding/"])
def test_what_is_in_a_body_that_nobody_reads_is_no_next_request(product: Product, pad: bytes):
    kop = b"POST " + pad + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n" % len(GESMOKKELD)
    antwoorden, _ = send(product, kop + GESMOKKELD)
    assert len(antwoorden) == 1


def test_two_hosts_are_refused(product: Product):
    [antwoord], _ = send(product, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: localhost\r\n\r\n")
    assert antwoord.startswith(b"HTTP/1.1 400 ")


def test_lines_that_end_in_a_bare_lf_mean_the_same_as_with_a_cr_before_it(product: Product):
    """RFC 9112, 2.2 lets a server take them so, and nginx does it too: both see one request that ends at one place."""
    kort = b"GET /gezondheid/ HTTP/1.1\nHost: 127.0.0.1\nX-A: b\n\n"
    antwoorden, _ = send(product, kort + GESMOKKELD)
    assert len(antwoorden) == 2
    antwoorden, is_dicht = send(
        product, b"POST" + kort[3:-1] + CHUNKED[:-2] + b"\n" + LENGTE[:-2] + b"\n\n0\r\n\r\n"
    )
    assert antwoorden[0].startswith(b"HTTP/1.1 400 ")
    assert is_dicht


def test_http_2_is_not_spoken(product: Product):
    """nginx asks with HTTP/1: a second way in is one that nobody looks at."""
    antwoorden, is_dicht = send(product, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0")
    assert is_dicht
    assert not antwoorden or antwoorden[0].startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 505 "))


def test_an_ordinary_request_with_a_body_still_works(product: Product):
    bezoeker = Bezoeker(product.url).log_in("digid", "sanne")
    velden = bezoeker.form("/mijn/gegevens/", "/mijn/gegevens/")
    bezoeker.post("/mijn/gegevens/", velden | {"telefoon": "0612345678"})
    assert "06 12 34 56 78" in bezoeker.get("/mijn/gegevens/").text
