"""The link in a mail that stops mail, without a login (RFC 8058)."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from eloket.identity.pagina import render_pagina
from eloket.notifications.afmelden import Afmelding, read_afmelding
from eloket.notifications.errors import AfmeldlinkOngeldig
from eloket.profile.afmelden import stop_alles, stop_rubrieken, undo_stop
from eloket.profile.queries import get_afmeldstand
from eloket.profile.types import Afmeldstand

_DEZE = ("deze", "Stop deze e-mails", "primary")
_ALLES = ("alles", "Stop alle e-mails", "secondary")
_TOCH = ("toch", "Toch wel e-mails", "secondary")


@dataclass(frozen=True, slots=True)
class _Pagina:
    """`soort` is that of the alert that the text stands in, "" for none; `knoppen` are (value, text, look)."""

    titel: str
    tekst: str
    soort: str
    onderwerpen: tuple[str, ...] = ()
    knoppen: tuple[tuple[str, str, str], ...] = ()


# A mail program posts here by itself, without our cookies: what it takes is the link (RFC 8058, 3.2). Whoever can make
# a browser post to it knows the link already, and then needs no browser of somebody else.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def afmelden(request: HttpRequest, token: str) -> HttpResponse:
    """A page with buttons, which stop mail or take that back. A GET changes nothing: mail scanners open every link."""
    try:
        afmelding = read_afmelding(token)
    except AfmeldlinkOngeldig as fout:
        return _render(request, _Pagina("Deze link werkt niet", fout.tekst, "warning"), status=404)
    if request.method != "POST":
        stand = get_afmeldstand(afmelding.profiel_key, link=afmelding.link)
        return _render(request, _make_pagina(afmelding, stand))
    if request.POST.get("List-Unsubscribe") == "One-Click":
        _stop(afmelding, "deze")
        return HttpResponse("OK", content_type="text/plain; charset=utf-8")
    _stop(afmelding, request.POST.get("knop", ""))
    return HttpResponseRedirect(request.path, status=303)


def _stop(afmelding: Afmelding, knop: str) -> None:
    """Do what the button says; nothing for another one."""
    match knop:
        case "deze":
            stop_rubrieken(afmelding.profiel_key, afmelding.rubrieken, link=afmelding.link)
        case "alles":
            stop_alles(afmelding.profiel_key, link=afmelding.link)
        case "toch":
            undo_stop(afmelding.profiel_key, link=afmelding.link)


def _make_pagina(afmelding: Afmelding, stand: Afmeldstand) -> _Pagina:
    toch = (_TOCH,) if stand.kan_terug else ()
    if stand.is_alles_uit:
        return _Pagina("U krijgt geen e-mails meer", "Wij sturen u geen e-mails meer.", "ok", knoppen=toch)
    onderwerpen = tuple(rubriek.tekst for rubriek in afmelding.rubrieken)
    if stand.uit.issuperset(afmelding.rubrieken):
        titel, tekst = "U krijgt deze e-mails niet meer", "Wij sturen u geen e-mails meer over:"
        return _Pagina(titel, tekst, "ok", onderwerpen, (*toch, _ALLES))
    titel, tekst = "Wilt u deze e-mails niet meer?", "U kreeg van ons een e-mail over:"
    return _Pagina(titel, tekst, "", onderwerpen, (_DEZE, _ALLES))


def _render(request: HttpRequest, pagina: _Pagina, status: int = 200) -> HttpResponse:
    """The page, which no cache keeps: it is of one person, and shows how it stands now."""
    antwoord = render_pagina(request, "portal/gegevens/afmelden.html", {"pagina": pagina}, status=status)
    antwoord["Cache-Control"] = "no-store"
    return antwoord
