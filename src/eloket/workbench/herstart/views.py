from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from eloket.identity.actor import actor_of
from eloket.identity.flash import add_flash, is_read
from eloket.identity.lokaal import herstart
from eloket.identity.lokaal.errors import NietGesproken
from eloket.identity.lokaal.queries import MEESTE_HERSTARTS, list_herstarts
from eloket.identity.pagina import render_pagina
from eloket.identity.types import Actor
from eloket.kernel.errors import NietGevonden, NietToegestaan
from eloket.workbench.herstart.weergave import build_regel
from eloket.workbench.menu import DEEL, menu_context

NAAM = "werkplek-herstarts"
_CODE = "herstart_code"  # in the session, until its page was shown: a code can be read once


@require_http_methods(["GET", "HEAD", "POST"])
def lijst(request: HttpRequest) -> HttpResponse:
    """Every account that began anew, the newest first. A POST judges one."""
    actor = actor_of(request)
    herstart.must_judge(actor)
    if request.method != "POST":
        return _show(request, actor)
    gekozen = _id(request.POST.get("herstart", ""))
    try:
        _judge(request, actor, gekozen)
    except NietGesproken as fout:
        return _show(request, actor, gekozen=str(gekozen), fout=fout.tekst, status=422)
    except NietToegestaan as fout:
        return _show(request, actor, melding=fout.tekst, status=409)
    return HttpResponseRedirect(reverse(NAAM), status=303)


def _judge(request: HttpRequest, actor: Actor, gekozen: UUID) -> None:
    if request.POST.get("knop") == "afkeuren":
        herstart.refuse(actor, gekozen)
        add_flash(request, "ok", "U heeft dit afgekeurd. De link werkt niet.")
        return
    code = herstart.allow(actor, gekozen, is_gesproken=bool(request.POST.get("gesproken")))
    request.session[_CODE] = {"herstart": str(gekozen), "code": code}


def _show(
    request: HttpRequest,
    actor: Actor,
    *,
    gekozen: str = "",
    fout: str = "",
    melding: str = "",
    status: int = 200,
) -> HttpResponse:
    regels = [build_regel(een) for een in list_herstarts(actor)]
    code = request.session.get(_CODE) or {}
    if code and is_read(request):
        del request.session[_CODE]
    context = {
        **menu_context(actor, None, is_pagina=True, onderdeel=NAAM),
        "te_doen": [een for een in regels if een.mag_oordelen or een.waarom_niet],
        "klaar": [een for een in regels if not een.mag_oordelen and not een.waarom_niet],
        "is_vol": len(regels) >= MEESTE_HERSTARTS,
        "gekozen": gekozen,
        "fout": fout,
        "melding": melding,
        "code": code.get("code", ""),
        "code_van": next((een.wie for een in regels if een.id == code.get("herstart")), ""),
    }
    antwoord = render_pagina(request, "workbench/herstart/lijst.html", context, deel=DEEL, status=status)
    antwoord.headers["Cache-Control"] = "no-store"
    return antwoord


def _id(tekst: str) -> UUID:
    """Raises NietGevonden for what is no id: our page sends none."""
    try:
        return UUID(tekst)
    except ValueError:
        raise NietGevonden from None
