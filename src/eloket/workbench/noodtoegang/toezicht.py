"""The list for who guards, and the page where one noodtoegang is judged. It opens no zaak."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.flash import add_flash
from eloket.identity.pagina import render_pagina
from eloket.identity.types import Actor
from eloket.kernel.errors import NietToegestaan
from eloket.workbench.aantekenen import Werklijst, record_list
from eloket.workbench.menu import DEEL, menu_context
from eloket.workbench.noodtoegang.weergave import build_regel
from eloket.zaken import noodtoegang
from eloket.zaken.errors import NoodtoegangOngeldig, NoodtoegangVanUzelf
from eloket.zaken.noodlijst import (
    MEESTE_BEOORDEELD,
    MEESTE_OPEN,
    NoodtoegangInzage,
    get_voor_toezicht,
    list_voor_toezicht,
)
from eloket.zaken.noodtoegang import Oordeel

TITEL = "Toezicht op noodtoegang"
_LEEG: Mapping[str, str] = {}


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """What must be judged on top, then what was judged."""
    actor = actor_of(request)
    te_doen, klaar = list_voor_toezicht(actor)
    record_list(actor, Werklijst.NOODTOEGANG, [een.zaak_ref for een in (*te_doen, *klaar)])
    context = {
        **menu_context(actor, None, is_pagina=True, onderdeel="werkplek-noodtoegang-toezicht"),
        "titel": TITEL,
        "te_doen": [build_regel(een) for een in te_doen],
        "te_doen_vol": len(te_doen) >= MEESTE_OPEN,
        "klaar": [build_regel(een) for een in klaar],
        "klaar_vol": len(klaar) >= MEESTE_BEOORDEELD,
    }
    return render_pagina(request, "workbench/noodtoegang/toezicht.html", context, deel=DEEL)


@require_http_methods(["GET", "HEAD", "POST"])
def beoordelen(request: HttpRequest, toegang_id: str) -> HttpResponse:
    """One noodtoegang; a POST judges it. What was typed comes back with what is wrong (422), or not possible (409)."""
    actor = actor_of(request)
    een = get_voor_toezicht(actor, str(toegang_id))
    if request.method != "POST":
        bewaard = take_input(request)
        return _toon(
            request, actor, een, {naam: str(bewaard.get(naam, "")) for naam in ("oordeel", "toelichting")}
        )
    invoer = {naam: request.POST.get(naam, "").replace("\x00", "") for naam in ("oordeel", "toelichting")}
    try:
        noodtoegang.judge(actor, een.id, **invoer)
    except NoodtoegangOngeldig as fout:
        return _toon(request, actor, een, invoer, fouten=fout.fouten, status=422)
    except NietToegestaan as fout:
        nu = get_voor_toezicht(actor, een.id)
        return _toon(request, actor, nu, invoer, melding=fout.tekst, status=409)
    add_flash(request, "ok", "Uw oordeel is bewaard.")
    return HttpResponseRedirect(reverse("werkplek-noodtoegang-toezicht"), status=303)


def _toon(
    request: HttpRequest,
    actor: Actor,
    een: NoodtoegangInzage,
    invoer: Mapping[str, str],
    *,
    fouten: Mapping[str, str] = _LEEG,
    melding: str = "",
    status: int = 200,
) -> HttpResponse:
    record_list(actor, Werklijst.NOODTOEGANG, [een.zaak_ref])
    pad = reverse("werkplek-noodtoegang-toezicht")
    context = {
        **menu_context(
            actor,
            None,
            is_pagina=False,
            onderdeel="werkplek-noodtoegang-toezicht",
            kruimels=[(TITEL, pad)],
            kruimel_huidig=f"Zaak {een.identificatie}",
        ),
        "een": build_regel(een),
        "is_eigen": een.medewerker_id == actor.medewerker_id,
        "uzelf": NoodtoegangVanUzelf.tekst,
        "oordelen": [(oordeel.value, oordeel.tekst) for oordeel in Oordeel],
        "invoer": invoer,
        "fouten": fouten,
        "melding": melding,
    }
    return render_pagina(request, "workbench/noodtoegang/beoordelen.html", context, deel=DEEL, status=status)
