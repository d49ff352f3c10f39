"""Looking somebody up in the log by a number that is posted, and what a page says of whom it is about.

The number never reaches an address, and is kept nowhere: the next page is named by the line that the lookup left.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.pagina import render_pagina
from eloket.identity.types import Actor, Soort
from eloket.inzage.errors import ZoekvraagOngeldig
from eloket.inzage.gericht import MEESTE_ZAKEN, Gericht, Kant
from eloket.inzage.opzoeken import look_up, look_up_applicant
from eloket.inzage.toezicht import must_inspect
from eloket.workbench.balie.invoer import WieInvoer, find_partij
from eloket.workbench.menu import DEEL, menu_context
from eloket.workbench.privacy.vraag import Invoer

NAAM = "werkplek-privacy-persoon"
_ZAAK = "zaak"
KEUZES = (
    (Soort.INWONER.value, "Een inwoner, met het BSN"),
    (Soort.ONDERNEMING.value, "Een onderneming, met het KvK-nummer"),
    (_ZAAK, "De aanvrager van een zaak, met het zaaknummer"),
)


@dataclass(frozen=True, slots=True)
class Gezocht(WieInvoer):
    """What was typed. `wie` is one of KEUZES."""

    zaaknummer: str = field(default="", repr=False)


@require_http_methods(["GET", "HEAD", "POST"])
def opzoeken(request: HttpRequest) -> HttpResponse:
    """A form for a BSN, KvK-nummer or zaaknummer; it goes on to the lines about that person."""
    actor = actor_of(request)
    must_inspect(actor)
    if request.method != "POST":
        return _render(request, Gezocht.parse(take_input(request)), {})
    invoer = Gezocht.parse(request.POST.dict())
    fouten: dict[str, str] = {}
    regel = _look_up(actor, invoer, fouten)
    if regel is None:
        return _render(request, invoer, fouten, status=422)
    return HttpResponseRedirect(person_href(regel, Kant.OVER), status=303)


def _look_up(actor: Actor, invoer: Gezocht, fouten: dict[str, str]) -> int | None:
    """The line that names the person; None adds to `fouten` what is wrong."""
    if invoer.wie == _ZAAK:
        try:
            return look_up_applicant(actor, invoer.zaaknummer)
        except ZoekvraagOngeldig as fout:
            fouten.update(fout.fouten)
            return None
    if invoer.wie not in dict(KEUZES):
        fouten["wie"] = "Kies wie u zoekt."
    partij = find_partij(invoer, fouten)
    return look_up(actor, partij) if partij else None


def _render(
    request: HttpRequest, invoer: Gezocht, fouten: Mapping[str, str], *, status: int = 200
) -> HttpResponse:
    menu = menu_context(
        actor_of(request),
        None,
        is_pagina=False,
        onderdeel="werkplek-privacy",
        kruimels=[("Logboek", reverse("werkplek-privacy"))],
        kruimel_huidig="Zoek iemand op",
    )
    context = {
        **menu,
        "invoer": invoer,
        "fouten": fouten,
        "foutenlijst": list(fouten.items()),
        "keuzes": KEUZES,
    }
    return render_pagina(request, "workbench/privacy/persoon.html", context, deel=DEEL, status=status)


def person_href(regel: int, kant: Kant) -> str:
    """The log of one person, named by a line."""
    return f"{reverse('werkplek-privacy')}?{urlencode({'regel': regel, 'kant': kant.value})}"


def build_gericht(gericht: Gericht | None, invoer: Invoer) -> dict[str, str] | None:
    """What the page says of at whom it is aimed; `anders` goes to their other side."""
    if gericht is None:
        return None
    kop, uitleg = _WOORDEN[gericht.kant]
    if gericht.is_contactpersoon:
        kop, uitleg = _CONTACTPERSOON
    if gericht.is_medewerker:
        kop = "Alles van deze medewerker"
    anders, tekst = _other_side(gericht, invoer)
    return {
        "kop": kop,
        "uitleg": uitleg if gericht.is_medewerker else f"{uitleg} Het kenmerk is {gericht.kenmerk}.",
        "afgekapt": _AFGEKAPT if gericht.is_afgekapt else "",
        "anders": anders,
        "anders_tekst": tekst,
    }


def _other_side(gericht: Gericht, invoer: Invoer) -> tuple[str, str]:
    regel = int(invoer.regel)
    if gericht.kant is Kant.OVER and gericht.kan_zelf:
        return person_href(regel, Kant.ZELF), "Bekijk wat deze persoon zelf deed"
    if gericht.kant is Kant.ZELF:
        return person_href(regel, Kant.OVER), "Bekijk wie de gegevens van deze persoon bekeek"
    return "", ""


_MEESTE = f"{MEESTE_ZAKEN:,}".replace(",", ".")
_AFGEKAPT = f"Er zijn meer dan {_MEESTE} zaken. Hier staan de nieuwste. Zoek de andere op zaaknummer."
_OVER = (
    "Dit zijn de regels over hun gegevens en over de zaken waar zij bij horen. Van zaken die zijn vernietigd, "
    "weten wij niet meer van wie ze waren."
)
_ZELF = "Dit zijn de regels van wat zij zelf deden. Wat iemand voor een onderneming deed, staat bij die medewerker."
_CONTACTPERSOON = (
    "Alles over deze persoon",
    "Dit zijn de regels over de contactgegevens van deze persoon, bij elk bedrijf.",
)
_WOORDEN = {
    Kant.OVER: ("Alles over deze persoon of onderneming", _OVER),
    Kant.DOOR: ("Alles van deze persoon", "Dit zijn de regels van wat zij zelf deden, voor wie dan ook."),
    Kant.ZELF: ("Wat deze persoon zelf deed", _ZELF),
}
