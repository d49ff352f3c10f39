"""One document: what it is, what it looks like, and what the civil servant decides about it."""

from collections.abc import Callable
from datetime import date
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from eloket.documenten import queries
from eloket.documenten.types import Beoordeling, DocumentInzage
from eloket.documenten.upload import aangeboden
from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.flash import add_flash
from eloket.identity.headers import CSP_MET_KADER
from eloket.identity.types import Actor
from eloket.kernel.errors import NietToegestaan, OngeldigeInvoer
from eloket.kernel.klok import vandaag
from eloket.workbench.aantekenen import Werklijst, record_found
from eloket.workbench.noodtoegang.kijken import looking_actor
from eloket.workbench.zaken import teksten
from eloket.workbench.zaken.delen import Deel
from eloket.workbench.zaken.inhoud import load_inhoud
from eloket.workbench.zaken.invoer import Fouten, Invoer, parse_opnieuw
from eloket.workbench.zaken.pagina import GEEN_FOUTEN, naar_zaak, toon
from eloket.workbench.zaken.stukken import (
    GEWONE_VERTROUWELIJKHEID,
    VERTROUWELIJKHEDEN,
    build_document,
)
from eloket.workbench.zaken.weergave import pad_van
from eloket.zaken import service as zaken
from eloket.zaken.access import find_zaak_for, get_document_for
from eloket.zaken.betrokkenen import has_other_readers
from eloket.zaken.errors import AndereAanvrager, ZaakNietGevonden
from eloket.zaken.mogelijkheden import Handeling, waarom_niet
from eloket.zaken.sjablonen import list_sjablonen
from eloket.zaken.types import Zaak, ZaakRef
from eloket.zaken.werk import SjabloonSoort

_NIET_GEVONDEN = "Wij kunnen deze zaak niet vinden. Controleer het zaaknummer."


@require_safe
def bekijken(request: HttpRequest, ref: str, document_id: str) -> HttpResponse:
    """The document inside the werkplek, with its versions and the decision about it."""
    zaak_ref = ZaakRef.parse(ref)
    looking_actor(request, zaak_ref)
    return _toon(request, zaak_ref, document_id, Invoer.parse(take_input(request)))


@require_POST
def keur_goed(request: HttpRequest, ref: str, document_id: str) -> HttpResponse:
    """Into the dossier, as this kind of document."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    invoer = Invoer.of(request)
    zaak, _ = get_document_for(actor, zaak_ref, document_id)
    fouten = {}
    if invoer.documenttype not in zaak.documenttypen:
        fouten["documenttype"] = "Kies wat voor document dit is."
    if invoer.vertrouwelijkheid not in dict(VERTROUWELIJKHEDEN):
        fouten["vertrouwelijkheid"] = "Kies hoe vertrouwelijk het document is."
    if fouten:
        return _toon(request, zaak_ref, document_id, invoer, fouten=fouten, status=422)
    doe = partial(
        zaken.accept_document,
        actor,
        zaak_ref,
        document_id,
        documenttype=invoer.documenttype,
        vertrouwelijkheid=invoer.vertrouwelijkheid,
    )
    return _decide(
        request, zaak_ref, document_id, doe, invoer=invoer, gelukt="Het document staat nu in het dossier."
    )


@require_POST
def keur_af(request: HttpRequest, ref: str, document_id: str) -> HttpResponse:
    """Not good: who sent it reads why, and is asked again when there is a date."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    invoer = Invoer.of(request)
    zaak, _ = get_document_for(actor, zaak_ref, document_id)
    if request.POST.get("knop") == "sjabloon":
        sjablonen = list_sjablonen(SjabloonSoort.AFKEURING, zaaktype=zaak.zaaktype)
        tekst = teksten.zet_klaar(sjablonen, invoer.sjabloon, invoer.reden, zaak, actor)
        return _toon(request, zaak_ref, document_id, invoer, reden_tekst=tekst)
    opnieuw = parse_opnieuw(invoer, vandaag())
    if opnieuw is not None and not isinstance(opnieuw, date):
        return _toon(request, zaak_ref, document_id, invoer, fouten=opnieuw, status=422)
    doe = partial(zaken.refuse_document, actor, zaak_ref, document_id, reden=invoer.reden, deadline=opnieuw)
    gelukt = "Het document is afgekeurd. Wie het stuurde, leest de reden."
    if opnieuw:
        gelukt += " Wij hebben het document opnieuw gevraagd."
    return _decide(request, zaak_ref, document_id, doe, invoer=invoer, gelukt=gelukt, veld="reden")


@require_POST
def verplaats(request: HttpRequest, ref: str, document_id: str) -> HttpResponse:
    """To another zaak: first the page says which zaak that is, then it is done."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    invoer = Invoer.of(request)
    zaak, _ = get_document_for(actor, zaak_ref, document_id)
    if reden := waarom_niet(actor, zaak, Handeling.DOCUMENT_BEOORDELEN):
        return _toon(request, zaak_ref, document_id, invoer, melding=reden, status=409)
    try:
        doel = find_zaak_for(actor, invoer.naar.strip())
    except ZaakNietGevonden:
        fouten = {"naar": _NIET_GEVONDEN if invoer.naar.strip() else "Vul het zaaknummer in."}
        return _toon(request, zaak_ref, document_id, invoer, fouten=fouten, status=422)
    if request.POST.get("knop") != "verplaats":
        return _toon(request, zaak_ref, document_id, invoer, doel=doel)
    doe = partial(
        zaken.move_document,
        actor,
        zaak_ref,
        document_id,
        naar=doel.identificatie,
        ook_andere_aanvrager=invoer.ook_andere == "ja",
    )
    gelukt = f"Het document is verplaatst naar zaak {doel.identificatie}."
    return _decide(request, zaak_ref, document_id, doe, invoer=invoer, gelukt=gelukt, veld="naar", doel=doel)


@require_POST
def vervang(request: HttpRequest, ref: str, document_id: str) -> HttpResponse:
    """Add the next version; the versions before it stay."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    get_document_for(actor, zaak_ref, document_id)
    bestanden = aangeboden(request.FILES.getlist("bestanden"))[:1]
    try:
        ontvangst = zaken.add_documenten(actor, zaak_ref, bestanden, vervangt=document_id)
    except NietToegestaan as fout:
        return _toon(request, zaak_ref, document_id, Invoer(), melding=fout.tekst, status=409)
    if not ontvangst.toegevoegd:
        redenen = tuple(een.tekst for een in ontvangst.geweigerd) or ("Kies eerst een bestand.",)
        return _toon(request, zaak_ref, document_id, Invoer(), bestandsfouten=redenen, status=422)
    add_flash(request, "ok", "De nieuwe versie staat bij de zaak. De aanvrager kan deze zien.")
    return HttpResponseRedirect(
        f"{naar_zaak(zaak_ref).url}documenten/{ontvangst.toegevoegd[0].id}/bekijken/", status=303
    )


def _decide(
    request: HttpRequest,
    ref: ZaakRef,
    document_id: str,
    doe: Callable[[], object],
    *,
    invoer: Invoer,
    gelukt: str,
    veld: str = "",
    doel: Zaak | None = None,
) -> HttpResponse:
    """Do it, and go to the documents that wait. What cannot be done comes back with what was typed."""
    try:
        doe()
    except OngeldigeInvoer as fout:
        return _toon(request, ref, document_id, invoer, fouten={veld: fout.tekst}, doel=doel, status=422)
    except AndereAanvrager as fout:
        fouten = {"ook_andere": fout.tekst}
        return _toon(request, ref, document_id, invoer, fouten=fouten, doel=doel, status=422)
    except NietToegestaan as fout:
        return _toon(request, ref, document_id, invoer, melding=fout.tekst, doel=doel, status=409)
    add_flash(request, "ok", gelukt)
    return naar_zaak(ref, Deel.DOCUMENTEN)


def _toon(
    request: HttpRequest,
    ref: ZaakRef,
    document_id: str,
    invoer: Invoer,
    *,
    fouten: Fouten = GEEN_FOUTEN,
    bestandsfouten: tuple[str, ...] = (),
    melding: str = "",
    reden_tekst: str = "",
    doel: Zaak | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of the document. Only here a page of ours may frame something, of our own: the pdf."""
    actor = actor_of(request)
    _, document = get_document_for(actor, ref, document_id)
    if doel:
        record_found(actor, Werklijst.VERPLAATSEN, [doel.ref])
    inhoud = load_inhoud(actor, ref, Deel.DOCUMENTEN, document_id=document.id)
    zaak, basis = inhoud.zaak, pad_van(inhoud.zaak)
    sjablonen = list_sjablonen(SjabloonSoort.AFKEURING, zaaktype=zaak.zaaktype)
    extra = {
        "document": build_document(document, basis),
        "versies": tuple(build_document(een, basis) for een in queries.list_versies(document_id)),
        "waarom_niet_oordelen": _waarom_niet_oordelen(actor, zaak, document),
        "documenttypen": [("", "Kies een soort"), *((een, een) for een in zaak.documenttypen)],
        "vertrouwelijkheden": VERTROUWELIJKHEDEN,
        "vertrouwelijkheid": invoer.vertrouwelijkheid or GEWONE_VERTROUWELIJKHEID,
        "afkeursjablonen": teksten.opties(sjablonen) if sjablonen else [],
        "reden_tekst": reden_tekst or invoer.reden,
        "doel": doel,
        "is_andere_aanvrager": doel is not None and has_other_readers(doel, zaak),
    }
    antwoord = toon(
        request,
        inhoud,
        Deel.DOCUMENTEN,
        invoer=invoer,
        fouten=fouten,
        bestandsfouten=bestandsfouten,
        melding=melding,
        template="workbench/zaken/document.html",
        extra=extra,
        status=status,
    )
    antwoord.headers["Content-Security-Policy"] = CSP_MET_KADER
    return antwoord


def _waarom_niet_oordelen(actor: Actor, zaak: Zaak, document: DocumentInzage) -> str:
    """'' when there is something to decide that this civil servant may decide."""
    if document.vervangen_door:
        return "Dit is een oude versie. Beoordeel de nieuwste versie."
    if document.beoordeling is not Beoordeling.NIEUW:
        return "U hoeft dit document niet meer te beoordelen."
    if not document.is_beschikbaar:
        return "U kunt dit document nu niet beoordelen."
    return waarom_niet(actor, zaak, Handeling.DOCUMENT_BEOORDELEN)
