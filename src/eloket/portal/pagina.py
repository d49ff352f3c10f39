"""The frame of Mijn omgeving: the menu with its counts, and the breadcrumb."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from django.http import HttpRequest, HttpResponse

from eloket.berichten.queries import count_ongelezen
from eloket.identity.actor import actor_of
from eloket.identity.actor import partij_of as party
from eloket.identity.pagina import MenuPunt, render_pagina
from eloket.identity.types import Partij
from eloket.portal import paden
from eloket.zaken.queries import count_open_taken


class Menu(StrEnum):
    """The items of the menu; the value is the text."""

    OVERZICHT = "Mijn overzicht"
    ZAKEN = "Mijn Zaken"
    TAKEN = "Mijn Taken"
    BERICHTEN = "Berichten"
    GEGEVENS = "Mijn Gegevens"


_GROEPEN = (
    (
        (Menu.OVERZICHT, paden.OVERZICHT, "layout-grid"),
        (Menu.ZAKEN, paden.ZAKEN, "archive"),
        (Menu.TAKEN, paden.TAKEN, "list-check"),
        (Menu.BERICHTEN, paden.BERICHTEN, "inbox"),
    ),
    ((Menu.GEGEVENS, paden.GEGEVENS, "user"),),
)
_HREF = {menu: href for groep in _GROEPEN for menu, href, _ in groep}


def partij_of(request: HttpRequest) -> Partij:
    """For whom the actor of this request acts. Raises NietGevonden: only a resident or business has these pages."""
    return party(actor_of(request))


def is_prefetch(request: HttpRequest) -> bool:
    """The browser fetches the page in advance: nobody has read it yet."""
    return any("prefetch" in request.headers.get(naam, "") for naam in ("Sec-Purpose", "Purpose", "X-Moz"))


def render_mijn(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    menu: Menu,
    kruimels: Sequence[tuple[str, str]] = (),
    huidig: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page with the menu beside it; two queries, for its counts.

    `menu` is the item that the page is, or (with `huidig`, the page's own title) belongs to. `kruimels` stand between
    that item and the page. Call it after marking messages as read: then the count is right at once. Who looks at a
    zaak of another by an authorisation keeps the counts of their own.
    """
    partij = actor_of(request).eigen_partij or partij_of(request)
    pad = [(Menu.OVERZICHT.value, paden.OVERZICHT)] if menu is not Menu.OVERZICHT else []
    if huidig:
        pad.append((menu.value, _HREF[menu]))
    frame = {
        "zijmenu_label": "Mijn omgeving",
        "zijmenu_lijsten": _menu(partij, menu, "true" if huidig else "page"),
        "kruimels": [*pad, *kruimels],
        "kruimel_huidig": huidig or menu.value,
    }
    return render_pagina(request, template, {**frame, **context}, deel=paden.OVERZICHT, status=status)


def _menu(partij: Partij, huidig: Menu, hoe: str) -> list[list[MenuPunt]]:
    tellers = {
        Menu.TAKEN: (count_open_taken(partij), "open"),
        Menu.BERICHTEN: (count_ongelezen(partij), "nieuw"),
    }
    return [[_punt(tellers, *item, hoe if item[0] is huidig else "") for item in groep] for groep in _GROEPEN]


def _punt(tellers: dict[Menu, tuple[int, str]], menu: Menu, href: str, icoon: str, hoe: str) -> MenuPunt:
    teller, tekst = tellers.get(menu, (0, ""))
    return MenuPunt(menu.value, href, icoon, teller, tekst, hoe)
