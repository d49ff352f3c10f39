"""The whole configuration as files: download it, or read it in after a look at what would change."""

import base64
import binascii
from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from eloket.documenten.upload import aangeboden
from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.errors import BeheerGewijzigd
from eloket.identity.flash import add_flash
from eloket.kernel.klok import vandaag
from eloket.workbench.beheer.pagina import naar, toon
from eloket.zaken import inrichting
from eloket.zaken.inrichting import Inrichting, InrichtingOngeldig, Stand
from eloket.zaken.inrichtingsbestanden import MAX_ZIP, export_zip, parse_zip

ONDERDEEL = "werkplek-beheer-bestanden"


@require_safe
def bestanden(request: HttpRequest) -> HttpResponse:
    """The page; after an ended session what was about to be imported is looked at again."""
    bewaard = take_input(request).get("inhoud", "")
    if isinstance(bewaard, str) and bewaard:
        with suppress(InrichtingOngeldig, binascii.Error, ValueError):
            inhoud = base64.b64decode(bewaard, validate=True)
            return _plan(request, inhoud, parse_zip(inhoud))
    return _pagina(request)


@require_POST
def exporteer(request: HttpRequest) -> HttpResponse:
    """A zip to keep, or to read in elsewhere."""
    inhoud = export_zip(actor_of(request))
    antwoord = HttpResponse(inhoud, content_type="application/zip")
    antwoord["Content-Disposition"] = f'attachment; filename="inrichting-{vandaag().isoformat()}.zip"'
    return antwoord


@require_POST
def bekijk(request: HttpRequest) -> HttpResponse:
    """What the chosen file would change; nothing is written."""
    gekozen = next(iter(aangeboden(request.FILES.getlist("bestand"))), None)
    if gekozen is None or gekozen.pad is None or gekozen.omvang == 0:
        return _pagina(request, ("Kies eerst een bestand van hoogstens 500 kB.",), status=422)
    if gekozen.omvang > MAX_ZIP:
        return _pagina(request, ("Het bestand is te groot. Een export is hoogstens 500 kB.",), status=422)
    inhoud = gekozen.pad.read_bytes()
    try:
        return _plan(request, inhoud, parse_zip(inhoud))
    except InrichtingOngeldig as fout:
        return _pagina(request, fout.fouten, status=422)


@require_POST
def importeer(request: HttpRequest) -> HttpResponse:
    """Do what was looked at. When that is no longer what it would do, the page of what it would do now comes back."""
    try:
        inhoud = base64.b64decode(request.POST.get("inhoud", ""), validate=True)
        gelezen = parse_zip(inhoud)
        try:
            inrichting.importeer(actor_of(request), gelezen, merk=request.POST.get("merk", ""))
        except BeheerGewijzigd as fout:
            return _plan(request, inhoud, gelezen, melding=fout.tekst, status=409)
    except InrichtingOngeldig as fout:
        return _pagina(request, fout.fouten, status=422)
    except (binascii.Error, ValueError):
        return _pagina(request, ("Kies het bestand opnieuw.",), status=422)
    add_flash(request, "ok", "De inrichting is ingelezen.")
    return naar(ONDERDEEL)


def _pagina(request: HttpRequest, fouten: tuple[str, ...] = (), *, status: int = 200) -> HttpResponse:
    return toon(
        request,
        "workbench/beheer/bestanden.html",
        {"fouten": fouten},
        titel="Import en export",
        onderdeel=ONDERDEEL,
        status=status,
    )


def _plan(
    request: HttpRequest, inhoud: bytes, gelezen: Inrichting, *, melding: str = "", status: int = 200
) -> HttpResponse:
    plan = inrichting.bekijk(actor_of(request), gelezen)
    context = {
        "nieuw": plan.met(Stand.NIEUW),
        "gewijzigd": plan.met(Stand.GEWIJZIGD),
        "ongewijzigd": len(plan.met(Stand.ONGEWIJZIGD)),
        "merk": plan.merk,
        "inhoud": base64.b64encode(inhoud).decode(),
        "melding": melding,
        "terug": reverse(ONDERDEEL),
    }
    return toon(
        request,
        "workbench/beheer/plan.html",
        context,
        titel="Dit verandert er",
        onderdeel=ONDERDEEL,
        status=status,
    )
