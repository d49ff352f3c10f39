"""The list, typing a code, and the page of one authorisation with its buttons."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.flash import add_flash, is_read
from eloket.identity.types import Actor
from eloket.machtigingen import service
from eloket.machtigingen.access import get_machtiging_for, may_manage, must_be_zelf
from eloket.machtigingen.errors import AlleenVoorZichzelf, CodeOnbekend, EigenMachtiging, MachtigingVoorbij
from eloket.machtigingen.queries import list_gegeven, list_ontvangen
from eloket.machtigingen.regels import Stand
from eloket.portal import paden
from eloket.portal.machtigingen.geven import CODE
from eloket.portal.machtigingen.weergave import (
    fetch_titels,
    make_gegevens,
    make_regel,
    make_regels,
    record_read,
    write_code_tot,
)
from eloket.portal.pagina import Menu, partij_of, render_mijn

TITEL = "Machtigingen"
_TITEL_CODE = "Vul uw code in"
_KRUIMEL = [(TITEL, paden.MACHTIGINGEN)]


@require_safe
def machtigingen(request: HttpRequest) -> HttpResponse:
    """What this resident gave and was given (noted for who gave it); to a bewindvoerder what the person gave. Raises
    AlleenVoorZichzelf."""
    actor, partij = actor_of(request), partij_of(request)
    if not may_manage(actor):
        raise AlleenVoorZichzelf
    gegeven = list_gegeven(partij)
    ontvangen = list_ontvangen(partij) if actor.is_alleen_zelf else ()
    titels = fetch_titels((*gegeven, *ontvangen), actor, partij)
    record_read(actor, ontvangen, titels)
    context = {
        "gegeven": make_regels(gegeven, partij, titels),
        "ontvangen": make_regels(ontvangen, partij, titels),
    }
    return render_mijn(request, "portal/machtigingen/lijst.html", context, menu=Menu.GEGEVENS, huidig=TITEL)


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Type the code that somebody handed over; then: the page that says who asks, and for what."""
    actor = actor_of(request)
    must_be_zelf(actor)
    if request.method != "POST":
        return _render_code(request, str(take_input(request).get("code", "")))
    getypt = request.POST.get("code", "")
    try:
        machtiging_id = service.enter_code(actor, getypt)
    except (CodeOnbekend, EigenMachtiging) as fout:
        return _render_code(request, getypt[:40], fout.tekst)
    return HttpResponseRedirect(paden.machtiging(machtiging_id), status=303)


def _render_code(request: HttpRequest, getypt: str, fout: str = "") -> HttpResponse:
    return render_mijn(
        request,
        "portal/machtigingen/code.html",
        {"titel": _TITEL_CODE, "code": getypt, "fout": fout},
        menu=Menu.GEGEVENS,
        kruimels=_KRUIMEL,
        huidig=_TITEL_CODE,
        status=422 if fout else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def machtiging(request: HttpRequest, machtiging_id: str) -> HttpResponse:
    """One of them. The buttons post here: who may press which, the service says."""
    actor = actor_of(request)
    een = get_machtiging_for(actor, machtiging_id)
    if request.method != "POST":
        return _render(request, actor, een.id)
    doe = _KNOPPEN.get(request.POST.get("knop", ""))
    try:
        if doe is not None:
            add_flash(request, "ok", doe(request, actor, een.id))
    except MachtigingVoorbij as fout:
        add_flash(request, "warning", fout.tekst)
    return HttpResponseRedirect(paden.machtiging(een.id), status=303)


def _accept(_: HttpRequest, actor: Actor, machtiging_id: str) -> str:
    service.accept(actor, machtiging_id)
    return "U heeft de machtiging aangenomen. De gever ziet uw naam, en krijgt daar bericht van."


def _refuse(_: HttpRequest, actor: Actor, machtiging_id: str) -> str:
    service.refuse(actor, machtiging_id)
    return "U heeft de machtiging niet aangenomen."


def _stop(_: HttpRequest, actor: Actor, machtiging_id: str) -> str:
    service.stop(actor, machtiging_id)
    return "De machtiging is gestopt. U kunt deze zaken niet meer bekijken."


def _withdraw(_: HttpRequest, actor: Actor, machtiging_id: str) -> str:
    service.withdraw(actor, machtiging_id)
    return "U heeft de machtiging ingetrokken. Deze persoon kan nu niets meer voor u doen."


def _renew(request: HttpRequest, actor: Actor, machtiging_id: str) -> str:
    request.session[CODE] = {"id": machtiging_id, "code": service.renew_code(actor, machtiging_id)}
    return "Er is een nieuwe code. De oude code werkt niet meer."


_KNOPPEN: dict[str, Callable[[HttpRequest, Actor, str], str]] = {
    "aannemen": _accept,
    "weigeren": _refuse,
    "stoppen": _stop,
    "intrekken": _withdraw,
    "nieuwe-code": _renew,
}


def _render(request: HttpRequest, actor: Actor, machtiging_id: str) -> HttpResponse:
    partij, een = partij_of(request), get_machtiging_for(actor, machtiging_id)
    is_gever = een.gever_key == partij.key
    titels = fetch_titels([een], actor, partij)
    record_read(actor, [een], titels)
    regel = make_regel(een, partij, titels)
    titel = _titel(is_gever=is_gever, wie=een.ontvanger_naam if is_gever else een.gever_naam, stand=een.stand)
    context = {
        "titel": titel,
        "regel": regel,
        "gegevens": make_gegevens(een, regel, is_gever=is_gever),
        "is_gever": is_gever,
        "may_renew": actor.is_alleen_zelf and een.stand is Stand.AANGEBODEN,
        "is_aangeboden": een.stand is Stand.AANGEBODEN,
        "is_voorgelegd": een.stand is Stand.VOORGELEGD,
        "may_stop": een.stand in {Stand.GELDIG, Stand.GAAT_IN},
        "may_handelen": een.may_handelen,
        "code": _take_code(request, een.id) if is_gever else "",
        "code_tot": write_code_tot(een),
        "naam": een.gever_naam,
    }
    return render_mijn(
        request,
        "portal/machtigingen/machtiging.html",
        context,
        menu=Menu.GEGEVENS,
        kruimels=_KRUIMEL,
        huidig=titel,
    )


def _titel(*, is_gever: bool, wie: str, stand: Stand) -> str:
    if not is_gever:
        return f"{wie} wil u machtigen" if stand is Stand.VOORGELEGD else f"Machtiging van {wie}"
    return f"Machtiging voor {wie}" if wie else "Uw machtiging"


def _take_code(request: HttpRequest, machtiging_id: str) -> str:
    """The code that was just made, once; it waits on when nobody reads this answer."""
    bewaard = request.session.get(CODE) or {}
    if bewaard.get("id") != machtiging_id or not is_read(request):
        return ""
    del request.session[CODE]
    return str(bewaard["code"])
