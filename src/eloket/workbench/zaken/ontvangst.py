"""What the applicant sent, with its reference: for who has them on the telephone."""

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from eloket.identity.actor import actor_of
from eloket.notifications.ontvangst.antwoord import pdf_response
from eloket.notifications.ontvangst.pdf import titel_van
from eloket.notifications.ontvangst.queries import get_ontvangst_bij_zaak
from eloket.workbench.zaken.inhoud import ZaakInhoud
from eloket.zaken.access import get_zaak_for
from eloket.zaken.service import record_view
from eloket.zaken.types import ZaakRef


@dataclass(frozen=True, slots=True)
class OntvangstRegel:
    titel: str
    moment: datetime
    kenmerk: str
    href: str
    door: str = field(repr=False)  # who sent it for whom; "" when nobody acted for another


def ontvangstregels(inhoud: ZaakInhoud) -> tuple[OntvangstRegel, ...]:
    """The latest receipts, newest first."""
    ref = str(inhoud.zaak.ref)
    return tuple(
        OntvangstRegel(
            titel=titel_van(een.soort),
            moment=een.ontvangen_op,
            kenmerk=een.kenmerk,
            href=reverse("werkplek-ontvangstbewijs", args=[ref, een.id]),
            door=een.verstuurd_door,
        )
        for een in inhoud.ontvangsten
    )


@require_safe
def pdf(request: HttpRequest, ref: str, bewijs_id: str) -> HttpResponse:
    """The receipt as the applicant has it."""
    actor = actor_of(request)
    zaak = get_zaak_for(actor, ZaakRef.parse(ref))
    bewijs = get_ontvangst_bij_zaak(zaak.ref, bewijs_id)
    record_view(actor, zaak.ref, "ontvangstbewijs.opgeslagen", bewijs=bewijs.id)
    return pdf_response(bewijs, gemeente=settings.ELOKET.gemeente)
