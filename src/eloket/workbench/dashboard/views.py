import csv
import io

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
from eloket.workbench.dashboard.grafieken import Grafiek, make_grafieken, schrijf_getal
from eloket.workbench.dashboard.vraag import PERIODEN, Vraag
from eloket.workbench.menu import DEEL, menu_context
from eloket.zaken.queries import list_zaaktypen
from eloket.zaken.statistiek import get_stand, monday

_BEWAAR = 300  # seconds: six charts and six tables of one page are counted once
# A chart is a document of its own, and may do nothing.
_CSP = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


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
        "grafieken": [(grafiek, _table(grafiek)) for grafiek in grafieken],
        "stand_van": stand_van,
        "storing": storing,
    }
    return render_pagina(
        request, "workbench/dashboard/dashboard.html", context, deel=DEEL, status=503 if storing else 200
    )


@require_safe
def beeld(request: HttpRequest, grafiek: str) -> HttpResponse:
    """One chart, as SVG."""
    from eloket.workbench.dashboard.tekenen import draw  # noqa: PLC0415 - 60 MB that nobody else needs

    gekozen = _find(request, grafiek)
    antwoord = HttpResponse(draw(gekozen), content_type="image/svg+xml")
    antwoord["Content-Security-Policy"] = _CSP
    antwoord["Cache-Control"] = "private, no-store"
    return antwoord


@require_safe
def cijfers(request: HttpRequest, grafiek: str) -> HttpResponse:
    """The numbers of one chart as CSV, as a Dutch spreadsheet opens it."""
    gekozen = _find(request, grafiek)
    tekst = io.StringIO()
    schrijver = csv.writer(tekst, delimiter=";", lineterminator="\r\n")
    schrijver.writerow([gekozen.kop, *(reeks.naam for reeks in gekozen.reeksen)])
    for label, *waarden in _table(gekozen):
        schrijver.writerow([_no_formula(label), *waarden])
    antwoord = HttpResponse("\ufeff" + tekst.getvalue(), content_type="text/csv; charset=utf-8")
    antwoord["Content-Disposition"] = f'attachment; filename="{gekozen.sleutel}.csv"'
    antwoord["Cache-Control"] = "private, no-store"
    return antwoord


def _no_formula(tekst: str) -> str:
    """A spreadsheet runs what begins like a formula (OWASP: CSV injection)."""
    return f"'{tekst}" if tekst.startswith(("=", "+", "-", "@", "\t", "\r")) else tekst


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


def _table(grafiek: Grafiek) -> list[list[str]]:
    """A row per label: its name, and the number of each series."""
    return [
        [label, *(schrijf_getal(reeks.waarden[plek]) for reeks in grafiek.reeksen)]
        for plek, label in enumerate(grafiek.labels)
    ]
