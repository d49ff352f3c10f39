"""The frame of every page of functional management: the menu beside it, and the way back."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from eloket.identity.actor import actor_of
from eloket.identity.pagina import MenuPunt, render_pagina
from eloket.workbench.menu import DEEL, menu_context


class Onderdeel(NamedTuple):
    naam: str  # of its route
    titel: str
    icoon: str
    uitleg: str


ONDERDELEN = (
    Onderdeel(
        "werkplek-beheer-zaaktypen", "Zaaktypen", "file-text", "Stappen, teksten, termijnen en resultaten."
    ),
    Onderdeel(
        "werkplek-beheer-formulieren",
        "Formulieren",
        "list-check",
        "Wat het loket vraagt, per versie, met cijfers.",
    ),
    Onderdeel("werkplek-beheer-afdelingen", "Afdelingen", "building", "Welke afdelingen zaken behandelen."),
    Onderdeel(
        "werkplek-beheer-medewerkers", "Medewerkers", "users", "Wie er in de werkplek mag, en wat zij mogen."
    ),
    Onderdeel("werkplek-beheer-sjablonen", "Sjablonen", "message", "Teksten waar medewerkers mee beginnen."),
    Onderdeel(
        "werkplek-beheer-teksten", "Teksten voor inwoners", "pencil", "Teksten op de pagina's van inwoners."
    ),
    Onderdeel(
        "werkplek-beheer-mailteksten", "Teksten van e-mails", "mail", "Wat wij inwoners en bedrijven mailen."
    ),
    Onderdeel(
        "werkplek-beheer-herinneringen", "Herinneringen", "bell", "Wanneer mensen een herinnering krijgen."
    ),
    Onderdeel(
        "werkplek-beheer-storingen", "Storingen", "alert-triangle", "Wat niet werkt, en onderhoud dat komt."
    ),
    Onderdeel(
        "werkplek-beheer-bestanden", "Import en export", "download", "De hele inrichting als bestanden."
    ),
    Onderdeel("werkplek-beheer-wijzigingen", "Wijzigingen", "history", "Wie er wat heeft gewijzigd."),
)


def toon(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    titel: str,
    onderdeel: str = "",
    kruimels: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    """The page. `onderdeel` is the route of the part that it belongs to; `kruimels` stand between that and the page."""
    menu = menu_context(actor_of(request), None, is_pagina=False)
    is_lijst = bool(onderdeel) and request.path == reverse(onderdeel)
    punten = [
        MenuPunt(
            een.titel,
            reverse(een.naam),
            een.icoon,
            is_huidig="" if een.naam != onderdeel else "page" if is_lijst else "true",
        )
        for een in ONDERDELEN
    ]
    pad = [("Beheer", reverse("werkplek-beheer"))] if onderdeel else [("Mijn werk", reverse("werkplek"))]
    if onderdeel and not is_lijst:
        pad.append(next((een.titel, reverse(een.naam)) for een in ONDERDELEN if een.naam == onderdeel))
    frame = {
        **menu,
        "zijmenu_lijsten": [*menu["zijmenu_lijsten"], punten],
        "kruimels": [*pad, *kruimels],
        "kruimel_huidig": titel,
        "titel": titel,
    }
    return render_pagina(request, template, {**frame, **context}, deel=DEEL, status=status)


def naar(route: str, *args: str) -> HttpResponseRedirect:
    """After a change that succeeded (303: the next request is a GET)."""
    return HttpResponseRedirect(reverse(route, args=args), status=303)
