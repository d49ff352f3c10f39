"""Logging in by SAML, as the browser sees it. May be imported without the extra: no means needs it then.

The answer of a provider that comes by POST carries no session cookie (SameSite=Lax): a page of ours sends it on to
itself, and then it does.
"""

import logging
import secrets
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eloket.identity import pogingen, service
from eloket.identity.actor import maybe_actor
from eloket.identity.errors import LoginFout, LoginMislukt
from eloket.identity.middel import Middel
from eloket.identity.middelen import get_middel
from eloket.identity.mislukt import back_to_login
from eloket.identity.niveaus import Zekerheid
from eloket.identity.paden import UITGELOGD
from eloket.identity.pagina import render_pagina
from eloket.identity.saml.koppeling import SamlKoppeling, acs_url
from eloket.identity.uitloggen import Aanmelding, Bestemming, end_by_provider
from eloket.kernel.errors import NietGevonden

logger = logging.getLogger(__name__)
_POGINGEN = "saml"
_NOG_EENS = "nogmaals"  # the field that says that this page sent it on itself


def start_login(
    request: HttpRequest, middel: Middel, terug: str | None, nodig: Zekerheid | None
) -> HttpResponse:
    """A page that posts our signed question to the provider: by itself, or with its button. Raises as
    service.begin_at."""
    # Of the extra, which is there when there is such a means (koppelcontrole.check_koppeling).
    from eloket.identity.saml import inloggen  # noqa: PLC0415

    vraag = inloggen.begin(middel, service.begin_at(request, middel, terug, nodig))
    merk = secrets.token_urlsafe(32)
    pogingen.keep(
        request, _POGINGEN, merk, middel=middel, terug=terug, nodig=nodig, velden={"verzoek": vraag.id}
    )
    return _send_on(
        request, middel, naar=vraag.naar, velden={"SAMLRequest": vraag.verzoek, "RelayState": merk}
    )


@csrf_exempt  # a provider cannot know our token; the answer must fit a question of this very session instead
@require_http_methods(["GET", "POST"])
def terug(request: HttpRequest, middel: str) -> HttpResponse:
    """Back from the provider: with a reference (GET), or with the answer itself (POST)."""
    gekozen, _ = _middel(middel)
    gegevens = request.POST if request.method == "POST" else request.GET
    antwoord = {naam: gegevens[naam] for naam in gegevens}
    if request.method == "POST" and _comes_without_session(request, antwoord):
        velden = {naam: antwoord.get(naam, "") for naam in ("SAMLResponse", "RelayState")}
        return _send_on(
            request, gekozen, naar=acs_url(gekozen.code), velden={**velden, _NOG_EENS: "1"}, is_terug=True
        )
    try:
        poging = pogingen.take(request, _POGINGEN, antwoord.get("RelayState", ""), code=gekozen.code)
    except LoginMislukt as fout:
        if actor := maybe_actor(request):  # the back button after logging in
            return HttpResponseRedirect(service.start_of(actor))
        return back_to_login(request, fout, None, None)
    return _finish(request, poging, antwoord)


def _finish(request: HttpRequest, poging: pogingen.Bewaard, antwoord: Mapping[str, str]) -> HttpResponse:
    from eloket.identity.saml import inloggen  # noqa: PLC0415 - as in start_login

    try:
        claims = inloggen.finish(poging.middel, poging.velden["verzoek"], antwoord)
        aanmelding = Aanmelding.of_saml(poging.middel, claims["sub"])
        naar = service.log_in_with(
            request, poging.middel, claims, terug=poging.terug, aanmelding=aanmelding, nodig=poging.nodig
        )
    except LoginFout as fout:
        return back_to_login(request, fout, poging.middel, poging.terug, poging.nodig)
    return HttpResponseRedirect(naar, status=303 if request.method == "POST" else 302)


@require_GET
def metadata(request: HttpRequest, middel: str) -> HttpResponse:  # noqa: ARG001
    """What the provider must know of us: who we are, where we are, and our public keys. Signed."""
    gekozen, koppeling = _middel(middel)
    from eloket.identity.saml.metadata import make_metadata  # noqa: PLC0415 - as in start_login

    return HttpResponse(make_metadata(gekozen.code, koppeling), content_type="application/samlmetadata+xml")


@csrf_exempt  # no browser comes here: the signature says who it is
@require_POST
def uitloggen(request: HttpRequest, middel: str) -> HttpResponse:
    """A provider tells over SOAP that somebody logged out there: ends all their sessions that began before. Signed, or
    400 without a word more.
    """
    gekozen, _ = _middel(middel)
    from eloket.identity.saml import uitloggen as uit  # noqa: PLC0415 - as in start_login

    try:
        vraag = uit.read_request(gekozen, request.body)
        einde = end_by_provider(gekozen, sid="", sub=vraag.naam_id, moment=vraag.moment)
    except LoginMislukt as fout:
        logger.warning("uitlogvraag van %s geweigerd: %s", gekozen.code, fout.reden)
        return HttpResponse(status=400)
    logger.info("uitlogvraag van %s: %d sessies beeindigd", gekozen.code, einde)
    return HttpResponse(uit.make_answer(gekozen, vraag), content_type="text/xml; charset=utf-8")


@csrf_exempt  # nothing is read of what it brings, and nothing changes
@require_http_methods(["GET", "POST"])
def uitgelogd(request: HttpRequest, middel: str) -> HttpResponse:  # noqa: ARG001
    """Back from logging out at the provider. They were logged out here before they went."""
    _middel(middel)
    return HttpResponseRedirect(UITGELOGD, status=303)


def _comes_without_session(request: HttpRequest, antwoord: Mapping[str, str]) -> bool:
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and _NOG_EENS not in antwoord


def _send_on(
    request: HttpRequest, middel: Middel, *, naar: str, velden: Mapping[str, str], is_terug: bool = False
) -> HttpResponse:
    """Only this page may post elsewhere."""
    bestemming = Bestemming(middel, naar, velden)
    context = {"bestemming": bestemming, "is_terug": is_terug}
    antwoord = render_pagina(request, "identity/saml/doorsturen.html", context)
    antwoord.headers["Content-Security-Policy"] = bestemming.csp
    antwoord.headers["Cache-Control"] = "no-store"
    return antwoord


def _middel(code: str) -> tuple[Middel, SamlKoppeling]:
    """Raises NietGevonden when there is none like this, or it is not connected by SAML."""
    middel = get_middel(code)
    if middel is None or middel.saml is None:
        raise NietGevonden
    return middel, middel.saml
