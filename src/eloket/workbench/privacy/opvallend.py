from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.flash import add_flash
from eloket.identity.pagina import render_pagina
from eloket.inzage.errors import SignaalAlGezien, SignaalnotitieOngeldig
from eloket.inzage.opvallend.service import list_signalen, mark_gezien
from eloket.inzage.opvallend.types import Maat, Reden, SignaalInzage
from eloket.inzage.toezicht import must_inspect
from eloket.kernel.klok import schrijf_datum, schrijf_moment
from eloket.workbench.menu import DEEL, menu_context

NAAM = "werkplek-privacy-opvallend"
_REDEN = {
    Maat.ZAKEN: ("1 zaak bekeken", "{} verschillende zaken bekeken"),
    Maat.BUITEN: ("1 zaak buiten werktijd bekeken", "{} zaken buiten werktijd bekeken"),
    Maat.VREEMD: ("1 zaak bekeken zonder er iets mee te doen", "{} zaken bekeken zonder er iets mee te doen"),
    Maat.AFGESCHERMD: (
        "1 afgeschermde zaak bekeken zonder er iets mee te doen",
        "{} afgeschermde zaken bekeken zonder er iets mee te doen",
    ),
    Maat.LIJST: (
        "1 zaak gezien in een lijst met berichten of na zoeken",
        "{} verschillende zaken gezien in lijsten met berichten of na zoeken",
    ),
    Maat.WERKLIJST: (
        "1 zaak op een werklijst gezien",
        "{} verschillende zaken op werklijsten gezien",
    ),
    Maat.BRIEVEN: (
        "een brief aan 1 persoon of bedrijf gedownload",
        "brieven aan {} mensen en bedrijven gedownload",
    ),
    Maat.OPGEZOCHT: ("1 persoon opgezocht aan de balie", "{} verschillende mensen opgezocht aan de balie"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def opvallend(request: HttpRequest) -> HttpResponse:
    """Who looked at unusually much, and a form per signal to say what came of it."""
    actor = actor_of(request)
    must_inspect(actor)
    if request.method != "POST":
        bewaard = take_input(request)
        return _render(request, _text(bewaard.get("signaal")), _text(bewaard.get("notitie")))
    signaal, notitie = request.POST.get("signaal", ""), request.POST.get("notitie", "")
    try:
        mark_gezien(actor, signaal, notitie=notitie)
    except SignaalnotitieOngeldig as fout:
        return _render(request, signaal, notitie, fout=fout.tekst, status=422)
    except SignaalAlGezien as fout:
        return _render(request, "", notitie, melding=fout.tekst, status=409)
    add_flash(request, "ok", "U heeft het signaal afgehandeld. Het staat nu onder Afgehandeld.")
    return HttpResponseRedirect(reverse(NAAM), status=303)


def _text(waarde: object) -> str:
    return waarde if isinstance(waarde, str) else ""


def _render(
    request: HttpRequest, signaal: str, notitie: str, *, fout: str = "", melding: str = "", status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    open_, gezien = list_signalen(actor)
    context = {
        **menu_context(actor, None, is_pagina=True, onderdeel=NAAM),
        "open": [_signaal(een) for een in open_],
        "gezien": [_signaal(een) for een in gezien],
        "gekozen": signaal,
        "notitie": notitie,
        "fout": fout,
        "melding": melding,
    }
    return render_pagina(request, "workbench/privacy/opvallend.html", context, deel=DEEL, status=status)


def _signaal(een: SignaalInzage) -> dict[str, object]:
    dag = een.dag.isoformat()
    vraag = {"medewerker": str(een.medewerker_id), "van": dag, "tot": dag}
    return {
        "id": een.id,
        "naam": een.naam,
        "dag": schrijf_datum(een.dag),
        "redenen": [_reden(reden) for reden in een.redenen],
        "logboek": f"{reverse('werkplek-privacy')}?{urlencode(vraag)}" if een.medewerker_id else "",
        "gezien_op": schrijf_moment(een.gezien_op) if een.gezien_op else "",
        "gezien_door": een.gezien_door,
        "notitie": een.notitie,
    }


def _reden(reden: Reden) -> str:
    """`57 verschillende zaken bekeken. Zelf meestal 6, collega's meestal 8.`"""
    een, meer = _REDEN[reden.maat]
    wat = een if reden.aantal == 1 else meer.format(reden.aantal)
    gewoon = [
        f"{wie} meestal {aantal}"
        for wie, aantal in (("zelf", reden.zelf), ("collega’s", reden.collegas))
        if aantal is not None
    ]
    if not gewoon:
        return f"{wat}. Er zijn nog te weinig dagen om mee te vergelijken."
    vergelijking = ", ".join(gewoon)
    return f"{wat}. {vergelijking[0].upper()}{vergelijking[1:]}."
