"""A certified OpenID provider (npm: oidc-provider) on a free port of this machine, for the length of a test module.

The portal reaches it over real HTTP; what a browser does at the provider, `Browser` does.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any
from urllib.parse import parse_qs, urljoin

import requests

MAP = Path(__file__).parent
GEHEIM = "geheim-voor-de-tests-van-32-tekens"
CALLBACK = "http://testserver/inloggen/terug/"
AFGEMELD = "http://testserver/uitgelogd/"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can log in there: the claims that a broker sends, or the error that they end with."""

    claims: Mapping[str, Any] = field(default_factory=dict)
    acr: str = ""
    amr: tuple[str, ...] = ()
    fout: str = ""
    omschrijving: str = ""


class Brievenbus:
    """Catches what the provider posts to the back-channel, over HTTP."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.gekomen = threading.Event()
        bus = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                lijf = self.rfile.read(int(self.headers["Content-Length"])).decode()
                bus.tokens.append(parse_qs(lijf)["logout_token"][0])
                self.send_response(200)
                self.end_headers()
                bus.gekomen.set()

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"
        self._draad = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._draad.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._draad.join()


@dataclass(frozen=True, slots=True)
class Dienst:
    issuer: str
    bus: Brievenbus


def node() -> str:
    """The Node.js of this machine, or the one that scripts/setup.py put in the environment."""
    hier = f"{os.environ.get('PATH', os.defpath)}{os.pathsep}{Path(sys.executable).parent}"
    gevonden = shutil.which("node", path=hier)
    assert gevonden, "Node.js ontbreekt: draai make setup-dev"
    return gevonden


@contextmanager
def start_dienst(clients: tuple[str, ...], accounts: Mapping[str, Account]) -> Iterator[Dienst]:
    """The provider, with one client per login means."""
    bus = Brievenbus()
    opzet = {
        "callback": CALLBACK,
        "logged_out": AFGEMELD,
        "backchannel": bus.url,
        "clients": [{"id": een, "secret": GEHEIM} for een in clients],
        "claims": sorted({naam for account in accounts.values() for naam in account.claims}),
        "accounts": {
            naam: {
                "claims": {**een.claims},
                "acr": een.acr,
                "amr": een.amr,
                **({"fout": een.fout, "omschrijving": een.omschrijving} if een.fout else {}),
            }
            for naam, een in accounts.items()
        },
    }
    with subprocess.Popen(
        [node(), str(MAP / "provider.mjs")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as proces:
        assert proces.stdin
        assert proces.stdout
        assert proces.stderr
        try:
            proces.stdin.write(json.dumps(opzet) + "\n")
            proces.stdin.flush()
            issuer = proces.stdout.readline().strip()
            assert issuer.startswith("http://127.0.0.1:"), proces.stderr.read()
            threading.Thread(target=_drain, args=(proces.stderr,), daemon=True).start()
            yield Dienst(issuer, bus)
        finally:
            proces.stdin.close()
            proces.wait(timeout=20)
            bus.close()


def _drain(stroom: IO[str]) -> None:
    """What the provider says about itself (that it is spoken to without TLS) would fill the pipe."""
    for _ in stroom:
        pass


class Browser:
    """Somebody's browser at the provider: keeps its cookies, follows its redirects as far as our own site."""

    def __init__(self) -> None:
        self.sessie = requests.Session()
        self.sessie.trust_env = False
        self.gezien: list[str] = []

    def log_in(self, adres: str, wie: str) -> str:
        """From the address that the portal sends them to, to the one that the provider sends them back to."""
        interactie = self._volg(adres)
        return self._volg(f"{interactie}?wie={wie}")

    def pass_by(self, adres: str) -> str:
        """The same on the session that they have there already, without logging in."""
        return self._volg(adres)

    def log_out(self, adres: str, velden: Mapping[str, str]) -> str:
        """Send the form that ends the session there, and say yes to what the provider asks; where it sends us then."""
        vraag = self.sessie.post(adres, data=velden, timeout=20)
        assert vraag.status_code == 200, vraag.text
        actie = re.search(r'action="([^"]+)"', vraag.text)
        xsrf = re.search(r'name="xsrf" value="([^"]+)"', vraag.text)
        assert actie
        assert xsrf
        self.gezien.append(actie[1])
        klaar = self.sessie.post(
            actie[1], data={"xsrf": xsrf[1], "logout": "yes"}, timeout=20, allow_redirects=False
        )
        assert klaar.is_redirect, klaar.text
        return klaar.headers["Location"]

    def _volg(self, adres: str) -> str:
        for _ in range(10):
            if adres.startswith("http://testserver"):
                return adres
            self.gezien.append(adres)
            antwoord = self.sessie.get(adres, allow_redirects=False, timeout=20)
            if not antwoord.is_redirect:
                assert antwoord.status_code == 200, antwoord.text
                return antwoord.url
            adres = urljoin(adres, antwoord.headers["Location"])
        raise AssertionError("de inlogdienst blijft doorverwijzen")
