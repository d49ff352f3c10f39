"""The password is asked again before what could let another in: it counts for ten minutes, in this session only."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from eloket.identity.actor import actor_of
from eloket.identity.lokaal.account import version_of
from eloket.kernel import klok

_SLEUTEL = "lokaal_zeker"
_GELDIG = 10 * 60


def confirm(request: HttpRequest, versie: int) -> None:
    """They have just given the password of this version of their account."""
    request.session[_SLEUTEL] = {"versie": versie, "tot": klok.nu().timestamp() + _GELDIG}


def keep(request: HttpRequest, versie: int) -> None:
    """Their own change made a new version: what was confirmed still is, for as long as it was."""
    if is_confirmed := request.session.get(_SLEUTEL):
        request.session[_SLEUTEL] = {**is_confirmed, "versie": versie}


def is_sure(request: HttpRequest) -> bool:
    """Raises NietGevonden for who has no local account."""
    versie = version_of(actor_of(request))
    gegeven = request.session.get(_SLEUTEL) or {}
    return bool(gegeven.get("versie") == versie and gegeven["tot"] > klok.nu().timestamp())


def sure(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for who gave their password a short while ago; others are asked for it, and then come back to this page."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_sure(request):
            return view(request, *args, **kwargs)
        vraag = urlencode({"terug": request.path})
        return HttpResponseRedirect(f"{reverse('werkplek-account-bevestigen')}?{vraag}", status=303)

    return checked
