"""What both login pages (resident and civil servant) share: start, come back, stay, log out."""

import logging

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_POST

from eloket.identity import service
from eloket.identity.actor import maybe_actor
from eloket.identity.bewaard import get_voortzetting
from eloket.identity.errors import LoginFout, LoginMislukt
from eloket.identity.flash import Flash, add_flash, take_flashes
from eloket.identity.middelen import Middel, get_middel
from eloket.identity.paden import LOGIN_INWONER, LOGIN_MEDEWERKER, UITGELOGD, login_url, veilig_pad
from eloket.identity.sessie import SessionStore
from eloket.kernel.errors import NietGevonden

logger = logging.getLogger(__name__)
_VERLOPEN = (
    "U bent uitgelogd, omdat u 15 minuten niets heeft gedaan op deze site. Zo blijven uw gegevens veilig. "
    "Log opnieuw in. Dan gaat u verder waar u was."
)
_MAXIMUM = (
    "U bent uitgelogd, omdat u langer dan 8 uur was ingelogd. Zo blijven uw gegevens veilig. "
    "Log opnieuw in. Dan gaat u verder waar u was."
)
_TEKST_BEWAARD = " Wat u heeft getypt, is bewaard."


@require_GET
def start(request: HttpRequest, middel: str) -> HttpResponse:
    """To the login provider. `?terug=` is where to go afterwards."""
    gekozen = get_middel(middel)
    if gekozen is None:
        raise NietGevonden
    terug = veilig_pad(request.GET.get("terug"))
    try:
        return HttpResponseRedirect(service.start_login(request, gekozen, terug))
    except LoginFout as fout:
        return _back_to_login(request, fout, gekozen, terug)


@require_GET
def terug(request: HttpRequest) -> HttpResponse:
    """Back from the login provider."""
    antwoord = {naam: request.GET[naam] for naam in request.GET}
    try:
        terugkeer = service.take_attempt(request, antwoord.get("state", ""))
    except LoginMislukt as fout:
        if actor := maybe_actor(request):  # the back button after logging in
            return HttpResponseRedirect(service.start_of(actor))
        return _back_to_login(request, fout, None, None)
    try:
        return HttpResponseRedirect(service.complete_login(request, terugkeer, antwoord))
    except LoginFout as fout:
        return _back_to_login(request, fout, terugkeer.middel, terugkeer.terug)


@require_POST
def uitloggen(request: HttpRequest) -> HttpResponse:
    """Log out everywhere, at once."""
    actor = maybe_actor(request)
    service.log_out(request)
    return HttpResponseRedirect(
        UITGELOGD + ("?werkplek=1" if actor and actor.is_medewerker else ""), status=303
    )


@require_POST
def verlengen(request: HttpRequest) -> HttpResponse:
    """Somebody is still here. 204 with the seconds that are left, or 401 when the session has ended."""
    if maybe_actor(request) is None:
        return HttpResponse(status=401)
    sessie = request.session
    assert isinstance(sessie, SessionStore)
    sessie.touch()
    return HttpResponse(status=204, headers={"X-Sessie-Seconden": str(sessie.resterend)})


def login_meldingen(request: HttpRequest) -> list[Flash]:
    """What a login page says on top: what went wrong, or why the person is logged out."""
    meldingen = take_flashes(request)
    voortzetting = get_voortzetting(request)
    if voortzetting is not None:
        tekst = _MAXIMUM if voortzetting.is_maximum else _VERLOPEN
        meldingen.append(Flash("info", tekst + (_TEKST_BEWAARD if voortzetting.has_text else "")))
    return meldingen


def _back_to_login(
    request: HttpRequest, fout: LoginFout, middel: Middel | None, terug: str | None
) -> HttpResponse:
    logger.warning(
        "inloggen: %s (%s) middel %s", fout.code, fout.reden or "-", middel.code if middel else "-"
    )
    add_flash(request, fout.soort, fout.tekst)
    return HttpResponseRedirect(
        login_url(LOGIN_MEDEWERKER if middel and middel.is_voor_medewerkers else LOGIN_INWONER, terug)
    )
