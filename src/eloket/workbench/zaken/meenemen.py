"""The whole dossier of a zaak, for a civil servant: to hand over, or to keep in another system."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from eloket.afschriften.antwoord import dossier_response, head_response
from eloket.afschriften.dossier import make_dossier
from eloket.identity.actor import actor_of
from eloket.kernel.klok import nu
from eloket.zaken.access import get_zaak_for
from eloket.zaken.types import ZaakRef


@require_safe
def dossier(request: HttpRequest, ref: str) -> HttpResponseBase:
    """All documents, conversations and questions, without what is only for colleagues. HEAD collects nothing."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    if request.method == "HEAD":
        return head_response(get_zaak_for(actor, zaak_ref))
    return dossier_response(make_dossier(actor, zaak_ref, gemeente=settings.ELOKET.gemeente, moment=nu()))
