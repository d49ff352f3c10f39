from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from eloket.identity.actor import actor_of
from eloket.inzage import eigen
from eloket.inzage.eigen import MEESTE_ZAKEN, Keuze, Onderwerp
from eloket.kernel.errors import BronOnbereikbaar
from eloket.portal import paden
from eloket.portal.bladeren import page_number, page_of
from eloket.portal.inzage.weergave import LIJSTEN, ZELF, make_dagen, write_keuze, write_leeg
from eloket.portal.pagina import Menu, partij_of, render_mijn
from eloket.portal.storing import note, write_storing
from eloket.zaken.types import ZaakRef

_PER_PAGINA = 50
_TITEL = "Wie heeft mijn gegevens bekeken?"
_LEEG: Mapping[str, Any] = {
    "fout": "",
    "zaak_href": "",
    "zaak_titel": "",
    "zaak_nummer": "",
    "bladzijde": None,
}
_TITEL_ZAAK = "Wie heeft deze zaak bekeken?"


@require_safe
def bij_gegevens(request: HttpRequest) -> HttpResponse:
    """Over all zaken and the contact details of this party; of its branch only, when the login is limited to one."""
    try:
        onderwerp = eigen.all_of(actor_of(request), partij_of(request))
    except BronOnbereikbaar as fout:
        note(fout, "inzage")
        context = {**_LEEG, "titel": _TITEL, "fout": write_storing("deze gegevens")}
        return render_mijn(
            request, "portal/inzage/inzage.html", context, menu=Menu.GEGEVENS, huidig=_TITEL, status=503
        )
    return _render(request, onderwerp, {"titel": _TITEL}, menu=Menu.GEGEVENS, kruimels=[])


@require_safe
def bij_zaak(request: HttpRequest, ref: str) -> HttpResponse:
    """Of one zaak. Who may not see the zaak finds no page, as everywhere."""
    zaak_ref = ZaakRef.parse(ref)
    onderwerp = eigen.one_zaak(actor_of(request), zaak_ref)
    titel, nummer = onderwerp.zaken[str(zaak_ref)]
    context = {
        "titel": _TITEL_ZAAK,
        "zaak_titel": titel,
        "zaak_nummer": nummer,
        "zaak_href": paden.zaak(zaak_ref),
    }
    return _render(
        request, onderwerp, context, menu=Menu.ZAKEN, kruimels=[(titel, paden.zaak(zaak_ref))], ref=zaak_ref
    )


def _render(
    request: HttpRequest,
    onderwerp: Onderwerp,
    context: dict[str, str],
    *,
    menu: Menu,
    kruimels: list[tuple[str, str]],
    ref: ZaakRef | None = None,
) -> HttpResponse:
    actor, keuze = actor_of(request), _keuze(request)
    bladzijde = page_of(
        page_number(request),
        totaal=eigen.count_regels(actor, onderwerp, keuze),
        per_pagina=_PER_PAGINA,
    )
    regels = eigen.list_regels(actor, onderwerp, keuze, offset=bladzijde.offset, limit=_PER_PAGINA)
    alleen_lijsten = not regels and not keuze.ook_lijsten and eigen.was_on_a_list(onderwerp)
    eigen.record_seen(actor, ref)
    is_zaak = "zaak_href" in context
    alles = {
        **_LEEG,
        **context,
        "bladzijde": bladzijde,
        "dagen": make_dagen(regels, with_zaak=not is_zaak),
        "keuze": write_keuze(keuze, is_zaak=is_zaak),
        "leeg": write_leeg(
            keuze,
            is_zaak=is_zaak,
            is_alles=not (onderwerp.gemist or onderwerp.is_afgekapt),
            alleen_lijsten=alleen_lijsten,
        ),
        "gemist": " en ".join(onderwerp.gemist),
        "meeste": MEESTE_ZAKEN if onderwerp.is_afgekapt else 0,
    }
    return render_mijn(
        request,
        "portal/inzage/inzage.html",
        alles,
        menu=menu,
        kruimels=kruimels,
        huidig=context["titel"],
    )


def _keuze(request: HttpRequest) -> Keuze:
    ook = request.GET.getlist("ook")
    return Keuze(ook_zelf=ZELF in ook, ook_lijsten=LIJSTEN in ook)
