"""Asking for noodtoegang, ending it, and saying that one saw it."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.flash import add_flash
from eloket.identity.pagina import render_pagina
from eloket.identity.types import Actor
from eloket.kernel.errors import NietGevonden
from eloket.workbench.aantekenen import Werklijst, record_list
from eloket.workbench.menu import DEEL, menu_context
from eloket.workbench.noodtoegang.weergave import Regel, build_regel
from eloket.zaken import noodtoegang
from eloket.zaken.errors import NoodtoegangOngeldig
from eloket.zaken.inkijk import may_ask
from eloket.zaken.noodlijst import NoodtoegangInzage, count_te_beoordelen, list_eigen_open, list_te_melden
from eloket.zaken.noodtoegang import MIN_REDEN, Aanleiding, may_guard

_VELDEN = ("zaaknummer", "aanleiding", "reden")
GEEN_MELDINGEN: Mapping[str, object] = {"noodmeldingen": (), "te_beoordelen": 0}
_LEEG: Mapping[str, str] = {}


@require_http_methods(["GET", "HEAD", "POST"])
def aanvragen(request: HttpRequest) -> HttpResponse:
    """The form, with what is open already. What was typed comes back with what is wrong (422)."""
    actor = actor_of(request)
    if not may_ask(actor):
        raise NietGevonden
    if request.method != "POST":
        bewaard = take_input(request)
        return _toon(request, actor, {naam: str(bewaard.get(naam, "")) for naam in _VELDEN})
    invoer = {naam: request.POST.get(naam, "").replace("\x00", "") for naam in _VELDEN}
    try:
        geopend = noodtoegang.open_zaak(actor, **invoer)
    except NoodtoegangOngeldig as fout:
        return _toon(request, actor, invoer, fouten=fout.fouten, status=422)
    if not geopend.is_nood:
        add_flash(request, "info", "Deze zaak mag u altijd zien. U heeft geen noodtoegang nodig.")
    return HttpResponseRedirect(reverse("werkplek-zaak", args=[str(geopend.ref)]), status=303)


@require_POST
def beeindigen(request: HttpRequest, toegang_id: str) -> HttpResponse:
    """End it now: who looks, or who guards."""
    actor = actor_of(request)
    noodtoegang.end(actor, str(toegang_id))
    add_flash(request, "ok", "De noodtoegang is beëindigd.")
    naar_toezicht = may_guard(actor) and request.POST.get("herkomst") == "toezicht"
    naam = "werkplek-noodtoegang-toezicht" if naar_toezicht or not may_ask(actor) else "werkplek-noodtoegang"
    return HttpResponseRedirect(reverse(naam), status=303)


@require_POST
def gezien(request: HttpRequest, toegang_id: str) -> HttpResponse:
    """Who handles the zaak read the notice."""
    noodtoegang.mark_seen(actor_of(request), str(toegang_id))
    return HttpResponseRedirect(reverse("werkplek"), status=303)


def meldingen_context(actor: Actor) -> Mapping[str, object]:
    """For the work list: what was done by noodtoegang in zaken of this civil servant, and for who guards how much there
    is to judge. That they saw it is noted. One query, two for who guards; three more when there is something."""
    return {
        "noodmeldingen": _shown(actor, list_te_melden(actor)),
        "te_beoordelen": count_te_beoordelen(actor),
    }


def _shown(actor: Actor, getoond: Sequence[NoodtoegangInzage]) -> list[Regel]:
    if getoond:
        record_list(actor, Werklijst.NOODTOEGANG, [een.zaak_ref for een in getoond])
    return [build_regel(een) for een in getoond]


def _toon(
    request: HttpRequest,
    actor: Actor,
    invoer: Mapping[str, str],
    *,
    fouten: Mapping[str, str] = _LEEG,
    status: int = 200,
) -> HttpResponse:
    context = {
        **menu_context(actor, None, is_pagina=True, onderdeel="werkplek-noodtoegang"),
        "invoer": invoer,
        "fouten": fouten,
        "aanleidingen": [(een.value, een.tekst) for een in Aanleiding],
        "min_reden": MIN_REDEN,
        "open": _shown(actor, list_eigen_open(actor)),
    }
    return render_pagina(request, "workbench/noodtoegang/aanvragen.html", context, deel=DEEL, status=status)
