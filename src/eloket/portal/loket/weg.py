"""A form, or a step of one, that is not there any more: why, what was typed, and how to go on."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from eloket.identity.opnieuw import read_opnieuw
from eloket.identity.pagina import render_pagina
from eloket.loket.errors import ConceptNietGevonden, StapNietGevonden
from eloket.loket.versies import is_gepubliceerd
from eloket.portal.loket import paden
from eloket.portal.loket.wie import is_anoniem
from eloket.portal.paden import LOKET

View = Callable[..., HttpResponse]
_STAP = "Deze stap hoort niet meer bij uw formulier"
_FORMULIER = "Dit formulier is er niet meer"
_NIET_GEVONDEN = "Wij kunnen dit formulier niet vinden"
_ANDER_ANTWOORD = (
    "U heeft een ander antwoord gegeven, misschien in een ander venster. Daardoor is deze stap niet meer nodig. "
    "Wij hebben deze stap niet bewaard."
)
_UUR = (
    "Zonder inloggen bewaren wij een uur lang wat u invult, en alleen in deze browser. Daarna gooien wij het weg. "
    "Was u ingelogd? Dan kunt u er ook niet meer bij als u uitlogt, of als u 15 minuten niets doet. "
    "Had u het al verstuurd? Dan hebben wij het ontvangen."
)
_WEG = (
    "Dit formulier is er niet meer, of het hoort niet bij wie nu is ingelogd. "
    "Bij Mijn Zaken ziet u wat u heeft verstuurd en wat u nog niet heeft verstuurd."
)


def or_gone(view: View) -> View:
    """The view, with a page of its own for a concept or a step that is not there: always for who did not log in, else
    when they typed something. What is of somebody else looks the same."""

    @wraps(view)
    def met_pagina(request: HttpRequest, formulier: str, **anders: Any) -> HttpResponse:
        try:
            antwoord = view(request, formulier, **anders)
        except ConceptNietGevonden as error:
            opnieuw = read_opnieuw(request)
            teksten = opnieuw.teksten if opnieuw else ()
            if not teksten and not is_anoniem(request):
                raise
            antwoord = _gone(request, formulier, teksten, anders, is_stap=isinstance(error, StapNietGevonden))
        if is_anoniem(request):
            antwoord.headers["Cache-Control"] = "no-store"  # on a shared computer Back shows nothing
        return antwoord

    return met_pagina


def _gone(
    request: HttpRequest, formulier: str, teksten: tuple[str, ...], plek: dict[str, Any], *, is_stap: bool
) -> HttpResponse:
    anoniem = is_anoniem(request)
    if is_stap:
        href = paden.concept(formulier, str(plek["concept_id"]), is_anoniem=anoniem)
        titel, uitleg, knop = _STAP, _ANDER_ANTWOORD, "Ga verder met uw formulier"
    else:
        titel, uitleg = (_FORMULIER, _UUR) if anoniem else (_NIET_GEVONDEN, _WEG)
        href, knop = paden.start(formulier, is_anoniem=anoniem), "Begin opnieuw"
        if not is_gepubliceerd(formulier):  # withdrawn since: nobody begins it again
            href, knop = LOKET, "Ga naar het E-loket"
    context = {"titel": titel, "uitleg": uitleg, "teksten": teksten, "knop": knop, "href": href}
    return render_pagina(request, "portal/loket/weg.html", context, deel=LOKET, status=404)
