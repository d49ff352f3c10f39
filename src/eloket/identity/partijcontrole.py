"""Refuses a form that was filled in for another party than who is logged in now (identity.partijmerk)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from eloket.identity.audience import audience_of
from eloket.identity.fouten import DATABASE_FOUTEN, andere_partij, partij_onbekend, storing
from eloket.identity.headers import GetResponse
from eloket.identity.partijmerk import Merk, actor_merk, merken_of, read_merk
from eloket.identity.types import Audience

View = Callable[..., HttpResponseBase]
# Whoever is logged in, and whatever window it is chosen in: who wants to be logged out here, is.
VOOR_ELKE_PARTIJ = frozenset({"uitloggen"})
_INGELOGD = (Audience.BETROKKENE, Audience.MEDEWERKER, Audience.BEHEERDER)
_VAN_ONS = (*_INGELOGD, Audience.IEDEREEN)  # not DEMO: the simulated provider stands for another site


class PartijMiddleware:
    """Stands below CsrfViewMiddleware: only a form of our own is given back. And above LimietMiddleware, which gives
    back what was typed to who is logged in.

    On a route for who is logged in, a form without a mark is refused as well: nothing says for whom it was. It is from
    before a new version, or of a page that was made when nobody was logged in; so it is shown, and sent after all when
    the person says so. Routes for everybody get forms of who was not logged in, and calls of scripts without a form.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        audience = audience_of(view)
        # Without a CSRF check no form of ours comes here: a signature or a link says who it is.
        if request.method != "POST" or audience not in _VAN_ONS or getattr(view, "csrf_exempt", False):
            return None
        if request.resolver_match and request.resolver_match.url_name in VOOR_ELKE_PARTIJ:
            return None
        merken = merken_of(request.POST)
        if not merken and not (audience in _INGELOGD and _is_form(request)):
            return None
        try:
            nu = actor_merk(request)
        except DATABASE_FOUTEN:
            return storing(request)
        return None if nu is None else _compare(request, merken, nu)


def _is_form(request: HttpRequest) -> bool:
    """Whether it came from a page. A test client of Django that has the CSRF check off sends no hidden fields, and
    nothing else can set this."""
    return not getattr(request, "_dont_enforce_csrf_checks", False)


def _compare(request: HttpRequest, merken: tuple[str, ...], nu: Merk) -> HttpResponseBase | None:
    if not merken:
        return partij_onbekend(request, nu)
    gelezen = [read_merk(merk) for merk in merken]
    if all(merk is not None and merk.is_of(nu.wie) for merk in gelezen):
        return None
    eerste = gelezen[0] if len(gelezen) == 1 else None
    return andere_partij(request, eerste, nu)
