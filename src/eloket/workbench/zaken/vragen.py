"""What is asked of the applicant, and what the civil servant thinks of what came in."""

import uuid
from datetime import date
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from eloket.identity.actor import actor_of
from eloket.identity.flash import add_flash
from eloket.identity.types import Actor
from eloket.kernel.klok import vandaag
from eloket.loket.aanvullen import list_te_vragen
from eloket.workbench.zaken import teksten
from eloket.workbench.zaken.delen import Deel
from eloket.workbench.zaken.inhoud import load_inhoud
from eloket.workbench.zaken.invoer import Invoer, VraagKeuze, parse_opnieuw, parse_vraag
from eloket.workbench.zaken.pagina import toon, toon_opnieuw, verwerk
from eloket.zaken import queries
from eloket.zaken import service as zaken
from eloket.zaken.access import get_zaak_for
from eloket.zaken.types import TaakSoort, TaakStand, Zaak, ZaakRef


@require_POST
def vraag(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask the applicant for a document or an answer, with a date."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    invoer = Invoer.of(request)
    zaak = get_zaak_for(actor, zaak_ref)  # a zaak that is not theirs is 404, before any word about the form
    if request.POST.get("knop") == "sjabloon":
        inhoud = load_inhoud(actor, zaak_ref, Deel.VRAGEN)
        tekst = teksten.zet_klaar(inhoud.sjablonen, invoer.sjabloon, invoer.uitleg, inhoud.zaak, actor)
        return toon(request, inhoud, Deel.VRAGEN, invoer=invoer, extra={"uitleg": tekst, "is_bezig": True})
    formulieren = list_te_vragen(zaak).formulieren if invoer.soort == TaakSoort.FORMULIER else ()
    keuze = parse_vraag(invoer, vandaag(), formulieren)
    if not isinstance(keuze, VraagKeuze):
        return toon_opnieuw(request, zaak_ref, Deel.VRAGEN, invoer=invoer, fouten=keuze)
    return verwerk(
        request,
        zaak_ref,
        Deel.VRAGEN,
        partial(_ask, actor, zaak_ref, keuze),
        invoer=invoer,
        veld="titel",
        gelukt=f"Uw vraag om een {keuze.soort} is verstuurd.",
        naar=Deel.VRAGEN,
    )


def _ask(actor: Actor, ref: ZaakRef, keuze: VraagKeuze) -> str:
    titel, toelichting, deadline = keuze.titel, keuze.toelichting, keuze.deadline
    if keuze.formulier:
        return zaken.ask_form(
            actor,
            ref,
            titel=titel,
            toelichting=toelichting,
            deadline=deadline,
            formulier=keuze.formulier,
        )
    vraag_om = zaken.ask_document if keuze.soort is TaakSoort.DOCUMENT else zaken.ask_answer
    return vraag_om(actor, ref, titel=titel, toelichting=toelichting, deadline=deadline)


@require_POST
def trek_in(request: HttpRequest, ref: str, taak_id: uuid.UUID) -> HttpResponse:
    """It is no longer needed. Says what really happened when it came in just before."""
    actor, zaak_ref, taak = actor_of(request), ZaakRef.parse(ref), str(taak_id)

    def doe() -> None:
        if zaken.withdraw_taak(actor, zaak_ref, taak):
            add_flash(request, "ok", "De vraag is ingetrokken.")
        elif taak in {een.id for een in queries.list_taken_van_zaak(zaak_ref, partij=None)}:
            add_flash(request, "info", "Wat u vroeg is al ontvangen. De vraag is niet ingetrokken.")
        else:
            add_flash(request, "info", "Deze vraag stond niet meer open.")

    return verwerk(
        request, zaak_ref, Deel.VRAGEN, doe, invoer=Invoer.of(request), gelukt="", naar=Deel.VRAGEN
    )


@require_POST
def keur_goed(request: HttpRequest, ref: str, taak_id: uuid.UUID) -> HttpResponse:
    """What came in is good."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    return verwerk(
        request,
        zaak_ref,
        Deel.VRAGEN,
        partial(zaken.approve_taak, actor, zaak_ref, str(taak_id)),
        invoer=Invoer.of(request),
        gelukt="Goedgekeurd. Wie het stuurde, ziet dat bij de zaak.",
        naar=Deel.VRAGEN,
    )


@require_POST
def keur_af(request: HttpRequest, ref: str, taak_id: uuid.UUID) -> HttpResponse:
    """What came in is not good: with a reason that who sent it reads, and perhaps a new date."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    invoer = Invoer.parse({**dict(request.POST.lists()), "taak": str(taak_id)})
    get_zaak_for(actor, zaak_ref)
    if request.POST.get("knop") == "sjabloon":
        inhoud = load_inhoud(actor, zaak_ref, Deel.VRAGEN)
        tekst = teksten.zet_klaar(inhoud.sjablonen, invoer.sjabloon, invoer.reden, inhoud.zaak, actor)
        return toon(request, inhoud, Deel.VRAGEN, invoer=invoer, extra={"reden_tekst": tekst})
    opnieuw = parse_opnieuw(invoer, vandaag())
    if opnieuw is not None and not isinstance(opnieuw, date):
        return toon_opnieuw(request, zaak_ref, Deel.VRAGEN, invoer=invoer, fouten=opnieuw)
    return verwerk(
        request,
        zaak_ref,
        Deel.VRAGEN,
        partial(zaken.reject_taak, actor, zaak_ref, str(taak_id), reden=invoer.reden, deadline=opnieuw),
        invoer=invoer,
        veld="reden",
        gelukt="Afgekeurd. Wie het stuurde, leest de reden."
        + (" Wij hebben het opnieuw gevraagd." if opnieuw else ""),
        is_gedaan=lambda zaak: _is_afgekeurd(zaak, str(taak_id)),
        naar=Deel.VRAGEN,
    )


def _is_afgekeurd(zaak: Zaak, taak_id: str) -> bool:
    taken = queries.list_taken_van_zaak(zaak.ref, partij=None)
    return any(een.id == taak_id and een.stand is TaakStand.AFGEKEURD for een in taken)
