from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from eloket.audit import service as audit
from eloket.identity.actor import actor_of
from eloket.identity.hoger import must_be_sure
from eloket.identity.types import Actor, partij_ref
from eloket.notifications.ontvangst import queries
from eloket.notifications.ontvangst.antwoord import pdf_response
from eloket.notifications.ontvangst.types import OntvangstInzage
from eloket.portal import paden
from eloket.portal.bladeren import page_number, page_of
from eloket.portal.ontvangst.weergave import make_ontvangsten
from eloket.portal.pagina import Menu, partij_of, render_mijn
from eloket.zaken.access import get_zaak_for
from eloket.zaken.service import record_view
from eloket.zaken.types import ZaakRef

_PER_PAGINA = 20
_TITEL = "Ontvangstbewijzen"


@require_safe
def bij_zaak(request: HttpRequest, ref: str) -> HttpResponse:
    """What this party sent about the zaak, newest first; also when the zaak is closed."""
    actor, zaak_ref, partij = actor_of(request), ZaakRef.parse(ref), partij_of(request)
    zaak = get_zaak_for(actor, zaak_ref)
    record_view(actor, zaak_ref, "ontvangstbewijzen.bekeken")
    bladzijde = page_of(
        page_number(request),
        totaal=queries.count_ontvangsten(zaak_ref, partij=partij),
        per_pagina=_PER_PAGINA,
    )
    context = {
        "zaak_titel": zaak.omschrijving,
        "zaak_nummer": zaak.identificatie,
        "zaak_href": paden.zaak(zaak_ref),
        "bladzijde": bladzijde,
        "bewijzen": make_ontvangsten(
            queries.list_ontvangsten(zaak_ref, partij=partij, offset=bladzijde.offset, limit=_PER_PAGINA)
        ),
    }
    return render_mijn(
        request,
        "portal/ontvangst/lijst.html",
        context,
        menu=Menu.ZAKEN,
        kruimels=[(zaak.omschrijving, paden.zaak(zaak_ref))],
        huidig=_TITEL,
    )


@require_safe
def bij_gegevens(request: HttpRequest) -> HttpResponse:
    """Every change of the contact details, newest first."""
    actor = actor_of(request)
    bladzijde = page_of(page_number(request), totaal=queries.count_gegevens(actor), per_pagina=_PER_PAGINA)
    lijst = queries.list_gegevens(actor, offset=bladzijde.offset, limit=_PER_PAGINA)
    context = {"bladzijde": bladzijde, "bewijzen": make_ontvangsten(lijst), "zaak_href": ""}
    return render_mijn(request, "portal/ontvangst/lijst.html", context, menu=Menu.GEGEVENS, huidig=_TITEL)


@require_safe
def pdf(request: HttpRequest, bewijs_id: str) -> HttpResponse:
    """A receipt to keep. It stands by itself: also when the source of the zaak is away, or the zaak is gone."""
    actor = actor_of(request)
    bewijs = queries.get_ontvangst(bewijs_id, actor=actor)
    must_be_sure(actor, bewijs.zekerheid)
    _note(actor, bewijs)
    return pdf_response(bewijs, gemeente=settings.ELOKET.gemeente)


def _note(actor: Actor, bewijs: OntvangstInzage) -> None:
    if bewijs.zaak_ref:
        record_view(actor, ZaakRef.parse(bewijs.zaak_ref), "ontvangstbewijs.opgeslagen", bewijs=bewijs.id)
        return
    audit.record(
        actor_soort=actor.hoedanigheid,
        actor_key=actor.key,
        actie="ontvangstbewijs.opgeslagen",
        object_ref=partij_ref(actor.partij.profiel_key) if actor.partij else "",
        bewijs=bewijs.id,
        **actor.sporen,
    )
