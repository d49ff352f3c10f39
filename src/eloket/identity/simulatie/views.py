"""The six endpoints of the simulated OpenID provider."""

import base64
import hashlib
import secrets
from typing import Any
from urllib.parse import unquote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from eloket.identity.middel import Middel
from eloket.identity.middelen import get_middel
from eloket.identity.oidc import callback_url
from eloket.identity.paden import UITGELOGD
from eloket.identity.pagina import render_pagina
from eloket.identity.simulatie import sleutels
from eloket.identity.simulatie.personas import Persona, get_persona, list_personas
from eloket.kernel import klok
from eloket.kernel.errors import NietGevonden, OngeldigeInvoer

_VAST = ("client_id", "redirect_uri", "state", "nonce", "code_challenge", "acr_values")


@require_GET
def discovery(request: HttpRequest, middel: str) -> HttpResponse:  # noqa: ARG001
    gekozen = _middel(middel)
    basis = gekozen.issuer
    return JsonResponse(
        {
            "issuer": basis,
            "authorization_endpoint": f"{basis}/authorize/",
            "token_endpoint": f"{basis}/token/",
            "userinfo_endpoint": f"{basis}/userinfo/",
            "jwks_uri": f"{basis}/jwks/",
            "end_session_endpoint": f"{basis}/logout/",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
            "acr_values_supported": [een.waarde for een in gekozen.niveaus],
            "authorization_response_iss_parameter_supported": True,
        }
    )


@require_GET
def jwks(request: HttpRequest, middel: str) -> HttpResponse:  # noqa: ARG001
    _middel(middel)
    return JsonResponse({"keys": [sleutels.signing_key().as_dict(private=False)]})


@require_http_methods(["GET", "POST"])
def authorize(request: HttpRequest, middel: str) -> HttpResponse:
    """GET: choose a person, or cancel. POST: back to the portal with a code."""
    gekozen = _middel(middel)
    if request.method == "POST":
        vraag = sleutels.unseal("vraag", request.POST.get("vraag", ""))
        if vraag is None or vraag["middel"] != middel:
            raise OngeldigeInvoer(
                "Deze pagina stond te lang open. Ga terug naar het E-loket en log opnieuw in."
            )
        return _answer(request, gekozen, vraag)
    vraag = {naam: request.GET.get(naam, "") for naam in _VAST}
    klopt = (
        vraag["client_id"] == gekozen.client_id
        and vraag["redirect_uri"] == callback_url()
        and request.GET.get("response_type") == "code"
        and request.GET.get("code_challenge_method") == "S256"
        and vraag["code_challenge"]
    )
    if not klopt:
        raise OngeldigeInvoer("Dit verzoek om in te loggen klopt niet.")
    context = {
        "middel_naam": _title(gekozen, vraag["acr_values"]),
        "vraag": sleutels.seal("vraag", {**vraag, "middel": middel}, sleutels.TOKEN_GELDIG * 3),
        "personas": list_personas(middel),
    }
    return render_pagina(request, "identity/simulatie/kies_persoon.html", context)


def _answer(request: HttpRequest, middel: Middel, vraag: dict[str, str]) -> HttpResponse:
    antwoord = {"state": vraag["state"], "iss": middel.issuer}
    persona = get_persona(middel.code, request.POST.get("persoon", ""))
    if "annuleren" in request.POST:
        antwoord |= {"error": "access_denied"}
    elif persona is None:
        raise OngeldigeInvoer("Kies een persoon uit de lijst.")
    else:
        nu = str(int(klok.nu().timestamp()))
        inhoud = {**vraag, "sub": persona.sub, "uniek": secrets.token_hex(8), "ingelogd": nu}
        antwoord |= {"code": sleutels.seal("code", inhoud, sleutels.CODE_GELDIG)}
    return HttpResponseRedirect(f"{vraag['redirect_uri']}?{urlencode(antwoord)}", status=303)


@csrf_exempt
@require_POST
def token(request: HttpRequest, middel: str) -> HttpResponse:
    """A code for tokens: once, within a minute, by the right client with the right verifier."""
    gekozen = _middel(middel)
    if not _is_client(request, gekozen):
        return JsonResponse({"error": "invalid_client"}, status=401)
    code = request.POST.get("code", "")
    vraag = sleutels.unseal("code", code)
    persona = get_persona(middel, vraag["sub"]) if vraag and vraag["middel"] == middel else None
    if vraag is None or persona is None or not _fits(request, vraag) or not sleutels.spend(code):
        return JsonResponse({"error": "invalid_grant"}, status=400)
    nu = int(klok.nu().timestamp())
    geldig = int(sleutels.TOKEN_GELDIG.total_seconds())
    claims = _claims(gekozen, persona, vraag["acr_values"]) | {
        "iss": gekozen.issuer,
        "aud": gekozen.client_id,
        "iat": nu,
        "exp": nu + geldig,
        "auth_time": int(vraag["ingelogd"]),
        "nonce": vraag["nonce"],
        "sid": vraag["uniek"],
    }
    return JsonResponse(
        {
            "access_token": sleutels.seal(
                "toegang",
                {"middel": middel, "sub": persona.sub, "acr_values": vraag["acr_values"]},
                sleutels.TOKEN_GELDIG,
            ),
            "token_type": "Bearer",
            "expires_in": geldig,
            "id_token": sleutels.sign(claims),
        }
    )


@require_GET
def userinfo(request: HttpRequest, middel: str) -> HttpResponse:
    gekozen = _middel(middel)
    toegang = sleutels.unseal("toegang", request.headers.get("Authorization", "").removeprefix("Bearer "))
    persona = get_persona(middel, toegang["sub"]) if toegang and toegang["middel"] == middel else None
    if toegang is None or persona is None:
        return JsonResponse({"error": "invalid_token"}, status=401)
    return JsonResponse({**_claims(gekozen, persona, toegang["acr_values"]), "demo": True})


@csrf_exempt
@require_POST
def logout(request: HttpRequest, middel: str) -> HttpResponse:
    """Back to the portal. There is no session here to end; the question is held to what a real provider asks."""
    gekozen = _middel(middel)
    doel = f"{settings.ELOKET.base_url.rstrip('/')}{UITGELOGD}"
    klopt = (
        sleutels.is_own_token(request.POST.get("id_token_hint", ""), gekozen.client_id)
        and request.POST.get("client_id") == gekozen.client_id
        and request.POST.get("post_logout_redirect_uri") == doel
    )
    if not klopt:
        raise OngeldigeInvoer("Dit verzoek om uit te loggen klopt niet.")
    state = request.POST.get("state", "")
    return HttpResponseRedirect(f"{doel}?{urlencode({'state': state})}" if state else doel, status=303)


def _title(middel: Middel, gevraagd: str) -> str:
    """With the level when it is above the lowest."""
    niveau = middel.get_niveau(gevraagd)
    return niveau.naam if niveau and niveau.waarde != middel.minimum else middel.naam


def _claims(middel: Middel, persona: Persona, gevraagd: str) -> dict[str, Any]:
    """At the level that was asked for: everybody here has every level, unless their own claims say otherwise."""
    bekend = next((een for een in gevraagd.split() if middel.get_niveau(een)), middel.minimum)
    niveau = {"acr": bekend} if bekend else {}
    return {"name": persona.naam, **niveau, **persona.claims, "sub": persona.sub}


def _fits(request: HttpRequest, vraag: dict[str, str]) -> bool:
    verifier = request.POST.get("code_verifier", "")
    uitdaging = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return (
        request.POST.get("grant_type") == "authorization_code"
        and request.POST.get("redirect_uri") == vraag["redirect_uri"]
        and secrets.compare_digest(uitdaging.encode(), vraag["code_challenge"].encode())
    )


def _is_client(request: HttpRequest, middel: Middel) -> bool:
    """client_secret_basic (RFC 6749, 2.3.1)."""
    soort, _, gegevens = request.headers.get("Authorization", "").partition(" ")
    try:
        naam, _, geheim = base64.b64decode(gegevens, validate=True).decode().partition(":")
    except ValueError:  # not base64, not ASCII, or not UTF-8 inside
        return False
    return (
        soort == "Basic"
        and unquote(naam) == middel.client_id
        and secrets.compare_digest(unquote(geheim).encode(), middel.client_secret.encode())
    )


def _middel(code: str) -> Middel:
    """Raises NietGevonden unless this means is simulated here."""
    sleutels.require_demo()
    middel = get_middel(code)
    if middel is None or not middel.is_simulatie:
        raise NietGevonden
    return middel
