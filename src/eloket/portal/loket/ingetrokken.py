"""The address of a form that was withdrawn: who was filling it in can finish it (loket.beheer), and reads so."""

from django.http import HttpRequest, HttpResponse

from eloket.identity.bewaard import take_input
from eloket.identity.pagina import render_pagina
from eloket.loket.errors import ConceptNietGevonden, FormulierNietGevonden
from eloket.loket.queries import list_van_formulier
from eloket.portal.loket.weergave import make_concepten
from eloket.portal.loket.wie import invuller, is_anoniem
from eloket.portal.paden import LOKET


def withdrawn(request: HttpRequest, formulier: str) -> HttpResponse:
    """What they have of it, and how to go on. Raises FormulierNietGevonden for everybody else, also for a form that
    never was."""
    anoniem = is_anoniem(request)
    try:
        bezig, _ = list_van_formulier(invuller(request), formulier)
    except ConceptNietGevonden as error:  # a civil servant, or a browser that began nothing
        raise FormulierNietGevonden from error
    if not bezig:
        raise FormulierNietGevonden
    take_input(request)  # nothing is typed here
    context = {
        "titel": bezig[0].titel,
        "concepten": make_concepten(bezig, is_anoniem=anoniem),
        "is_anoniem": anoniem,
    }
    antwoord = render_pagina(request, "portal/loket/ingetrokken.html", context, deel=LOKET)
    if anoniem:
        antwoord.headers["Cache-Control"] = "no-store"  # on a shared computer Back shows nothing
    return antwoord
