"""The few texts on the pages of a resident that a municipality words itself."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from eloket.identity.actor import actor_of
from eloket.workbench.beheer.formulier import Formulier, Ingevuld, Veld, bewerk
from eloket.workbench.beheer.pagina import naar, toon
from eloket.workbench.beheer.views import Regel
from eloket.zaken import teksten

ONDERDEEL = "werkplek-beheer-teksten"


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    regels = [
        Regel(
            een.titel,
            reverse("werkplek-beheer-tekst", args=[een.sleutel]),
            een.toon,
            "Eigen tekst" if een.tekst else "",
        )
        for een in teksten.list_teksten()
    ]
    context = {
        "inleiding": "Deze teksten lezen inwoners. De teksten bij een status wijzigt u bij het zaaktype.",
        "knop": None,
        "groepen": [("", regels)],
    }
    return toon(
        request, "workbench/beheer/lijst.html", context, titel="Teksten voor inwoners", onderdeel=ONDERDEEL
    )


@require_http_methods(["GET", "HEAD", "POST"])
def wijzig(request: HttpRequest, tekst: str) -> HttpResponse:
    actor = actor_of(request)

    def maak() -> Formulier:
        nu = teksten.get_tekst(tekst)
        uitleg = f"Maakt u het veld leeg? Dan staat er weer: {nu.standaard}"
        return Formulier(
            nu.titel,
            ONDERDEEL,
            (Veld("tekst", "Tekst", "vak", (nu.toon,), uitleg=uitleg, optioneel=True, rijen=3),),
            merk=nu.merk,
            inleiding=nu.plek,
        )

    def bewaar(ingevuld: Ingevuld, merk: str) -> HttpResponse:
        teksten.save_tekst(actor, tekst, ingevuld.een("tekst"), merk=merk)
        return naar(ONDERDEEL)

    return bewerk(request, maak, bewaar, klaar="De tekst is bewaard. Inwoners zien die meteen.")
