from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from eloket.berichten.queries import count_gesprekken, list_berichten, list_gesprekken
from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.types import Actor
from eloket.kernel.errors import BronOnbereikbaar
from eloket.portal import paden
from eloket.portal.berichten.verzenden import read_all, render_not_sent, send_typed, typed
from eloket.portal.berichten.weergave import make_berichten, make_berichtvak, make_gesprekken
from eloket.portal.bladeren import page_number, page_of
from eloket.portal.pagina import Menu, partij_of, render_mijn
from eloket.portal.storing import VERZENDEN_MISLUKT, note, write_storing
from eloket.zaken.access import get_zaak_for
from eloket.zaken.service import record_view
from eloket.zaken.types import ZaakRef

_PER_PAGINA = 20


@require_safe
def gesprekken(request: HttpRequest) -> HttpResponse:
    """One line per zaak with messages, the newest message first."""
    partij = partij_of(request)
    bladzijde = page_of(page_number(request), totaal=count_gesprekken(partij), per_pagina=_PER_PAGINA)
    try:
        lijst = (
            list_gesprekken(partij, offset=bladzijde.offset, limit=_PER_PAGINA) if bladzijde.totaal else ()
        )
        context = {"gesprekken": make_gesprekken(lijst), "bladzijde": bladzijde, "storing": ""}
    except BronOnbereikbaar as fout:
        note(fout, "berichten")
        context = {"gesprekken": [], "bladzijde": bladzijde, "storing": write_storing("uw berichten")}
    return render_mijn(
        request,
        "portal/berichten/lijst.html",
        context,
        menu=Menu.BERICHTEN,
        status=503 if context["storing"] else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def gesprek(request: HttpRequest, ref: str) -> HttpResponse:
    """The whole conversation about a zaak, and the box to go on with it. Opening it marks it as read."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    if request.method != "POST":
        return _render_gesprek(request, actor, zaak_ref, take_input(request))
    try:
        fout = send_typed(request, actor, zaak_ref)
        if fout:
            return _render_gesprek(request, actor, zaak_ref, typed(request), fout)
    except VERZENDEN_MISLUKT as storing:
        return render_not_sent(request, zaak_ref, storing)
    return HttpResponseRedirect(paden.gesprek(zaak_ref), status=303)


def _render_gesprek(
    request: HttpRequest, actor: Actor, ref: ZaakRef, invoer: Mapping[str, str | list[str]], fout: str = ""
) -> HttpResponse:
    zaak = get_zaak_for(actor, ref)
    berichten = list_berichten(ref, partij=partij_of(request))
    read_all(request, actor, ref, berichten)
    record_view(actor, ref, "gesprek.bekeken")
    hier = paden.gesprek(ref)
    context = {
        "zaak_titel": zaak.omschrijving,
        "zaak_nummer": zaak.identificatie,
        "zaak_href": paden.zaak(ref),
        "berichten": make_berichten(berichten),
        "vak": make_berichtvak(zaak, actie=hier, terug=hier, invoer=invoer, fout=fout),
    }
    return render_mijn(
        request,
        "portal/berichten/gesprek.html",
        context,
        menu=Menu.BERICHTEN,
        huidig=zaak.omschrijving,
        status=422 if fout else 200,
    )
