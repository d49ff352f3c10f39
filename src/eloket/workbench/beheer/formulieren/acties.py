"""Publish, withdraw, put back, throw away: a page that shows what changes, and the button that does it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.flash import add_flash
from eloket.kernel.errors import NietGevonden, NietToegestaan
from eloket.loket.formulier.lezen import FormulierOngeldig
from eloket.loket.versiebeheer import get_formulier, get_versie
from eloket.workbench.beheer.formulieren.acties_van import ACTIES, Actie, actions_for
from eloket.workbench.beheer.formulieren.verschil import compare_definities, compare_lines
from eloket.workbench.beheer.formulieren.views import ONDERDEEL, parse_nummer
from eloket.workbench.beheer.pagina import naar, toon


@require_http_methods(["GET", "HEAD", "POST"])
def bevestig(request: HttpRequest, formulier: str, versie: str, actie: str) -> HttpResponse:
    """Ask whether the reader is sure, and do it. What cannot be done now (a colleague was first, their own work) is
    said on the same page, with how it stands now."""
    gekozen = next((een for een in ACTIES if een.naam == actie), None)
    if gekozen is None:
        raise NietGevonden
    nummer = parse_nummer(versie)
    if request.method != "POST":
        take_input(request)  # nothing is typed here
        return _pagina(request, formulier, nummer, gekozen)
    try:
        gekozen.doe(actor_of(request), formulier, nummer, merk=request.POST.get("merk", ""))
    except NietToegestaan as fout:
        return _pagina(request, formulier, nummer, gekozen, meldingen=(fout.tekst,), status=409)
    except FormulierOngeldig as fout:
        return _pagina(request, formulier, nummer, gekozen, meldingen=fout.fouten, status=422)
    add_flash(request, "ok", gekozen.klaar)
    if _is_left(request, formulier):
        return naar("werkplek-beheer-formulier", formulier)
    return naar(ONDERDEEL)


def _is_left(request: HttpRequest, formulier: str) -> bool:
    """Whether the form still has a version: the last one may have been thrown away."""
    try:
        get_formulier(actor_of(request), formulier)
    except NietGevonden:
        return False
    return True


def _pagina(
    request: HttpRequest,
    formulier: str,
    nummer: int,
    actie: Actie,
    *,
    meldingen: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    regel = get_formulier(actor, formulier)
    versie, nu = regel.get(nummer), regel.gepubliceerd
    oud = nieuw = None
    if actie.naam in {"publiceren", "terugzetten"} and nu and nu.versie != nummer:
        oud, nieuw = get_versie(actor, formulier, nu.versie), get_versie(actor, formulier, nummer)
    href = reverse("werkplek-beheer-formulier", args=[formulier])
    context = {
        "actie": actie,
        "naam": regel.titel,
        "nummer": nummer,
        "merk": versie.merk,
        "kan": actie in actions_for(versie, actor.key),
        "is_eigen": actie.naam == "publiceren" and versie.gemaakt_door_key == actor.key,
        "meldingen": meldingen,
        "oud": oud.versie if oud else 0,
        "is_eerste": nu is None,
        "verschillen": compare_definities(oud.definitie, nieuw.definitie) if oud and nieuw else (),
        "regels": compare_lines(oud.tekst, nieuw.tekst) if oud and nieuw else (),
        "bezig": versie.bezig,
        "pad": request.path,
        "terug_href": href,
    }
    return toon(
        request,
        "workbench/beheer/formulieren/bevestigen.html",
        context,
        titel=actie.vraag,
        onderdeel=ONDERDEEL,
        kruimels=[(regel.titel, href)],
        status=status,
    )
