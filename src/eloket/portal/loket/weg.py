"""A form that is not there any more, for who did not log in: why, what they typed, and how to begin again."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from eloket.identity.opnieuw import read_opnieuw
from eloket.identity.pagina import render_pagina
from eloket.loket.errors import ConceptNietGevonden
from eloket.portal.loket import paden
from eloket.portal.paden import LOKET

View = Callable[..., HttpResponse]


def or_gone(view: View) -> View:
    """The view, with a page of its own for a concept that is not there. What is of another browser looks the same."""

    @wraps(view)
    def met_pagina(request: HttpRequest, formulier: str, **anders: Any) -> HttpResponse:
        try:
            antwoord = view(request, formulier, **anders)
        except ConceptNietGevonden:
            antwoord = _gone(request, formulier)
        antwoord.headers["Cache-Control"] = "no-store"  # on a shared computer Back shows nothing
        return antwoord

    return met_pagina


def _gone(request: HttpRequest, formulier: str) -> HttpResponse:
    opnieuw = read_opnieuw(request)
    context = {
        "begin_href": paden.start(formulier, is_anoniem=True),
        "teksten": opnieuw.teksten if opnieuw else (),
    }
    return render_pagina(request, "portal/loket/weg.html", context, deel=LOKET, status=404)
