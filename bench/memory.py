"""How much memory a web server needs on top, to take in and to hand out files of 50 MB."""

import hashlib
import http.client
import json
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

from bench.databases import ROOT
from bench.files import Pdf
from bench.server import Server
from bench.values import Inside

SIZE = 50 * 1024 * 1024  # the largest file that we take
SMALL = 100_000
TEN = 10 * 1024 * 1024  # of the step with many files
PEOPLE, FILES = 10, 10  # who send them, and how many each: as many as one post may hold
_MEE = re.compile(rb'name="(csrfmiddlewaretoken|partij-merk)" value="([^"]+)"')
_SAVE = re.compile(rb'href="(/mijn/zaken/[^"]+/documenten/[^"]+/opslaan/)"')


@dataclass(frozen=True, slots=True)
class Growth:
    """MB (1,000,000 bytes) above what the server held after small files: at the highest moment, and afterwards.

    `seconden` is how long it took.
    """

    naam: str
    hoogste: float
    na: float
    seconden: float


class Browser:
    """A resident who adds documents to a zaak and fetches them."""

    def __init__(self, port: int, cookie: str, ref: str) -> None:
        self._port = port
        self._cookie = cookie
        self._pad = f"/mijn/zaken/{ref}/"

    def is_open(self) -> bool:
        """Whether the zaak still takes documents."""
        return b'name="bestanden"' in self._page()

    def upload(self, omvang: int, aantal: int = 1) -> set[str]:
        """New files of so many bytes in one post; the SHA-256 of each. Raises RuntimeError unless all are taken."""
        pagina = self._page()
        mee = dict(_MEE.findall(pagina))
        if not mee:
            raise RuntimeError("er staat geen formulier op de pagina")
        bestanden = [Pdf(omvang) for _ in range(aantal)]
        grens = secrets.token_hex(16)
        koppen = [_head(grens, f'bestanden"; filename="bench-{nummer}.pdf') for nummer in range(aantal)]
        begin = b"".join(_head(grens, naam.decode(), "") + waarde + b"\r\n" for naam, waarde in mee.items())
        slot = f"--{grens}--\r\n".encode()

        def body() -> Iterator[bytes]:
            yield begin
            for kop, bestand in zip(koppen, bestanden, strict=True):
                yield kop
                yield from bestand.chunks()
                yield b"\r\n"
            yield slot

        lengte = len(begin) + sum(len(kop) + omvang + 2 for kop in koppen) + len(slot)
        headers = {"Content-Type": f"multipart/form-data; boundary={grens}", "Content-Length": str(lengte)}
        antwoord = b"".join(self._ask("POST", f"{self._pad}documenten/", body(), headers))
        if "url" not in json.loads(antwoord):
            raise RuntimeError("de post is niet aangenomen")
        erbij = len(_documents(self._page())) - len(_documents(pagina))
        if erbij != aantal:
            raise RuntimeError(f"{aantal} bestanden verstuurd, {erbij} aangenomen")
        return {bestand.sha256 for bestand in bestanden}

    def download(self, *, verwacht: set[str]) -> None:
        """Every document of the zaak. Raises RuntimeError unless the expected ones are there, byte for byte."""
        gekregen = set()
        for pad in _documents(self._page()):
            som = hashlib.sha256()
            for brok in self._ask("GET", pad, None, {}):
                som.update(brok)
            gekregen.add(som.hexdigest())
        if not verwacht <= gekregen:
            raise RuntimeError("een bestand kwam anders terug dan het verstuurd is")

    def _page(self) -> bytes:
        return b"".join(self._ask("GET", self._pad, None, {}))

    def _ask(
        self, methode: str, pad: str, body: Iterator[bytes] | None, headers: Mapping[str, str]
    ) -> Iterator[bytes]:
        verbinding = http.client.HTTPConnection("127.0.0.1", self._port, timeout=120)
        try:
            vast = {"Cookie": self._cookie, "Accept": "application/json"}
            verbinding.request(methode, pad, body=body, headers=vast | dict(headers))
            antwoord = verbinding.getresponse()
            if antwoord.status != 200:
                raise RuntimeError(
                    f"{methode} {pad.rpartition('/documenten')[1]}: antwoord {antwoord.status}"
                )
            self._remember(antwoord)
            while brok := antwoord.read(256 * 1024):
                yield brok
        finally:
            verbinding.close()

    def _remember(self, antwoord: http.client.HTTPResponse) -> None:
        """A form only works together with its cookie."""
        for cookie in antwoord.headers.get_all("Set-Cookie", []):
            paar = cookie.partition(";")[0]
            naam = paar.partition("=")[0]
            anders = [c for c in self._cookie.split("; ") if not c.startswith(f"{naam}=")]
            self._cookie = "; ".join([*anders, paar])


def _documents(pagina: bytes) -> list[str]:
    return [pad.decode() for pad in _SAVE.findall(pagina)]


def _head(grens: str, naam: str, soort: str = "application/pdf") -> bytes:
    type_ = f"Content-Type: {soort}\r\n" if soort else ""
    return f'--{grens}\r\nContent-Disposition: form-data; name="{naam}"\r\n{type_}\r\n'.encode()


@dataclass(frozen=True, slots=True)
class Account:
    """Of the files of the last step: how many were sent, how many came back byte for byte, what the check said."""

    verstuurd: int
    terug: int
    is_goed: bool
    uitslag: str


def measure(server: Server, inside: Inside, *, omvang: int = SIZE) -> tuple[list[Growth], Account]:
    """Upload and download one after another, many in one post, four people at the same time, and a hundred files of
    10 MB by ten people at once; at the end every file is accounted for.
    """
    alle = (Browser(server.port, lezer.cookie, lezer.ref) for lezer in inside.inwoners)
    mensen = list(islice((b for b in alle if b.is_open()), 6 + PEOPLE))
    if len(mensen) < 6 + PEOPLE:
        raise RuntimeError("te weinig inwoners met een lopende zaak om mee te meten")
    een, veel, samen, tien = mensen[0], mensen[1], mensen[2:6], mensen[6:]
    een.download(verwacht=een.upload(min(SMALL, omvang)))
    basis = server.memory()[0]
    verstuurd: dict[Browser, set[str]] = {}

    def keep(browser: Browser, hashes: set[str]) -> None:
        verstuurd[browser] = verstuurd.get(browser, set()) | hashes

    def together(werk: Callable[[Browser], None], wie: list[Browser] = samen) -> None:
        with ThreadPoolExecutor(len(wie)) as mensen_tegelijk:
            list(mensen_tegelijk.map(werk, wie))

    def three_times() -> None:
        for _ in range(3):
            keep(een, een.upload(omvang))

    stappen: list[tuple[str, Callable[[], None]]] = [
        ("3 keer een bestand versturen", three_times),
        ("die bestanden ophalen", lambda: een.download(verwacht=verstuurd[een])),
        ("4 bestanden in een keer versturen", lambda: keep(veel, veel.upload(omvang, 4))),
        ("die 4 ophalen", lambda: veel.download(verwacht=verstuurd[veel])),
        ("4 mensen versturen tegelijk", lambda: together(lambda b: keep(b, b.upload(omvang)))),
        ("4 mensen halen tegelijk op", lambda: together(lambda b: b.download(verwacht=verstuurd[b]))),
        (
            f"{PEOPLE} mensen versturen tegelijk elk {FILES} van {min(TEN, omvang) / 1024 / 1024:.0f} MB",
            lambda: together(lambda b: keep(b, b.upload(min(TEN, omvang), FILES)), tien),
        ),
    ]
    groei = [_measure(server, basis, naam, werk) for naam, werk in stappen]
    return groei, _account(server, [(browser, verstuurd[browser]) for browser in tien])


def _account(server: Server, mensen: list[tuple[Browser, set[str]]]) -> Account:
    """Fetch everything that the last step sent, and let the product compare its files and its rows."""
    terug = 0
    for browser, hashes in mensen:
        browser.download(verwacht=hashes)
        terug += len(hashes)
    opdracht = [sys.executable, "-m", "eloket", "controleer-documenten", "--volledig"]
    klaar = subprocess.run(
        opdracht, env=server.database.env, cwd=ROOT, check=False, capture_output=True, text=True
    )
    return Account(PEOPLE * FILES, terug, klaar.returncode == 0, klaar.stdout.strip() or klaar.stderr.strip())


def _measure(server: Server, basis: float, naam: str, werk: Callable[[], None]) -> Growth:
    server.forget_peak()
    begin = time.monotonic()
    werk()
    seconden = time.monotonic() - begin
    nu, hoogste = server.memory()
    return Growth(naam, hoogste - basis, nu - basis, seconden)
