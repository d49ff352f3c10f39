"""Which e-mails somebody gets, when, and in which language: a page of its own beside Mijn Gegevens."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.kernel.getal import parse_heel_getal
from eloket.notifications.ontvangst.types import OntvangstSoort
from eloket.portal import paden
from eloket.portal.gegevens.keuzes import (
    KeuzeFormulier,
    compare,
    form_from_typed,
    form_from_voorkeuren,
    name_errors,
    wens_from,
    write_waarschuwing,
)
from eloket.portal.gegevens.weergave import make_kapot
from eloket.portal.ontvangst.melden import confirm
from eloket.portal.pagina import Menu, render_mijn
from eloket.profile import queries
from eloket.profile.bevoegd import may_change_contact
from eloket.profile.errors import VoorkeurenGewijzigd, VoorkeurenOngeldig
from eloket.profile.voorkeuren import save_voorkeuren

TITEL = "Kies welke e-mails u krijgt"
OPGESLAGEN = "Uw keuzes zijn opgeslagen."


@require_http_methods(["GET", "HEAD", "POST"])
def meldingen(request: HttpRequest) -> HttpResponse:
    """Show the choices, or keep them. What was chosen comes back with what is wrong, or with what changed meanwhile."""
    if request.method != "POST":
        if not may_change_contact(actor_of(request)):
            return HttpResponseRedirect(paden.GEGEVENS)  # which says why
        getypt = {naam: str(waarde) for naam, waarde in take_input(request).items()}
        return _render(request, form_from_typed(getypt) if "versie" in getypt else None)
    invoer = {naam: request.POST.get(naam, "") for naam in request.POST}
    versie = parse_heel_getal(invoer.get("versie", ""))
    try:
        wijziging_id = save_voorkeuren(
            actor_of(request),
            wens_from(invoer),
            versie=-1 if versie is None else versie,
        )
    except VoorkeurenOngeldig as fout:
        return _render(request, form_from_typed(invoer, name_errors(fout.velden)), status=422)
    except VoorkeurenGewijzigd as fout:
        return _render(request, form_from_typed(invoer), melding=fout.tekst, status=409)
    confirm(request, OPGESLAGEN, OntvangstSoort.GEGEVENS, wijziging_id)
    return HttpResponseRedirect(paden.MELDINGEN, status=303)


def _render(
    request: HttpRequest, formulier: KeuzeFormulier | None, *, melding: str = "", status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    voorkeuren, contact = queries.get_voorkeuren(actor), queries.get_contact(actor)
    bewaard = form_from_voorkeuren(voorkeuren)
    nu: Mapping[str, str] = {}
    if formulier is not None and melding:
        nu = compare(bewaard, formulier)
        formulier = replace(formulier, versie=bewaard.versie)
    context = {
        "formulier": formulier or bewaard,
        "melding": melding,
        "nu": nu.items(),
        "kapot": make_kapot(contact),
        "waarschuwing": write_waarschuwing(voorkeuren),
        "titel": TITEL,
    }
    return render_mijn(
        request,
        "portal/gegevens/meldingen.html",
        context,
        menu=Menu.GEGEVENS,
        huidig=TITEL,
        status=status,
    )
