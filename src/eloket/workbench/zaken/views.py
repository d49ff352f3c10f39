from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.workbench.zaken.inhoud import is_opened, load_inhoud, mark_seen
from eloket.workbench.zaken.invoer import Invoer
from eloket.workbench.zaken.pagina import toon
from eloket.zaken.types import ZaakRef


@require_safe
def zaak(request: HttpRequest, ref: str) -> HttpResponse:
    """The page of a zaak. Opening it makes what is new there old; this page itself still calls it new."""
    actor = actor_of(request)
    inhoud = load_inhoud(actor, ZaakRef.parse(ref))
    response = toon(request, inhoud, invoer=Invoer.parse(take_input(request)))
    if is_opened(request):
        mark_seen(actor, inhoud)
    return response
