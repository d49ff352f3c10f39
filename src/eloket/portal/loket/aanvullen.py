"""Beginning a form that the municipality asked for, with a zaak that runs."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.hoger import must_be_sure
from eloket.identity.pagina import render_pagina
from eloket.loket import service
from eloket.loket.aanvullen import INGETROKKEN, get_vraag_for
from eloket.loket.errors import FormulierNietGevonden
from eloket.loket.vullen import get_voor
from eloket.portal import paden as mijn
from eloket.portal.loket import paden
from eloket.portal.loket.weergave import make_start
from eloket.portal.loket.wie import is_anoniem
from eloket.portal.paden import LOKET
from eloket.zaken.errors import TaakNietGevonden
from eloket.zaken.types import ZaakRef

_WEG = "Dit formulier is er niet meer. Stuur ons een bericht bij uw zaak, dan zeggen wij wat u kunt doen."


def start(request: HttpRequest, formulier: str) -> HttpResponse:
    """What was asked and what to expect, and the button that begins. Raises ZaakNietGevonden, ZaakIsGesloten,
    TaakAlVervuld."""
    if is_anoniem(request):
        raise FormulierNietGevonden
    gegevens = request.POST if request.method == "POST" else request.GET
    actor, ref = actor_of(request), ZaakRef.parse(gegevens.get(paden.ZAAK, ""))
    taak_id = gegevens.get(paden.TAAK, "")
    try:
        zaak, taak = get_vraag_for(actor, ref, taak_id, formulier)
        if request.method == "POST":
            concept = service.start_concept(actor, formulier, sleutel="", aanvulling=(ref, taak_id))
            return HttpResponseRedirect(paden.concept(formulier, concept.id, is_anoniem=False), status=303)
        definitie = get_voor(actor, formulier).definitie
        must_be_sure(actor, definitie.nodig)
    except TaakNietGevonden:
        return _gone(request, ref, INGETROKKEN)
    except FormulierNietGevonden:
        return _gone(request, ref, _WEG)
    take_input(request)  # nothing is typed here
    context = {
        "start": make_start(definitie, None),
        "aanvulling": {
            "zaak_titel": zaak.omschrijving,
            "zaak_nummer": zaak.identificatie,
            "zaak_href": mijn.zaak(ref),
            "titel": taak.titel,
            "toelichting": taak.toelichting,
            "velden": ((paden.ZAAK, str(ref)), (paden.TAAK, taak_id)),
        },
        "concepten": (),
        "eerder": (),
        "check": "",
        "over": None,
        "is_anoniem": False,
        "sleutel": "",
        "terug": request.get_full_path(),
    }
    return render_pagina(request, "portal/loket/start.html", context, deel=LOKET)


def _gone(request: HttpRequest, ref: ZaakRef, tekst: str) -> HttpResponse:
    """For the zaak of the actor: of another's one hears nothing at all."""
    context = {"tekst": tekst, "zaak_href": mijn.zaak(ref)}
    return render_pagina(request, "portal/loket/vraag_weg.html", context, deel=LOKET, status=404)
