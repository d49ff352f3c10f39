"""The form with which somebody authorises another."""

import re
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from eloket.identity.actor import actor_of
from eloket.identity.bewaard import take_input
from eloket.identity.types import Actor
from eloket.kernel.errors import BronOnbereikbaar, NietGevonden
from eloket.kernel.klok import vandaag
from eloket.machtigingen.access import must_be_zelf
from eloket.machtigingen.errors import MachtigingOngeldig, TeVeelMachtigingen
from eloket.machtigingen.types import Bevoegdheid, MachtigingWens
from eloket.portal import paden
from eloket.portal.pagina import Menu, partij_of, render_mijn
from eloket.portal.storing import note
from eloket.zaken.access import get_zaak_for
from eloket.zaken.machtigen import KIES_ZAAK, give_machtiging
from eloket.zaken.queries import list_zaken
from eloket.zaken.types import ZaakFilter, ZaakRef

CODE = "machtigingscode"  # in the (encrypted) session, until the next page has shown it
ALLE = "alle"
_TITEL = "Machtig iemand"
_MEESTE_ZAKEN = 50
_VELDEN = ("zaak", "bevoegdheid", "van", "tot")
_BEVOEGDHEDEN = [
    (Bevoegdheid.INZIEN.value, "Alleen bekijken: mijn zaak, documenten en berichten lezen"),
    (
        Bevoegdheid.HANDELEN.value,
        "Bekijken en handelen: ook berichten sturen, documenten toevoegen en vragen beantwoorden",
    ),
]
_KIES_DAG = "Vul een datum in. Bijvoorbeeld 31-12-2026."


@dataclass(frozen=True, slots=True)
class Formulier:
    """What stands in the form, and what is wrong with it (text per field)."""

    waarden: Mapping[str, str] = field(repr=False)
    fouten: Mapping[str, str] = field(default_factory=dict)

    @property
    def foutenlijst(self) -> list[tuple[str, str]]:
        return [(veld, self.fouten[veld]) for veld in _VELDEN if veld in self.fouten]

    @property
    def fouttitel(self) -> str:
        aantal = len(self.fouten)
        er_zijn = "Er is 1 fout." if aantal == 1 else f"Er zijn {aantal} fouten."
        return f"{er_zijn} De machtiging is nog niet gemaakt."


@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest) -> HttpResponse:
    """`?zaak=` chooses one. Raises AlleenVoorZichzelf, ZaakNietGevonden for a zaak that is not theirs."""
    actor = actor_of(request)
    must_be_zelf(actor)
    if request.method != "POST":
        getypt = {naam: str(waarde) for naam, waarde in take_input(request).items()}
        return _render(request, actor, Formulier(getypt if "van" in getypt else _begin(request)))
    getypt = {naam: request.POST.get(naam, "") for naam in (*_VELDEN, "sleutel")}
    try:
        gegeven = give_machtiging(actor, _wens(getypt), sleutel=getypt["sleutel"])
    except MachtigingOngeldig as fout:
        return _render(request, actor, Formulier(getypt, fout.velden), status=422)
    except TeVeelMachtigingen as fout:
        return _render(request, actor, Formulier(getypt), melding=fout.tekst, status=409)
    if gegeven.code:
        request.session[CODE] = {"id": gegeven.id, "code": gegeven.code}
    return HttpResponseRedirect(paden.machtiging(gegeven.id), status=303)


def _begin(request: HttpRequest) -> dict[str, str]:
    """The least that somebody can give, for a year."""
    dag = vandaag()
    return {
        "zaak": request.GET.get("zaak", ""),
        "bevoegdheid": Bevoegdheid.INZIEN.value,
        "van": dag.isoformat(),
        "tot": (dag + timedelta(days=365)).isoformat(),
        "sleutel": uuid.uuid4().hex,
    }


def _wens(getypt: Mapping[str, str]) -> MachtigingWens:
    """Raises MachtigingOngeldig."""
    fouten = {}
    van, tot = parse_dag(getypt["van"]), parse_dag(getypt["tot"])
    if not getypt["zaak"]:
        fouten["zaak"] = KIES_ZAAK
    if getypt["bevoegdheid"] not in set(Bevoegdheid):
        fouten["bevoegdheid"] = "Kies wat deze persoon mag."
    fouten |= {naam: _KIES_DAG for naam, dag in (("van", van), ("tot", tot)) if dag is None}
    if fouten or van is None or tot is None:
        raise MachtigingOngeldig(fouten)
    zaak_ref = "" if getypt["zaak"] == ALLE else getypt["zaak"]
    return MachtigingWens(zaak_ref, Bevoegdheid(getypt["bevoegdheid"]), van, tot)


def parse_dag(tekst: str) -> date | None:
    """As a browser sends a date, or as somebody types it where the browser has no field for one; None for neither."""
    schoon = tekst.strip()
    if gevonden := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", schoon, re.ASCII):
        schoon = f"{gevonden[3]}-{gevonden[2]:0>2}-{gevonden[1]:0>2}"
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", schoon, re.ASCII):
        with suppress(ValueError):
            return date.fromisoformat(schoon)
    return None


def _render(
    request: HttpRequest, actor: Actor, formulier: Formulier, *, melding: str = "", status: int = 200
) -> HttpResponse:
    opties, storing = _zaken(request, actor, formulier.waarden.get("zaak", ""))
    context = {
        "titel": _TITEL,
        "formulier": formulier,
        "zaken": opties,
        "bevoegdheden": _BEVOEGDHEDEN,
        "storing": storing,
        "melding": melding,
    }
    return render_mijn(
        request,
        "portal/machtigingen/nieuw.html",
        context,
        menu=Menu.GEGEVENS,
        kruimels=[("Machtigingen", paden.MACHTIGINGEN)],
        huidig=_TITEL,
        status=status,
    )


def _zaken(request: HttpRequest, actor: Actor, gekozen: str) -> tuple[list[tuple[str, str]], str]:
    """(value, text) of what can be chosen, and what to say when the zaken cannot be fetched."""
    alle, opties = (ALLE, "Al mijn zaken, ook zaken die er nog bij komen"), list[tuple[str, str]]()
    try:
        lopend = list_zaken(partij_of(request), ZaakFilter(limit=_MEESTE_ZAKEN)).zaken
        opties = [(str(een.ref), f"{een.omschrijving} ({een.identificatie})") for een in lopend]
        if gekozen not in {"", ALLE, *(waarde for waarde, _ in opties)}:
            zaak = get_zaak_for(actor, ZaakRef.parse(gekozen))  # one that is closed, or further down the list
            opties.insert(0, (str(zaak.ref), f"{zaak.omschrijving} ({zaak.identificatie})"))
    except NietGevonden:
        if request.method != "POST":
            raise
    except BronOnbereikbaar as fout:
        note(fout, "machtigen")
        return [alle], fout.tekst
    return [*opties, alle], ""
