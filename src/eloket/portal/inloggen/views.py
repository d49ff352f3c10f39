from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from eloket.identity.actor import maybe_actor
from eloket.identity.middelen import list_middelen
from eloket.identity.paden import START_INWONER, veilig_pad
from eloket.identity.pagina import render_pagina
from eloket.identity.uitloggen import WERKPLEK, forget_for_provider
from eloket.identity.views import login_meldingen

_MIJN = "/mijn/"


@require_GET
def inloggen(request: HttpRequest) -> HttpResponse:
    """Choose how to log in. Who is logged in already goes on."""
    terug = veilig_pad(request.GET.get("terug"))
    actor = maybe_actor(request)
    if actor is not None and not actor.is_medewerker:
        return HttpResponseRedirect(terug or START_INWONER)
    context = {
        "meldingen": login_meldingen(request),
        "vraag": f"?{urlencode({'terug': terug})}" if terug else "",
        "middelen": [een for een in list_middelen() if not een.is_voor_medewerkers],
    }
    return render_pagina(request, "portal/inloggen/inloggen.html", context, deel=_MIJN)


@require_GET
def uitgelogd(request: HttpRequest) -> HttpResponse:
    """After logging out. Says so only when it is true."""
    if maybe_actor(request) is not None:
        return HttpResponseRedirect("/")
    forget_for_provider(request)
    is_werkplek = request.GET.get("state") == WERKPLEK
    return render_pagina(request, "portal/inloggen/uitgelogd.html", {"is_werkplek": is_werkplek})
