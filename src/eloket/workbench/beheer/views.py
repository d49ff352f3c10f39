"""The overview, and who changed what."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from eloket.audit.queries import AuditInzage, list_regels
from eloket.identity.access import namen_van
from eloket.identity.beheer import BEHEER
from eloket.inzage.toezichtwoorden import BEHEER_WERKWOORDEN
from eloket.kernel.klok import schrijf_moment
from eloket.workbench.beheer.pagina import ONDERDELEN, toon

_MEESTE = 200
_VELDEN = {
    "is_actief": "actief of niet", "afwezig_van": "eerste dag afwezig", "afwezig_tot": "laatste dag afwezig",
    "subject": "inlognaam", "doorlooptijd_dagen": "wettelijke termijn", "servicenorm_dagen": "streeftermijn",
    "vertrouwelijkheidaanduiding": "vertrouwelijkheid", "statustypen": "stappen", "roltypen": "rollen",
    "resultaattypen": "resultaten", "verwijder_locatie": "locatie uit foto's", "zekerheid": "niveau van inloggen",
    "omschrijving": "naam",
    "volgnummer": "stap", "is_aan": "aan of uit", "dagen": "aantal dagen",
    "minimum_minuten": "vanaf hoeveel minuten", "aankondiging_dagen": "hoeveel dagen van tevoren",
    "nabericht_uren": "hoeveel uur erna",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Regel:
    """`titel`, `href`, `tekst` and `badge` as lijst.html shows them; `taal` of `tekst` when it is not Dutch."""

    titel: str
    href: str
    tekst: str
    badge: str = ""
    taal: str = ""


@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    regels = [Regel(een.titel, reverse(een.naam), een.uitleg) for een in ONDERDELEN]
    context = {
        "inleiding": "Hier regelt u hoe de werkplek en het loket werken.",
        "knop": None,
        "groepen": [("", regels)],
    }
    return toon(request, "workbench/beheer/lijst.html", context, titel="Beheer")


@require_safe
def wijzigingen(request: HttpRequest) -> HttpResponse:
    """The latest changes, newest first: who, what and which fields. Never what stood in them."""
    regels = list_regels(BEHEER, limit=_MEESTE)
    namen = namen_van({regel.actor_key for regel in regels if regel.actor_key})
    lijst = []
    for regel in regels:
        soort, _, sleutel = str(regel.kenmerken.get("onderdeel", "")).partition(":")
        velden = str(regel.kenmerken.get("velden", ""))
        lijst.append(
            {
                "wie": namen.get(regel.actor_key, "") or _without_name(regel),
                "moment": schrijf_moment(regel.moment),
                "iso": regel.moment.isoformat(),
                "wat": f"{soort.capitalize()} {sleutel}".strip() + _version(regel.kenmerken),
                "actie": BEHEER_WERKWOORDEN.get(regel.actie.partition(".")[2], regel.actie),
                "velden": ", ".join(_VELDEN.get(een, een) for een in velden.split(", ")) if velden else "",
            }
        )
    return toon(
        request,
        "workbench/beheer/wijzigingen.html",
        {"regels": lijst},
        titel="Wijzigingen",
        onderdeel="werkplek-beheer-wijzigingen",
    )


def _without_name(regel: AuditInzage) -> str:
    if regel.actor_key:
        return "Onbekend"
    return "Meting van E-loket" if regel.kenmerken.get("meting") else "Opdracht op de server"


def _version(kenmerken: Mapping[str, object]) -> str:
    """Of a form, which version: there are more at a time."""
    return f", versie {kenmerken['versie']}," if "sha" in kenmerken else ""
