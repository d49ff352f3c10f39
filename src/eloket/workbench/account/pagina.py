"""The frame of the pages of Mijn account."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from eloket.identity.actor import actor_of
from eloket.identity.pagina import render_pagina
from eloket.workbench.menu import DEEL, menu_context

OVERZICHT = "werkplek-account"


def toon(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, titel: str, status: int = 200
) -> HttpResponse:
    """The page. It may hold a secret, so it stays nowhere."""
    pad = reverse(OVERZICHT)
    kruimels = [("Mijn werk", reverse("werkplek"))]
    if request.path != pad:
        kruimels.append(("Mijn account", pad))
    menu = menu_context(
        actor_of(request), None, is_pagina=request.path == pad, kruimels=kruimels, kruimel_huidig=titel,
        onderdeel=OVERZICHT,
    )  # fmt: skip
    antwoord = render_pagina(request, template, {**menu, "titel": titel, **context}, deel=DEEL, status=status)
    antwoord.headers["Cache-Control"] = "no-store"
    return antwoord
