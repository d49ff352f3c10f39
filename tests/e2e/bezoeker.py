"""Somebody who uses the site over HTTP without a browser: for faults that a browser would hide."""

import html
import re
from urllib.parse import urljoin

import requests

_WACHT = 30  # seconds; a busy database is waited for at most five


class Bezoeker:
    """A session. Pages are read as text; forms are found by their address and sent with their hidden fields."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = requests.Session()
        self.http.trust_env = False

    def get(self, pad: str) -> requests.Response:
        """The answer, redirects followed."""
        return self.http.get(urljoin(self.url, pad), timeout=_WACHT)

    def post(
        self,
        pad: str,
        velden: dict[str, str],
        bestanden: dict[str, tuple[str, bytes, str]] | None = None,
        *,
        volg: bool = True,
    ) -> requests.Response:
        """Send fields and files; redirects are followed unless `volg` is off."""
        return self.http.post(
            urljoin(self.url, pad), data=velden, files=bestanden, timeout=_WACHT, allow_redirects=volg
        )

    def log_in(self, middel: str, sub: str) -> "Bezoeker":
        """By the simulated provider; `sub` is the persona."""
        keuze = self.get(f"/inloggen/{middel}/")
        klaar = self.post(keuze.url, hidden_fields(keuze.text) | {"persoon": sub})
        assert klaar.status_code == 200, klaar.text
        assert "Uitloggen" in klaar.text
        return self

    def find(self, pad: str, tekst: str) -> str:
        """The path of the link with this text on a page."""
        for href, inhoud in re.findall(
            r'<a\b[^>]*href="([^"]+)"[^>]*>(.*?)</a>', self.get(pad).text, re.DOTALL
        ):
            if tekst in html.unescape(re.sub(r"<[^>]+>", " ", inhoud)):
                return html.unescape(href)
        raise AssertionError(f"geen link {tekst!r} op {pad}")

    def form(self, pad: str, actie: str) -> dict[str, str]:
        """The hidden fields of the form on this page that is sent to `actie`."""
        for begin, inhoud in re.findall(r"<form\b([^>]*)>(.*?)</form>", self.get(pad).text, re.DOTALL):
            if f'action="{actie}"' in begin:
                return hidden_fields(inhoud)
        raise AssertionError(f"geen formulier naar {actie} op {pad}")


def hidden_fields(tekst: str) -> dict[str, str]:
    """Name and value of every hidden field in this HTML; of a name that comes twice, the last."""
    return {
        naam: html.unescape(waarde)
        for naam, waarde in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', tekst)
    }


def text_of(antwoord: requests.Response) -> str:
    """What a reader finds on the page."""
    kaal = re.sub(r"<(head|script)\b.*?</\1>", " ", antwoord.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", kaal)).split())
