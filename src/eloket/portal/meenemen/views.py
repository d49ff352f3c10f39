"""Mijn gegevens meenemen: ask for all that we hold, see how far it is, and save it."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from eloket.export import service
from eloket.export.access import may_take_along
from eloket.export.errors import ExportNietGevonden, ExportNietKlaar, ExportVerouderd
from eloket.export.uitgeven import export_response, open_export
from eloket.identity.actor import actor_of
from eloket.identity.flash import add_flash
from eloket.identity.vers import MEENEMEN, is_fresh
from eloket.portal import paden
from eloket.portal.meenemen.weergave import make_stand
from eloket.portal.pagina import Menu, render_mijn

TITEL = "Mijn gegevens meenemen"
GEVRAAGD = "Wij zijn begonnen met het verzamelen van uw gegevens. U kunt deze pagina sluiten."
VERWIJDERD = "Wij hebben uw bestand verwijderd."
LOG_OPNIEUW_IN = "Log eerst opnieuw in. Zo weten wij zeker dat u het bent die het bestand opslaat."


@require_http_methods(["GET", "HEAD", "POST"])
def meenemen(request: HttpRequest) -> HttpResponse:
    """What it is and how far it is; a POST asks for it. A gemachtigde goes to Mijn Gegevens."""
    actor = actor_of(request)
    if request.method == "POST":
        service.request_export(actor)
        add_flash(request, "ok", GEVRAAGD)
        return HttpResponseRedirect(paden.MEENEMEN, status=303)
    if not may_take_along(actor):
        return HttpResponseRedirect(paden.GEGEVENS)
    export = service.get_export(actor)
    opnieuw = reverse("inloggen-start", kwargs={"middel": actor.middel})
    context = {
        "stand": make_stand(export) if export else None,
        "is_vers": is_fresh(request, MEENEMEN),
        "opnieuw_inloggen": f"{opnieuw}?{urlencode({'terug': paden.MEENEMEN})}",
    }
    return render_mijn(request, "portal/meenemen/meenemen.html", context, menu=Menu.GEGEVENS, huidig=TITEL)


@require_safe
def bestand(request: HttpRequest) -> HttpResponseBase:
    """The zip, for who logged in shortly before: a computer that was left alone gives it to nobody. HEAD notes nothing.

    What cannot be handed out is said on the page where it was asked.
    """
    actor = actor_of(request)
    if not may_take_along(actor):
        return HttpResponseRedirect(paden.GEGEVENS)
    if not is_fresh(request, MEENEMEN):
        add_flash(request, "warning", LOG_OPNIEUW_IN)
        return HttpResponseRedirect(paden.MEENEMEN)
    if request.method == "HEAD":
        return HttpResponse(content_type="application/zip")
    try:
        return export_response(open_export(actor))
    except (ExportNietGevonden, ExportNietKlaar, ExportVerouderd) as fout:
        add_flash(request, "warning", fout.tekst)
        return HttpResponseRedirect(paden.MEENEMEN)


@require_http_methods(["GET", "HEAD", "POST"])
def verwijderen(request: HttpRequest) -> HttpResponse:
    """Take it away before its week is over. A GET (a reload of the address) shows the page."""
    if request.method != "POST":
        return HttpResponseRedirect(paden.MEENEMEN)
    try:
        service.remove_export(actor_of(request))
    except ExportNietGevonden as fout:
        add_flash(request, "warning", fout.tekst)
    else:
        add_flash(request, "ok", VERWIJDERD)
    return HttpResponseRedirect(paden.MEENEMEN, status=303)
