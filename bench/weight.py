"""What a browser fetches for the first page, compressed as it travels, style sheet and all included."""

import gzip
import http.client
import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

_ACCEPT = "gzip, deflate, br, zstd"  # what today's browsers send
_FONT_FACE = re.compile(r"@font-face\s*{([^}]*)}")
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)")


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes of the bodies of one page and all it needs; (path without its hash, bytes), the page itself first."""

    delen: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        return sum(omvang for _, omvang in self.delen)


def weigh(port: int, pad: str, cookie: str = "") -> Weight:
    """Fetch the page and, like a browser with an empty cache, everything that it needs. Raises RuntimeError."""
    html, omvang = _fetch(port, pad, cookie)
    lezer = _Links()
    lezer.feed(html.decode())
    delen, gezien = [(pad if not cookie else pad.partition("?")[0], omvang)], set()
    wachtend = [urljoin(pad, href) for href in lezer.hrefs if not href.startswith("data:")]
    while wachtend:
        href = urlsplit(wachtend.pop(0)).path
        if href in gezien:
            continue
        gezien.add(href)
        inhoud, omvang = _fetch(port, href, cookie)
        delen.append((re.sub(r"\.[0-9a-f]{12}(?=\.)", "", href), omvang))
        if href.endswith(".css"):
            wachtend += [urljoin(href, font) for font in _fonts(inhoud.decode(), lezer.text)]
    return Weight(tuple(delen))


class _Links(HTMLParser):
    """Collects what a page makes a browser fetch, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        waarden = {naam: waarde or "" for naam, waarde in attrs}
        if tag == "link" and waarden.get("rel") in {"stylesheet", "preload", "icon", "manifest"}:
            self.hrefs.append(waarden["href"])
        elif tag in {"script", "img"} and "src" in waarden:
            self.hrefs.append(waarden["src"])
        elif tag == "use" and not waarden.get("href", "#").startswith("#"):
            self.hrefs.append(waarden["href"])

    def handle_data(self, data: str) -> None:
        self.text += data


def _fonts(css: str, tekst: str) -> list[str]:
    """The font files that this text needs: a browser fetches those whose unicode-range holds a letter of it."""
    letters = {ord(letter) for letter in unescape(tekst)}
    gevonden = []
    for blok in _FONT_FACE.findall(css):
        bereik = re.search(r"unicode-range:([^;}]+)", blok)
        if bereik is None or any(_is_in(bereik[1], letter) for letter in letters):
            gevonden += _URL.findall(blok)[:1]
    return gevonden


def _is_in(bereik: str, letter: int) -> bool:
    for deel in bereik.split(","):
        begin, _, einde = deel.strip().upper().removeprefix("U+").partition("-")
        if int(begin.replace("?", "0"), 16) <= letter <= int((einde or begin).replace("?", "F"), 16):
            return True
    return False


def _fetch(port: int, pad: str, cookie: str) -> tuple[bytes, int]:
    """(the content, how many bytes it was on the way)."""
    verbinding = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        verbinding.request("GET", pad, headers={"Accept-Encoding": _ACCEPT, "Cookie": cookie})
        antwoord = verbinding.getresponse()
        inhoud = antwoord.read()
    finally:
        verbinding.close()
    if antwoord.status != 200:
        raise RuntimeError(f"{pad}: antwoord {antwoord.status}")
    return _unpack(inhoud, antwoord.getheader("Content-Encoding", "")), len(inhoud)


def _unpack(inhoud: bytes, codering: str | None) -> bytes:
    if codering == "gzip":
        return gzip.decompress(inhoud)
    if codering:
        # Only the texts have to be read back; what else the server may choose is weighed, and not read.
        raise RuntimeError(f"onbekende codering: {codering}")
    return inhoud
