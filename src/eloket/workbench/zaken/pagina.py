"""Shows the page of a zaak: on a GET, and again with what was typed when a change was refused."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from eloket.berichten.errors import BijlagenGeweigerd
from eloket.identity.actor import actor_of
from eloket.identity.flash import add_flash
from eloket.identity.pagina import render_pagina
from eloket.identity.types import Actor
from eloket.kernel.errors import NietToegestaan, OngeldigeInvoer
from eloket.kernel.klok import nu, vandaag
from eloket.workbench.aantekenen import record_phones
from eloket.workbench.contact.weergave import build_contact, contact_pad
from eloket.workbench.menu import DEEL, lijst_van, menu_context
from eloket.workbench.noodtoegang.kijken import Banner, build_banner, kruimel
from eloket.workbench.zaken.context import deel_context
from eloket.workbench.zaken.delen import Deel
from eloket.workbench.zaken.inhoud import ZaakInhoud, load_inhoud
from eloket.workbench.zaken.invoer import Fouten, Gelezen, Invoer
from eloket.workbench.zaken.weergave import build_pagina, pad_naar, titel_van
from eloket.zaken.access import get_zaak_for
from eloket.zaken.errors import ZaakGewijzigd
from eloket.zaken.historie import HistorieRegel, list_historie
from eloket.zaken.mogelijkheden import Handeling, waarom_niet
from eloket.zaken.types import Zaak, ZaakRef

GEEN_FOUTEN: Fouten = {}
_GEEN: Mapping[str, Any] = {}
_GEEN_VELDEN: Mapping[type[OngeldigeInvoer], str] = {}
_TEMPLATES = {
    Deel.OVERZICHT: "workbench/zaken/overzicht.html",
    Deel.DOCUMENTEN: "workbench/zaken/documenten.html",
    Deel.BERICHTEN: "workbench/zaken/berichten.html",
    Deel.VRAGEN: "workbench/zaken/vragen.html",
    Deel.VERZENDING: "workbench/zaken/verzending.html",
    Deel.NOTITIES: "workbench/zaken/notities.html",
    Deel.HISTORIE: "workbench/zaken/historie.html",
    Deel.STATUS: "workbench/zaken/status.html",
    Deel.OVERDRAGEN: "workbench/zaken/overdragen.html",
    Deel.TERMIJN: "workbench/zaken/termijn.html",
    Deel.VERLENGEN: "workbench/zaken/verlengen.html",
    Deel.HEROPENEN: "workbench/zaken/heropenen.html",
    Deel.AFSCHERMEN: "workbench/zaken/afschermen.html",
}


def toon(
    request: HttpRequest,
    inhoud: ZaakInhoud,
    deel: Deel,
    *,
    invoer: Invoer,
    fouten: Fouten = GEEN_FOUTEN,
    bestandsfouten: tuple[str, ...] = (),
    melding: str = "",
    wijzigingen: tuple[HistorieRegel, ...] = (),
    template: str = "",
    extra: Mapping[str, Any] = _GEEN,
    status: int = 200,
) -> HttpResponse:
    """The page. `fouten` stand beside their fields, `bestandsfouten` beside the file choice, `melding` above all, with
    the `wijzigingen` of others that it is about. The form keeps the versie that was posted: only a page that says what
    others changed hands out the new one."""
    actor = actor_of(request)
    zaak = inhoud.zaak
    nu_gelezen = Gelezen(zaak.versie, int(nu().timestamp()))
    pagina = build_pagina(actor, inhoud, deel, vandaag())
    banner = build_banner(actor, nu())
    contact = () if banner else inhoud.onbereikbaar
    record_phones(actor, zaak.ref, (een.profiel_key for een in contact if een.telefoon and not een.hoe))
    context = {
        **_frame(actor, zaak, banner),
        **deel_context(actor, inhoud, deel, invoer, vandaag()),
        "pagina": pagina,
        "contact": [build_contact(een) for een in contact],
        "contact_href": contact_pad(zaak.ref),
        "deel_titel": titel_van(deel, zaak),
        "invoer": invoer,
        "sleutel": invoer.sleutel or uuid.uuid4().hex,
        "gelezen": Gelezen.of(invoer, nu_gelezen),
        "nu_gelezen": nu_gelezen,
        "fouten": fouten,
        "bestandsfouten": bestandsfouten,
        "foutenlijst": [
            *fouten.items(),
            *(("bestanden", tekst) for tekst in bestandsfouten),
        ],
        "melding": melding,
        "wijzigingen": wijzigingen,
        **extra,
    }
    return render_pagina(request, template or _TEMPLATES[deel], context, deel=DEEL, status=status)


def _frame(actor: Actor, zaak: Zaak, banner: Banner | None) -> Mapping[str, Any]:
    """The menu, and the list that this actor came from; by noodtoegang there is none."""
    lijst = lijst_van(actor, zaak)
    menu = menu_context(
        actor,
        None if banner else lijst,
        is_pagina=False,
        kruimels=[kruimel() if banner else (lijst.titel_voor(actor), lijst.href)],
        kruimel_huidig=zaak.omschrijving,
    )
    return {**menu, "noodtoegang": banner}


def toon_opnieuw(
    request: HttpRequest,
    ref: ZaakRef,
    deel: Deel,
    *,
    invoer: Invoer,
    fouten: Fouten = GEEN_FOUTEN,
    bestandsfouten: tuple[str, ...] = (),
) -> HttpResponse:
    """After a change with something wrong in it: 422, with what was typed."""
    inhoud = load_inhoud(actor_of(request), ref, deel, gesprek=invoer.gesprek)
    return toon(
        request, inhoud, deel, invoer=invoer, fouten=fouten, bestandsfouten=bestandsfouten, status=422
    )


def toon_geweigerd(
    request: HttpRequest, ref: ZaakRef, deel: Deel, *, invoer: Invoer, fout: NietToegestaan
) -> HttpResponse:
    """After a change that the state of the zaak does not allow: 409, the zaak as it is now, and what was typed.

    When somebody else changed it, the page names what they did, and its form is made from the zaak as it is now.
    """
    actor = actor_of(request)
    inhoud = load_inhoud(actor, ref, deel, gesprek=invoer.gesprek)
    if not isinstance(fout, ZaakGewijzigd):
        return toon(request, inhoud, deel, invoer=invoer, melding=fout.tekst, status=409)
    return toon(
        request,
        inhoud,
        deel,
        invoer=replace(invoer, versie="", geladen=""),
        melding=fout.tekst,
        wijzigingen=_changed_since(inhoud.zaak, invoer.geladen),
        status=409,
    )


def _changed_since(zaak: Zaak, geladen: str) -> tuple[HistorieRegel, ...]:
    """What was done since the form was loaded; the newest when that moment is not known. Newest first."""
    sinds = None
    if geladen.isascii() and geladen.isdigit() and len(geladen) < 12:
        sinds = datetime.fromtimestamp(int(geladen), UTC)
    return tuple(regel for regel in list_historie(zaak) if sinds is None or regel.moment >= sinds)[
        : 5 if sinds else 1
    ]


def verwerk(
    request: HttpRequest,
    ref: ZaakRef,
    deel: Deel,
    doe: Callable[[], object],
    *,
    invoer: Invoer,
    gelukt: str,
    veld: str = "",
    velden: Mapping[type[OngeldigeInvoer], str] = _GEEN_VELDEN,
    is_gedaan: Callable[[Zaak], bool] = lambda _zaak: False,
    naar: Deel = Deel.OVERZICHT,
) -> HttpResponse:
    """Do it, say so (unless `doe` did), and go back to the zaak (303). What is wrong stands beside `veld`, or
    beside the one that `velden` names for its kind (422).

    What the zaak does not allow is a 409, unless `is_gedaan`: the second click of a double click finds its own work.
    """
    try:
        doe()
    except BijlagenGeweigerd as fout:
        redenen = tuple(een.tekst for een in fout.geweigerd)
        return toon_opnieuw(request, ref, deel, invoer=invoer, bestandsfouten=redenen)
    except OngeldigeInvoer as fout:
        return toon_opnieuw(
            request, ref, deel, invoer=invoer, fouten={velden.get(type(fout), veld): fout.tekst}
        )
    except NietToegestaan as fout:
        actor = actor_of(request)
        zaak = get_zaak_for(actor, ref)
        if waarom_niet(actor, zaak, Handeling.NOTITIE) or not is_gedaan(zaak):  # a reader has done nothing
            return toon_geweigerd(request, ref, deel, invoer=invoer, fout=fout)
    else:
        if gelukt:
            add_flash(request, "ok", gelukt)
    return naar_zaak(ref, naar)


def naar_zaak(ref: ZaakRef, deel: Deel = Deel.OVERZICHT) -> HttpResponseRedirect:
    """After a change that succeeded (303: the next request is a GET)."""
    return HttpResponseRedirect(pad_naar(reverse("werkplek-zaak", args=[str(ref)]), deel), status=303)
