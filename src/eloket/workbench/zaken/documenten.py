"""The documents of a zaak: add, look at, open, save."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from eloket.documenten import queries
from eloket.documenten.antwoord import download_response
from eloket.documenten.upload import aangeboden
from eloket.identity.actor import actor_of
from eloket.identity.flash import add_flash
from eloket.kernel.errors import NietToegestaan
from eloket.workbench.noodtoegang.kijken import looking_actor
from eloket.workbench.zaken.delen import Deel
from eloket.workbench.zaken.invoer import Invoer
from eloket.workbench.zaken.pagina import naar_zaak, toon_geweigerd, toon_opnieuw
from eloket.zaken import service as zaken
from eloket.zaken.access import get_document_for
from eloket.zaken.types import ZaakRef


@require_POST
def voeg_toe(request: HttpRequest, ref: str) -> HttpResponse:
    """Add files for the applicant. The good ones are kept; of the others the page says what is wrong.

    To the script of the upload form (`Accept: application/json`) the answer is `{"url": ...}` of the page that says it.
    """
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    bestanden = aangeboden(request.FILES.getlist("bestanden"))
    try:
        ontvangst = zaken.add_documenten(actor, zaak_ref, bestanden)
    except NietToegestaan as fout:
        if _is_script(request):
            add_flash(request, "error", fout.tekst)
            return _to_script(zaak_ref)
        return toon_geweigerd(request, zaak_ref, Deel.DOCUMENTEN, invoer=Invoer(), fout=fout)
    fouten = tuple(geweigerd.tekst for geweigerd in ontvangst.geweigerd)
    if not ontvangst.toegevoegd:
        fouten = fouten or ("Kies eerst een bestand.",)
        if not _is_script(request):
            return toon_opnieuw(request, zaak_ref, Deel.DOCUMENTEN, invoer=Invoer(), bestandsfouten=fouten)
    _tell(request, len(ontvangst.toegevoegd), fouten)
    if _is_script(request):
        return _to_script(zaak_ref)
    return naar_zaak(zaak_ref, Deel.DOCUMENTEN)


def _is_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _to_script(ref: ZaakRef) -> JsonResponse:
    return JsonResponse({"url": naar_zaak(ref, Deel.DOCUMENTEN).url})


def _tell(request: HttpRequest, aantal: int, fouten: tuple[str, ...]) -> None:
    """One message for what was added, one per file that was not."""
    if aantal == 1:
        add_flash(request, "ok", "Het document is toegevoegd. De aanvrager kan het zien.")
    elif aantal:
        add_flash(request, "ok", f"{aantal} documenten zijn toegevoegd. De aanvrager kan ze zien.")
    for fout in fouten:
        add_flash(request, "error", fout)


@require_safe
def openen(request: HttpRequest, ref: str, document_id: str) -> HttpResponseBase:
    """Show the document, when its kind is safe to show; else it is saved. `?in=pagina`: inside a page of our own."""
    return _hand_out(request, ref, document_id, inline=True)


@require_safe
def opslaan(request: HttpRequest, ref: str, document_id: str) -> HttpResponseBase:
    """Save the document."""
    return _hand_out(request, ref, document_id, inline=False)


def _hand_out(request: HttpRequest, ref: str, document_id: str, *, inline: bool) -> HttpResponseBase:
    zaak_ref = ZaakRef.parse(ref)
    actor = looking_actor(request, zaak_ref)
    _, document = get_document_for(actor, zaak_ref, document_id)
    inhoud = queries.open_document(document.id)
    zaken.record_view(
        actor, zaak_ref, "document.geopend" if inline else "document.opgeslagen", document_id=document.id
    )
    inbedden = inline and request.GET.get("in") == "pagina"
    return download_response(document, inhoud, inline=inline, inbedden=inbedden, request=request)
