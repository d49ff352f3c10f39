"""Beginning a form, its steps, and stopping. Every step is a page of its own, without JavaScript.

What was typed is kept with every press of a button, right or wrong.
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from eloket.documenten.upload import aangeboden
from eloket.identity.bewaard import take_input
from eloket.identity.flash import add_flash
from eloket.identity.hoger import must_be_sure
from eloket.identity.pagina import render_pagina
from eloket.identity.partijmerk import VELD
from eloket.identity.types import Actor
from eloket.loket import service
from eloket.loket.access import get_concept_for
from eloket.loket.concepten import digest
from eloket.loket.errors import ConceptNietGevonden, ConceptVerstuurd, FormulierNietGevonden
from eloket.loket.formulier.basis import Invoer, VeldBasis
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.doorloop import StapStand, inputs_of
from eloket.loket.queries import (
    find_product_of,
    list_van_formulier,
    work_out_now,
)
from eloket.loket.stapinvoer import Knop, StapPost
from eloket.loket.types import Bewaard, ConceptInzage, Formulier
from eloket.loket.veldweergave import known_answers, make_vakken
from eloket.loket.versies import definitie_of, get_gepubliceerd
from eloket.loket.vullen import may_fill_in
from eloket.portal import paden as mijn
from eloket.portal.loket import aanvullen, paden
from eloket.portal.loket.ingetrokken import withdrawn
from eloket.portal.loket.weergave import make_concepten, make_eerder, make_start
from eloket.portal.loket.wie import invuller, is_anoniem, nieuwe_invuller
from eloket.portal.paden import LOKET
from eloket.zaken.access import get_zaak_for
from eloket.zaken.types import ZaakRef

_VELDEN = {"csrfmiddlewaretoken", VELD, "terug", "knop", "venster", "gezien"}


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, formulier: str) -> HttpResponse:
    """What to expect, what is there already, and the button that begins. Only the button makes something."""
    if request.GET.get(paden.TAAK) or request.POST.get(paden.TAAK):
        return aanvullen.start(request, formulier)
    try:
        versie = get_gepubliceerd(formulier)
    except FormulierNietGevonden:
        return withdrawn(request, formulier)
    check = request.POST.get(paden.CHECK, "") or request.GET.get(paden.CHECK, "")
    over = _over(request)
    if request.method == "POST":
        concept = service.start_concept(
            nieuwe_invuller(request),
            formulier,
            sleutel=request.POST.get("sleutel", ""),
            eerder=request.POST.get("eerder", ""),
            check=check,
            over=over,
        )
        return _see(_basis(request, concept))
    take_input(request)  # nothing is typed here
    anoniem = is_anoniem(request)
    actor = None if anoniem else invuller(request)
    if actor is not None and not may_fill_in(actor, versie.definitie):
        return _not_for(request, actor, versie.definitie)
    if actor is not None:
        must_be_sure(actor, versie.definitie.nodig)
    bezig, eerder = list_van_formulier(actor, formulier) if actor else ((), ())
    context = {
        "start": make_start(versie.definitie, find_product_of(formulier)),
        "concepten": make_concepten(bezig),
        "eerder": make_eerder(eerder) if versie.definitie.hergebruik else (),
        "aanvulling": None,
        "check": check,
        "over": (str(over), get_zaak_for(actor, over)) if over is not None and actor is not None else None,
        "sleutel": uuid.uuid4().hex,
        "is_anoniem": anoniem,
        "terug": request.get_full_path(),
    }
    return render_pagina(request, "portal/loket/start.html", context, deel=LOKET)


def _not_for(request: HttpRequest, actor: Actor, definitie: Definitie) -> HttpResponse:
    """Why who is logged in cannot fill it in, acting as they do now."""
    alleen_zelf = definitie.alleen_zelf and not actor.is_medewerker and bool(actor.machtiging)
    context = {"titel": definitie.titel, "alleen_zelf": alleen_zelf}
    return render_pagina(request, "portal/loket/niet_voor_u.html", context, deel=LOKET, status=404)


def _over(request: HttpRequest) -> ZaakRef | None:
    """The zaak that the form is about; who did not log in has none. Raises NietGevonden for what is no reference."""
    tekst = request.POST.get(paden.OVER, "") or request.GET.get(paden.OVER, "")
    return ZaakRef.parse(tekst) if tekst and not is_anoniem(request) else None


@require_safe
def verder(request: HttpRequest, formulier: str, concept_id: uuid.UUID) -> HttpResponse:
    """To the first step that is not done, or the review."""
    return HttpResponseRedirect(next_page(request, _get(request, formulier, concept_id)))


@require_http_methods(["GET", "HEAD", "POST"])
def stap(request: HttpRequest, formulier: str, concept_id: uuid.UUID, stap_id: str) -> HttpResponse:
    """One step: what is asked, and what was typed before."""
    if request.method == "POST":
        return _post(request, formulier, concept_id, stap_id)
    nu = _get(request, formulier, concept_id)
    if nu.concept.is_verstuurd:
        return already_sent(request, nu.concept)
    if bewaard := take_input(request):
        invoer = {**nu.concept.invoer, **_typed(bewaard)}
        nu = work_out_now(invuller(request), replace(nu.concept, invoer=invoer))
    stand = nu.loop.get(stap_id)
    if stand is None:
        return HttpResponseRedirect(next_page(request, nu))
    return _render(
        request,
        nu,
        stand,
        toon_fouten=stap_id in nu.concept.bezocht and not bewaard,
        venster=_one(bewaard, "venster"),
        gezien=_one(bewaard, "gezien"),
    )


def _post(request: HttpRequest, formulier: str, concept_id: uuid.UUID, stap_id: str) -> HttpResponse:
    knop = Knop.parse(request.POST.get("knop", ""))
    post = StapPost(
        stap_id=stap_id,
        invoer={naam: request.POST.getlist(naam) for naam in request.POST if naam not in _VELDEN},
        knop=knop,
        venster=request.POST.get("venster", ""),
        gezien=request.POST.get("gezien", ""),
        bestanden={naam: aangeboden(request.FILES.getlist(naam)) for naam in request.FILES},
    )
    try:
        _check_name(get_concept_for(nieuwe_invuller(request), str(concept_id)), formulier)
        bewaard = service.save_stap(invuller(request), str(concept_id), post)
    except ConceptVerstuurd:
        return already_sent(request, get_concept_for(invuller(request), str(concept_id)))
    return _answer(request, bewaard, knop, post.venster)


def _answer(request: HttpRequest, bewaard: Bewaard, knop: Knop, venster: str) -> HttpResponse:
    """The page again when something is wrong with it, else the next one."""
    formulier, stand = bewaard.formulier, bewaard.stap
    # At that very moment another window may have taken it out; it is kept.
    if formulier.loop.get(stand.stap.id) is None:
        return _see(next_page(request, formulier))
    weigeringen = tuple(een.tekst for een in bewaard.geweigerd)
    if bewaard.is_achter or weigeringen or (knop.is_klaar and not stand.is_goed):
        return _render(
            request,
            formulier,
            stand,
            toon_fouten=knop.is_klaar,
            geweigerd=weigeringen,
            is_achter=bewaard.is_achter,
            venster="" if bewaard.is_achter else venster,
            gezien=bewaard.gezien,
        )
    if knop.is_klaar:
        return _see(next_page(request, formulier))
    if knop.wat == "bewaar" and not is_anoniem(request):
        add_flash(request, "ok", "Wij hebben bewaard wat u heeft ingevuld. U vindt het bij Mijn Zaken.")
        return _see(mijn.ZAKEN)
    return _see(f"{request.path}{_place_of(request, stand, knop)}")


def _place_of(request: HttpRequest, stand: StapStand, knop: Knop) -> str:
    """Where on the page the person was: the first input of a new entry, the group, or the field of the file."""
    if knop.wat == "upload":
        return next((f"#veld-{een.naam}" for een in stand.velden if een.naam in request.FILES), "")
    groep = next((een for een in stand.velden if een.veld.id == knop.plek and een.rijen), None)
    if knop.wat == "erbij" and groep is not None:
        eerste = groep.rijen[-1][0]
        return f"#{eerste.veld.namen(eerste.naam)[0]}" if isinstance(eerste.veld, VeldBasis) else ""
    return f"#{knop.plek}" if knop.wat in {"erbij", "eraf"} else ""


def _render(
    request: HttpRequest,
    formulier: Formulier,
    stand: StapStand,
    *,
    toon_fouten: bool,
    geweigerd: tuple[str, ...] = (),
    is_achter: bool = False,
    venster: str = "",
    gezien: str = "",
) -> HttpResponse:
    """`venster` and `gezien`: of the page that this one goes on with; a new page has its own."""
    concept, loop = formulier.concept, formulier.loop
    nummer = next(n for n, een in enumerate(loop.zichtbaar, start=1) if een.stap.id == stand.stap.id)
    fouten = stand.fouten if toon_fouten else ()
    context = {
        "titel": formulier.definitie.titel,
        "start_href": paden.start(concept.formulier, is_anoniem=is_anoniem(request)),
        "stap": stand.stap,
        "nummer": nummer,
        "aantal": len(loop.zichtbaar) + 1,
        "vakken": make_vakken(
            formulier.definitie, stand, concept.invoer, formulier.omgeving, toon_fouten=toon_fouten
        ),
        "bekend": known_answers(stand, loop.antwoorden),
        "fouten": fouten,
        "geweigerd": geweigerd,
        "is_gestopt": toon_fouten and stand.is_gestopt,
        "is_achter": is_achter,
        "is_anoniem": is_anoniem(request),
        "venster": venster or uuid.uuid4().hex,
        "gezien": gezien or digest(concept.invoer, inputs_of(stand, concept.invoer)),
        "terug": request.path,
        "stoppen_href": paden.stoppen(_basis(request, concept)),
        "vorige_href": _previous(request, formulier, nummer),
    }
    status = 409 if is_achter else 422 if fouten or geweigerd or context["is_gestopt"] else 200
    status = status if request.method == "POST" else 200
    return render_pagina(request, "portal/loket/stap.html", context, deel=LOKET, status=status)


def _previous(request: HttpRequest, formulier: Formulier, nummer: int) -> str:
    """The step before this one; of the first, ''."""
    if nummer == 1:
        return ""
    return paden.stap(_basis(request, formulier.concept), formulier.loop.zichtbaar[nummer - 2].stap.id)


@require_http_methods(["GET", "HEAD", "POST"])
def stoppen(request: HttpRequest, formulier: str, concept_id: uuid.UUID) -> HttpResponse:
    """Ask whether to throw it away, and do so."""
    concept = get_concept_for(invuller(request), str(concept_id))
    _check_name(concept, formulier)
    if concept.is_verstuurd:
        return already_sent(request, concept)
    definitie = definitie_of(concept.formulier, concept.versie)
    must_be_sure(invuller(request), definitie.nodig)
    if request.method == "POST":
        service.remove_concept(invuller(request), str(concept_id))
        if not is_anoniem(request):
            add_flash(request, "ok", "Wij hebben weggegooid wat u had ingevuld.")
        return _see(LOKET if is_anoniem(request) else mijn.ZAKEN)
    context = {
        "titel": definitie.titel,
        "verder_href": _basis(request, concept),
        "is_anoniem": is_anoniem(request),
        "bewaard_tot": concept.bewaard_tot,
    }
    return render_pagina(request, "portal/loket/stoppen.html", context, deel=LOKET)


def next_page(request: HttpRequest, formulier: Formulier) -> str:
    """The first step that is not done; else the review; of what was sent, the receipt."""
    basis = _basis(request, formulier.concept)
    if formulier.concept.is_verstuurd:
        return paden.verstuurd(basis)
    volgende = formulier.volgende
    return paden.stap(basis, volgende.stap.id) if volgende else paden.controleren(basis)


def already_sent(request: HttpRequest, concept: ConceptInzage) -> HttpResponse:
    if not is_anoniem(request):
        add_flash(request, "info", ConceptVerstuurd.tekst)
    return _see(paden.verstuurd(_basis(request, concept)))


def _get(request: HttpRequest, formulier: str, concept_id: uuid.UUID) -> Formulier:
    nu = service.open_formulier(invuller(request), str(concept_id))
    _check_name(nu.concept, formulier)
    return nu


def _check_name(concept: ConceptInzage, formulier: str) -> None:
    """The address names the form of the concept, or it is not there."""
    if concept.formulier != formulier:
        raise ConceptNietGevonden


def _basis(request: HttpRequest, concept: ConceptInzage) -> str:
    return paden.concept(concept.formulier, concept.id, is_anoniem=is_anoniem(request))


def _see(pad: str) -> HttpResponse:
    return HttpResponseRedirect(pad, status=303)


def _one(bewaard: Mapping[str, str | list[str]], naam: str) -> str:
    """A hidden field that came with what was typed before the session ended."""
    waarde = bewaard.get(naam, "")
    return waarde if isinstance(waarde, str) else ""


def _typed(bewaard: Mapping[str, str | list[str]]) -> Invoer:
    return {
        naam: [waarde] if isinstance(waarde, str) else waarde
        for naam, waarde in bewaard.items()
        if naam not in _VELDEN
    }
