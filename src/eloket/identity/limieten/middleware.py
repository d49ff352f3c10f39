"""Refuses what is done too often. After the CSRF check, so that what was typed can be given back."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from eloket.identity.actor import anonymous_actor, maybe_actor
from eloket.identity.audience import limiet_of
from eloket.identity.fouten import DATABASE_FOUTEN, storing, te_vaak
from eloket.identity.headers import GetResponse
from eloket.identity.limieten.adres import address_of
from eloket.identity.limieten.teller import count
from eloket.identity.limieten.types import Limiet
from eloket.kernel import klok

View = Callable[..., HttpResponseBase]


class LimietMiddleware:
    """Stands below CsrfViewMiddleware."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        limiet = limiet_of(view)
        if limiet is None or not settings.ELOKET.limieten or not limiet.counts(request):
            return None
        try:
            wacht = _wait(request, limiet)
        except DATABASE_FOUTEN:
            return storing(request)
        return te_vaak(request, limiet, wacht) if wacht else None


def _wait(request: HttpRequest, limiet: Limiet) -> int:
    """The seconds to wait; 0 is none. Raises django.db.Error."""
    now, wacht = klok.nu(), 0
    if limiet.per_persoon is not None:
        bekend = maybe_actor(request)
        actor = bekend or anonymous_actor(request)
        if actor is not None:
            wacht = count(limiet, "persoon", actor.key, limiet.per_persoon, now)
        if bekend is not None:
            return wacht
    if not wacht and limiet.per_adres is not None and (adres := address_of(request)):
        wacht = count(limiet, "adres", adres, limiet.per_adres, now)
    return wacht
