"""A URL table for tests of the gate and the session: the real one, with a page for each audience and each error."""

from typing import NoReturn

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path

from eloket.identity.actor import actor_of
from eloket.identity.audience import route
from eloket.identity.bewaard import take_input
from eloket.identity.flash import take_flashes
from eloket.identity.types import Audience
from eloket.kernel.errors import BronOnbereikbaar, NietGevonden, NietToegestaan, OngeldigeInvoer

verstuurd: list[dict[str, str]] = []


def pagina(request: HttpRequest, ref: str = "") -> HttpResponse:
    """Shows who is there, what was kept and what was said; a POST counts as sent."""
    if request.method == "POST":
        verstuurd.append(request.POST.dict())
        return HttpResponse("verstuurd")
    return JsonResponse(
        {
            "naam": actor_of(request).naam,
            "ref": ref,
            "invoer": dict(take_input(request)),
            "flashes": [flash.tekst for flash in take_flashes(request)],
        }
    )


FOUTEN: dict[str, Exception] = {
    "weg": NietGevonden(),
    "kan-niet": NietToegestaan("Deze zaak is al gesloten."),
    "invoer": OngeldigeInvoer("Vul een datum in."),
    "bron": BronOnbereikbaar("register"),
    "database": OperationalError("de wachtwoordregel van de server"),
    "onverwacht": ZeroDivisionError("geheim"),
}


def fout(request: HttpRequest, soort: str) -> NoReturn:
    raise FOUTEN[soort]


urlpatterns = [
    route("proef/zaken/<slug:ref>/", pagina, audience=Audience.BETROKKENE, name="proef-zaak"),
    route("proef/werk/<slug:ref>/", pagina, audience=Audience.MEDEWERKER, name="proef-werk"),
    route("proef/fout/<slug:soort>/", fout, audience=Audience.IEDEREEN, name="proef-fout"),
    path("", include("eloket.config.urls")),
]
handler403 = "eloket.identity.middleware.geweigerd"
handler404 = "eloket.identity.middleware.pagina_niet_gevonden"
handler500 = "eloket.identity.middleware.serverfout"
