"""Security headers on every answer, and gzip where it cannot leak."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from eloket.identity.audience import audience_of
from eloket.identity.types import Audience

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# data: is for images only: the style sheet draws the arrow of a select with a data: svg.
CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
# Where browsers tell what the policy stopped (ops/csp). A browser that knows `report-to` leaves `report-uri`, and does
# the first over TLS only: without TLS it would tell nothing.
MELDPUNT = "/csp-melding/"
MELDEN = f"; report-uri {MELDPUNT}"
MELDEN_TLS = f"{MELDEN}; report-to csp"
REPORTING_ENDPOINTS = f'csp="{MELDPUNT}"'
# The page with a document in it: only there a page of ours frames something, of our own.
CSP_MET_KADER = f"{CSP}; frame-src 'self'"


def make_csp(kaart_tegels: str) -> str:
    """The policy of our pages: pictures also come from where the tiles of the map are, when there is a map."""
    delen = urlsplit(kaart_tegels)
    return (
        CSP.replace("img-src 'self'", f"img-src 'self' {delen.scheme}://{delen.netloc}")
        if kaart_tegels
        else CSP
    )


_UIT = (
    "accelerometer autoplay camera display-capture encrypted-media fullscreen geolocation gyroscope hid idle-detection "
    "local-fonts magnetometer microphone midi payment picture-in-picture publickey-credentials-get screen-wake-lock "
    "serial storage-access usb xr-spatial-tracking"
)
PERMISSIONS_POLICY = ", ".join(f"{naam}=()" for naam in _UIT.split())


class HeadersMiddleware:
    """CSP, permissions, framing and caching.

    It must stand ABOVE WhiteNoise in MIDDLEWARE, because WhiteNoise answers static files itself.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self._csp = make_csp(settings.ELOKET.kaart_tegels)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        headers = response.headers
        beleid = headers.get("Content-Security-Policy", self._csp)  # a page or a file may have its own
        if not headers.get("Content-Type", "text/html").startswith("text/html"):
            # The viewer of a browser that shows a pdf is not ours, and is stopped in what it does by itself.
            headers["Content-Security-Policy"] = beleid
        elif request.is_secure():
            headers["Content-Security-Policy"] = beleid + MELDEN_TLS
            headers["Reporting-Endpoints"] = REPORTING_ENDPOINTS
        else:
            headers["Content-Security-Policy"] = beleid + MELDEN
        headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("X-Frame-Options", "DENY")
        if "Cache-Control" not in headers and self._is_private(request, response):
            headers["Cache-Control"] = "no-store"
        return response

    @staticmethod
    def _is_private(request: HttpRequest, response: HttpResponseBase) -> bool:
        match = request.resolver_match
        is_public = match is not None and audience_of(match.func) is Audience.IEDEREEN
        # The CSRF cookie counts too: a public page with a form holds its token.
        eigen = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} & request.COOKIES.keys()
        return not is_public or bool(eigen) or bool(response.cookies)


class GzipHtmlMiddleware(GZipMiddleware):
    """Compresses pages and the theme's style sheet. Django adds random bytes against BREACH; files stay as they are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        soort = response.headers.get("Content-Type", "").partition(";")[0]
        if isinstance(response, HttpResponse) and soort in {"text/html", "text/css"}:
            return super().process_response(request, response)
        return response
