from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from eloket.identity.actor import maybe_actor
from eloket.identity.lokaal.instelling import is_on
from eloket.identity.middelen import list_middelen
from eloket.identity.paden import START_MEDEWERKER, veilig_pad
from eloket.identity.pagina import render_pagina
from eloket.identity.views import login_meldingen
from eloket.workbench.inloggen.lokaal import login_link


@require_GET
def inloggen(request: HttpRequest) -> HttpResponse:
    """A button for each way in that civil servants have here. Who is logged in already goes on."""
    terug = veilig_pad(request.GET.get("terug"))
    actor = maybe_actor(request)
    if actor is not None and actor.is_medewerker:
        return HttpResponseRedirect(terug or START_MEDEWERKER)
    context = {
        "meldingen": login_meldingen(request),
        "vraag": f"?{urlencode({'terug': terug})}" if terug else "",
        "lokaal": login_link(terug) if is_on() else "",
        "middel": next((een for een in list_middelen() if een.is_voor_medewerkers), None),
    }
    return render_pagina(request, "workbench/inloggen/inloggen.html", context, deel="/werkplek/")
