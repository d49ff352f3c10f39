"""What differs between two versions of a form: in words, step by step and field by field, and in the lines of the
file."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from pydantic import BaseModel

from eloket.identity.actor import actor_of
from eloket.loket.formulier.definitie import Definitie, Stap
from eloket.loket.formulier.samengesteld import GroepVeld, Veld
from eloket.loket.formulier.voorwaarden import Voorwaarde
from eloket.loket.formulier.woorden import describe
from eloket.loket.versiebeheer import get_formulier, get_versie
from eloket.workbench.beheer.formulieren.views import ONDERDEEL, parse_nummer
from eloket.workbench.beheer.pagina import toon
from eloket.zaken.zaaktypen import Verschil, compare

_ROND = 3  # lines around a change
_NAMEN = {
    "als": "alleen als", "label": "vraag", "velden": "velden", "leeg": "tekst als het leeg is", "min": "minimum",
    "max": "maximum", "vooraf": "vooraf invullen met", "alleen_lezen": "alleen lezen", "opties": "antwoord",
    "duur_minuten": "duur in minuten", "zaak": "zaak", "toon": "manier van tonen", "een": "naam van één",
    "hoogstens": "hoogstens", "minstens": "minstens", "inloggen": "inloggen", "hergebruik": "hergebruik",
    "alleen_zelf": "alleen zelf",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tekstregel:
    """A line of the file: `soort` is '' (the same), 'weg', 'erbij', or 'rest' (lines that were left out)."""

    soort: str
    tekst: str


@require_safe
def verschil(request: HttpRequest, formulier: str) -> HttpResponse:
    """`?van=` and `?naar=` are numbers of versions."""
    actor = actor_of(request)
    regel = get_formulier(actor, formulier)
    van, naar = (
        get_versie(actor, formulier, parse_nummer(request.GET.get(naam, "")))
        if request.GET.get(naam)
        else None
        for naam in ("van", "naar")
    )
    naar = naar or get_versie(actor, formulier, regel.versies[0].versie)
    van = van or get_versie(actor, formulier, regel.versies[-1].versie)
    href = reverse("werkplek-beheer-formulier", args=[formulier])
    context = {
        "van": van.versie,
        "naar": naar.versie,
        "keuzes": [(str(een.versie), f"Versie {een.versie}") for een in regel.versies],
        "verschillen": compare_definities(van.definitie, naar.definitie),
        "regels": compare_lines(van.tekst, naar.tekst),
        "pad": request.path,
        "terug_href": href,
    }
    return toon(
        request,
        "workbench/beheer/formulieren/verschil.html",
        context,
        titel=f"Versie {van.versie} en {naar.versie} vergelijken",
        onderdeel=ONDERDEEL,
        kruimels=[(regel.titel, href)],
    )


def compare_definities(oud: Definitie, nieuw: Definitie) -> tuple[Verschil, ...]:
    """Steps and fields are matched by their id: one that moved differs in its order, not in all that it says."""
    return compare(_words(oud), _words(nieuw))


def _words(definitie: Definitie) -> dict[str, Any]:
    """The definition as nested names and texts, without lists of which the place would count."""
    zonder = {"stappen", "zaak", "verklaringen", "uitkomsten"}
    uit = _plain(definitie, zonder)
    if definitie.zaak:
        uit["zaak"] = _plain(definitie.zaak, {"anders"}) | {
            f"als {describe(een.als, definitie)}": een.zaaktype for een in definitie.zaak.anders
        }
    uit["volgorde van de stappen"] = ", ".join(stap.titel for stap in definitie.stappen)
    for stap in definitie.stappen:
        uit[f"stap ‘{stap.id}’"] = _stap(stap, definitie)
    for een in definitie.verklaringen:
        uit[f"verklaring ‘{een.id}’"] = een.tekst
    for nummer, uitkomst in enumerate(definitie.uitkomsten, start=1):
        eigen = _plain(uitkomst, {"als"})
        uit[f"uitkomst {nummer}"] = eigen | _condition(uitkomst.als, definitie)
    return uit


def _stap(stap: Stap, definitie: Definitie) -> dict[str, Any]:
    uit: dict[str, Any] = {"titel": stap.titel, "uitleg": "\n".join(stap.uitleg)}
    uit |= _condition(stap.voorwaarde, definitie)
    uit["volgorde van de velden"] = ", ".join(veld.id for veld in stap.velden)
    return uit | {f"veld ‘{veld.id}’": _veld(veld, definitie) for veld in stap.velden}


def _veld(veld: Veld, definitie: Definitie) -> dict[str, Any]:
    uit = _plain(veld, {"id", "als", "velden", "opties"})
    uit |= _condition(veld.voorwaarde, definitie)
    if opties := getattr(veld, "opties", None):
        uit |= {f"antwoord ‘{code}’": tekst for code, tekst in opties.items()}
    if isinstance(veld, GroepVeld):
        uit |= {f"veld ‘{een.id}’": _veld(een, definitie) for een in veld.velden}
    return uit


def _condition(voorwaarde: Voorwaarde | None, definitie: Definitie) -> dict[str, str]:
    return {"alleen als": describe(voorwaarde, definitie)} if voorwaarde else {}


def _plain(deel: BaseModel, zonder: Collection[str]) -> dict[str, Any]:
    """What a part of a definition says, by the names that people read."""
    waarden = {naam: getattr(deel, naam) for naam in type(deel).model_fields if naam not in zonder}
    return {
        _NAMEN.get(naam, naam.replace("_", " ")): ", ".join(map(str, een)) if isinstance(een, tuple) else een
        for naam, een in waarden.items()
    }


def compare_lines(oud: str, nieuw: str) -> tuple[Tekstregel, ...]:
    """The lines that differ, with a few around them; empty when nothing does."""
    voor, na = oud.splitlines(), nieuw.splitlines()
    return tuple(_lines(voor, na)) if voor != na else ()


def _lines(voor: list[str], na: list[str]) -> Iterator[Tekstregel]:
    einde = 0
    for groep in SequenceMatcher(None, voor, na).get_grouped_opcodes(_ROND):
        begin = groep[0][1]
        if begin > einde:
            yield Tekstregel("rest", f"{begin - einde} regels die gelijk zijn")
        for soort, i1, i2, j1, j2 in groep:
            if soort == "equal":
                yield from (Tekstregel("", regel) for regel in voor[i1:i2])
            else:
                yield from (Tekstregel("weg", regel) for regel in voor[i1:i2])
                yield from (Tekstregel("erbij", regel) for regel in na[j1:j2])
        einde = groep[-1][2]
    if einde < len(voor):
        yield Tekstregel("rest", f"{len(voor) - einde} regels die gelijk zijn")
