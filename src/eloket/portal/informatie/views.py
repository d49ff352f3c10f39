from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from eloket.identity.actor import maybe_actor
from eloket.identity.lokaal.grenzen import TOESTEL, TOESTEL_GELDIG
from eloket.identity.lokaal.instelling import is_on
from eloket.identity.paden import START_INWONER, START_MEDEWERKER
from eloket.identity.pagina import render_pagina
from eloket.identity.sessie import INACTIEF, MAXIMUM
from eloket.loket.queries import list_producten
from eloket.loket.types import BEWAARTIJD
from eloket.portal.loket.weergave import make_tegels
from eloket.profile import contactpersonen

_CONTACT = "/contact/"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the portal is, and the two ways in: log in, or look what can be done here."""
    actor = maybe_actor(request)
    is_medewerker = actor is not None and actor.is_medewerker
    populair = sorted((p for p in list_producten() if p.inhoud.is_populair), key=lambda p: not p.is_online)
    context = {
        "is_medewerker": is_medewerker,
        "omgeving_href": START_MEDEWERKER if is_medewerker else START_INWONER,
        "producten": make_tegels(populair),
    }
    return render_pagina(request, "portal/informatie/home.html", context)


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return render_pagina(request, "portal/informatie/contact.html", deel=_CONTACT)


@require_safe
def vragen(request: HttpRequest) -> HttpResponse:
    return render_pagina(request, "portal/informatie/vragen.html", {"minuten": _minuten()})


@require_safe
def toegankelijkheid(request: HttpRequest) -> HttpResponse:
    return render_pagina(request, "portal/informatie/toegankelijkheid.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context = {
        "concept_dagen": BEWAARTIJD.days,
        "contact_jaren": contactpersonen.BEWAARTIJD_INWONER.days // 365,
        "contact_bedrijf_jaren": contactpersonen.BEWAARTIJD.days // 365,
    }
    return render_pagina(request, "portal/informatie/privacy.html", context)


@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """The cookies that we really set, by the names and terms of the settings."""
    context = {
        "sessie_naam": settings.SESSION_COOKIE_NAME,
        "csrf_naam": settings.CSRF_COOKIE_NAME,
        "csrf_weken": settings.CSRF_COOKIE_AGE // (7 * 24 * 3600),
        "toestel_naam": TOESTEL if is_on() else "",
        "toestel_dagen": TOESTEL_GELDIG // (24 * 3600),
        "minuten": _minuten(),
        "uren": int(MAXIMUM.total_seconds()) // 3600,
    }
    return render_pagina(request, "portal/informatie/cookies.html", context)


def _minuten() -> int:
    return int(INACTIEF.total_seconds()) // 60
