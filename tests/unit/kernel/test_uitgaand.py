"""Calls to others, against real servers on this machine: what is refused, and how soon."""

import http.server
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests
from requests.exceptions import RequestException

from eloket.kernel.uitgaand import BewaakteAdapter, Grenzen, Verboden

PROEF = Grenzen(is_proef=True, seconden=1.0, meeste_bytes=50_000)


class _Antwoord(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.gevraagd.append(self.path)  # type: ignore[attr-defined]
        doe = getattr(self, urlsplit(self.path).path.strip("/"))  # who asks a proxy names the host too
        doe()

    def goed(self) -> None:
        self._head(200, "Content-Length", "11")
        self.wfile.write(b'{"a": "ok"}')

    def elders(self) -> None:
        self._head(302, "Location", "/goed")

    def enorm(self) -> None:
        self._head(200, "Content-Type", "application/json")
        for _ in range(100):
            self.wfile.write(b"x" * 10_000)

    def druppel(self) -> None:
        """Never silent for long, and never done."""
        self._head(200, "Content-Length", "1000")
        for _ in range(100):
            self.wfile.write(b"x")
            time.sleep(0.1)

    def druppelkop(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for nummer in range(100):
            self.wfile.write(f"X-{nummer}: x\r\n".encode())
            time.sleep(0.1)

    def stil(self) -> None:
        time.sleep(10)

    def _head(self, status: int, naam: str, waarde: str) -> None:
        self.send_response(status)
        self.send_header(naam, waarde)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    gevraagd: list[str]

    def handle_error(self, *_: object) -> None:
        """Whoever asks hangs up on purpose."""


@pytest.fixture
def server() -> Iterator[_Server]:
    server = _Server(("127.0.0.1", 0), _Antwoord)
    server.gevraagd = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def ask(server: _Server, pad: str, grenzen: Grenzen = PROEF, host: str = "127.0.0.1") -> requests.Response:
    adapter = BewaakteAdapter(grenzen)
    with requests.Session() as client:
        client.trust_env = False
        client.mount("http://", adapter)
        client.mount("https://", adapter)
        scheme = "http" if grenzen.is_proef else "https"
        return client.get(f"{scheme}://{host}:{server.server_port}/{pad}", timeout=5)


def test_a_good_answer_is_read_whole(server):
    assert ask(server, "goed").json() == {"a": "ok"}


def test_a_redirect_is_not_followed(server):
    with pytest.raises(Verboden, match="doorverwijzing"):
        ask(server, "elders")
    assert server.gevraagd == ["/elders"]


def test_a_huge_answer_is_cut_off(server):
    with pytest.raises(Verboden, match="te groot"):
        ask(server, "enorm")


@pytest.mark.parametrize("pad", ["druppel", "druppelkop", "stil"])
def test_an_answer_that_never_ends_ends_in_time(server, pad):
    begin = time.monotonic()
    with pytest.raises(RequestException):
        ask(server, pad)
    assert 0.9 < time.monotonic() - begin < 8, "the answer lasts ten"


@pytest.mark.parametrize("pad", ["druppel", "druppelkop", "stil"])
def test_behind_a_proxy_it_ends_in_time_too(server, monkeypatch, pad):
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    begin = time.monotonic()
    with requests.Session() as client:
        client.mount("http://", BewaakteAdapter(PROEF))
        with pytest.raises(RequestException):
            client.get(f"http://inloggen.test/{pad}", timeout=5)
    assert server.gevraagd == [f"http://inloggen.test/{pad}"]
    assert 0.9 < time.monotonic() - begin < 8, "the answer lasts ten"


def test_a_private_address_is_refused_before_anything_is_sent(server):
    with pytest.raises(RequestException, match="geen openbaar adres"):
        ask(server, "goed", Grenzen())
    with pytest.raises(RequestException, match="geen openbaar adres"):
        ask(server, "goed", Grenzen(interne_hosts=frozenset({"inloggen.intern"})), host="localhost")
    assert server.gevraagd == []


def test_a_host_that_was_named_may_be_private(server):
    """It gets as far as TLS, which this server does not speak."""
    with pytest.raises(requests.exceptions.SSLError):
        ask(server, "goed", Grenzen(interne_hosts=frozenset({"localhost"})), host="localhost")


def test_without_https_nothing_is_asked(server):
    with requests.Session() as client:
        client.mount("http://", BewaakteAdapter(Grenzen(interne_hosts=frozenset({"127.0.0.1"}))))
        with pytest.raises(Verboden, match="schema"):
            client.get(f"http://127.0.0.1:{server.server_port}/goed", timeout=5)
    assert server.gevraagd == []


@pytest.mark.parametrize(
    ("adres", "mag"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),  # what clouds tell about a machine
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        # IPv4 written in IPv6: where it leads to is what counts.
        ("::127.0.0.1", False),
        ("::", False),
        ("::ffff:0:127.0.0.1", False),
        ("::ffff:0:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),  # NAT64
        ("64:ff9b::a00:1", False),
        ("64:ff9b::169.254.169.254", False),
        ("64:ff9b::808:808", True),
        ("64:ff9b:1::1", False),  # NAT64 of a network of one's own
        ("64:ff9b:1::8.8.8.8", False),
        ("64:ff9b:1:ffff:ffff::1", False),
        ("2002:7f00:1::", False),  # 6to4
        ("2002:a00:1::1", False),
        ("2002:808:808::1", True),
        ("2001:0:808:808:0:0:80ff:fffe", False),  # Teredo, of which the client is 127.0.0.1
        ("2001:0:a00:1::f7f7:f7f7", False),  # and the server 10.0.0.1
        ("2001:0:808:808::f7f7:f7f7", True),
        ("2001:4860::5efe:7f00:1", False),  # ISATAP
        ("2001:4860::200:5efe:a00:1", False),
        ("2001:4860::200:5efe:808:808", True),
        ("fe80::5efe:808:808", False),
        ("fec0::1", False),
        ("feff::1", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("ff0e::1", False),
        ("100::1", False),
        ("5f00::1", False),
        ("2001:db8::1", False),
        ("2001:2::1", False),
        ("3fff::1", False),
        ("4000::1", False),
        ("2a00:1450:400e::1", True),
        # What the versions of Python differ about.
        ("192.0.0.8", False),
        ("192.0.0.170", False),
        ("192.88.99.1", False),
        ("198.18.0.1", False),
        ("203.0.113.5", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("100.63.255.255", True),
        ("172.32.0.1", True),
    ],
)
def test_which_addresses_are_public(adres, mag):
    assert Grenzen().allows("inloggen.test", adres) is mag
    assert Grenzen(interne_hosts=frozenset({"inloggen.test"})).allows("Inloggen.Test", adres)
