from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.flash import add_flash
from eloket.identity.pagina import render_pagina
from eloket.kernel.errors import NietGevonden, NietToegestaan, OngeldigeInvoer
from eloket.notifications.contact.queries import MEESTE, list_herstel, list_onbereikbaar
from eloket.notifications.contact.service import mark_hersteld
from eloket.notifications.contact.types import KEUZES
from eloket.workbench.aantekenen import Werklijst, record_list, record_phones
from eloket.workbench.contact.weergave import build_contact, build_regel, contact_pad
from eloket.workbench.menu import DEEL, lijst_van, menu_context
from eloket.zaken.access import get_zaak_for
from eloket.zaken.mogelijkheden import Handeling, waarom_niet
from eloket.zaken.service import record_view
from eloket.zaken.types import ZaakRef

TITEL = "Contact herstellen"
_WEER_BEREIKBAAR = "Deze persoon is weer bereikbaar. U hoeft niets te doen."


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Whom we cannot reach in the zaken of this civil servant, the longest first."""
    actor = actor_of(request)
    gevonden = list_herstel(actor)
    record_list(actor, Werklijst.CONTACT, [een.ref for een in gevonden.regels])
    # A menu tells no number that is not so.
    teller = len(gevonden.regels) if gevonden.is_doorzocht or gevonden.is_vol else 0
    context = {
        **menu_context(actor, None, is_pagina=True, onderdeel="werkplek-contact", herstel=teller),
        "regels": [build_regel(actor, een) for een in gevonden.regels],
        "is_vol": gevonden.is_vol,
        "is_doorzocht": gevonden.is_doorzocht,
        "meeste": MEESTE,
    }
    return render_pagina(request, "workbench/contact/lijst.html", context, deel=DEEL)


@require_http_methods(["GET", "HEAD", "POST"])
def zaak(request: HttpRequest, ref: str) -> HttpResponse:
    """The parties of one zaak that cannot be reached, and a form to say what was done. Sent twice it counts once."""
    zaak_ref = ZaakRef.parse(ref)
    if request.method != "POST":
        bewaard = take_input(request)
        return _render(request, zaak_ref, _texts(bewaard.get("betrokkene"), bewaard.get("hoe")))
    wie, hoe = request.POST.get("betrokkene", ""), request.POST.get("hoe", "")
    actor = actor_of(request)
    # A zaak that is not there is another matter than a person who can be reached again.
    get_zaak_for(actor, zaak_ref)
    try:
        mark_hersteld(actor, zaak_ref, nummer=int(wie) if _is_number(wie) else -1, hoe=hoe)
    except OngeldigeInvoer as fout:
        return _render(request, zaak_ref, (wie, hoe), fout=fout.tekst, status=422)
    except NietToegestaan as fout:
        return _render(request, zaak_ref, (wie, hoe), melding=fout.tekst, status=409)
    except NietGevonden:
        add_flash(request, "info", _WEER_BEREIKBAAR)
    else:
        add_flash(request, "ok", "U heeft het contact hersteld. Dit staat in de historie van de zaak.")
    return HttpResponseRedirect(reverse("werkplek-zaak", args=[ref]), status=303)


def _is_number(tekst: str) -> bool:
    return tekst.isascii() and tekst.isdigit() and len(tekst) < 4


def _texts(*waarden: object) -> tuple[str, str]:
    wie, hoe = (waarde if isinstance(waarde, str) else "" for waarde in waarden)
    return wie, hoe


def _render(
    request: HttpRequest,
    ref: ZaakRef,
    gekozen: tuple[str, str],
    *,
    fout: str = "",
    melding: str = "",
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    zaak = get_zaak_for(actor, ref)
    wie = list_onbereikbaar(zaak)
    record_view(actor, ref, deel="contact")
    record_phones(actor, ref, (een.profiel_key for een in wie if een.telefoon))
    lijst = lijst_van(actor, zaak)
    context = {
        **menu_context(
            actor,
            lijst,
            is_pagina=False,
            kruimels=[
                (lijst.titel_voor(actor), lijst.href),
                (zaak.omschrijving, reverse("werkplek-zaak", args=[str(ref)])),
            ],
            kruimel_huidig=TITEL,
        ),
        "zaak": zaak.omschrijving,
        "nummer": zaak.identificatie,
        "zaak_href": reverse("werkplek-zaak", args=[str(ref)]),
        "actie": contact_pad(ref),
        "wie": [build_contact(een) for een in wie],
        "keuzes": [(een.value, een.tekst) for een in KEUZES],
        "reden": waarom_niet(actor, zaak, Handeling.CONTACT),
        "gekozen": gekozen,
        "fout": fout,
        "melding": melding,
    }
    return render_pagina(request, "workbench/contact/zaak.html", context, deel=DEEL, status=status)
