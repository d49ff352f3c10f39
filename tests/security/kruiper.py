"""Finds every form of every page that somebody can reach, as a visitor does: by the links, also those with a query."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs, quote, urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

from eloket.documenten.voorbeelden import pdf
from tests.security.ladingen import MERK
from tests.security.oordeel import must_be_harmless, text_of_pdf

# What a person would type in a field of this kind.
GOED = {
    "text": "Tekst van een mens.",
    "search": "boom",
    "email": "iemand@voorbeeld.nl",
    "tel": "0612345678",
    "url": "https://voorbeeld.nl/",
    "date": "2099-01-01",
    "number": "1",
    "password": "een lange zin als wachtwoord",
    "textarea": "Tekst van een mens.",
}
VRIJ = {"text", "search", "textarea"}
_MEESTE = 90  # addresses of one route that differ in their query or their names, per visitor
PDF = pdf(MERK)
_FORMULIER = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Formulier:
    """A form as it stands on a page: for whom, where it goes, and its fields (name -> kind, value)."""

    wie: str
    pagina: str
    actie: str
    is_post: bool
    velden: Mapping[str, tuple[str, str]] = field(repr=False)
    knoppen: tuple[tuple[str, str], ...] = field(repr=False)

    @property
    def route(self) -> str:
        return route_of(self.actie)

    @property
    def soort(self) -> tuple[str, ...]:
        """Forms of one kind are sent once."""
        return self.route, *sorted(self.velden)

    @property
    def bestanden(self) -> tuple[str, ...]:
        return tuple(naam for naam, (soort, _) in self.velden.items() if soort == "file")

    def goed(self) -> dict[str, str]:
        """What a person would send."""
        return {naam: waarde for naam, (soort, waarde) in self.velden.items() if soort != "file"}

    def vrij(self) -> tuple[str, ...]:
        """The fields in which one can type anything."""
        return tuple(naam for naam, (soort, _) in self.velden.items() if soort in VRIJ)


def route_of(pad: str) -> str:
    """The name of the route of this address; "" when it is not ours."""
    try:
        return resolve(urlsplit(pad).path).url_name or ""
    except Resolver404:
        return ""


@dataclass
class Kruiper:
    """Visitors with their browsers, and what they found. Every answer is judged."""

    bezoekers: Mapping[str, Client]
    formulieren: list[Formulier] = field(default_factory=list)
    statussen: dict[str, dict[int, str]] = field(default_factory=dict)  # of each route: by whom, and where
    dood: list[str] = field(default_factory=list)  # links of our own pages that lead nowhere
    gelezen: list[tuple[str, str, str]] = field(
        default_factory=list
    )  # who, route, text, when the payload is in it
    _geweest: set[tuple[str, str]] = field(default_factory=set)
    _aantal: dict[tuple[str, str], int] = field(default_factory=dict)

    def visit(self, wie: str, pad: str, *, diep: int = 3, van: str = "") -> None:
        """This page, and what it links to, so many links further. `van` is the page that links to it."""
        pad = pad.partition("#")[0]
        route = route_of(pad)
        if (wie, pad) in self._geweest or (van and not self._is_new(wie, route, pad)):
            return
        self._geweest.add((wie, pad))
        antwoord = self.bezoekers[wie].get(pad)
        self.statussen.setdefault(route, {}).setdefault(antwoord.status_code, f"{wie} {pad}")
        inhoud = must_be_harmless(antwoord)
        if van and antwoord.status_code >= 400:
            self.dood.append(f"{wie}: {van} -> {pad}: {antwoord.status_code}")
        if antwoord.status_code in {301, 302, 303}:
            self.visit(wie, urljoin(pad, antwoord.headers["Location"]), diep=diep - 1, van=van)
        elif inhoud:
            self._read(wie, pad, inhoud, antwoord.headers["Content-Type"], diep)

    def _is_new(self, wie: str, route: str, pad: str) -> bool:
        """Of the pages that differ only in where one goes on afterwards, one is enough."""
        soort = route if "terug" in parse_qs(urlsplit(pad).query) else ""
        self._aantal[wie, soort or route] = self._aantal.get((wie, soort or route), 0) + 1
        return self._aantal[wie, soort or route] <= (1 if soort else _MEESTE)

    def _read(self, wie: str, pad: str, inhoud: bytes, soort: str, diep: int) -> None:
        if not soort.startswith("text/html"):
            tekst = text_of_pdf(inhoud) if "pdf" in soort else inhoud.decode(errors="replace")
            self.gelezen.append((wie, route_of(pad), tekst))
            return
        tekst = inhoud.decode()
        boom = html.document_fromstring(tekst)
        if MERK in tekst:
            self.gelezen.append((wie, route_of(pad), tekst))
        self.formulieren.extend(forms_of(boom, wie, pad))
        if diep <= 0:
            return
        for element in boom.iter("a", "iframe", "img", "link"):
            doel = urljoin(pad, element.get("href") or element.get("src") or "")
            if not urlsplit(doel).netloc and doel.startswith("/") and not doel.startswith("/static/"):
                self.visit(wie, doel, diep=diep - 1, van=pad)

    def per_route(self) -> dict[str, list[Formulier]]:
        """By the route where it goes: one form of each kind."""
        uit: dict[str, dict[tuple[str, ...], Formulier]] = {}
        for een in self.formulieren:
            uit.setdefault(een.route, {}).setdefault(een.soort, een)
        return {route: list(soorten.values()) for route, soorten in uit.items()}


def forms_of(boom: html.HtmlElement, wie: str, pagina: str) -> Iterator[Formulier]:
    for form in boom.iter("form"):
        actie = urljoin(pagina, form.get("action") or pagina).partition("#")[0]
        if not urlsplit(actie).netloc:
            is_post = form.get("method", "get").casefold() == "post"
            yield Formulier(wie, pagina, actie, is_post, _fields(form), _buttons(form))


def _fields(form: html.HtmlElement) -> dict[str, tuple[str, str]]:
    velden: dict[str, tuple[str, str]] = {}
    for veld in form.iter("input", "select", "textarea"):
        naam = veld.get("name", "")
        soort = veld.get("type", "text") if veld.tag == "input" else str(veld.tag)
        if not naam or naam == "csrfmiddlewaretoken":
            continue
        if veld.tag == "select":
            keuzes = [(optie.get("value", ""), optie.get("selected")) for optie in veld.iter("option")]
            gekozen = [waarde for waarde, is_gekozen in keuzes if is_gekozen is not None and waarde]
            velden[naam] = soort, next(iter([*gekozen, *(waarde for waarde, _ in keuzes if waarde)]), "")
        elif soort in {"radio", "checkbox"}:
            if naam not in velden or veld.get("checked") is not None:
                velden[naam] = soort, veld.get("value", "on")
        else:
            tekst = veld.text if veld.tag == "textarea" else veld.get("value")
            velden[naam] = soort, (tekst or "").lstrip("\n") or GOED.get(soort, "")
    return velden


def _buttons(form: html.HtmlElement) -> tuple[tuple[str, str], ...]:
    knoppen = [(een.get("name", ""), een.get("value", "")) for een in form.iter("button") if een.get("name")]
    return tuple(dict.fromkeys(knoppen))


def send(
    client: Client, formulier: Formulier, velden: Mapping[str, str], bestandsnaam: str = ""
) -> HttpResponseBase:
    """As a browser sends it: with files as multipart, without a name none is chosen. What the answer says of cookies is
    forgotten again."""
    koekjes = client.cookies.output(header="", sep=";")
    try:
        if not formulier.is_post:
            return client.get(f"{formulier.actie.partition('?')[0]}?{encode(velden)}")
        if not formulier.bestanden:
            return client.post(formulier.actie, encode(velden), content_type=_FORMULIER)
        heel = {_whole(naam): _whole(waarde) for naam, waarde in velden.items()}
        naam = _whole(bestandsnaam)
        bestanden: dict[str, Any] = {
            een: SimpleUploadedFile(naam, PDF + naam.encode(), "application/pdf")
            for een in formulier.bestanden
            if naam
        }
        return client.post(formulier.actie, {**heel, **bestanden})
    finally:
        client.cookies = SimpleCookie(koekjes)


def encode(velden: Mapping[str, str] | Iterable[tuple[str, str]]) -> str:
    """Also what is no text: half of a pair of surrogates arrives as the bytes that some senders make of it."""
    paren = velden.items() if isinstance(velden, Mapping) else velden
    return "&".join(f"{_quote(naam)}={_quote(waarde)}" for naam, waarde in paren)


def _quote(tekst: str) -> str:
    return quote(tekst, safe="", errors="surrogatepass")


def _whole(tekst: str) -> str:
    return tekst.encode(errors="replace").decode()
