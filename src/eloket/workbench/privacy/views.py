from dataclasses import replace
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from eloket.audit.alarm import KLOPT_NIET, is_raised
from eloket.documenten.antwoord import to_save
from eloket.identity.access import list_alle_namen
from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.flash import add_flash
from eloket.identity.pagina import render_pagina
from eloket.identity.types import Actor
from eloket.inzage import toezicht
from eloket.inzage.errors import ZoekvraagOngeldig
from eloket.inzage.gericht import Kant
from eloket.inzage.toezicht import PER_PAGINA, Bladzijde, Logregel
from eloket.inzage.toezichtwoorden import ACTIES
from eloket.inzage.uitvoer import export_log
from eloket.kernel.klok import datum_van, nu, schrijf_moment
from eloket.workbench.menu import DEEL, menu_context
from eloket.workbench.privacy.persoon import build_gericht, person_href
from eloket.workbench.privacy.vraag import Invoer, parse_plek, write_plek

_KLOPT_NIET = "Controleer wat u zoekt. Er is geen bestand gemaakt."


@require_safe
def logboek(request: HttpRequest) -> HttpResponse:
    """Who did what with whose data, newest first. A page that names what is wrong shows no lines, and notes nothing."""
    actor, invoer = _officer(request), Invoer.parse(request.GET)
    gevonden = Bladzijde((), None, None)
    if invoer.fouten:
        invoer = _checked(actor, invoer)
    else:
        try:
            na = parse_plek(request.GET.get("na", ""))
            gevonden = toezicht.search_log(actor, invoer.to_vraag(), na=na)
        except ZoekvraagOngeldig as fout:
            invoer = _checked(actor, replace(invoer, fouten=fout.fouten))
    return _render(request, actor, invoer, gevonden)


@require_POST
def zoek(request: HttpRequest) -> HttpResponse:
    """The form of the log: on to the address of what it asks, or the form again with what is wrong in it. What was
    typed comes into an address only when it is a day, or the number of a zaak that there is."""
    actor, invoer = _officer(request), Invoer.parse(request.POST)
    invoer = _checked(actor, invoer)
    if invoer.fouten:
        return _render(request, actor, invoer, Bladzijde((), None, None))
    return HttpResponseRedirect(_href(invoer), status=303)


def _checked(actor: Actor, invoer: Invoer) -> Invoer:
    """With what is wrong with the zaaknummer: what is none stands in no link of the page. Of what is known to be none
    no source is asked again. Raises BronOnbereikbaar."""
    if "zaaknummer" in invoer.fouten:
        return invoer
    try:
        toezicht.must_be_zaaknummer(actor, invoer.zaaknummer)
    except ZoekvraagOngeldig as fout:
        return replace(invoer, fouten={**invoer.fouten, **fout.fouten})
    return invoer


def _render(request: HttpRequest, actor: Actor, invoer: Invoer, gevonden: Bladzijde) -> HttpResponse:
    context = {
        **menu_context(actor, None, is_pagina=True, onderdeel="werkplek-privacy"),
        "invoer": invoer.restore(take_input(request)),
        "hier": _href(invoer),
        "fouten": list(invoer.fouten.items()),
        "medewerkers": [("", "Iedereen"), *((str(pk), naam) for pk, naam in list_alle_namen())],
        "acties": [("", "Alles"), *sorted(ACTIES.items(), key=lambda actie: actie[1])],
        "regels": [_regel(een) for een in gevonden.regels],
        "gericht": build_gericht(gevonden.gericht, invoer),
        "volgende": _href(invoer, na=write_plek(gevonden.volgende)) if gevonden.volgende else "",
        "begin": _href(invoer) if "na" in request.GET else "",
        "bestand": f"{reverse('werkplek-privacy-bestand')}?{invoer.query()}",
        "meeste": PER_PAGINA,
        "alarm": f"{reverse('werkplek-privacy')}?actie={KLOPT_NIET}" if is_raised(nu()) else "",
    }
    status = 422 if invoer.fouten else 200
    return render_pagina(request, "workbench/privacy/logboek.html", context, deel=DEEL, status=status)


@require_safe
def bestand(request: HttpRequest) -> HttpResponseBase:
    """The same lines, all of them, as a file with the head of the chain."""
    actor, invoer = _officer(request), Invoer.parse(request.GET)
    if invoer.fouten:
        return HttpResponseRedirect(_href(_checked(actor, invoer)))
    try:
        inhoud = export_log(actor, invoer.to_vraag())
    except ZoekvraagOngeldig as fout:
        add_flash(request, "error", _KLOPT_NIET)
        return HttpResponseRedirect(_href(_checked(actor, replace(invoer, fouten=fout.fouten))))
    antwoord = StreamingHttpResponse(inhoud, content_type="text/csv; charset=utf-8")
    return to_save(antwoord, f"logboek-{datum_van(nu()).isoformat()}.csv")


def _officer(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    toezicht.must_inspect(actor)
    return actor


def _href(invoer: Invoer, *, na: str = "") -> str:
    query = "&".join(deel for deel in (invoer.query(), f"na={na}" if na else "") if deel)
    return reverse("werkplek-privacy") + (f"?{query}" if query else "")


def _regel(een: Logregel) -> dict[str, Any]:
    return {
        "van_persoon": person_href(een.id, Kant.DOOR) if een.is_van_persoon else "",
        "over_persoon": person_href(een.id, Kant.OVER) if een.over_wie else "",
        "over_wie": een.over_wie,
        "id": str(een.id),
        "moment": schrijf_moment(een.moment),
        "iso": een.moment.isoformat(timespec="seconds"),
        "wie": een.wie,
        "wat": een.wat,
        "waarover": een.waarover,
        "kenmerken": een.kenmerken,
    }
