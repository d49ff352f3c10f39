"""What a browser reports, made into a kind of report that names nobody (CSP level 3, 5.3; Reporting API, 2).

Of an address of ours only the name of its route is kept: its path and query can hold references and tokens. Of another
address its last two labels, without numbers. Cookies, samples of script, policies and versions of browsers are left.
"""

import ipaddress
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

MEESTE_BYTES = 64 * 1024  # a browser sends up to a hundred at once, each with the whole policy in it
MEESTE_MELDINGEN = 100
OUD, NIEUW = "application/csp-report", "application/reports+json"
UITBREIDING, EIGEN, ADRES, ANDERS = "uitbreiding", "eigen", "ip-adres", "anders"
_MEESTE_TEKENS = 2_000
# What an extension of the browser does to a page of ours is nothing that we can mend.
_UITBREIDINGEN = (
    "chrome-extension moz-extension safari-extension safari-web-extension ms-browser-extension "
    "webkit-masked-url user-script"
)
_TREFWOORDEN = "inline eval wasm-eval self data blob about filesystem trusted-types-policy trusted-types-sink"
_RICHTLIJNEN = (
    "default-src script-src script-src-elem script-src-attr style-src style-src-elem style-src-attr img-src "
    "font-src connect-src media-src object-src manifest-src frame-src child-src worker-src fenced-frame-src "
    "form-action frame-ancestors base-uri sandbox require-trusted-types-for trusted-types"
)
_BROWSERS = (
    ("Edge", ("Edg/", "EdgA/", "EdgiOS/")),
    ("Opera", ("OPR/",)),
    ("Samsung", ("SamsungBrowser/",)),
    ("Firefox", ("Firefox/", "FxiOS/")),
    ("Chrome", ("Chrome/", "CriOS/")),
    ("Safari", ("Safari/",)),
)
_HOST = re.compile(r"[a-z0-9.-]{1,253}")


class MeldingOnleesbaar(Exception):
    """Not a report of a browser."""


@dataclass(frozen=True, slots=True)
class Schending:
    """A kind of report. `route` is the name of the page ("static" for our own files, "" when it is none of ours that
    we know), `geblokkeerd` and `bron` a keyword or the end of a host name.
    """

    route: str
    richtlijn: str
    geblokkeerd: str
    bron: str
    browser: str

    @property
    def is_uitbreiding(self) -> bool:
        return UITBREIDING in {self.geblokkeerd, self.bron}


def read_meldingen(soort: str, inhoud: bytes, *, host: str, user_agent: str) -> tuple[Schending, ...]:
    """Every report about a page of `host` in this body; those about another site, or of another type, are left out.

    Raises MeldingOnleesbaar.
    """
    try:
        gelezen = json.loads(inhoud)
    except (ValueError, RecursionError) as fout:
        raise MeldingOnleesbaar from fout
    browser = _browser(user_agent)
    alle = (_to_schending(body, host, browser) for body in _bodies(soort, gelezen))
    return tuple(een for een in alle if een is not None)


def _bodies(soort: str, gelezen: Any) -> Iterator[dict[str, Any]]:
    if soort == OUD:
        body = gelezen.get("csp-report") if isinstance(gelezen, dict) else None
        if not isinstance(body, dict):
            raise MeldingOnleesbaar
        yield body
        return
    meldingen = gelezen if isinstance(gelezen, list) else [gelezen]
    for melding in meldingen[:MEESTE_MELDINGEN]:
        if not isinstance(melding, dict) or not isinstance(melding.get("body"), dict | None):
            raise MeldingOnleesbaar
        if melding.get("type") == "csp-violation" and melding.get("body"):
            yield melding["body"]


def _to_schending(body: dict[str, Any], host: str, browser: str) -> Schending | None:
    pagina = _split(_text(body, "document-uri", "documentURL"))
    if pagina is None or (pagina.netloc and pagina.netloc.lower() != host.lower()):
        return None
    richtlijn = _text(body, "effective-directive", "effectiveDirective", "violated-directive").partition(" ")[
        0
    ]
    return Schending(
        route=_route(pagina.path) if pagina.netloc else "",
        richtlijn=richtlijn if richtlijn in _RICHTLIJNEN.split() else ANDERS,
        geblokkeerd=_origin(_text(body, "blocked-uri", "blockedURL"), host),
        bron=_origin(_text(body, "source-file", "sourceFile"), host),
        browser=browser,
    )


def _text(body: dict[str, Any], *namen: str) -> str:
    """The first of these fields that is a text."""
    gevonden = (body[naam] for naam in namen if isinstance(body.get(naam), str))
    return next(gevonden, "")[:_MEESTE_TEKENS]


def _split(adres: str) -> SplitResult | None:
    try:
        return urlsplit(adres)
    except ValueError:
        return None


def _route(pad: str) -> str:
    pad = unquote(pad)
    if pad.startswith(settings.STATIC_URL):
        return "static"
    try:
        return resolve(pad).view_name
    except Resolver404:
        return ""


def _origin(adres: str, host: str) -> str:
    """Where something comes from, without anything that could name a person."""
    delen = _split(adres.strip().lower())
    if not adres.strip():
        return ""
    if delen is None:
        return ANDERS
    woord = delen.scheme or delen.path
    if woord in _UITBREIDINGEN.split() or adres in {"sandbox eval code", "debugger eval code"}:
        return UITBREIDING
    if woord in _TREFWOORDEN.split():
        return woord
    if not delen.netloc:
        return ANDERS
    return EIGEN if delen.netloc == host.lower() else _masked(delen)


def _masked(delen: SplitResult) -> str:
    """The last two labels of a host name: the part before them can name who looks at it. Numbers become `#`."""
    naam = delen.hostname or ""
    try:
        ipaddress.ip_address(naam)
    except ValueError:
        pass
    else:
        return ADRES
    if not _HOST.fullmatch(naam):
        return ANDERS
    return re.sub(r"\d{3,}", "#", ".".join(naam.rstrip(".").split(".")[-2:]))[-60:]


def _browser(user_agent: str) -> str:
    return next((naam for naam, tekens in _BROWSERS if any(een in user_agent for een in tekens)), ANDERS)
