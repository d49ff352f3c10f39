"""Somebody has a link: they choose a password, and set up a second factor. Only then they are in."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from eloket.identity.actor import maybe_actor
from eloket.identity.errors import LoginFout
from eloket.identity.lokaal import halverwege, inloggen
from eloket.identity.lokaal.errors import (
    AuthenticatorOngeldig,
    CodeOnjuist,
    CollegacodeOnjuist,
    PasskeyGeweigerd,
    StapVerlopen,
    UitnodigingOngeldig,
    UitnodigingWacht,
    WachtwoordOngeldig,
)
from eloket.identity.lokaal.halverwege import Stap
from eloket.identity.lokaal.herstart import must_wait
from eloket.identity.lokaal.instelling import must_be_on
from eloket.identity.lokaal.models import Uitnodiging
from eloket.identity.lokaal.uitnodigen import open_link
from eloket.identity.lokaal.wachtwoord import KORTSTE
from eloket.identity.pagina import render_pagina
from eloket.workbench.account.inrichten import Inrichting, show_setup
from eloket.workbench.inloggen.browser import allow_passkey, site_of
from eloket.workbench.inloggen.lokaal import back_to_login, welcome
from eloket.workbench.menu import DEEL


@sensitive_post_parameters("collegacode")
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """What is going to happen, and a button: opening the link changes nothing, so a scanner may do it too."""
    must_be_on()
    fout: LoginFout | None = None
    try:
        if request.method == "POST":
            try:
                inloggen.use_link(request, token, request.POST.get("collegacode", ""))
            except (CollegacodeOnjuist, UitnodigingWacht) as error:
                fout = error
            else:
                return HttpResponseRedirect(reverse("werkplek-wachtwoord-kiezen"), status=303)
        return _show_link(request, open_link(token), fout)
    except UitnodigingOngeldig as error:
        return back_to_login(request, error)


def _show_link(request: HttpRequest, uitnodiging: Uitnodiging, fout: LoginFout | None) -> HttpResponse:
    actor = maybe_actor(request)
    wacht = must_wait(uitnodiging)
    context = {
        "naam": uitnodiging.account.medewerker.naam,
        "heeft_account": bool(uitnodiging.account.wachtwoord),
        "ingelogd": actor.persoon if actor else "",
        "wacht": UitnodigingWacht.tekst if wacht else "",
        "vraagt_code": bool(uitnodiging.code),
        "fout": fout.tekst if fout and not wacht else "",
    }
    status = 200 if fout is None else 409 if wacht else 422
    return _private(
        render_pagina(request, "workbench/inloggen/uitnodiging.html", context, deel=DEEL, status=status)
    )


@sensitive_post_parameters("wachtwoord_nieuw")
@require_http_methods(["GET", "HEAD", "POST"])
def kies_wachtwoord(request: HttpRequest) -> HttpResponse:
    must_be_on()
    fouten: dict[str, str] = {}
    try:
        stand = halverwege.must_be_at(request, Stap.WACHTWOORD)
        if request.method == "POST":
            try:
                stap = inloggen.choose_password(request, request.POST.get("wachtwoord_nieuw", ""))
            except WachtwoordOngeldig as fout:
                fouten = {"wachtwoord_nieuw": fout.tekst}
            else:
                naar = "werkplek-tweede-stap" if stap is Stap.CODE else "werkplek-inrichten"
                return HttpResponseRedirect(reverse(naar), status=303)
        account = halverwege.account_of(stand)
    except StapVerlopen as verlopen:
        return back_to_login(request, verlopen)
    context = {"fouten": fouten, "inlognaam": account.medewerker.subject, "kortste": KORTSTE}
    return _private(
        render_pagina(
            request,
            "workbench/inloggen/wachtwoord_kiezen.html",
            context,
            deel=DEEL,
            status=422 if fouten else 200,
        )
    )


@sensitive_post_parameters("inlogcode", "passkey")
@require_http_methods(["GET", "HEAD", "POST"])
def inrichten(request: HttpRequest) -> HttpResponse:
    """The first authenticator. When it works, the invitation is spent and the person logged in."""
    must_be_on()
    site = site_of(request)
    fout: LoginFout | AuthenticatorOngeldig | None = None
    try:
        halverwege.must_be_at(request, Stap.INRICHTEN)
        if request.method == "POST":
            try:
                inloggen_pad = _set_up(request)
            except (CodeOnjuist, PasskeyGeweigerd, AuthenticatorOngeldig) as error:
                fout = error
            else:
                return welcome(request, inloggen_pad)
        stand = halverwege.must_be_at(request, Stap.INRICHTEN)
        account = halverwege.account_of(stand)
        vraag = inloggen.ask_new_passkey(request, site) if site else None
    except (StapVerlopen, UitnodigingOngeldig) as error:
        return back_to_login(request, error)
    inrichting = Inrichting(stand.geheim, account.medewerker.subject, vraag, fout, getypt=request.POST)
    return allow_passkey(show_setup(request, inrichting))


def _set_up(request: HttpRequest) -> str:
    """Where to go: the recovery codes come first."""
    site, antwoord = site_of(request), request.POST.get("passkey", "")
    if antwoord and site is not None:
        inloggen.set_up_passkey(request, site, antwoord=antwoord, naam=request.POST.get("naam", ""))
    else:
        inloggen.set_up_app(
            request, code=request.POST.get("inlogcode", ""), naam=request.POST.get("naam", "")
        )
    return reverse("werkplek-herstelcodes")


def _private(antwoord: HttpResponse) -> HttpResponse:
    antwoord.headers["Cache-Control"] = "no-store"
    return antwoord
