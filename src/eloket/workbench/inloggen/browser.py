"""What the steps of a local account need of this browser: where it is, which site it thinks it is at, its cookie."""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from eloket.identity.headers import PERMISSIONS_POLICY
from eloket.identity.limieten.adres import address_of
from eloket.identity.lokaal.grenzen import TOESTEL, TOESTEL_GELDIG, Plek, sign_device
from eloket.identity.lokaal.types import norm_inlognaam
from eloket.identity.lokaal.webauthn import Site

_UIT = "publickey-credentials-get=()"
assert _UIT in PERMISSIONS_POLICY


def plek_of(request: HttpRequest) -> Plek:
    return Plek(address_of(request), request.COOKIES.get(TOESTEL, ""))


def site_of(request: HttpRequest) -> Site | None:
    """Where a passkey is for: always ELOKET_BASE_URL in production, whatever the request says. None on an address of
    numbers: browsers do not do it there (WebAuthn, 5.1.2: a valid domain)."""
    base = f"{request.scheme}://{request.get_host()}" if settings.ELOKET.is_demo else settings.ELOKET.base_url
    delen = urlsplit(base)
    host = delen.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return Site(host, f"{delen.scheme}://{delen.netloc}", settings.ELOKET.gemeente) if host else None
    return None


def allow_passkey(response: HttpResponse) -> HttpResponse:
    """Only on this page may a script ask for a passkey; and it holds a question or a secret, so it stays nowhere."""
    response.headers["Permissions-Policy"] = PERMISSIONS_POLICY.replace(
        _UIT, "publickey-credentials-get=(self)"
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def remember_device(response: HttpResponse, subject: str) -> HttpResponse:
    """This person logged in here: from now on their tries in this browser are counted by themselves."""
    response.set_cookie(
        TOESTEL,
        sign_device(norm_inlognaam(subject)),
        max_age=TOESTEL_GELDIG,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
