"""The documents of a zaak: add, open, save."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.views.decorators.http import require_http_methods, require_safe

from eloket.documenten.antwoord import download_response
from eloket.documenten.queries import open_document
from eloket.documenten.upload import aangeboden
from eloket.identity.flash import add_flash
from eloket.identity.types import Actor
from eloket.notifications.ontvangst.types import OntvangstSoort
from eloket.notifications.openen import mark_opened
from eloket.portal import paden
from eloket.portal.namens import actor_voor, leest_zelf
from eloket.portal.ontvangst.melden import confirm
from eloket.portal.pagina import partij_of
from eloket.zaken.access import get_document_for, get_zaak_for
from eloket.zaken.errors import ZaakIsGesloten
from eloket.zaken.service import Ontvangst, add_documenten, record_view
from eloket.zaken.types import ZaakRef

_NIETS_GEKOZEN = "U heeft nog geen bestand gekozen. Kies eerst een bestand en klik daarna op Voeg toe."


@require_http_methods(["GET", "HEAD", "POST"])
def toevoegen(request: HttpRequest, ref: str) -> HttpResponse:
    """Add the chosen files. The answer is a redirect to the zaak, which says what became of each file; to the
    script of the upload form (`Accept: application/json`) it is `{"url": ...}` of the same page.

    A GET (a reload of the address) shows the zaak.
    """
    zaak_ref = ZaakRef.parse(ref)
    actor = actor_voor(request, zaak_ref)
    if request.method != "POST":
        get_zaak_for(actor, zaak_ref, is_reading=True)
        return HttpResponseRedirect(paden.zaak(zaak_ref))
    url = _take_in(request, actor, zaak_ref)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"url": url})
    return HttpResponseRedirect(url, status=303)


def _take_in(request: HttpRequest, actor: Actor, ref: ZaakRef) -> str:
    """Where to go on; what happened is on that page. Raises ZaakNietGevonden, BronOnbereikbaar."""
    bestanden = aangeboden(request.FILES.getlist("bestanden"))
    taak_id = request.POST.get("taak", "")
    if not bestanden and get_zaak_for(actor, ref).is_open:
        add_flash(request, "error", _NIETS_GEKOZEN)
        return paden.voeg_toe(ref, taak_id)
    try:
        ontvangst = add_documenten(actor, ref, bestanden, taak_id=taak_id)
    except ZaakIsGesloten as fout:
        add_flash(request, "error", fout.tekst)
        return paden.zaak(ref)
    _tell(request, ontvangst)
    if ontvangst.geweigerd:
        return paden.voeg_toe(ref, "" if ontvangst.vervulde_taken else taak_id)
    return paden.zaak(ref)


def _tell(request: HttpRequest, ontvangst: Ontvangst) -> None:
    """One message for what was added, one per file that was not."""
    if ontvangst.toegevoegd:
        eerste = ontvangst.toegevoegd[0].id
        confirm(request, _write_toegevoegd(ontvangst), OntvangstSoort.DOCUMENTEN, eerste)
    for weigering in ontvangst.geweigerd:
        add_flash(request, "error", weigering.tekst)


def _write_toegevoegd(ontvangst: Ontvangst) -> str:
    aantal = len(ontvangst.toegevoegd)
    if aantal == 1:
        tekst = f"‘{ontvangst.toegevoegd[0].titel}’ is toegevoegd. U ziet het document onder Documenten."
    else:
        tekst = f"{aantal} documenten zijn toegevoegd. U ziet ze onder Documenten."
    gedaan = " ".join(f"Deze taak is klaar: {titel}." for titel in ontvangst.vervulde_taken)
    return f"{tekst} {gedaan}".strip()


@require_safe
def openen(request: HttpRequest, ref: str, document_id: str) -> HttpResponseBase:
    """The document in the browser, when it can show it."""
    return _hand_out(request, ref, document_id, inline=True)


@require_safe
def opslaan(request: HttpRequest, ref: str, document_id: str) -> HttpResponseBase:
    """The document to save."""
    return _hand_out(request, ref, document_id, inline=False)


def _hand_out(request: HttpRequest, ref: str, document_id: str, *, inline: bool) -> HttpResponseBase:
    zaak_ref = ZaakRef.parse(ref)
    actor = actor_voor(request, zaak_ref)
    zaak, document = get_document_for(actor, zaak_ref, document_id, is_reading=True)
    inhoud = open_document(document.id)
    record_view(
        actor, zaak.ref, "document.geopend" if inline else "document.opgeslagen", document_id=document.id
    )
    if request.method == "GET" and leest_zelf(actor):
        mark_opened(partij_of(request), zaak.ref, [document.id])
    return download_response(document, inhoud, inline=inline, request=request)
