from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from eloket.berichten.access import get_gesprek_for
from eloket.berichten.concepten import save_concept
from eloket.berichten.errors import BerichtTeLang, OnderwerpOngeldig
from eloket.berichten.pdf import make_gesprek_pdf, pdf_response
from eloket.berichten.queries import get_gesprek
from eloket.berichten.types import Gesprek
from eloket.berichten.werklijst import list_werkgesprekken
from eloket.identity.actor import actor_of
from eloket.identity.pagina import render_pagina
from eloket.kernel.klok import nu, schrijf_moment, schrijf_tijd
from eloket.workbench.aantekenen import record_berichten
from eloket.workbench.gesprekken.lezers import zonder_lezer_context
from eloket.workbench.menu import DEEL, menu_context
from eloket.zaken.service import record_view
from eloket.zaken.types import ZaakRef

_KORT = 140  # characters of the last message


@require_safe
def gesprekken(request: HttpRequest) -> HttpResponse:
    """What waits for this civil servant, and what was said last, a page at a time. A constant number of queries."""
    actor = actor_of(request)
    na = request.GET.get("na", "")
    lijst = list_werkgesprekken(actor, na=na)
    record_berichten(actor, ((een.zaak_ref, een.laatste.verzonden_op) for een in lijst.regels))
    context = {
        **menu_context(actor, None, is_pagina=True, is_berichten=True),
        **zonder_lezer_context(actor),
        "nieuw": [_regel(een) for een in lijst.regels if een.ongelezen],
        "gelezen": [_regel(een) for een in lijst.regels if not een.ongelezen],
        "is_begin": not na,
        "volgende": f"{request.path}?{urlencode({'na': lijst.volgende})}" if lijst.volgende else "",
    }
    return render_pagina(request, "workbench/gesprekken/lijst.html", context, deel=DEEL)


def _regel(gesprek: Gesprek) -> dict[str, object]:
    laatste = gesprek.laatste
    tekst = " ".join(laatste.tekst.split())
    vraag = urlencode({"deel": "berichten", "gesprek": gesprek.id})
    return {
        "href": f"{reverse('werkplek-zaak', args=[str(gesprek.zaak_ref)])}?{vraag}",
        "onderwerp": gesprek.onderwerp,
        "zaak": gesprek.zaak_omschrijving,
        "nummer": gesprek.zaak_identificatie,
        "afzender": laatste.afzender_naam or "Onbekend",
        "kort": tekst if len(tekst) <= _KORT else f"{tekst[: _KORT - 1].rstrip()}…",
        "moment": schrijf_moment(laatste.verzonden_op),
        "iso": laatste.verzonden_op.isoformat(timespec="minutes"),
        "aantal": gesprek.aantal,
        "ongelezen": gesprek.ongelezen,
        "is_waarneming": gesprek.is_waarneming,
    }


@require_POST
def bewaar_concept(request: HttpRequest, ref: str) -> JsonResponse:
    """For the script of the message box: keep what stands there. The answer is `{"tekst": ...}`, to tell the person."""
    try:
        moment = save_concept(
            actor_of(request),
            ZaakRef.parse(ref),
            tekst=request.POST.get("bericht", ""),
            gesprek_id=request.POST.get("gesprek", ""),
            onderwerp=request.POST.get("onderwerp", ""),
            sleutel=request.POST.get("sleutel", ""),
        )
    except (BerichtTeLang, OnderwerpOngeldig) as fout:
        return JsonResponse({"tekst": fout.tekst}, status=422)
    return JsonResponse({"tekst": f"Concept bewaard om {schrijf_tijd(moment)}." if moment else ""})


@require_safe
def pdf(request: HttpRequest, ref: str, gesprek_id: str) -> StreamingHttpResponse:
    """The conversation to save or print."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    zaak, _ = get_gesprek_for(actor, zaak_ref, gesprek_id)
    gesprek = get_gesprek(zaak_ref, gesprek_id, partij=None)
    record_view(actor, zaak_ref, "gesprek.opgeslagen", gesprek=gesprek.id)
    return pdf_response(zaak, make_gesprek_pdf(zaak, gesprek, gemeente=settings.ELOKET.gemeente, moment=nu()))
