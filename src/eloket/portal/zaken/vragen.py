"""A question of the municipality, answered in words."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.kernel.errors import NietToegestaan
from eloket.notifications.ontvangst.types import OntvangstSoort
from eloket.portal import paden
from eloket.portal.namens import actor_voor
from eloket.portal.ontvangst.melden import confirm
from eloket.portal.pagina import Menu, partij_of, render_mijn
from eloket.portal.taken.weergave import make_taken
from eloket.zaken.access import get_zaak_for
from eloket.zaken.errors import AntwoordLeeg, TaakNietGevonden
from eloket.zaken.queries import list_taken_van_zaak
from eloket.zaken.service import answer_taak
from eloket.zaken.types import TaakSoort, ZaakRef


@require_http_methods(["GET", "HEAD", "POST"])
def vraag(request: HttpRequest, ref: str, taak_id: str) -> HttpResponse:
    """The question, and the box to answer it. After the answer: back to the zaak, which says when it came in."""
    zaak_ref = ZaakRef.parse(ref)
    actor = actor_voor(request, zaak_ref)
    if request.method != "POST":
        return _render(request, zaak_ref, taak_id, take_input(request))
    try:
        answer_taak(actor, zaak_ref, taak_id, antwoord=request.POST.get("antwoord", ""))
    except AntwoordLeeg as fout:
        return _render(request, zaak_ref, taak_id, {"antwoord": request.POST.get("antwoord", "")}, fout.tekst)
    except NietToegestaan as fout:
        return _render(
            request, zaak_ref, taak_id, {"antwoord": request.POST.get("antwoord", "")}, fout.tekst, status=409
        )
    tekst = "Uw antwoord is verstuurd. U ziet bij deze zaak wat wij ermee doen."
    confirm(request, tekst, OntvangstSoort.ANTWOORD, taak_id)
    return HttpResponseRedirect(paden.zaak(zaak_ref), status=303)


def _render(
    request: HttpRequest,
    ref: ZaakRef,
    taak_id: str,
    invoer: Mapping[str, str | list[str]],
    fout: str = "",
    *,
    status: int = 422,
) -> HttpResponse:
    zaak = get_zaak_for(actor_of(request), ref)
    eigen = list_taken_van_zaak(ref, partij=partij_of(request))
    gevonden = [taak for taak in eigen if taak.id == taak_id and taak.soort is TaakSoort.ANTWOORD]
    if not gevonden:
        raise TaakNietGevonden
    (taak,) = make_taken(gevonden)
    context = {
        "taak": taak,
        "may_answer": zaak.is_open and not taak.gedaan_op,
        "zaak_titel": zaak.omschrijving,
        "zaak_href": paden.zaak(ref),
        "hier": paden.vraag(ref, taak_id),
        "antwoord": str(invoer.get("antwoord", "")),
        "fout": fout,
    }
    return render_mijn(
        request,
        "portal/zaken/vraag.html",
        context,
        menu=Menu.TAKEN,
        huidig=taak.titel,
        status=status if fout else 200,
    )
