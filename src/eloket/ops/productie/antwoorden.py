"""What a browser really gets: the headers and cookies of answers that the running settings make (U/PW.02, U/PW.03)."""

import re
from collections.abc import Iterator
from http.cookies import Morsel
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.test import Client, RequestFactory

from eloket.identity.headers import GetResponse
from eloket.identity.middleware import SessieMiddleware
from eloket.ops.productie.types import Regel, fout, ok

JAAR = 31_536_000
_GEEN_PAGINA = "/check-production-geen-pagina/"
_VERRAADT = re.compile(r"Traceback|DEBUG = True|site-packages|\.py\b|Using the URLconf")


def check_antwoorden() -> Iterator[Regel]:
    pagina, weg = _ask("/", https=True), _ask(_GEEN_PAGINA, https=True)
    yield _csp([pagina, weg])
    yield _hsts(pagina)
    yield _other_headers([pagina, weg])
    yield _redirect(_ask("/", https=False))
    yield _cookies()
    yield _error_page(weg)


def _ask(pad: str, *, https: bool) -> HttpResponseBase:
    host = urlsplit(settings.ELOKET.base_url).netloc
    headers = {"host": host, **({"x-forwarded-proto": "https"} if https else {})}
    return Client(raise_request_exception=False).get(pad, headers=headers, secure=https)


def _csp(antwoorden: list[HttpResponseBase]) -> Regel:
    """Logius reads U/PW.03 to the letter: `unsafe-inline` or `unsafe-eval` does not pass."""
    mis = []
    for antwoord in antwoorden:
        beleid = antwoord.headers.get("Content-Security-Policy", "")
        delen = {deel.split()[0]: deel.split()[1:] for deel in beleid.split(";") if deel.strip()}
        if delen.get("default-src") not in (["'none'"], ["'self'"]):
            mis.append("default-src")
        if delen.get("frame-ancestors") not in (["'none'"], ["'self'"]):
            mis.append("frame-ancestors")
        script = delen.get("script-src", delen.get("default-src", []))
        if "unsafe-" in beleid or {"*", "https:", "http:", "data:"} & set(script):
            mis.append("script-src")
    if mis:
        return fout(
            "csp",
            "U/PW.03",
            f"De Content-Security-Policy laat te veel toe of ontbreekt: {', '.join(sorted(set(mis)))}.",
            "Laat HeadersMiddleware staan, en laat de proxy deze header niet veranderen.",
        )
    return ok("csp", "U/PW.03", "De Content-Security-Policy is streng, zonder unsafe-inline en unsafe-eval.")


def _hsts(antwoord: HttpResponseBase) -> Regel:
    gevonden = re.search(r"max-age=(\d+)", antwoord.headers.get("Strict-Transport-Security", ""))
    if not gevonden or int(gevonden.group(1)) < JAAR:
        return fout(
            "hsts",
            "U/PW.02",
            "Browsers onthouden niet een jaar lang dat dit adres alleen https heeft (HSTS).",
            "Zet ELOKET_OMGEVING=productie, en laat de proxy X-Forwarded-Proto: https zetten.",
        )
    return ok("hsts", "U/PW.02", "Browsers onthouden een jaar lang dat dit adres alleen https heeft (HSTS).")


def _other_headers(antwoorden: list[HttpResponseBase]) -> Regel:
    gewenst = {
        "X-Content-Type-Options": {"nosniff"},
        "X-Frame-Options": {"DENY"},
        "Referrer-Policy": {"same-origin", "no-referrer", "strict-origin"},
        "Cross-Origin-Opener-Policy": {"same-origin"},
    }
    mis = {
        naam
        for antwoord in antwoorden
        for naam, goed in gewenst.items()
        if antwoord.headers.get(naam) not in goed
    }
    mis |= {naam for a in antwoorden for naam in ("Server", "X-Powered-By") if naam in a.headers}
    mis |= {"Permissions-Policy" for a in antwoorden if "Permissions-Policy" not in a.headers}
    if mis:
        return fout(
            "headers",
            "U/PW.03",
            f"Deze headers ontbreken, of vertellen te veel: {', '.join(sorted(mis))}.",
            "Laat SecurityMiddleware en HeadersMiddleware staan, bovenaan MIDDLEWARE.",
        )
    return ok("headers", "U/PW.03", "De andere beveiligingsheaders staan op pagina's en op foutpagina's.")


def _redirect(antwoord: HttpResponseBase) -> Regel:
    if antwoord.status_code not in {301, 308} or not antwoord.headers["Location"].startswith("https://"):
        return fout(
            "https-alleen",
            "U/PW.02, U/WA.05",
            "E-loket geeft ook zonder https een pagina.",
            "Zet ELOKET_OMGEVING=productie. De proxy moet X-Forwarded-Proto zelf zetten, nooit doorgeven.",
        )
    return ok("https-alleen", "U/PW.02, U/WA.05", "Wie zonder https komt, wordt doorgestuurd naar https.")


def _cookies() -> Regel:
    mis = []
    for koekje in _own_cookies():
        goed = koekje["secure"] and koekje["httponly"] and koekje["samesite"] in {"Lax", "Strict"}
        if not (goed and koekje.key.startswith("__Host-") and koekje["path"] == "/" and not koekje["domain"]):
            mis.append(koekje.key)
    if mis:
        return fout(
            "cookies",
            "U/PW.03, U/WA.05",
            f"Deze cookies zijn niet goed afgeschermd: {', '.join(sorted(mis))}.",
            "Zet ELOKET_OMGEVING=productie, en laat de proxy Set-Cookie niet veranderen.",
        )
    return ok(
        "cookies", "U/PW.03, U/WA.05", "Cookies zijn Secure, HttpOnly, SameSite en alleen voor deze host."
    )


def _own_cookies() -> list[Morsel[str]]:
    """Those of the session and of the CSRF check, as the middleware sets them. Nothing of it stays in the database."""

    def answer(verzoek: HttpRequest) -> HttpResponse:
        verzoek.session["check-production"] = True
        get_token(verzoek)
        return HttpResponse()

    verzoek = RequestFactory().get("/", secure=True)
    with transaction.atomic():
        antwoord = SessieMiddleware(cast("GetResponse", CsrfViewMiddleware(answer)))(verzoek)
        transaction.set_rollback(True)
    return list(antwoord.cookies.values())


def _error_page(antwoord: HttpResponseBase) -> Regel:
    inhoud = getattr(antwoord, "content", b"").decode(errors="replace")
    if antwoord.status_code != 404 or _VERRAADT.search(inhoud):
        return fout(
            "foutpagina",
            "U/PW.03, U/WA.04",
            "De pagina voor een adres dat niet bestaat, werkt niet of laat iets van de code zien.",
            "Zet DEBUG uit, en kijk in het logboek.",
        )
    return ok("foutpagina", "U/PW.03, U/WA.04", "Een foutpagina laat niets van de techniek zien.")
