"""What a resident takes along of a zaak: the dossier, the proof of what was sent, and its terms for a calendar."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from eloket.afschriften.agenda import afspraak_van_taak, afspraak_van_zaak, make_ics
from eloket.afschriften.antwoord import agenda_response, dossier_response, head_response
from eloket.afschriften.dossier import make_dossier
from eloket.berichten.pdf import pdf_response
from eloket.identity.actor import actor_of
from eloket.kernel.klok import nu, vandaag
from eloket.notifications.verantwoorden.verzendbewijs import make_verzendbewijs
from eloket.notifications.verantwoorden.verzending import get_verzending
from eloket.portal import paden
from eloket.portal.namens import actor_voor
from eloket.portal.pagina import partij_of
from eloket.zaken.access import get_zaak_for
from eloket.zaken.errors import TaakNietGevonden
from eloket.zaken.queries import list_taken_van_zaak
from eloket.zaken.service import record_view
from eloket.zaken.types import ZaakRef


@require_safe
def dossier(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Everything that this person may see of the zaak, as a zip. HEAD collects nothing and notes nothing."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    if request.method == "HEAD":
        return head_response(get_zaak_for(actor, zaak_ref))
    return dossier_response(make_dossier(actor, zaak_ref, gemeente=settings.ELOKET.gemeente, moment=nu()))


@require_safe
def bewijs(request: HttpRequest, ref: str) -> HttpResponseBase:
    """When what concerns this party was sent, delivered and opened (Wmebv). Raises BronOnbereikbaar."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    zaak = get_zaak_for(actor, zaak_ref)
    inhoud = make_verzendbewijs(
        zaak, get_verzending(zaak, partij_of(request)), gemeente=settings.ELOKET.gemeente, moment=nu()
    )
    record_view(actor, zaak_ref, "verzendbewijs.opgeslagen")
    return pdf_response(zaak, inhoud, soort="verzendbewijs")


@require_safe
def zaak_agenda(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The last day on which the municipality must be ready."""
    zaak_ref = ZaakRef.parse(ref)
    zaak = get_zaak_for(actor_voor(request, zaak_ref), zaak_ref, is_reading=True)
    url = f"{settings.ELOKET.base_url.rstrip('/')}{paden.zaak(zaak.ref)}"
    afspraak = afspraak_van_zaak(zaak, gemeente=settings.ELOKET.gemeente, url=url, vandaag=vandaag())
    return agenda_response(make_ics(afspraak), zaak)


@require_safe
def taak_agenda(request: HttpRequest, ref: str, taak_id: str) -> HttpResponseBase:
    """The last day for what was asked of this person."""
    zaak_ref = ZaakRef.parse(ref)
    zaak = get_zaak_for(actor_voor(request, zaak_ref), zaak_ref, is_reading=True)
    eigen = list_taken_van_zaak(zaak.ref, partij=partij_of(request))
    taak = next((een for een in eigen if een.id == taak_id), None)
    if taak is None:
        raise TaakNietGevonden
    url = f"{settings.ELOKET.base_url.rstrip('/')}{paden.TAKEN}"
    return agenda_response(
        make_ics(afspraak_van_taak(taak, gemeente=settings.ELOKET.gemeente, url=url)), zaak
    )
