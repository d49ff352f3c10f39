"""What a resident does with a conversation besides reading and writing: keep a draft, mark as new, save as PDF."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.views.decorators.http import require_POST, require_safe

from eloket.berichten.access import get_gesprek_for
from eloket.berichten.concepten import save_concept
from eloket.berichten.errors import BerichtTeLang, OnderwerpOngeldig
from eloket.berichten.pdf import make_gesprek_pdf, pdf_response
from eloket.berichten.queries import get_gesprek
from eloket.berichten.service import mark_unread
from eloket.identity.actor import actor_of
from eloket.identity.flash import add_flash
from eloket.kernel.klok import nu, schrijf_tijd
from eloket.portal import paden
from eloket.portal.namens import actor_voor
from eloket.portal.pagina import partij_of
from eloket.zaken.service import record_view
from eloket.zaken.types import ZaakRef


@require_POST
def bewaar_concept(request: HttpRequest, ref: str) -> JsonResponse:
    """For the script of the message box: keep what stands there. The answer is `{"tekst": ...}`, to tell the person."""
    zaak_ref = ZaakRef.parse(ref)
    try:
        moment = save_concept(
            actor_voor(request, zaak_ref),
            zaak_ref,
            tekst=request.POST.get("bericht", ""),
            gesprek_id=request.POST.get("gesprek", ""),
            onderwerp=request.POST.get("onderwerp", ""),
            sleutel=request.POST.get("sleutel", ""),
        )
    except (BerichtTeLang, OnderwerpOngeldig) as fout:
        return JsonResponse({"tekst": fout.tekst}, status=422)
    return JsonResponse({"tekst": f"Concept bewaard om {schrijf_tijd(moment)}." if moment else ""})


@require_POST
def ongelezen(request: HttpRequest, ref: str, gesprek_id: str) -> HttpResponse:
    """The last message of the municipality is new again; back to the list."""
    if mark_unread(actor_of(request), ZaakRef.parse(ref), gesprek_id):
        add_flash(request, "ok", "Het gesprek staat weer als nieuw in de lijst.")
    else:
        add_flash(request, "info", "In dit gesprek staat nog geen bericht van de gemeente.")
    return HttpResponseRedirect(paden.BERICHTEN, status=303)


@require_safe
def pdf(request: HttpRequest, ref: str, gesprek_id: str) -> StreamingHttpResponse:
    """The conversation to save or print: only the party's own side of it."""
    zaak_ref = ZaakRef.parse(ref)
    actor = actor_voor(request, zaak_ref)
    zaak, _ = get_gesprek_for(actor, zaak_ref, gesprek_id, is_reading=True)
    gesprek = get_gesprek(zaak_ref, gesprek_id, partij=partij_of(request))
    record_view(actor, zaak_ref, "gesprek.opgeslagen", gesprek=gesprek.id)
    return pdf_response(zaak, make_gesprek_pdf(zaak, gesprek, gemeente=settings.ELOKET.gemeente, moment=nu()))
