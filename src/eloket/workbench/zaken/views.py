from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from eloket.identity.bewaard import take_input
from eloket.workbench.noodtoegang.kijken import looking_actor, tell_ended
from eloket.workbench.zaken.delen import Deel
from eloket.workbench.zaken.inhoud import is_opened, load_inhoud, mark_seen
from eloket.workbench.zaken.invoer import Invoer
from eloket.workbench.zaken.pagina import toon
from eloket.workbench.zaken.weergave import schrijf_aanwezigen
from eloket.zaken import service as zaken
from eloket.zaken.access import get_zaak_for
from eloket.zaken.errors import ZaakNietGevonden
from eloket.zaken.types import ZaakRef


@require_safe
def zaak(request: HttpRequest, ref: str) -> HttpResponse:
    """A part of the page of a zaak (`?deel=`). Opening a part makes what is new there old; this page itself still calls
    it new. `?status=`, `?taak=` and `?gesprek=` choose what a form is about."""
    zaak_ref, deel = ZaakRef.parse(ref), Deel.parse(request.GET.get("deel", ""))
    actor = looking_actor(request, zaak_ref)
    gekozen = {naam: request.GET[naam] for naam in ("status", "taak", "gesprek") if naam in request.GET}
    invoer = Invoer.parse({**gekozen, **take_input(request)})
    try:
        inhoud = load_inhoud(actor, zaak_ref, deel, gesprek=invoer.gesprek)
    except ZaakNietGevonden:
        if antwoord := tell_ended(request, actor, zaak_ref):
            return antwoord
        raise
    response = toon(request, inhoud, deel, invoer=invoer)
    if is_opened(request):
        mark_seen(actor, inhoud, deel)
    return response


@require_safe
def aanwezig(request: HttpRequest, ref: str) -> JsonResponse:
    """For the script that keeps the page current: who else has the zaak open, and its versie."""
    zaak_ref = ZaakRef.parse(ref)
    actor = looking_actor(request, zaak_ref)
    zaak_nu = get_zaak_for(actor, zaak_ref)
    anderen = zaken.meld_aanwezig(actor, zaak_ref)
    return JsonResponse({"regels": schrijf_aanwezigen(anderen), "versie": zaak_nu.versie})
