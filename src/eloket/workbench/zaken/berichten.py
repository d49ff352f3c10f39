"""The conversations of a zaak: answer, start one, keep what was typed, and make one new again."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from eloket.berichten import service as berichten
from eloket.berichten.errors import OnderwerpOngeldig
from eloket.documenten.upload import aangeboden
from eloket.identity.actor import actor_of
from eloket.workbench.zaken import teksten
from eloket.workbench.zaken.delen import Deel
from eloket.workbench.zaken.inhoud import load_inhoud
from eloket.workbench.zaken.invoer import Invoer
from eloket.workbench.zaken.pagina import toon, verwerk
from eloket.zaken.types import ZaakRef


@require_POST
def bericht(request: HttpRequest, ref: str) -> HttpResponse:
    """Answer in a conversation, or start one. The buttons `sjabloon` and `concept` send nothing."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    invoer = Invoer.of(request)
    knop = request.POST.get("knop", "")
    if knop == "sjabloon":
        return _with_template(request, zaak_ref, invoer)
    velden = {"tekst": invoer.bericht, "gesprek_id": invoer.gesprek, "onderwerp": invoer.onderwerp}
    doe: Callable[[], object]
    if knop == "concept":
        doe = partial(berichten.save_concept, actor, zaak_ref, sleutel=invoer.sleutel, **velden)
        gelukt = "Uw concept is bewaard. Alleen u ziet het."
    else:
        bestanden = aangeboden(request.FILES.getlist("bestanden"))
        doe = partial(
            berichten.send_bericht, actor, zaak_ref, sleutel=invoer.sleutel, bestanden=bestanden, **velden
        )
        gelukt = "Uw bericht is verstuurd."
    return verwerk(
        request,
        zaak_ref,
        Deel.BERICHTEN,
        doe,
        invoer=invoer,
        gelukt=gelukt,
        veld="bericht",
        velden={OnderwerpOngeldig: "onderwerp"},
        naar=Deel.BERICHTEN,
    )


def _with_template(request: HttpRequest, ref: ZaakRef, invoer: Invoer) -> HttpResponse:
    """The form with the chosen template below what was typed."""
    actor = actor_of(request)
    inhoud = load_inhoud(actor, ref, Deel.BERICHTEN, gesprek=invoer.gesprek)
    tekst = teksten.zet_klaar(inhoud.sjablonen, invoer.sjabloon, invoer.bericht, inhoud.zaak, actor)
    return toon(request, inhoud, Deel.BERICHTEN, invoer=invoer, extra={"bericht": tekst})


@require_POST
def ongelezen(request: HttpRequest, ref: str, gesprek_id: str) -> HttpResponse:
    """The last message of the applicant is new again: for later, or for a colleague."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    return verwerk(
        request,
        zaak_ref,
        Deel.BERICHTEN,
        partial(berichten.mark_unread, actor, zaak_ref, gesprek_id),
        invoer=Invoer.of(request),
        gelukt="Het gesprek staat weer als nieuw in de werkvoorraad.",
        naar=Deel.OVERZICHT,
    )
