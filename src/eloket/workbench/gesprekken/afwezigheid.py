"""Being away: from when until when, and who reads what comes in meanwhile."""

from collections.abc import Mapping
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from eloket.identity.access import list_medewerkers
from eloket.identity.actor import actor_of
from eloket.identity.afwezigheid import Afwezigheid, get_afwezigheid, set_afwezigheid
from eloket.identity.bewaard import take_input
from eloket.identity.errors import BeheerOngeldig
from eloket.identity.flash import add_flash
from eloket.identity.pagina import render_pagina
from eloket.identity.types import Actor, Recht
from eloket.kernel.getal import parse_heel_getal
from eloket.kernel.klok import schrijf_datum, vandaag
from eloket.workbench.aantekenen import Werklijst, record_list
from eloket.workbench.gesprekken.lezers import collegas_for, let_in_all
from eloket.workbench.menu import DEEL, menu_context
from eloket.workbench.zaken.invoer import GEEN_DATUM, parse_datum
from eloket.zaken.lezers import Vertrek, list_alleen_van

_VELDEN = ("afwezig_van", "afwezig_tot", "vervanger")
_GEEN_COLLEGA = "Wij kennen deze collega niet. Kies een collega uit de lijst, of kies niemand."


@require_http_methods(["GET", "HEAD", "POST"])
def afwezigheid(request: HttpRequest) -> HttpResponse:
    """The civil servant's own absence. What was typed comes back with what is wrong."""
    actor = actor_of(request)
    if request.method != "POST":
        nu_geldig = get_afwezigheid(actor)
        return _render(request, nu_geldig, {**_write(nu_geldig), **_texts(take_input(request))})
    if request.POST.get("knop") == "toegang":
        return _let_in(request, actor)
    invoer = {naam: request.POST.get(naam, "").strip() for naam in _VELDEN}
    if request.POST.get("knop") == "terug":
        invoer = dict.fromkeys(_VELDEN, "")
    van, tot = parse_datum(invoer["afwezig_van"]), parse_datum(invoer["afwezig_tot"])
    fouten = {
        naam: GEEN_DATUM
        for naam, dag in (("afwezig_van", van), ("afwezig_tot", tot))
        if invoer[naam] and dag is None
    }
    vervanger = parse_heel_getal(invoer["vervanger"])
    if invoer["vervanger"] and vervanger is None:
        fouten["vervanger"] = _GEEN_COLLEGA
    try:
        if not fouten:
            set_afwezigheid(actor, van, tot, vervanger)
    except BeheerOngeldig as fout:
        fouten = fout.fouten
    if fouten:
        return _render(request, get_afwezigheid(actor), invoer, fouten)
    add_flash(request, "ok", _write_done(van, tot))
    return HttpResponseRedirect(request.path, status=303)


def _let_in(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Somebody else may see the zaken that only this civil servant can see."""
    vertrek = _departure(actor, get_afwezigheid(actor))
    refs = [zaak.ref for zaak in list_alleen_van(vertrek)] if vertrek else []
    let_in_all(request, actor, refs, request.POST.get("collega", ""), vertrek=vertrek)
    return HttpResponseRedirect(request.path, status=303)


def _departure(actor: Actor, weg: Afwezigheid) -> Vertrek | None:
    return Vertrek(actor.medewerker_id or 0, max(weg.van, vandaag())) if weg.van else None


def _alone(actor: Actor, weg: Afwezigheid) -> dict[str, object]:
    """What nobody will read while the actor is away; that they saw it is noted."""
    vertrek = _departure(actor, weg)
    zaken = list_alleen_van(vertrek) if vertrek else ()
    if zaken:
        record_list(actor, Werklijst.ENIGE_LEZER, [zaak.ref for zaak in zaken])
    return {
        "alleen": [(een.identificatie, reverse("werkplek-zaak", args=[str(een.ref)])) for een in zaken],
        "lezers": collegas_for(zaken, zonder=actor.medewerker_id or 0) if zaken else [],
    }


def _write_done(van: date | None, tot: date | None) -> str:
    if van is None or tot is None:
        return "U staat niet meer als afwezig. Nieuwe berichten komen weer bij u."
    return f"U staat als afwezig van {schrijf_datum(van)} tot en met {schrijf_datum(tot)}."


def _write(weg: Afwezigheid) -> dict[str, str]:
    return {
        "afwezig_van": weg.van.isoformat() if weg.van else "",
        "afwezig_tot": weg.tot.isoformat() if weg.tot else "",
        "vervanger": str(weg.vervanger_id or ""),
    }


def _texts(bewaard: Mapping[str, str | list[str]]) -> dict[str, str]:
    return {naam: str(bewaard[naam]) for naam in _VELDEN if naam in bewaard}


def _replacements(actor: Actor, gekozen: str) -> list[tuple[str, str]]:
    """Who may stand in, and nobody. A choice that is none of them stays chosen: else a next press of the button would
    quietly choose nobody."""
    collegas = [
        (str(een.id), een.naam)
        for een in list_medewerkers(actor.afdelingen)
        if een.id != actor.medewerker_id and Recht.BEHANDELEN in een.rechten
    ]
    onbekend = gekozen and gekozen not in dict(collegas)
    return [
        *([(gekozen, "Maak een keuze")] if onbekend else []),
        ("", "Niemand: mijn afdeling leest mijn berichten"),
        *collegas,
    ]


def _render(
    request: HttpRequest,
    weg: Afwezigheid,
    invoer: Mapping[str, str],
    fouten: Mapping[str, str] | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    context = {
        **menu_context(
            actor,
            None,
            is_pagina=False,
            is_berichten=True,
            kruimels=[("Berichten", reverse("werkplek-berichten"))],
            kruimel_huidig="Afwezigheid",
        ),
        "invoer": invoer,
        "fouten": fouten or {},
        **_alone(actor, weg),
        "collegas": _replacements(actor, invoer["vervanger"]),
        "nu": f"U staat als afwezig van {schrijf_datum(weg.van)} tot en met {schrijf_datum(weg.tot)}."
        if weg.van and weg.tot
        else "",
    }
    return render_pagina(
        request,
        "workbench/gesprekken/afwezigheid.html",
        context,
        deel=DEEL,
        status=422 if fouten else 200,
    )
