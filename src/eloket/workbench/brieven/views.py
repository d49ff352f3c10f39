from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eloket.documenten.antwoord import pdf_to_save
from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.flash import add_flash
from eloket.identity.pagina import render_pagina
from eloket.identity.types import Actor
from eloket.kernel.errors import NietGevonden, NietToegestaan, OngeldigeInvoer
from eloket.kernel.klok import datum_van, schrijf_datum, schrijf_moment, vandaag
from eloket.notifications.brieven import bundels
from eloket.notifications.brieven.queries import get_wachtrij
from eloket.notifications.brieven.types import BundelInzage, WachtendeBrief, kenmerk_van
from eloket.workbench.menu import DEEL, menu_context
from eloket.workbench.zaken.invoer import GEEN_DATUM, parse_datum

_GEEN_FOUT: Mapping[str, str] = {}


@require_http_methods(["GET", "HEAD", "POST"])
def brieven(request: HttpRequest) -> HttpResponse:
    """The print queue. A POST takes what is ready, for who pressed the button alone."""
    actor = _printer(request)
    if request.method != "POST":
        bewaard = take_input(request)
        return _render(request, actor, dag=str(bewaard.get("dag", "")))
    try:
        bundels.make_bundel(actor)
    except NietToegestaan as fout:
        add_flash(request, "info", fout.tekst)
    else:
        add_flash(request, "ok", "De brieven staan klaar. Sla ze op, print ze en doe ze op de post.")
    return _back()


@require_safe
def pdf(request: HttpRequest, bundel_id: UUID) -> StreamingHttpResponse:
    """All letters of a bundle, to print. The name says only which bundle, and its day."""
    bestand = bundels.get_pdf(_printer(request), bundel_id)
    dag = datum_van(bestand.gemaakt_op).isoformat()
    return pdf_to_save(bestand.inhoud, f"brieven-{dag}-{kenmerk_van(bundel_id)}.pdf")


@require_POST
def bundel(request: HttpRequest, bundel_id: UUID) -> HttpResponse:
    """What is done with a bundle: posted on a day, not posted after all, or put back in the queue."""
    actor = _printer(request)
    knop, dag = request.POST.get("knop", ""), request.POST.get("dag", "")
    if knop == "gepost":
        return _post(request, actor, bundel_id, dag)
    acties: dict[str, tuple[Callable[[], None], str]] = {
        "niet-gepost": (
            partial(bundels.undo_posted, actor, bundel_id),
            "De brieven staan weer als nog niet gepost.",
        ),
        "terug": (
            partial(bundels.put_back, actor, bundel_id),
            "De brieven staan weer in de wachtrij. Wij zoeken eerst de adressen opnieuw op.",
        ),
    }
    if knop not in acties:
        raise NietGevonden
    doe, gelukt = acties[knop]
    try:
        doe()
    except NietToegestaan as fout:
        add_flash(request, "error", fout.tekst)
    else:
        add_flash(request, "ok", gelukt)
    return _back()


def _post(request: HttpRequest, actor: Actor, bundel_id: UUID, tekst: str) -> HttpResponse:
    dag = parse_datum(tekst)
    if dag is None:
        return _render(request, actor, dag=tekst, fouten={str(bundel_id): GEEN_DATUM})
    try:
        bundels.mark_posted(actor, bundel_id, dag)
    except OngeldigeInvoer as fout:
        return _render(request, actor, dag=tekst, fouten={str(bundel_id): fout.tekst})
    except NietToegestaan as fout:
        add_flash(request, "error", fout.tekst)
    else:
        add_flash(request, "ok", f"De brieven zijn op {schrijf_datum(dag)} op de post gedaan.")
    return _back()


def _printer(request: HttpRequest) -> Actor:
    """Raises NietGevonden for who may not print: for them there is no such page."""
    actor = actor_of(request)
    if not bundels.may_print(actor):
        raise NietGevonden
    return actor


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("werkplek-brieven"), status=303)


def _render(
    request: HttpRequest, actor: Actor, *, dag: str = "", fouten: Mapping[str, str] = _GEEN_FOUT
) -> HttpResponse:
    rij = get_wachtrij()
    context = {
        **menu_context(actor, None, is_pagina=True, onderdeel="werkplek-brieven"),
        "klaar": [_brief(een) for een in rij.klaar],
        "aantal": rij.aantal,
        "zonder_adres": rij.zonder_adres,
        "meeste": bundels.PER_BUNDEL,
        "bundels": [_bundel(een, dag, fouten) for een in rij.bundels],
        "fouten": [(f"dag-{een}", tekst) for een, tekst in fouten.items()],
    }
    status = 422 if fouten else 200
    return render_pagina(request, "workbench/brieven/brieven.html", context, deel=DEEL, status=status)


def _brief(brief: WachtendeBrief) -> dict[str, str]:
    wat = "1 melding" if brief.aantal == 1 else f"{brief.aantal} meldingen"
    if not brief.aantal:
        wat = "alles is intussen gelezen, deze brief vervalt"
    return {"kenmerk": brief.kenmerk, "moment": schrijf_moment(brief.gemaakt_op), "wat": wat}


def _bundel(een: BundelInzage, dag: str, fouten: Mapping[str, str]) -> dict[str, object]:
    sleutel = str(een.id)
    return {
        "id": sleutel,
        "titel": "1 brief" if een.aantal == 1 else f"{een.aantal} brieven",
        "moment": schrijf_moment(een.gemaakt_op),
        "door": een.door,
        "pdf": reverse("werkplek-brieven-pdf", args=[sleutel]),
        "actie": reverse("werkplek-brieven-bundel", args=[sleutel]),
        "gepost": schrijf_datum(een.gepost_op) if een.gepost_op else "",
        "dag": dag if sleutel in fouten or (dag and not fouten) else vandaag().isoformat(),
        "fout": fouten.get(sleutel, ""),
    }
