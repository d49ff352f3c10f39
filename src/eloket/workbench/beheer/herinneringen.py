"""Of what people are reminded, and when."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from eloket.identity.actor import actor_of
from eloket.kernel.klok import schrijf_dagen
from eloket.workbench.beheer.formulier import Formulier, Ingevuld, Veld, bewerk
from eloket.workbench.beheer.pagina import naar, toon
from eloket.workbench.beheer.views import Regel
from eloket.zaken import herinneringen
from eloket.zaken.herinneringen import Herinnering, Herinneringsregel

ONDERDEEL = "werkplek-beheer-herinneringen"
_ERNA = frozenset({Herinnering.ONGELEZEN, Herinnering.ANDER_KANAAL})


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    regels = [
        Regel(
            een.titel,
            reverse("werkplek-beheer-herinnering", args=[een.soort.value]),
            f"{een.uitleg} {_wanneer(een)}",
            "Aan" if een.is_aan else "Uit",
        )
        for een in herinneringen.list_regels()
    ]
    context = {
        "inleiding": "Mensen krijgen hoogstens één herinnering aan hetzelfde. Hier kiest u wanneer.",
        "knop": None,
        "groepen": [("", regels)],
    }
    return toon(request, "workbench/beheer/lijst.html", context, titel="Herinneringen", onderdeel=ONDERDEEL)


def _wanneer(regel: Herinneringsregel) -> str:
    if not regel.is_aan:
        return "Niemand krijgt dit."
    return f"{schrijf_dagen(regel.dagen).capitalize()} {'erna' if regel.soort in _ERNA else 'ervoor'}."


@require_http_methods(["GET", "HEAD", "POST"])
def wijzig(request: HttpRequest, herinnering: str) -> HttpResponse:
    actor = actor_of(request)

    def maak() -> Formulier:
        nu = herinneringen.get_regel(herinnering)
        velden = (
            Veld("is_aan", "Deze herinnering versturen", "vinkje", ("ja" if nu.is_aan else "",)),
            Veld(
                "dagen",
                nu.vraag,
                waarden=(str(nu.dagen),),
                uitleg=f"Van {nu.minst} tot en met {schrijf_dagen(nu.meest)}.",
                max=3,
            ),
        )
        return Formulier(nu.titel, ONDERDEEL, velden, merk=nu.merk, inleiding=nu.uitleg)

    def bewaar(ingevuld: Ingevuld, merk: str) -> HttpResponse:
        herinneringen.save_regel(
            actor,
            herinnering,
            is_aan=bool(ingevuld.een("is_aan")),
            dagen=ingevuld.een("dagen"),
            merk=merk,
        )
        return naar(ONDERDEEL)

    return bewerk(request, maak, bewaar, klaar="De regel is bewaard.")
