from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from eloket.identity.access import list_medewerkers
from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.flash import add_flash
from eloket.identity.pagina import render_pagina
from eloket.identity.types import Actor
from eloket.kernel.errors import NietGevonden
from eloket.kernel.klok import schrijf_zaken, vandaag
from eloket.notifications.contact.queries import count_herstel
from eloket.notifications.ontvangst.kenmerk import parse_kenmerk
from eloket.notifications.ontvangst.queries import find_zaak_van
from eloket.workbench.aantekenen import Werklijst, record_found, record_list
from eloket.workbench.gesprekken.lezers import zonder_lezer_context
from eloket.workbench.herstart.weergave import GEEN_HERSTARTS, melding_context
from eloket.workbench.menu import DEEL, Lijst, menu_context
from eloket.workbench.noodtoegang.views import GEEN_MELDINGEN, meldingen_context
from eloket.workbench.werkvoorraad.vraag import Vraag
from eloket.workbench.werkvoorraad.weergave import Omgeving, build_lijst, build_veld
from eloket.zaken import queries
from eloket.zaken.access import get_zaak_for, ref_of_nobody
from eloket.zaken.errors import FilterOngeldig, ZaakNietGevonden
from eloket.zaken.filters import delete_filter, list_filters, save_filter
from eloket.zaken.types import ZaakRef
from eloket.zaken.verdelen import Gekozen, assign_zaken

_LANGSTE_VRAAG = 1_500  # a seal, and every filter at its longest


@require_safe
def werkvoorraad(request: HttpRequest) -> HttpResponse:
    """One page of one work list. A constant number of queries, whatever the number of zaken. Who searches for the
    reference of a receipt goes to its zaak."""
    actor = actor_of(request)
    vraag = Vraag.parse(actor, request.GET)
    if ref := _zaak_of_kenmerk(actor, vraag.zoek):
        return HttpResponseRedirect(reverse("werkplek-zaak", args=[str(ref)]))
    gevonden = queries.list_werkvoorraad(actor, vraag.filter_for(actor))
    record = record_found if vraag.zoek else record_list
    record(actor, Werklijst.WERKVOORRAAD, [een.ref for een in gevonden.items])
    omgeving = Omgeving(
        tellingen=queries.count_werk(actor),
        zaaktypen=queries.list_zaaktypen(actor),
        mensen=list_medewerkers(actor.afdelingen),
        bewaard=list_filters(actor),
    )
    context = {
        **menu_context(
            actor,
            vraag.lijst,
            is_pagina=True,
            tellingen=omgeving.tellingen,
            herstel=count_herstel(actor) or 0,
        ),
        **(zonder_lezer_context(actor) if vraag.lijst is Lijst.AFDELING else {"zonder_lezer": 0}),
        **(meldingen_context(actor) if vraag.lijst is Lijst.MIJN else GEEN_MELDINGEN),
        **(melding_context(actor) if vraag.lijst is Lijst.MIJN else GEEN_HERSTARTS),
        "lijst": build_lijst(actor, vraag, gevonden, omgeving, vandaag()),
        "veld": build_veld(vraag, take_input(request)),
    }
    return render_pagina(request, "workbench/werkvoorraad/lijst.html", context, deel=DEEL)


@require_POST
def zoek(request: HttpRequest) -> HttpResponse:
    """What was typed in the form of the list, sealed into the address of the list that it leads to."""
    return HttpResponseRedirect(Vraag.typed(actor_of(request), request.POST).href(), status=303)


def _zaak_of_kenmerk(actor: Actor, zoek: str) -> ZaakRef | None:
    """The zaak of the receipt with this reference, when it is for this actor. No query for another word. Raises
    BronOnbereikbaar: a source that does not answer has not said that there is nothing."""
    if not parse_kenmerk(zoek):
        return None
    try:
        return get_zaak_for(actor, find_zaak_van(zoek) or ref_of_nobody()).ref
    except ZaakNietGevonden:
        return None  # the list says that it found nothing, as for a zaaknummer that is not for them


@require_POST
def wijs_toe(request: HttpRequest) -> HttpResponse:
    """Give the chosen zaken to a colleague, and say of each that could not go why."""
    actor = actor_of(request)
    gekozen = request.POST.getlist("op_pagina" if request.POST.get("alles") == "ja" else "zaak")
    wie = request.POST.get("aan", "")
    if not gekozen:
        add_flash(request, "error", "Kies eerst een of meer zaken.")
    elif wie != "niemand" and not _is_nummer(wie):
        add_flash(request, "error", "Kies wie de zaken krijgt.")
    else:
        uitkomst = assign_zaken(actor, _keuzes(gekozen), medewerker_id=None if wie == "niemand" else int(wie))
        if uitkomst.gelukt:
            add_flash(request, "ok", f"U heeft {schrijf_zaken(uitkomst.gelukt)} toegewezen.")
        for nummer, reden in uitkomst.mislukt:
            add_flash(request, "error", f"Zaak {nummer} is niet toegewezen. {reden}")
    return _terug(request)


def _is_nummer(tekst: str) -> bool:
    return tekst.isascii() and tekst.isdigit() and len(tekst) < 10


def _keuzes(teksten: list[str]) -> list[Gekozen]:
    """What can be read as a chosen zaak; anything else was not on our page."""
    keuzes = []
    for tekst in teksten:
        try:
            keuzes.append(Gekozen.parse(tekst))
        except NietGevonden:
            continue
    return keuzes


@require_POST
def bewaar_filter(request: HttpRequest) -> HttpResponse:
    """Keep the question of the list under a name."""
    actor = actor_of(request)
    try:
        is_nieuw = save_filter(
            actor, naam=request.POST.get("naam", ""), vraag=_vraag_of_form(request).for_saving()
        )
    except FilterOngeldig as fout:
        add_flash(request, "error", fout.tekst)
    else:
        add_flash(request, "ok", "Uw filter is bewaard." if is_nieuw else "Uw filter is vervangen.")
    return _terug(request)


@require_POST
def verwijder_filter(request: HttpRequest, filter_id: str) -> HttpResponse:
    """Forget a saved question."""
    if _is_nummer(filter_id):
        delete_filter(actor_of(request), int(filter_id))
    add_flash(request, "ok", "Uw filter is verwijderd.")
    return _terug(request)


def _terug(request: HttpRequest) -> HttpResponseRedirect:
    """To the list as it was: its question travels in the form, and is read again as ours."""
    vraag = _vraag_of_form(request)
    return HttpResponseRedirect(vraag.href(pagina=vraag.pagina), status=303)


def _vraag_of_form(request: HttpRequest) -> Vraag:
    """The question of the list on which a form stands: its field `vraag` is what the address of the list holds."""
    return Vraag.parse(actor_of(request), QueryDict(request.POST.get("vraag", "")[:_LANGSTE_VRAAG]))
