"""Setting a status: with an example of what the resident will see, and then for real."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from eloket.identity.actor import actor_of
from eloket.kernel.klok import vandaag
from eloket.workbench.zaken import teksten
from eloket.workbench.zaken.acties import versie_van
from eloket.workbench.zaken.delen import Deel
from eloket.workbench.zaken.inhoud import load_inhoud
from eloket.workbench.zaken.invoer import Invoer, StatusKeuze, gekozen_status, parse_status
from eloket.workbench.zaken.pagina import naar_zaak, toon, toon_geweigerd, toon_opnieuw, verwerk
from eloket.workbench.zaken.stappen import build_voorbeeld
from eloket.zaken import service as zaken
from eloket.zaken.access import get_zaak_for
from eloket.zaken.errors import ZaakGewijzigd
from eloket.zaken.types import Zaak, ZaakRef


@require_POST
def status(request: HttpRequest, ref: str) -> HttpResponse:
    """Set a later status; the last one ends the zaak with a result. A double click sets it once.

    The buttons `voorbeeld` and `sjabloon` change nothing: they show the form again, with what they add to it. On a zaak
    that somebody else changed they say so too: the next step may be another one by now.
    """
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    invoer = Invoer.of(request)
    zaak = get_zaak_for(actor, zaak_ref)
    if zaak.versie != versie_van(request):
        return _after_conflict(request, zaak, invoer)
    if request.POST.get("knop") in {"voorbeeld", "sjabloon"}:
        return _form_again(request, zaak_ref, invoer)
    keuze = parse_status(invoer, zaak)
    if not isinstance(keuze, StatusKeuze):
        return toon_opnieuw(request, zaak_ref, Deel.STATUS, invoer=invoer, fouten=keuze)
    return verwerk(
        request,
        zaak_ref,
        Deel.STATUS,
        partial(
            zaken.set_status,
            actor,
            zaak_ref,
            volgnummer=keuze.volgnummer,
            toelichting=keuze.toelichting,
            resultaat=keuze.resultaat,
            versie=zaak.versie,
        ),
        invoer=invoer,
        gelukt="De nieuwe status staat bij de zaak. De aanvrager ziet deze ook.",
        is_gedaan=lambda nu: _is_gezet(nu, invoer),
    )


def _form_again(request: HttpRequest, ref: ZaakRef, invoer: Invoer) -> HttpResponse:
    """The form with the chosen template in it, or with an example below it."""
    actor = actor_of(request)
    inhoud = load_inhoud(actor, ref, Deel.STATUS)
    gekozen = gekozen_status(inhoud.zaak, invoer.status)
    if gekozen is None:
        return toon(request, inhoud, Deel.STATUS, invoer=invoer)
    if request.POST.get("knop") == "sjabloon":
        tekst = teksten.zet_klaar(inhoud.sjablonen, invoer.sjabloon, invoer.toelichting, inhoud.zaak, actor)
        return toon(request, inhoud, Deel.STATUS, invoer=invoer, extra={"tekst": tekst})
    voorbeeld = build_voorbeeld(gekozen, invoer.toelichting, vandaag())
    return toon(
        request,
        inhoud,
        Deel.STATUS,
        invoer=invoer,
        extra={"voorbeeld": voorbeeld, "is_voorbeeld": True, "tekst": invoer.toelichting},
    )


def _after_conflict(request: HttpRequest, zaak: Zaak, invoer: Invoer) -> HttpResponse:
    """The second click of a double click finds its own work; anything else is somebody else's."""
    if _is_gezet(zaak, invoer):
        return naar_zaak(zaak.ref)
    return toon_geweigerd(request, zaak.ref, Deel.STATUS, invoer=invoer, fout=ZaakGewijzigd())


def _is_gezet(zaak: Zaak, invoer: Invoer) -> bool:
    laatste = zaak.statussen[-1] if zaak.statussen else None
    return (
        laatste is not None
        and str(laatste.volgnummer) == invoer.status
        and laatste.statustoelichting == invoer.toelichting.strip()
        and (zaak.is_open or zaak.resultaat == invoer.resultaat.strip())
    )
