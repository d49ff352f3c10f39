from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from eloket.audit import service as audit
from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.flash import add_flash
from eloket.identity.pagina import render_pagina
from eloket.identity.types import Partij, Soort, partij_ref
from eloket.kernel.errors import BronOnbereikbaar, NietGevonden
from eloket.notifications.ontvangst.types import OntvangstSoort
from eloket.portal import paden
from eloket.portal.gegevens.weergave import (
    ContactFormulier,
    Registergegevens,
    anders_wijzigen,
    form_from_contact,
    form_from_typed,
    from_onderneming,
    from_persoon,
    make_collegas,
    make_kapot,
    titel_van,
    uitleg_contact,
    uitleg_van,
    write_afwachting,
    write_gestopt,
)
from eloket.portal.loket import paden as loket
from eloket.portal.ontvangst.melden import confirm
from eloket.portal.pagina import Menu, partij_of, render_mijn
from eloket.portal.storing import note, write_storing
from eloket.profile import queries, service
from eloket.profile.bevoegd import may_change_contact
from eloket.profile.contactpersonen import list_collegas, stop_collega
from eloket.profile.errors import (
    BevestigingOngeldig,
    BevestigingTeVaak,
    ContactOngeldig,
    NietsTeBevestigen,
    PersoonNietGevonden,
)
from eloket.profile.types import Bevestiging, ContactGegevens

_LINK_NAAR_ADRES = (
    "Wij hebben een e-mail gestuurd naar uw adres. Klik op de link in die e-mail. "
    "Dan weten wij dat uw adres werkt. Krijgt u geen e-mail? Geef dan een ander adres op."
)


@require_http_methods(["GET", "HEAD", "POST"])
def gegevens(request: HttpRequest) -> HttpResponse:
    """Show and change contact details. A failing register costs only its own part of the page."""
    if request.method != "POST":
        getypt = take_input(request)
        return _render(request, form_from_typed(getypt) if "email" in getypt else None)
    try:
        uitkomst = service.update_contact(
            actor_of(request),
            email=request.POST.get("email", ""),
            telefoon=request.POST.get("telefoon", ""),
            wil_mail="wil_mail" in request.POST,
        )
    except ContactOngeldig as fout:
        getypt = {naam: request.POST.get(naam, "") for naam in request.POST}
        return _render(request, form_from_typed(getypt, fout.velden))
    confirm(request, uitkomst.tekst, OntvangstSoort.GEGEVENS, uitkomst.wijziging_id)
    return HttpResponseRedirect(paden.GEGEVENS, status=303)


@require_http_methods(["GET", "HEAD", "POST"])
def opnieuw_bevestigen(request: HttpRequest) -> HttpResponse:
    """Send the link again. A GET (a reload of the address) shows Mijn Gegevens."""
    if request.method != "POST":
        return HttpResponseRedirect(paden.GEGEVENS)
    try:
        service.resend_confirmation(actor_of(request))
    except (BevestigingTeVaak, NietsTeBevestigen) as fout:
        add_flash(request, "warning", fout.tekst)
    else:
        add_flash(request, "ok", "Wij hebben de link opnieuw gestuurd. Kijk in uw e-mail.")
    return HttpResponseRedirect(paden.GEGEVENS, status=303)


@require_http_methods(["GET", "HEAD", "POST"])
def adres_klopt(request: HttpRequest) -> HttpResponse:
    """The person says that the address that does not work is right: it gets a link. A GET shows Mijn Gegevens."""
    if request.method != "POST":
        return HttpResponseRedirect(paden.GEGEVENS)
    try:
        service.reconfirm_address(actor_of(request))
    except (BevestigingTeVaak, NietsTeBevestigen) as fout:
        add_flash(request, "warning", fout.tekst)
    else:
        add_flash(request, "ok", _LINK_NAAR_ADRES)
    return HttpResponseRedirect(paden.GEGEVENS, status=303)


@require_http_methods(["GET", "HEAD", "POST"])
def collega_stoppen(request: HttpRequest) -> HttpResponse:
    """No more mail to a colleague. A GET shows Mijn Gegevens."""
    if request.method != "POST":
        return HttpResponseRedirect(paden.GEGEVENS)
    nummer = request.POST.get("nummer", "")
    if not (nummer.isascii() and nummer.isdigit() and len(nummer) < 19):  # a bigint at most
        raise NietGevonden
    gestopt = stop_collega(actor_of(request), int(nummer))
    add_flash(request, "ok", write_gestopt(gestopt))
    return HttpResponseRedirect(paden.GEGEVENS, status=303)


@require_http_methods(["GET", "HEAD", "POST"])
def bevestigen(request: HttpRequest, token: str) -> HttpResponse:
    """The link from the e-mail: a page with a button, which confirms."""
    try:
        if request.method == "POST":
            service.confirm_email(token)
            return HttpResponseRedirect(f"{request.path}?bevestigd=ja", status=303)
        stand = queries.get_bevestiging(token)
    except BevestigingOngeldig as fout:
        context = {
            "titel": "Deze link werkt niet meer",
            "tekst": fout.tekst,
            "soort": "warning",
            "is_open": False,
        }
        return render_pagina(request, "portal/gegevens/bevestigen.html", context, status=404)
    if stand is Bevestiging.AL_GEDAAN and "bevestigd" in request.GET:
        stand = Bevestiging.GELUKT
    is_open = stand is Bevestiging.OPEN
    context = {
        "titel": "Bevestig uw e-mailadres" if is_open else "Uw e-mailadres is bevestigd",
        "tekst": stand.tekst,
        "soort": "ok",
        "is_open": is_open,
    }
    return render_pagina(request, "portal/gegevens/bevestigen.html", context)


def _render(request: HttpRequest, formulier: ContactFormulier | None) -> HttpResponse:
    actor, partij = actor_of(request), partij_of(request)
    is_eigen = may_change_contact(actor)
    contact = queries.get_contact(actor) if is_eigen else ContactGegevens()
    formulier = (formulier or form_from_contact(contact)) if is_eigen else None
    register = _fetch_register(partij)
    audit.record(
        actor_soort=actor.hoedanigheid,
        actor_key=actor.key,
        actie="gegevens.bekeken",
        object_ref=partij_ref(partij.profiel_key),
        **actor.sporen,
    )
    context = {
        "formulier": formulier,
        "afwachting": write_afwachting(contact),
        "kapot": make_kapot(contact),
        "uitleg": uitleg_contact(actor),
        "collegas": make_collegas(list_collegas(actor)),
        "register": register,
        "anders_wijzigen": anders_wijzigen(partij),
        "avg_href": loket.product(loket.AVG),
    }
    return render_mijn(
        request,
        "portal/gegevens/gegevens.html",
        context,
        menu=Menu.GEGEVENS,
        status=422 if formulier and formulier.fouten else 200,
    )


def _fetch_register(partij: Partij) -> Registergegevens:
    try:
        if partij.soort is Soort.INWONER:
            return from_persoon(partij, queries.get_persoon(partij))
        return from_onderneming(partij, queries.get_onderneming(partij))
    except BronOnbereikbaar as storing:
        note(storing, "register")
        fout = write_storing("deze gegevens")
    except PersoonNietGevonden as niet_gevonden:
        fout = niet_gevonden.tekst
    return Registergegevens(titel_van(partij), uitleg_van(partij), [], [], fout)
