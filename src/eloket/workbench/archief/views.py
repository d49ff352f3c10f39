from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eloket.archief import queries, service, stoppen, uitvoer
from eloket.archief.errors import NietNagekeken, NietsGekozen, StopOngeldig
from eloket.archief.toegang import lijst_ref, must_destroy
from eloket.archief.types import MEESTE_ZAKEN, LijstInzage, LijstStand, RegelInzage
from eloket.documenten.antwoord import pdf_to_save, to_save
from eloket.identity.access import functies_van
from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.flash import add_flash
from eloket.identity.pagina import render_pagina
from eloket.identity.types import Actor
from eloket.kernel.errors import BronOnbereikbaar, NietGevonden, NietToegestaan
from eloket.kernel.klok import nu
from eloket.workbench.aantekenen import Werklijst, record_list
from eloket.workbench.archief import weergave
from eloket.workbench.menu import DEEL, menu_context
from eloket.zaken.errors import RedenOntbreekt
from eloket.zaken.vernietigen import list_elders

ONDERDEEL = "werkplek-vernietigen"
# Beside which field a mistake is said.
_VELD = {RedenOntbreekt.code: "reden", NietsGekozen.code: "zaken", NietNagekeken.code: "nagekeken"}
_GETYPT = ("zaaknummer", "reden", "stop", "waarom")  # of a stop: to set it, and to lift one
_GEEN: Mapping[str, str] = {}
_ONBEKEND = "Een medewerker die hier niet meer werkt"


@dataclass(frozen=True, slots=True)
class _Stap:
    """What somebody sent about a list: the button, what was typed and chosen, and which version they saw."""

    knop: str = ""
    reden: str = field(default="", repr=False)
    gekozen: tuple[UUID, ...] = ()
    versie: int = -1
    is_nagekeken: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
def overzicht(request: HttpRequest) -> HttpResponse:
    """Every list, what is due, and the stops. A POST makes a list of what is due now."""
    actor = _archivist(request)
    if request.method != "POST":
        bewaard = take_input(request)
        getypt = {naam: str(bewaard.get(naam, "")) for naam in _GETYPT}
        return _render_overzicht(request, actor, getypt)
    try:
        gemaakt = service.make_lijst(actor, sleutel=request.POST.get("sleutel", "")[:64] or uuid4().hex)
    except NietToegestaan as fout:
        add_flash(request, "info", fout.tekst)
        return _to_overzicht()
    add_flash(
        request, "ok", "De lijst is gemaakt. Kijk de zaken na en bied de lijst dan aan een collega aan."
    )
    return _to_lijst(gemaakt)


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """A zaak that must not be destroyed for now."""
    actor = _archivist(request)
    getypt = {naam: request.POST.get(naam, "").replace("\x00", "") for naam in ("zaaknummer", "reden")}
    try:
        stoppen.set_stop(actor, zaaknummer=getypt["zaaknummer"][:40], reden=getypt["reden"])
    except StopOngeldig as fout:
        return _render_overzicht(request, actor, getypt, fouten=fout.fouten, status=422)
    add_flash(request, "ok", "De vernietigingsstop geldt. Deze zaak wordt niet vernietigd.")
    return _to_overzicht()


@require_POST
def hef_op(request: HttpRequest, stop_id: UUID) -> HttpResponse:
    """The zaak can come on a next list."""
    actor = _archivist(request)
    reden = request.POST.get("waarom", "").replace("\x00", "")
    try:
        stoppen.lift_stop(actor, stop_id, reden=reden)
    except RedenOntbreekt as fout:
        getypt = {"stop": str(stop_id), "waarom": reden}
        return _render_overzicht(request, actor, getypt, fouten={f"waarom-{stop_id}": fout.tekst}, status=422)
    add_flash(
        request, "ok", "De vernietigingsstop is opgeheven. De zaak kan op een lijst die hierna wordt gemaakt."
    )
    return _to_overzicht()


@require_http_methods(["GET", "HEAD", "POST"])
def lijst(request: HttpRequest, lijst_id: UUID) -> HttpResponse:
    """One list with its zaken. A POST is a step with it, and says which one (`knop`)."""
    actor = _archivist(request)
    if request.method != "POST":
        bewaard = _Stap(reden=str(take_input(request).get("reden", "")))
        return _render_lijst(request, actor, lijst_id, bewaard)
    gevraagd = _Stap(
        knop=request.POST.get("knop", ""),
        reden=request.POST.get("reden", "").replace("\x00", ""),
        gekozen=_ids(request.POST.getlist("zaak")),
        versie=_number(request.POST.get("versie", "")),
        is_nagekeken=bool(request.POST.get("nagekeken")),
    )
    try:
        gelukt = _do(actor, lijst_id, gevraagd)
    except (RedenOntbreekt, NietsGekozen, NietNagekeken) as fout:
        veld = _VELD[fout.code]
        return _render_lijst(request, actor, lijst_id, gevraagd, fouten={veld: fout.tekst}, status=422)
    except NietToegestaan as fout:
        return _render_lijst(request, actor, lijst_id, gevraagd, melding=fout.tekst, status=409)
    add_flash(request, "ok", gelukt)
    return _to_lijst(lijst_id)


def _do(actor: Actor, lijst_id: UUID, stap: _Stap) -> str:
    """What to tell on the next page. Raises NietGevonden for a step that there is not."""
    if stap.knop == "eraf":
        aantal = service.take_off(actor, lijst_id, stap.gekozen, reden=stap.reden)
        return (
            "1 zaak is van de lijst gehaald." if aantal == 1 else f"{aantal} zaken zijn van de lijst gehaald."
        )
    if stap.knop == "terugsturen":
        service.send_back(actor, lijst_id, reden=stap.reden, versie=stap.versie)
        return "De lijst is teruggestuurd. Uw collega leest de reden."
    if stap.knop == "goedkeuren":
        service.approve(actor, lijst_id, versie=stap.versie, is_nagekeken=stap.is_nagekeken)
        return "De lijst is goedgekeurd. E-loket vernietigt nu de zaken."
    stappen = {
        "aanbieden": (service.offer, "De lijst is aangeboden. Een collega kan de lijst nu goedkeuren."),
        "intrekken": (service.withdraw, "De lijst is ingetrokken. Er is niets vernietigd."),
    }
    if stap.knop not in stappen:
        raise NietGevonden
    doe, gelukt = stappen[stap.knop]
    doe(actor, lijst_id, versie=stap.versie)
    return gelukt


@require_safe
def bestand(request: HttpRequest, lijst_id: UUID) -> HttpResponse:
    """The list as a file, without anybody's name."""
    actor = _archivist(request)
    inzage = queries.get_lijst(lijst_id)
    _record(actor, inzage, inzage.regels, actie="vernietiging.lijst_opgeslagen")
    antwoord = HttpResponse(uitvoer.make_csv(inzage), content_type="text/csv; charset=utf-8")
    return to_save(antwoord, f"vernietigingslijst-{inzage.samenvatting.nummer}.csv")


@require_safe
def verklaring(request: HttpRequest, lijst_id: UUID) -> StreamingHttpResponse:
    """The statement of destruction. Raises NietGevonden for a list that was not carried out."""
    actor = _archivist(request)
    inzage = queries.get_lijst(lijst_id)
    if inzage.samenvatting.stand is not LijstStand.UITGEVOERD or inzage.klaar_op is None:
        raise NietGevonden
    functies = functies_van({inzage.samenvatting.gemaakt_door, inzage.besloten_door})
    pdf = uitvoer.make_verklaring(
        inzage,
        gemeente=settings.ELOKET.gemeente,
        maker=functies.get(inzage.samenvatting.gemaakt_door, _ONBEKEND),
        goedkeurder=functies.get(inzage.besloten_door, _ONBEKEND),
        moment=inzage.klaar_op,
    )
    _record(actor, inzage, uitvoer.list_vernietigd(inzage), actie="vernietiging.verklaring_opgeslagen")
    return pdf_to_save(pdf, f"verklaring-van-vernietiging-{inzage.samenvatting.nummer}.pdf")


def _archivist(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    must_destroy(actor)
    return actor


def _record(actor: Actor, inzage: LijstInzage, regels: Iterable[RegelInzage], *, actie: str) -> None:
    """What was done with the list, and of which zaken it told."""
    record_list(
        actor,
        Werklijst.VERNIETIGINGSLIJST,
        [regel.zaak_ref for regel in regels],
        actie=actie,
        object_ref=lijst_ref(inzage.samenvatting.id),
    )


def _to_overzicht() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(ONDERDEEL), status=303)


def _to_lijst(lijst_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("werkplek-vernietigingslijst", args=[lijst_id]), status=303)


def _ids(teksten: list[str]) -> tuple[UUID, ...]:
    """Raises NietGevonden for what is no id: our page sends none."""
    try:
        return tuple(UUID(tekst) for tekst in teksten[:500])
    except ValueError:
        raise NietGevonden from None


def _number(tekst: str) -> int:
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 9 else -1


def _render_overzicht(
    request: HttpRequest,
    actor: Actor,
    getypt: Mapping[str, str],
    *,
    fouten: Mapping[str, str] = _GEEN,
    status: int = 200,
) -> HttpResponse:
    try:
        te_doen = weergave.count_due(service.list_candidates(weergave.TELLEN_TOT + 1))
    except BronOnbereikbaar:
        te_doen = None
    vastgehouden, opgeheven = stoppen.list_stoppen(), stoppen.list_opgeheven()
    record_list(actor, Werklijst.VERNIETIGEN, [een.zaak_ref for een in (*vastgehouden, *opgeheven)])
    context = {
        **menu_context(actor, None, is_pagina=True, onderdeel=ONDERDEEL),
        "te_doen": te_doen,
        "meeste": MEESTE_ZAKEN,
        "sleutel": nu().isoformat() + uuid4().hex[:16],
        "elders": list_elders(),
        "lijsten": weergave.make_lijsten(queries.list_lijsten()),
        "stoppen": weergave.make_stoppen(vastgehouden),
        "opgeheven": weergave.make_stoppen(opgeheven),
        "fouten_bij_stop": any(veld.startswith("waarom-") for veld in fouten),
        "getypt": {**dict.fromkeys(_GETYPT, ""), **getypt},
        "fouten": fouten,
    }
    return render_pagina(request, "workbench/archief/overzicht.html", context, deel=DEEL, status=status)


def _render_lijst(
    request: HttpRequest,
    actor: Actor,
    lijst_id: UUID,
    stap: _Stap,
    *,
    fouten: Mapping[str, str] = _GEEN,
    melding: str = "",
    status: int = 200,
) -> HttpResponse:
    inzage = queries.get_lijst(lijst_id)
    _record(actor, inzage, inzage.regels, actie="vernietiging.lijst_bekeken")
    pagina = weergave.make_lijst(inzage, actor)
    kruimels = [("Zaken vernietigen", reverse(ONDERDEEL))]
    context = {
        **menu_context(
            actor, None, is_pagina=False, onderdeel=ONDERDEEL, kruimels=kruimels, kruimel_huidig=pagina.titel
        ),
        "lijst": pagina,
        "pad": request.path,
        "reden": stap.reden,
        "gekozen": [str(een) for een in stap.gekozen],
        "fouten": fouten,
        "melding": melding,
        "bestand": reverse("werkplek-vernietigingslijst-bestand", args=[lijst_id]),
        "verklaring": reverse("werkplek-vernietigingsverklaring", args=[lijst_id]),
    }
    return render_pagina(request, "workbench/archief/lijst.html", context, deel=DEEL, status=status)
