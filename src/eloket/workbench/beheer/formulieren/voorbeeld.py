"""The preview of a form: walk through it as each kind of visitor. Nothing is written: what was typed travels along in
the page, and the end of it is a look at what would happen."""

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.partijmerk import VELD
from eloket.kernel.klok import vandaag
from eloket.loket.formulier.basis import Invoer, Wie
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.doorloop import StapStand, list_antwoorden
from eloket.loket.formulier.voorwaarden import evaluate
from eloket.loket.stapinvoer import Knop
from eloket.loket.types import Versie
from eloket.loket.veldweergave import known_answers, make_vakken
from eloket.loket.versiebeheer import get_versie
from eloket.loket.voorbeeld import (
    Voorbeeld,
    begin_voorbeeld,
    list_examples,
    parse_text,
    post_stap,
    to_text,
    work_out_voorbeeld,
)
from eloket.workbench.beheer.formulieren.views import ONDERDEEL, parse_nummer
from eloket.workbench.beheer.pagina import toon

_WIE = {Wie.INWONER: "een inwoner", Wie.ONDERNEMING: "een bedrijf", Wie.ANONIEM: "iemand zonder inloggen"}
# No field of a form has a name that begins with a line below.
_VAST = "_wie", "_stap", "_invoer", "_bezocht", VELD
_KIES = "workbench/beheer/formulieren/voorbeeld_kies.html"
_STAP = "workbench/beheer/formulieren/voorbeeld_stap.html"
_EINDE = "workbench/beheer/formulieren/voorbeeld_einde.html"
_CONTROLE = "_controle"  # in the place of a step: the review


@dataclass(frozen=True, slots=True)
class _Post:
    """What the page sent: as who, which step, what was typed before and on this page, and the button."""

    wie: Wie | None
    stap_id: str
    eerder: Invoer = field(repr=False)
    bezocht: frozenset[str]
    getypt: Invoer = field(repr=False)
    knop: str

    @classmethod
    def parse(cls, invoer: Invoer) -> "_Post":
        def een(naam: str) -> str:
            return (invoer.get(naam) or ("",))[-1]

        wie = een("_wie")
        return cls(
            wie=Wie(wie) if wie in set(Wie) else None,
            stap_id=een("_stap"),
            eerder=parse_text(een("_invoer")),
            bezocht=frozenset(een("_bezocht").split()),
            getypt={naam: waarden for naam, waarden in invoer.items() if naam not in _VAST},
            knop=een("knop"),
        )


@require_http_methods(["GET", "HEAD", "POST"])
def voorbeeld(request: HttpRequest, formulier: str, versie: str) -> HttpResponse:
    """As who to try it; then its steps, its review or its outcome."""
    gekozen = get_versie(actor_of(request), formulier, parse_nummer(versie))
    if request.method == "POST":
        post = _Post.parse({naam: request.POST.getlist(naam) for naam in request.POST})
    else:
        bewaard = take_input(request)
        post = _Post.parse({naam: [een] if isinstance(een, str) else een for naam, een in bewaard.items()})
    if post.wie is None or post.wie not in gekozen.definitie.wie:
        return _kies(request, gekozen)
    dag = vandaag()
    if not post.stap_id:
        return _ga(request, gekozen, begin_voorbeeld(gekozen.definitie, post.wie, dag))
    nu = work_out_voorbeeld(gekozen.definitie, post.wie, dag, post.eerder, post.bezocht)
    return _press(request, gekozen, nu, post)


def _press(request: HttpRequest, versie: Versie, nu: Voorbeeld, post: _Post) -> HttpResponse:
    if post.knop.startswith("ga:"):
        return _ga(request, versie, nu, post.knop.removeprefix("ga:"))
    stap = nu.loop.get(post.stap_id)
    if stap is None:  # the review, or a step that is no longer shown
        return _ga(request, versie, nu)
    knop = Knop.parse(post.knop)
    nu = post_stap(nu, stap, post.getypt, knop)
    stap = nu.loop.get(post.stap_id) or stap
    if knop.is_klaar and stap.is_goed:
        return _ga(request, versie, nu)
    return _stap(request, versie, nu, stap, toon_fouten=knop.is_klaar)


def _ga(request: HttpRequest, versie: Versie, nu: Voorbeeld, stap_id: str = "") -> HttpResponse:
    """To this step, else to the first that is not done, else to the end."""
    stap = nu.loop.get(stap_id) or nu.volgende
    return _stap(request, versie, nu, stap) if stap else _einde(request, versie, nu)


def _kies(request: HttpRequest, versie: Versie) -> HttpResponse:
    wie = [(een.value, naam) for een, naam in _WIE.items() if een in versie.definitie.wie]
    return _toon(request, _KIES, versie, {"wie": wie, "definitie": versie.definitie})


def _stap(
    request: HttpRequest, versie: Versie, nu: Voorbeeld, stap: StapStand, *, toon_fouten: bool = False
) -> HttpResponse:
    zichtbaar = nu.loop.zichtbaar
    nummer = next(n for n, een in enumerate(zichtbaar, start=1) if een.stap.id == stap.stap.id)
    context = {
        **_mee(nu, stap.stap.id),
        "stap": stap.stap,
        "nummer": nummer,
        "aantal": len(zichtbaar) + 1,
        "vakken": make_vakken(nu.definitie, stap, nu.invoer, nu.omgeving, toon_fouten=toon_fouten),
        "bekend": known_answers(stap, nu.loop.antwoorden),
        "fouten": stap.fouten if toon_fouten else (),
        "is_gestopt": toon_fouten and stap.is_gestopt,
        "verzonnen": list_examples(nu.definitie, nu.omgeving.wie, stap),
        "vorige": zichtbaar[nummer - 2].stap.id if nummer > 1 else "",
    }
    is_fout = context["fouten"] or context["is_gestopt"]
    return _toon(request, _STAP, versie, context, status=422 if is_fout else 200)


def _einde(request: HttpRequest, versie: Versie, nu: Voorbeeld) -> HttpResponse:
    definitie, loop = nu.definitie, nu.loop
    context = {
        **_mee(nu, _CONTROLE),
        "blokken": [
            (blok.titel, blok.stap_id, [(een.vraag, een.antwoord or "Niet ingevuld") for een in blok.regels])
            for blok in list_antwoorden(loop)
        ],
        "verklaringen": [een.tekst for een in definitie.verklaringen],
        "uitkomst": _outcome(definitie, nu) if definitie.is_check else None,
        "zaak": [] if definitie.is_check else [("Zaaktype", loop.zaaktype), ("Onderwerp", loop.onderwerp)],
        "nummer": len(loop.zichtbaar) + 1,
        "aantal": len(loop.zichtbaar) + 1,
    }
    return _toon(request, _EINDE, versie, context)


def _outcome(definitie: Definitie, nu: Voorbeeld) -> object:
    return next(een for een in definitie.uitkomsten if evaluate(een.als, nu.loop.antwoorden))


def _mee(nu: Voorbeeld, stap_id: str) -> dict[str, object]:
    """What travels along with the page."""
    verborgen = [
        ("_wie", nu.omgeving.wie.value),
        ("_stap", stap_id),
        ("_bezocht", " ".join(sorted(nu.bezocht))),
        ("_invoer", to_text(nu.invoer)),
    ]
    return {"verborgen": verborgen, "als_wie": _WIE[nu.omgeving.wie]}


def _toon(
    request: HttpRequest, template: str, versie: Versie, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    href = reverse("werkplek-beheer-formulier", args=[versie.slug])
    frame = {
        "versie": versie.versie,
        "naam": versie.definitie.titel,
        "pad": request.path,
        "terug_href": href,
        "als_wie": "",
        "fouten": (),
        "vakken": (),
        "stap": None,
    }
    return toon(
        request,
        template,
        {**frame, **context},
        titel=f"Voorbeeld van versie {versie.versie}",
        onderdeel=ONDERDEEL,
        kruimels=[(versie.definitie.titel, href)],
        status=status,
    )
