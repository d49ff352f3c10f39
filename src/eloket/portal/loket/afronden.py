"""The end of a form: the review, the outcome of a check, sending, the receipt and the copy as PDF."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.flash import add_flash
from eloket.identity.hoger import must_be_sure
from eloket.identity.pagina import render_pagina
from eloket.loket.aanvullen import reden_van, waarom_niet_meer
from eloket.loket.access import get_concept_for
from eloket.loket.bewijzen import make_bewijs, ontvangst_van
from eloket.loket.concepten import digest_antwoorden
from eloket.loket.errors import ConceptGewijzigd, ConceptNietGevonden, ConceptOnvolledig
from eloket.loket.formulier.doorloop import list_antwoorden
from eloket.loket.formulier.voorwaarden import evaluate
from eloket.loket.queries import find_product_of
from eloket.loket.service import open_formulier
from eloket.loket.types import ConceptInzage, Formulier
from eloket.loket.versies import definitie_of, is_gepubliceerd
from eloket.loket.versturen import code_of, submit
from eloket.notifications.ontvangst.queries import find_kenmerk, find_ontvangst
from eloket.portal import paden as mijn
from eloket.portal.loket import paden
from eloket.portal.loket.invullen import already_sent, next_page
from eloket.portal.loket.wie import invuller, is_anoniem
from eloket.portal.paden import LOKET
from eloket.zaken.errors import TaakAlVervuld, TaakNietGevonden, ZaakIsGesloten, ZaakNietGevonden


@require_http_methods(["GET", "HEAD", "POST"])
def controleren(request: HttpRequest, formulier: str, concept_id: uuid.UUID) -> HttpResponse:
    """Everything that was filled in, with the way back to each step, and the button that sends it."""
    if request.method == "POST":
        return _send(request, formulier, concept_id)
    take_input(request)  # nothing is typed here: drop what an ended session kept
    nu = _get(request, formulier, concept_id)
    if nu.concept.is_verstuurd:
        return already_sent(request, nu.concept)
    if nu.volgende is not None:
        return HttpResponseRedirect(next_page(request, nu))
    if nu.definitie.is_check:
        return _render_outcome(request, nu)
    return _render_review(request, nu, niet_meer=waarom_niet_meer(invuller(request), nu.concept))


def _send(request: HttpRequest, formulier: str, concept_id: uuid.UUID) -> HttpResponse:
    nu = _get(request, formulier, concept_id)
    if nu.definitie.is_check:
        raise ConceptNietGevonden  # there is nothing to send
    try:
        submit(
            invuller(request),
            str(concept_id),
            revisie=_number(request.POST.get("revisie", "")),
            verklaringen=request.POST.getlist("verklaring"),
            gezien=request.POST.get("gezien", "")[:64],
        )
    except (ZaakIsGesloten, ZaakNietGevonden, TaakNietGevonden, TaakAlVervuld) as error:
        return _render_review(request, _get(request, formulier, concept_id), niet_meer=reden_van(error))
    except ConceptGewijzigd as error:
        return _render_review(request, _get(request, formulier, concept_id), waarschuwing=error.tekst)
    except ConceptOnvolledig as error:
        nu = _get(request, formulier, concept_id)
        if error.stap_id and nu.loop.get(error.stap_id):
            if not is_anoniem(request):
                add_flash(request, "warning", error.tekst)
            return HttpResponseRedirect(paden.stap(_basis(request, nu), error.stap_id), status=303)
        return _render_review(request, nu, fout=error.tekst, gekozen=request.POST.getlist("verklaring"))
    return HttpResponseRedirect(paden.verstuurd(_basis(request, nu)), status=303)


def _render_review(
    request: HttpRequest,
    nu: Formulier,
    *,
    waarschuwing: str = "",
    fout: str = "",
    niet_meer: str = "",
    gekozen: list[str] | None = None,
) -> HttpResponse:
    basis = _basis(request, nu)
    context = {
        "titel": nu.definitie.titel,
        "start_href": paden.start(nu.concept.formulier, is_anoniem=is_anoniem(request)),
        "aantal": len(nu.loop.zichtbaar) + 1,
        "blokken": _blocks(nu, basis),
        "verklaringen": [(een.id, een.tekst, een.id in (gekozen or ())) for een in nu.definitie.verklaringen],
        "revisie": nu.concept.revisie,
        "gezien": digest_antwoorden(list_antwoorden(nu.loop)),
        "waarschuwing": waarschuwing,
        "fout": fout,
        "niet_meer": niet_meer,
        "zaak_href": mijn.zaak(nu.concept.aanvulling[0]) if nu.concept.aanvulling else "",
        "is_anoniem": is_anoniem(request),
        "bewaard_tot": nu.concept.bewaard_tot,
        "stoppen_href": paden.stoppen(basis),
        "terug": request.path,
    }
    is_post = request.method == "POST"
    status = 409 if waarschuwing or (niet_meer and is_post) else 422 if fout else 200
    return render_pagina(request, "portal/loket/controleren.html", context, deel=LOKET, status=status)


def _blocks(nu: Formulier, basis: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(title, the way back, (question, answer)) per step."""
    return [
        (
            blok.titel,
            paden.stap(basis, blok.stap_id),
            [(een.vraag, een.antwoord or "Niet ingevuld") for een in blok.regels],
        )
        for blok in list_antwoorden(nu.loop)
    ]


def _render_outcome(request: HttpRequest, nu: Formulier) -> HttpResponse:
    """What the check says, and the way to the form that these answers go along to."""
    uitkomst = next(een for een in nu.definitie.uitkomsten if evaluate(een.als, nu.loop.antwoorden))
    product = find_product_of(uitkomst.formulier) if uitkomst.formulier else None
    aanvraag = uitkomst.formulier if uitkomst.formulier and is_gepubliceerd(uitkomst.formulier) else ""
    basis = _basis(request, nu)
    context = {
        "titel": nu.definitie.titel,
        "uitkomst": uitkomst,
        "aanvraag_href": paden.start(aanvraag, check=nu.concept.id) if aanvraag else "",
        "product_href": paden.product(product.slug) if product else "",
        "product_titel": product.inhoud.titel if product else "",
        "blokken": _blocks(nu, basis),
    }
    return render_pagina(request, "portal/loket/uitkomst.html", context, deel=LOKET)


@require_safe
def verstuurd(request: HttpRequest, formulier: str, concept_id: uuid.UUID) -> HttpResponse:
    """The proof of receipt: number, moment, what was sent, and what happens next (Wmebv)."""
    concept = _concept(request, formulier, concept_id)
    basis = paden.concept(formulier, concept.id, is_anoniem=is_anoniem(request))
    if not concept.is_verstuurd or concept.zaak_ref is None:
        return HttpResponseRedirect(basis)
    product = find_product_of(formulier) if concept.aanvulling is None else None
    context = {
        "concept": concept,
        "titel": definitie_of(concept.formulier, concept.versie).titel,
        "blokken": [
            (blok.titel, [(een.vraag, een.antwoord) for een in blok.regels if een.antwoord])
            for blok in concept.overzicht
        ],
        "daarna": product.inhoud.daarna if product else (),
        "zaak_href": "" if is_anoniem(request) else mijn.zaak(concept.zaak_ref),
        "gegevens_href": mijn.GEGEVENS,
        "pdf_href": paden.pdf(basis),
        "code": code_of(concept.id) if concept.code_key else "",
        "volgen_href": paden.VOLGEN,
        "is_anoniem": is_anoniem(request),
        **_receipt(request, concept),
    }
    return render_pagina(request, "portal/loket/verstuurd.html", context, deel=LOKET)


def _receipt(request: HttpRequest, concept: ConceptInzage) -> dict[str, str]:
    """The reference, and for who logged in the receipt itself; without login the PDF of the form says it all."""
    wat = ontvangst_van(concept)
    if is_anoniem(request):
        return {"kenmerk": find_kenmerk(*wat), "bewijs_href": ""}
    bewijs = find_ontvangst(*wat, actor=actor_of(request))
    if bewijs is None:  # sent before there were receipts
        return {"kenmerk": "", "bewijs_href": ""}
    return {"kenmerk": bewijs.kenmerk, "bewijs_href": mijn.ontvangstbewijs(bewijs.id)}


@require_safe
def pdf(request: HttpRequest, formulier: str, concept_id: uuid.UUID) -> HttpResponse:
    """A copy of everything that was filled in (afschrift, Wmebv), as tagged PDF."""
    concept = _concept(request, formulier, concept_id)
    if not concept.is_verstuurd:
        raise ConceptNietGevonden
    naam = f"{concept.formulier}-{concept.zaaknummer}.pdf"
    return HttpResponse(
        make_bewijs(concept, code=code_of(concept.id) if concept.code_key else ""),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{naam}"'},
    )


def _concept(request: HttpRequest, formulier: str, concept_id: uuid.UUID) -> ConceptInzage:
    actor = invuller(request)
    concept = get_concept_for(actor, str(concept_id))
    if concept.formulier != formulier:
        raise ConceptNietGevonden
    must_be_sure(actor, definitie_of(concept.formulier, concept.versie).nodig)
    return concept


def _get(request: HttpRequest, formulier: str, concept_id: uuid.UUID) -> Formulier:
    nu = open_formulier(invuller(request), str(concept_id))
    if nu.concept.formulier != formulier:
        raise ConceptNietGevonden
    return nu


def _basis(request: HttpRequest, nu: Formulier) -> str:
    return paden.concept(nu.concept.formulier, nu.concept.id, is_anoniem=is_anoniem(request))


def _number(tekst: str) -> int:
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 9 else -1
