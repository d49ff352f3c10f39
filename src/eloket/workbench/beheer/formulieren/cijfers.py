"""How a form does: started and sent per week, where people stop, how long it takes. Without anything of a person."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from eloket.identity.actor import actor_of
from eloket.kernel.errors import NietGevonden
from eloket.kernel.klok import nu, schrijf_datum, vandaag
from eloket.loket.statistiek import FormulierStand, get_formulierstand
from eloket.workbench.beheer.formulieren.views import ONDERDEEL
from eloket.workbench.beheer.pagina import toon
from eloket.workbench.grafieken.antwoord import as_csv, as_svg
from eloket.workbench.grafieken.types import Grafiek, Reeks

PERIODEN = (12, 26, 52)  # weeks


@require_safe
def cijfers(request: HttpRequest, formulier: str) -> HttpResponse:
    """The charts with their tables; `?weken=` is the period."""
    weken, stand = _load(request, formulier)
    href = reverse("werkplek-beheer-formulier", args=[formulier])
    context = {
        "grafieken": make_grafieken(stand),
        "perioden": [(str(een), f"{een} weken") for een in PERIODEN],
        "weken": str(weken),
        "query": f"weken={weken}",
        "basis": request.path,
    }
    return toon(
        request,
        "workbench/beheer/formulieren/cijfers.html",
        context,
        titel=f"Cijfers: {stand.titel}",
        onderdeel=ONDERDEEL,
        kruimels=[(stand.titel, href)],
    )


@require_safe
def beeld(request: HttpRequest, formulier: str, grafiek: str) -> HttpResponse:
    """One chart, as SVG."""
    return as_svg(_find(request, formulier, grafiek))


@require_safe
def bestand(request: HttpRequest, formulier: str, grafiek: str) -> HttpResponse:
    """The numbers of one chart as CSV."""
    return as_csv(_find(request, formulier, grafiek))


def _load(request: HttpRequest, formulier: str) -> tuple[int, FormulierStand]:
    gevraagd = request.GET.get("weken", "")
    weken = int(gevraagd) if gevraagd in set(map(str, PERIODEN)) else PERIODEN[0]
    return weken, get_formulierstand(actor_of(request), formulier, weken=weken, vandaag=vandaag(), nu=nu())


def _find(request: HttpRequest, formulier: str, sleutel: str) -> Grafiek:
    for een in make_grafieken(_load(request, formulier)[1]):
        if een.sleutel == sleutel:
            return een
    raise NietGevonden


def make_grafieken(stand: FormulierStand) -> tuple[Grafiek, ...]:
    """All charts of the page, in its order."""
    return _stroom(stand), _stappen(stand), _gestopt(stand), _duur(stand)


def _stroom(stand: FormulierStand) -> Grafiek:
    klaar = "Afgerond" if stand.is_check else "Verstuurd"
    return Grafiek(
        sleutel="stroom",
        titel=f"Begonnen en {klaar.lower()} per week",
        samenvatting=f"In {len(stand.weken)} weken is het formulier {stand.gestart} keer begonnen en"
        f" {stand.verstuurd} keer {klaar.lower()}.",
        kop="Week vanaf",
        labels=tuple(schrijf_datum(week.maandag) for week in stand.weken),
        reeksen=(
            Reeks("Begonnen", tuple(week.gestart for week in stand.weken), "merk"),
            Reeks(klaar, tuple(week.verstuurd for week in stand.weken), "grijs"),
        ),
        eenheid="keer",
    )


def _stappen(stand: FormulierStand) -> Grafiek:
    return Grafiek(
        sleutel="stappen",
        titel="Hoe ver mensen komen",
        samenvatting="Zo vaak is elke stap afgemaakt. Niet iedereen krijgt elke stap.",
        kop="Stap",
        labels=("Begonnen", *(een.titel for een in stand.stappen)),
        reeksen=(Reeks("Afgemaakt", (stand.gestart, *(een.klaar for een in stand.stappen)), "merk"),),
        is_liggend=True,
        eenheid="keer",
    )


def _gestopt(stand: FormulierStand) -> Grafiek:
    samen = tuple(een.gestopt + een.stil for een in stand.stappen)
    meest = max(stand.stappen, key=lambda een: een.gestopt + een.stil)
    woorden = (
        f"De meeste mensen stoppen bij: {meest.titel}."
        if any(samen)
        else "Niemand is in deze periode gestopt."
    )
    return Grafiek(
        sleutel="gestopt",
        titel="Bij welke stap mensen stoppen",
        samenvatting=f"{woorden} Een formulier staat stil als er een dag niets aan is veranderd.",
        kop="Stap",
        labels=tuple(een.titel for een in stand.stappen),
        reeksen=(
            Reeks("Samen", samen, "merk"),
            Reeks("Weggegooid of verlopen", tuple(een.gestopt for een in stand.stappen), "grijs"),
            Reeks("Staat nu stil", tuple(een.stil for een in stand.stappen), "grijs"),
        ),
        is_liggend=True,
        eenheid="keer",
    )


def _duur(stand: FormulierStand) -> Grafiek:
    namen, vorige = [], 0
    for grens, _ in stand.duren:
        namen.append(_range(vorige, grens))
        vorige = grens or vorige
    return Grafiek(
        sleutel="duur",
        titel="Hoe lang het duurt",
        samenvatting=_duration(stand),
        kop="Van begin tot eind",
        labels=tuple(namen),
        reeksen=(Reeks("Aantal", tuple(aantal for _, aantal in stand.duren), "merk"),),
        is_liggend=True,
        eenheid="keer",
    )


def _range(van: int, tot: int | None) -> str:
    if tot is None:
        return "Langer dan een dag"
    if tot > 60:
        return "1 uur tot een dag"
    return f"{van} tot {tot} minuten"


def _duration(stand: FormulierStand) -> str:
    if stand.gemiddeld is None:
        return "Er is in deze periode niets verstuurd."
    midden = (
        f"binnen {stand.midden} minuten" if stand.midden and stand.midden <= 60 else "in meer dan een uur"
    )
    minuten = round(stand.gemiddeld)
    gemiddeld = f"{minuten} minuten" if minuten < 120 else f"{round(minuten / 60)} uur"
    return f"De helft is {midden} klaar. Gemiddeld duurt het {gemiddeld}: wie later verdergaat, telt daarin zwaar mee."
