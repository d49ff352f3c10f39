"""The page of one zaak, and the message box on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from eloket.afschriften.agenda import may_be_planned
from eloket.afschriften.dossier import estimate
from eloket.berichten.queries import list_berichten
from eloket.documenten.formaten import ACCEPT, MAX_AANTAL, OPSOMMING, schrijf_omvang
from eloket.documenten.queries import list_voor_aanvrager
from eloket.documenten.types import DocumentInzage
from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.types import Actor
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import vandaag
from eloket.notifications.openen import mark_zaak_opened
from eloket.portal import paden
from eloket.portal.berichten.verzenden import read_all, render_not_sent, send_typed, typed
from eloket.portal.berichten.weergave import ZELF, Berichtvak, make_berichten, make_berichtvak
from eloket.portal.loket import paden as loket
from eloket.portal.namens import actor_voor, leest_zelf, may_write, naam_van_gever, wat_niet_mag
from eloket.portal.pagina import Menu, partij_of, render_mijn
from eloket.portal.storing import VERZENDEN_MISLUKT, note
from eloket.portal.taken.weergave import TaakRegel, make_taken
from eloket.portal.zaken.weergave import (
    make_details,
    make_documenten,
    make_termijn,
    make_tijdlijn,
)
from eloket.profile.bevoegd import may_change_contact
from eloket.zaken.access import get_zaak_for
from eloket.zaken.queries import list_gebeurtenissen, list_taken_van_zaak
from eloket.zaken.service import record_view
from eloket.zaken.types import Badge, Zaak, ZaakRef

Invoer = Mapping[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Uploadvak:
    """The form behind '+ Voeg toe'. `taken` are the open ones; `gekozen` is the id of the taak it is for, or ""."""

    actie: str
    terug: str
    is_open: bool
    taken: list[TaakRegel]
    gekozen: str
    accept: str
    uitleg: str


@dataclass(frozen=True, slots=True)
class Dossierlink:
    """Where the whole dossier can be saved, and about how large it is."""

    href: str
    omvang: str


@require_safe
def zaak(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything about one zaak. Opening it marks its messages as read. `?voeg-toe=` opens the upload form."""
    zaak_ref = ZaakRef.parse(ref)
    return _render_zaak(request, actor_voor(request, zaak_ref), zaak_ref, take_input(request))


@require_http_methods(["GET", "HEAD", "POST"])
def bericht(request: HttpRequest, ref: str) -> HttpResponse:
    """Send the message of the box on the page of the zaak. A GET (a reload of the address) shows the zaak."""
    zaak_ref = ZaakRef.parse(ref)
    actor = actor_voor(request, zaak_ref)
    if request.method != "POST":
        get_zaak_for(actor, zaak_ref, is_reading=True)
        return HttpResponseRedirect(paden.zaak(zaak_ref))
    try:
        fout = send_typed(request, actor, zaak_ref)
        if fout:
            return _render_zaak(request, actor, zaak_ref, typed(request), fout)
    except VERZENDEN_MISLUKT as storing:
        return render_not_sent(request, zaak_ref, storing)
    return HttpResponseRedirect(paden.zaak(zaak_ref), status=303)


def _render_zaak(
    request: HttpRequest, actor: Actor, ref: ZaakRef, invoer: Invoer, fout: str = ""
) -> HttpResponse:
    zaak = get_zaak_for(actor, ref, is_reading=True)
    berichten = list_berichten(ref, partij=partij_of(request))
    read_all(request, actor, ref, berichten)
    record_view(actor, ref)
    if leest_zelf(actor):
        mark_zaak_opened(partij_of(request), ref)
    eigen = list_taken_van_zaak(ref, partij=partij_of(request))
    taken = make_taken(
        (taak for taak in eigen if taak.vervuld_op is None and zaak.is_open), niet_zelf=wat_niet_mag(actor)
    )
    documenten = _fetch_documenten(ref)
    badge = Badge.WACHT_OP_U if taken else zaak.badge
    context = {
        "titel": zaak.omschrijving,
        "nummer": zaak.identificatie,
        "badge": badge,
        "taken": taken,
        "geleverd": make_taken(taak for taak in eigen if taak.vervuld_op is not None),
        "tijdlijn": make_tijdlijn(zaak, list_gebeurtenissen(zaak, partij=partij_of(request))),
        "termijn": make_termijn(zaak),
        "details": make_details(zaak),
        "toelichting": zaak.toelichting,
        "documenten": None
        if documenten is None
        else make_documenten(zaak, documenten, partij=partij_of(request), van=naam_van_gever(actor) or "u"),
        "dossier": _make_dossierlink(ref, documenten),
        "bewijs": paden.verzendbewijs(ref),
        "agenda": paden.zaak_agenda(ref) if may_be_planned(zaak, vandaag()) else "",
        "is_open": zaak.is_open,
        "upload": _make_uploadvak(request, zaak, [taak for taak in taken if taak.is_document], invoer),
        "machtigen_href": paden.machtigen(ref) if actor.is_alleen_zelf else "",
        "ontvangst_href": paden.zaak_ontvangst(ref),
        "inzage_href": paden.zaak_inzage(ref),
        "avg_href": loket.over_zaak(loket.AVG, ref) if may_change_contact(actor) else "",
        "berichten": make_berichten(berichten, zelf=naam_van_gever(actor) or ZELF),
        "vak": _make_vak(actor, zaak, invoer, fout),
    }
    return render_mijn(
        request,
        "portal/zaken/zaak.html",
        context,
        menu=Menu.ZAKEN,
        huidig=zaak.omschrijving,
        status=422 if fout else 200,
    )


def _fetch_documenten(ref: ZaakRef) -> tuple[DocumentInzage, ...] | None:
    """None when the documents cannot be fetched: the page says so, and shows the rest."""
    try:
        return list_voor_aanvrager(str(ref))
    except BronOnbereikbaar as fout:
        note(fout, "documenten")
        return None


def _make_dossierlink(ref: ZaakRef, documenten: tuple[DocumentInzage, ...] | None) -> Dossierlink | None:
    """None while the documents cannot be fetched: then a dossier cannot be made either."""
    if documenten is None:
        return None
    return Dossierlink(href=paden.dossier(ref), omvang=schrijf_omvang(estimate(documenten)))


def _make_vak(actor: Actor, zaak: Zaak, invoer: Invoer, fout: str) -> Berichtvak | None:
    """None for who may only look."""
    if not may_write(actor):
        return None
    return make_berichtvak(
        zaak, actie=paden.bericht_bij_zaak(zaak.ref), terug=paden.zaak(zaak.ref), invoer=invoer, fout=fout
    )


def _make_uploadvak(
    request: HttpRequest, zaak: Zaak, taken: list[TaakRegel], invoer: Invoer
) -> Uploadvak | None:
    """None for a closed zaak, and for who may only look."""
    if not (zaak.is_open and may_write(actor_of(request))):
        return None
    gevraagd = request.GET.get(paden.VOEG_TOE) or str(invoer.get("taak", ""))
    gekozen = next((taak.id for taak in taken if taak.id == gevraagd), "")
    return Uploadvak(
        actie=paden.documenten(zaak.ref),
        terug=paden.voeg_toe(zaak.ref, gekozen),
        is_open=bool(gevraagd) or "taak" in invoer,
        taken=taken,
        gekozen=gekozen,
        accept=ACCEPT,
        uitleg=f"U kunt {MAX_AANTAL} bestanden per keer kiezen, van hoogstens 50 MB per bestand: {OPSOMMING}.",
    )
