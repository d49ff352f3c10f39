"""The authenticators and recovery codes of who is logged in: adding, taking away, making new ones."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from eloket.identity.actor import actor_of
from eloket.identity.errors import LoginFout
from eloket.identity.flash import add_flash
from eloket.identity.lokaal import account as eigen
from eloket.identity.lokaal import totp
from eloket.identity.lokaal.errors import (
    AuthenticatorOngeldig,
    CodeOnjuist,
    LaatsteAuthenticator,
    PasskeyGeweigerd,
)
from eloket.identity.lokaal.inloggen import NIEUWE_CODES
from eloket.identity.lokaal.queries import find_account
from eloket.identity.lokaal.types import AccountInfo
from eloket.kernel.errors import NietGevonden
from eloket.workbench.account import zeker
from eloket.workbench.account.inrichten import Inrichting, show_setup
from eloket.workbench.account.pagina import OVERZICHT, toon
from eloket.workbench.inloggen.browser import allow_passkey, site_of

_NIEUW = (
    "lokaal_nieuw"  # in the session: the secret and the question of the authenticator that is being added
)


@sensitive_post_parameters("inlogcode", "passkey")
@require_http_methods(["GET", "HEAD", "POST"])
@zeker.sure
def toevoegen(request: HttpRequest) -> HttpResponse:
    fout: LoginFout | AuthenticatorOngeldig | None = None
    if request.method == "POST":
        try:
            zeker.keep(request, _add(request))
        except (CodeOnjuist, PasskeyGeweigerd, AuthenticatorOngeldig) as error:
            fout = error
        else:
            request.session.pop(_NIEUW, None)
            return _done(request, "De tweede stap is toegevoegd.")
    site = site_of(request)
    actor = actor_of(request)
    vraag = eigen.ask_new_passkey(actor, site) if site else None
    geheim = (request.session.get(_NIEUW) or {}).get("geheim") or totp.new_secret()
    request.session[_NIEUW] = {"geheim": geheim, "uitdaging": vraag.uitdaging if vraag else None}
    inrichting = Inrichting(geheim, _account(request).inlognaam, vraag, fout, getypt=request.POST)
    return allow_passkey(show_setup(request, inrichting, titel="Tweede stap toevoegen"))


def _add(request: HttpRequest) -> int:
    """The new version of the account. A question is answered once; a secret stays until a code of it was right."""
    actor, site, antwoord = actor_of(request), site_of(request), request.POST.get("passkey", "")
    nieuw = request.session.get(_NIEUW) or {}
    naam = request.POST.get("naam", "")
    if antwoord and site is not None:
        request.session[_NIEUW] = {**nieuw, "uitdaging": None}
        if not nieuw.get("uitdaging"):
            raise PasskeyGeweigerd("geen-vraag")
        return eigen.add_passkey(actor, site, nieuw["uitdaging"], antwoord, naam)
    if not nieuw.get("geheim"):
        raise CodeOnjuist("geen-geheim")
    return eigen.add_app(actor, geheim=nieuw["geheim"], code=request.POST.get("inlogcode", ""), naam=naam)


@require_http_methods(["GET", "HEAD", "POST"])
@zeker.sure
def weghalen(request: HttpRequest, authenticator: str) -> HttpResponse:
    """Asked first, because a telephone that is lost is the one reason to hurry, and then it should be the right one."""
    alle = _account(request).authenticators
    deze = next((een for een in alle if str(een.id) == authenticator), None)
    if deze is None:
        raise NietGevonden
    if request.method == "POST":
        try:
            zeker.keep(request, eigen.remove(actor_of(request), deze.id))
        except LaatsteAuthenticator as fout:
            return toon(
                request,
                "workbench/account/weghalen.html",
                {"deze": deze, "fout": fout.tekst},
                titel="Tweede stap weghalen",
                status=409,
            )
        return _done(request, "De tweede stap is weggehaald.")
    fout_tekst = LaatsteAuthenticator.tekst if len(alle) == 1 else ""
    return toon(
        request,
        "workbench/account/weghalen.html",
        {"deze": deze, "fout": fout_tekst},
        titel="Tweede stap weghalen",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def herstelcodes(request: HttpRequest) -> HttpResponse:
    """New codes stay on this page until the person says that they kept them; after that nobody can read them again."""
    account = _account(request)
    if request.method == "POST":
        if request.POST.get("knop") == "bewaard":
            request.session.pop(NIEUWE_CODES, None)
            return _done(request, "Bewaar uw herstelcodes goed. Wij kunnen ze niet nog een keer laten zien.")
        return _new_codes(request)
    codes = request.session.get(NIEUWE_CODES, [])
    context = {"codes": codes, "over": account.herstelcodes}
    return toon(request, "workbench/account/herstelcodes.html", context, titel="Herstelcodes")


@zeker.sure
def _new_codes(request: HttpRequest) -> HttpResponse:
    request.session[NIEUWE_CODES] = list(eigen.new_codes(actor_of(request)))
    return HttpResponseRedirect(reverse("werkplek-herstelcodes"), status=303)


def _account(request: HttpRequest) -> AccountInfo:
    eigen.version_of(actor_of(request))
    account = find_account(actor_of(request).medewerker_id)
    if account is None:
        raise NietGevonden
    return account


def _done(request: HttpRequest, tekst: str) -> HttpResponse:
    add_flash(request, "ok", tekst)
    return HttpResponseRedirect(reverse(OVERZICHT), status=303)
