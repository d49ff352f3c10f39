from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from eloket.identity.actor import actor_of, maybe_actor
from eloket.identity.bewaard import get_voortzetting
from eloket.identity.flash import take_flashes
from eloket.identity.hoger import list_hogere, parse_zekerheid
from eloket.identity.middelen import get_middel, list_middelen, middel_naam
from eloket.identity.niveaus import is_sure_enough
from eloket.identity.paden import START_INWONER, login_url, veilig_pad
from eloket.identity.pagina import render_pagina
from eloket.identity.types import Actor
from eloket.identity.uitloggen import WERKPLEK, forget_for_provider
from eloket.identity.views import login_meldingen
from eloket.kernel.errors import NietGevonden

_MIJN = "/mijn/"


@require_GET
def inloggen(request: HttpRequest) -> HttpResponse:
    """Choose how to log in. Who is logged in already goes on."""
    terug = veilig_pad(request.GET.get("terug"))
    actor = maybe_actor(request)
    if actor is not None and not actor.is_medewerker:
        return HttpResponseRedirect(terug or START_INWONER)
    nodig = parse_zekerheid(request.GET.get("zekerheid"))
    context = {
        "meldingen": login_meldingen(request),
        "vraag": login_url("", terug, nodig),
        "middelen": [een for een in list_middelen() if not een.is_voor_medewerkers and een.lowest_for(nodig)],
    }
    return render_pagina(request, "portal/inloggen/inloggen.html", context, deel=_MIJN)


@require_GET
def hoger(request: HttpRequest) -> HttpResponse:
    """Ask who is logged in to do so again at a higher level. Who is there already goes on."""
    nodig = parse_zekerheid(request.GET.get("zekerheid"))
    if nodig is None:
        raise NietGevonden
    terug = veilig_pad(request.GET.get("terug"))
    actor = actor_of(request)
    if is_sure_enough(actor.zekerheid, nodig):
        return HttpResponseRedirect(terug or START_INWONER)
    voortzetting = get_voortzetting(request)
    context = {
        "meldingen": take_flashes(request),
        "vraag": login_url("", terug, nodig),
        "keuzes": [(middel, middel.lowest_for(nodig)) for middel in list_hogere(actor, nodig)],
        "nu": _current(actor),
        "is_bewaard": voortzetting is not None and voortzetting.has_text,
        "terug": START_INWONER,
    }
    return render_pagina(request, "portal/inloggen/hoger.html", context, deel=_MIJN)


def _current(actor: Actor) -> str:
    """How this person logged in, as they know it."""
    middel = get_middel(actor.middel)
    niveau = middel.get_niveau(actor.niveau) if middel else None
    return niveau.naam if niveau else middel_naam(actor.middel)


@require_GET
def uitgelogd(request: HttpRequest) -> HttpResponse:
    """After logging out. Says so only when it is true."""
    if maybe_actor(request) is not None:
        return HttpResponseRedirect("/")
    forget_for_provider(request)
    is_werkplek = request.GET.get("state") == WERKPLEK
    return render_pagina(request, "portal/inloggen/uitgelogd.html", {"is_werkplek": is_werkplek})
