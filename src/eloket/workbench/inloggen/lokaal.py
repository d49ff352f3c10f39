"""Logging in with a local account: name and password, and then the second factor."""

import logging
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from eloket.identity.access import get_medewerker
from eloket.identity.actor import maybe_actor
from eloket.identity.errors import LoginFout
from eloket.identity.flash import add_flash
from eloket.identity.lokaal import halverwege, inloggen
from eloket.identity.lokaal.errors import (
    CodeOnjuist,
    InloggenGeweigerd,
    PasskeyGeweigerd,
    StapVerlopen,
    TeVaakGeprobeerd,
    UitnodigingOngeldig,
)
from eloket.identity.lokaal.halverwege import Stap
from eloket.identity.lokaal.instelling import must_be_on
from eloket.identity.paden import LOGIN_MEDEWERKER, START_MEDEWERKER, login_url, veilig_pad
from eloket.identity.pagina import render_pagina
from eloket.identity.views import login_meldingen
from eloket.workbench.inloggen.browser import allow_passkey, plek_of, remember_device, site_of
from eloket.workbench.menu import DEEL

logger = logging.getLogger(__name__)


@sensitive_post_parameters("wachtwoord")
@require_http_methods(["GET", "HEAD", "POST"])
def wachtwoord(request: HttpRequest) -> HttpResponse:
    """Name and password. `terug` is where to go afterwards."""
    must_be_on()
    terug = veilig_pad((request.POST if request.method == "POST" else request.GET).get("terug"))
    if request.method != "POST":
        actor = maybe_actor(request)
        if actor is not None and actor.is_medewerker:
            return HttpResponseRedirect(terug or START_MEDEWERKER)
        return _show_password(request, terug)
    inlognaam = request.POST.get("inlognaam", "")[:255]
    gegeven = request.POST.get("wachtwoord", "")
    if not inlognaam.strip() or not gegeven:
        fouten = {
            **({} if inlognaam.strip() else {"inlognaam": "Vul uw inlognaam in."}),
            **({} if gegeven else {"wachtwoord": "Vul uw wachtwoord in."}),
        }
        return _show_password(request, terug, inlognaam=inlognaam, fouten=fouten, status=422)
    try:
        inloggen.give_password(
            request, inlognaam=inlognaam, wachtwoord_=gegeven, terug=terug, plek=plek_of(request)
        )
    except (InloggenGeweigerd, TeVaakGeprobeerd) as fout:
        return _show_password(request, terug, inlognaam=inlognaam, fout=fout)
    return HttpResponseRedirect(reverse("werkplek-tweede-stap"), status=303)


def _show_password(
    request: HttpRequest,
    terug: str | None,
    *,
    inlognaam: str = "",
    fouten: dict[str, str] | None = None,
    fout: LoginFout | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "meldingen": login_meldingen(request),
        "inlognaam": inlognaam,
        "fouten": fouten or {},
        "fout": fout.tekst if fout else "",
        "terug": terug or "",
        "anders": login_url(LOGIN_MEDEWERKER, terug),
    }
    antwoord = render_pagina(
        request, "workbench/inloggen/wachtwoord.html", context, deel=DEEL, status=_status(fout) or status
    )
    return _wait(antwoord, fout)


@sensitive_post_parameters("inlogcode", "passkey")
@require_http_methods(["GET", "HEAD", "POST"])
def tweede_stap(request: HttpRequest) -> HttpResponse:
    """The second factor that they have: a code, or a passkey."""
    must_be_on()
    fout: LoginFout | None = None
    try:
        halverwege.must_be_at(request, Stap.CODE)
        if request.method == "POST":
            try:
                return welcome(request, _judge(request))
            except (CodeOnjuist, PasskeyGeweigerd, TeVaakGeprobeerd) as error:
                fout = error
        return _show_second(request, fout)
    except (StapVerlopen, UitnodigingOngeldig) as error:
        return back_to_login(request, error)


def _judge(request: HttpRequest) -> str:
    site, antwoord = site_of(request), request.POST.get("passkey", "")
    if antwoord and site is not None:
        return inloggen.give_passkey(request, site, antwoord)
    return inloggen.give_code(request, request.POST.get("inlogcode", ""), plek_of(request))


def _show_second(request: HttpRequest, fout: LoginFout | None) -> HttpResponse:
    site = site_of(request)
    context = {
        "fout": fout.tekst if fout else "",
        "is_code": isinstance(fout, CodeOnjuist),
        "vraag": inloggen.ask_passkey(request, site) if site else None,
        "soorten": inloggen.kinds(request),
    }
    antwoord = render_pagina(
        request, "workbench/inloggen/tweede_stap.html", context, deel=DEEL, status=_status(fout) or 200
    )
    return allow_passkey(_wait(antwoord, fout))


def welcome(request: HttpRequest, pad: str) -> HttpResponse:
    """Logged in: on to where they wanted to go, and this browser is known from now on."""
    actor = maybe_actor(request)
    assert actor is not None
    subject = get_medewerker(actor.medewerker_id or 0).subject
    return remember_device(HttpResponseRedirect(pad, status=303), subject)


def back_to_login(request: HttpRequest, fout: LoginFout) -> HttpResponse:
    """Begin anew, and say why."""
    logger.warning("lokaal inloggen: %s (%s)", fout.code, fout.reden)
    halverwege.stop(request)
    add_flash(request, fout.soort, fout.tekst)
    return HttpResponseRedirect(LOGIN_MEDEWERKER, status=303)


def _status(fout: LoginFout | None) -> int:
    if fout is None:
        return 0
    return 429 if isinstance(fout, TeVaakGeprobeerd) else 422


def _wait(antwoord: HttpResponse, fout: LoginFout | None) -> HttpResponse:
    if isinstance(fout, TeVaakGeprobeerd):
        antwoord.headers["Retry-After"] = str(fout.wacht)
    return antwoord


def login_link(terug: str | None) -> str:
    """The page for a name and a password."""
    pad = reverse("werkplek-lokaal")
    return f"{pad}?{urlencode({'terug': terug})}" if terug else pad
