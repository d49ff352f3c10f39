"""What both login pages (resident and civil servant) share: start, come back, stay, log out."""

import logging

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from eloket.identity import service
from eloket.identity.actor import maybe_actor
from eloket.identity.bewaard import get_voortzetting
from eloket.identity.errors import LoginFout, LoginMislukt, LoginNietBereikbaar
from eloket.identity.flash import Flash, take_flashes
from eloket.identity.hoger import parse_zekerheid
from eloket.identity.middelen import get_middel
from eloket.identity.mislukt import back_to_login
from eloket.identity.paden import UITGELOGD, veilig_pad
from eloket.identity.pagina import render_pagina
from eloket.identity.sessie import SessionStore
from eloket.identity.uitloggen import end_by_provider, find_destination
from eloket.identity.uitlogtoken import read_melding
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
    nodig = parse_zekerheid(request.GET.get("zekerheid"))
    try:
        if gekozen.saml is not None:
            # Here and not above: its views build on these.
            from eloket.identity.saml.views import start_login  # noqa: PLC0415

            return start_login(request, gekozen, terug, nodig)
        return HttpResponseRedirect(service.start_login(request, gekozen, terug, nodig=nodig))
    except LoginFout as fout:
        return back_to_login(request, fout, gekozen, terug, nodig)


@require_GET
def terug(request: HttpRequest) -> HttpResponse:
    """Back from the login provider."""
    antwoord = {naam: request.GET[naam] for naam in request.GET}
    try:
        terugkeer = service.take_attempt(request, antwoord.get("state", ""))
    except LoginMislukt as fout:
        if actor := maybe_actor(request):  # the back button after logging in
            return HttpResponseRedirect(service.start_of(actor))
        return back_to_login(request, fout, None, None)
    try:
        return HttpResponseRedirect(service.complete_login(request, terugkeer, antwoord))
    except LoginFout as fout:
        return back_to_login(request, fout, terugkeer.middel, terugkeer.terug, terugkeer.nodig)


@require_POST
def uitloggen(request: HttpRequest) -> HttpResponse:
    """Log out everywhere, at once."""
    return HttpResponseRedirect(service.log_out(request), status=303)


@require_GET
def uitloggen_verder(request: HttpRequest) -> HttpResponse:
    """On to the login provider, by a form that a browser with scripts sends by itself."""
    bestemming = find_destination(request)
    if bestemming is None:
        return HttpResponseRedirect(UITGELOGD)
    antwoord = render_pagina(request, "identity/doorsturen.html", {"bestemming": bestemming})
    antwoord.headers["Content-Security-Policy"] = bestemming.csp
    return antwoord


@csrf_exempt  # no browser comes here: the signature says who it is
@require_POST
def uitlogmelding(request: HttpRequest, middel: str) -> HttpResponse:
    """A provider tells that somebody logged out there (OpenID Connect Back-Channel Logout 1.0, 2.5 to 2.8): 200, or 400
    when it does not add up. 503 when we could not look, so that it can tell us again.
    """
    gekozen = get_middel(middel)
    if gekozen is None or gekozen.saml is not None:
        raise NietGevonden
    try:
        melding = read_melding(gekozen, request.POST.get("logout_token", ""))
        einde = end_by_provider(gekozen, sid=melding.sid, sub=melding.sub, moment=melding.moment)
    except LoginFout as fout:
        logger.warning("uitlogmelding van %s geweigerd: %s (%s)", middel, fout.code, fout.reden or "-")
        is_ons = isinstance(fout, LoginNietBereikbaar)
        return JsonResponse(
            {"error": "temporarily_unavailable" if is_ons else "invalid_request"},
            status=503 if is_ons else 400,
        )
    logger.info("uitlogmelding van %s: %d sessies beeindigd", middel, einde)
    return HttpResponse(status=200, headers={"Cache-Control": "no-store"})


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
