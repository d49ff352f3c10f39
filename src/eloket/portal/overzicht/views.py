"""Each of the three parts can fail by itself: then that part says so, and the others are shown."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from eloket.berichten.queries import list_gesprekken
from eloket.identity.actor import actor_of
from eloket.kernel.errors import BronOnbereikbaar
from eloket.loket.queries import list_concepten
from eloket.portal.berichten.weergave import make_gesprekken
from eloket.portal.gegevens.weergave import make_kapot
from eloket.portal.loket.weergave import make_concepten
from eloket.portal.pagina import Menu, partij_of, render_mijn
from eloket.portal.storing import note
from eloket.portal.taken.weergave import make_taken
from eloket.portal.zaken.tegels import make_tegels, write_onbereikbaar
from eloket.profile.bevoegd import may_change_contact
from eloket.profile.queries import get_contact
from eloket.zaken.queries import list_open_taken, list_zaken, refs_met_open_taak
from eloket.zaken.teksten import lees_tekst
from eloket.zaken.types import ZaakFilter

_TAKEN, _ZAKEN, _GESPREKKEN, _CONCEPTEN = 3, 3, 3, 3
T = TypeVar("T")


@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """What to do first (taken, forms that were not sent), the newest open zaken, the newest conversations. A part that
    is None could not be fetched."""
    partij = partij_of(request)
    taken = _fetch(lambda: list_open_taken(actor_of(request)), "taken")
    zaken = _fetch(lambda: list_zaken(partij, ZaakFilter(limit=_ZAKEN)), "zaken")
    gesprekken = _fetch(lambda: list_gesprekken(actor_of(request), limit=_GESPREKKEN), "berichten")
    concepten = list_concepten(actor_of(request))
    wachtend = (
        refs_met_open_taak(tuple(zaak.ref for zaak in zaken.zaken), partij) if zaken and zaken.zaken else ()
    )
    context = {
        "naam": actor_of(request).persoon,
        "kapot": make_kapot(get_contact(actor_of(request)))
        if may_change_contact(actor_of(request))
        else None,
        "welkom": lees_tekst("overzicht"),
        "taken": make_taken(taken[:_TAKEN]) if taken is not None else None,
        "aantal_taken": len(taken or ()),
        "concepten": make_concepten(concepten[:_CONCEPTEN]),
        "aantal_concepten": len(concepten),
        "tegels": make_tegels(zaken.zaken, wachtend) if zaken else None,
        "aantal_zaken": zaken.lopend if zaken and not zaken.onbereikbaar else 0,
        "waarschuwing": write_onbereikbaar(zaken.onbereikbaar) if zaken else "",
        "gesprekken": make_gesprekken(gesprekken) if gesprekken is not None else None,
    }
    return render_mijn(request, "portal/overzicht/overzicht.html", context, menu=Menu.OVERZICHT)


def _fetch(lees: Callable[[], T], deel: str) -> T | None:
    """None when the source does not answer: the page names that part, and never says that there is nothing."""
    try:
        return lees()
    except BronOnbereikbaar as fout:
        note(fout, deel)
        return None
