"""Shows the page of a zaak: on a GET, and again with what was typed when a change was refused."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from eloket.identity.actor import actor_of
from eloket.identity.pagina import render_pagina
from eloket.kernel.klok import vandaag
from eloket.workbench.menu import DEEL, lijst_van, menu_context
from eloket.workbench.zaken.inhoud import ZaakInhoud, load_inhoud
from eloket.workbench.zaken.invoer import Fouten, Invoer
from eloket.workbench.zaken.weergave import build_pagina
from eloket.zaken.types import ZaakRef

GEEN_FOUTEN: Fouten = {}


def toon(
    request: HttpRequest,
    inhoud: ZaakInhoud,
    *,
    invoer: Invoer,
    fouten: Fouten = GEEN_FOUTEN,
    bestandsfouten: tuple[str, ...] = (),
    melding: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page. `fouten` stand beside their fields, `bestandsfouten` beside the file choice, `melding` above all."""
    actor = actor_of(request)
    zaak = inhoud.zaak
    lijst = lijst_van(actor, zaak)
    context = {
        **menu_context(
            actor,
            lijst,
            is_pagina=False,
            kruimels=[(lijst.titel_voor(actor), lijst.href)],
            kruimel_huidig=zaak.omschrijving,
        ),
        "pagina": build_pagina(actor, inhoud, vandaag()),
        "invoer": invoer,
        "sleutel": invoer.sleutel or uuid.uuid4().hex,
        "fouten": fouten,
        "bestandsfouten": bestandsfouten,
        "foutenlijst": [
            *fouten.items(),
            *(("bestanden", tekst) for tekst in bestandsfouten),
        ],
        "melding": melding,
    }
    return render_pagina(request, "workbench/zaken/zaak.html", context, deel=DEEL, status=status)


def toon_opnieuw(
    request: HttpRequest,
    ref: ZaakRef,
    *,
    invoer: Invoer,
    fouten: Fouten = GEEN_FOUTEN,
    bestandsfouten: tuple[str, ...] = (),
) -> HttpResponse:
    """After a change with something wrong in it: 422, with what was typed."""
    inhoud = load_inhoud(actor_of(request), ref)
    return toon(request, inhoud, invoer=invoer, fouten=fouten, bestandsfouten=bestandsfouten, status=422)


def toon_geweigerd(request: HttpRequest, ref: ZaakRef, *, invoer: Invoer, melding: str) -> HttpResponse:
    """After a change that the state of the zaak does not allow: 409, the zaak as it is now, and what was typed."""
    inhoud = load_inhoud(actor_of(request), ref)
    return toon(request, inhoud, invoer=invoer, melding=melding, status=409)


def naar_zaak(ref: ZaakRef) -> HttpResponseRedirect:
    """After a change that succeeded (303: the next request is a GET)."""
    return HttpResponseRedirect(reverse("werkplek-zaak", args=[str(ref)]), status=303)
