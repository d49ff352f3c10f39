"""Mijn Zaken: the tiles of open and of closed zaken, with search and pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.types import Actor, Partij
from eloket.identity.zoekterm import WEG, Zoekterm, open_zoekterm, seal_zoekterm
from eloket.kernel.errors import BronOnbereikbaar
from eloket.loket.queries import list_concepten
from eloket.portal import paden
from eloket.portal.bladeren import Bladzijde, page_number, page_of
from eloket.portal.loket.weergave import make_concepten
from eloket.portal.machtigingen.weergave import list_gemachtigd
from eloket.portal.pagina import Menu, partij_of, render_mijn
from eloket.portal.storing import note
from eloket.portal.zaken.tegels import Tegel, make_tegels, write_onbereikbaar
from eloket.zaken.queries import list_zaken, refs_met_open_taak
from eloket.zaken.types import ZaakFilter, ZakenOverzicht

PER_PAGINA = 12
_MAX_ZOEK = 100
_PLEK = "mijn-zaken"
_AFGEROND = "afgerond"


@dataclass(frozen=True, slots=True)
class Vraag:
    """What the reader asked to see. In an address the search is sealed (identity.zoekterm)."""

    is_open: bool
    zoekterm: Zoekterm
    pagina: int

    @classmethod
    def parse(cls, request: HttpRequest) -> "Vraag":
        """Anything unknown is the first page of open zaken."""
        zoekterm = open_zoekterm(actor_of(request), _PLEK, request.GET.get("q", ""))
        pagina = 1 if zoekterm.is_weg else page_number(request)
        return cls(is_open=request.GET.get("status") != _AFGEROND, zoekterm=zoekterm, pagina=pagina)

    @classmethod
    def typed(cls, actor: Actor, velden: Mapping[str, str]) -> "Vraag":
        """From the form, in which the search is what somebody typed."""
        getypt = " ".join(velden.get("q", "").replace("\x00", "").split())[:_MAX_ZOEK]
        zoekterm = seal_zoekterm(actor, _PLEK, getypt)
        return cls(is_open=velden.get("status") != _AFGEROND, zoekterm=zoekterm, pagina=1)

    @property
    def zoek(self) -> str:
        """What is searched for, in clear: for the source and the page, never for an address."""
        return self.zoekterm.tekst

    def href(self, *, is_open: bool | None = None, pagina: int | None = None) -> str:
        """The list with the same search, on another tab or page. Without a page it can be extended with a number."""
        toon_open = self.is_open if is_open is None else is_open
        zegel = self.zoekterm.zegel
        delen = {"status": "lopend" if toon_open else _AFGEROND} | ({"q": zegel} if zegel else {})
        return f"{paden.ZAKEN}?{urlencode(delen)}" + (f"&p={pagina}" if pagina is not None else "")


@dataclass(frozen=True, slots=True)
class LijstPagina:
    """The list as the page shows it. Counts are "" when not every source answered: then they would be a lie."""

    titel: str
    is_open: bool
    zoek: str = field(repr=False)
    zoek_weg: str
    tegels: list[Tegel]
    lopend: str
    afgerond: str
    aantal: str
    hier: str
    href_lopend: str
    href_afgerond: str
    basis: str
    bladzijde: Bladzijde
    storing: str
    waarschuwing: str

    @property
    def is_leeg(self) -> bool:
        """There is nothing, and we know it for sure."""
        return not (self.tegels or self.storing or self.waarschuwing)


@require_safe
def zaken(request: HttpRequest) -> HttpResponse:
    """`?status=lopend|afgerond`, `&q=` subject or zaaknummer (sealed), `&p=` page. Six queries besides the menu's,
    seven for who is authorised by others."""
    partij, vraag = partij_of(request), Vraag.parse(request)
    try:
        overzicht = _fetch(partij, vraag)
    except BronOnbereikbaar as fout:
        note(fout, "zaken")
        pagina = _make_pagina(partij, vraag, ZakenOverzicht((), 0, 0, 0), storing=fout.tekst)
        return _render(request, pagina, status=503)
    bladzijde = page_of(vraag.pagina, totaal=overzicht.aantal, per_pagina=PER_PAGINA)
    if bladzijde.nummer != vraag.pagina and not overzicht.onbereikbaar:
        return HttpResponseRedirect(vraag.href(pagina=bladzijde.nummer))
    return _render(request, _make_pagina(partij, vraag, overzicht), status=200)


@require_POST
def zoek(request: HttpRequest) -> HttpResponse:
    """What was typed in the form of the list, sealed into the address of the list that it leads to."""
    return HttpResponseRedirect(Vraag.typed(actor_of(request), request.POST).href(), status=303)


def _fetch(partij: Partij, vraag: Vraag) -> ZakenOverzicht:
    offset = (vraag.pagina - 1) * PER_PAGINA
    return list_zaken(
        partij, ZaakFilter(is_open=vraag.is_open, zoek=vraag.zoek, offset=offset, limit=PER_PAGINA)
    )


def _render(request: HttpRequest, pagina: LijstPagina, *, status: int) -> HttpResponse:
    """Forms that were not sent stand above the open zaken, whether those could be fetched or not; the zaken of others
    that one is authorised for stand below them."""
    is_begin = pagina.is_open and not pagina.zoek and pagina.bladzijde.nummer == 1
    actor = actor_of(request)
    concepten = make_concepten(list_concepten(actor)) if is_begin else ()
    gemachtigd = list_gemachtigd(actor) if is_begin else []
    bewaard = {} if pagina.storing else take_input(request)  # it waits for a page that has the form
    getypt = bewaard.get("q", pagina.zoek)
    context = {"pagina": pagina, "concepten": concepten, "gemachtigd": gemachtigd, "getypt": getypt}
    return render_mijn(request, "portal/zaken/lijst.html", context, menu=Menu.ZAKEN, status=status)


def _make_pagina(
    partij: Partij, vraag: Vraag, overzicht: ZakenOverzicht, *, storing: str = ""
) -> LijstPagina:
    is_volledig = not (storing or overzicht.onbereikbaar)
    wachtend = (
        refs_met_open_taak(tuple(zaak.ref for zaak in overzicht.zaken), partij)
        if vraag.is_open and overzicht.zaken
        else frozenset()
    )
    return LijstPagina(
        titel="Lopende zaken" if vraag.is_open else "Afgeronde zaken",
        is_open=vraag.is_open,
        zoek=vraag.zoek,
        zoek_weg=WEG if vraag.zoekterm.is_weg else "",
        tegels=make_tegels(overzicht.zaken, wachtend),
        lopend=f" ({overzicht.lopend})" if is_volledig else "",
        afgerond=f" ({overzicht.afgerond})" if is_volledig else "",
        aantal=f" ({overzicht.aantal})" if is_volledig else "",
        hier=vraag.href(),
        href_lopend=vraag.href(is_open=True),
        href_afgerond=vraag.href(is_open=False),
        basis=f"{vraag.href()}&p=",
        bladzijde=page_of(vraag.pagina, totaal=overzicht.aantal, per_pagina=PER_PAGINA),
        storing=storing,
        waarschuwing=write_onbereikbaar(overzicht.onbereikbaar),
    )
