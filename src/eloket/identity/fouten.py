"""Pages for what went wrong: one look, a stable code, and a reference to find it in the log."""

import logging
import secrets
import sys
from dataclasses import replace
from typing import NamedTuple

from django.contrib.sessions.backends.base import UpdateError
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from eloket.identity.actor import known_actor, maybe_actor, set_actor
from eloket.identity.bewaard import page_of, put_back_input
from eloket.identity.errors import NiveauNodig
from eloket.identity.flash import add_flash
from eloket.identity.hoger import to_higher
from eloket.identity.limieten.types import Limiet
from eloket.identity.opnieuw import Opnieuw, read_opnieuw
from eloket.identity.paden import LOGIN_INWONER, LOGIN_MEDEWERKER, login_url
from eloket.identity.pagina import frame_context
from eloket.identity.partijmerk import Merk
from eloket.identity.sessie import SessionStore
from eloket.kernel.errors import (
    BronOnbereikbaar,
    EloketFout,
    NietGevonden,
    NietToegestaan,
    OngeldigeInvoer,
    Storing,
)

logger = logging.getLogger(__name__)


class _Pagina(NamedTuple):
    status: int
    titel: str


_PAGINAS: tuple[tuple[type[EloketFout], _Pagina], ...] = (
    (NietGevonden, _Pagina(404, "Deze pagina is er niet")),
    (NietToegestaan, _Pagina(409, "Dit kan nu niet")),
    (OngeldigeInvoer, _Pagina(422, "Er klopt iets niet")),
    (BronOnbereikbaar, _Pagina(503, "Wij kunnen uw gegevens nu niet ophalen")),
    (Storing, _Pagina(503, "Er is een storing")),
)
_ANDERS = _Pagina(400, "Er ging iets mis")
BEEINDIGD_TEKST = "U bent niet meer ingelogd. Daarom is er niets gewijzigd. Log opnieuw in."
ANDERE_PARTIJ = (
    "U bent nu voor iemand anders ingelogd dan toen u deze pagina opende. Daarom is dit niet bewaard. "
    "Log opnieuw in zoals u eerder deed. Probeer het dan nog een keer."
)
PARTIJ_ONBEKEND = (
    "Wij weten niet voor wie u deze pagina opende. Daarom is dit niet bewaard. "
    "Kopieer uw tekst en laad de pagina opnieuw."
)
DATABASE_FOUTEN = (OperationalError, InterfaceError)
_TE_VEEL = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def error_page(request: HttpRequest, fout: Exception) -> HttpResponse | None:
    """The page for an error we know, else None. Logs once, with the code and the name of the route only."""
    if isinstance(fout, DATABASE_FOUTEN):
        return storing(request)
    if isinstance(fout, UpdateError):
        return _ended_meanwhile(request)
    if not isinstance(fout, EloketFout):
        return None
    put_back_input(request)
    if isinstance(fout, NiveauNodig):
        return to_higher(request, fout)
    pagina = next((pagina for soort, pagina in _PAGINAS if isinstance(fout, soort)), _ANDERS)
    if pagina.status == 404:
        return niet_gevonden(request)
    return _toon(request, pagina.status, pagina.titel, fout.tekst, fout.code)


def _ended_meanwhile(request: HttpRequest) -> HttpResponse:
    """To the login page: the session was ended while this request changed it, and nothing of the request was kept."""
    actor = maybe_actor(request)
    request.session.flush()
    set_actor(request, None)
    add_flash(request, "warning", BEEINDIGD_TEKST)
    login_pad = LOGIN_MEDEWERKER if actor and actor.is_medewerker else LOGIN_INWONER
    pad = page_of(request) if request.method == "POST" else request.get_full_path()
    return HttpResponseRedirect(login_url(login_pad, pad), status=303)


def niet_gevonden(request: HttpRequest) -> HttpResponse:
    """One page for "does not exist" and "not for you"; not logged, so without a reference. What was typed stands on it:
    somebody may have been let out of a zaak while they wrote. There is nothing to send it to again."""
    request.resolver_match = None  # the menu must not tell the two apart
    getypt = read_opnieuw(request)
    opnieuw = replace(getypt, actie="", heeft_bestanden=False) if getypt and getypt.teksten else None
    return _render(
        request, 404, "Deze pagina is er niet", NietGevonden.tekst, NietGevonden.code, opnieuw=opnieuw
    )


def storing(request: HttpRequest) -> HttpResponse:
    """503 without the database: when it went before anybody was known, shown as to who is not logged in."""
    _forget_session(request)
    tekst = (
        "Er is een storing. Daardoor kunnen wij deze pagina nu niet laten zien. "
        "Probeer het over een paar minuten opnieuw."
    )
    response = _toon(request, 503, "Er is een storing", tekst, "storing")
    response.headers["Retry-After"] = "60"
    return response


def pagina_niet_gevonden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """handler404"""
    return niet_gevonden(request)


def geweigerd(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """handler403"""
    return _toon(request, 403, "Dit mag niet", "U mag deze pagina niet bekijken.", "geweigerd")


def ongeldig_verzoek(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400: what was sent makes no sense (400), or is too much (413)."""
    _forget_session(request)
    if isinstance(exception, _TE_VEEL):
        tekst = (
            "U heeft meer verstuurd dan wij in één keer kunnen lezen. Er is niets verwerkt. "
            "Ga terug, maak uw tekst korter of kies minder bestanden, en probeer het opnieuw."
        )
        return _toon(request, 413, "Dit is te veel in één keer", tekst, "verzoek-te-groot")
    tekst = "Wij kunnen niet lezen wat u heeft verstuurd. Ga terug en probeer het opnieuw."
    return _toon(request, 400, "Er ging iets mis", tekst, "verzoek-ongeldig")


def serverfout(request: HttpRequest) -> HttpResponse:
    """handler500. Also answers a database that fails before a view begins, such as while reading the session."""
    fout = sys.exception() if sys.version_info >= (3, 12) else sys.exc_info()[1]
    if isinstance(fout, DATABASE_FOUTEN):
        return storing(request)
    _forget_session(request)
    return _toon(request, 500, "Er ging iets mis", EloketFout.tekst, "serverfout")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django passes it
    """CSRF_FAILURE_VIEW"""
    tekst = (
        "Wij hebben uw formulier niet verwerkt. Misschien stond de pagina te lang open, "
        "of staat uw browser geen cookies toe. "
        "Ga terug, laad de pagina opnieuw en probeer het nog een keer."
    )
    return _toon(request, 403, "Uw formulier is niet verstuurd", tekst, "formulier-verlopen")


def te_vaak(request: HttpRequest, limiet: Limiet, wacht: int) -> HttpResponse:
    """429: done too often. Says how long to wait, and gives back what was typed; JSON to a script that asks for it."""
    tekst = f"{limiet.tekst} Wacht {_over(wacht)} en probeer het dan opnieuw."
    response: HttpResponse
    if limiet.kort:
        response = HttpResponse(f"{tekst}\n", status=429, content_type="text/plain; charset=utf-8")
    elif _wants_json(request):
        inhoud = {"code": "te-vaak", "tekst": tekst, "seconden": wacht}
        response = JsonResponse(inhoud, status=429)
    else:
        response = _toon(request, 429, "Even wachten", tekst, "te-vaak")
    response.headers["Retry-After"] = str(wacht)
    response.headers["Cache-Control"] = "no-store"
    return response


def uitgelogd_met_tekst(request: HttpRequest, login_pad: str) -> HttpResponse | None:
    """A form of somebody who is not logged in any more, given back with a way to log in. None when it holds no text."""
    opnieuw = read_opnieuw(request)
    if opnieuw is None or not opnieuw.teksten:
        return None
    tekst = (
        "Daarom is uw formulier nog niet verstuurd. Wat u heeft ingevuld, staat hieronder nog. "
        "Log eerst opnieuw in. Kom daarna terug naar dit venster en kies Probeer opnieuw."
    )
    titel = "U bent niet meer ingelogd"
    return _render(request, 403, titel, tekst, "niet-ingelogd", opnieuw=replace(opnieuw, inloggen=login_pad))


def andere_partij(request: HttpRequest, merk: Merk | None, nu: Merk) -> HttpResponse:
    """409: a form of another party than who is logged in now; nothing was done. What was typed is for the person who
    typed it: to somebody else this page tells neither that nor who it was. `merk` is None when we cannot read it.

    JSON to a script that asks for it.
    """
    if _wants_json(request):
        return JsonResponse({"code": "andere-partij", "tekst": ANDERE_PARTIJ}, status=409)
    if merk is None or merk.persoon != nu.persoon:
        tekst = (
            "Iemand anders heeft dit formulier ingevuld, of wij weten niet wie het was. "
            f"U bent nu als {nu.naam} ingelogd. Daarom is het formulier niet verstuurd en is er niets veranderd. "
            "Wat er is ingevuld, laten wij hier niet zien. Wilt u zelf iets versturen? "
            "Open de pagina dan opnieuw en vul het formulier in."
        )
        return _render(request, 409, "Dit formulier is niet van u", tekst, "andere-partij")
    titel = "Dit formulier is voor iemand anders"
    tekst = (
        f"U heeft dit formulier voor {merk.naam} ingevuld. U bent nu voor {nu.naam} ingelogd. "
        "Daarom is het formulier niet verstuurd en is er niets veranderd."
    )
    opnieuw = read_opnieuw(request)
    if opnieuw is not None:
        opnieuw = replace(opnieuw, inloggen=_login_again(request), voor=merk.naam, nu=nu.naam)
    return _render(request, 409, titel, tekst, "andere-partij", opnieuw=opnieuw)


def partij_onbekend(request: HttpRequest, nu: Merk) -> HttpResponse:
    """409: nothing says for whom this form was. It is given back to the window that sent it; sent from there, it is for
    who is logged in now, who reads that first. JSON to a script that asks for it."""
    if _wants_json(request):
        return JsonResponse({"code": "partij-onbekend", "tekst": PARTIJ_ONBEKEND}, status=409)
    tekst = (
        "Wij weten niet voor wie dit formulier is ingevuld. Misschien stond de pagina lang open. "
        f"U bent nu als {nu.naam} ingelogd. Het formulier is nog niet verstuurd. "
        "Lees hieronder wat er is ingevuld. Is het van u? Kies dan Probeer opnieuw."
    )
    titel = "Klopt het dat dit formulier van u is?"
    return _render(request, 409, titel, tekst, "partij-onbekend", opnieuw=read_opnieuw(request))


def _login_again(request: HttpRequest) -> str:
    """By the means that they used: the login page sends on who is logged in. The same person for another party is never
    a civil servant."""
    actor = maybe_actor(request)
    return f"{LOGIN_INWONER}{actor.middel}/" if actor else LOGIN_INWONER


def _wants_json(request: HttpRequest) -> bool:
    soorten = request.headers.get("Accept", "")
    return "application/json" in soorten and "text/html" not in soorten


def _over(wacht: int) -> str:
    if wacht < 60:
        return "1 seconde" if wacht == 1 else f"{wacht} seconden"
    return "1 minuut" if wacht < 90 else f"{-(-wacht // 60)} minuten"


def _forget_session(request: HttpRequest) -> None:
    """Nothing is read or kept any more. Who was known is still on the page, so that somebody who acts for another reads
    so there too."""
    bekend = known_actor(request)
    request.session = SessionStore(None)
    set_actor(request, bekend)


def _toon(request: HttpRequest, status: int, titel: str, tekst: str, code: str) -> HttpResponse:
    referentie = secrets.token_hex(4).upper()
    route = request.resolver_match.view_name if request.resolver_match else "-"
    logger.log(
        logging.ERROR if status >= 500 else logging.INFO,
        "fout %s route %s referentie %s",
        code,
        route,
        referentie,
    )
    # Neither a disturbance nor a limit costs what was typed: the page holds it, with a button that sends it again.
    opnieuw = read_opnieuw(request) if status >= 500 or status == 429 else None
    return _render(request, status, titel, tekst, code, referentie=referentie, opnieuw=opnieuw)


def _render(
    request: HttpRequest,
    status: int,
    titel: str,
    tekst: str,
    code: str,
    *,
    referentie: str = "",
    opnieuw: Opnieuw | None = None,
) -> HttpResponse:
    eigen = {"titel": titel, "tekst": tekst, "code": code, "referentie": referentie, "opnieuw": opnieuw}
    response = render(
        request,
        "identity/opnieuw.html" if opnieuw else "fout.html",
        {**frame_context(maybe_actor(request), ""), **eigen},
        status=status,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
