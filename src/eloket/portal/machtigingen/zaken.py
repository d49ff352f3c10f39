"""The zaken that an authorisation for all zaken of somebody opens."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from eloket.identity.actor import actor_of, set_actor
from eloket.machtigingen.service import note_seen
from eloket.portal import paden
from eloket.portal.bladeren import page_number, page_of
from eloket.portal.machtigingen.weergave import hide_titels
from eloket.portal.pagina import Menu, render_mijn
from eloket.portal.zaken.tegels import make_tegels, write_onbereikbaar
from eloket.zaken.machtigen import list_zaken_namens
from eloket.zaken.types import ZaakFilter

_PER_PAGINA = 12


@require_safe
def zaken(request: HttpRequest, machtiging_id: str) -> HttpResponse:
    """`?status=lopend|afgerond`, `&p=` page. Raises MachtigingNietGevonden, AlleenVoorZichzelf, BronOnbereikbaar."""
    is_open, pagina = request.GET.get("status") != "afgerond", page_number(request)
    namens, overzicht = list_zaken_namens(
        actor_of(request),
        machtiging_id,
        ZaakFilter(is_open=is_open, offset=(pagina - 1) * _PER_PAGINA, limit=_PER_PAGINA),
    )
    bladzijde = page_of(pagina, totaal=overzicht.aantal, per_pagina=_PER_PAGINA)
    basis = paden.machtiging_zaken(machtiging_id)
    if bladzijde.nummer != pagina and not overzicht.onbereikbaar:
        return HttpResponseRedirect(
            f"{basis}?status={'lopend' if is_open else 'afgerond'}&p={bladzijde.nummer}"
        )
    note_seen(namens)
    set_actor(request, namens)
    titel = f"Zaken van {namens.naam}"
    context = {
        "titel": titel,
        "is_open": is_open,
        "tegels": make_tegels(hide_titels(overzicht.zaken, namens), frozenset()),
        "lopend": overzicht.lopend,
        "afgerond": overzicht.afgerond,
        "waarschuwing": write_onbereikbaar(overzicht.onbereikbaar),
        "basis": basis,
        "bladzijde": bladzijde,
    }
    return render_mijn(request, "portal/machtigingen/zaken.html", context, menu=Menu.ZAKEN, huidig=titel)
