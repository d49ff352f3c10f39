"""What a civil servant does with a zaak. Each is one POST: parse, call the service, and back to the zaak."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from eloket.berichten import service as berichten
from eloket.berichten.errors import BerichtLeeg, BerichtTeLang
from eloket.identity.actor import actor_of
from eloket.identity.flash import add_flash
from eloket.kernel.errors import NietToegestaan
from eloket.kernel.klok import vandaag
from eloket.workbench.zaken.invoer import (
    Invoer,
    StatusKeuze,
    VraagKeuze,
    parse_status,
    parse_versie,
    parse_vraag,
)
from eloket.workbench.zaken.pagina import naar_zaak, toon_geweigerd, toon_opnieuw
from eloket.zaken import queries
from eloket.zaken import service as zaken
from eloket.zaken.access import get_zaak_for
from eloket.zaken.errors import AanvraagOngeldig, ZaakGewijzigd
from eloket.zaken.types import Zaak, ZaakRef


@require_POST
def neem(request: HttpRequest, ref: str) -> HttpResponse:
    """Become the behandelaar. Taking what is yours already changes nothing."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    try:
        zaken.take_zaak(actor, zaak_ref, versie=parse_versie(request.POST.get("versie", "")))
    except NietToegestaan as fout:
        if get_zaak_for(actor, zaak_ref).behandelaar_id != actor.medewerker_id:
            return toon_geweigerd(request, zaak_ref, invoer=Invoer(), melding=fout.tekst)
    else:
        add_flash(request, "ok", "U behandelt deze zaak nu.")
    return naar_zaak(zaak_ref)


@require_POST
def status(request: HttpRequest, ref: str) -> HttpResponse:
    """Set a later status; the last one ends the zaak with a result. A double click sets it once."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    invoer = Invoer.parse(request.POST.dict())
    versie = parse_versie(request.POST.get("versie", ""))
    zaak = get_zaak_for(actor, zaak_ref)
    if zaak.versie != versie:
        return _after_conflict(request, zaak, invoer, ZaakGewijzigd.tekst)
    keuze = parse_status(invoer, zaak)
    if not isinstance(keuze, StatusKeuze):
        return toon_opnieuw(request, zaak_ref, invoer=invoer, fouten=keuze)
    try:
        zaken.set_status(
            actor,
            zaak_ref,
            volgnummer=keuze.volgnummer,
            toelichting=keuze.toelichting,
            resultaat=keuze.resultaat,
            versie=versie,
        )
    except NietToegestaan as fout:
        return _after_conflict(request, get_zaak_for(actor, zaak_ref), invoer, fout.tekst)
    add_flash(request, "ok", "De nieuwe status staat bij de zaak. De aanvrager ziet deze ook.")
    return naar_zaak(zaak_ref)


def _after_conflict(request: HttpRequest, zaak: Zaak, invoer: Invoer, melding: str) -> HttpResponse:
    """The second click of a double click finds its own work; anything else is somebody else's."""
    if _is_gezet(zaak, invoer):
        return naar_zaak(zaak.ref)
    return toon_geweigerd(request, zaak.ref, invoer=invoer, melding=melding)


def _is_gezet(zaak: Zaak, invoer: Invoer) -> bool:
    laatste = zaak.statussen[-1] if zaak.statussen else None
    return (
        laatste is not None
        and str(laatste.volgnummer) == invoer.status
        and laatste.statustoelichting == invoer.toelichting.strip()
        and (zaak.is_open or zaak.resultaat == invoer.resultaat.strip())
    )


@require_POST
def bericht(request: HttpRequest, ref: str) -> HttpResponse:
    """Answer the applicant."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    invoer = Invoer.parse(request.POST.dict())
    try:
        berichten.send_bericht(actor, zaak_ref, tekst=invoer.bericht, sleutel=invoer.sleutel)
    except (BerichtLeeg, BerichtTeLang) as fout:
        return toon_opnieuw(request, zaak_ref, invoer=invoer, fouten={"bericht": fout.tekst})
    except NietToegestaan as fout:
        return toon_geweigerd(request, zaak_ref, invoer=invoer, melding=fout.tekst)
    add_flash(request, "ok", "Uw bericht is verstuurd.")
    return naar_zaak(zaak_ref)


@require_POST
def vraag(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask the applicant for a document, with a date."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    invoer = Invoer.parse(request.POST.dict())
    get_zaak_for(actor, zaak_ref)  # a zaak that is not theirs is 404, before any word about the form
    keuze = parse_vraag(invoer, vandaag())
    if not isinstance(keuze, VraagKeuze):
        return toon_opnieuw(request, zaak_ref, invoer=invoer, fouten=keuze)
    try:
        zaken.ask_document(
            actor, zaak_ref, titel=keuze.titel, toelichting=keuze.toelichting, deadline=keuze.deadline
        )
    except AanvraagOngeldig as fout:
        return toon_opnieuw(request, zaak_ref, invoer=invoer, fouten={"titel": fout.tekst})
    except NietToegestaan as fout:
        return toon_geweigerd(request, zaak_ref, invoer=invoer, melding=fout.tekst)
    add_flash(request, "ok", "Uw vraag om een document is verstuurd.")
    return naar_zaak(zaak_ref)


@require_POST
def trek_in(request: HttpRequest, ref: str, taak_id: uuid.UUID) -> HttpResponse:
    """The document is no longer needed. Says what really happened when it came in just before."""
    actor, zaak_ref, taak = actor_of(request), ZaakRef.parse(ref), str(taak_id)
    if zaken.withdraw_taak(actor, zaak_ref, taak):
        add_flash(request, "ok", "De vraag om een document is ingetrokken.")
    elif taak in {een.id for een in queries.list_taken_van_zaak(zaak_ref, partij=None)}:
        add_flash(request, "info", "Het document is al ontvangen. De vraag is niet ingetrokken.")
    else:
        add_flash(request, "info", "Deze vraag stond niet meer open.")
    return naar_zaak(zaak_ref)
