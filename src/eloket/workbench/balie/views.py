"""Four pages: for whom, what, check, and done. Each step is a POST that goes on to the next page."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from eloket.documenten.formaten import ACCEPT, OPSOMMING
from eloket.documenten.upload import aangeboden
from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.flash import add_flash
from eloket.identity.pagina import render_pagina
from eloket.identity.types import Actor, Partij, Recht, Soort
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import schrijf_datum
from eloket.profile.errors import PersoonNietGevonden
from eloket.profile.queries import get_onderneming, get_persoon
from eloket.workbench.aantekenen import record_lookup, record_lookup_shown
from eloket.workbench.balie import registraties
from eloket.workbench.balie.invoer import KANALEN, Fouten, WieInvoer, ZaakInvoer, check_zaak, parse_wie
from eloket.workbench.balie.registraties import Registratie
from eloket.workbench.menu import DEEL, Lijst, menu_context
from eloket.workbench.zaken.delen import Deel
from eloket.workbench.zaken.weergave import pad_naar
from eloket.zaken import queries
from eloket.zaken import service as zaken
from eloket.zaken.dossier import Ontvangst
from eloket.zaken.mogelijkheden import NIET_REGISTREREN
from eloket.zaken.types import Kanaal, NieuweZaak, ZaakRef

_form = require_http_methods(["GET", "HEAD", "POST"])
_WEG = "Deze registratie is er niet meer. Begin opnieuw."
_NIET_IN_REGISTER = {
    Soort.INWONER: ("bsn", "Dit BSN staat niet in het register. Controleer het nummer."),
    Soort.ONDERNEMING: (
        "kvk",
        "Dit KvK-nummer of vestigingsnummer staat niet in het register. Controleer het.",
    ),
}


@_form
def nieuw(request: HttpRequest) -> HttpResponse:
    """Step 1: for whom. The number is posted, checked, and from then on kept on our side."""
    if not _may(actor_of(request)):
        return _wie(request, WieInvoer(), {}, status=409 if request.method == "POST" else 200)
    if request.method != "POST":
        return _wie(request, WieInvoer.parse(take_input(request)), {})
    invoer = WieInvoer.parse(request.POST.dict())
    partij = parse_wie(invoer)
    if not isinstance(partij, Partij):
        return _wie(request, invoer, partij, status=422)
    record_lookup(actor_of(request), partij)
    try:
        naam, gegevens = _lookup(partij)
    except PersoonNietGevonden:
        veld, tekst = _NIET_IN_REGISTER[partij.soort]
        return _wie(request, invoer, {veld: tekst}, status=422)
    except BronOnbereikbaar:
        naam = gegevens = ""  # the next page says so, and asks for the name
    return _see(
        "werkplek-balie-zaak", registraties.begin(request, invoer, partij, naam=naam, gegevens=gegevens)
    )


def _lookup(partij: Partij) -> tuple[str, str]:
    """The name, and what to recognise them by. Raises PersoonNietGevonden, BronOnbereikbaar."""
    if partij.soort is Soort.INWONER:
        persoon = get_persoon(partij)
        adres = f"{persoon.straat_huisnummer}, {persoon.postcode} {persoon.woonplaats}"
        return persoon.naam, f"Geboren op {schrijf_datum(persoon.geboortedatum)}. {adres}"
    bedrijf = get_onderneming(partij)
    adres = f"{bedrijf.straat_huisnummer}, {bedrijf.postcode} {bedrijf.woonplaats}"
    return bedrijf.handelsnaam, f"{bedrijf.vestiging_naam}. {adres}" if bedrijf.vestiging_naam else adres


@_form
def zaak(request: HttpRequest, registratie_id: uuid.UUID) -> HttpResponse:
    """Step 2: is this the right person, and what is the zaak about."""
    registratie = registraties.find(request, registratie_id.hex)
    if registratie is None or not _may(actor_of(request)):
        return _begin_again(request)
    if registratie.zaak_ref:
        return _too_late(request, registratie)
    if request.method != "POST":
        bewaard = take_input(request)
        invoer = ZaakInvoer.parse(bewaard or asdict(registratie))
        return _zaak(request, registratie, invoer, {})
    invoer = ZaakInvoer.parse(request.POST.dict())
    bekend = frozenset(een.identificatie for een in queries.list_zaaktypen(actor_of(request)))
    if fouten := check_zaak(invoer, bekend, moet_naam=not registratie.register_naam):
        return _zaak(request, registratie, invoer, fouten, status=422)
    ingevuld = registraties.fill_in(registratie, invoer)
    registraties.keep(request, ingevuld)
    return _see("werkplek-balie-controleren", ingevuld)


@_form
def controleren(request: HttpRequest, registratie_id: uuid.UUID) -> HttpResponse:
    """Step 3: everything once more, documents, and the button that makes the zaak. A double click makes one."""
    actor, registratie = actor_of(request), registraties.find(request, registratie_id.hex)
    if registratie is None or not _may(actor):
        return _begin_again(request)
    if registratie.zaak_ref:
        if request.method == "POST" and request.FILES:
            ref = ZaakRef.parse(registratie.zaak_ref)
            _say(request, zaken.add_again(actor, ref, aangeboden(request.FILES.getlist("bestanden"))))
        return _see("werkplek-balie-klaar", registratie)
    if not registratie.is_ingevuld:
        return _see("werkplek-balie-zaak", registratie)
    if request.method != "POST":
        take_input(request)  # nothing is typed here
        return _controle(request, registratie)
    gemaakt, ontvangst = zaken.register_zaak(
        actor, _opdracht(registratie), aangeboden(request.FILES.getlist("bestanden"))
    )
    _say(request, ontvangst)
    klaar = registraties.finish(registratie, gemaakt)
    registraties.keep(request, klaar)
    return _see("werkplek-balie-klaar", klaar)


def _too_late(request: HttpRequest, registratie: Registratie) -> HttpResponse:
    """The zaak was made already: the answer of that was lost, or the back button was used. What is typed now is kept,
    and the last page says that it is not in the zaak."""
    getypt = request.POST.dict() if request.method == "POST" else take_input(request)
    if getypt:
        registraties.keep(request, registraties.fill_in(registratie, ZaakInvoer.parse(getypt)))
    return _see("werkplek-balie-klaar", registratie)


def _say(request: HttpRequest, ontvangst: Ontvangst) -> None:
    """What became of the files, when that is not what one expects."""
    if ontvangst.toegevoegd and not ontvangst.is_nieuw:
        add_flash(
            request, "ok", "De zaak was al geregistreerd. Wij hebben uw documenten er nu aan toegevoegd."
        )
    for geweigerd in ontvangst.geweigerd:
        add_flash(request, "warning", f"{geweigerd.tekst} U kunt het document later toevoegen bij de zaak.")


@require_safe
def klaar(request: HttpRequest, registratie_id: uuid.UUID) -> HttpResponse:
    """The number of the zaak, to give to the applicant, and what it is about."""
    registratie = registraties.find(request, registratie_id.hex)
    if registratie is None or not registratie.zaak_ref:
        return _begin_again(request)
    zaken.record_view(actor_of(request), ZaakRef.parse(registratie.zaak_ref))
    namen = dict(_zaaktypen(request)) if registratie.zaaktype != registratie.zaak_zaaktype else {}
    zaak_href = reverse("werkplek-zaak", args=[registratie.zaak_ref])
    context = {
        "registratie": registratie,
        "niet_in_zaak": [
            (wat, namen.get(tekst, tekst) or "(leeg)") for wat, tekst in registratie.niet_in_zaak
        ],
        "zaak_href": zaak_href,
        "notities_href": pad_naar(zaak_href, Deel.NOTITIES),
    }
    return _toon(request, "workbench/balie/klaar.html", context)


def _opdracht(registratie: Registratie) -> NieuweZaak:
    partij = registratie.partij
    return NieuweZaak(
        zaaktype=registratie.zaaktype,
        omschrijving=registratie.onderwerp,
        toelichting=registratie.toelichting,
        initiator_soort=partij.soort.value,
        initiator_nummer=partij.nummer,
        initiator_vestigingsnummer=partij.vestigingsnummer,
        initiator_naam=registratie.aanvrager,
        kenmerken=(),
        sleutel=registratie.id,
        kanaal=Kanaal(registratie.kanaal),
    )


def _may(actor: Actor) -> bool:
    return Recht.BEHANDELEN in actor.rechten


def _begin_again(request: HttpRequest) -> HttpResponse:
    add_flash(request, "info", _WEG if _may(actor_of(request)) else NIET_REGISTREREN)
    return HttpResponseRedirect(reverse("werkplek-balie"), status=303)


def _see(naam: str, registratie: Registratie) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(naam, args=[uuid.UUID(registratie.id)]), status=303)


def _wie(request: HttpRequest, invoer: WieInvoer, fouten: Fouten, *, status: int = 200) -> HttpResponse:
    mag = _may(actor_of(request))
    context = {
        "invoer": invoer,
        "fouten": fouten,
        "kanalen": KANALEN,
        "alleen_lezen": "" if mag else NIET_REGISTREREN,
    }
    return _toon(request, "workbench/balie/wie.html", context, status=status)


def _zaak(
    request: HttpRequest, registratie: Registratie, invoer: ZaakInvoer, fouten: Fouten, *, status: int = 200
) -> HttpResponse:
    record_lookup_shown(actor_of(request), registratie.partij)
    context = {
        "registratie": registratie,
        "invoer": invoer,
        "fouten": fouten,
        "zaaktypen": [("", "Kies een soort zaak"), *_zaaktypen(request)],
    }
    return _toon(request, "workbench/balie/zaak.html", context, status=status)


def _zaaktypen(request: HttpRequest) -> list[tuple[str, str]]:
    return [(een.identificatie, een.omschrijving) for een in queries.list_zaaktypen(actor_of(request))]


def _controle(request: HttpRequest, registratie: Registratie) -> HttpResponse:
    record_lookup_shown(actor_of(request), registratie.partij)
    typen = dict(_zaaktypen(request))
    regels = [
        ("Aanvrager", registratie.aanvrager),
        ("Contact", dict(KANALEN)[registratie.kanaal]),
        ("Soort zaak", typen.get(registratie.zaaktype, registratie.zaaktype)),
        ("Onderwerp", registratie.onderwerp),
    ]
    context = {
        "registratie": registratie,
        "regels": regels,
        "accept": ACCEPT,
        "formaten": OPSOMMING,
        "terug": reverse("werkplek-balie-zaak", args=[uuid.UUID(registratie.id)]),
    }
    return _toon(request, "workbench/balie/controleren.html", context)


def _toon(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    menu = menu_context(
        actor,
        Lijst.MIJN,
        is_pagina=False,
        kruimels=[(Lijst.MIJN.titel_voor(actor), Lijst.MIJN.href)],
        kruimel_huidig="Registreer een zaak",
    )
    fouten = context.get("fouten", {})
    return render_pagina(
        request, template, {**menu, **context, "foutenlijst": list(fouten.items())}, deel=DEEL, status=status
    )
