"""What every request passes: errors become pages, the session, and the gate that denies by default.

The order is set in config/settings.py. HeadersMiddleware and GzipHtmlMiddleware live in headers.py, the error pages in
fouten.py; they are named here too, because settings and URL table point at this module.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.cache import patch_vary_headers

from eloket.identity import bewaard
from eloket.identity.actor import maybe_actor
from eloket.identity.audience import audience_of
from eloket.identity.fouten import (
    DATABASE_FOUTEN,
    csrf_failure,
    error_page,
    geweigerd,
    niet_gevonden,
    ongeldig_verzoek,
    pagina_niet_gevonden,
    serverfout,
    storing,
    uitgelogd_met_tekst,
)
from eloket.identity.headers import GetResponse, GzipHtmlMiddleware, HeadersMiddleware
from eloket.identity.paden import LOGIN_INWONER, LOGIN_MEDEWERKER, login_url, pad_van_referer
from eloket.identity.partijmerk import merken_of, read_merk
from eloket.identity.sessie import SessionStore
from eloket.identity.types import Actor, Audience, Recht

__all__ = [
    "AudienceMiddleware",
    "FoutMiddleware",
    "GzipHtmlMiddleware",
    "HeadersMiddleware",
    "SessieMiddleware",
    "csrf_failure",
    "geweigerd",
    "ongeldig_verzoek",
    "pagina_niet_gevonden",
    "serverfout",
]
View = Callable[..., HttpResponseBase]


class FoutMiddleware:
    """Errors that a view raises on purpose, and a database that is away, become pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return error_page(request, exception)


class SessieMiddleware:
    """`request.session`: read with one query on first use, written only when something changed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        sessie = SessionStore(cookie)
        request.session = sessie
        response = self.get_response(request)
        if sessie.accessed:
            patch_vary_headers(response, ("Cookie",))
        # A crash saves nothing. Every other answer does: a login attempt stays spent even when its answer is 503.
        if response.status_code != 500:
            self._store(sessie, cookie, response)
        return response

    def _store(self, sessie: SessionStore, cookie: str | None, response: HttpResponseBase) -> None:
        if sessie.modified and not sessie.is_empty():
            try:
                sessie.save()
            except UpdateError:
                # Logged out elsewhere during this request: stays so. The browser keeps its cookie: it may have the one
                # of a new login by now, and the one of a session that was ended opens nothing.
                return
            if sessie.session_key != cookie:
                self._set_cookie(response, sessie.session_key or "")
        elif sessie.is_loaded and sessie.session_key:
            sessie.touch()
        elif cookie and sessie.is_loaded and not sessie.verlopen:
            # An ended session keeps its cookie until the login page has said so.
            self._delete_cookie(response)
        elif cookie and sessie.modified:
            self._delete_cookie(response)

    @staticmethod
    def _set_cookie(response: HttpResponseBase, sleutel: str) -> None:
        response.set_cookie(
            settings.SESSION_COOKIE_NAME,
            sleutel,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )

    @staticmethod
    def _delete_cookie(response: HttpResponseBase) -> None:
        response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")
        if settings.SESSION_COOKIE_SECURE:  # a browser ignores a `__Host-` cookie that is not secure
            response.cookies[settings.SESSION_COOKIE_NAME]["secure"] = True


_VOOR_MEDEWERKERS = (Audience.MEDEWERKER, Audience.BEHEERDER)


class AudienceMiddleware:
    """Denies by default: a view runs only for the audience that its URL declares.

    Stands before CsrfViewMiddleware and before anything reads the body: a stranger uploads nothing.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self._csrf = CsrfViewMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        audience = audience_of(view)
        if audience is Audience.IEDEREEN:
            return None
        if audience is Audience.DEMO:
            return None if settings.ELOKET.is_demo else niet_gevonden(request)
        if audience is None:
            return niet_gevonden(request)
        try:
            actor = maybe_actor(request)
            if actor is None:
                return self._to_login(request, audience, view, args, kwargs)
        except DATABASE_FOUTEN:
            if request.method == "POST":
                bewaard.drop_files(request)
                # Checked here, because only a form of our own is given back with what was typed in it.
                if geweigerd_door_csrf := self._csrf.process_view(request, view, args, kwargs):
                    return geweigerd_door_csrf
            return storing(request)
        return None if _belongs(actor, audience) else niet_gevonden(request)

    def _to_login(
        self,
        request: HttpRequest,
        audience: Audience,
        view: View,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase:
        login_pad = LOGIN_MEDEWERKER if audience in _VOOR_MEDEWERKERS else LOGIN_INWONER
        if request.method in {"GET", "HEAD"}:
            is_bewaard = bewaard.keep_page(request)
            pad = request.get_full_path()
        else:
            is_bewaard = bewaard.get_voortzetting(request) is not None
            pad = pad_van_referer(request) or request.path
            if not is_bewaard and (antwoord := self._give_back(request, login_pad, view, args, kwargs)):
                return antwoord
            if is_bewaard:
                bewaard.drop_files(request)
                if geweigerd_door_csrf := self._csrf.process_view(request, view, args, kwargs):
                    return geweigerd_door_csrf
                if _is_of_another(request):  # nothing of it is kept for whose session ended
                    return uitgelogd_met_tekst(request, login_pad) or HttpResponseRedirect(
                        login_pad, status=303
                    )
                bewaard.keep_input(request)
        # After an ended session only the same person may return, so the page is in the session and not in the URL.
        doel = login_pad if is_bewaard else login_url(login_pad, pad)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": doel})
        return HttpResponseRedirect(doel, status=302 if request.method in {"GET", "HEAD"} else 303)

    def _give_back(
        self,
        request: HttpRequest,
        login_pad: str,
        view: View,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Who logged out in another window, or on another device, and then sends a form here: nothing may be kept for
        them, so the page that says so holds what was typed. Only for a form without files (its body is small), from a
        browser that has been here before. None when there is nothing to give back."""
        is_klein = request.content_type == "application/x-www-form-urlencoded"
        if (
            not is_klein
            or settings.CSRF_COOKIE_NAME not in request.COOKIES
            or "HX-Request" in request.headers
        ):
            return None
        if self._csrf.process_view(request, view, args, kwargs) is not None:
            return None
        return uitgelogd_met_tekst(request, login_pad)


def _is_of_another(request: HttpRequest) -> bool:
    """Whether this form was filled in for another than whose session ended here: its window is of before that."""
    voortzetting = bewaard.get_voortzetting(request)
    if voortzetting is None:
        return False
    merken = [read_merk(merk) for merk in merken_of(request.POST)]
    return any(merk is None or not merk.is_of(voortzetting.wie) for merk in merken)


def _belongs(actor: Actor, audience: Audience) -> bool:
    if audience is Audience.BEHEERDER:
        return actor.is_medewerker and Recht.BEHEREN in actor.rechten
    return actor.is_medewerker == (audience is Audience.MEDEWERKER)
