from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from eloket.berichten.errors import GesprekNietGevonden
from eloket.berichten.queries import count_gesprekken, get_concept, list_gesprekken, list_gesprekken_van_zaak
from eloket.berichten.types import NIEUW, GesprekInzage
from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.types import Actor
from eloket.kernel.errors import BronOnbereikbaar
from eloket.portal import paden
from eloket.portal.berichten.verzenden import post_typed, read_all, render_not_sent, typed
from eloket.portal.berichten.weergave import (
    ZELF,
    make_berichtvak,
    make_gesprekken,
    make_groepen,
    make_uitgebreid,
)
from eloket.portal.bladeren import page_number, page_of
from eloket.portal.namens import actor_voor, may_write, naam_van_gever
from eloket.portal.pagina import Menu, partij_of, render_mijn
from eloket.portal.storing import VERZENDEN_MISLUKT, note, write_storing
from eloket.zaken.access import get_zaak_for
from eloket.zaken.service import record_view
from eloket.zaken.types import ZaakRef

_PER_PAGINA = 20


@require_safe
def gesprekken(request: HttpRequest) -> HttpResponse:
    """One line per conversation: with something new first, then the newest message first."""
    partij = partij_of(request)
    bladzijde = page_of(page_number(request), totaal=count_gesprekken(partij), per_pagina=_PER_PAGINA)
    try:
        lijst = (
            list_gesprekken(actor_of(request), offset=bladzijde.offset, limit=_PER_PAGINA)
            if bladzijde.totaal
            else ()
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
def gesprek(request: HttpRequest, ref: str, gesprek_id: str = "") -> HttpResponse:
    """One conversation (NIEUW: the page that starts one), or without id all messages about the zaak; and the box to
    go on. Opening it marks what it shows as read.
    """
    zaak_ref = ZaakRef.parse(ref)
    actor = actor_voor(request, zaak_ref)
    if request.method != "POST":
        return _render_gesprek(request, actor, zaak_ref, gesprek_id)
    try:
        if fouten := post_typed(request, actor, zaak_ref, gesprek_id):
            return _render_gesprek(request, actor, zaak_ref, gesprek_id, fouten)
    except VERZENDEN_MISLUKT as storing:
        return render_not_sent(request, zaak_ref, storing, gesprek_id=gesprek_id)
    return HttpResponseRedirect(_after_post(request, zaak_ref, gesprek_id), status=303)


def _choose(gesprekken: tuple[GesprekInzage, ...], gesprek_id: str) -> tuple[GesprekInzage, ...]:
    """Those that the page shows. Raises GesprekNietGevonden."""
    if not gesprek_id:
        return gesprekken
    gekozen = tuple(een for een in gesprekken if een.id == gesprek_id)
    if not gekozen and gesprek_id != NIEUW:
        raise GesprekNietGevonden
    return gekozen


def _after_post(request: HttpRequest, ref: ZaakRef, gesprek_id: str) -> str:
    """Where somebody goes on: with a draft on the same page, after starting a conversation to all of them."""
    is_klaar = gesprek_id == NIEUW and request.POST.get("knop") != "concept"
    return paden.een_gesprek(ref, gesprek_id) if gesprek_id and not is_klaar else paden.gesprek(ref)


def _render_gesprek(
    request: HttpRequest, actor: Actor, ref: ZaakRef, gesprek_id: str, fouten: Mapping[str, str] | None = None
) -> HttpResponse:
    # Starting a conversation is writing: who may only look does not find that page.
    zaak = get_zaak_for(actor, ref, is_reading=gesprek_id != NIEUW)
    gesprekken = _choose(list_gesprekken_van_zaak(ref, partij=partij_of(request)), gesprek_id)
    berichten = tuple(
        sorted((b for een in gesprekken for b in een.berichten), key=lambda b: b.verzonden_op, reverse=True)
    )
    read_all(request, actor, ref, berichten, gesprek_id)
    record_view(actor, ref, "gesprek.bekeken", gesprek=" ".join(een.id for een in gesprekken))
    concept = get_concept(actor, ref, gesprek_id)
    invoer = typed(request) if fouten else take_input(request)
    if not invoer and concept:
        invoer = {"onderwerp": concept.onderwerp, "bericht": concept.tekst}
    hier = paden.een_gesprek(ref, gesprek_id) if gesprek_id else paden.gesprek(ref)
    context = {
        "zaak_titel": zaak.omschrijving,
        "zaak_nummer": zaak.identificatie,
        "zaak_href": paden.zaak(ref),
        "bewijs_href": paden.verzendbewijs(ref),
        "is_nieuw": gesprek_id == NIEUW,
        "groepen": make_groepen(gesprekken, zelf=naam_van_gever(actor) or ZELF),
        "fouten": list((fouten or {}).items()),
        "vak": make_berichtvak(
            zaak,
            actie=hier,
            terug=hier,
            invoer=invoer,
            fout=(fouten or {}).get("bericht", ""),
            uitgebreid=make_uitgebreid(ref, gesprek_id, concept=concept, invoer=invoer, fouten=fouten or {}),
        )
        if may_write(actor)
        else None,
    }
    return render_mijn(
        request,
        "portal/berichten/gesprek.html",
        context,
        menu=Menu.BERICHTEN,
        huidig="Nieuw gesprek" if gesprek_id == NIEUW else zaak.omschrijving,
        status=422 if fouten else 200,
    )
