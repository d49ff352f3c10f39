"""Rendering a page in the frame that every page shares: who is logged in, the main menu, one-time messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.backends.utils import csrf_input
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from eloket.identity.actor import maybe_actor
from eloket.identity.flash import take_flashes
from eloket.identity.partijmerk import actor_merk, merk_input, write_merk
from eloket.identity.sessie import INACTIEF
from eloket.identity.types import Actor


@dataclass(frozen=True, slots=True)
class MenuPunt:
    """A link in a menu. `is_huidig` is '' or how it is current: 'page' (this page) or 'true' (this section)."""

    tekst: str
    href: str
    icoon: str = ""
    teller: int = 0
    tellertekst: str = ""
    is_huidig: str = ""


_LOKET = MenuPunt("E-loket", "/loket/")
_MIJN = MenuPunt("Mijn omgeving", "/mijn/")
_CONTACT = MenuPunt("Contact", "/contact/")
_WERKPLEK = MenuPunt("Werkplek", "/werkplek/")


def render_pagina(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    deel: str = "",
    status: int = 200,
) -> HttpResponse:
    """The template inside the frame. `deel` is the path of the main menu item that is current, as in '/mijn/'."""
    actor = maybe_actor(request)
    frame = {**frame_context(actor, deel), "flashes": take_flashes(request) if actor else []}
    return HttpResponse(
        render_to_string(template, {**frame, **(context or {})}, request=request), status=status
    )


def frame_context(actor: Actor | None, deel: str) -> dict[str, Any]:
    """What basis.html needs; also used for error pages, where there may be no session and no database."""
    return {
        "actor": actor,
        "flashes": [],
        "hoofdmenu": _hoofdmenu(actor, deel),
        "ondertitel": {"/mijn/": "Mijn omgeving", "/werkplek/": "Werkplek"}.get(deel, "E-loket"),
        "sessie_seconden": int(INACTIEF.total_seconds()),
    }


def _hoofdmenu(actor: Actor | None, deel: str) -> Sequence[MenuPunt]:
    punten = (_LOKET, _WERKPLEK, _CONTACT) if actor and actor.is_medewerker else (_LOKET, _MIJN, _CONTACT)
    return [MenuPunt(p.tekst, p.href, is_huidig="true" if p.href == deel else "") for p in punten]


def csrf_once(request: HttpRequest) -> dict[str, object]:
    """Template context: the hidden fields of a form (its CSRF token, and for which party it is), made at their first
    use and the same in every form of the page.

    Django's own masks the token anew for each form, which takes a tenth of the time of a page with four of them. A
    page without a form still makes none, so it sets no cookie. `csrf_input_voor` is of a form that is given back: it
    stays of who filled it in.
    """

    def voor(merk: str) -> SafeString:
        return csrf_input(request) + merk_input(merk or _merk_of(request))

    return {"csrf_input": SimpleLazyObject(lambda: voor("")), "csrf_input_voor": voor}


def _merk_of(request: HttpRequest) -> str:
    merk = actor_merk(request)
    return write_merk(merk) if merk else ""
