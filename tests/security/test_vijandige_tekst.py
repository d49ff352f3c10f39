"""A crawl: every form on every page, sent with text that means harm, and then every page is read again.

No form is named here: they are found on the pages that the URL table leads to, with their hidden fields as they are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from lxml import etree, html

from eloket.documenten.voorbeelden import pdf
from eloket.identity.audience import Route
from eloket.identity.testing import in_process_provider
from eloket.identity.types import Audience
from tests.architecture.routetabel import ROUTES, Stad, build_stad, by_name, client_of, manager

pytestmark = pytest.mark.django_db
MET_PAGINA = [r for r in ROUTES if r.audience is not Audience.DEMO]
MERK = "kruip"
VIJANDIG = {
    "script": f"\"'></textarea></title><script>{MERK}()</script>",
    "attribuut": f'" onfocus="{MERK}()" autofocus x=\'',
    "adres": f"javascript:{MERK}()",
    "sjabloon": f"{MERK}{{{{7*191}}}}{{% include '/etc/passwd' %}}${{7*191}}",
    "kop": f"{MERK}\r\nX-{MERK}: ja\r\n\r\n<script>{MERK}()</script>",
    "pad": f"../../../../etc/passwd\x00{MERK}.pdf",
    "sql": f"{MERK}' OR 1=1; DROP TABLE register_zaak; --",
    "letters": f"{MERK}\u202e\ufeff\u0000\U0001f480\u0301\ufffe",
    "lang": MERK * 2_000,
}
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
    None: "Tekst van een mens.",
}


@dataclass(frozen=True, slots=True)
class Formulier:
    """A form of a page: where it goes, its fields with what fits them, and which of those are typed freely."""

    actie: str
    is_post: bool
    velden: Mapping[str, str]
    vrij: tuple[str, ...]
    bestanden: frozenset[str]


@pytest.fixture(scope="module")
def stad(django_db_setup, django_db_blocker) -> Iterator[Stad]:
    """Built once for all tests of this module: each of them takes back what it writes."""
    with django_db_blocker.unblock(), transaction.atomic(), in_process_provider():
        yield build_stad()
        transaction.set_rollback(True)


def is_html(antwoord: HttpResponseBase) -> bool:
    return antwoord.headers.get("Content-Type", "").startswith("text/html")


def read(antwoord: HttpResponseBase) -> str:
    return b"".join(antwoord).decode(errors="replace")


def must_be_harmless(antwoord: HttpResponseBase) -> None:
    """Nothing of what was sent runs, leads away, or became a header."""
    assert antwoord.status_code < 500
    assert not any(MERK in naam.casefold() for naam in antwoord.headers)
    assert "\n" not in antwoord.headers.get("Location", "")
    assert urlsplit(antwoord.headers.get("Location", "")).netloc in {"", "testserver"}
    tekst = read(antwoord) if is_html(antwoord) else ""
    if not tekst:
        return
    assert f"{MERK}1337" not in tekst
    boom = html.document_fromstring(tekst)
    for script in boom.iter("script"):
        assert MERK not in (script.text or "")
    for element in boom.iter(etree.Element):
        for naam, waarde in element.attrib.items():
            assert not str(naam).startswith("on"), naam
            if naam in {"href", "src", "action", "formaction"}:
                assert not waarde.strip().casefold().startswith(("javascript:", "data:text", "//"))


def forms_of(tekst: str, hier: str) -> list[Formulier]:
    formulieren: list[Formulier] = []
    if not tekst:
        return formulieren
    for form in html.document_fromstring(tekst).iter("form"):
        actie = form.get("action") or hier
        if urlsplit(actie).netloc or urlsplit(actie).path == "/uitloggen/":
            continue
        velden: dict[str, str] = {}
        vrij, bestanden = [], set()
        for veld in form.iter("input", "select", "textarea", "button"):
            naam, soort = veld.get("name"), veld.get("type")
            if not naam or naam == "csrfmiddlewaretoken":
                continue
            if veld.tag == "textarea" or (veld.tag == "input" and soort in GOED):
                vrij.append(naam)
                velden[naam] = veld.get("value") or veld.text or GOED.get(soort, "Tekst van een mens.")
            elif soort == "file":
                bestanden.add(naam)
            elif veld.tag == "select":
                keuzes = [optie.get("value", "") for optie in veld.iter("option")]
                velden[naam] = next(filter(None, keuzes), "")
            else:
                velden.setdefault(naam, veld.get("value", "on"))
        is_post = form.get("method", "get").lower() == "post"
        formulieren.append(Formulier(actie, is_post, velden, tuple(vrij), frozenset(bestanden)))
    return formulieren


def send(client: Client, formulier: Formulier, plek: str, tekst: str) -> HttpResponseBase:
    """With harm in one field and sense in the others, so that it gets as far as it can; `plek` "" is every field."""
    raak = formulier.vrij if not plek else (plek,)
    velden = {**formulier.velden, **dict.fromkeys(raak, tekst)}
    if not formulier.is_post:
        return client.get(formulier.actie, velden)
    bestanden = {naam: SimpleUploadedFile(f"{tekst[:150]}.pdf", pdf(MERK)) for naam in formulier.bestanden}
    return client.post(formulier.actie, {**velden, **bestanden})


def readers(stad: Stad) -> list[tuple[Client, str]]:
    """Where what was sent may turn up: with the resident, with who handles it, and with who manages."""
    ref = stad.waarden["ref"]
    mijn = ("", "zaken/", f"zaken/{ref}/", "berichten/", "taken/", "gegevens/", "machtigingen/")
    werk = ("", f"zaken/{ref}/", "berichten/", "beheer/", "privacy/")
    jeroen, mila, beheer = (client_of(a) for a in (stad.huis.jeroen, stad.huis.mila, manager(stad.huis)))
    return [
        *((jeroen, f"/mijn/{pad}") for pad in mijn),
        *((mila, f"/werkplek/{pad}") for pad in werk),
        (beheer, "/werkplek/beheer/wijzigingen/"),
    ]


@pytest.mark.parametrize("route", MET_PAGINA, ids=by_name)
def test_no_form_of_this_page_lets_harm_through(route: Route, stad: Stad):
    client, pad = stad.client_for(route), stad.path(route)
    pagina = client.get(pad, follow=True)
    must_be_harmless(pagina)
    if not is_html(pagina):
        return
    hier = pagina.request["PATH_INFO"]
    formulieren = [een for een in forms_of(read(pagina), hier) if een.vrij or een.bestanden]
    for formulier in formulieren:
        for plek, tekst in product(("", *formulier.vrij), VIJANDIG.values()):
            antwoord = send(client, formulier, plek, tekst)
            must_be_harmless(antwoord)
            if antwoord.status_code in {302, 303}:
                must_be_harmless(client.get(antwoord["Location"]))
    if formulieren:
        for wie, waar in readers(stad):
            must_be_harmless(wie.get(waar))


def test_the_crawl_finds_the_forms(stad: Stad):
    """Otherwise it would be true of nothing."""
    gevonden = {
        formulier.actie.partition("?")[0]
        for route in MET_PAGINA
        if is_html(pagina := stad.client_for(route).get(stad.path(route), follow=True))
        for formulier in forms_of(read(pagina), stad.path(route))
        if formulier.vrij
    }
    assert len(gevonden) >= 25
