"""The form "Melding openbare ruimte": fill in, check, send. Every step is a page of its own, without JavaScript.

What was typed is kept in a concept from the first step on. Photos come with the last step, so that no file ever waits
on our side for a form that is not finished.
"""

import uuid
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from eloket.documenten.upload import aangeboden
from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.flash import add_flash
from eloket.identity.pagina import render_pagina
from eloket.loket import service
from eloket.loket.access import get_concept_for
from eloket.loket.errors import ConceptGewijzigd, ConceptVerstuurd, MeldingOngeldig, ProductNietGevonden
from eloket.loket.fotos import ACCEPT, MAX_FOTOS
from eloket.loket.melding import FORMULIER, PLAATS_MAX, SOORTEN, parse_melding
from eloket.loket.queries import find_open_concept, get_product
from eloket.loket.types import ConceptInzage, Product
from eloket.portal import paden as mijn
from eloket.portal.loket import paden
from eloket.portal.paden import LOKET

_VELDEN = ("soort", "plaats", "omschrijving")
_form = require_http_methods(["GET", "HEAD", "POST"])
Velden = Mapping[str, str]


@_form
def nieuw(request: HttpRequest, slug: str) -> HttpResponse:
    """Step 1, empty."""
    product, actor = _product(slug), actor_of(request)
    if request.method == "POST":
        velden, sleutel = _typed(request.POST), request.POST.get("sleutel", "")
        try:
            melding = parse_melding(velden)
        except MeldingOngeldig as error:
            return _formulier(request, product, velden, sleutel=sleutel, fouten=error.fouten)
        concept = service.save_concept(actor, product=slug, melding=melding, sleutel=sleutel)
        return _see(paden.verstuurd(concept) if concept.is_verstuurd else paden.controleren(concept))
    bewaard = take_input(request)
    open_concept = None if bewaard else find_open_concept(actor, slug)
    return _formulier(
        request, product, _typed(bewaard), sleutel=_text(bewaard, "sleutel"), verder=open_concept
    )


@_form
def aanpassen(request: HttpRequest, slug: str, concept_id: uuid.UUID) -> HttpResponse:
    """Step 1, of a concept that is there."""
    product, concept = _product(slug), _concept(request, slug, concept_id)
    if concept.is_verstuurd:
        return _already_sent(request, concept)
    if request.method != "POST":
        bewaard = take_input(request)
        velden = _typed(bewaard) if bewaard else _of_concept(concept)
        return _formulier(request, product, velden, concept=concept)
    velden = _typed(request.POST)
    try:
        melding = parse_melding(velden)
        service.update_concept(actor_of(request), concept.id, melding=melding, revisie=_revisie(request.POST))
    except MeldingOngeldig as error:
        return _formulier(request, product, velden, concept=concept, fouten=error.fouten)
    except ConceptGewijzigd:
        return _formulier(
            request, product, velden, concept=_concept(request, slug, concept_id), is_achter=True
        )
    except ConceptVerstuurd:
        return _already_sent(request, concept)
    return _see(paden.controleren(concept))


@_form
def controleren(request: HttpRequest, slug: str, concept_id: uuid.UUID) -> HttpResponse:
    """Step 2: what was filled in, photos, and the button that sends it."""
    product, concept = _product(slug), _concept(request, slug, concept_id)
    if request.method != "POST":
        take_input(request)  # nothing is typed here: drop what an ended session kept
        if concept.is_verstuurd:
            return _already_sent(request, concept)
        return _controle(request, product, concept)
    try:
        inzending = service.submit_melding(
            actor_of(request),
            concept.id,
            revisie=_revisie(request.POST),
            bestanden=aangeboden(request.FILES.getlist("bestanden")),
        )
    except ConceptGewijzigd as error:
        nu = _concept(request, slug, concept_id)
        return _controle(request, product, nu, waarschuwing=error.tekst)
    if inzending.fotos:
        aantal = "1 foto" if inzending.fotos == 1 else f"{inzending.fotos} foto’s"
        add_flash(request, "ok", f"Wij hebben {aantal} van u ontvangen.")
    for geweigerd in inzending.geweigerd:
        add_flash(request, "warning", geweigerd.tekst)
    return _see(paden.verstuurd(inzending.concept))


@require_safe
def verstuurd(request: HttpRequest, slug: str, concept_id: uuid.UUID) -> HttpResponse:
    """The proof of receipt: number, moment, what was sent, and what happens next (Wmebv)."""
    product, concept = _product(slug), _concept(request, slug, concept_id)
    if concept.zaak_ref is None:
        return HttpResponseRedirect(paden.controleren(concept))
    context = {
        "concept": concept,
        "titel": product.inhoud.titel,
        "antwoorden": concept.melding.kenmerken,
        "daarna": product.inhoud.daarna,
        "zaak_href": mijn.zaak(concept.zaak_ref),
        "voeg_toe_href": mijn.voeg_toe(concept.zaak_ref),
        "gegevens_href": mijn.GEGEVENS,
    }
    return render_pagina(request, "portal/loket/verstuurd.html", context, deel=LOKET)


def _formulier(
    request: HttpRequest,
    product: Product,
    velden: Velden,
    *,
    sleutel: str = "",
    concept: ConceptInzage | None = None,
    verder: ConceptInzage | None = None,
    fouten: tuple[tuple[str, str], ...] = (),
    is_achter: bool = False,
) -> HttpResponse:
    context = {
        "titel": product.inhoud.titel,
        "product_href": paden.product(product.slug),
        "velden": velden,
        "fouten": fouten,
        "fout": dict.fromkeys(_VELDEN, "") | dict(fouten),
        "soorten": [(soort.code, soort.label) for soort in SOORTEN],
        "plaats_max": PLAATS_MAX,
        "sleutel": "" if concept else sleutel or uuid.uuid4().hex,
        "revisie": concept.revisie if concept else 0,
        "terug": request.path,
        "verder_href": paden.controleren(verder) if verder else "",
        "is_achter": is_achter,
    }
    status = 422 if fouten else 409 if is_achter else 200
    return render_pagina(request, "portal/loket/formulier.html", context, deel=LOKET, status=status)


def _controle(
    request: HttpRequest, product: Product, concept: ConceptInzage, *, waarschuwing: str = ""
) -> HttpResponse:
    context = {
        "titel": product.inhoud.titel,
        "product_href": paden.product(product.slug),
        "concept": concept,
        "antwoorden": concept.melding.kenmerken,
        "aanpassen_href": paden.aanpassen(concept),
        "terug": request.path,
        "accept": ACCEPT,
        "max_fotos": MAX_FOTOS,
        "waarschuwing": waarschuwing,
    }
    status = 409 if waarschuwing else 200
    return render_pagina(request, "portal/loket/controleren.html", context, deel=LOKET, status=status)


def _product(slug: str) -> Product:
    product = get_product(slug)
    if product.inhoud.formulier != FORMULIER:
        raise ProductNietGevonden
    return product


def _concept(request: HttpRequest, slug: str, concept_id: uuid.UUID) -> ConceptInzage:
    concept = get_concept_for(actor_of(request), str(concept_id))
    if concept.product != slug:
        raise ProductNietGevonden
    return concept


def _already_sent(request: HttpRequest, concept: ConceptInzage) -> HttpResponse:
    add_flash(request, "info", ConceptVerstuurd.tekst)
    return _see(paden.verstuurd(concept))


def _see(pad: str) -> HttpResponse:
    return HttpResponseRedirect(pad, status=303)


def _of_concept(concept: ConceptInzage) -> Velden:
    melding = concept.melding
    return {"soort": melding.soort, "plaats": melding.plaats, "omschrijving": melding.omschrijving}


def _typed(bron: Mapping[str, str | list[str]]) -> Velden:
    return {naam: _text(bron, naam) for naam in _VELDEN}


def _text(bron: Mapping[str, str | list[str]], naam: str) -> str:
    """A field that was sent more than once counts as its last value, as in Django."""
    waarde = bron.get(naam, "")
    return waarde if isinstance(waarde, str) else waarde[-1]


def _revisie(post: Mapping[str, str | list[str]]) -> int:
    tekst = _text(post, "revisie")
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 10 else 0
