"""The forms, and the page of one: its versions, what can be done with them, and its map."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from eloket.identity.access import namen_van
from eloket.identity.actor import actor_of
from eloket.loket.errors import FormulierNietGevonden
from eloket.loket.formulier.lezen import FormulierOnleesbaar
from eloket.loket.versiebeheer import FormulierRegel, get_formulier, get_tekst, get_versie, list_formulieren
from eloket.workbench.beheer.formulieren.stroom import make_stroom
from eloket.workbench.beheer.formulieren.weergave import STAND, make_versies
from eloket.workbench.beheer.pagina import toon
from eloket.workbench.beheer.views import Regel

ONDERDEEL = "werkplek-beheer-formulieren"


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Every form: what is published and what waits."""
    alle = list_formulieren(actor_of(request))
    context = {
        "inleiding": "Met deze formulieren vragen inwoners en bedrijven iets aan, of melden zij iets.",
        "knop": ("Voeg een formulier of versie toe", reverse("werkplek-beheer-formulier-toevoegen")),
        "groepen": [("", [_regel(een) for een in alle])],
    }
    return toon(request, "workbench/beheer/lijst.html", context, titel="Formulieren", onderdeel=ONDERDEEL)


def _regel(een: FormulierRegel) -> Regel:
    nu = een.gepubliceerd
    delen = [f"Versie {nu.versie} is gepubliceerd" if nu else "Niet gepubliceerd"]
    if een.wachtend:
        nummers = ", ".join(str(v.versie) for v in een.wachtend)
        delen.append(f"versie {nummers} wacht op een collega")
    badge = "Gepubliceerd" if nu else STAND[een.versies[0].stand][0]
    return Regel(een.titel, reverse("werkplek-beheer-formulier", args=[een.slug]), " · ".join(delen), badge)


@require_safe
def bekijk(request: HttpRequest, formulier: str) -> HttpResponse:
    """The form, its versions, and the map of the published one (`?versie=`: of another)."""
    actor = actor_of(request)
    regel = get_formulier(actor, formulier)
    gekozen = regel.gepubliceerd or regel.versies[0]
    if gevraagd := request.GET.get("versie", ""):
        gekozen = regel.get(parse_nummer(gevraagd))
    try:
        definitie = get_versie(actor, formulier, gekozen.versie).definitie
    except FormulierOnleesbaar:
        definitie = None  # the page says so, and what to do
    namen = namen_van(
        {key for een in regel.versies for key in (een.gemaakt_door_key, een.gepubliceerd_door_key) if key}
    )
    context = {
        "naam": regel.slug,
        "is_gepubliceerd": regel.gepubliceerd is not None,
        "versies": make_versies(regel, namen, actor.key),
        "gekozen": gekozen.versie,
        "stroom": make_stroom(definitie) if definitie else None,
        "cijfers": reverse("werkplek-beheer-formulier-cijfers", args=[regel.slug]),
        "toevoegen": f"{reverse('werkplek-beheer-formulier-toevoegen')}?naam={regel.slug}",
    }
    return toon(
        request,
        "workbench/beheer/formulieren/formulier.html",
        context,
        titel=definitie.titel if definitie else regel.titel,
        onderdeel=ONDERDEEL,
    )


@require_safe
def bestand(request: HttpRequest, formulier: str, versie: str) -> HttpResponse:
    """The file of a version, as it was uploaded."""
    nummer = parse_nummer(versie)
    return HttpResponse(
        get_tekst(actor_of(request), formulier, nummer),
        content_type="application/yaml; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{formulier}-{nummer}.yaml"',
            "Cache-Control": "private, no-store",
        },
    )


def parse_nummer(tekst: str) -> int:
    """The number of a version. Raises FormulierNietGevonden for what is none."""
    if not (tekst.isascii() and tekst.isdigit() and len(tekst) < 7):
        raise FormulierNietGevonden
    return int(tekst)
