from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from eloket.berichten.statistiek import get_antwoordtijden
from eloket.identity.actor import actor_of
from eloket.identity.afdelingen import list_afdelingen
from eloket.identity.pagina import render_pagina
from eloket.identity.types import Actor, Recht
from eloket.kernel.errors import BronOnbereikbaar, NietGevonden
from eloket.kernel.klok import nu, schrijf_moment, vandaag
from eloket.workbench.dashboard.grafieken import make_grafieken
from eloket.workbench.dashboard.vraag import PERIODEN, Vraag
from eloket.workbench.grafieken.antwoord import as_csv, as_svg
from eloket.workbench.grafieken.types import Grafiek
from eloket.workbench.menu import DEEL, menu_context
from eloket.zaken.queries import list_zaaktypen
from eloket.zaken.statistiek import get_stand, monday

_BEWAAR = 300  # seconds: six charts and six tables of one page are counted once


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """The charts with their tables. Only for who divides the work; for others it does not exist."""
    actor = _get_verdeler(request)
    vraag = Vraag.parse(request.GET)
    try:
        grafieken, stand_van = _load(actor, vraag)
        storing = ""
    except BronOnbereikbaar as fout:
        grafieken, stand_van, storing = (
            (),
            "",
            f"Wij kunnen {fout.bron} nu niet bereiken. Probeer het later opnieuw.",
        )
    afdelingen = [(een.code, een.naam) for een in list_afdelingen() if een.code in actor.afdelingen]
    context = {
        **menu_context(actor, None, is_pagina=True),
        "vraag": vraag,
        "perioden": [(str(weken), f"{weken} weken") for weken in PERIODEN],
        "afdelingen": [("", "Alle"), *afdelingen],
        "zaaktypen": [("", "Alle"), *((een.identificatie, een.omschrijving) for een in list_zaaktypen(actor))]
        if not storing
        else [("", "Alle")],
        "grafieken": grafieken,
        "stand_van": stand_van,
        "storing": storing,
    }
    return render_pagina(
        request, "workbench/dashboard/dashboard.html", context, deel=DEEL, status=503 if storing else 200
    )


@require_safe
def beeld(request: HttpRequest, grafiek: str) -> HttpResponse:
    """One chart, as SVG."""
    return as_svg(_find(request, grafiek))


@require_safe
def cijfers(request: HttpRequest, grafiek: str) -> HttpResponse:
    """The numbers of one chart as CSV, as a Dutch spreadsheet opens it."""
    return as_csv(_find(request, grafiek))


def _get_verdeler(request: HttpRequest) -> Actor:
    """Raises NietGevonden for who may not divide the work."""
    actor = actor_of(request)
    if Recht.VERDELEN not in actor.rechten:
        raise NietGevonden
    return actor


def _find(request: HttpRequest, sleutel: str) -> Grafiek:
    grafieken, _ = _load(_get_verdeler(request), Vraag.parse(request.GET))
    for grafiek in grafieken:
        if grafiek.sleutel == sleutel:
            return grafiek
    raise NietGevonden


def _load(actor: Actor, vraag: Vraag) -> tuple[tuple[Grafiek, ...], str]:
    """The charts and when they were counted. Counted anew every five minutes, per what the actor may see."""
    sleutel = vraag.cache_key(actor)
    bewaard: tuple[tuple[Grafiek, ...], str] | None = cache.get(sleutel)
    if bewaard is not None:
        return bewaard
    moment, dag = nu(), vandaag()
    stand = get_stand(actor, afdeling=vraag.afdeling, zaaktype=vraag.zaaktype, weken=vraag.weken, vandaag=dag)
    antwoorden = get_antwoordtijden(
        actor.afdelingen & {vraag.afdeling} if vraag.afdeling else actor.afdelingen,
        maandag=monday(dag) - (vraag.duur - vraag.week),
        weken=vraag.weken,
        nu=moment,
    )
    resultaat = (make_grafieken(stand, antwoorden), schrijf_moment(moment))
    cache.set(sleutel, resultaat, _BEWAAR)
    return resultaat
